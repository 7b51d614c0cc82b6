//! Rules written over the tables of reports load without a fault, and their own tests pass.

use gouji_core::document::Document;
use gouji_lint::ruleset::{RuleSet, SourceFile};
use gouji_lint::selftest::{self, Fixtures};
use gouji_render::skeleton::{self, Known, Sample};
use gouji_tests::checking;
use gouji_tests::generator::{Dice, Layout, Report};

/// Whether a rule loads and does what its tests say.
fn holds(text: &str) -> bool {
    let own = SourceFile { path: "new.yaml".to_owned(), text: text.into() };
    let forms = checking::files().into_iter().filter(|file| file.path.starts_with("forms/"));
    let (rules, faults) = RuleSet::load(&forms.chain([own]).collect::<Vec<_>>());
    let passed = |rule| {
        let results = selftest::run_rule(&rules, rule, &Fixtures::default());
        results.len() >= 2 && results.iter().all(|result| result.faults.is_empty())
    };
    faults.is_empty() && rules.rules().len() == 1 && rules.rules().iter().all(passed)
}

/// The first rule over a table that holds.
fn rule(document: &Document, table: usize) -> Option<String> {
    let report = checking::check(document);
    let form = checking::rules().forms().iter().find(|form| report.form.as_deref() == Some(&*form.id));
    let name = report.tables.iter().find(|(own, _)| *own == table).map(|(_, name)| name);
    let known = form.zip(name).map(|(form, name)| Known {
        form: &form.id,
        table: &form.tables[form.table(name).expect("it was bound to the form")],
    });
    let sample = Sample { document, table, known };
    skeleton::of_table("XX101", &sample).into_iter().find(|text| holds(text))
}

#[test]
fn every_table_of_a_generated_report_gives_a_rule() {
    let mut n_totals = 0;
    for seed in 0..6 {
        let report = Report::clean(seed);
        let texts = [
            ("report.txt", report.to_text(&Layout::straight())),
            ("report.txt", report.to_text(&Layout::ragged(&mut Dice::new(seed)))),
            ("report.md", report.to_markdown(&Layout::straight())),
        ];
        for (name, text) in texts {
            let document = checking::read(name, text.as_bytes());
            assert!(document.tables.len() >= 3, "seed {seed} {name}: {} tables", document.tables.len());
            for table in 0..document.tables.len() {
                let rule = rule(&document, table).unwrap_or_else(|| panic!("seed {seed} {name}: no rule for {table}"));
                n_totals += usize::from(rule.contains("合计 == sum(各项)\nsay"));
            }
        }
    }
    assert!(n_totals >= 20, "only {n_totals} totals were found in 54 tables");
}

const BUDGET: &str = "\
青禾县水利局2024年部门决算

二、支出情况

项目\t预算数\t决算数\t备注
基本支出\t10.5\t11\t
 其中：人员经费\t8\t8.5\t
项目支出\t3\t4.25\t含防汛: 抢险
合计\t13.5\t15.25\t
";

#[test]
fn a_total_that_holds_is_tied_and_one_that_does_not_is_left_to_the_author() {
    let table = |total: &str| {
        format!(
            "# 支出\n\n| 项目 | 甲: 预算 | 决算数 |\n|---|---|---|\n| 基本 | 1 | 2 |\n| 项目 | 3 | 4 |\n| 合 计 | {total} |\n"
        )
    };
    for (total, tie) in [("4 | 6", "合计 == sum(各项)\nsay"), ("5 | 5", "assert: 某数 >= 0")] {
        let document = checking::read("own.md", table(total).as_bytes());
        let rule = rule(&document, 0).expect("a rule can be written");
        assert!(rule.contains(tie), "{rule}");
        assert!(rule.contains("in: {table: {") && rule.contains("#   甲: 预算\n"), "{rule}");
    }
}

#[test]
fn a_table_of_plain_text_with_remarks_gives_a_rule() {
    let document = checking::read("own.txt", BUDGET.as_bytes());
    let tied = rule(&document, 0).expect("a rule can be written");
    for part in ["name: 支出情况表", "rows: \"^ > *\"", "assert: 合计 == sum(各项)"] {
        assert!(tied.contains(part), "{part} is missing in\n{tied}");
    }
    // Where nothing adds up and no column can be told, a whole row is left to the author.
    let document = checking::read("own.txt", BUDGET.replace("13.5", "13").as_bytes());
    let rule = rule(&document, 0).expect("a rule can be written");
    assert!(rule.contains("each: col\nlet:\n  某数: {row: 基本支出}"), "{rule}");
}

#[test]
fn an_empty_skeleton_holds() {
    assert!(holds(&skeleton::blank("XX101")));
}
