//! Every check of the catalogue has a rule, or the reason why not yet; docs/coverage.md says which.

use gouji_tests::{checking, coverage, golden, repository};

fn catalogue() -> Vec<coverage::Check> {
    coverage::read(include_str!("../catalogue.tsv"))
}

#[test]
fn every_check_has_a_rule_or_a_reason() {
    let every = checking::every_rule();
    let rules: Vec<_> = every.infos().collect();
    let faults = coverage::faults(&catalogue(), &rules);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_page_of_checks_is_fresh() {
    let every = checking::every_rule();
    let rules: Vec<_> = every.infos().collect();
    let page = coverage::page(&catalogue(), &rules);
    let golden = repository::root().join("docs/coverage.md");
    assert!(!golden::differs(&golden, &page), "renew with `UPDATE=1 cargo test -p gouji-tests --test coverage`");
}

/// A check without a rule, a reason beside a rule and an id that is none are told, so that the page can not lie.
#[test]
fn what_does_not_fit_is_told() {
    let every = checking::every_rule();
    let rules: Vec<_> = every.infos().filter(|rule| &*rule.id == "GW305").collect();
    let told = |tsv: &str| coverage::faults(&coverage::read(&format!("id\t\t\t\t\n{tsv}\n")), &rules);
    assert_eq!(told("WRD005\t截至\tas of\t\t"), Vec::<String>::new());
    assert_eq!(told("WRD005\t截至\tas of\t以后\tlater"), ["WRD005: a rule, and a reason why there is none"]);
    assert_eq!(
        told("WRD006\t词形\tforms\t\t"),
        ["WRD006: no rule and no reason", "GW305: WRD005 is not in the catalogue"]
    );
    assert_eq!(
        told("WRD005\t截至\tas of\t\t\nWRD006\t词形\tforms\t以后\t"),
        ["WRD006: the reason stands in one language"]
    );
}
