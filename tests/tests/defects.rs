//! In a clean report every rule finds what it is about; one cause is one finding. How many defects are found at all is
//! counted in `accuracy`.

use gouji_lint::finding::{Level, Status};
use gouji_tests::checking::{self, at_least, told};
use gouji_tests::generator::{Defect, Layout, Report};

/// How many faults a failed test prints.
const SHOWN: usize = 40;

fn fail_with(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(SHOWN)].join("\n"));
}

/// Every tie of a clean report was judged: none is unbound, undetermined or errored.
#[test]
fn in_a_clean_report_every_rule_finds_what_it_is_about() {
    let mut faults = Vec::new();
    for seed in 0..100 {
        let report = Report::clean(seed);
        let (_, checked) = checking::check_text(&report.to_text(&Layout::straight()));
        let form = if report.year >= 2021 { "annual-report-2021" } else { "annual-report-2019" };
        assert_eq!(checked.form.as_deref(), Some(form), "seed {seed}");
        assert_eq!(checked.year, Some(report.year), "seed {seed}");
        assert_eq!(checked.organ.as_deref(), Some(report.organ.name.as_str()), "seed {seed}");
        for entry in &checked.ledger {
            if matches!(entry.status, Status::Unbound | Status::Undetermined | Status::Errored) {
                faults.push(format!("seed {seed} {} {} {:?}", entry.rule, entry.status.word(), entry.why));
            }
        }
    }
    fail_with(&faults);
}

#[test]
fn one_cause_is_one_finding() {
    // What is about one place must be told once, not once a row or column.
    let once = [
        Defect::MissingSection,
        Defect::MissingPart,
        Defect::MissingTable,
        Defect::MissingColumn,
        Defect::MissingRow,
        Defect::ShiftedRow,
        Defect::CutTable,
        Defect::LitigationSum,
        Defect::TitleForm,
        Defect::TitleBlank,
        Defect::NotReceived,
        Defect::ListSum,
        Defect::YearBracket,
        Defect::CodeAgainstOrgan,
        Defect::InnerMarks,
        Defect::SetPhrase,
        Defect::FeeName,
        Defect::Until,
        Defect::OtherWord,
    ];
    let mut faults = Vec::new();
    for defect in once {
        let (document, checked) = checking::check_text(&defect.inject(2).to_text());
        let found: Vec<String> = at_least(&checked, Level::Warning).map(|finding| told(&document, finding)).collect();
        if found.len() != 1 {
            faults.push(format!("{defect:?}: {}", found.join(" | ")));
        }
    }
    fail_with(&faults);
}
