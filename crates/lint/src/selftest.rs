//! The tests that rules carry in their own files.

use crate::ruleset::RuleSet;
use std::sync::Arc;

/// How one case of one rule went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseResult {
    /// The rule.
    pub rule: Arc<str>,
    /// The file it stands in.
    pub file: String,
    /// `ok[0]`, `bad[2]`.
    pub case: String,
    /// What went wrong, one line each; empty when it passed.
    pub faults: Vec<String>,
}

/// Runs all cases of all rules, in order of code.
#[must_use]
pub fn run(rules: &RuleSet) -> Vec<CaseResult> {
    let _ = rules;
    todo!()
}
