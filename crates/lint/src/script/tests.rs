//! What scripts can do, what they can not, and that a hostile one ends.

use crate::engine::{CheckOptions, check};
use crate::finding::{Report, Status};
use crate::ruleset::{RuleSet, SourceFile};

const REPORT: &str = "青禾县水利局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n（一）主动公开。全年公开信息１２条，其中规章3件。\n\n（二）依申请公开\n\n收到申请一百零九件。\n";

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.into() }
}

fn load(script: &str) -> RuleSet {
    let head = "id: XX100\nname: 试\nlevel: warning\nbasis: {doc: 本工具约定, strength: practice}\nscript: |\n";
    let body: String = script.lines().map(|line| format!("  {line}\n")).collect();
    let data = "name: 文件\nrows:\n  - {号: 国办函〔2020〕109号, 题: 通知}\n";
    let (rules, errors) = RuleSet::load(&[file("a.yaml", &format!("{head}{body}")), file("data/文件.yaml", data)]);
    assert!(errors.is_empty(), "{script}: {}", errors[0].message);
    rules
}

fn run(script: &str) -> Report {
    let rules = load(script);
    let document = gouji_core::read("a.txt", REPORT.as_bytes(), rules.known_labels()).expect("it is text");
    check(&document, &rules, &CheckOptions::default())
}

/// The texts at the findings and their messages; or why the script failed.
fn said(script: &str) -> Vec<String> {
    let report = run(script);
    if report.ledger[0].status == Status::Errored {
        return vec![report.ledger[0].why.clone().unwrap_or_default()];
    }
    report.findings.iter().map(|found| format!("{}：{}", found.span.of(REPORT), found.message)).collect()
}

#[test]
fn handles_know_their_place() {
    for (script, expected) in [
        (
            r#"for m in doc.find("(?<n>NUM)(条|件)") { report(#{at: m, say: `${m.num("n")}`}); }"#,
            &["１２条：12", "3件：3", "一百零九件：109"][..],
        ),
        (
            r#"for m in doc.find("规章") { report(#{at: m, say: m.before(3) + "|" + m.after(2)}); }"#,
            &["规章：，其中|3件"],
        ),
        (
            r#"for m in doc.find("规章(?<n>\\d)") { report(#{at: m.cap("n"), say: m.block.slice(0, 3).str}); }"#,
            &["3：（一）"],
        ),
        (
            r#"for t in doc.prose() { if t.contains("规章") { report(#{at: t.slice(0, 2), say: "到"}); } }"#,
            &["全年：到"],
        ),
        (
            r#"for h in doc.headings() { report(#{at: h, say: `${h.rank}.${h.number} ${h.str} ${h.level} ${h.run_in}`}); }"#,
            &[
                "一、总体情况：1.1 总体情况 1 false",
                "（一）主动公开：2.1 主动公开 2 true",
                "（二）依申请公开：2.2 依申请公开 2 false",
            ],
        ),
        (
            r#"let h = doc.headings()[1]; report(#{at: h.parent.text, say: h.parent.str + h.mark.str});"#,
            &["总体情况：总体情况。"],
        ),
        (
            r#"report(#{at: doc.title, say: data("文件")[0].题 + rule.id});"#,
            &["青禾县水利局2024年政府信息公开工作年度报告：通知XX100"],
        ),
        (
            r#"if doc.year == () && doc.table("申请办理表") == () && doc.section("总体情况") == () { report(#{at: doc.title.slice(0, 1), say: "无"}); }"#,
            &["青：无"],
        ),
        (
            r#"if fold("１ ２") == "12" && num("1,200") == 1200 && cn_num("两百") == 200 && !is_date(2023, 2, 29) && days(2024, 2, 28, 2024, 3, 1) == 2 && num("无") == () { report(#{at: doc.title.slice(0, 1), say: "对"}); }"#,
            &["青：对"],
        ),
        (r#"if 0.1 + 0.2 == 0.3 { report(#{at: doc.title.slice(0, 1), say: "准"}); }"#, &["青：准"]),
        (
            r#"fn f(t) { return t.len; } report(#{at: doc.title.slice(0, 1), say: `${f(doc.title)}`}); return; report(1);"#,
            &["青：23"],
        ),
    ] {
        assert_eq!(said(script), expected, "{script}");
    }
}

#[test]
fn a_report_carries_labels_participants_and_fixes() {
    let report = run(r#"let m = doc.find("规章(?<n>NUM)件")[0];
           report(#{at: m.cap("n"), say: "错", en: "wrong", level: "info", labels: [#{at: doc.title, say: "此处"}],
             numbers: [#{name: "规章", at: m.cap("n"), num: m.num("n")}], fix: [#{unsafe: "4"}, #{suggest: "", title: "删去"}]});"#);
    let found = &report.findings[0];
    assert_eq!((found.level.word(), found.labels.len()), ("info", 1));
    assert_eq!((found.participants[0].name.as_str(), found.participants[0].value.as_str()), ("规章", "3"));
    let fixes: Vec<(&str, &str)> = found.fixes.iter().map(|fix| (fix.level.word(), fix.title.as_str())).collect();
    assert_eq!(fixes, [("unsafe", "改为“4”"), ("suggest", "删去")]);
}

#[test]
fn what_goes_wrong_is_told_with_its_place() {
    for (script, words) in [
        ("loop { }", "a.yaml:6:8 脚本运行出错：运算超过"),
        ("let x = 1;\nlet y = [1][5];", "a.yaml:7:15 脚本运行出错：下标"),
        ("fn f(n) { f(n + 1) }\nf(1);", "调用太深"),
        (r#"let s = "一"; loop { s += s; }"#, "数据太大"),
        ("let a = []; loop { a.push(1); }", "数据太大"),
        (r#"let a = []; for i in 0..100000 { a += doc.find("."); }"#, "脚本运行出错"),
        (r#"loop { doc.title; doc.find("甲[乙丙]丁") ; }"#, "运算超过"),
        (r#"for i in 0..300 { report(#{at: doc.title, say: "多"}); }"#, "报告超过"),
        (r#"for i in 0..300 { doc.find(`甲${i}`); }"#, "正则超过"),
        (r#"report(#{at: doc.title, sya: "错"});"#, "是不是“say”"),
        (r#"report(#{at: 3, say: "错"});"#, "“at”要一处文字"),
        (r#"report(#{at: doc.title});"#, "缺少“say”"),
        (r#"report(#{at: doc.title, say: "错", level: "error"});"#, "高于规则"),
        (r#"report(#{at: doc.title, say: "错", fix: #{sure: "对"}});"#, "没有键“sure”"),
        (r#"doc.title.slice(0, 99);"#, "超出了"),
        (r#"doc.titel;"#, "脚本运行出错"),
        (r#"doc.find("甲" + "(");"#, "括号没有闭合"),
        ("let x = 9223372036854775807 + 1;", "算术有误"),
        ("1 / 0;", "算术有误"),
        (r#"throw "坏了";"#, "坏了"),
    ] {
        let said = said(script);
        assert!(said.len() == 1 && said[0].contains(words), "{script}: {said:?}");
    }
}

#[test]
fn the_room_is_closed() {
    for script in ["sleep(1);", "eval(\"1\");", "import \"a\";", "timestamp();", "print(1);", "open(\"a\");", "exit();"]
    {
        let text = format!(
            "id: XX100\nname: 试\nlevel: info\nbasis: {{doc: 甲, strength: practice}}\nscript: |\n  {script}\n"
        );
        let (_, errors) = RuleSet::load(&[file("a.yaml", &text)]);
        assert_eq!(errors.len(), 1, "{script}");
    }
}
