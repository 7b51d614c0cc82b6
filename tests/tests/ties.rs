//! Change any one number of a ragged report: the ties that hold it fail, name every participant with its value and
//! place, and no error appears that does not name that cell.

use gouji_core::document::Document;
use gouji_lint::finding::{Finding, Level, Report};
use gouji_tests::generator::form::TableName;
use gouji_tests::generator::relabel::{self, Filled, Tie};
use gouji_tests::{checking, ragged};
use std::collections::BTreeSet;

/// Far from every other number, so that no other tie can hold by chance.
const FAR: u64 = 7_000_000;

/// A participant: its value and the first byte of its cell.
type Party = (String, usize);

fn is_tie(finding: &Finding) -> bool {
    finding.level == Level::Error && checking::tags(&finding.rule).iter().any(|tag| tag.starts_with("ARI"))
}

fn errors(report: &Report) -> impl Iterator<Item = &Finding> {
    checking::at_least(report, Level::Error)
}

fn parties(finding: &Finding) -> BTreeSet<Party> {
    finding.participants.iter().map(|party| (party.value.clone(), party.span.start)).collect()
}

fn wanted(filled: &Filled, tie: &Tie) -> BTreeSet<Party> {
    tie.iter()
        .map(|&(table, row, column)| {
            let placed = filled.placed(table, row, column).expect("every cell was filled");
            (placed.value.to_string(), placed.at.start)
        })
        .collect()
}

/// What is wrong with the answer to one changed number.
fn faults(
    document: &Document,
    report: &Report,
    before: &BTreeSet<String>,
    filled: &Filled,
    at: usize,
    ties: &[Tie],
) -> Vec<String> {
    let changed = &filled.placed[at];
    let cell = (changed.table, changed.row, changed.column);
    let mut faults = Vec::new();
    let failed: Vec<&Finding> = report.findings.iter().filter(|finding| is_tie(finding)).collect();
    let broken: Vec<BTreeSet<Party>> =
        ties.iter().filter(|tie| tie.contains(&cell)).map(|tie| wanted(filled, tie)).collect();
    for tie in &broken {
        if failed.iter().filter(|finding| parties(finding) == *tie).count() != 1 {
            faults.push(format!("{cell:?}: no finding with the participants {tie:?}"));
        }
    }
    if failed.len() != broken.len() {
        faults.push(format!("{cell:?}: {} ties fail, {} hold this cell", failed.len(), broken.len()));
    }
    for finding in errors(report).filter(|finding| !before.contains(&finding.fingerprint)) {
        let names_cell = finding.span.start == changed.at.start
            || parties(finding).iter().any(|(_, start)| *start == changed.at.start)
            || finding.labels.iter().any(|label| label.span.start == changed.at.start);
        if !names_cell {
            faults.push(format!("{cell:?}: {}", checking::told(document, finding)));
        }
    }
    for finding in &failed {
        for party in &finding.participants {
            let line = document.place(party.span.start).line;
            let said = filled.placed.iter().find(|placed| placed.at.start == party.span.start);
            if said.map(|placed| filled.line(placed)) != Some(line) {
                faults.push(format!("{cell:?}: {} is said to stand in line {line}", party.path));
            }
        }
    }
    faults
}

#[test]
fn any_changed_number_breaks_its_ties_and_no_others() {
    let mut all = Vec::new();
    for (seed, ragged) in ragged::texts(5).into_iter().enumerate() {
        let filled = relabel::fill(&ragged.text, ragged.year, seed as u64).expect("every row of the form");
        let ties = relabel::ties(ragged.year);
        let (document, report) = checking::check_text(&filled.text);
        for finding in report.findings.iter().filter(|finding| is_tie(finding)) {
            all.push(format!("{}: unchanged: {}", ragged.name, checking::told(&document, finding)));
        }
        let before: BTreeSet<String> = errors(&report).map(|finding| finding.fingerprint.clone()).collect();
        for at in 0..filled.placed.len() {
            if filled.placed[at].table == TableName::Disclosure {
                continue;
            }
            let changed = filled.with(at, FAR);
            let (document, report) = checking::check_text(&changed.text);
            let found = faults(&document, &report, &before, &changed, at, &ties);
            all.extend(found.into_iter().map(|fault| format!("{}: {fault}", ragged.name)));
        }
    }
    assert!(all.is_empty(), "{} faults\n{}", all.len(), all[..all.len().min(20)].join("\n"));
}
