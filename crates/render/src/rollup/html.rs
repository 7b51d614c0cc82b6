//! The table of a rollup as one page that needs nothing beside itself.

use super::Rolled;
use super::rows::{self, Kind};
use crate::run::Closing;
use crate::words::{self, pick};
use gouji_lint::finding::Lang;

const STYLE: &str = "body{font-family:sans-serif;margin:2em}table{border-collapse:collapse}\
th,td{border:1px solid #bbb;padding:.25em .6em;white-space:nowrap}thead th{background:#eee;position:sticky;top:0}\
td{text-align:right;font-variant-numeric:tabular-nums}th.who{text-align:left;font-weight:normal}\
td.words{text-align:left}tr.left-out{color:#888}tr.total th,tr.total td{font-weight:bold;background:#f7f7f7}\
td.off{background:#fdd;color:#a00}li{margin:.2em 0}";

/// The page: the table with differences marked, what was found, and what was not read.
#[must_use]
pub fn page(rolled: &Rolled<'_>, closing: &Closing<'_>, lang: Lang) -> String {
    let report = rolled.checked.report;
    let heading = pick(lang, "汇总核对", "Rollup");
    let title = report.title.as_deref().unwrap_or(rolled.checked.path);
    let title = escaped(&format!("{heading}{}{title}", pick(lang, "：", ": ")));
    let language = pick(lang, "zh-CN", "en");
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    out.push_str(&table(rolled, lang));
    out.push_str(&list(pick(lang, "问题", "Findings"), found(rolled, lang)));
    out.push_str(&list(pick(lang, "没有计入或未能断定", "Not counted or not told"), not_told(rolled, closing, lang)));
    out.push_str("</body>\n</html>\n");
    out
}

fn table(rolled: &Rolled<'_>, lang: Lang) -> String {
    let table = &rolled.rollup.table;
    let heads = std::iter::once(rows::who(lang)).chain(table.columns.iter().map(String::as_str));
    let heads: String = heads
        .chain(rows::file_and_note(lang))
        .map(|head| format!("<th scope=\"col\">{}</th>", escaped(head)))
        .collect();
    let mut out = format!("<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n");
    for line in rows::lines(table, lang) {
        let class = match line.kind {
            Kind::Member => "",
            Kind::LeftOut => " class=\"left-out\"",
            Kind::Sum | Kind::Consolidated | Kind::Difference => " class=\"total\"",
        };
        out.push_str(&format!("<tr{class}><th scope=\"row\" class=\"who\">{}</th>", escaped(line.who)));
        for figure in line.figures {
            let class = if rows::is_off(&line, figure) { " class=\"off\"" } else { "" };
            out.push_str(&format!("<td{class}>{}</td>", escaped(figure.as_deref().unwrap_or("–"))));
        }
        for words in [line.file, line.note] {
            out.push_str(&format!("<td class=\"words\">{}</td>", escaped(words)));
        }
        out.push_str("</tr>\n");
    }
    out + "</tbody>\n</table>\n"
}

/// What was found, an item a finding; what is accepted says so.
fn found(rolled: &Rolled<'_>, lang: Lang) -> Vec<String> {
    let told = rolled.checked.report.findings.iter().map(|finding| {
        let level = words::level(lang, finding.level);
        let settled = words::settled(lang, finding).map(|settled| match lang {
            Lang::Zh => format!("（{settled}）"),
            Lang::En => format!(" ({settled})"),
        });
        format!("{level}[{}] {}{}", finding.rule, finding.message, settled.unwrap_or_default())
    });
    told.collect()
}

fn not_told(rolled: &Rolled<'_>, closing: &Closing<'_>, lang: Lang) -> Vec<String> {
    let colon = pick(lang, "：", ": ");
    let mut items: Vec<String> = rolled.checked.report.ledger.iter().filter_map(|entry| entry.why.clone()).collect();
    items.extend(closing.unread.iter().map(|file| words::unread(lang, &file.path, &file.error)));
    items.extend(closing.not_checked.iter().map(|file| format!("{}{colon}{}", file.path, file.why)));
    items
}

fn list(title: &str, items: Vec<String>) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: String = items.iter().map(|item| format!("<li>{}</li>\n", escaped(item))).collect();
    format!("<h2>{}</h2>\n<ul>\n{items}</ul>\n", escaped(title))
}

/// Text as HTML; control characters have no place there.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(crate::layout::visible(c)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_of_a_report_becomes_markup() {
        assert_eq!(escaped("<script>\"&'\u{1b}"), "&lt;script&gt;&quot;&amp;&#39;␛");
    }
}
