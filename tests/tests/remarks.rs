//! Rules that load and can not be meant: what is remarked, and where. `UPDATE=1` blesses.

use gouji_lint::review::review;
use gouji_lint::ruleset::{RuleSet, SourceFile};
use gouji_tests::{checking, golden, remark};
use std::path::Path;

#[test]
fn every_remark_is_told_where_it_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("remarks");
    let mut wrong = Vec::new();
    for name in golden::yaml_names(&folder) {
        let text = std::fs::read_to_string(folder.join(&name)).expect("a rule file is readable");
        let own = SourceFile { path: name.clone(), text: text.into() };
        let forms = checking::files().into_iter().filter(|file| file.path.starts_with("forms/"));
        let (rules, errors) = RuleSet::load(&forms.chain([own]).collect::<Vec<_>>());
        assert!(errors.is_empty(), "{name}: {errors:?}");
        let actual: String = review(&rules).iter().map(remark::told).collect();
        assert_eq!(actual.is_empty(), name == "clean.yaml", "{name}: {actual}");
        let golden = folder.join(name.replace(".yaml", ".txt"));
        if golden::differs(&golden, &actual) {
            wrong.push(format!("{name}:\n{actual}"));
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 blesses\n{}", wrong.join("\n"));
}

#[test]
fn shipped_rules_have_no_remark() {
    let told: String = review(checking::rules()).iter().map(remark::told).collect();
    assert!(told.is_empty(), "{told}");
}
