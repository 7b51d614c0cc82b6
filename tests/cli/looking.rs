//! The whole terminal output, as it was last looked at and found good; `UPDATE=1` writes it anew.

use crate::room::{Room, WRONG};
use gouji_tests::golden;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// A tie over one table.
pub(crate) const TIE_RULE: &str = "\
id: ZZ903
name: 收支平衡
level: error
basis: {doc: 国办公开办函〔2021〕30号, clause: 表三 勾稽关系, strength: must}
in: 申请办理表
each: col
let:
  新收: {row: 本年新收政府信息公开申请数量}
  结转: {row: 上年结转政府信息公开申请数量}
  总计: {row: 本年度办理结果 > 总计}
  下年: {row: 结转下年度继续办理}
assert: 新收 + 结转 == 总计 + 下年
say: <col>：<新收>+<结转>=<lhs>，而<总计>+<下年>=<rhs>，相差<|delta|>
help: 对照台账核对这四个数
en: {name: Applications must balance, say: \"<col>: <新收>+<结转>=<lhs> but <总计>+<下年>=<rhs>, off by <|delta|>\", help: check the four numbers}
tests:
  ok: [x]
  bad: [x]
";

pub(crate) const REPORT: &str = "\
某某县商务局2024年政府信息公开工作年度报告

一、总体情况

2024年，本单位认真落实各项要求，这里有一个错别子，需要改！

二、主动公开政府信息情况

三、收到和处理政府信息公开申请情况

（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t\t自然人\t商业企业\t总计
一、本年新收政府信息公开申请数量\t\t12\t3\t15
二、上年结转政府信息公开申请数量\t\t2\t0\t2
三、本年度办理结果\t（一）予以公开\t9\t3\t12
\t（七）总计\t13\t3\t16
四、结转下年度继续办理\t\t2\t0\t1

四、政府信息公开行政复议、行政诉讼情况

五、存在的主要问题及改进情况

错别子要改，错别子还要改。

六、其他需要报告的事项

没有错别子。
";

#[test]
fn a_report_on_the_terminal() {
    let room = Room::new();
    room.write(".rules/tie.yaml", TIE_RULE);
    room.write("报告.txt", REPORT);
    for (lang, width) in [("zh", "100"), ("zh", "60"), ("en", "100")] {
        let ran = room.run(&["check", "报告.txt", "--lang", lang, "--width", width]);
        compare(&format!("report.{lang}.{width}.txt"), &ran.stdout);
    }
}

#[test]
fn a_broken_tie_carries_its_ledger_in_json() {
    let room = Room::new();
    room.write(".rules/tie.yaml", TIE_RULE);
    room.write("报告.txt", REPORT);
    let ran = room.run(&["check", "报告.txt", "--format", "ndjson"]);
    let document: Value = serde_json::from_str(&ran.stdout).expect("one line of JSON");
    let findings = document["findings"].as_array().expect("findings are a list");
    let tie = findings.iter().find(|finding| finding["rule"] == "ZZ903").expect("the tie is broken");
    assert_eq!((&tie["lhs"], &tie["rhs"], &tie["delta"]), (&json!("14"), &json!("15"), &json!("-1")));
    let participants = tie["participants"].as_array().expect("participants are a list");
    let told: Vec<[&Value; 4]> = participants
        .iter()
        .map(|one| [&one["name"], &one["value"], &one["sign"], &one["span"]["start"]["line"]])
        .collect();
    assert_eq!(
        json!(told),
        json!([["新收", "12", 1, 12], ["结转", "2", 1, 13], ["总计", "13", 1, 15], ["下年", "2", 1, 16]])
    );
    for key in ["path", "side", "document"] {
        assert!(participants[0].get(key).is_some(), "{key}");
    }
}

pub(crate) fn compare(name: &str, output: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cli/golden").join(name);
    if golden::differs(&path, output) {
        let golden = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(golden, output, "{name}: look at it, then UPDATE=1 cargo test -p gouji");
    }
}

#[test]
fn the_recommended_command_mends_what_was_checked() {
    let room = Room::new();
    room.write("a b.txt", WRONG);
    let args = ["a b.txt", "--rules", ".rules", "--no-config", "--select", "ZZ901", "--profile", "strict"];
    let ran = room.gouji(&[&["check"], args.as_slice()].concat());
    let wanted = "可自动修正：gouji fix --rules .rules --select ZZ901 --profile strict --no-config \"a b.txt\"\n";
    assert!(ran.stdout.contains(wanted), "{}", ran.stdout);
    let ran = room.run_fed(&["check", "-"], WRONG.as_bytes());
    assert!(ran.stdout.contains("其中 1 个可自动修正\n"), "{}", ran.stdout);
}
