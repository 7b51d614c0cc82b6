//! `check --trace` and `check --stats`: what rules did, for people and programs; `UPDATE=1` writes the goldens anew.

use crate::looking::{REPORT, TIE_RULE, compare};
use crate::room::Room;
use serde_json::Value;

/// A wording rule with two ways out, one that demands a text and a section's tables, and a script that thinks aloud.
const RULES: [(&str, &str); 3] = [
    (
        "find.yaml",
        "\
id: ZZ911
name: 慎用要求
level: warning
basis: {doc: 测试用规则, strength: practice}
in: paragraphs
find: 需要(?<后>.)
unless: {near: [没有], text: '需要改！', inside: [书名号]}
say: 这里写了需要
en: {name: Needs, say: the text needs something}
",
    ),
    (
        "require.yaml",
        "\
id: ZZ912
name: 各部分与表格
level: error
basis: {doc: 测试用规则, strength: practice}
require: {sections: [总体情况, 其他事项], tables: [申请办理表, 复议诉讼表], text: 错别.}
say: {missing: 缺少“<item>”, text: 没有这些字}
en: {name: Sections and tables, say: {missing: “<item>” is missing, text: the words are missing}}
",
    ),
    (
        "script.yaml",
        "\
id: ZZ913
name: 自言自语
level: info
basis: {doc: 测试用规则, strength: practice}
script: |
  for m in doc.find(`错(?<字>.)子`) {
    debug(m);
    debug(#{n: 1, 字: m.cap(\"字\"), all: [true, (), 1.5, \"x\"]});
  }
  report(#{at: doc.title, say: \"看完了\", en: \"done\"});
en: {name: Thinking aloud}
",
    ),
];

fn room() -> Room {
    let room = Room::new();
    room.write(".rules/tie.yaml", TIE_RULE);
    for (name, rule) in RULES {
        room.write(&format!(".rules/{name}"), rule);
    }
    room.write("报告.txt", REPORT);
    // One column does not add up, one has a blank cell.
    room.write("空格.txt", REPORT.replace("12\t3\t15", "12\t/\t15"));
    room
}

#[test]
fn a_trace_shows_what_a_rule_bound_to_and_how_it_judged() {
    let room = room();
    for lang in ["zh", "en"] {
        let ran = room.run(&["check", "空格.txt", "--trace", "ZZ9", "--lang", lang, "--quiet"]);
        assert_eq!(ran.status, 1, "{}", ran.stderr);
        compare(&format!("trace.{lang}.txt"), &ran.stdout);
    }
}

#[test]
fn a_trace_is_data_too_and_empty_where_it_was_not_asked_for() {
    let room = room();
    let document = |args: &[&str]| -> Value { serde_json::from_str(&room.run(args).stdout).expect("a line of JSON") };
    let traced = document(&["check", "报告.txt", "--format", "ndjson", "--trace", "zz903,ZZ911"]);
    let traces = traced["trace"].as_array().expect("traces are a list");
    let rules: Vec<&Value> = traces.iter().map(|trace| &trace["rule"]).collect();
    assert_eq!(rules, ["ZZ903", "ZZ911"]);
    let ends: Vec<&Value> =
        traces[0]["steps"].as_array().expect("steps are a list").iter().map(|step| &step["end"]).collect();
    assert_eq!(ends, ["fails", "holds", "holds"]);
    assert_eq!(traces[0]["steps"][0]["formula"], "12 + 2 == 13 + 2");
    assert_eq!(traces[0]["steps"][0]["parties"][0]["value"], "12");
    assert_eq!(traces[0]["steps"][0]["parties"][0]["span"]["start"]["line"], 12);
    assert_eq!(traces[1]["steps"][0]["end"], "taken-away");

    let mut plain = document(&["check", "报告.txt", "--format", "ndjson"]);
    assert_eq!(plain["trace"], Value::Array(Vec::new()));
    plain["trace"] = traced["trace"].clone();
    assert_eq!(plain, traced, "a trace changes nothing else");
}

#[test]
fn a_trace_that_could_show_nothing_is_refused() {
    let room = room();
    for (args, wanted) in [
        (&["check", "报告.txt", "--trace", "QQ1"][..], "没有编号为“QQ1”的规则"),
        (&["check", "报告.txt", "--trace", "ZZ903", "--ignore", "ZZ903"], "--trace ZZ903"),
        (&["check", "报告.txt", "--trace", "ZZ903", "--format", "short"], "--format short"),
    ] {
        let ran = room.run(args);
        assert_eq!(ran.status, 2, "{args:?}: {}", ran.stdout);
        assert!(ran.stderr.contains(wanted), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn stats_count_what_every_rule_did() {
    let room = room();
    let ran = room.run(&["check", "报告.txt", "空格.txt", "--stats"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    let (_, table) = ran.stdout.split_once("各规则统计（2 份文件，按用时排列）\n").expect("the table comes last");
    let row = |name: &str| -> Vec<usize> {
        let line = table.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}\n{table}"));
        let cells: Vec<&str> = line.split_whitespace().skip(1).collect();
        cells[..7].iter().map(|cell| cell.parse().expect("a number")).collect()
    };
    // Three columns in each report, of which one is wrong; the word stands four times in each.
    assert_eq!(row("ZZ903"), [6, 2, 0, 0, 0, 0, 0], "{table}");
    assert_eq!(row("ZZ901"), [8, 8, 0, 0, 0, 0, 0], "{table}");
    let rules = ["ZZ901", "ZZ902", "ZZ903", "ZZ911", "ZZ912", "ZZ913"];
    let total: Vec<usize> = (0..7).map(|at| rules.iter().map(|rule| row(rule)[at]).sum()).collect();
    assert_eq!(row("合计"), total, "{table}");

    let ran = room.run(&["check", "报告.txt", "--stats", "--format", "json"]);
    assert!(serde_json::from_str::<Value>(&ran.stdout).is_ok(), "{}", ran.stdout);
    assert!(ran.stderr.contains("各规则统计（1 份文件"), "{}", ran.stderr);
}
