//! What keys of the rule language do where a rule's own tests can not say it: rules that rest, and why; words from
//! tables; copies.

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
        ("needs: prev", REPORT, &given, "--prev"),
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

/// How many findings the only rule has, with their messages.
fn said(files: &[(&str, &str)], report: &str) -> Vec<String> {
    let rules = load(files);
    let document = gouji_core::read("report.txt", report.as_bytes(), rules.known_labels()).expect("it is text");
    check(&document, &rules, &CheckOptions::default()).findings.into_iter().map(|finding| finding.message).collect()
}

const WORDS: &str = "name: 易混词\nrows:\n  - {误: 既使, 正: 即使, 类: 别字}\n  - {误: 凑和, 正: '', 类: 别字}\n  - {误: 截止目前, 正: 截至目前, 类: 用词}\n";

fn words_rule(find: &str) -> String {
    format!(
        "id: XX100\nname: 试\nlevel: info\nbasis: {{doc: 甲, strength: practice}}\nfind: {find}\nsay: <text>→<right>\n"
    )
}

#[test]
fn words_come_from_a_table_and_others_may_add_to_it() {
    let text = "既使不多，也不凑和，截止目前无误。\n";
    let all = words_rule("{data: 易混词, wrong: 误, right: 正}");
    assert_eq!(said(&[("data/a.yaml", WORDS), ("a.yaml", &all)], text), ["既使→即使", "凑和→", "截止目前→截至目前"]);
    let some = words_rule("{data: 易混词, wrong: 误, right: 正, where: {类: 用词}}");
    assert_eq!(said(&[("data/a.yaml", WORDS), ("a.yaml", &some)], text), ["截止目前→截至目前"]);
    // Read before the table it adds to; a row with a known first column takes the other's place.
    let more = "extends: 易混词\nrows: [{误: 凑和, 正: 凑合}, {误: 无误, 正: 没有错误}]\n";
    assert_eq!(
        said(&[("a/data/a.yaml", more), ("data/a.yaml", WORDS), ("a.yaml", &all)], text),
        ["既使→即使", "凑和→凑合", "截止目前→截至目前", "无误→没有错误"]
    );
    // All rows of a name make room for all that are added.
    let two = "extends: 易混词\nrows: [{误: 凑和, 正: 凑合, 类: 用词}, {误: 凑和, 正: 将就, 类: 别字}]\n";
    let rule = words_rule("{data: 易混词, wrong: 误, right: 正, where: {类: 别字}}");
    let files = [("a/data/a.yaml", two), ("data/a.yaml", WORDS), ("a.yaml", rule.as_str())];
    assert_eq!(said(&files, text), ["既使→即使", "凑和→将就"]);
    let named = "name: 词\nrows: [{wrong: 既使, right: 即使}]\n";
    assert_eq!(said(&[("data/a.yaml", named), ("a.yaml", &words_rule("{data: 词}"))], text), ["既使→即使"]);
}

#[test]
fn a_parameter_may_be_a_column() {
    let rule = "id: XX100\nname: 试\nlevel: info\nbasis: {doc: 甲, strength: practice}\nparams: {词: {type: words, \
                default: {data: 易混词, column: 误}}}\nfind: <词>\nsay: <text>\n";
    assert_eq!(said(&[("data/a.yaml", WORDS), ("a.yaml", rule)], "凑和，既使。\n"), ["凑和", "既使"]);
}

#[test]
fn additions_to_a_table_are_checked() {
    let own = [
        ("data/a.yaml", WORDS),
        ("data/b.yaml", "extends: 易混字\nrows: [{误: 甲}]\n"),
        ("data/c.yaml", "extends: 易混词\nrows: [{误: 甲, 证: 乙}]\n"),
    ];
    let files: Vec<SourceFile> =
        own.iter().map(|(path, text)| SourceFile { path: (*path).to_owned(), text: (*text).into() }).collect();
    let (rules, errors) = RuleSet::load(&files);
    let told: Vec<&str> = errors.iter().map(|error| error.span.of(&error.source)).collect();
    assert_eq!(told, ["易混字", "证"]);
    assert!(errors[0].help.as_deref().is_some_and(|help| help.contains("易混词")), "{errors:?}");
    assert_eq!(rules.data()["易混词"].rows.len(), 3);
}

#[test]
fn a_copy_keeps_what_it_does_not_write_and_outlives_its_base() {
    let base = "id: XX100\nname: 甲\nlevel: error\nbasis: {doc: 甲, strength: logic}\nfind: 公开信息\nsay: 有\nhelp: 删\n\
                en: {name: A, say: there, help: remove}\n";
    let copy = "id: XX050\nname: 乙\nuse: XX100\nsay: 还有\nen: {name: B}\n";
    // The copy is read first.
    let rules = load(&[("b.yaml", copy), ("c.yaml", base)]);
    let info = rules.infos().next().expect("the copy");
    assert_eq!((&*info.id, info.uses.as_deref()), ("XX050", Some("XX100")));
    assert_eq!((info.say.zh.as_str(), info.say.en.as_str()), ("还有", ""), "English goes with its Chinese");
    assert_eq!((info.help.zh.as_str(), info.help.en.as_str()), ("删", "remove"));
    assert_eq!((info.name.en.as_str(), info.basis.doc.as_str()), ("B", "甲"));
}
