//! What a case expects, held against what the rule says.

use super::Mismatch;
use super::case::Case;
use crate::finding::{Finding, FixLevel, Participant, Report, Status};
use crate::fix;
use crate::rule::{Example, Party};
use crate::ruleset::Bilingual;
use gouji_core::document::Document;
use gouji_core::label;

impl Case<'_> {
    /// A right example: the rule ran, and found nothing.
    pub(super) fn expect_nothing(&self) -> Vec<Mismatch> {
        let document = match self.read() {
            Ok(document) => document,
            Err(error) => return vec![Mismatch::Unreadable(error)],
        };
        let report = self.report(&document);
        let unwanted = |finding: &Finding| Mismatch::Unwanted {
            text: finding.span.of(&document.text).to_owned(),
            message: finding.message.clone(),
        };
        let mut faults: Vec<Mismatch> = report.findings.iter().map(unwanted).collect();
        // A table of the example is there to be judged; one that the rule's own description misses tests nothing.
        let has_own = self.rule.layout.is_some() && !document.tables.is_empty();
        let missed = |status: Status| status == Status::NotApplicable && has_own;
        let statuses = report.ledger.iter().map(|entry| entry.status);
        let unjudged = statuses.into_iter().find(|&status| !judged(status) || missed(status));
        if let Some(status) = unjudged {
            faults.push(Mismatch::Unjudged { status, why: self.why(&report, &document) });
        }
        faults
    }

    /// A wrong example: findings as many and as they should be.
    pub(super) fn expect_findings(&self, example: &Example) -> Vec<Mismatch> {
        let document = match self.read() {
            Ok(document) => document,
            Err(error) => return vec![Mismatch::Unreadable(error)],
        };
        let report = self.report(&document);
        let mut faults = Vec::new();
        let actual = report.findings.len();
        if example.count.map_or(actual == 0, |count| count != actual) {
            faults.push(Mismatch::Count { expected: example.count, actual, why: self.why(&report, &document) });
        }
        if let Some(first) = report.findings.first() {
            compare_first(example, &document, first, &mut faults);
        }
        if let Some(fixed) = &example.fixed {
            let least = self.rule.fixes.iter().map(|fix| fix.level).min().unwrap_or(FixLevel::Suggest);
            let read = |text: &str| self.read_bytes(text.as_bytes());
            match fix::settle(&document.raw, least, read, |document| self.report(document).findings) {
                None => faults.push(Mismatch::Endless),
                Some(settled) => differ("fixed", Some(fixed.trim_end()), settled.trim_end(), &mut faults),
            }
        }
        faults
    }

    /// What the rule says of not judging.
    fn why(&self, report: &Report, document: &Document) -> Bilingual {
        let reasons = |report: &Report| report.ledger.iter().filter_map(|entry| entry.why.clone()).collect();
        let zh: Vec<String> = reasons(report);
        if zh.is_empty() {
            return Bilingual::default();
        }
        let en: Vec<String> = reasons(&self.report_in_english(document));
        Bilingual { zh: zh.join("；"), en: en.join("; ") }
    }
}

/// Whether a rule that ended so has looked. One that is not meant for an example says so: that is right, too.
fn judged(status: Status) -> bool {
    !matches!(status, Status::Unbound | Status::Errored | Status::Undetermined | Status::Skipped)
}

fn compare_first(example: &Example, document: &Document, first: &Finding, faults: &mut Vec<Mismatch>) {
    differ("at", example.at.as_deref(), first.span.of(&document.text), faults);
    for (key, wanted, actual) in [("row", &example.row, &first.place.row), ("col", &example.col, &first.place.col)] {
        let actual = actual.as_deref().unwrap_or_default();
        if wanted.as_deref().is_some_and(|wanted| !ends_in(actual, wanted)) {
            differ(key, wanted.as_deref(), actual, faults);
        }
    }
    differ("level", example.level.map(crate::finding::Level::word), first.level.word(), faults);
    if let Some(wanted) = &example.message
        && !first.message.contains(wanted.as_str())
    {
        differ("message", Some(wanted), &first.message, faults);
    }
    match &example.participants {
        Some(Party::Count(count)) => {
            differ("participants", Some(&count.to_string()), &first.participants.len().to_string(), faults);
        }
        Some(Party::These(wanted)) if !are_these(wanted, &first.participants) => {
            let actual = first.participants.iter().map(|party| format!("{}={}", party.name, party.value));
            let actual: Vec<String> = actual.collect();
            differ("participants", Some(&wanted.join(" ")), &actual.join(" "), faults);
        }
        _ => {}
    }
}

fn differ(key: &'static str, expected: Option<&str>, actual: &str, faults: &mut Vec<Mismatch>) {
    if let Some(expected) = expected.filter(|expected| *expected != actual) {
        faults.push(Mismatch::Differs { key, expected: expected.to_owned(), actual: actual.to_owned() });
    }
}

/// Whether a label path is the wanted one or ends in it; labels compare folded.
fn ends_in(actual: &str, wanted: &str) -> bool {
    let keys = |path: &str| -> Vec<String> { path.split('>').map(label::fold).collect() };
    keys(actual).ends_with(&keys(wanted))
}

/// Whether the participants are those wanted, in order, each by name or value.
fn are_these(wanted: &[String], participants: &[Participant]) -> bool {
    let is = |(wanted, party): (&String, &Participant)| *wanted == party.name || *wanted == party.value;
    wanted.len() == participants.len() && wanted.iter().zip(participants).all(is)
}
