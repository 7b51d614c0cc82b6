//! What a rule says of itself: its page, and the list of all rules.

use crate::layout::{cut_right, one_line, pad, width, wrap};
use crate::paint::Ink;
use crate::parameter;
use crate::run::Options;
use crate::words::{self, pick};
use gouji_lint::finding::Lang;
use gouji_lint::ruleset::{Bilingual, RuleInfo};
use serde_json::{Value, json};

/// How many lines of an example are shown.
const MOST_LINES: usize = 16;

/// The page of a rule: what, why, on what basis, an example, how to mend it.
#[must_use]
pub fn page(info: &RuleInfo, options: &Options) -> String {
    let lang = options.lang;
    let mut out = String::new();
    let level = words::level(lang, info.level);
    let head = format!("{} {}", info.id, one_line(info.name.of(lang)));
    out.push_str(&options.colour.paint(Ink::Strong, &head));
    out.push_str(&match lang {
        Lang::Zh => format!("（{}）\n", options.colour.paint(Ink::Level(info.level), level)),
        Lang::En => format!(" ({})\n", options.colour.paint(Ink::Level(info.level), level)),
    });
    let mut part = |title: &str, body: &str| {
        if !body.trim().is_empty() {
            out.push('\n');
            out.push_str(&options.colour.paint(Ink::Place, title));
            out.push('\n');
            out.push_str(&indented(body, options));
        }
    };
    part(pick(lang, "查什么", "What"), &filled(info.say.of(lang), lang));
    part(pick(lang, "为什么", "Why"), &words::basis(lang, &info.basis));
    if let Some((bad, fixed)) = &info.bad_example {
        part(pick(lang, "错例", "Wrong"), bad);
        if let Some(fixed) = fixed {
            part(pick(lang, "改后", "Mended"), fixed);
        }
    }
    if let Some(ok) = &info.ok_example {
        part(pick(lang, "正例", "Right"), ok);
    }
    part(pick(lang, "怎么改", "How to mend it"), &filled(info.help.of(lang), lang));
    let params: Vec<String> = info.params.iter().map(|param| parameter::told(param, lang)).collect();
    part(pick(lang, "参数", "Parameters"), &params.join("\n"));
    let mut origin = match lang {
        Lang::Zh if info.verb == "rollup" => "gouji 自带，由 gouji rollup 检查".to_owned(),
        Lang::En if info.verb == "rollup" => "of gouji itself: gouji rollup judges it".to_owned(),
        Lang::Zh if info.file.is_empty() => "gouji 自带，检查的是给 gouji 的说明".to_owned(),
        Lang::En if info.file.is_empty() => "of gouji itself: it judges what gouji was told".to_owned(),
        Lang::Zh => format!("规则包 {}，检查方式 {}，文件 {}", info.pack, info.verb, info.file),
        Lang::En => format!("pack {}, verb {}, file {}", info.pack, info.verb, info.file),
    };
    if !info.tags.is_empty() {
        let tags = info.tags.join(pick(lang, "、", ", "));
        origin.push_str(&match lang {
            Lang::Zh => format!("，标签 {tags}"),
            Lang::En => format!(", tags {tags}"),
        });
    }
    origin.push_str(&parameter::taken_from(info, lang));
    part(pick(lang, "出处", "Source"), &origin);
    out
}

/// One line a rule: code, level, name, basis.
#[must_use]
pub fn list<'a>(infos: impl Iterator<Item = &'a RuleInfo>, options: &Options) -> String {
    let lang = options.lang;
    let mut out = String::new();
    let mut n = 0;
    let infos: Vec<&RuleInfo> = infos.collect();
    let name_of = |info: &RuleInfo| one_line(info.name.of(lang));
    let widest = infos.iter().map(|info| width(&name_of(info))).max().unwrap_or(0).min(60);
    for info in infos {
        n += 1;
        let level = pad(words::level(lang, info.level), 7);
        let level = options.colour.paint(Ink::Level(info.level), &level);
        let basis = words::basis(lang, &info.basis);
        let rest = format!("{}  {basis}", pad(&name_of(info), widest));
        let room = options.width.saturating_sub(width(&info.id) + 11);
        out.push_str(&format!("{}  {level}  {}\n", info.id, cut_right(&rest, room)));
    }
    out.push_str(&match lang {
        Lang::Zh => format!("共 {n} 条规则；gouji explain 编号 看详情\n"),
        Lang::En => format!("{}; gouji explain CODE tells more\n", words::counted(n, "rule")),
    });
    out
}

/// The rules as a JSON list, then those that the configuration turns off.
#[must_use]
pub fn list_json<'a>(infos: impl Iterator<Item = &'a RuleInfo>, off: &[RuleInfo]) -> String {
    let on = infos.map(|info| (info, false));
    let entries: Vec<String> =
        on.chain(off.iter().map(|info| (info, true))).map(|(info, off)| entry(info, off).to_string()).collect();
    format!("[\n{}\n]\n", entries.join(",\n"))
}

fn entry(info: &RuleInfo, off: bool) -> Value {
    let both = |text: &Bilingual| json!({"zh": text.zh, "en": text.en});
    json!({
        "id": &*info.id,
        "name": both(&info.name),
        "level": info.level.word(),
        "off": off,
        "basis": {
            "doc": info.basis.doc,
            "clause": info.basis.clause,
            "strength": info.basis.strength.word(),
        },
        "tags": info.tags,
        "mask": info.mask,
        "pack": info.pack,
        "verb": info.verb,
        "say": both(&info.say),
        "help": both(&info.help),
        "file": info.file,
        "params": info.params.iter().map(parameter::entry).collect::<Vec<Value>>(),
        "uses": info.uses,
    })
}

/// A template as people read it: `<name>` as 〔name〕, the reserved names in words.
pub(crate) fn filled(template: &str, lang: Lang) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(literal) = rest.strip_prefix('<') {
            out.push('<');
            rest = literal;
            continue;
        }
        let Some(end) = rest.find('>') else {
            out.push('<');
            break;
        };
        out.push_str(&format!("〔{}〕", reserved(&rest[..end], lang)));
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out
}

fn reserved(name: &str, lang: Lang) -> &str {
    let known = match name {
        "lhs" => ("左边", "left side"),
        "rhs" => ("右边", "right side"),
        "delta" | "|delta|" => ("差额", "difference"),
        "row" => ("行", "row"),
        "col" => ("列", "column"),
        "item" => ("项目", "item"),
        "after" => ("前一项", "the item before"),
        "text" => ("原文", "the text"),
        "right" | "expected" => ("正确写法", "the right form"),
        "table" => ("表", "table"),
        "section" => ("章节", "section"),
        "year" => ("年份", "year"),
        "organ" => ("机关", "organ"),
        _ => (name, name),
    };
    pick(lang, known.0, known.1)
}

/// Lines set in by two: text wrapped, tables aligned; a long example is cut.
fn indented(body: &str, options: &Options) -> String {
    let room = options.width.saturating_sub(2);
    let lines: Vec<&str> = body.trim_end().lines().collect();
    let shown = &lines[..lines.len().min(MOST_LINES)];
    let mut out = String::new();
    for chunk in shown.chunk_by(|a, b| is_row(a) && is_row(b)) {
        let told = match is_row(chunk[0]) {
            true => aligned(chunk, room),
            false => chunk.iter().flat_map(|line| wrap(&one_line(line), room)).collect(),
        };
        for line in told {
            out.push_str(&format!("  {line}\n"));
        }
    }
    if lines.len() > MOST_LINES {
        out.push_str("  …\n");
    }
    out
}

/// Whether a line of an example is a row of a table, tabbed or piped.
fn is_row(line: &str) -> bool {
    line.contains('\t') || line.trim_start().starts_with('|')
}

/// Rows of a table with their columns aligned; Markdown's rule below the header is left out.
fn aligned(rows: &[&str], room: usize) -> Vec<String> {
    let is_rule = |line: &str| line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    let cells: Vec<Vec<String>> = rows
        .iter()
        .filter(|line| line.contains('\t') || !is_rule(line))
        .map(|line| match line.trim().strip_prefix('|') {
            Some(piped) => piped.trim_end_matches('|').split('|').map(one_line).collect(),
            None => line.split('\t').map(one_line).collect(),
        })
        .collect();
    let n_columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let most = (room / n_columns.max(1)).max(26);
    let widths: Vec<usize> = (0..n_columns)
        .map(|at| cells.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0).min(most))
        .collect();
    cells
        .iter()
        .map(|row| {
            let padded: Vec<String> =
                row.iter().zip(&widths).map(|(cell, &width)| pad(&cut_right(cell, width), width)).collect();
            cut_right(padded.join("  ").trim_end(), room)
        })
        .collect()
}
