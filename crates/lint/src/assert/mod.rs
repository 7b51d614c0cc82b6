//! `assert`: expressions over cells and numbers of the text that must be true.

mod select;

use crate::expr::{Bound as Value, Comparison, Datum, Gap, Truth, Why};
use crate::finding::{Participant, Sides, Where};
use crate::rule::{Assert, Rule};
use crate::say::{Job, Named, Names, Outcome, Reason};
use gouji_core::text::Span;
use rust_decimal::Decimal;
use select::{Current, Selection, Selector, Spot};
use std::collections::BTreeSet;

/// Runs an `assert` rule.
pub(crate) fn run(job: &Job<'_>, idx: usize, rule: &Rule, assert: &Assert) -> Outcome {
    let mut outcome = Outcome { unbound: job.regions.missing(&rule.scope), ..Outcome::default() };
    let selector = match Selector::new(job, idx, rule) {
        Ok(selector) => selector,
        Err(reason) => {
            outcome.unbound.push(reason);
            return outcome;
        }
    };
    if let Some(name) = selector.unmentioned() {
        outcome.not_applicable =
            Some((format!("文中没有“{name}”一类的表述"), format!("the text does not mention {name}")));
        return outcome;
    }
    for current in selector.repetitions(rule.each.as_ref()) {
        judge(job, rule, assert, &selector, &current, &mut outcome);
    }
    if outcome.n_bound == 0 && outcome.unbound.is_empty() && rule.each.is_some() {
        outcome
            .unbound
            .push(("表中没有可以核对的行或列".to_owned(), "the table has no row or column to judge".to_owned()));
    }
    outcome.n_failed = outcome.findings.len();
    outcome
}

/// Judges one repetition.
fn judge(
    job: &Job<'_>,
    rule: &Rule,
    assert: &Assert,
    selector: &Selector<'_>,
    current: &Current,
    outcome: &mut Outcome,
) {
    let mut bound: Vec<(&str, Selection)> = Vec::new();
    for name in assert.expr.names() {
        match selector.select(name, current) {
            // This row or column lies in a band that the rule does not speak of.
            Ok(None) => return,
            Ok(Some(selection)) => bound.push((name, selection)),
            Err(reason) => {
                push_once(&mut outcome.unbound, reason);
                return;
            }
        }
    }
    outcome.n_bound += 1;
    let lookup = |name: &str| -> Value {
        match bound.iter().find(|(own, _)| *own == name) {
            Some((_, selection)) => selection.value(),
            None => Value::One(Datum::Absent),
        }
    };
    match assert.expr.truth(&lookup) {
        Truth::True => {}
        Truth::Undetermined(gaps) => {
            for gap in gaps {
                push_once(&mut outcome.undetermined, explain(job, &gap, &bound, current));
            }
        }
        Truth::False => {
            if let Some(missing) = bound.iter().find_map(|(_, selection)| selection.missing.clone()) {
                push_once(&mut outcome.unbound, missing);
                return;
            }
            // Names that the formula does not use may still be the place, or stand in a message or a label.
            let unused = rule.bindings.iter().filter(|binding| bound.iter().all(|(name, _)| *name != binding.name));
            let others = unused
                .filter_map(|binding| Some((binding.name.as_str(), selector.select(&binding.name, current).ok()??)))
                .collect::<Vec<_>>();
            let found = report(job, rule, assert, &bound, &others, current, &lookup);
            outcome.findings.extend(found);
        }
    }
}

fn push_once(reasons: &mut Vec<Reason>, reason: Reason) {
    if !reasons.contains(&reason) {
        reasons.push(reason);
    }
}

/// Why a repetition can not be told.
fn explain(job: &Job<'_>, gap: &Gap, bound: &[(&str, Selection)], current: &Current) -> Reason {
    let spots = bound.iter().find(|(name, _)| *name == gap.name).map(|(_, selection)| &selection.spots);
    let spot = spots.into_iter().flatten().find(|spot| !matches!(spot.datum, Datum::Number(_)));
    let place = match (spot, current.names(job)) {
        (Some(spot), _) => spot.path(job),
        (None, (row, col)) => row.or(col).unwrap_or_default(),
    };
    match gap.why {
        Why::Blank => (format!("“{place}”没有填数"), format!("{place} is blank")),
        Why::Unreadable => (format!("“{place}”不是数"), format!("{place} is no number")),
        Why::Absent => (
            format!("“{place}”所在行的数字个数与表头不符"),
            format!("the row of {place} has another number of values than the header"),
        ),
        Why::Overflow => (format!("“{place}”的数太大"), format!("{place} is too large")),
        Why::DivisionByZero => (format!("“{place}”算到以零为除数"), format!("{place} divides by zero")),
    }
}

fn report(
    job: &Job<'_>,
    rule: &Rule,
    assert: &Assert,
    bound: &[(&str, Selection)],
    others: &[(&str, Selection)],
    current: &Current,
    lookup: &dyn Fn(&str) -> Value,
) -> Option<crate::finding::Finding> {
    let mut names = Names::default();
    for (name, selection) in bound.iter().chain(others) {
        names.set(name, selection.named(job));
    }
    let sides = assert.comparison.as_ref().and_then(|comparison| sides(comparison, &lookup));
    if let Some((lhs, rhs)) = sides {
        names.set("lhs", Named::number(lhs));
        names.set("rhs", Named::number(rhs));
        names.set("delta", Named::number(lhs.checked_sub(rhs).unwrap_or_default()));
    }
    let (row, col) = current.names(job);
    names.set("row", Named::text(row.unwrap_or_default()));
    names.set("col", Named::text(col.unwrap_or_default()));
    let of_name = |name: &str| bound.iter().chain(others).find(|(own, _)| *own == name);
    let at = rule.at.as_deref().and_then(of_name).and_then(|(_, selection)| selection.spots.first());
    let spot = at.or_else(|| place(assert, bound))?;
    let (row, col) = spot.names(job);
    let mut finding = job.finding(rule, spot.span, Where { row, col, ..Where::default() }, &names, None);
    finding.participants = participants(job, assert, bound);
    finding.sides = sides.map(|(lhs, rhs)| Sides {
        lhs: lhs.normalize().to_string(),
        rhs: rhs.normalize().to_string(),
        delta: lhs.checked_sub(rhs).unwrap_or_default().normalize().to_string(),
    });
    Some(finding)
}

fn sides(comparison: &Comparison, lookup: &dyn crate::expr::Lookup) -> Option<(Decimal, Decimal)> {
    Some((comparison.lhs.number(lookup).ok()?, comparison.rhs.number(lookup).ok()?))
}

/// Where a failed assertion is placed without `at`: the only side that is a single cell, else the first name on the
/// right, else the first name.
fn place<'a>(assert: &Assert, bound: &'a [(&str, Selection)]) -> Option<&'a Spot> {
    let spots = |name: &str| bound.iter().find(|(own, _)| *own == name).map(|(_, selection)| &selection.spots);
    let first = |name: &str| spots(name).and_then(|spots| spots.first());
    if let Some(comparison) = &assert.comparison {
        let single = |names: Vec<&str>| match names.as_slice() {
            [only] => spots(only).filter(|spots| spots.len() == 1).and_then(|spots| spots.first()),
            _ => None,
        };
        let (left, right) = (single(comparison.lhs.names()), single(comparison.rhs.names()));
        match (left, right) {
            (Some(spot), None) | (None, Some(spot)) => return Some(spot),
            _ => {}
        }
        if let Some(spot) = comparison.rhs.names().into_iter().find_map(first) {
            return Some(spot);
        }
    }
    assert.expr.names().into_iter().find_map(first)
}

/// Every cell and mention of the formula, in its order, each once.
fn participants(job: &Job<'_>, assert: &Assert, bound: &[(&str, Selection)]) -> Vec<Participant> {
    let side_of = |name: &str| -> (bool, i8) {
        let Some(comparison) = &assert.comparison else { return (false, 1) };
        let right = !comparison.lhs.names().contains(&name);
        let linear = if right { &comparison.rhs_linear } else { &comparison.lhs_linear };
        let factor = linear.as_ref().and_then(|linear| linear.terms.iter().find(|(own, _)| own == name));
        (right, if factor.is_some_and(|(_, factor)| factor.is_sign_negative()) { -1 } else { 1 })
    };
    let mut participants = Vec::new();
    let mut seen = BTreeSet::new();
    for (name, selection) in bound {
        let (right, sign) = side_of(name);
        for spot in &selection.spots {
            let Datum::Number(value) = spot.datum else { continue };
            // A mention that two names stand for is one party.
            if !seen.insert(spot.span) {
                continue;
            }
            participants.push(Participant {
                name: (*name).to_owned(),
                path: spot.path(job),
                sign,
                value: value.normalize().to_string(),
                span: spot.span,
                right,
                document: None,
            });
        }
    }
    participants
}

/// The span of the words of a number in the text with what stands around it.
pub(crate) fn around(text: &str, span: Span) -> String {
    const CHARS: usize = 10;
    let before: String =
        text[..span.start].chars().rev().take_while(|c| !"。；\n\t".contains(*c)).take(CHARS).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[span.end..].chars().take_while(|c| !"，。；\n\t".contains(*c)).take(4).collect();
    format!("{before}{}{after}", span.of(text))
}
