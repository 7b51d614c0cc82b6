//! `accept:` of `gouji.yaml`: what it covers, what is said of entries that cover nothing, and how that is told.

use crate::room::{Room, WRONG};
use serde_json::Value;

/// Two wrong words, one in each of two paragraphs.
const TWICE: &str = "某某情况的报告\n\n这里有一个错别子，需要改。\n那里还有错别子，留着！\n";

/// A table whose sum does not hold in one of its columns.
const TABLE: &str = "| 项目 | 甲数 | 乙数 |\n|---|---|---|\n| 一季度 | 1 | 4 |\n| 二季度 | 2 | 5 |\n| 合计 | 9 | 8 |\n";

/// A rule that ties the rows of that table.
const TIE_RULE: &str = "\
id: ZZ903
name: 合计不对
level: error
basis: {doc: 测试用规则, strength: logic}
in: {table: {rows: [一季度, 二季度, 合计]}}
each: col
let:
  前: {row: 一季度}
  后: {row: 二季度}
  合计: {row: 合计}
assert: 前 + 后 == 合计
say: <col>合计应为<lhs>
en: {name: Wrong sum, say: the sum of <col> is <lhs>}
";

/// `check` in the room's rules and the tool's own, on a day.
fn check(room: &Room, args: &[&str]) -> crate::room::Ran {
    let all = [&["check", "--rules", ".rules", "--select", "ZZ,XT", "--today", "2026-11-21"], args].concat();
    room.gouji(&all)
}

fn json(room: &Room, paths: &[&str]) -> Value {
    let ran = check(room, &[paths, &["--format", "json"]].concat());
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", ran.stdout, ran.stderr))
}

/// Errors, warnings and accepted places of a run.
fn counts(whole: &Value) -> [u64; 3] {
    ["errors", "warnings", "accepted"].map(|key| whole["summary"][key].as_u64().expect("it is a count"))
}

/// What is said at lines of configurations: `gouji.yaml:2:9: warning[XT001]`.
fn told(room: &Room, args: &[&str]) -> Vec<String> {
    let ran = check(room, &[args, &["--format", "short"]].concat());
    let lines = ran.stdout.lines().filter(|line| line.contains("[XT") || line.contains("[config]"));
    lines.filter_map(|line| Some(line.split_once("] ")?.0.to_owned() + "]")).collect()
}

#[test]
fn what_is_quoted_is_accepted_and_nothing_else() {
    let room = Room::new();
    room.write("a.txt", TWICE);
    for (at, accepted) in [
        ("{text: 错别子}", 2),
        ("{text: \"一个-,错别子\"}", 1),
        ("{text: \"错别子,-，留着\"}", 1),
        ("{text: \"还有-,错别子,-，留着\"}", 1),
    ] {
        room.write("gouji.yaml", format!("accept:\n- {{rule: ZZ901, at: {at}, reason: 原文如此, by: 办公室}}\n"));
        let whole = json(&room, &["a.txt"]);
        assert_eq!(counts(&whole), [u64::from(accepted == 1), 1, accepted], "{at}");
        let findings = whole["documents"][0]["findings"].as_array().expect("it is a list");
        let grounds = findings.iter().find(|finding| !finding["accepted"].is_null()).expect("one is accepted");
        assert_eq!(grounds["accepted"]["reason"], "原文如此");
        assert_eq!(grounds["accepted"]["by"], "办公室");
    }
    let ran = check(&room, &["a.txt"]);
    assert!(ran.stdout.contains("另有 1 处已按说明接受") && !ran.stdout.contains("原文如此"), "{}", ran.stdout);
    let ran = check(&room, &["a.txt", "--show-accepted"]);
    assert!(ran.stdout.contains("已接受：原文如此，办公室"), "{}", ran.stdout);
    let ran = room.gouji(&["config", "--rules", ".rules"]);
    assert!(ran.stdout.contains("接受\n  ZZ901：原文如此（gouji.yaml:2）\n"), "{}", ran.stdout);
}

#[test]
fn a_cell_is_accepted_by_its_row_and_column() {
    let room = Room::new();
    room.write(".rules/tie.yaml", TIE_RULE);
    room.write("a.md", TABLE);
    assert_eq!(counts(&json(&room, &["a.md"])), [2, 0, 0]);
    for (at, accepted) in [("{row: 合计, col: 甲数}", 1), ("{row: 合计}", 2), ("{row: 一季度, col: 甲数}", 0)]
    {
        room.write("gouji.yaml", format!("accept: [{{rule: ZZ903, at: {at}, reason: 口径更正}}]\n"));
        let idle = u64::from(accepted == 0);
        assert_eq!(counts(&json(&room, &["a.md"])), [2 - accepted, idle, accepted], "{at}");
    }
}

#[test]
fn a_faulty_entry_is_an_error_and_accepts_nothing() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    for (entry, message) in [
        ("{rule: ZZ901, at: {text: 错别子}}", "缺少键“reason”"),
        ("{rule: ZZ901, reason: 原文如此}", "缺少键“at”"),
        ("{rule: ZZ910, at: {text: 错别子}, reason: 原文如此}", "没有规则“ZZ910”"),
        ("{rule: ZZ901, at: {text: 错别子}, reason: 原文如此, files: '{a'}", "{ 没有闭合"),
        ("{rule: ZZ901, at: {text: 错别子}, reason: 原文如此, untill: 2026-12-31}", "没有键“untill”"),
    ] {
        room.write("gouji.yaml", format!("accept:\n- {entry}\n"));
        let ran = check(&room, &["a.txt", "--format", "short"]);
        assert_eq!(ran.status, 2, "{entry}");
        assert!(ran.stdout.contains("a.txt:3:6: error[ZZ901]"), "{entry}: {}", ran.stdout);
        assert!(ran.stdout.contains("gouji.yaml:2:") && ran.stdout.contains(message), "{entry}: {}", ran.stdout);
    }
    // Of entries for files that are not checked, too.
    room.write("gouji.yaml", "accept: [{rule: ZZ910, at: {text: 错别子}, reason: 原文如此, files: '*.md'}]\n");
    let ran = check(&room, &["a.txt"]);
    assert!(ran.status == 2 && ran.stdout.contains("是不是“ZZ901”？"), "{}", ran.stdout);
}

#[test]
fn an_entry_whose_day_is_over_is_told_at_its_line() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    let entry = |until: &str| {
        room.write(
            "gouji.yaml",
            format!("# 说明\naccept:\n- {{rule: ZZ901, at: {{text: 错别子}}, reason: 原文如此, until: {until}}}\n"),
        );
    };
    entry("2026-11-21");
    assert_eq!(counts(&json(&room, &["a.txt"])), [0, 0, 1]);
    entry("2026-11-20");
    let whole = json(&room, &["a.txt"]);
    assert_eq!(counts(&whole), [1, 1, 0]);
    let of_config = &whole["configs"][0];
    assert_eq!((&of_config["path"], &of_config["findings"][0]["rule"]), (&"gouji.yaml".into(), &"XT002".into()));
    assert_eq!(of_config["findings"][0]["span"]["start"]["line"], 3);
    assert_eq!(of_config["findings"][0]["text"], "ZZ901");
    let ran = check(&room, &["a.txt"]);
    assert!(ran.stdout.contains("警告[XT002] 接受 ZZ901 的说明已于 2026-11-20 到期，不再起作用"), "{}", ran.stdout);
    assert!(ran.stdout.contains("gouji.yaml:3:10"), "{}", ran.stdout);
    let ran = check(&room, &["a.txt", "--format", "ndjson"]);
    assert_eq!(ran.stdout.lines().count(), 1);
    assert!(ran.stderr.contains("gouji.yaml:3:10: warning[XT002]"), "{}", ran.stderr);
}

#[test]
fn an_entry_that_covers_nothing_in_all_its_files_is_told_once() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    room.write("b.txt", TWICE.replace("错别子，留着", "其他字，留着"));
    room.write("gouji.yaml", "accept:\n- {rule: ZZ902, at: {text: 没有的字}, reason: 原文如此}\n");
    assert_eq!(told(&room, &["."]), ["gouji.yaml:2:10: warning[XT001]"]);
    let ran = check(&room, &["."]);
    assert!(
        ran.stdout.contains("删去这条说明，或改正它指明的位置；如果是为别的文件写的，用 files 写明"),
        "{}",
        ran.stdout
    );
    assert_eq!(check(&room, &["a.txt", "--select", "ZZ,XT", "--fail-on", "warning"]).status, 1);
    // Used in one of its files is used.
    room.write("gouji.yaml", "accept:\n- {rule: ZZ902, at: {text: ！}, reason: 原文如此}\n");
    assert_eq!(told(&room, &["."]), [""; 0]);
    // A rule that did not run says nothing of what it would find.
    let ran = room.gouji(&["check", "a.txt", "--rules", ".rules", "--select", "ZZ901,XT", "--format", "short"]);
    assert!(!ran.stdout.contains("XT001"), "{}", ran.stdout);
    room.write("gouji.yaml", "rules: {ZZ902: off}\naccept:\n- {rule: ZZ902, at: {text: ！}, reason: 原文如此}\n");
    assert_eq!(told(&room, &["."]), [""; 0]);
    room.write("gouji.yaml", "rules: {XT001: off}\naccept: [{rule: ZZ902, at: {text: 无}, reason: 原文如此}]\n");
    assert_eq!(told(&room, &["."]), [""; 0]);
}

#[test]
fn an_entry_speaks_of_its_files() {
    let room = Room::new();
    for name in ["a.txt", "b.txt", "2024/a.txt"] {
        room.write(name, WRONG);
    }
    let entry = |files: &str| {
        room.write(
            "gouji.yaml",
            format!("accept:\n- {{rule: ZZ901, at: {{text: 错别子}}, reason: 引, files: {files}}}\n"),
        );
    };
    for (files, accepted) in [("./a.txt", 1), ("a.txt", 2), ("2024/", 1), ("['*.txt', '!b.txt']", 2), ("'*.md'", 0)] {
        entry(files);
        assert_eq!(counts(&json(&room, &["."])), [3 - accepted, 0, accepted], "{files}");
    }
    // A file that could not be read may be the one it was written for.
    entry("'*.txt'");
    room.write("gouji.yaml", room.read("gouji.yaml").replace("错别子", "没有的字"));
    assert_eq!(told(&room, &["a.txt"]), ["gouji.yaml:2:10: warning[XT001]"]);
    assert_eq!(told(&room, &["a.txt", "gone.txt"]), [""; 0]);
    // Where none of its files was checked nothing is said of it.
    room.write("gouji.yaml", "accept: [{rule: ZZ901, at: {text: 没有的字}, reason: 引, files: 2024/}]\n");
    assert_eq!(told(&room, &["a.txt"]), [""; 0]);
    assert_eq!(told(&room, &["2024"]), ["gouji.yaml:1:17: warning[XT001]"]);
}

#[test]
fn entries_of_extended_configurations_hold_too() {
    let room = Room::new();
    room.write("base.yaml", "accept: [{rule: ZZ901, at: {text: \"一个-,错别子\"}, reason: 共用的说明}]\n");
    for folder in ["甲", "乙"] {
        room.write(&format!("{folder}/a.txt"), TWICE);
        room.write(
            &format!("{folder}/gouji.yaml"),
            "extends: ../base.yaml\naccept: [{rule: ZZ901, at: {text: \"还有-,错别子\"}, reason: 自己的说明}]\n",
        );
    }
    assert_eq!(counts(&json(&room, &["."])), [0, 2, 4]);
    // A shared entry that one folder needs is of use.
    room.write("乙/a.txt", TWICE.replace("一个错别子", "一个错别字"));
    assert_eq!(told(&room, &["."]), [""; 0]);
    room.write("甲/a.txt", TWICE.replace("一个错别子", "一个错别字"));
    let told = told(&room, &["."]);
    assert!(told.len() == 1 && told[0].ends_with("base.yaml:1:17: warning[XT001]"), "{told:?}");
}

#[test]
fn the_entry_that_explain_gives_is_one_that_holds() {
    let room = Room::new();
    let blank = room.read(".rules/mark.yaml").replace("ZZ902", "ZZ904").replace("find: ！", "find: ' '");
    room.write(".rules/blank.yaml", blank.replace("[很好！]", "[这里有 错字。]"));
    room.write("a.txt", "某某情况的报告\n\n这里有一个错别子，那里有 一个！\n");
    for (place, code) in [("a.txt:3:6", "ZZ901"), ("a.txt:3:13", "ZZ904"), ("a.txt:3:16", "ZZ902")] {
        let at = || room.gouji(&["explain", "--at", place, "--rules", ".rules"]).stdout;
        let page = at();
        let (_, rest) = page.split_once("    accept:\n").unwrap_or_else(|| panic!("{place}: {page}"));
        let entry: Vec<&str> = rest.lines().take_while(|line| line.starts_with("      ")).collect();
        room.write("gouji.yaml", format!("accept:\n{}\n", entry.join("\n")));
        let ran = check(&room, &["a.txt", "--format", "short", "--show-accepted"]);
        assert!(ran.stdout.contains(&format!("[{code}]")), "{}", ran.stdout);
        let accepted = ran.stdout.lines().filter(|line| line.ends_with("（已接受：写明原因）"));
        assert!(accepted.clone().count() == 1 && accepted.clone().all(|line| line.contains(code)), "{}", ran.stdout);
        let page = at();
        assert!(page.contains("已接受：写明原因") && !page.contains("accept:"), "{page}");
        std::fs::remove_file(room.path("gouji.yaml")).expect("it is there");
    }
}

#[test]
fn what_is_accepted_is_not_mended() {
    let room = Room::new();
    room.write("a.txt", TWICE);
    room.write("gouji.yaml", "accept: [{rule: ZZ901, at: {text: \"一个-,错别子\"}, reason: 原文如此}]\n");
    let ran = room.run(&["fix", "a.txt"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(room.read("a.txt"), TWICE.replace("还有错别子", "还有错别字"));
    assert_eq!(room.run(&["check", "a.txt"]).status, 0);
    assert_eq!(room.run(&["check", "a.txt", "--no-config"]).status, 1);
}
