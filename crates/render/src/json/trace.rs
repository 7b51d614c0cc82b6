//! Traces as JSON.

use super::shape::{PartyEntry, StepEntry, TraceEntry, WorkEntry};
use super::span_entry;
use crate::places::Places;
use gouji_lint::expr::Datum;
use gouji_lint::trace::{Party, Step, Trace};

/// What one rule did.
pub(super) fn entry<'a>(trace: &'a Trace, places: &Places<'_>) -> TraceEntry<'a> {
    TraceEntry {
        rule: &trace.rule,
        verb: trace.verb,
        formula: trace.formula.as_deref(),
        steps: trace.steps.iter().map(|step| step_entry(step, places)).collect(),
        more: trace.n_more,
        work: trace.work.map(|work| WorkEntry { script: work.script, host: work.host, most: work.most }),
    }
}

fn step_entry<'a>(step: &'a Step, places: &Places<'_>) -> StepEntry<'a> {
    StepEntry {
        end: step.end.word(),
        what: &step.what,
        why: step.why.as_deref(),
        span: step.span.map(|span| span_entry(span, places)),
        formula: step.formula.as_deref(),
        parties: step.parties.iter().map(|party| party_entry(party, places)).collect(),
    }
}

fn party_entry<'a>(party: &'a Party, places: &Places<'_>) -> PartyEntry<'a> {
    let (state, value) = match &party.datum {
        Datum::Number(number) => ("number", Some(number.normalize().to_string())),
        Datum::Text(text) => ("text", Some(text.clone())),
        Datum::Blank => ("blank", None),
        Datum::Unreadable => ("unreadable", None),
        Datum::Absent => ("absent", None),
    };
    let span = party.document.is_none().then(|| span_entry(party.span, places));
    PartyEntry { name: &party.name, path: &party.path, state, value, span, document: party.document.as_deref() }
}
