//! The program under test as a shell uses it: shipped rules loaded once, files read, reports checked.

use gouji_core::document::Document;
use gouji_lint::engine::{self, CheckOptions};
use gouji_lint::finding::{Finding, Level, Report};
use gouji_lint::ruleset::{RuleSet, SourceFile};
use gouji_lint::settings::{Profile, Settings};
use std::sync::OnceLock;

/// The files that are shipped, as the loader takes them.
#[must_use]
pub fn files() -> Vec<SourceFile> {
    gouji_rules::files()
        .iter()
        .map(|(path, text)| SourceFile { path: (*path).to_owned(), text: (*text).into() })
        .collect()
}

/// The shipped rules.
///
/// # Panics
/// When one of them has a fault.
pub fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| {
        let (rules, faults) = RuleSet::load(&files());
        let told: Vec<String> = faults.iter().map(|fault| format!("{}: {}", fault.file, fault.message)).collect();
        assert!(told.is_empty(), "{}", told.join("\n"));
        rules
    })
}

/// All shipped rules, those included that only speak under the strict profile.
///
/// # Panics
/// When one of them has a fault.
#[must_use]
pub fn every_rule() -> RuleSet {
    let settings = Settings { profile: Profile::Strict, ..Settings::default() };
    let (rules, faults) = RuleSet::load_with(&files(), &settings);
    assert_eq!(faults, []);
    rules
}

/// A file as read.
///
/// # Panics
/// When the bytes are no document.
#[must_use]
pub fn read(name: &str, bytes: &[u8]) -> Document {
    gouji_core::read(name, bytes, rules().known_labels()).expect("a document")
}

/// What all shipped rules say of a document.
#[must_use]
pub fn check(document: &Document) -> Report {
    engine::check(document, rules(), &CheckOptions::default())
}

/// What all shipped rules say of a text.
#[must_use]
pub fn check_text(text: &str) -> (Document, Report) {
    let document = read("report.txt", text.as_bytes());
    let report = check(&document);
    (document, report)
}

/// The findings of a report at or above a level.
pub fn at_least(report: &Report, level: Level) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(move |finding| finding.level >= level)
}

/// A finding in one line, for messages of failed tests.
#[must_use]
pub fn told(document: &Document, finding: &Finding) -> String {
    let place = document.place(finding.span.start);
    format!(
        "{}:{} {} [{}] {} ‹{}›",
        place.line,
        place.column,
        finding.level.word(),
        finding.rule,
        finding.message,
        finding.span.of(&document.text)
    )
}

/// The tags of a rule: the catalogue ids it fulfils among them.
#[must_use]
pub fn tags(rule: &str) -> &'static [String] {
    rules().infos().find(|info| *info.id == *rule).map_or(&[], |info| &info.tags)
}
