//! What an assertion reckons with in a document, each name with each of its numbers: what mutation changes.

use super::select::Selector;
use crate::bind::{Fitted, fit};
use crate::expr::Datum;
use crate::rule::{Assert, Rule};
use crate::say::Job;
use gouji_core::text::Span;
use rust_decimal::Decimal;
use std::sync::Arc;

/// A number that a name of an assertion stands for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Term {
    /// The name in the rule.
    pub(crate) name: String,
    /// Row and column label path, or the words around a mention.
    pub(crate) path: String,
    /// Where it stands.
    pub(crate) span: Span,
    /// The file of last year's report that it stands in; none for the report under check.
    pub(crate) file: Option<Arc<str>>,
    /// Its value.
    pub(crate) value: Decimal,
}

/// Where a number stands: the file of last year's report or none, and the span there.
pub(crate) type Place = (Option<Arc<str>>, Span);

impl Term {
    pub(crate) fn place(&self) -> Place {
        (self.file.clone(), self.span)
    }
}

/// Hands over what finds the names of an assertion in a document; none where it does not apply there.
pub(super) fn with_selector<T>(
    job: &Job<'_>,
    idx: usize,
    rule: &Rule,
    act: impl FnOnce(&Selector<'_>) -> T,
) -> Option<T> {
    let fitted = match rule.layout.as_ref().map(|layout| fit(job.bound.document, layout)) {
        Some(Fitted::Tables(tables, _)) => tables,
        _ => Vec::new(),
    };
    let selector = Selector::new(job, idx, rule, &fitted).ok()?;
    selector.unmentioned().is_none().then(|| act(&selector))
}

/// Every number of every repetition that stands in the report under check, each once for each name.
pub(crate) fn terms(job: &Job<'_>, idx: usize, rule: &Rule, assert: &Assert) -> Vec<Term> {
    with_selector(job, idx, rule, |selector| {
        let mut terms: Vec<Term> = Vec::new();
        for current in selector.repetitions(rule.each.as_ref()) {
            for name in assert.expr.names() {
                let Ok(Some(selection)) = selector.select(name, &current) else { continue };
                for spot in &selection.spots {
                    let Datum::Number(value) = spot.datum else { continue };
                    let file = selector.tables.file(spot).cloned();
                    if file.is_none() && !terms.iter().any(|term| term.name == name && term.span == spot.span) {
                        let path = selector.tables.path(spot);
                        terms.push(Term { name: name.to_owned(), path, span: spot.span, file, value });
                    }
                }
            }
        }
        terms
    })
    .unwrap_or_default()
}
