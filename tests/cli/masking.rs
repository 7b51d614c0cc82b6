//! What a masking rule hits is in no output and in no file that is written, but for the mended report itself.

use crate::room::{Ran, Room};
use gouji_core::fold::Folded;
use serde_json::Value;

/// Rules that speak of what stands beside a secret, and of the secret.
const RULES: [(&str, &str); 3] = [
    (
        "find.yaml",
        "\
id: ZZ921
name: 引用来电
level: warning
basis: {doc: 测试用规则, strength: practice}
find: 手机(?<号码>[0-9０-９ ]+)(?<后>来电|反映)
say: 手机<号码>后面写了“<后>”，全文是“<text>”
label: {号码: 就是<号码>}
help: 回拨<号码>核实
fix: [{title: 在<号码>后加字, safe: 手机<号码>先后<后>}]
",
    ),
    (
        "assert.yaml",
        "\
id: ZZ922
name: 把手机当成数
level: error
basis: {doc: 测试用规则, strength: logic}
in: text
let: {号: {number: '手机(?<n>NUM)'}}
each: 号
assert: 号 + 1 == 12
say: <号>加一等于<lhs>，不是<rhs>，差<delta>（<号.label>）
",
    ),
    (
        "script.yaml",
        "\
id: ZZ923
name: 自言自语
level: info
basis: {doc: 测试用规则, strength: practice}
script: |
  for m in doc.find(`手机[0-9]+`) {
    debug(m);
    report(#{at: m, say: `在${m.str}，前文${m.before(14)}`, en: \"here\", suggest: `电话${m.after(0)}${m.str}`});
  }
  for t in doc.tables() { for c in t.cells() { debug(c.text); } }
",
    ),
];

/// Each stands in the report in several ways to write it.
const SECRETS: [&str; 4] = ["41999919900307001X", "13987650017", "6222314159265358977", "qinghe_wxm@163.com"];

const REPORT: &str = "\
青禾县水利局2024年政府信息公开工作年度报告

一、总体情况

截止目前，王某某（身份证号41999919900307001X）用手机13987650017反映,我局已经答复。同一手机１３９８７６５００１７反映了另一件事，手机139 8765 0017来电要求尽快办理，身份证号419999 19900307 001X再次登记。
补助打入卡号6222 3141 5926 5358 977，卡号6222314159265358977，邮箱qinghe_wxm@163.com。

（一）答复手机13987650017

二、主动公开政府信息情况

三、收到和处理政府信息公开申请情况

（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t\t自然人\t商业企业\t总计
一、本年新收政府信息公开申请数量\t\t13987650017\t3\t15
二、上年结转政府信息公开申请数量41999919900307001X\t\t2\t0\t2
三、本年度办理结果\t（一）予以公开\t9\t3\t12
\t（七）总计\t13\t3\t16
四、结转下年度继续办理\t\t2\t0\t1
";

fn room(name: &str, report: &str) -> Room {
    let room = Room::bare();
    for (name, rule) in RULES {
        room.write(&format!(".rules/{name}"), rule);
    }
    room.write(name, report);
    room
}

/// Fails where seven characters of a secret stand together, however they are spaced and in whatever width.
fn assert_masked(what: &str, text: &str) {
    let drawn: String = text.chars().filter(|c| !"│ \\".contains(*c)).collect();
    let folded = Folded::new(&drawn, 0).text;
    for secret in SECRETS {
        for at in 0..=secret.len() - 7 {
            let piece = &secret[at..at + 7];
            let found = folded.find(piece).map(|at| folded[..at].chars().rev().take(60).collect::<String>());
            let before: Option<String> = found.map(|before| before.chars().rev().collect());
            assert_eq!(before, None, "{what} shows {piece} of {secret}");
        }
    }
}

fn quiet(what: &str, ran: &Ran) {
    assert!(ran.status <= 1, "{what}: {} {}", ran.status, ran.stderr);
    assert_masked(what, &ran.stdout);
    assert_masked(what, &ran.stderr);
}

/// Runs a command on a report, and looks at all it says.
fn look(room: &Room, args: &[&str]) -> Ran {
    let ran = room.gouji(&[args, &["--rules", ".rules"]].concat());
    quiet(&format!("{args:?}"), &ran);
    ran
}

/// The same report in Markdown, where emphasis cuts one number in two.
fn markdown() -> String {
    let table = "\
| 本列数据 | 自然人 | 总计 |
|---|---|---|
| 一、本年新收政府信息公开申请数量 | 13987650017 | 15 |
";
    let text = REPORT.split("（本列数据").next().expect("there is something before it").replace("。\n", "。\n\n");
    let text =
        text.replace("二、主动", "## 二、主动").replace("三、收到", "## 三、收到").replace("一、总", "## 一、总");
    let text = text.replace("手机13987650017反映", "手机139**8765**0017反映");
    format!("# {text}[来电](tel:13987650017)\n\n{table}")
}

#[test]
fn no_output_shows_what_is_masked() {
    for (name, report) in [("报告.txt", REPORT.to_owned()), ("报告.md", markdown())] {
        let room = room(name, &report);
        for args in [
            vec!["check", name],
            vec!["check", name, "--format", "short", "--lang", "en"],
            vec!["check", name, "--format", "json"],
            vec!["check", name, "--format", "ndjson"],
            vec!["check", name, "--trace", "ZZ,AQ,NB3,GW"],
            vec!["check", name, "--trace", "ZZ,AQ,NB3", "--format", "json"],
            vec!["check", name, "--stats", "--width", "40"],
            vec!["check", name, "--select", "ZZ,GW"],
            vec!["check", name, "--ignore", "AQ"],
            vec!["fix", name, "--diff"],
            vec!["fix", name, "--diff", "--unsafe", "--ignore", "AQ"],
            vec!["baseline", "create", name, "-o", "neu.jsonl"],
        ] {
            look(&room, &args);
        }
        assert_masked("the baseline", &room.read("neu.jsonl"));
        for args in [vec!["inspect", name], vec!["inspect", name, "--json"], vec!["inspect", name, "--text"]] {
            look(&room, &args);
        }
        for (line, _) in (1..).zip(report.lines()).filter(|(_, line)| line.contains("999")) {
            look(&room, &["explain", "--at", &format!("{name}:{line}"), "--lang", "en"]);
        }
    }
}

#[test]
fn what_is_settled_is_masked_too() {
    let room = room("报告.txt", REPORT);
    room.write("gouji.yaml", "accept:\n  - {rule: AQ101, at: {text: 41999919900307001X}, reason: 已经核实}\n");
    look(&room, &["check", "报告.txt", "--show-accepted"]);
    room.write("gouji.yaml", "");
    look(&room, &["baseline", "create", "报告.txt"]);
    let ran = look(&room, &["check", "报告.txt", "--baseline", "gouji-baseline.jsonl", "--show-known"]);
    assert!(ran.stdout.contains("AQ101") && ran.stdout.contains("419*************1X"), "{}", ran.stdout);
}

#[test]
fn what_fix_writes_is_whole() {
    let room = room("报告.txt", REPORT);
    quiet("fix", &room.gouji(&["fix", "报告.txt", "--rules", ".rules"]));
    let mended = room.read("报告.txt");
    assert!(mended.contains("手机13987650017先后反映") && mended.contains("截至目前"), "{mended}");
    assert!(mended.contains("（身份证号41999919900307001X）"), "{mended}");
}

#[test]
fn what_explain_offers_can_be_written_into_a_configuration() {
    let room = room("报告.txt", REPORT);
    let told = look(&room, &["explain", "--at", "报告.txt:5"]).stdout;
    let entry = told.split("- rule: AQ101\n").nth(1).expect("an entry is offered").lines().next().unwrap_or_default();
    assert!(entry.contains("419*************1X"), "{entry}");
    for at in [entry.trim().strip_prefix("at: ").expect("it names a place"), "{text: 41999919900307001X}"] {
        room.write("gouji.yaml", format!("accept:\n  - {{rule: AQ101, at: {at}, reason: 已经核实}}\n"));
        let whole = room.gouji(&["check", "报告.txt", "--format", "json", "--select", "AQ101"]).stdout;
        let whole: Value = serde_json::from_str(&whole).expect("it is JSON");
        let findings = whole["documents"][0]["findings"].as_array().expect("there are findings");
        assert!(findings.iter().any(|finding| !finding["accepted"].is_null()), "{at}: {findings:?}");
    }
}

#[test]
fn a_rule_that_is_off_masks_nothing() {
    let room = room("报告.txt", REPORT);
    let shown = |room: &Room| room.gouji(&["check", "报告.txt", "--format", "json", "--select", "GW"]).stdout;
    assert!(!shown(&room).contains("13987650017"));
    room.write("gouji.yaml", "rules: {AQ102: off, AQ110: off}\n");
    assert!(shown(&room).contains("１３９８７６５００１７"));
}

#[test]
fn a_fix_that_would_show_a_secret_shows_no_edits() {
    let room = room("报告.txt", REPORT);
    let whole = room.gouji(&["check", "报告.txt", "--format", "json", "--rules", ".rules"]).stdout;
    let whole: Value = serde_json::from_str(&whole).expect("it is JSON");
    let findings = whole["documents"][0]["findings"].as_array().expect("there are findings");
    let own = findings.iter().find(|finding| finding["rule"] == "ZZ921").expect("it is found");
    assert_eq!(own["fixes"][0]["title"], "在139******17后加字");
    assert_eq!(own["fixes"][0]["edits"], Value::Array(Vec::new()));
    let other = findings.iter().find(|finding| finding["rule"] == "GW305").expect("it is found");
    assert_eq!(other["fixes"][0]["edits"][0]["insert"].as_str().map(str::is_empty), Some(false));
}
