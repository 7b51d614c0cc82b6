//! A report against last year's: a clean series gives nothing, a break between two years is told and nothing else.

use gouji_lint::earlier::{Earlier, Prev};
use gouji_lint::engine::{self, CheckOptions};
use gouji_lint::finding::{Level, Report as Checked, Status};
use gouji_tests::checking::{self, at_least, told};
use gouji_tests::generator::{Amount, Layout, Report, Values, series};
use std::sync::Arc;

fn read(report: &Report) -> gouji_core::document::Document {
    checking::read("report.txt", report.to_text(&Layout::straight()).as_bytes())
}

/// A report checked with the one before it.
fn check(report: &Report, before: &Report) -> (gouji_core::document::Document, Checked) {
    let document = read(report);
    let earlier = Earlier { document: read(before), path: Arc::from("before.txt") };
    let options = CheckOptions { prev: Arc::new(Prev::Given(Box::new(earlier))), ..CheckOptions::default() };
    let checked = engine::check(&document, checking::rules(), &options);
    (document, checked)
}

fn is_of_years(rule: &str) -> bool {
    checking::tags(rule).iter().any(|tag| tag == "previous")
}

/// The codes of what is said of two years at warning and above.
fn codes(checked: &Checked) -> Vec<String> {
    at_least(checked, Level::Warning).map(|finding| finding.rule.to_string()).collect()
}

#[test]
fn a_clean_series_of_three_years_gives_nothing() {
    let mut faults = Vec::new();
    for seed in 0..60 {
        let reports = series(seed, 2022..=2024);
        for pair in reports.windows(2) {
            let (document, checked) = check(&pair[1], &pair[0]);
            faults.extend(
                at_least(&checked, Level::Warning).map(|finding| format!("seed {seed} {}", told(&document, finding))),
            );
            let rested = |entry: &&gouji_lint::finding::LedgerEntry| {
                is_of_years(&entry.rule) && !matches!(entry.status, Status::Ok | Status::Failed)
            };
            faults.extend(checked.ledger.iter().filter(rested).map(|entry| format!("seed {seed} {entry:?}")));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(20)].join("\n"));
}

/// Breaks between two years, each with the rules that must tell it.
#[test]
fn a_break_between_two_years_is_told_and_nothing_else() {
    type Break = fn(&mut Values);
    let breaks: [(&str, Break, &[&str]); 3] = [
        // One applicant more was carried over than was left, and one less came in: this year's own ties hold.
        (
            "carried over",
            |values| {
                values.applications[1][0] += 1;
                values.applications[0][0] = values.applications[0][0].saturating_sub(1);
                let done = values.applications.len() - 3;
                let short = values.applications[0][0] + values.applications[1][0];
                let wanted: u64 = values.applications[2..=done].iter().map(|row| row[0]).sum::<u64>()
                    + values.applications[done + 2][0];
                values.applications[done + 2][0] += short.saturating_sub(wanted);
                values.add_up();
            },
            &["NB521"],
        ),
        (
            "in force",
            |values| {
                let Amount::Count(n) = values.disclosure[1][2] else { return };
                values.disclosure[1][2] = Amount::Count(n + 1);
            },
            &["NB523"],
        ),
        (
            "both",
            |values| {
                let Amount::Count(n) = values.disclosure[1][2] else { return };
                values.disclosure[1][2] = Amount::Count(n + 3);
                let rows = values.applications.len();
                values.applications[1][1] += 2;
                values.applications[rows - 1][1] += 2;
                values.add_up();
            },
            &["NB521", "NB523"],
        ),
    ];
    let mut faults = Vec::new();
    for seed in 0..40 {
        let reports = series(seed, 2023..=2024);
        for (name, spoil, wanted) in &breaks {
            let mut values = reports[1].values.clone();
            spoil(&mut values);
            let report = Report::compose(seed, reports[1].organ.clone(), 2024, values);
            let (_, checked) = check(&report, &reports[0]);
            let mut found = codes(&checked);
            found.sort();
            found.dedup();
            if found != *wanted {
                faults.push(format!("seed {seed} {name}: {found:?}, wanted {wanted:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(20)].join("\n"));
}

#[test]
fn the_report_of_another_year_is_not_last_year_s() {
    let reports = series(3, 2021..=2024);
    let (_, checked) = check(&reports[3], &reports[0]);
    let entries: Vec<_> = checked.ledger.iter().filter(|entry| is_of_years(&entry.rule)).collect();
    assert_eq!(entries.len(), 5);
    for entry in entries {
        assert_eq!(entry.status, Status::Skipped, "{entry:?}");
        assert_eq!(entry.why.as_deref(), Some("给出的是2021年度报告，要的是2023年度报告"));
    }
}
