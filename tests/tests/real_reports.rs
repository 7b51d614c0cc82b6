//! The three real reports beside the repository: what is wrong is told at its line, what is right is left alone.
//!
//! The lines and kinds are those of the list that lies with them. Where the folder is absent, nothing is tested.

use gouji_core::document::Document;
use gouji_lint::finding::{Finding, Level, Report};
use gouji_tests::{checking, repository};
use std::collections::BTreeSet;

/// (file, line, catalogue ids of which one must be told there).
const WRONG: [(&str, usize, &[&str]); 42] = [
    ("000", 3, &["STR015"]),
    ("000", 7, &["TYP002", "TYP004"]),
    ("000", 15, &["TYP002", "TYP004"]),
    ("000", 7, &["TYP003"]),
    ("000", 32, &["TAB009"]),
    ("000", 37, &["TAB004", "TAB015"]),
    ("000", 37, &["TAB014"]),
    ("000", 42, &["TAB004"]),
    ("000", 43, &["TAB004"]),
    ("000", 44, &["TAB004"]),
    ("000", 63, &["TAB004"]),
    ("000", 59, &["TAB007"]),
    ("000", 60, &["TAB007"]),
    ("000", 63, &["TAB007"]),
    ("000", 69, &["TAB004", "TAB014"]),
    ("000", 81, &["WRD003"]),
    ("002", 3, &["STR015"]),
    ("002", 7, &["WRD001"]),
    ("002", 7, &["CIT020"]),
    ("002", 7, &["TYP003"]),
    ("002", 9, &["TYP013"]),
    ("002", 9, &["TYP002", "TYP004"]),
    ("002", 38, &["TAB004", "TAB015"]),
    ("002", 38, &["TAB014"]),
    ("002", 43, &["TAB004"]),
    ("002", 60, &["TAB007"]),
    ("002", 64, &["TAB007"]),
    ("002", 70, &["TAB004", "TAB014"]),
    ("002", 88, &["CIT014"]),
    ("004", 3, &["WRD010"]),
    ("004", 9, &["WRD010"]),
    ("004", 3, &["STR015"]),
    ("004", 9, &["TYP003"]),
    ("004", 25, &["WRD004"]),
    ("004", 46, &["TAB014"]),
    ("004", 52, &["TAB004"]),
    ("004", 71, &["TAB007"]),
    ("004", 72, &["TAB007"]),
    ("004", 78, &["TAB004", "TAB014"]),
    ("004", 94, &["CIT009"]),
    ("004", 94, &["CIT013"]),
    ("004", 94, &["WRD003"]),
];

/// (file, line, catalogue ids of which none may be told there): traps.
const RIGHT: [(&str, usize, &[&str]); 5] = [
    ("000", 7, &["WRD001", "WRD002"]),
    ("000", 81, &["CIT001", "CIT002", "CIT003", "CIT005", "CIT009", "CIT013", "CIT014", "CIT015"]),
    ("002", 9, &["NAR009", "NAR015"]),
    ("002", 11, &["NAR001", "NAR005"]),
    ("004", 13, &["NAR001", "NAR005", "NAR007"]),
];

fn lines(document: &Document, finding: &Finding) -> BTreeSet<usize> {
    let spans = std::iter::once(finding.span).chain(finding.places.iter().map(|place| place.span));
    spans.flat_map(|span| document.place(span.start).line..=document.place(span.end).line).collect()
}

#[expect(clippy::print_stdout, reason = "a test that runs on nothing says so")]
fn checked() -> Vec<(String, Document, Report)> {
    let reports = repository::real_reports();
    if reports.is_empty() {
        println!("the real reports do not lie beside the repository: nothing is tested");
    }
    reports
        .into_iter()
        .map(|(name, text)| {
            let (document, report) = checking::check_text(&text);
            (name, document, report)
        })
        .collect()
}

fn told_there<'a>(document: &Document, report: &'a Report, line: usize, ids: &[&str]) -> Option<&'a Finding> {
    report.findings.iter().find(|finding| {
        let tags = checking::tags(&finding.rule);
        tags.iter().any(|tag| ids.contains(&tag.as_str())) && lines(document, finding).contains(&line)
    })
}

#[test]
fn what_is_wrong_is_told_at_its_line() {
    let mut faults = Vec::new();
    for (name, document, report) in checked() {
        for (_, line, ids) in WRONG.iter().filter(|(file, ..)| name.starts_with(file)) {
            if told_there(&document, &report, *line, ids).is_none() {
                faults.push(format!("{name}:{line}: nothing of {}", ids.join(" or ")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_right_is_left_alone() {
    let mut faults = Vec::new();
    for (name, document, report) in checked() {
        for (_, line, ids) in RIGHT.iter().filter(|(file, ..)| name.starts_with(file)) {
            if let Some(finding) = told_there(&document, &report, *line, ids) {
                faults.push(format!("{name}: {}", checking::told(&document, finding)));
            }
        }
        let ties = |finding: &&Finding| checking::tags(&finding.rule).iter().any(|tag| tag.starts_with("ARI"));
        faults.extend(report.findings.iter().filter(ties).map(|finding| checking::told(&document, finding)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What PDF-to-text may have caused is a warning at most, and told once a kind and table.
#[test]
fn layout_is_grouped_and_no_error() {
    for (name, document, report) in checked() {
        assert!(report.findings.len() <= 40, "{name}: {} findings", report.findings.len());
        for id in ["TAB004", "TAB007", "TAB009", "TAB014", "TYP002", "TYP003", "TYP004"] {
            let mut seen = BTreeSet::new();
            for finding in &report.findings {
                if checking::tags(&finding.rule).iter().any(|tag| tag == id) {
                    let told = checking::told(&document, finding);
                    assert!(finding.level < Level::Error, "{name}: {told}");
                    assert!(seen.insert((&finding.rule, &finding.place.table)), "{name}: twice: {told}");
                }
            }
        }
    }
}
