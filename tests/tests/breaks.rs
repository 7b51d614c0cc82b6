//! A column removed, rows slid left, a table cut in two: one finding for the cause; ties are still computed where they
//! can be, and unbound with the reason where they can not.

use gouji_lint::finding::{Level, Report as Checked, Status};
use gouji_tests::checking::{self, at_least, told};
use gouji_tests::generator::form::TableName;
use gouji_tests::generator::{Cut, Dice, Layout, Organ, OrganKind, Report};

/// A report of this seed with many numbers, in the form of 2021.
fn busy(seed: u64) -> Report {
    let mut dice = Dice::new(seed);
    let organ = Organ::of(OrganKind::CityGovernment, &mut dice);
    let values = gouji_tests::generator::Values::invent(&mut dice, &organ, 2024);
    Report::compose(seed, organ, 2024, values)
}

fn has_tag(rule: &str, tag: &str) -> bool {
    checking::tags(rule).iter().any(|have| have == tag)
}

/// How each tie rule of a catalogue id ended.
fn statuses(checked: &Checked, id: &str) -> Vec<Status> {
    checked.ledger.iter().filter(|entry| has_tag(&entry.rule, id)).map(|entry| entry.status).collect()
}

/// Checks a broken report: exactly one finding of the cause, no error that is not of the cause.
fn one_cause(name: &str, text: &str, cause: &str) -> Checked {
    let (document, checked) = checking::check_text(text);
    let of_cause = checked.findings.iter().filter(|finding| has_tag(&finding.rule, cause)).count();
    let all: Vec<String> = at_least(&checked, Level::Warning).map(|finding| told(&document, finding)).collect();
    assert_eq!(of_cause, 1, "{name}: {}", all.join("\n"));
    for finding in at_least(&checked, Level::Error) {
        assert!(has_tag(&finding.rule, cause), "{name}: {}", told(&document, finding));
    }
    checked
}

#[test]
fn a_missing_column_is_one_finding_and_its_ties_say_why_they_are_unbound() {
    for seed in 0..3 {
        for column in 0..7 {
            let layout = Layout { omitted: Some((TableName::Applications, column)), ..Layout::straight() };
            let name = format!("column {column} of seed {seed}");
            let checked = one_cause(&name, &busy(seed).to_text(&layout), "TAB005");
            // The columns that are there still balance.
            assert_eq!(statuses(&checked, "ARI003"), [Status::Ok], "{name}");
            assert_eq!(statuses(&checked, "ARI002"), [Status::Ok], "{name}");
            for entry in checked.ledger.iter().filter(|entry| has_tag(&entry.rule, "ARI001")) {
                assert_eq!(entry.status, Status::Unbound, "{name}");
                assert!(entry.why.as_ref().is_some_and(|why| !why.is_empty()), "{name}: unbound without a reason");
            }
        }
    }
}

#[test]
fn a_missing_column_in_a_ragged_table_too() {
    for seed in 0..5 {
        let ragged = Layout::ragged(&mut Dice::new(seed));
        let layout = Layout { omitted: Some((TableName::Applications, 2)), ..ragged };
        let checked = one_cause(&format!("seed {seed}"), &busy(seed).to_text(&layout), "TAB005");
        assert_eq!(statuses(&checked, "ARI003"), [Status::Ok]);
    }
}

/// In the first block of table 4: the two others are still judged.
#[test]
fn a_missing_column_of_table_four() {
    for column in 0..15 {
        let layout = Layout { omitted: Some((TableName::Litigation, column)), ..Layout::straight() };
        let report = busy(7);
        let (document, checked) = checking::check_text(&report.to_text(&layout));
        let errors: Vec<String> = at_least(&checked, Level::Error).map(|finding| told(&document, finding)).collect();
        assert_eq!(errors.len(), 1, "column {column}: {}", errors.join("\n"));
        let ties = statuses(&checked, "ARI004");
        assert!(ties.iter().all(|status| matches!(status, Status::Ok | Status::Unbound)), "column {column}: {ties:?}");
        assert!(ties.contains(&Status::Ok) || ties.len() == 1, "column {column}: {ties:?}");
    }
}

#[test]
fn rows_slid_left_are_one_finding_and_their_ties_hold() {
    for seed in 0..5 {
        for row in [0, 1, 2, 5, 13, 19, 23, 24] {
            let layout = Layout { slid: Some(row), ..Layout::straight() };
            let checked = one_cause(&format!("row {row} of seed {seed}"), &busy(seed).to_text(&layout), "TAB007");
            for id in ["ARI001", "ARI002", "ARI003", "ARI004"] {
                assert!(statuses(&checked, id).iter().all(|status| *status == Status::Ok), "row {row}: {id}");
            }
        }
    }
}

#[test]
fn a_table_cut_in_two_is_one_finding_and_its_ties_hold() {
    let report = busy(3);
    let cuts = [(TableName::Disclosure, 14), (TableName::Applications, 28), (TableName::Litigation, 4)];
    for (table, n_lines) in cuts {
        for before in 1..n_lines {
            let layout = Layout { cuts: vec![Cut { table, before }], ..Layout::straight() };
            let name = format!("{} cut before line {before}", table.short());
            let checked = one_cause(&name, &report.to_text(&layout), "TAB009");
            for id in ["ARI001", "ARI002", "ARI003", "ARI004"] {
                assert!(statuses(&checked, id).iter().all(|status| *status == Status::Ok), "{name}: {id}");
            }
        }
    }
}

#[test]
fn the_layouts_of_real_reports_stop_no_tie() {
    for seed in 0..30 {
        let text = busy(seed).to_text(&Layout::ragged(&mut Dice::new(seed)));
        let (document, checked) = checking::check_text(&text);
        let errors: Vec<String> = at_least(&checked, Level::Error).map(|finding| told(&document, finding)).collect();
        assert!(errors.is_empty(), "seed {seed}: {}", errors.join("\n"));
        for id in ["ARI001", "ARI002", "ARI003", "ARI004"] {
            assert!(statuses(&checked, id).iter().all(|status| *status == Status::Ok), "seed {seed}: {id}");
        }
    }
}
