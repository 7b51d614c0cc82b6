//! The pages of the shipped rules in docs/rules are those that the rules give today.

use gouji_render::doc;
use gouji_tests::{checking, repository};
use std::collections::{BTreeMap, BTreeSet};

const RENEW: &str = "cargo run -p gouji -- rules doc";

#[test]
fn the_pages_of_the_rules_are_fresh() {
    let every = checking::every_rule();
    let rules: Vec<_> = every.rules().iter().collect();
    let wanted: BTreeMap<String, String> =
        doc::pages(&rules).into_iter().map(|page| (format!("docs/rules/{}", page.name), page.text)).collect();
    let there: BTreeMap<String, String> = repository::files("docs/rules", ".md").into_iter().collect();
    assert_eq!(wanted.len(), rules.len() + 1, "a page for each rule, and an index");
    let names: BTreeSet<&String> = wanted.keys().chain(there.keys()).collect();
    let stale: Vec<&String> = names.into_iter().filter(|name| wanted.get(*name) != there.get(*name)).collect();
    assert!(stale.is_empty(), "renew with `{RENEW}`: {stale:?}");
}

#[test]
fn the_index_leads_to_every_page() {
    let every = checking::every_rule();
    let rules: Vec<_> = every.rules().iter().collect();
    let pages = doc::pages(&rules);
    let (index, pages) = pages.split_first().expect("there is an index");
    for page in pages {
        assert!(doc::is_page_name(&page.name), "{}", page.name);
        assert!(page.text.starts_with(doc::MARK), "{}", page.name);
        assert_eq!(index.text.matches(&format!("]({})", page.name)).count(), 1, "{}", page.name);
    }
}
