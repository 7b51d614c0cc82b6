//! An assertion as equations over the cells of a document: what the search for the wrong number works on.

use super::select::{Current, Selector};
use super::terms::{Term, with_selector};
use crate::expr::{Closeness, Comparison, Datum, Linear, Op};
use crate::rule::{Assert, OnBlank, Rule, Select};
use crate::say::Job;
use rust_decimal::Decimal;

/// The cells of one repetition with their factors, and what they must add up to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Equation {
    /// Each cell once.
    pub(crate) terms: Vec<(Term, Decimal)>,
    /// What the numbers times their factors must come to.
    pub(crate) constant: Decimal,
    /// Whether a blank cell counts as 0 in it: another number there would mend it, too.
    pub(crate) has_blank: bool,
}

/// Every repetition of an assertion that is an exact equation between cells: `==` without tolerance or rounding, both
/// sides sums with factors, no number of the text, no cell put into another unit. Others have none.
pub(crate) fn equations(job: &Job<'_>, idx: usize, rule: &Rule, assert: &Assert) -> Vec<Equation> {
    let Some(comparison) = assert.comparison.as_ref().filter(|comparison| comparison.op == Op::Eq) else {
        return Vec::new();
    };
    let Some(sides) = comparison.lhs_linear.as_ref().zip(comparison.rhs_linear.as_ref()) else { return Vec::new() };
    if assert.closeness != Closeness::Exact || !comparison_is_of_cells(rule, comparison) {
        return Vec::new();
    }
    let of = |selector: &Selector<'_>| {
        let repetitions = selector.repetitions(rule.each.as_ref());
        repetitions.iter().filter_map(|current| equation(selector, current, assert.blank, sides)).collect()
    };
    with_selector(job, idx, rule, of).unwrap_or_default()
}

fn comparison_is_of_cells(rule: &Rule, comparison: &Comparison) -> bool {
    let mut names = comparison.lhs.names().into_iter().chain(comparison.rhs.names());
    names.all(|name| {
        let binding = rule.bindings.iter().find(|binding| binding.name == name);
        matches!(binding.map(|binding| &binding.select), Some(Select::Cells(cells)) if cells.unit.is_none())
    })
}

/// One repetition; none where a number is not there to be reckoned with.
fn equation(
    selector: &Selector<'_>,
    current: &Current,
    blank: OnBlank,
    (lhs, rhs): (&Linear, &Linear),
) -> Option<Equation> {
    let constant = rhs.constant.checked_sub(lhs.constant)?;
    let mut equation = Equation { terms: Vec::new(), constant, has_blank: false };
    let left = lhs.terms.iter().map(|(name, factor)| (name, *factor));
    let right = rhs.terms.iter().map(|(name, factor)| (name, -*factor));
    for (name, factor) in left.chain(right) {
        let selection = selector.select(name, current).ok()??;
        if selection.missing.is_some() {
            return None;
        }
        for spot in &selection.spots {
            let value = match spot.datum {
                Datum::Number(value) => value,
                Datum::Blank if blank == OnBlank::Zero => {
                    equation.has_blank = true;
                    continue;
                }
                _ => return None,
            };
            let file = selector.tables.file(spot).cloned();
            match equation.terms.iter_mut().find(|(term, _)| term.span == spot.span && term.file == file) {
                Some((_, own)) => *own = own.checked_add(factor)?,
                None => {
                    let path = selector.tables.path(spot);
                    equation.terms.push((Term { name: name.clone(), path, span: spot.span, file, value }, factor));
                }
            }
        }
    }
    equation.terms.retain(|(_, factor)| !factor.is_zero());
    Some(equation)
}
