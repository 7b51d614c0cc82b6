//! The output formats, where they go, and the exit status.

use crate::room::{CLEAN, Room, WRONG};
use serde_json::Value;

fn has_keys(value: &Value, keys: &[&str]) {
    let object = value.as_object().unwrap_or_else(|| panic!("an object: {value}"));
    let mut found: Vec<&str> = object.keys().map(String::as_str).collect();
    let mut wanted = keys.to_vec();
    found.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(found, wanted);
}

#[test]
fn the_status_says_what_was_found() {
    let room = Room::new();
    room.write("wrong.txt", WRONG);
    room.write("clean.txt", CLEAN);
    room.write("warned.txt", "某某报告\n\n这里一切都好，没有问题！\n");
    assert_eq!(room.run(&["check", "clean.txt"]).status, 0);
    assert_eq!(room.run(&["check", "wrong.txt"]).status, 1);
    assert_eq!(room.run(&["check", "wrong.txt", "--fail-on", "never"]).status, 0);
    assert_eq!(room.run(&["check", "warned.txt"]).status, 0);
    assert_eq!(room.run(&["check", "warned.txt", "--fail-on", "warning"]).status, 1);
    assert_eq!(room.run(&["check", "warned.txt", "--fail-on", "info"]).status, 1);
    assert_eq!(room.run(&["check", "wrong.txt", "missing.txt"]).status, 3);
}

#[test]
fn pretty_shows_the_sentence_the_caret_and_the_way_out() {
    let room = Room::new();
    room.write("wrong.txt", WRONG);
    let ran = room.run(&["check", "wrong.txt"]);
    for wanted in [
        "错误[ZZ901] “错别子”应为“错别字”",
        "╭─[wrong.txt:3:6]",
        " 3 │ 这里有一个错别子，需要改。",
        "   ·           ──────",
        "办法：改正用字",
        "实践（非文件规定）：测试用规则",
        "（可自动修正）",
        "共检查 1 份文件：1 个错误，0 个警告，0 个提示",
        "其中 1 个可自动修正：gouji fix --rules .rules --select ZZ wrong.txt",
    ] {
        assert!(ran.stdout.contains(wanted), "{wanted}\n{}", ran.stdout);
    }
    assert!(!ran.stdout.contains("依据"), "practice is no law: {}", ran.stdout);
    assert!(!ran.stdout.contains('\u{1b}'), "no colour where there is no terminal");
    let ran = room.run(&["check", "wrong.txt", "--color", "always"]);
    assert!(ran.stdout.contains('\u{1b}'));
    let ran = room.run(&["check", "wrong.txt", "--lang", "en"]);
    assert!(ran.stdout.contains("error[ZZ901] “错别子” should be “错别字”"), "{}", ran.stdout);
    assert!(ran.stdout.contains("1 file checked: 1 error, 0 warnings, 0 infos"), "{}", ran.stdout);
}

#[test]
fn no_line_is_wider_than_asked() {
    let room = Room::new();
    let line = format!("{}错别子{}。", "长".repeat(1500), "句".repeat(1500));
    room.write("long.txt", format!("某某报告\n\n{line}\n"));
    let ran = room.run(&["check", "long.txt", "--width", "60"]);
    assert_eq!(ran.status, 1);
    for line in ran.stdout.lines() {
        let width: usize = line.chars().map(|c| if c.is_ascii() || "│─·╭▲…“”".contains(c) { 1 } else { 2 }).sum();
        assert!(width <= 60, "{width}: {line}");
    }
}

#[test]
fn clean_files_are_named_and_quiet_is_quiet() {
    let room = Room::new();
    room.write("clean.txt", CLEAN);
    assert!(room.run(&["check", "clean.txt"]).stdout.starts_with("clean.txt：未发现问题\n"));
    assert_eq!(room.run(&["check", "clean.txt", "--quiet"]).stdout, "");
}

#[test]
fn short_is_one_line_a_finding() {
    let room = Room::new();
    room.write("wrong.txt", WRONG);
    let ran = room.run(&["check", "wrong.txt", "--format", "short"]);
    assert_eq!(ran.stdout, "wrong.txt:3:6: error[ZZ901] “错别子”应为“错别字”\n");
}

#[test]
fn json_has_every_key_of_its_contract() {
    let room = Room::new();
    room.write("wrong.txt", WRONG);
    room.write("clean.txt", CLEAN);
    room.write("note.pdf", "no text");
    room.write("bad.txt", [0xff, 0xfe, 0x00, 0xd8, 0x00]);
    let ran = room.run(&["check", ".", "bad.bin", "--format", "json"]);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    let whole: Value = serde_json::from_str(&ran.stdout).expect("the output is one JSON object");
    let keys = "schema tool documents unread gone configs not_checked rule_errors summary";
    has_keys(&whole, &keys.split_whitespace().collect::<Vec<_>>());
    assert_eq!(whole["schema"], "gouji-findings/1");
    has_keys(&whole["tool"], &["name", "version", "packs"]);
    has_keys(&whole["summary"], &["documents", "errors", "warnings", "infos", "fixable", "accepted", "known"]);
    has_keys(&whole["unread"][0], &["path", "error"]);
    assert_eq!(whole["not_checked"][0]["path"], "note.pdf");
    has_keys(&whole["not_checked"][0], &["path", "why"]);

    let documents = whole["documents"].as_array().expect("documents are a list");
    let document = documents.iter().find(|document| document["path"] == "wrong.txt").expect("it was checked");
    has_keys(
        document,
        &[
            "path", "config", "format", "encoding", "title", "organ", "year", "form", "notes", "findings", "ledger",
            "trace",
        ],
    );
    has_keys(&document["ledger"][0], &["rule", "status", "bound", "failed", "why"]);
    let finding = &document["findings"][0];
    let keys = "rule name level message help basis where span text labels places participants lhs rhs delta \
                repairs fixes fingerprint accepted known";
    has_keys(finding, &keys.split_whitespace().collect::<Vec<_>>());
    has_keys(&finding["basis"], &["doc", "clause", "strength"]);
    has_keys(&finding["where"], &["section", "table", "row", "col"]);
    assert_eq!(finding["text"], "错别子");
    assert_eq!(finding["span"]["start"]["line"], 3);
    assert_eq!(finding["span"]["start"]["column"], 6);
    assert_eq!(finding["span"]["end"]["column"], 9);
    assert_eq!(finding["span"]["start"]["byte"], WRONG.find("错别子").expect("it is there"));
    has_keys(&finding["fixes"][0], &["title", "level", "edits"]);
    has_keys(&finding["fixes"][0]["edits"][0], &["span", "insert"]);
}

#[test]
fn ndjson_is_the_documents_one_a_line() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    room.write("b.txt", CLEAN);
    let ran = room.run(&["check", "a.txt", "b.txt", "missing.txt", "--format", "ndjson"]);
    assert_eq!(ran.status, 3);
    let paths: Vec<String> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("each line is JSON")["path"].to_string())
        .collect();
    assert_eq!(paths, ["\"a.txt\"", "\"b.txt\""]);
    assert!(ran.stderr.contains("missing.txt"), "{}", ran.stderr);
}

#[test]
fn output_goes_to_a_file_but_never_over_a_report() {
    let room = Room::new();
    room.write("wrong.txt", WRONG);
    let ran = room.run(&["check", "wrong.txt", "--format", "short", "-o", "out.txt"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(room.read("out.txt").starts_with("wrong.txt:3:6: "));
    let ran = room.run(&["check", "wrong.txt", "-o", "wrong.txt"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert_eq!(room.read("wrong.txt"), WRONG);
    let ran = room.run(&["check", "wrong.txt", "-o", "no-such-folder/out.txt"]);
    assert_eq!(ran.status, 2);
}

#[test]
fn the_same_bytes_come_out_whatever_the_number_of_threads() {
    let room = Room::new();
    for n in 0..150 {
        room.write(&format!("in/{n}.txt"), if n % 3 == 0 { CLEAN } else { WRONG });
    }
    let first = room.run(&["check", "in", "--format", "json"]).stdout;
    assert_eq!(first, room.run(&["check", "in", "--format", "json"]).stdout);
    let whole: Value = serde_json::from_str(&first).expect("the output is JSON");
    assert_eq!(whole["summary"]["documents"], 150);
    assert_eq!(whole["summary"]["errors"], 100);
}
