//! What the tool's own rules say of acceptances: unused, expired, wrong.

use super::comment::Slip;
use super::{Acceptance, Fate};
use crate::date;
use crate::engine::CheckOptions;
use crate::finding::{Finding, Lang, LedgerEntry, Report, RuleError, Status};
use crate::own;
use crate::ruleset::{RuleInfo, RuleSet};
use crate::wire;
use gouji_core::text::Span;
use std::sync::Arc;

/// Something that a rule of the tool's own has to say.
#[derive(Debug)]
pub(super) struct Told {
    rule: &'static str,
    span: Span,
    /// What fills the rule's sentence, in Chinese and English.
    names: Vec<(&'static str, Slip)>,
    /// What else may be done about it.
    aside: Option<(&'static str, &'static str)>,
}

/// A comment that is wrong.
pub(super) fn slip(span: Span, what: Slip) -> Told {
    Told { rule: own::SLIP, span, names: vec![("what", what)], aside: None }
}

/// What is to be said of a comment of which a rule's findings were to be accepted.
pub(super) fn of_comment(span: Span, rule: &str, fate: Fate) -> Option<Told> {
    // Comments have no last day.
    (fate == Fate::Unused).then(|| Told { rule: own::UNUSED, span, names: vec![("rule", same(rule))], aside: None })
}

fn same(words: &str) -> Slip {
    (words.to_owned(), words.to_owned())
}

/// Adds what was told of the `n_read` acceptances read in a document to its report, with an entry in its ledger for
/// each rule of the tool's own; where none was read they had nothing to judge.
pub(super) fn add(report: &mut Report, rules: &RuleSet, options: &CheckOptions, told: &[Told], n_read: usize) {
    if n_read == 0 {
        return;
    }
    for info in rules.own().iter().filter(|info| options.selects(&info.id)) {
        let own = told.iter().filter(|told| *told.rule == *info.id);
        let findings: Vec<Finding> = own.map(|told| finding(info, told, options.lang)).collect();
        report.ledger.push(entry(info, n_read, findings.len()));
        report.findings.extend(findings);
    }
}

/// The faults of entries that name no rule: they would seem to work.
pub fn unknown_rules<'a>(entries: impl IntoIterator<Item = &'a Acceptance>, rules: &RuleSet) -> Vec<RuleError> {
    let unknown = entries.into_iter().filter(|entry| !rules.knows(&entry.rule));
    let fault = |entry: &Acceptance| wire::unknown(entry.place.span, ("规则", "rule"), &entry.rule, rules.codes());
    unknown.map(|entry| entry.place.error(fault(entry))).collect()
}

/// What the tool's own rules say of the entries of one configuration over a whole run. Spans lie in the configuration.
#[must_use]
pub fn of_entries(entries: &[(&Acceptance, Fate)], rules: &RuleSet, options: &CheckOptions) -> Report {
    let told: Vec<Told> = entries.iter().filter_map(|(entry, fate)| of_entry(entry, *fate)).collect();
    let mut report = Report::default();
    for info in rules.own().iter().filter(|info| options.selects(&info.id)) {
        let own = told.iter().filter(|told| *told.rule == *info.id);
        let findings: Vec<Finding> = own.map(|told| finding(info, told, options.lang)).collect();
        report.ledger.push(entry(info, entries.len(), findings.len()));
        report.findings.extend(findings);
    }
    report.findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    report
}

fn of_entry(entry: &Acceptance, fate: Fate) -> Option<Told> {
    let span = entry.place.span;
    let rule = ("rule", same(&entry.rule));
    match (fate, entry.grounds.until) {
        (Fate::Unused, _) => {
            // It may have been written for a report that the run left out.
            let aside = ("如果是为别的文件写的，用 files 写明", "if it is meant for other files, name them in `files`");
            let aside = entry.files.is_empty().then_some(aside);
            Some(Told { rule: own::UNUSED, span, names: vec![rule], aside })
        }
        (Fate::Expired, Some(until)) => {
            let names = vec![rule, ("until", same(&date::text(until)))];
            Some(Told { rule: own::EXPIRED, span, names, aside: None })
        }
        _ => None,
    }
}

fn finding(info: &RuleInfo, told: &Told, lang: Lang) -> Finding {
    let mut message = info.say.of(lang).to_owned();
    for (name, (zh, en)) in &told.names {
        let words = if lang == Lang::En { en } else { zh };
        message = message.replace(&format!("<{name}>"), words);
    }
    let mut help = info.help.of(lang).replace("<<", "<");
    if let Some((zh, en)) = told.aside {
        help.push_str(&if lang == Lang::En { format!("; {en}") } else { format!("；{zh}") });
    }
    Finding { help: Some(help), ..Finding::of(info, lang, message, told.span) }
}

fn entry(info: &RuleInfo, bound: usize, failed: usize) -> LedgerEntry {
    let status = if failed > 0 { Status::Failed } else { Status::Ok };
    LedgerEntry { rule: Arc::clone(&info.id), status, bound, failed, why: None, took: None }
}
