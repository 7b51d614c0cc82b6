//! The sample reports with all that is said of them, one line a finding: `UPDATE=1 cargo test` blesses.

use gouji_lint::engine::{self, CheckOptions};
use gouji_lint::finding::Lang;
use gouji_render::paint::Colour;
use gouji_render::run::{Checked, Options, Settled, Talk};
use gouji_render::short;
use gouji_tests::{checking, golden, repository};

#[test]
fn sample_reports_say_what_they_said() {
    let folder = repository::root().join("tests/reports");
    let goldens = repository::root().join("tests/goldens");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the sample reports")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 4, "{names:?}");
    let mut differing = Vec::new();
    for name in names {
        let bytes = std::fs::read(folder.join(&name)).expect("a sample report");
        let document = checking::read(&name, &bytes);
        for (lang, ending) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            let report = engine::check(&document, checking::rules(), &CheckOptions { lang, ..CheckOptions::default() });
            let options = Options {
                lang,
                width: 80,
                colour: Colour::Plain,
                talk: Talk::Full,
                accepted: Settled::Counted,
                known: Settled::Counted,
            };
            let said =
                short::document(&Checked { path: &name, config: None, document: &document, report: &report }, &options);
            let golden = goldens.join(format!("{name}.{ending}.out"));
            if golden::differs(&golden, &said) {
                let before = std::fs::read_to_string(&golden).unwrap_or_default();
                differing.push(format!("--- {}\n{before}\n+++ now\n{said}", golden.display()));
            }
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn the_clean_sample_is_clean() {
    let text =
        std::fs::read_to_string(repository::root().join("tests/reports/clean-2024.txt")).expect("a sample report");
    let (document, report) = checking::check_text(&text);
    let found: Vec<String> = report.findings.iter().map(|finding| checking::told(&document, finding)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
