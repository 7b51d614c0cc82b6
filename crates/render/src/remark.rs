//! Findings as comments of a Word file: what is wrong, what to do, what it rests on, at its place.

use crate::layout::one_line;
use crate::pretty::fix_note;
use crate::words::{self, pick};
use gouji_core::format::docx::Remark;
use gouji_lint::finding::{Finding, FixLevel, Lang, Report};

/// A comment for every place of every finding that nobody settled; with a level, only for what a fix of that level or
/// a surer one would mend.
#[must_use]
pub fn remarks(report: &Report, least: Option<FixLevel>, lang: Lang) -> Vec<Remark> {
    let open = report.findings.iter().filter(|finding| finding.accepted.is_none() && !finding.known);
    let wanted = open.filter(|finding| least.is_none_or(|least| finding.fixes.iter().any(|fix| fix.level >= least)));
    let mut remarks = Vec::new();
    for finding in wanted {
        let headline = headline(finding, lang);
        let mut lines = vec![headline.clone()];
        lines.extend(finding.help.as_ref().map(|help| format!("{}{}", pick(lang, "办法：", "help: "), one_line(help))));
        lines.extend(finding.fixes.iter().map(|fix| fix_note(fix, finding, lang)));
        lines.push(one_line(&words::basis(lang, &finding.basis)));
        remarks.push(Remark { span: finding.span, text: lines.join("\n") });
        remarks.extend(finding.places.iter().map(|place| Remark { span: place.span, text: headline.clone() }));
    }
    remarks
}

fn headline(finding: &Finding, lang: Lang) -> String {
    format!("{}[{}] {}", words::level(lang, finding.level), finding.rule, one_line(&finding.message))
}
