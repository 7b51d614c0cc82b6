//! A report is held against the form of its year, and against none where none is known.

use gouji_lint::finding::Status;
use gouji_tests::checking;

fn statuses(text: &str) -> (Option<String>, Vec<Status>) {
    let (_, checked) = checking::check_text(text);
    let of_reports = checked.ledger.iter().filter(|entry| entry.rule.starts_with("NB"));
    (checked.form.clone(), of_reports.map(|entry| entry.status).collect())
}

#[test]
fn a_report_older_than_every_form_is_judged_by_none() {
    let text = "青禾县水利局2016年政府信息公开工作年度报告\n\n一、概述\n\n2016年，本局公开水利信息30条。\n\n二、咨询情况\n\n全年接受咨询5次。\n";
    let (form, statuses) = statuses(text);
    assert_eq!(form, None);
    assert!(!statuses.is_empty() && statuses.iter().all(|status| *status == Status::NotApplicable), "{statuses:?}");
}

#[test]
fn a_report_of_a_known_year_is_judged() {
    for (year, form) in [(2019, "annual-report-2019"), (2020, "annual-report-2019"), (2021, "annual-report-2021")] {
        let text =
            format!("青禾县水利局{year}年政府信息公开工作年度报告\n\n一、总体情况\n\n{year}年，公开水利信息30条。\n");
        assert_eq!(statuses(&text).0.as_deref(), Some(form), "{year}");
    }
}
