//! Help, rule pages and lists, what was understood, and the tests inside rule files.

use crate::room::{Room, WRONG};
use serde_json::Value;

#[test]
fn help_speaks_the_users_language() {
    let room = Room::new();
    let ran = room.gouji(&["--help"]);
    assert_eq!(ran.status, 0);
    assert!(ran.stdout.contains("用法：gouji") && ran.stdout.contains("示例："), "{}", ran.stdout);
    let ran = room.gouji(&["check", "--help", "--lang", "en"]);
    assert_eq!(ran.status, 0);
    assert!(ran.stdout.contains("Usage: gouji check"), "{}", ran.stdout);
    assert!(room.gouji(&["--version"]).stdout.starts_with("gouji "));
}

#[test]
fn a_rule_explains_itself() {
    let room = Room::new();
    let ran = room.gouji(&["explain", "zz901", "--rules", ".rules"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    for wanted in
        ["ZZ901 错别字（错误）", "查什么", "为什么", "实践（非文件规定）", "这里有错别子。", "怎么改", "改正用字"]
    {
        assert!(ran.stdout.contains(wanted), "{wanted}\n{}", ran.stdout);
    }
}

#[test]
fn a_rule_tells_its_parameters_and_where_it_comes_from() {
    let room = Room::new();
    let ran = room.gouji(&["explain", "NB305"]);
    for wanted in ["组别（文字，默认 “未经复议直接起诉”）：", "未经复议直接起诉：各项之和", "未写的部分取自 NB304"]
    {
        assert!(ran.stdout.contains(wanted), "{wanted}\n{}", ran.stdout);
    }
    // A hint on style, which speaks under the strict profile only.
    let ran = room.gouji(&["explain", "GW601", "--lang", "en"]);
    for wanted in ["字数 (integer, by default 150, within 20..2000): the most characters", "more than 150 characters"]
    {
        assert!(ran.stdout.contains(wanted), "{wanted}\n{}", ran.stdout);
    }
}

#[test]
fn rules_are_listed_for_people_and_programs() {
    let room = Room::new();
    let ran = room.gouji(&["rules", "list", "--rules", ".rules"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("ZZ901  错误"), "{}", ran.stdout);
    let ran = room.gouji(&["rules", "list", "--rules", ".rules", "--format", "json"]);
    let list: Value = serde_json::from_str(&ran.stdout).expect("the list is JSON");
    let found = list.as_array().expect("it is a list").iter().any(|rule| rule["id"] == "ZZ901");
    assert!(found, "{}", ran.stdout);
}

#[test]
fn inspect_shows_what_was_understood() {
    let room = Room::new();
    room.write("a.txt", "某某报告\n\n一、概况\n2024年收到12件。\n\n二、数据\n\n项目\t数量\n收到\t12\n办结\t11\n");
    let ran = room.gouji(&["inspect", "a.txt"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    for wanted in ["提纲（2）", "一、概况", "表格（1）", "数量", "办结", "11"] {
        assert!(ran.stdout.contains(wanted), "{wanted}\n{}", ran.stdout);
    }
    let ran = room.gouji(&["inspect", "--json", "a.txt"]);
    let whole: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!(whole["schema"], "gouji-inspect/1");
    assert_eq!(whole["tables"][0]["rows"][1]["cells"][0]["value"], "11");
    room.write("b.txt", WRONG);
    assert_eq!(room.gouji(&["inspect", "--text", "b.txt"]).stdout, WRONG);
}
