//! What a rule did with a document, step by step: for people who write rules, and for people who doubt one.
//!
//! Collected only for the rules that a check is asked to trace; for all others a step is never even made.

use crate::expr::Datum;
use gouji_core::text::Span;
use std::cell::RefCell;
use std::sync::Arc;

/// The most steps of one rule on one document; the rest are counted.
pub const MAX_STEPS: usize = 1000;

/// What one rule did with one document. How it ended stands in the ledger; a rule that is not there did not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The rule's code.
    pub rule: Arc<str>,
    /// The rule's name in the language of the check.
    pub name: String,
    /// Its verb: find, require, assert or script.
    pub verb: &'static str,
    /// What it looked at, in its own order; at most [`MAX_STEPS`].
    pub steps: Vec<Step>,
    /// How many more steps there were.
    pub n_more: usize,
    /// The formula of an `assert` as written.
    pub formula: Option<String>,
    /// What its script used up; none where no script ran.
    pub work: Option<Work>,
}

/// What a script used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Operations of its own.
    pub script: u64,
    /// Operations that the host did for it.
    pub host: u64,
    /// The limit of each.
    pub most: u64,
}

/// One thing that a rule looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What came of it.
    pub end: End,
    /// What it was: row and column of a repetition, a match, a demanded item, what a script said; may be empty.
    pub what: String,
    /// Where; none for what is nowhere, and for a repetition, whose names have places of their own.
    pub span: Option<Span>,
    /// Why, in the language of the check, where the end alone does not tell.
    pub why: Option<String>,
    /// The formula with the values put in; of an `assert` only.
    pub formula: Option<String>,
    /// What the names of the formula stood for, in its order.
    pub parties: Vec<Party>,
}

impl Step {
    /// A step about something at a place.
    pub(crate) fn at(end: End, what: impl Into<String>, span: Option<Span>) -> Self {
        Self { end, what: what.into(), span, why: None, formula: None, parties: Vec::new() }
    }

    pub(crate) fn because(mut self, why: Option<String>) -> Self {
        self.why = why;
        self
    }
}

/// A cell or mention that a name of a formula stood for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The name.
    pub name: String,
    /// Row and column label path, or the words around a mention.
    pub path: String,
    /// What stands there.
    pub datum: Datum,
    /// Where.
    pub span: Span,
    /// Another file that it stands in; none for the document itself.
    pub document: Option<String>,
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// The formula is true.
    Holds,
    /// The formula is false: a finding.
    Fails,
    /// The formula can not be told.
    Undetermined,
    /// The rule does not speak of this row or column.
    PassedOver,
    /// A name stands for nothing in this document.
    Unbound,
    /// A match: a finding.
    Hit,
    /// A match that `unless` took away.
    TakenAway,
    /// A demanded thing that is there.
    There,
    /// A demanded thing that is not: a finding.
    Missing,
    /// A thing that is there twice: a finding.
    Repeated,
    /// A thing that stands in another place of the order: a finding.
    Misplaced,
    /// A thing that should not be there: a finding.
    Extra,
    /// A script reported: a finding.
    Reported,
    /// A script said something with `debug`.
    Said,
}

impl End {
    /// The word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Undetermined => "undetermined",
            Self::PassedOver => "passed-over",
            Self::Unbound => "unbound",
            Self::Hit => "hit",
            Self::TakenAway => "taken-away",
            Self::There => "there",
            Self::Missing => "missing",
            Self::Repeated => "repeated",
            Self::Misplaced => "misplaced",
            Self::Extra => "extra",
            Self::Reported => "reported",
            Self::Said => "said",
        }
    }
}

/// Takes the steps of the rule that is running, where it is traced.
#[derive(Debug, Default)]
pub(crate) struct Tracer {
    taken: RefCell<Option<Taken>>,
}

/// The steps of one rule so far.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    pub(crate) steps: Vec<Step>,
    pub(crate) n_more: usize,
    pub(crate) work: Option<Work>,
}

impl Tracer {
    /// Starts to take the steps of the next rule.
    pub(crate) fn start(&self) {
        self.taken.replace(Some(Taken::default()));
    }

    /// What was taken since the start; from now on nothing is. None where it was never started.
    pub(crate) fn stop(&self) -> Option<Taken> {
        self.taken.take()
    }

    /// Takes a step, made only where it is wanted.
    pub(crate) fn step(&self, step: impl FnOnce() -> Step) {
        if let Some(taken) = self.taken.borrow_mut().as_mut() {
            if taken.steps.len() < MAX_STEPS {
                taken.steps.push(step());
            } else {
                taken.n_more += 1;
            }
        }
    }

    /// Takes what a script used up.
    pub(crate) fn work(&self, work: Work) {
        if let Some(taken) = self.taken.borrow_mut().as_mut() {
            taken.work = Some(work);
        }
    }
}
