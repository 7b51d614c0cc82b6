//! How much of what is wrong is found, and how often what is right is blamed: counted over documents written for it.
//!
//! The documents lie in `tests/accuracy`: short ones with what must be found in them, and whole reports without fault.
//! [`generated`] adds invented reports, with and without a defect.

mod case;
pub mod generated;
mod table;

pub use case::{Case, Judged, cases};

use crate::checking;
use crate::repository;
use gouji_lint::ruleset::RuleSet;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use table::Table;

/// The folder of the written documents, from the root.
pub const FOLDER: &str = "tests/accuracy";

/// What the documents of one kind came to.
#[derive(Debug)]
pub struct Group {
    /// `wrong`, `right` or `whole`.
    pub kind: &'static str,
    /// What came of each document.
    pub judged: Vec<Judged>,
}

/// Judges all written documents by every shipped rule.
#[must_use]
pub fn written() -> Vec<Group> {
    let rules = checking::every_rule();
    let judge = |kind, cases: Vec<Case>| {
        let judged = in_order(cases.len(), |at| cases[at].judge(&rules));
        Group { kind, judged }
    };
    let of_folder = |kind| cases(&format!("{FOLDER}/{kind}"));
    vec![judge("wrong", of_folder("wrong")), judge("right", of_folder("right")), judge("whole", whole())]
}

/// Whole reports in which nothing is wrong.
fn whole() -> Vec<Case> {
    let files = [".md", ".txt"].into_iter().flat_map(|ending| repository::files(&format!("{FOLDER}/whole"), ending));
    files.map(|(path, text)| Case::whole(path, text)).collect()
}

/// The results of a job for each number below `count`, in order; two are done at a time.
fn in_order<T: Send>(count: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let work = || {
        while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < count) {
            let result = job(at);
            done.lock().expect("no job panicked").insert(at, result);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    done.into_inner().expect("no job panicked").into_values().collect()
}

/// The figures of the written documents: a line for each rule, and the sums.
///
/// # Panics
/// Never: a text takes all that is written into it.
#[must_use]
pub fn figures(groups: &[Group]) -> String {
    let rules = checking::every_rule();
    let mut out = String::new();
    for group in groups {
        writeln!(out, "{} documents {}", group.judged.len(), group.kind).expect("a text takes it");
    }
    let mut table = Table::new(&["rule", "cases", "found", "recall", "false on wrong", "on right", "on whole"]);
    let mut without = Vec::new();
    for id in ids(&rules) {
        let (cases, found, alarms) = count(groups, |rule| rule == id);
        if cases == 0 {
            without.push(id.clone());
        }
        if cases > 0 || alarms.iter().any(|count| *count > 0) {
            table.row(&id, cases, found, &alarms);
        }
    }
    let (cases, found, alarms) = count(groups, |_| true);
    table.row("all", cases, found, &alarms);
    writeln!(out, "\n{}\nrules without a case: {}", table.text(), or_none(&without)).expect("a text takes it");
    out
}

/// Of these rules: what had to be found, what was found, and the false alarms in each group.
fn count(groups: &[Group], is_of: impl Fn(&str) -> bool) -> (usize, usize, Vec<usize>) {
    let expected: Vec<_> = groups
        .iter()
        .flat_map(|group| &group.judged)
        .flat_map(|judged| &judged.expected)
        .filter(|expected| is_of(&expected.rule))
        .collect();
    let found = expected.iter().filter(|expected| expected.is_found).count();
    let alarms = |group: &Group| {
        let rules = group.judged.iter().flat_map(|judged| &judged.alarms);
        rules.filter(|rule| is_of(rule)).count()
    };
    (expected.len(), found, groups.iter().map(alarms).collect())
}

fn or_none(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(" ") }
}

/// The codes of all rules, in order.
fn ids(rules: &RuleSet) -> Vec<String> {
    let mut ids: Vec<String> = rules.infos().map(|info| info.id.to_string()).collect();
    ids.sort();
    ids
}
