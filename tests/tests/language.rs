//! What keys of the rule language do where a rule's own tests can not say it: rules that rest, and why.

use gouji_lint::engine::{CheckOptions, check};
use gouji_lint::finding::{LedgerEntry, Status};
use gouji_lint::ruleset::{RuleSet, SourceFile};
use gouji_lint::selftest::{self, Fixtures};
use gouji_tests::checking;

const REPORT: &str = "青禾县水利局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n全年公开信息45条，收到申请3件。\n";

/// A rule that finds 公开, with more keys.
fn finding_rule(keys: &str) -> String {
    format!(
        "id: XX100\nname: 试\nlevel: info\nbasis: {{doc: 甲, strength: practice}}\n{keys}\nfind: 公开信息\nsay: 有\n"
    )
}

/// These files beside the shipped forms.
fn load(files: &[(&str, &str)]) -> RuleSet {
    let forms = checking::files().into_iter().filter(|file| file.path.starts_with("forms/"));
    let own = files.iter().map(|(path, text)| SourceFile { path: (*path).to_owned(), text: (*text).into() });
    let (rules, errors) = RuleSet::load(&forms.chain(own).collect::<Vec<_>>());
    assert_eq!(errors, []);
    rules
}

/// How a rule ends on a report.
fn ended(rules: &RuleSet, report: &str, options: &CheckOptions) -> LedgerEntry {
    let document = gouji_core::read("report.txt", report.as_bytes(), rules.known_labels()).expect("it is text");
    check(&document, rules, options).ledger.remove(0)
}

#[test]
fn when_names_forms_years_and_kinds_of_organs() {
    for (when, status, why) in [
        ("when: {form: annual-report-2021}", Status::Failed, ""),
        ("when: {form: annual-report-2019}", Status::NotApplicable, "不用于政府信息公开工作年度报告（2021"),
        ("when: {year: 2024}", Status::Failed, ""),
        ("when: {year: [2019, 2023..]}", Status::Failed, ""),
        ("when: {year: ..2023}", Status::NotApplicable, "只用于2023年及以前的报告"),
        ("when: {year: [2021, 2022..2023]}", Status::NotApplicable, "只用于2021年、2022—2023年的报告"),
        ("when: {organ: department}", Status::Failed, ""),
        ("when: {organ: [street, government]}", Status::NotApplicable, "本机关是 department"),
        ("when: {year: 2024, organ: government}", Status::NotApplicable, "只用于 government 类机关"),
    ] {
        let rules = load(&[("a.yaml", &finding_rule(when))]);
        let entry = ended(&rules, REPORT, &CheckOptions::default());
        assert_eq!(entry.status, status, "{when}: {entry:?}");
        assert!(entry.why.as_deref().unwrap_or_default().contains(why), "{when}: {entry:?}");
    }
}

#[test]
fn a_rule_without_what_it_needs_is_skipped_and_says_how_to_give_it() {
    let untitled = "一、总体情况\n\n全年公开信息45条，收到申请3件。\n";
    let given = CheckOptions { today: Some((2025, 1, 31)), ..CheckOptions::default() };
    for (keys, report, options, why) in [
        ("needs: today", REPORT, &CheckOptions::default(), "--today"),
        ("needs: year", untitled, &given, "--year"),
        ("needs: [today, organ]", untitled, &given, "--organ"),
        ("when: {year: 2024..}", untitled, &given, "--year"),
        ("needs: prev", REPORT, &given, "还不能提供"),
    ] {
        let rules = load(&[("a.yaml", &finding_rule(keys))]);
        let entry = ended(&rules, report, options);
        assert_eq!(entry.status, Status::Skipped, "{keys}: {entry:?}");
        assert!(entry.why.as_deref().unwrap_or_default().contains(why), "{keys}: {entry:?}");
    }
    let rules = load(&[("a.yaml", &finding_rule("needs: [today, year, organ]"))]);
    assert_eq!(ended(&rules, REPORT, &given).status, Status::Failed);
}

#[test]
fn scripts_see_the_day_of_the_check() {
    let script = "id: XX100\nname: 试\nlevel: info\nbasis: {doc: 甲, strength: practice}\nneeds: today\nscript: |\n  \
                  if today.year > doc.year { report(#{at: doc.title, say: `${today.month}月${today.day}日`}); }\n\
                  tests:\n  ok: [{text: 青禾县水利局2024年政府信息公开工作年度报告, given: {year: 2024, today: 2024-12-31}}]\n  \
                  bad: [{text: \"青禾县水利局2024年政府信息公开工作年度报告\\n\\n一、总体情况\\n\", given: {today: 2025-01-31}, message: 1月31日}]\n";
    let rules = load(&[("a.yaml", script)]);
    for case in selftest::run(&rules, &Fixtures::new()) {
        assert_eq!(case.faults, [], "{}", case.case);
    }
}
