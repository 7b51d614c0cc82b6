//! The house's own rules for source and rule files.

use gouji_tests::repository;

/// Lines of a source file without its unit tests, at most.
const MAX_LINES: usize = 450;

/// Names that say nothing of what lives in a module.
const EMPTY_NAMES: [&str; 9] = ["utils", "util", "common", "helpers", "helper", "misc", "types", "prelude", "shared"];

fn sources() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for folder in ["crates", "rules", "tests"] {
        all.extend(repository::files(folder, ".rs"));
    }
    assert!(all.len() > 30, "only {} source files found", all.len());
    all
}

#[test]
fn every_source_file_says_what_lives_in_it() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{path} does not open with //!");
    }
}

#[test]
fn no_source_file_is_too_long() {
    let long: Vec<String> = sources()
        .iter()
        .map(|(path, text)| (path, repository::without_tests(text).lines().count()))
        .filter(|(_, n_lines)| *n_lines > MAX_LINES)
        .map(|(path, n_lines)| format!("{path}: {n_lines} lines"))
        .collect();
    assert!(long.is_empty(), "is each of these one concept?\n{}", long.join("\n"));
}

#[test]
fn modules_are_named_for_what_they_hold() {
    for (path, _) in sources() {
        for part in path.trim_end_matches(".rs").split('/') {
            assert!(!EMPTY_NAMES.contains(&part), "{path}: {part} says nothing");
        }
    }
}

#[test]
fn nothing_is_left_lying_about() {
    // Put together here, so that this file does not hold them.
    let marks = ["todo!(", "unimplemented!(", "dbg!(", "FIXME"].map(str::to_owned);
    let attributes = ["ignore", "allow(", "should_panic"].map(|word| format!("#[{word}"));
    for (path, text) in sources().iter().filter(|(path, _)| !path.ends_with("tests/tidy.rs")) {
        for (at, line) in text.lines().enumerate() {
            for mark in marks.iter().chain(&attributes) {
                assert!(!line.contains(mark.as_str()), "{path}:{}: {mark}", at + 1);
            }
            let glob = line.trim_start().starts_with("pub use ") && line.contains("::*");
            assert!(!glob, "{path}:{}: a glob is re-exported", at + 1);
        }
    }
}

#[test]
fn every_rule_file_has_tests_a_basis_and_english() {
    let rules: Vec<(String, String)> = repository::files("rules", ".yaml")
        .into_iter()
        .filter(|(path, _)| !path.contains("/forms/") && !path.contains("/data/") && !path.ends_with("pack.yaml"))
        .collect();
    assert!(rules.len() >= 40, "only {} rule files", rules.len());
    for (path, text) in rules {
        for document in text.split("\n---\n") {
            let has = |key: &str| document.lines().any(|line| line.starts_with(&format!("{key}:")));
            for key in ["id", "name", "tests", "en"] {
                assert!(has(key), "{path} has no {key}");
            }
            // What a rule does not say itself it takes from the one it uses.
            for key in ["level", "basis"] {
                assert!(has(key) || has("use"), "{path} has no {key}");
            }
        }
    }
}

#[test]
fn a_rule_file_is_named_by_its_code() {
    for (path, text) in repository::files("rules", ".yaml") {
        let Some(id) = text.lines().find_map(|line| line.strip_prefix("id: ")) else { continue };
        let name = path.rsplit('/').next().unwrap_or_default();
        assert!(name.starts_with(&format!("{}-", id.trim())), "{path} holds {id}");
    }
}
