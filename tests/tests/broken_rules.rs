//! Files with a fault each, rules and all else that is loaded: what the loader says, and where it points.
//! `UPDATE=1` blesses.

use gouji_lint::engine::{CheckOptions, check};
use gouji_lint::finding::{Lang, RuleError};
use gouji_lint::ruleset::{RuleSet, SourceFile};
use gouji_tests::{checking, golden, remark};
use std::fmt::Write;
use std::path::Path;

const REPORT: &str = "青禾县水利局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n全年公开信息45条，收到申请3件。\n";

/// The shipped forms and tables of facts, without the rules.
fn around() -> impl Iterator<Item = SourceFile> {
    checking::files().into_iter().filter(|file| file.path.starts_with("forms/") || file.path.starts_with("data/"))
}

/// The functions that a rule file shares: NAME.rhai beside NAME.yaml.
fn beside(name: &str) -> Option<SourceFile> {
    let path = name.replace(".yaml", ".rhai");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("broken-rules");
    let text = std::fs::read_to_string(folder.join(&path)).ok()?;
    Some(SourceFile { path, text: text.into() })
}

/// Some files with one more.
fn load(around: impl Iterator<Item = SourceFile>, path: String, text: &str) -> (RuleSet, Vec<RuleError>) {
    let files: Vec<SourceFile> = around.chain([SourceFile { path, text: text.into() }]).collect();
    RuleSet::load(&files)
}

/// What the loader and, where it says nothing, a run says of a rule file.
fn outcome(name: &str, text: &str) -> String {
    let (rules, errors) = load(around().chain(beside(name)), name.to_owned(), text);
    let mut out: String = errors.iter().map(remark::told).collect();
    if errors.is_empty() {
        let document = gouji_core::read("report.txt", REPORT.as_bytes(), rules.known_labels()).expect("it is text");
        let [zh, en] = [Lang::Zh, Lang::En]
            .map(|lang| check(&document, &rules, &CheckOptions { lang, ..CheckOptions::default() }).ledger);
        for (entry, english) in zh.into_iter().zip(en) {
            let _ = writeln!(out, "{} {}", entry.rule, entry.status.word());
            for why in [entry.why, english.why].into_iter().flatten() {
                let _ = writeln!(out, "  {why}");
            }
        }
    }
    let _ = writeln!(out, "其余 {} 条规则可用", rules.rules().len());
    out
}

/// What the loader says of another file, which must be something.
fn complaint(path: String, text: &str) -> String {
    let (_, errors) = load(around(), path, text);
    assert!(!errors.is_empty(), "nothing is wrong with\n{text}");
    errors.iter().map(remark::told).collect()
}

/// Holds what is said of every file of a folder against the text beside it.
fn hold(folder: &str, n_least: usize, outcome: impl Fn(&str, &str) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let names = golden::yaml_names(&folder);
    assert!(names.len() >= n_least, "only {} files in {}", names.len(), folder.display());
    let mut wrong = Vec::new();
    for name in names {
        let text = std::fs::read_to_string(folder.join(&name)).expect("a broken file is readable");
        let actual = outcome(&name, &text);
        let golden = folder.join(name.replace(".yaml", ".txt"));
        if golden::differs(&golden, &actual) {
            wrong.push(format!("{name}:\n{actual}"));
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 blesses\n{}", wrong.join("\n"));
}

#[test]
fn every_fault_of_a_rule_is_told_where_it_is() {
    hold("broken-rules", 20, outcome);
}

#[test]
fn every_fault_of_a_form_a_table_of_facts_and_a_pack_is_told_where_it_is() {
    hold("broken-forms", 10, |name, text| complaint(format!("forms/{name}"), text));
    hold("broken-data", 6, |name, text| complaint(format!("data/{name}"), text));
    hold("broken-packs", 6, |_, text| complaint("own/pack.yaml".to_owned(), text));
}

#[test]
fn a_file_cut_anywhere_is_a_diagnostic() {
    let text = include_str!("../../rules/annual-report/NB301-unbalanced-applications.yaml");
    let text = &text[..text.len().min(2_000)];
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)).step_by(7) {
        outcome("cut.yaml", &text[..end]);
    }
}
