//! What rule authors are given: pages of rules, schemas, a first configuration, skeletons of rules.

use crate::room::Room;

#[test]
fn every_rule_gets_a_page() {
    let room = Room::new();
    let ran = room.gouji(&["rules", "doc", ".rules", "-o", "pages"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "pages：共 3 页，改写 3 页，删去 0 页\n"), "{}", ran.stderr);
    let page = room.read("pages/ZZ901.md");
    for part in ["# ZZ901 错别字", "实践（非文件规定）：测试用规则", "改正用字", "mend the word", "`这里有错别子。`"]
    {
        assert!(page.contains(part), "{part} is missing in\n{page}");
    }
    let ran = room.gouji(&["rules", "doc", ".rules", "-o", "pages", "--lang", "en"]);
    assert_eq!(ran.stdout, "pages: 3 pages, 0 written, 0 removed\n");
}

#[test]
fn pages_of_rules_that_are_gone_go_too_and_nothing_else() {
    let room = Room::new();
    room.gouji(&["rules", "doc", ".rules", "-o", "pages"]);
    let stale = room.read("pages/ZZ902.md");
    room.write("pages/ZZ903.md", "# 自己写的\n");
    room.write("pages/notes.md", stale);
    let ran = room.gouji(&["rules", "doc", ".rules/word.yaml", "-o", "pages"]);
    assert_eq!(ran.stdout, "pages：共 2 页，改写 1 页，删去 1 页\n", "{}", ran.stderr);
    assert!(!room.path("pages/ZZ902.md").exists());
    assert!(room.path("pages/ZZ903.md").exists() && room.path("pages/notes.md").exists());
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let room = Room::new();
    room.write("docs/README.md", "# 我的说明\n");
    let ran = room.gouji(&["rules", "doc", ".rules", "-o", "docs"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("README.md 不是 rules doc 写的"), "{}", ran.stderr);
    assert_eq!(room.read("docs/README.md"), "# 我的说明\n");
    assert!(!room.path("docs/ZZ901.md").exists());
    // A page that bears the mark but lies in a folder without the tool's index may be kept for a reason.
    room.gouji(&["rules", "doc", ".rules", "-o", "pages"]);
    room.write("kept/ZZ777.md", room.read("pages/ZZ901.md"));
    room.gouji(&["rules", "doc", ".rules", "-o", "kept"]);
    assert!(room.path("kept/ZZ777.md").exists());
}

#[test]
fn a_first_configuration_and_rule_are_written_and_nothing_is_written_over() {
    let room = Room::new();
    let ran = room.gouji(&["init", "本地"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.starts_with("写了 本地/gouji.yaml\n写了 本地/规则/XX101-机构简称.yaml\n接下来："),
        "{}",
        ran.stdout
    );
    let ran = room.gouji(&["rules", "test", "本地/规则"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "通过 2，未通过 0，待办 0\n"), "{}", ran.stderr);
    room.write("本地/gouji.yaml", "profile: draft\n");
    let ran = room.gouji(&["init", "本地", "--lang", "en"]);
    assert!(ran.stdout.starts_with("本地/gouji.yaml is there already and stays as it is\n"), "{}", ran.stdout);
    assert_eq!(room.read("本地/gouji.yaml"), "profile: draft\n");
}

#[test]
fn the_first_configuration_names_every_key() {
    let room = Room::new();
    room.gouji(&["init", "."]);
    let schema = room.gouji(&["rules", "schema", "config"]).stdout;
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("it is JSON");
    let config = room.read("gouji.yaml");
    let keys = schema["properties"].as_object().expect("it has keys").keys();
    for key in keys {
        let there = config.lines().any(|line| line.trim_start_matches("# ").starts_with(&format!("{key}:")));
        assert!(there, "{key} is not in\n{config}");
    }
}

#[test]
fn a_new_rule_runs_as_it_is() {
    let room = Room::new();
    let ran = room.gouji(&["rules", "new", "qh101", "-o", "新.yaml"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    assert!(room.read("新.yaml").contains("\nid: QH101\n"));
    assert_eq!(room.gouji(&["rules", "test", "新.yaml"]).stdout, "通过 2，未通过 0，待办 0\n");
    let again = room.gouji(&["rules", "new", "-o", "新.yaml"]);
    assert_eq!(again.status, 2);
    assert!(again.stderr.contains("已有 新.yaml，未改动"), "{}", again.stderr);
    for (code, why) in [("NB301", "编号 NB301 已有规则“申请收支平衡”"), ("X1", "两个字母加三位数字")]
    {
        let ran = room.gouji(&["rules", "new", code]);
        assert!(ran.status == 2 && ran.stderr.contains(why), "{}", ran.stderr);
    }
}

const BUDGET: &str = "# 支出\n\n| 项目 | 预算数 |\n|---|---|\n| 基本支出 | 1 |\n| 项目支出 | 2 |\n| 合计 | 3 |\n";

#[test]
fn a_rule_over_a_table_has_its_labels_and_runs_as_it_is() {
    let room = Room::new();
    room.write("表.md", BUDGET);
    let ran = room.gouji(&["rules", "new", "--from-table", "表.md", "-o", "表.yaml"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let rule = room.read("表.yaml");
    for part in ["rows: [基本支出, 项目支出, 合计]", "cols: [预算数]", "assert: 合计 == sum(各项)", "#   项目支出\n"]
    {
        assert!(rule.contains(part), "{part} is missing in\n{rule}");
    }
    assert_eq!(room.gouji(&["rules", "test", "表.yaml"]).stdout, "通过 2，未通过 0，待办 0\n");
    room.write("错.md", BUDGET.replace("| 3 |", "| 4 |"));
    let ran = room.gouji(&["check", "错.md", "--rules", "表.yaml", "--select", "XX102", "--format", "short"]);
    assert!(ran.stdout.contains("合计为 4，各项之和为 3，相差 1"), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn a_table_that_is_not_there_is_told() {
    let room = Room::new();
    room.write("表.md", BUDGET);
    let ran = room.gouji(&["rules", "new", "--from-table", "表.md", "--table", "2"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("表.md：只有 1 张表，没有第 2 张"), "{}", ran.stderr);
}
