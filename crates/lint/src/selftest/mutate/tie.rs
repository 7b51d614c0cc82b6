//! The numbers of an `assert`.
//!
//! In a plain tie (sum == sum) every number of every right example counts: one more by the smallest step must break it,
//! or, under a tolerance, some change of it. Elsewhere (inequalities, `or`, `min`) a number may rightly be off by one;
//! there each name must count somewhere: some change of one of its numbers in some right example breaks the rule.

use super::{Bench, Change, Mutant, MutantEnd};
use crate::assert::{Term, terms};
use crate::expr::{Closeness, Op};
use crate::rule::Assert;
use gouji_core::text::Edit;
use rust_decimal::Decimal;

pub(super) fn mutants(ok: &[Bench<'_>], idx: usize, assert: &Assert) -> Vec<Mutant> {
    let terms_of = |bench: &Bench<'_>| bench.job(|job| terms(job, idx, bench.case.rule, assert));
    if is_plain(assert) {
        let of_bench = |bench| -> Vec<Mutant> {
            let terms = terms_of(bench);
            terms.iter().map(|term| changed(bench, term, &steps(term, &terms, assert.closeness))).collect()
        };
        return ok.iter().flat_map(of_bench).collect();
    }
    let all: Vec<(&Bench<'_>, Vec<Term>)> = ok.iter().map(|bench| (bench, terms_of(bench))).collect();
    assert.expr.names().into_iter().filter_map(|name| of_name(name, &all)).collect()
}

fn is_plain(assert: &Assert) -> bool {
    let Some(comparison) = &assert.comparison else { return false };
    comparison.op == Op::Eq && comparison.lhs_linear.is_some() && comparison.rhs_linear.is_some()
}

/// The first change of a name's numbers that is noticed; where none is, the first number with all that was tried.
/// None where no right example has such a number: a name of a text.
fn of_name(name: &str, all: &[(&Bench<'_>, Vec<Term>)]) -> Option<Mutant> {
    let mut first = None;
    for (bench, terms) in all {
        for term in terms.iter().filter(|term| term.name == name) {
            let mutant = changed(bench, term, &crossings(term, terms));
            if mutant.end == MutantEnd::Noticed {
                return Some(mutant);
            }
            first.get_or_insert(mutant);
        }
    }
    first
}

/// The smallest change of a number: one unit of its last place.
fn step(term: &Term) -> Decimal {
    Decimal::new(1, term.value.scale())
}

/// One step up; where the sides need not be quite equal, also values that are far enough off.
fn steps(term: &Term, terms: &[Term], closeness: Closeness) -> Vec<Decimal> {
    match closeness {
        Closeness::Exact => vec![term.value + step(term)],
        _ => crossings(term, terms),
    }
}

/// Values enough to cross any bound that the other numbers set: one step either way, none, more than all together.
fn crossings(term: &Term, terms: &[Term]) -> Vec<Decimal> {
    let all = terms.iter().fold(Decimal::ONE, |sum, term| sum.saturating_add(term.value.abs()));
    let mut values = vec![term.value + step(term), term.value - step(term), Decimal::ZERO, all, -all];
    values.retain(|value| *value != term.value);
    values
}

/// A number changed to each of some values until the rule notices.
fn changed(bench: &Bench<'_>, term: &Term, values: &[Decimal]) -> Mutant {
    let before = term.span.of(&bench.document.text).to_owned();
    let mut after = Vec::new();
    let mut end = MutantEnd::Unwritten;
    for value in values {
        let insert = value.to_string();
        after.push(insert.clone());
        end = bench.end(bench.edited(&[Edit { span: term.span, insert }]));
        if end == MutantEnd::Noticed {
            break;
        }
    }
    bench.mutant(Change::Number { name: term.name.clone(), path: term.path.clone(), before, after }, end)
}
