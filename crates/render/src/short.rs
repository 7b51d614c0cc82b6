//! One line a finding, for editors and grep: `path:line:column: level[CODE] message`.

use crate::layout::one_line;
use crate::places::Places;
use crate::run::{Checked, Closing, Options};
use crate::words::{self, counted, pick};
use gouji_core::text::Lines;
use gouji_lint::finding::{FaultKind, Lang};

/// The findings of a document.
#[must_use]
pub fn document(checked: &Checked<'_>, options: &Options) -> String {
    let places = Places::new(checked.document);
    let path = one_line(checked.path);
    let mut out = String::new();
    for finding in checked.report.findings.iter().filter(|finding| options.lists(finding)) {
        let (place, _) = places.of(finding.span);
        let more = match (options.lang, finding.places.len()) {
            (_, 0) => String::new(),
            (Lang::Zh, n) => format!("（另有 {n} 处）"),
            (Lang::En, n) => format!(" ({} more)", counted(n, "place")),
        };
        let settled = words::settled(options.lang, finding).map_or(String::new(), |settled| match options.lang {
            Lang::Zh => format!("（{settled}）"),
            Lang::En => format!(" ({settled})"),
        });
        out.push_str(&format!(
            "{path}:{}:{}: {}[{}] {}{more}{settled}\n",
            place.line,
            place.column,
            finding.level.word(),
            finding.rule,
            one_line(&finding.message),
        ));
    }
    out
}

/// Faults in rule files, rules that failed, files not read and files not checked, one line each.
#[must_use]
pub fn closing(closing: &Closing<'_>, options: &Options) -> String {
    let mut out: String = closing.accepting.iter().map(|checked| document(checked, options)).collect();
    for error in closing.rule_errors {
        let start = error.span.on_characters(&error.source).start;
        let place = Lines::new(&error.source).place(&error.source, start);
        let message = match options.lang {
            Lang::Zh => &error.message,
            Lang::En => &error.message_en,
        };
        let file = one_line(&error.file);
        let kind = match error.kind {
            FaultKind::Rules => "rule",
            FaultKind::Config => "config",
        };
        out.push_str(&format!("{file}:{}:{}: error[{kind}] {}\n", place.line, place.column, one_line(message)));
    }
    for (rule, why) in &closing.tally.errored {
        out.push_str(&format!("{}\n", words::rule_failed(options.lang, rule, why)));
    }
    for line in words::gone(options.lang, closing.gone.unwrap_or_default()) {
        out.push_str(&match options.lang {
            Lang::Zh => format!("基线里有、现在没有了：{line}\n"),
            Lang::En => format!("no longer there: {line}\n"),
        });
    }
    for unread in closing.unread {
        let what = pick(options.lang, "无法读取", "unread");
        out.push_str(&format!("{}: {what}: {}\n", one_line(&unread.path), one_line(&unread.error)));
    }
    for file in closing.not_checked {
        let what = pick(options.lang, "未检查", "not checked");
        out.push_str(&format!("{}: {what}: {}\n", one_line(&file.path), one_line(&file.why)));
    }
    out
}
