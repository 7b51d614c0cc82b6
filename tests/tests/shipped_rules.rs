//! The shipped rules load without a fault, and every example in them does what it says.

use gouji_lint::finding::Level;
use gouji_lint::{ruleset::RuleSet, selftest};
use gouji_tests::checking;

#[test]
fn all_files_load() {
    let (_, faults) = RuleSet::load(&checking::files());
    let told: Vec<String> = faults
        .iter()
        .map(|fault| {
            let line = fault.source[..fault.span.start.min(fault.source.len())].matches('\n').count() + 1;
            format!("{}:{line}: {}", fault.file, fault.message)
        })
        .collect();
    assert!(told.is_empty(), "{} faults\n{}", told.len(), told.join("\n"));
}

#[test]
fn every_example_of_every_rule_passes() {
    let results = selftest::run(&checking::every_rule(), &selftest::Fixtures::new());
    let failed: Vec<String> = results
        .iter()
        .filter(|result| !result.faults.is_empty())
        .map(|result| format!("{}:{} {}: {:?}", result.file, result.line, result.case, result.faults))
        .collect();
    assert!(results.len() > 400, "only {} examples ran", results.len());
    assert!(failed.is_empty(), "{} of {} failed\n{}", failed.len(), results.len(), failed.join("\n"));
}

#[test]
fn there_are_rules_enough_and_each_is_complete() {
    let every = checking::every_rule();
    let rules: Vec<_> = every.infos().collect();
    assert!(rules.len() >= 40, "{} rules", rules.len());
    for rule in rules {
        let id = &rule.id;
        assert!(!rule.name.en.is_empty(), "{id} has no English name");
        for param in &rule.params {
            let help = &param.help;
            assert!(!help.zh.is_empty() && !help.en.is_empty(), "{id}: {} is not explained", param.name);
        }
        assert!(rule.bad_example.is_some() && rule.ok_example.is_some(), "{id} lacks an example");
        assert!(rule.name.zh.chars().count() <= 16, "{id}: {} is a long name", rule.name.zh);
    }
}

#[test]
fn an_error_rests_on_more_than_practice() {
    for rule in checking::every_rule().infos() {
        if rule.level == Level::Error {
            assert_ne!(rule.basis.strength.word(), "practice", "{}", rule.id);
        }
    }
}
