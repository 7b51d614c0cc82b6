//! The tests inside rule files, told as a test runner tells them.

use crate::layout::one_line;
use crate::paint::Ink;
use crate::run::{Options, Talk};
use gouji_lint::selftest::CaseResult;

/// One line a rule, the faults below it, and last `N passed, N failed`.
#[must_use]
pub fn results(results: &[CaseResult], options: &Options) -> String {
    let mut out = String::new();
    for cases in results.chunk_by(|a, b| a.rule == b.rule) {
        let failed: Vec<&CaseResult> = cases.iter().filter(|case| !case.faults.is_empty()).collect();
        if failed.is_empty() {
            if options.talk == Talk::Full {
                let ok = options.colour.paint(Ink::Good, "ok");
                out.push_str(&format!("{} ... {ok} ({})\n", cases[0].rule, cases.len()));
            }
            continue;
        }
        let word = options.colour.paint(Ink::Bad, "FAILED");
        let file = &cases[0].file;
        out.push_str(&format!("{} ... {word} ({} / {})  {file}\n", cases[0].rule, failed.len(), cases.len()));
        for case in failed {
            for fault in &case.faults {
                out.push_str(&format!("    {}: {}\n", case.case, one_line(fault)));
            }
        }
    }
    let failed = n_failed(results);
    out.push_str(&format!("{} passed, {failed} failed\n", results.len() - failed));
    out
}

/// How many cases failed.
#[must_use]
pub fn n_failed(results: &[CaseResult]) -> usize {
    results.iter().filter(|case| !case.faults.is_empty()).count()
}
