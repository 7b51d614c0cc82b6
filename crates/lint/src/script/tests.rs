//! What scripts can do, what they can not, and that a hostile one ends.

use crate::engine::{CheckOptions, check};
use crate::finding::{Report, Status};
use crate::ruleset::{RuleSet, SourceFile};

const REPORT: &str = "青禾县水利局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n（一）主动公开。全年公开信息１２条，其中规章3件。\n\n（二）依申请公开\n\n收到申请一百零九件。\n";

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.into() }
}

fn rule(script: &str) -> String {
    let head = "id: XX100\nname: 试\nlevel: warning\nbasis: {doc: 本工具约定, strength: practice}\nscript: |\n";
    let body: String = script.lines().map(|line| format!("  {line}\n")).collect();
    format!("{head}{body}")
}

fn load(script: &str) -> RuleSet {
    let data = "name: 文件\nrows:\n  - {号: 国办函〔2020〕109号, 题: 通知}\n";
    let (rules, errors) = RuleSet::load(&[file("a.yaml", &rule(script)), file("data/文件.yaml", data)]);
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
            r#"if doc.year == () && doc.table("申请办理表") == () && doc.section("没有的部分") == () { report(#{at: doc.title.slice(0, 1), say: "无"}); }"#,
            &["青：无"],
        ),
        (
            r#"if fold("１ ２") == "12" && num("1,200") == 1200 && cn_num("两百") == 200 && !is_date(2023, 2, 29) && days(2024, 2, 28, 2024, 3, 1) == 2 && num("无") == () { report(#{at: doc.title.slice(0, 1), say: "对"}); }"#,
            &["青：对"],
        ),
        (
            r#"let s = doc.section("总体情况"); report(#{at: s, say: `${s.children().len()} ${s.children()[1].path} ${s.paras().len()} ${s.nums().len()}`});"#,
            &["一、总体情况：2 总体情况 > 依申请公开 2 2"],
        ),
        (
            r#"for t in doc.prose() { for s in t.sentences() { report(#{at: s.slice(0, 2), say: `${s.len}`}); } }"#,
            &["全年：17", "收到：10"],
        ),
        (
            r#"let n = doc.nums()[1]; report(#{at: n, say: `${n} ${n.unit} ${(n * 3).round(0)} ${n.value + 1} ${pct(n, 7, 2)} ${-2 + n}`});"#,
            &["１２：12 条 36 13 171.43 10"],
        ),
        (
            r#"report(#{at: doc.title.slice(0, 1), say: to_cn(1) + to_cn(10) + to_cn(12) + to_cn(109) + to_cn(1010) + to_cn(2300) + to_cn(0)});"#,
            &["青：一十十二一百零九一千零一十二千三百零"],
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
fn numbers_know_where_they_come_from() {
    let report =
        run(r#"let all = doc.nums(); tie(all[1] + all[2], all[0] - 1, #{say: "不等", en: "no tie", help: "核对"});"#);
    let found = &report.findings[0];
    assert_eq!((found.message.as_str(), found.help.as_deref()), ("不等", Some("核对")));
    let sides = found.sides.as_ref().map(|sides| (sides.lhs.as_str(), sides.rhs.as_str(), sides.delta.as_str()));
    assert_eq!(sides, Some(("15", "2023", "-2008")));
    let told: Vec<(&str, i8, bool)> =
        found.participants.iter().map(|part| (part.value.as_str(), part.sign, part.right)).collect();
    assert_eq!(told, [("12", 1, false), ("3", 1, false), ("2024", 1, true)]);
    assert_eq!(found.span.of(REPORT), "2024");
}

#[test]
fn debug_is_kept_with_its_place() {
    let rules = load("let x = 1;\ndebug(#{年: doc.year, 条: doc.nums()[1]});\nfor i in 0..300 { debug(`第${i}次`); }");
    let document = gouji_core::read("a.txt", REPORT.as_bytes(), rules.known_labels()).expect("it is text");
    let report = check(&document, &rules, &CheckOptions { trace: vec!["XX100".to_owned()], ..CheckOptions::default() });
    assert_eq!(report.ledger[0].why, None);
    let said = &report.traces[0].steps;
    let told = |at: usize| (said[at].why.as_deref().unwrap_or_default(), said[at].what.as_str());
    assert_eq!(told(0), ("a.yaml:7:3", "#{年: (), 条: “１２”}"));
    assert_eq!(told(1), ("a.yaml:8:21", "第0次"));
    assert_eq!(said.len(), 201);
    assert_eq!(told(200).1, "……");
}

#[test]
fn a_number_that_is_not_there_is_no_failure() {
    let text = "季度\t件数\n一季度\t4\n二季度\t/\n";
    let (rules, errors) =
        RuleSet::load(&[file("a.yaml", &rule(r#"let t = doc.tables()[0]; tie(t.col("件数").sum(), 4, "不等");"#))]);
    assert!(errors.is_empty());
    let document = gouji_core::read("a.txt", text.as_bytes(), rules.known_labels()).expect("it is text");
    let report = check(&document, &rules, &CheckOptions::default());
    assert_eq!(report.ledger[0].status, Status::Undetermined, "{:?}", report.ledger[0].why);
    assert!(report.ledger[0].why.as_deref().is_some_and(|why| why.contains("二季度")), "{:?}", report.ledger[0].why);
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
        ("fn f(n) { f(n + 1) }\nf(1);", "函数调用超过 32 层"),
        (r#"let s = "一"; loop { s += s; }"#, "文字超过 1 MiB"),
        ("let a = []; loop { a.push(1); }", "数组超过 4096 项"),
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
        (r##"let m = #{}; m.at = doc.title; m.at.blok;"##, "Text 没有属性“blok”，是不是“block”？"),
        (r#"doc.title.slice("1", 2);"#, "“slice”的参数不能是：文字、整数"),
        (r#"doc.find("(?<数>件)")[0].cap("敉");"#, "没有捕获组“敉”，是不是“数”？"),
        (r#"doc.title + 1 == 2 || doc.nums()[0] / 0 == 1;"#, "脚本运行出错"),
        (r#"report(#{at: doc.title, say: "错", numbers: "三"});"#, "这里要一个数"),
        (r#"tie(1, 2, "不等");"#, "要写“at”"),
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

/// The names in the first column of the tables of a text.
fn listed(text: &str) -> std::collections::BTreeSet<String> {
    let rows = text.lines().filter_map(|line| line.trim_start_matches("//!").trim_start().strip_prefix("| `"));
    let cells = rows.map(|row| row.split(" | ").next().unwrap_or(row));
    let names = cells.flat_map(|cell| cell.split('`').step_by(2));
    names.map(|name| name.split('(').next().unwrap_or(name).to_owned()).collect()
}

/// What there is, the page for authors and the head of this folder list the same names.
#[test]
fn every_name_is_documented() {
    let head = listed(include_str!("mod.rs"));
    let page = listed(include_str!("../../../../docs/script-api.md"));
    assert_eq!(head, page);
    let globals = ["doc", "params", "prev", "rule", "today"].into_iter().chain(super::report::KEYS);
    let known: std::collections::BTreeSet<String> =
        globals.map(str::to_owned).chain(super::Room::default().own_names()).collect();
    let missing: Vec<&String> = known.difference(&page).collect();
    assert!(missing.is_empty(), "not documented: {missing:?}");
    let gone: Vec<&String> = page.difference(&known).collect();
    assert!(gone.is_empty(), "documented, but not there: {gone:?}");
}
