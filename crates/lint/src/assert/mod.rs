//! `assert`: expressions over cells and numbers of the text that must be true.

mod amount;
mod equation;
mod kin;
mod mention;
mod report;
mod select;
mod steps;
mod tables;
mod terms;

use crate::bind::{Fitted, fit};
use crate::expr::{Bound as Value, Closeness, Datum, Lookup, Truth, Why};
use crate::finding::Lang;
use crate::rule::{Assert, OnBlank, Rule};
use crate::say::{Job, Outcome, Reason};
use crate::trace::End;
pub(crate) use equation::{Equation, equations};
use select::{Current, Selector};
use std::collections::BTreeSet;
use tables::Selection;
pub(crate) use tables::around;
pub(crate) use terms::{Place, Term, terms};

/// Runs an `assert` rule.
pub(crate) fn run(job: &Job<'_>, idx: usize, rule: &Rule, assert: &Assert) -> Outcome {
    let mut outcome = Outcome { unbound: job.regions.missing(&rule.scope), ..Outcome::default() };
    let fitted = match rule.layout.as_ref().map(|layout| fit(job.bound.document, layout)) {
        None => Vec::new(),
        Some(Fitted::Tables(tables, others)) => {
            outcome.unbound.extend(others);
            tables
        }
        Some(Fitted::Nearly(reasons)) => {
            outcome.unbound.extend(reasons);
            return outcome;
        }
        Some(Fitted::Nowhere(reason)) => {
            outcome.not_applicable = Some(reason);
            return outcome;
        }
    };
    let selector = match Selector::new(job, idx, rule, &fitted) {
        Ok(selector) => selector,
        Err(reason) => {
            outcome.unbound.push(reason);
            return outcome;
        }
    };
    if let Some(name) = selector.unmentioned() {
        let en = rule.name_in(Lang::En, name);
        outcome.not_applicable =
            Some((format!("文中没有“{name}”一类的表述"), format!("the text does not mention {en}")));
        return outcome;
    }
    let mut tie = Tie { job, rule, assert, selector: &selector, blanks_told: BTreeSet::new() };
    for current in selector.repetitions(rule.each.as_ref()) {
        tie.judge(&current, &mut outcome);
    }
    if outcome.n_bound == 0 && outcome.unbound.is_empty() {
        outcome
            .unbound
            .push(("表中没有可以核对的行或列".to_owned(), "the table has no row or column to judge".to_owned()));
    }
    outcome.n_failed = outcome.findings.len();
    outcome
}

/// The names of an assertion with what they stand for in one repetition.
type Parties<'a> = Vec<(&'a str, Selection)>;

/// An assertion on its way through a document.
struct Tie<'a> {
    job: &'a Job<'a>,
    rule: &'a Rule,
    assert: &'a Assert,
    selector: &'a Selector<'a>,
    /// The blank cells that were told of: row and column labels tell apart what has no width.
    blanks_told: BTreeSet<(gouji_core::text::Span, String)>,
}

impl<'a> Tie<'a> {
    /// Judges one repetition.
    fn judge(&mut self, current: &Current, outcome: &mut Outcome) {
        let mut parties: Parties<'a> = Vec::new();
        for name in self.assert.expr.names() {
            match self.selector.select(name, current) {
                // This row or column lies in a band that the rule does not speak of.
                Ok(None) => return self.step(End::PassedOver, current, &parties, &[]),
                Ok(Some(selection)) => parties.push((name, selection)),
                Err(reason) => {
                    self.step(End::Unbound, current, &parties, std::slice::from_ref(&reason));
                    push_once(&mut outcome.unbound, reason);
                    return;
                }
            }
        }
        outcome.n_bound += 1;
        if self.assert.blank == OnBlank::Zero {
            parties.iter_mut().for_each(|(_, selection)| selection.count_blanks_as_zero());
        }
        let lookup = |name: &str| -> Value {
            match parties.iter().find(|(own, _)| *own == name) {
                Some((_, selection)) => selection.value(),
                None => Value::One(Datum::Absent),
            }
        };
        match self.assert.truth(&lookup) {
            Truth::True => self.step(End::Holds, current, &parties, &[]),
            Truth::Undetermined(gaps) => {
                let reasons: Vec<Reason> = gaps.iter().map(|gap| self.explain(gap, &parties, current)).collect();
                self.step(End::Undetermined, current, &parties, &reasons);
                for (gap, reason) in gaps.into_iter().zip(reasons) {
                    if gap.why == Why::Blank && self.assert.blank == OnBlank::Error {
                        self.tell_blanks(&gap.name, &parties, outcome);
                    } else {
                        push_once(&mut outcome.undetermined, reason);
                    }
                }
            }
            Truth::False => {
                if let Some(missing) = parties.iter().find_map(|(_, selection)| selection.missing.clone()) {
                    self.step(End::Unbound, current, &parties, std::slice::from_ref(&missing));
                    push_once(&mut outcome.unbound, missing);
                    return;
                }
                self.step(End::Fails, current, &parties, self.off(&lookup).as_slice());
                let others = self.others(&parties, current);
                outcome.findings.extend(self.report(&parties, &others, current, &lookup));
            }
        }
    }

    /// Names that the formula does not use may still be the place, or stand in a message or a label.
    fn others(&self, parties: &Parties<'a>, current: &Current) -> Parties<'a> {
        let used = |name: &str| parties.iter().any(|(own, _)| *own == name);
        let unused = self.rule.bindings.iter().filter(|binding| !used(&binding.name));
        unused
            .filter_map(|binding| Some((binding.name.as_str(), self.selector.select(&binding.name, current).ok()??)))
            .collect()
    }
}

impl Assert {
    fn truth(&self, lookup: &dyn Lookup) -> Truth {
        match (&self.comparison, self.closeness) {
            (None, _) | (_, Closeness::Exact) => self.expr.truth(lookup),
            (Some(comparison), closeness) => comparison.truth(closeness, lookup),
        }
    }
}

fn push_once(reasons: &mut Vec<Reason>, reason: Reason) {
    if !reasons.contains(&reason) {
        reasons.push(reason);
    }
}
