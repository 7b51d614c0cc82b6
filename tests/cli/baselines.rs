//! `gouji baseline`, and checks in which only new findings count.

use crate::room::{CLEAN, MENDED, Ran, Room, WRONG};
use serde_json::Value;

const NAME: &str = "gouji-baseline.jsonl";

/// A report with the wrong word in the paragraphs given.
fn report(paragraphs: &[&str]) -> String {
    format!("某某情况的报告\n\n一、总体情况\n\n{}\n", paragraphs.join("\n\n"))
}

const FIRST: &str = "第一季度的材料里有一个错别子，需要改。";
const SECOND: &str = "第二季度的材料里也有错别子，还没有改。";
const GOOD: &str = "第三季度的材料没有问题。";

/// `gouji baseline` with the room's rules.
fn baseline(room: &Room, args: &[&str]) -> Ran {
    let rules: &[&str] =
        if args[0] == "create" { &["--rules", ".rules", "--select", "ZZ"] } else { &["--rules", ".rules"] };
    room.gouji(&[&["baseline"], args, rules].concat())
}

/// `gouji check` against the usual baseline.
fn check(room: &Room, args: &[&str]) -> Ran {
    room.run(&[&["check", "--baseline", NAME], args].concat())
}

fn json(room: &Room, args: &[&str]) -> Value {
    let ran = check(room, &[args, &["--format", "json"]].concat());
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", ran.stdout, ran.stderr))
}

/// How many errors are new, how many places known, how many gone.
fn counts(whole: &Value) -> (u64, u64, usize) {
    let count = |key: &str| whole["summary"][key].as_u64().expect("it is a count");
    (count("errors"), count("known"), whole["gone"].as_array().map_or(0, Vec::len))
}

#[test]
fn what_was_there_no_longer_counts() {
    let room = Room::new();
    room.write("a.txt", report(&[FIRST, SECOND]));
    room.write("b/b.txt", WRONG);
    room.write("clean.txt", CLEAN);
    assert_eq!(room.run(&["check", "."]).status, 1);
    let ran = baseline(&room, &["create"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    assert!(ran.stdout.starts_with("基线 gouji-baseline.jsonl：2 份文件中的 3 处问题\n使用："), "{}", ran.stdout);
    let lines = room.read(NAME);
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!((lines.len(), lines[0]), (4, "{\"schema\":\"gouji-baseline/1\"}"));
    assert!(lines[1].starts_with("{\"path\":\"a.txt\",\"rule\":\"ZZ901\",\"fingerprint\":\""), "{}", lines[1]);
    assert!(lines[3].starts_with("{\"path\":\"b/b.txt\","), "{}", lines[3]);
    let ran = check(&room, &["."]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert!(ran.stdout.contains("a.txt：未发现新问题\n") && !ran.stdout.contains("未检查"), "{}", ran.stdout);
    assert!(ran.stdout.contains("\n共检查 3 份文件，未发现新问题\n另有 3 处已知"), "{}", ran.stdout);
    assert_eq!(json(&room, &["."])["gone"], Value::Array(Vec::new()));
    assert_eq!(counts(&json(&room, &["."])), (0, 3, 0));
    let ran = check(&room, &["b", "--show-known"]);
    assert!(ran.status == 0 && ran.stdout.contains("= 已知：在基线中"), "{}", ran.stdout);
    assert_eq!(room.run(&["check", "."]).status, 1, "without a baseline all counts");
}

#[test]
fn one_mended_and_one_made_is_one_new_and_one_gone() {
    let room = Room::new();
    room.write("a.txt", report(&[FIRST, SECOND, GOOD]));
    baseline(&room, &["create"]);
    room.write(
        "a.txt",
        report(&[&FIRST.replace("错别子", "错别字"), SECOND, &GOOD.replace("没有问题", "又出了错别子")]),
    );
    let whole = json(&room, &["a.txt"]);
    assert_eq!(counts(&whole), (1, 1, 1));
    let findings = whole["documents"][0]["findings"].as_array().expect("it is a list");
    let new: Vec<&Value> =
        findings.iter().filter(|f| f["known"] == false).map(|f| &f["span"]["start"]["line"]).collect();
    assert_eq!(new, [9]);
    let gone = &whole["gone"][0];
    let keys = ["path", "rule", "what"].map(|key| gone[key].as_str().expect("it is a text"));
    assert_eq!(keys, ["a.txt", "ZZ901", "“错别子”应为“错别字”"]);
    assert_eq!((&gone["missing"], &gone["moved_to"]), (&Value::from(false), &Value::Null));
    let ran = check(&room, &["a.txt"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains("基线里有、现在没有了：\n  a.txt：[ZZ901] “错别子”应为“错别字”\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("\n另有 1 处已知") && ran.stdout.contains("gouji baseline prune"), "{}", ran.stdout);
    let ran = check(&room, &["a.txt", "--format", "short", "--lang", "en"]);
    assert!(ran.stdout.contains("no longer there: a.txt: [ZZ901] “错别子”应为“错别字”\n"), "{}", ran.stdout);
}

#[test]
fn what_changes_around_a_finding_makes_nothing_new() {
    let room = Room::new();
    room.write("a.txt", report(&[FIRST, SECOND]));
    baseline(&room, &["create"]);
    for text in [
        report(&[GOOD, FIRST, GOOD, SECOND]),
        report(&[SECOND, FIRST]),
        report(&[FIRST, SECOND]).replace("一、总体", "二、总体"),
        format!("\n\n{}", report(&[FIRST, SECOND])),
        report(&[FIRST, SECOND]).replace('\n', "\r\n"),
        report(&[&format!("1. {FIRST}"), &format!("2. {SECOND}")]),
    ] {
        room.write("a.txt", &text);
        assert_eq!(counts(&json(&room, &["a.txt"])), (0, 2, 0), "{text}");
    }
    room.write("a.md", report(&[FIRST, SECOND]).replace("一、", "# 一、"));
    assert_eq!(counts(&json(&room, &["a.md"])).1, 0, "another file is another file");
}

#[test]
fn the_baseline_is_the_same_bytes_whatever_the_order() {
    let room = Room::new();
    for n in 0..9 {
        room.write(&format!("{n}.txt"), report(&[FIRST, SECOND]));
    }
    baseline(&room, &["create", "."]);
    let first = room.read(NAME);
    let ran = baseline(&room, &["create", "8.txt", "3.txt", "./", "0.txt"]);
    assert!(ran.stdout.contains("原有 18 处：新增 0 处，去掉 0 处\n"), "{}", ran.stdout);
    assert_eq!(room.read(NAME), first);
    room.write("sub/keep", "");
    let ran = baseline(&room, &["create", "-o", "sub/other.jsonl"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(room.read("sub/other.jsonl"), first.replace("\"path\":\"", "\"path\":\"../"));
    let ran = room.run(&["check", ".", "--baseline", "sub/other.jsonl"]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
}

#[test]
fn pruning_takes_out_what_is_gone_and_puts_nothing_in() {
    let room = Room::new();
    room.write("a.txt", report(&[FIRST, SECOND]));
    room.write("b.txt", WRONG);
    room.write("c.txt", WRONG);
    baseline(&room, &["create"]);
    let before = room.read(NAME);
    let ran = baseline(&room, &["prune"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "基线 gouji-baseline.jsonl 没有可去掉的，仍有 4 处\n"));
    room.write("a.txt", report(&[SECOND, &GOOD.replace("没有问题", "又出了错别子")]));
    room.write("b.txt", MENDED);
    std::fs::remove_file(room.path("c.txt")).expect("it is there");
    let ran = baseline(&room, &["prune"]);
    let told = "a.txt：[ZZ901] “错别子”应为“错别字”\nb.txt：[ZZ901] “错别子”应为“错别字”\nc.txt：文件不在了，基线中有它的 1 处\n\
                基线 gouji-baseline.jsonl 去掉 3 处，还有 1 处\n";
    assert_eq!((ran.status, ran.stdout.as_str()), (0, told), "{}", ran.stderr);
    let after = room.read(NAME);
    assert!(after.lines().count() == 2 && after.lines().all(|line| before.contains(line)), "{after}");
    assert_eq!(counts(&json(&room, &["."])), (1, 1, 0));
}

#[test]
fn what_nobody_looked_for_is_not_gone() {
    let room = Room::new();
    room.write("a.txt", report(&[FIRST]));
    room.write("b.txt", format!("{WRONG}好！\n"));
    baseline(&room, &["create"]);
    let before = room.read(NAME);
    // Another file, another rule, a rule that is off.
    assert_eq!(counts(&json(&room, &["a.txt"])), (0, 1, 0));
    room.write("b.txt", CLEAN);
    let ran =
        room.gouji(&["check", ".", "--baseline", NAME, "--rules", ".rules", "--select", "ZZ902", "--format", "json"]);
    let whole: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!(whole["gone"].as_array().map(Vec::len), Some(1), "{whole}");
    room.write("gouji.yaml", "rules: {ZZ901: off, ZZ902: off}\n");
    let ran = baseline(&room, &["prune"]);
    assert_eq!((ran.status, room.read(NAME)), (0, before), "{}", ran.stdout);
}

#[test]
fn a_file_of_another_name_is_told_as_one() {
    let room = Room::new();
    room.write("草稿.txt", report(&[FIRST, SECOND]));
    baseline(&room, &["create"]);
    std::fs::rename(room.path("草稿.txt"), room.path("定稿.txt")).expect("it is there");
    let ran = check(&room, &["."]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stdout.contains("\n  草稿.txt：文件不在了，基线中有它的 2 处；像是改名为 定稿.txt\n"),
        "{}",
        ran.stdout
    );
    let whole = json(&room, &["."]);
    assert_eq!(counts(&whole), (1, 0, 2), "one finding with two places");
    assert_eq!((&whole["gone"][1]["missing"], &whole["gone"][1]["moved_to"]), (&true.into(), &"定稿.txt".into()));
}

#[test]
fn the_configuration_names_the_baseline() {
    let room = Room::new();
    room.write("gouji.yaml", "extends: ./共用/base.yaml\n");
    room.write("共用/base.yaml", "baseline: ../基线.jsonl\n");
    room.write("甲/a.txt", WRONG);
    let ran = room.run(&["check", "甲"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains("基线.jsonl（共用/base.yaml:1）：文件不存在；gouji baseline create 可以重新建立"),
        "{}",
        ran.stderr
    );
    let ran = baseline(&room, &["create", "甲"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(!ran.stdout.contains("使用"), "{}", ran.stdout);
    assert!(room.read("基线.jsonl").contains("{\"path\":\"甲/a.txt\","));
    assert_eq!(room.run(&["check", "甲"]).status, 0);
    assert_eq!(room.run(&["check", "甲", "--no-baseline"]).status, 1);
    let ran = room.run_fed(&["check", "-", "--stdin-name", "甲/a.txt"], WRONG.as_bytes());
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    room.write("甲/a.txt", MENDED);
    assert!(baseline(&room, &["prune"]).stdout.ends_with("去掉 1 处，还有 0 处\n"));
    let ran = room.gouji(&["config"]);
    assert!(ran.stdout.contains("基线\n  共用/../基线.jsonl（共用/base.yaml:1）\n"), "{}", ran.stdout);
}

#[test]
fn each_report_has_the_baseline_of_its_configuration() {
    let room = Room::new();
    for folder in ["甲", "乙"] {
        room.write(&format!("{folder}/a.txt"), WRONG);
        room.write(&format!("{folder}/gouji.yaml"), format!("baseline: ./{folder}.jsonl\n"));
    }
    let ran = baseline(&room, &["create", "甲", "乙"]);
    assert!(ran.status == 2 && ran.stderr.contains("写了不同的基线"), "{}", ran.stderr);
    baseline(&room, &["create", "甲"]);
    baseline(&room, &["create", "乙"]);
    assert_eq!(room.read("甲/甲.jsonl"), room.read("乙/乙.jsonl"), "paths are told from the baseline's folder");
    let whole = |paths: &[&str]| -> Value {
        let ran = room.run(&[&["check", "--format", "json"], paths].concat());
        serde_json::from_str(&ran.stdout).expect("it is JSON")
    };
    assert_eq!(counts(&whole(&["."])), (0, 2, 0));
    room.write("甲/a.txt", MENDED);
    std::fs::rename(room.path("乙/a.txt"), room.path("甲/b.txt")).expect("it is there");
    let whole = whole(&["甲", "乙"]);
    assert_eq!(counts(&whole), (1, 0, 1), "another baseline knows nothing of it");
    assert_eq!((&whole["gone"][0]["path"], &whole["gone"][0]["missing"]), (&"甲/a.txt".into(), &false.into()));
}

#[test]
fn a_baseline_that_can_not_be_read_stops_the_run() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    let refused = |told: &str, lang: &str| {
        for command in ["check a.txt", "check a.txt --format json", "baseline prune"] {
            let args: Vec<&str> = command.split(' ').chain(["--baseline", NAME, "--lang", lang]).collect();
            let ran = room.gouji(&args);
            assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
            assert!(ran.stderr.contains(told), "{}", ran.stderr);
        }
    };
    refused("无法读取基线 gouji-baseline.jsonl：文件不存在", "zh");
    room.write(NAME, "别的内容\n");
    refused("第 1 行没有写明是 gouji 的基线", "zh");
    refused("line 1 does not say that this is a baseline of gouji", "en");
    room.write(NAME, "{\"schema\":\"gouji-baseline/2\"}\n");
    refused("第 1 行写明的版本这个 gouji 不认识", "zh");
    room.write(NAME, "{\"schema\":\"gouji-baseline/1\"}\n<<<<<<< ours\n");
    refused("第 2 行不是一条问题的记录", "zh");
    room.write(NAME, [0xff, 0xfe]);
    refused("不是 UTF-8 文字", "zh");
}

#[test]
fn nothing_but_a_baseline_is_written_over() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    room.write("notes.jsonl", "{}\n");
    for (target, told) in [("a.txt", "就是输入的文件"), ("notes.jsonl", "又不是基线，没有覆盖")] {
        let ran = baseline(&room, &["create", "-o", target]);
        assert!(ran.status == 2 && ran.stderr.contains(told), "{}", ran.stderr);
    }
    assert_eq!((room.read("a.txt").as_str(), room.read("notes.jsonl").as_str()), (WRONG, "{}\n"));
    // A broken one may be made anew.
    room.write(NAME, "{\"schema\":\"gouji-baseline/1\"}\n<<<<<<< ours\n");
    assert_eq!(baseline(&room, &["create"]).status, 0);
    assert_eq!(check(&room, &["a.txt"]).status, 0);
}

#[test]
fn half_a_check_makes_no_baseline() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    let refused = |args: &[&str], status: i32| {
        let ran = baseline(&room, args);
        assert_eq!((ran.status, ran.stdout.as_str()), (status, ""), "{}", ran.stderr);
        assert!(ran.stderr.contains("没有写基线"), "{}", ran.stderr);
        assert!(!room.path(NAME).exists());
    };
    refused(&["create", "a.txt", "gone.txt"], 3);
    room.write("empty/keep", "");
    refused(&["create", "empty"], 2);
    room.write("gouji.yaml", "rules: {ZZ910: off}\n");
    refused(&["create"], 2);
    assert_eq!(baseline(&room, &["create", "-"]).status, 2);
}

#[test]
fn acceptances_and_faults_are_never_known() {
    let room = Room::new();
    room.write("a.md", "# 某某情况的报告\n\n<!-- gouji-accept ZZ902: 原文如此 -->\n这里有一个错别子，需要改。\n\n很好！<!-- gouji-accept ZZ902: 原文如此 -->\n");
    let all = ["--rules", ".rules", "--select", "ZZ,XT"];
    let ran = room.gouji(&[&["baseline", "create"][..], &all].concat());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let written = room.read(NAME);
    assert!(written.lines().count() == 2 && written.contains("ZZ901"), "{written}");
    let ran = room.gouji(&[&["check", "a.md", "--baseline", NAME, "--fail-on", "warning"][..], &all].concat());
    assert!(ran.status == 1 && ran.stdout.contains("XT001") && !ran.stdout.contains("[ZZ"), "{}", ran.stdout);
}
