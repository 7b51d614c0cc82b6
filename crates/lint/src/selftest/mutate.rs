//! Tests of the tests: a right example is made wrong in one place, and the rule must say so. What stays silent is
//! dead: a term that nothing hangs on, an item that nobody misses, a word that is never found.
//!
//! What is changed goes by verb: the numbers of `assert`, the items of `require`, the words of a list in `find`; and
//! where a rule mends, the wrong example is mended in one place, and that finding must be gone.

mod demand;
mod lines;
mod mend;
mod tie;
mod word;

use super::{Fixtures, case::Case};
use crate::engine::with_job;
use crate::rule::{Example, Find, Rule, Verb, What};
use crate::ruleset::RuleSet;
use crate::say::Job;
use gouji_core::document::Document;
use gouji_core::text::{Edit, Lines};
use std::sync::Arc;

/// One change, and whether the rule noticed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// The rule.
    pub rule: Arc<str>,
    /// The file it stands in.
    pub file: String,
    /// The line in that file of the case or word, from 1.
    pub line: usize,
    /// The case, such as `ok[0]`; none for a word of a list.
    pub case: Option<String>,
    /// What was changed.
    pub change: Change,
    /// What came of it.
    pub end: MutantEnd,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A number of an assertion.
    Number {
        /// The name in the rule.
        name: String,
        /// Row and column, or the words around it.
        path: String,
        /// As the example has it.
        before: String,
        /// What was put there, one after the other.
        after: Vec<String>,
    },
    /// A demanded item was taken out.
    Removed(String),
    /// A demanded item was put there twice.
    Doubled(String),
    /// A finding was mended.
    Mended {
        /// As the example has it.
        before: String,
        /// What the fix puts there.
        after: String,
    },
    /// A word of a list was put into a sentence.
    Word(String),
}

/// What came of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MutantEnd {
    /// The rule noticed.
    Noticed,
    /// It did not.
    Silent,
    /// The change could not be written into the example.
    Unwritten,
}

/// Every change of every example of a rule. A rule that has nothing to change gives none.
#[must_use]
pub fn mutate(rules: &RuleSet, rule: &Rule, fixtures: &Fixtures) -> Vec<Mutant> {
    let Some(idx) = rules.place_of(&rule.info.id) else { return Vec::new() };
    let bench = |examples: &'_ [Example], kind: &str| -> Vec<Bench<'_>> {
        let new = |(at, example)| Bench::new(rules, rule, example, format!("{kind}[{at}]"), fixtures);
        examples.iter().enumerate().filter_map(new).collect()
    };
    let ok = bench(&rule.tests.ok, "ok");
    let mut mutants = match &rule.verb {
        Verb::Assert(assert) => tie::mutants(&ok, idx, assert),
        Verb::Require(require) => ok.iter().flat_map(|bench| demand::mutants(bench, idx, require)).collect(),
        Verb::Find(Find { what: What::Words(words), .. }) => word::mutants(rules, rule, words),
        Verb::Find(_) | Verb::Script(_) => Vec::new(),
    };
    mutants.extend(bench(&rule.tests.bad, "bad").iter().filter_map(mend::mutant));
    mutants
}

/// An example laid out to be changed.
struct Bench<'a> {
    case: Case<'a>,
    document: Document,
    name: String,
    line: usize,
}

impl<'a> Bench<'a> {
    fn new(rules: &'a RuleSet, rule: &'a Rule, example: &Example, name: String, fixtures: &Fixtures) -> Option<Self> {
        let case = Case::new(rules, rule, example, fixtures)?;
        let document = case.read().ok()?;
        let source = &rule.source.text;
        let line = Lines::new(source).place(source, example.span.start).line;
        Some(Self { case, document, name, line })
    }

    fn job<T>(&self, act: impl FnOnce(&Job<'_>) -> T) -> T {
        with_job(&self.document, self.case.rules, &self.case.options, &self.case.given, act)
    }

    /// How many findings the rule has in these bytes instead of the example's.
    fn n_findings(&self, bytes: &[u8]) -> usize {
        let document = self.case.read_bytes(bytes);
        document.map_or(0, |document| self.case.report(&document).findings.len())
    }

    /// Whether the rule notices what was made of a right example; `None` could not be written.
    fn end(&self, bytes: Option<Vec<u8>>) -> MutantEnd {
        match bytes {
            None => MutantEnd::Unwritten,
            Some(bytes) if self.n_findings(&bytes) > 0 => MutantEnd::Noticed,
            Some(_) => MutantEnd::Silent,
        }
    }

    /// The example's bytes with an edit; none where it can not be written.
    fn edited(&self, edits: &[Edit]) -> Option<Vec<u8>> {
        let (bytes, refused) = self.document.write(edits).ok()?;
        refused.is_empty().then_some(bytes)
    }

    fn mutant(&self, change: Change, end: MutantEnd) -> Mutant {
        let info = &self.case.rule.info;
        Mutant {
            rule: info.id.clone(),
            file: info.file.clone(),
            line: self.line,
            case: Some(self.name.clone()),
            change,
            end,
        }
    }
}
