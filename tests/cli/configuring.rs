//! `gouji.yaml`: which one counts, what it changes, and how that is told.

use crate::room::{CLEAN, MENDED, Room, WRONG};
use serde_json::Value;

/// The levels of the findings of a run, by path: `a.txt error`.
fn levels(stdout: &str) -> Vec<String> {
    let line = |line: &str| {
        let (path, rest) = line.split_once(':')?;
        let level = ["error", "warning", "info"].into_iter().find(|level| rest.contains(&format!(" {level}[ZZ")))?;
        Some(format!("{path} {level}"))
    };
    stdout.lines().filter_map(line).collect()
}

#[test]
fn the_nearest_above_each_report_counts() {
    let room = Room::new();
    room.write("gouji.yaml", "rules: {ZZ901: warning}\n");
    room.write("b/gouji.yaml", "rules: {ZZ901: info}\n");
    for name in ["a.txt", "b/b.txt", "b/c/c.txt", "d/d.txt"] {
        room.write(name, WRONG);
    }
    let ran = room.run(&["check", ".", "--format", "short"]);
    assert_eq!(levels(&ran.stdout), ["a.txt warning", "b/b.txt info", "b/c/c.txt info", "d/d.txt warning"]);
    let ran = room.run(&["check", "."]);
    assert!(ran.stdout.contains("\n配置：b/gouji.yaml、gouji.yaml\n"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("未检查"), "a configuration is no report: {}", ran.stdout);
    let ran = room.run(&["check", "d", "--lang", "en"]);
    assert!(ran.stdout.contains("\nconfiguration: gouji.yaml\n"), "{}", ran.stdout);
    let ran = room.run(&["check", "b", "--format", "json"]);
    let whole: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!(whole["documents"][0]["config"], "b/gouji.yaml");
}

#[test]
fn the_search_ends_at_the_root_of_the_repository() {
    let room = Room::new();
    room.write("gouji.yaml", "rules: {ZZ901: warning}\n");
    room.write("inner/.git", "gitdir: elsewhere\n");
    room.write("inner/a.txt", WRONG);
    let ran = room.run(&["check", "inner", "--format", "json"]);
    let whole: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!((&whole["documents"][0]["config"], &whole["summary"]["errors"]), (&Value::Null, &Value::from(1)));
    room.write("inner/gouji.yaml", "rules: {ZZ901: info}\n");
    assert_eq!(levels(&room.run(&["check", "inner", "--format", "short"]).stdout), ["inner/a.txt info"]);
}

#[test]
fn a_configuration_may_be_named_or_refused() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    room.write("gouji.yaml", "rules: {ZZ901: warning}\n");
    room.write("other.yaml", "rules: {ZZ901: info}\n");
    let level = |args: &[&str]| levels(&room.run(&[&["check", "a.txt", "--format", "short"], args].concat()).stdout);
    assert_eq!(level(&[]), ["a.txt warning"]);
    assert_eq!(level(&["--config", "other.yaml"]), ["a.txt info"]);
    assert_eq!(level(&["--no-config"]), ["a.txt error"]);
    let ran = room.run_fed(&["check", "-", "--format", "short"], WRONG.as_bytes());
    assert_eq!(levels(&ran.stdout), ["stdin.txt warning"]);
    assert_eq!(room.run(&["check", "a.txt", "--config", "other.yaml", "--no-config"]).status, 2);
}

#[test]
fn a_configuration_that_can_not_be_read_is_never_passed_over() {
    let room = Room::new();
    room.write("a.txt", CLEAN);
    let refused = |args: &[&str], told: &str| {
        let ran = room.run(&[&["check", "a.txt"], args].concat());
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    };
    refused(&["--config", "gone.yaml"], "无法读取配置 gone.yaml：文件不存在");
    refused(&["--config", "gone.yaml", "--lang", "en"], "configuration gone.yaml can not be read: no such file");
    refused(&["--config", "."], "是文件夹");
    room.write("gouji.yaml", b"rules: \xff\xfe\n");
    refused(&[], "无法读取配置 gouji.yaml：必须是 UTF-8 编码");
    room.write("gouji.yaml", vec![b'#'; (1 << 20) + 1]);
    refused(&[], "文件超过 1 MiB");
    std::fs::remove_file(room.path("gouji.yaml")).expect("it is there");
    room.write("gouji.yml", "profile: draft\n");
    refused(&[], "找到 gouji.yml：配置文件要叫 gouji.yaml");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_or_round_is_told() {
    let room = Room::new();
    room.write("a.txt", CLEAN);
    for target in ["nowhere.yaml", "gouji.yaml"] {
        std::os::unix::fs::symlink(target, room.path("gouji.yaml")).expect("a link can be made");
        let ran = room.run(&["check", "a.txt"]);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("无法读取配置 gouji.yaml"), "{}", ran.stderr);
        std::fs::remove_file(room.path("gouji.yaml")).expect("it is there");
    }
}

#[test]
fn overrides_hold_for_their_files_and_later_ones_win() {
    let room = Room::new();
    room.write(
        "gouji.yaml",
        "rules: {ZZ901: info}\noverrides:\n- files: [草稿/, '*.md', '!要.md']\n  rules: {ZZ901: off}\n- {files: ./草稿/甲.txt, rules: {ZZ901: error}}\n",
    );
    for name in ["a.txt", "b.md", "要.md", "草稿/甲.txt", "草稿/深/乙.txt", "深/草稿/甲.txt"] {
        room.write(name, WRONG);
    }
    let ran = room.run(&["check", ".", "--format", "short"]);
    assert_eq!(levels(&ran.stdout), ["a.txt info", "草稿/甲.txt error", "要.md info"]);
    let ran = room.run_fed(&["check", "-", "--stdin-name", "草稿/甲.txt", "--format", "short"], WRONG.as_bytes());
    assert_eq!(levels(&ran.stdout), ["草稿/甲.txt error"]);
}

#[test]
fn faults_of_overrides_are_told_before_a_report_comes_that_they_hold_for() {
    let room = Room::new();
    room.write("a.txt", CLEAN);
    room.write("gouji.yaml", "overrides:\n- {files: '*.md', rules: {ZZ910: off}}\n");
    let ran = room.run(&["check", "a.txt"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stdout.contains("没有规则“ZZ910”"), "{}", ran.stdout);
}

#[test]
fn what_extends_says_comes_first_and_each_file_speaks_once() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    room.write("gouji.yaml", "extends: [./b/one.yaml, ./b/two.yaml]\n");
    room.write("b/one.yaml", "extends: ./base.yaml\nrules: {ZZ901: info}\n");
    room.write("b/two.yaml", "extends: ./base.yaml\n");
    room.write("b/base.yaml", "rules: {ZZ901: warning}\n");
    let ran = room.run(&["check", "a.txt", "--format", "short"]);
    assert_eq!((ran.status, levels(&ran.stdout)), (0, vec!["a.txt info".to_owned()]), "{}", ran.stderr);
    let ran = room.gouji(&["config"]);
    assert!(
        ran.stdout.starts_with("配置\n  gouji.yaml\n  b/two.yaml\n  b/one.yaml\n  b/base.yaml\n档次\n  publish\n"),
        "{}",
        ran.stdout
    );
}

#[test]
fn extends_names_the_packs_and_paths_bring_local_rules() {
    let room = Room::new();
    room.write("sub/a.txt", WRONG);
    room.write("gouji.yaml", "extends: annual-report\npaths: ./.rules\nrules: {NB: off}\n");
    let ran = room.gouji(&["check", "sub", "--format", "json"]);
    let whole: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    let ledger = whole["documents"][0]["ledger"].as_array().expect("it is a list");
    let rules: Vec<&str> = ledger.iter().filter_map(|entry| entry["rule"].as_str()).collect();
    assert_eq!((ran.status, rules), (1, vec!["ZZ901", "ZZ902"]), "{}", ran.stderr);
    // Rules that are named twice are loaded once.
    assert_eq!(room.run(&["check", "sub"]).status, 1);
    let ran = room.gouji(&["config", "sub"]);
    assert!(
        ran.stdout.contains("自带规则包\n  annual-report\n本地规则\n  .rules：2 份文件（gouji.yaml:2）\n"),
        "{}",
        ran.stdout
    );
    room.write("gouji.yaml", "extends: ./.rules\nrules: {ZZ902: info}\n");
    // Rules are tested as they were written.
    let ran = room.gouji(&["rules", "test"]);
    assert!(ran.status == 0 && ran.stdout.starts_with("通过 4，"), "{}{}", ran.stdout, ran.stderr);
    let ran = room.gouji(&["rules", "list"]);
    let codes: Vec<&str> = ran.stdout.lines().filter_map(|line| line.split_once("  ")).map(|(code, _)| code).collect();
    // Those of the tool's own are always there.
    let own = |code: &&&str| code.starts_with("XT") || code.starts_with("NB51");
    assert_eq!(codes.iter().filter(|code| !own(code)).collect::<Vec<_>>(), [&"ZZ901", &"ZZ902"]);
}

#[test]
fn a_local_rule_with_the_code_of_a_shipped_one_is_told_of_with_a_way_out() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    let own = room.read(".rules/word.yaml").replace("ZZ901", "NB301");
    room.write("01/own.yaml", own);
    room.write("gouji.yaml", "paths: ./01\n");
    let ran = room.gouji(&["check", "a.txt", "--format", "short"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stdout.contains("01/own.yaml:1:5: error[rule] “NB301”已经有了"), "{}", ran.stdout);
    let ran = room.gouji(&["check", "a.txt"]);
    assert!(ran.stdout.contains("换一个编号"), "{}", ran.stdout);
}

#[test]
fn a_profile_is_said_by_configuration_or_argument() {
    let room = Room::new();
    room.write("a.txt", "青禾县水利局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n全年公开信息45条。\n");
    let n_missing = |args: &[&str]| {
        let all = [&["check", "a.txt", "--format", "short", "--select", "NB101"], args].concat();
        let ran = room.gouji(&all);
        ran.stdout.matches("[NB101]").count()
    };
    assert!(n_missing(&[]) > 0);
    assert_eq!(n_missing(&["--profile", "draft"]), 0);
    room.write("gouji.yaml", "profile: draft\n");
    assert_eq!(n_missing(&[]), 0);
    assert!(n_missing(&["--profile", "publish"]) > 0);
    let ran = room.gouji(&["check", "a.txt", "--select", "NB101"]);
    assert_eq!(ran.stderr, "gouji：--select 选中的 NB101 已关闭，没有检查（档次 draft（gouji.yaml:1））\n");
}

#[test]
fn what_is_off_is_said_wherever_it_is_asked_for() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    room.write("gouji.yaml", "rules:\n  ZZ901: off\n");
    let ran = room.gouji(&["check", "a.txt", "--rules", ".rules", "--select", "ZZ901", "--lang", "en"]);
    assert_eq!(ran.stderr, "gouji: ZZ901, which --select names, is off and was not checked (gouji.yaml:2)\n");
    let ran = room.gouji(&["explain", "ZZ901", "--rules", ".rules"]);
    assert!(ran.status == 0 && ran.stdout.ends_with("\n这条规则已关闭：gouji.yaml:2\n"), "{}", ran.stdout);
    let ran = room.gouji(&["rules", "list", "--rules", ".rules"]);
    assert!(ran.stdout.ends_with("\n另有 5 条关闭：GW601、GW602、GW603、GW604、ZZ901\n"), "{}", ran.stdout);
    let ran = room.gouji(&["rules", "list", "--rules", ".rules", "--format", "json"]);
    let list: Value = serde_json::from_str(&ran.stdout).expect("the list is JSON");
    let off = |rule: &&Value| rule["off"] == true;
    let off: Vec<&Value> = list.as_array().expect("it is a list").iter().filter(off).map(|rule| &rule["id"]).collect();
    assert_eq!(off, ["GW601", "GW602", "GW603", "GW604", "ZZ901"]);
    room.write("b/b.txt", WRONG);
    room.write("gouji.yaml", "overrides:\n- {files: b/, rules: {ZZ901: off}}\n");
    let ran = room.gouji(&["check", "a.txt", "b", "--rules", ".rules", "--select", "ZZ901"]);
    assert_eq!(ran.stderr, "", "it is off for one of them only");
    room.write("gouji.yaml", "extends: []\n");
    let ran = room.gouji(&["check", "a.txt"]);
    assert_eq!(ran.stderr, "gouji：gouji.yaml 没有留下任何规则，用它的报告没有检查\n");
    assert_eq!((ran.status, ran.stdout.contains("没有检查任何文件")), (2, true), "{}", ran.stdout);
    assert!(ran.stdout.contains("未检查 1 份文件（没有一条规则查它）：a.txt"), "{}", ran.stdout);
    let ran = room.gouji(&["check", "a.txt", "--format", "json"]);
    let whole: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!((ran.status, &whole["not_checked"][0]["path"]), (2, &Value::from("a.txt")));
}

#[test]
fn a_parameter_is_set_and_told_where_the_rule_is_explained() {
    let room = Room::new();
    room.write("a.txt", "全年通过门户网站、政务新媒体、政务公开栏等渠道公开信息45条。\n");
    room.write("gouji.yaml", "profile: strict\nrules: {GW601: {params: {字数: 20}}}\n");
    let ran = room.gouji(&["check", "a.txt"]);
    assert!(ran.stdout.contains("提示[GW601]") && ran.stdout.contains("超过 20 个"), "{}", ran.stdout);
    let ran = room.gouji(&["explain", "GW601"]);
    assert!(ran.stdout.contains("字数（整数，默认 150，范围 20..2000，现为 20）"), "{}", ran.stdout);
    room.write("gouji.yaml", "profile: strict\nrules: {GW601: {params: {字数: 短}}}\n");
    let ran = room.gouji(&["check", "a.txt"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stdout.contains("[gouji.yaml:2:30]") && ran.stdout.contains("要一个整数"), "{}", ran.stdout);
}

#[test]
fn fix_and_inspect_heed_the_configuration() {
    let room = Room::new();
    room.write("a/a.txt", WRONG);
    room.write("b/b.txt", WRONG);
    room.write("a/gouji.yaml", "rules: {ZZ901: off}\n");
    let ran = room.run(&["fix", "a", "b"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!((room.read("a/a.txt"), room.read("b/b.txt")), (WRONG.to_owned(), MENDED.to_owned()));
    assert!(ran.stdout.ends_with("\n配置：a/gouji.yaml\n"), "{}", ran.stdout);
    room.write("a/gouji.yaml", "paths: ./gone\n");
    let ran = room.gouji(&["inspect", "a/a.txt"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("读不了 ./gone：文件不存在") && ran.stdout.contains("a.txt"), "{}", ran.stderr);
}

#[test]
fn the_chain_of_who_says_what_is_shown() {
    let room = Room::new();
    room.write("base.yaml", "rules: {ZZ9: warning, ZZ902: off}\n");
    room.write(
        "gouji.yaml",
        "extends: ./base.yaml\nprofile: draft\nrules:\n  ZZ901: info\noverrides:\n- {files: '*.md', rules: {ZZ901: off}}\n",
    );
    room.write("a.md", WRONG);
    let why = |args: &[&str]| room.gouji(&[&["config", "--rules", ".rules", "--why"], args].concat());
    let ran = why(&["zz901"]);
    let told = "ZZ901 错别字：info\n  error    规则文件 .rules/word.yaml\n  warning  ZZ9（base.yaml:1）\n→ info     ZZ901（gouji.yaml:4）\n  off      ZZ901（gouji.yaml:6），不适用于此\n";
    assert_eq!((ran.status, ran.stdout.as_str()), (0, told), "{}", ran.stderr);
    let ran = why(&["ZZ901", "a.md", "--lang", "en"]);
    let told = "ZZ901 Wrong word: off\n  error    rule file .rules/word.yaml\n  warning  ZZ9 (base.yaml:1)\n  info     ZZ901 (gouji.yaml:4)\n→ off      ZZ901 (gouji.yaml:6)\n";
    assert_eq!(ran.stdout, told);
    let ran = why(&["NB101"]);
    assert!(ran.stdout.ends_with("→ off      档次 draft（gouji.yaml:2）\n"), "{}", ran.stdout);
    let ran = why(&["ZZ991"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (2, "gouji：没有编号为“ZZ991”的规则；相近的有 ZZ901、ZZ902\n"));
    assert_eq!(room.gouji(&["config", "gone"]).stderr, "gouji：gone：文件不存在\n");
}

#[test]
fn extends_is_not_followed_for_ever() {
    let room = Room::new();
    room.write("a.txt", CLEAN);
    room.write("gouji.yaml", "extends: ./00.yaml\n");
    for n in 0..20 {
        room.write(&format!("{n:02}.yaml"), format!("extends: ./{:02}.yaml\n", n + 1));
    }
    let ran = room.run(&["check", "a.txt", "--format", "short"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stdout.contains("14.yaml:1:10: error[config] extends 套了 16 层以上"), "{}", ran.stdout);
}

#[test]
fn the_example_of_the_page_is_a_configuration() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/configuration.md"));
    let page = page.expect("the page is there");
    let (_, rest) = page.split_once("```yaml\n").expect("it has an example");
    let (example, _) = rest.split_once("```").expect("the example ends");
    let room = Room::new();
    room.write("gouji.yaml", example);
    room.write("共用/全县.yaml", "rules: {NB102: info}\n");
    room.write("规则/word.yaml", room.read(".rules/word.yaml"));
    room.write("草稿/a.txt", CLEAN);
    let ran = room.gouji(&["config", "草稿/a.txt"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("档次\n  draft"), "{}", ran.stdout);
}

#[test]
fn a_configuration_under_almost_its_name_is_told_of() {
    for name in ["Gouji.yaml", "gouji.yaml.txt", "gouji.yml"] {
        let room = Room::new();
        room.write("a.txt", WRONG);
        room.write(name, "rules: {ZZ901: off}\n");
        let ran = room.run(&["check", "a.txt"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{name}");
        assert!(ran.stderr.contains(&format!("找到 {name}：配置文件要叫 gouji.yaml")), "{}", ran.stderr);
    }
}
