//! The figures of accuracy: every document goes as its case says, and the figures are those written down.
//!
//! `cargo test -p gouji-tests --test accuracy -- --nocapture` prints them; `UPDATE=1` renews `figures.txt`.

use gouji_tests::accuracy::{self, Group, generated};
use gouji_tests::{golden, repository};
use std::sync::OnceLock;

/// How many faults a failed test prints.
const SHOWN: usize = 200;

fn written() -> &'static [Group] {
    static WRITTEN: OnceLock<Vec<Group>> = OnceLock::new();
    WRITTEN.get_or_init(accuracy::written)
}

fn first(faults: &[String]) -> String {
    faults[..faults.len().min(SHOWN)].join("\n")
}

#[test]
fn every_written_document_goes_as_its_case_says() {
    let judged = written().iter().flat_map(|group| &group.judged);
    let surprises: Vec<String> = judged.flat_map(|judged| &judged.surprises).cloned().collect();
    assert!(surprises.is_empty(), "{} surprises\n{}", surprises.len(), first(&surprises));
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what this test is run for")]
fn the_figures_are_those_written_down() {
    let generated = generated::measure();
    let figures = format!("{}\n{}", accuracy::figures(written()), generated.figures);
    println!("{figures}\n{}", first(&generated.faults));
    let file = repository::root().join(accuracy::FOLDER).join("figures.txt");
    let before = std::fs::read_to_string(&file).unwrap_or_default();
    let is_new = |line: &&str| !before.lines().any(|old| old == *line);
    let changed: Vec<&str> = figures.lines().filter(is_new).collect();
    assert!(
        !golden::differs(&file, &figures),
        "these figures are new; mend what fell, renew with UPDATE=1 what rose\n{}\n\n{}",
        changed.join("\n"),
        first(&generated.faults)
    );
}
