//! A wrong example with its first finding mended by its first fix: that finding must be gone.

use super::{Bench, Change, Mutant, MutantEnd};
use crate::finding::Fix;
use gouji_core::text::{Edit, Span};

/// None where the rule offers no fix.
pub(super) fn mutant(bench: &Bench<'_>) -> Option<Mutant> {
    let findings = bench.case.report(&bench.document).findings;
    let finding = findings.iter().find(|finding| !finding.fixes.is_empty())?;
    let fix = &finding.fixes[0];
    let end = match bench.edited(&fix.edits) {
        None => MutantEnd::Unwritten,
        Some(bytes) if is_gone(bench, fix, findings.len(), &bytes) => MutantEnd::Noticed,
        Some(_) => MutantEnd::Silent,
    };
    let text = &bench.document.text;
    let before: Vec<&str> = fix.edits.iter().map(|edit| edit.span.of(text)).collect();
    let after: Vec<&str> = fix.edits.iter().map(|edit| edit.insert.as_str()).collect();
    Some(bench.mutant(Change::Mended { before: before.join("…"), after: after.join("…") }, end))
}

/// Whether there are fewer findings, or others elsewhere: one may come to light behind another.
fn is_gone(bench: &Bench<'_>, fix: &Fix, n_before: usize, bytes: &[u8]) -> bool {
    let Ok(document) = bench.case.read_bytes(bytes) else { return false };
    let left = bench.case.report(&document).findings;
    let is_new = |edit: &Edit| {
        let mended = Span::new(edit.span.start, edit.span.start + edit.insert.len());
        !left.iter().any(|finding| finding.span.overlaps(mended))
    };
    left.len() < n_before || fix.edits.first().is_some_and(is_new)
}
