//! Fixes carried out round by round, until nothing changes.

use crate::engine::CheckOptions;
use crate::finding::FixLevel;
use crate::ruleset::RuleSet;
use gouji_core::document::Document;
use std::sync::Arc;

/// What fixing a document came to.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The file's new bytes; none where nothing changed.
    pub bytes: Option<Vec<u8>>,
    /// The file's new text as decoded (marks and all), for a diff; equal to the old one where nothing changed.
    pub raw: String,
    /// How many fixes were carried out, by rule, in order of code.
    pub applied: Vec<(Arc<str>, usize)>,
    /// How many rounds it took.
    pub rounds: usize,
    /// The rules whose fixes undo each other; the document is then as before the loop.
    pub loop_between: Vec<Arc<str>>,
    /// Fixes that could not be written back, as (rule, reason).
    pub refused: Vec<(Arc<str>, String)>,
}

/// Carries out the fixes at or above `least`, at most 10 rounds.
///
/// # Errors
/// When the document can not be written back in its encoding.
pub fn fix(
    document: &Document,
    rules: &RuleSet,
    options: &CheckOptions,
    least: FixLevel,
) -> Result<Fixed, gouji_core::WriteError> {
    let _ = (document, rules, options, least);
    todo!()
}
