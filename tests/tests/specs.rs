//! What the rule language can say, shown by rules in `tests/specs/`: each carries its own right and wrong examples.

use gouji_lint::ruleset::{RuleSet, SourceFile};
use gouji_lint::selftest;
use gouji_tests::{checking, repository};

/// The shipped forms with the rules of a spec, which must load without a fault.
fn load(path: &str, text: &str) -> RuleSet {
    let forms = checking::files().into_iter().filter(|file| file.path.starts_with("forms/"));
    let files: Vec<SourceFile> = forms.chain([SourceFile { path: path.to_owned(), text: text.into() }]).collect();
    let (rules, faults) = RuleSet::load(&files);
    let told: Vec<String> = faults
        .iter()
        .map(|fault| format!("{} 「{}」 {}", fault.file, fault.span.of(&fault.source), fault.message))
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    rules
}

fn specs() -> Vec<(String, String)> {
    let specs = repository::files("tests/specs", ".yaml");
    assert!(!specs.is_empty(), "no specs found");
    specs
}

#[test]
fn every_example_of_every_spec_passes() {
    let mut failed = Vec::new();
    for (path, text) in specs() {
        let rules = load(&path, &text);
        for info in rules.infos() {
            assert!(info.bad_example.is_some() && info.ok_example.is_some(), "{path}: {} lacks an example", info.id);
        }
        let results = selftest::run(&rules, &selftest::Fixtures::new());
        for result in results.iter().filter(|result| !result.faults.is_empty()) {
            failed
                .push(format!("{}:{} {} {}: {:?}", result.file, result.line, result.rule, result.case, result.faults));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
