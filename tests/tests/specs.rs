//! What the rule language can say, shown by rules in `tests/specs/`: each carries its own right and wrong examples.

use gouji_lint::engine::{CheckOptions, check};
use gouji_lint::finding::Status;
use gouji_lint::ruleset::{RuleSet, SourceFile};
use gouji_lint::selftest;
use gouji_tests::{checking, repository};

/// The shipped forms with the rules of a spec, which must load without a fault.
fn load(path: &str, text: &str) -> RuleSet {
    let forms = checking::files().into_iter().filter(|file| file.path.starts_with("forms/"));
    // The functions that a spec shares stand in NAME.rhai beside NAME.yaml.
    let libs = repository::files("tests/specs", ".rhai").into_iter();
    let libs = libs.filter(|(lib, _)| path.strip_suffix(".yaml") == lib.strip_suffix(".rhai"));
    let libs = libs.map(|(path, text)| SourceFile { path, text: text.into() });
    let own = SourceFile { path: path.to_owned(), text: text.into() };
    let files: Vec<SourceFile> = forms.chain(libs).chain([own]).collect();
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

/// A tie of every row with parts, and one of the total with all groups.
const TIES: &str = "\
id: PR001
name: 上级等于下级之和
level: error
basis: {doc: 算术关系, strength: logic}
in: {table: {rows: [合计], cols: [预算数]}}
each: [parent, col]
let: {上级: self, 下级: {rows: children}}
assert: 上级 == sum(下级)
say: <row> <col>
---
id: PR002
name: 合计等于各组之和
level: error
basis: {doc: 算术关系, strength: logic}
in: {table: {rows: [合计], cols: [预算数]}}
each: col
let: {合计: 合计, 各组: {rows: \"^ > *\", except: 合计}}
assert: 合计 == sum(各组)
say: <col>
";

const COLUMNS: [&str; 3] = ["预算数", "决算数", "上年数"];
/// Each group: its rows, the first the sum of the others. They belong together, as the labels say.
const GROUPS: [&[(&str, i64)]; 3] = [
    &[("一、基本支出", 60), ("（一）人员经费", 40), ("（二）公用经费", 20)],
    &[("二、项目支出", 37), ("（一）修缮", 30), ("（二）购置", 7)],
    &[("合计", 97)],
];

/// The table with its groups and columns in this order, in tab text or Markdown; one cell may be changed by `k`.
fn table(groups: &[usize], columns: &[usize], markdown: bool, changed: Option<(usize, usize, usize, i64)>) -> String {
    let line = |fields: Vec<String>| {
        if markdown { format!("| {} |\n", fields.join(" | ")) } else { format!("{}\n", fields.join("\t")) }
    };
    let head = std::iter::once("项目".to_owned()).chain(columns.iter().map(|&column| COLUMNS[column].to_owned()));
    let mut out = line(head.collect());
    if markdown {
        out += &line(vec!["---".to_owned(); columns.len() + 1]);
    }
    for &group in groups {
        for (at, (label, value)) in GROUPS[group].iter().enumerate() {
            let cell = |&column: &usize| {
                let added =
                    changed.filter(|&(g, r, c, _)| (g, r, c) == (group, at, column)).map_or(0, |change| change.3);
                // Hundredths, so that decimals are tied as well.
                let value = value * (i64::try_from(column).expect("three columns") + 1) + added;
                format!("{}.{:02}", value / 100, value % 100)
            };
            out += &line(std::iter::once((*label).to_owned()).chain(columns.iter().map(cell)).collect());
        }
    }
    out
}

/// The findings as rule, row and column, in no order.
fn told(rules: &RuleSet, text: &str, markdown: bool) -> Vec<(String, String)> {
    let name = if markdown { "report.md" } else { "report.txt" };
    let document = gouji_core::read(name, text.as_bytes(), rules.known_labels()).expect("it is text");
    let report = check(&document, rules, &CheckOptions::default());
    for entry in &report.ledger {
        assert!(matches!(entry.status, Status::Ok | Status::Failed), "{text}{:?} {:?}", entry.status, entry.why);
    }
    let mut told: Vec<_> =
        report.findings.iter().map(|finding| (finding.rule.to_string(), finding.message.clone())).collect();
    told.sort();
    told
}

#[test]
fn the_order_of_rows_and_columns_does_not_matter_and_any_change_breaks_its_ties() {
    let rules = load("ties.yaml", TIES);
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    for (groups, columns) in orders.iter().flat_map(|groups| orders.iter().map(move |columns| (groups, columns))) {
        for markdown in [false, true] {
            assert_eq!(told(&rules, &table(groups, columns, markdown, None), markdown), []);
        }
    }
    for (group, rows) in GROUPS.iter().enumerate() {
        for (row, column, k) in
            (0..rows.len()).flat_map(|row| (0..3).flat_map(move |column| [1, 700].map(move |k| (row, column, k))))
        {
            let change = Some((group, row, column, k));
            let col = COLUMNS[column];
            let mut wanted = Vec::new();
            if rows.len() > 1 {
                wanted
                    .push(("PR001".to_owned(), format!("{} {col}", rows[0].0.trim_start_matches(['一', '二', '、']))));
            }
            if row == 0 {
                wanted.push(("PR002".to_owned(), col.to_owned()));
            }
            for (order, markdown) in orders.iter().zip([false, true].into_iter().cycle()) {
                let text = table(order, order, markdown, change);
                assert_eq!(told(&rules, &text, markdown), wanted, "{text}");
            }
        }
    }
}
