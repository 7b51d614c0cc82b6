//! Invented reports, clean and with one defect: what is found of the defects, and what is said of what is right.

use super::in_order;
use super::table::Table;
use crate::checking::{self, at_least, told};
use crate::generator::{Defect, Layout, Report};
use gouji_lint::finding::Level;

/// How many reports of either kind.
pub const COUNT: usize = 1_000;
/// The first seed of the clean ones and of the others: far from those of other tests.
const SEEDS: [u64; 2] = [70_000, 90_000];

/// What came of the invented reports.
#[derive(Debug)]
pub struct Generated {
    /// The figures: a line for each defect, and the sums.
    pub figures: String,
    /// What was missed and what was said without reason, a line each.
    pub faults: Vec<String>,
}

/// What came of one report.
struct Outcome {
    is_found: bool,
    alarms: Vec<String>,
}

/// Checks all of them.
#[must_use]
pub fn measure() -> Generated {
    let clean = in_order(COUNT, clean);
    let flawed = in_order(COUNT, |at| flawed(of(at), SEEDS[1] + at as u64));
    let mut faults: Vec<String> = clean.iter().flatten().cloned().collect();
    let mut table = Table::new(&["defect", "reports", "found", "recall", "false"]);
    for defect in Defect::ALL {
        let own: Vec<&Outcome> =
            flawed.iter().enumerate().filter(|(at, _)| of(*at) == defect).map(|(_, o)| o).collect();
        row(&mut table, &format!("{defect:?}"), &own);
    }
    row(&mut table, "all", &flawed.iter().collect::<Vec<_>>());
    for (at, outcome) in flawed.iter().enumerate() {
        let name = format!("{:?} seed {}", of(at), SEEDS[1] + at as u64);
        if !outcome.is_found {
            faults.push(format!("{name}: nothing of {} is said", of(at).catalogue()[0]));
        }
        faults.extend(outcome.alarms.iter().map(|alarm| format!("{name}: also {alarm}")));
    }
    let n_alarms = clean.iter().flatten().count();
    let figures = format!("{COUNT} generated reports without fault: {n_alarms} false alarms\n\n{}", table.text());
    Generated { figures, faults }
}

fn row(table: &mut Table, name: &str, outcomes: &[&Outcome]) {
    let found = outcomes.iter().filter(|outcome| outcome.is_found).count();
    let alarms = outcomes.iter().map(|outcome| outcome.alarms.len()).sum();
    table.row(name, outcomes.len(), found, &[alarms]);
}

/// The kinds in turn.
fn of(at: usize) -> Defect {
    Defect::ALL[at % Defect::ALL.len()]
}

/// What is said of a clean report, every other one in Markdown.
fn clean(at: usize) -> Vec<String> {
    let seed = SEEDS[0] + at as u64;
    let report = Report::clean(seed);
    let (name, text) = match at % 2 {
        0 => ("report.txt", report.to_text(&Layout::straight())),
        _ => ("report.md", report.to_markdown(&Layout::straight())),
    };
    let document = checking::read(name, text.as_bytes());
    let report = checking::check(&document);
    at_least(&report, Level::Warning)
        .map(|finding| format!("clean, seed {seed}, {name}: {}", told(&document, finding)))
        .collect()
}

/// Whether the defect is told by a rule for the first of its catalogue ids, and what is told beside all of them.
fn flawed(defect: Defect, seed: u64) -> Outcome {
    let catalogue = defect.catalogue();
    let (document, report) = checking::check_text(&defect.inject(seed).to_text());
    let is_of = |rule: &str, ids: &[&str]| checking::tags(rule).iter().any(|tag| ids.contains(&tag.as_str()));
    let is_found = report.findings.iter().any(|finding| is_of(&finding.rule, &catalogue[..1]));
    let beside = at_least(&report, Level::Warning).filter(|finding| !is_of(&finding.rule, catalogue));
    Outcome { is_found, alarms: beside.map(|finding| told(&document, finding)).collect() }
}
