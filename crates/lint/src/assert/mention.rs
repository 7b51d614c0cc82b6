//! Mentions in the text: what the pattern of a `number` or `text` binding finds.

use super::amount::mentioned;
use super::tables::Spot;
use crate::expr::Datum;
use crate::rule::{Binding, Mention, Select};
use crate::say::Job;
use crate::scan::Part;
use gouji_core::text::Span;

/// The mentions of a binding, the `at`th of the rule `idx`; none where it stands for cells.
pub(super) fn mentions(job: &Job<'_>, idx: usize, at: usize, binding: &Binding) -> Option<Vec<Spot>> {
    match &binding.select {
        Select::Number(mention) => {
            let datum = |found: &str, behind: &str, _: Span| mentioned(found, behind, mention.unit.as_ref());
            Some(find(job, (idx, at), mention, "n", datum))
        }
        Select::Text(mention) => {
            let datum = |_: &str, _: &str, span: Span| Datum::Text(job.text(span).to_owned());
            Some(find(job, (idx, at), mention, "", datum))
        }
        Select::Cells(_) | Select::All(_) => None,
    }
}

/// Every match of a pattern in its scope: the capture of this name, or the whole where it is empty.
fn find(
    job: &Job<'_>,
    (rule, binding): (usize, usize),
    mention: &Mention,
    capture: &str,
    datum: impl Fn(&str, &str, Span) -> Datum,
) -> Vec<Spot> {
    let shadow = &job.hits.folded;
    let mut spots = Vec::new();
    for block in job.hits.candidates(rule, Part::Binding(binding), mention.pattern.required()) {
        let Some(range) = shadow.blocks[block] else { continue };
        for stretch in job.regions.stretches(&mention.scope, block) {
            let inner = shadow.folded.shadow_of(stretch);
            let hay = Span::new(inner.start.max(range.start), inner.end.min(range.end)).of(&shadow.folded.text);
            for captures in mention.pattern.regex().captures_iter(hay) {
                let found = if capture.is_empty() { captures.get(0) } else { captures.name(capture) };
                let Some(found) = found else { continue };
                let span = shadow.folded.source(Span::from(found.range()).shift(inner.start.max(range.start)));
                let datum = datum(found.as_str(), &hay[found.end()..], span);
                spots.push(Spot { span, datum, cell: None });
            }
        }
    }
    spots
}
