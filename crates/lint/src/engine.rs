//! One document through all rules.

use crate::finding::{Lang, Report};
use crate::ruleset::RuleSet;
use gouji_core::document::Document;

/// What a check is given beside the document and the rules.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// The language of messages.
    pub lang: Lang,
    /// Today as year, month, day; rules that need it are skipped without it.
    pub today: Option<(i32, u8, u8)>,
    /// The year of the report, instead of what its title says.
    pub year: Option<i32>,
    /// The organ, instead of what its title says.
    pub organ: Option<String>,
    /// The form, instead of the one its labels choose.
    pub form: Option<String>,
    /// Code prefixes to run; empty means all.
    pub select: Vec<String>,
    /// Code prefixes to leave out.
    pub ignore: Vec<String>,
}

/// Runs every selected rule on a document. Findings come grouped, sorted by span, then rule.
#[must_use]
pub fn check(document: &Document, rules: &RuleSet, options: &CheckOptions) -> Report {
    let _ = (document, rules, options);
    todo!()
}
