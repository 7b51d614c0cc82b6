//! `gouji rollup`: a consolidated report and its members as files, told and as tables; `UPDATE=1` writes the goldens anew.

use crate::room::{Ran, Room};
use gouji_tests::generator::{Amount, County, Layout, Report};
use gouji_tests::golden;
use serde_json::Value;
use std::fs;
use std::path::Path;

const N_MEMBERS: usize = 10;

/// A room with a county: `county.txt`, and its members in `members/`.
fn room(county: &County) -> Room {
    let room = Room::bare();
    write(&room, &county.consolidated);
    for at in 0..county.members.len() {
        let (name, text) = county.file(at);
        room.write(&format!("members/{name}"), text);
    }
    room
}

fn write(room: &Room, consolidated: &Report) {
    room.write("county.txt", consolidated.to_text(&Layout::straight()));
}

/// A county whose consolidated report has one number too many in table 3 and another number of licences.
fn flawed() -> County {
    let mut county = County::new(2, N_MEMBERS);
    let mut values = county.consolidated.values.clone();
    values.applications[3][0] += 2;
    values.disclosure[2][0] = Amount::Count(1);
    let Report { seed, organ, year, .. } = county.consolidated;
    county.consolidated = Report::compose(seed, organ, year, values);
    county
}

fn holds_golden(name: &str, output: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cli/golden").join(name);
    if golden::differs(&path, output) {
        let golden = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(golden, output, "{name}: look at it, then UPDATE=1 cargo test -p gouji");
    }
}

/// The codes of the findings that `--format short` tells, in order.
fn codes(ran: &Ran) -> Vec<&str> {
    let code = |line: &str| line.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(code, _)| code.len());
    let lines = ran.stdout.lines().filter(|line| line.starts_with("county.txt:") && code(line) == Some(5));
    lines.filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0)).collect()
}

#[test]
fn a_county_that_adds_up_is_clean() {
    let room = room(&County::new(1, N_MEMBERS));
    let ran = room.gouji(&["rollup", "county.txt", "members"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.starts_with("county.txt：未发现问题\n"), "{}", ran.stdout);
    let summary = "汇总核对：各单位报告 10 份，计入 10 份；核对 200 个数，不符 0 个\n";
    assert!(ran.stdout.contains(summary), "{}", ran.stdout);
    assert_eq!(room.gouji(&["rollup", "county.txt", "members", "--format", "short"]).stdout, "");
    // The consolidated report in the folder of its members is none of them, and that is said.
    room.write("members/county.txt", room.bytes("county.txt"));
    let ran = room.gouji(&["rollup", "members/county.txt", "members", "--format", "short"]);
    assert_eq!(ran.stdout, "members/county.txt: 未检查: 就是汇总报告，没有计入\n");
}

#[test]
fn what_is_not_the_sum_is_told_in_every_output() {
    let room = room(&flawed());
    let run = |args: &[&str]| room.gouji(&[&["rollup", "county.txt", "members"], args].concat());
    let ran = run(&[]);
    // A warning unless a configuration says otherwise.
    assert_eq!((ran.status, run(&["--fail-on", "warning"]).status), (0, 1));
    holds_golden("rollup.pretty.zh.txt", &ran.stdout);
    holds_golden("rollup.pretty.en.txt", &run(&["--lang", "en"]).stdout);
    assert_eq!(codes(&run(&["--format", "short"])), ["NB511", "NB511"]);
    let json: Value = serde_json::from_str(&run(&["--format", "json"]).stdout).expect("it is JSON");
    let finding = &json["documents"][0]["findings"][0];
    assert_eq!((&finding["rule"], &finding["basis"]["strength"]), (&"NB511".into(), &"logic".into()));
    let participants = finding["participants"].as_array().expect("a list");
    assert_eq!(participants.len(), 1 + N_MEMBERS);
    assert_eq!((&participants[0]["document"], &participants[1]["document"]), (&Value::Null, &"members/00.txt".into()));
    let line = run(&["--format", "ndjson"]).stdout;
    assert_eq!(serde_json::from_str::<Value>(&line).expect("it is JSON"), json["documents"][0]);
    room.write("gouji.yaml", "rules: {NB511: error}\n");
    assert_eq!(run(&[]).status, 1);
    room.write("gouji.yaml", "rules: {NB511: off}\n");
    assert_eq!(codes(&run(&["--format", "short"])), [""; 0]);
}

#[test]
fn the_table_is_written_for_terminals_spreadsheets_and_browsers() {
    let room = room(&flawed());
    let run = |args: &[&str]| room.gouji(&[&["rollup", "county.txt", "members", "--format"], args].concat());
    let wide = run(&["table", "--width", "200"]);
    holds_golden("rollup.table.200.txt", &wide.stdout);
    let narrow = run(&["table", "--width", "60", "--lang", "en"]);
    holds_golden("rollup.table.en.60.txt", &narrow.stdout);
    let csv = run(&["csv"]);
    holds_golden("rollup.csv", &csv.stdout);
    assert!(csv.stdout.starts_with('\u{feff}') && csv.stdout.ends_with("\r\n"));
    assert!(csv.stderr.contains("warning[NB511]"), "what is found is not in the table: {}", csv.stderr);
    let html = run(&["html"]);
    holds_golden("rollup.html", &html.stdout);
    assert_eq!(run(&["csv", "-o", "out.csv"]).status, 0);
    assert_eq!(room.read("out.csv"), csv.stdout);
    assert_eq!(run(&["csv", "-o", "members/00.txt"]).status, 2, "a member is not written over");
}

#[test]
fn names_in_reports_are_words_in_every_table() {
    let mut county = County::new(3, 4);
    county.members[0].organ.name = "=1+1<b>&\"甲\"乙局".to_owned();
    let Report { seed, organ, year, values, .. } = county.members[0].clone();
    county.members[0] = Report::compose(seed, organ, year, values);
    let room = room(&county);
    let csv = room.gouji(&["rollup", "county.txt", "members", "--format", "csv"]).stdout;
    assert!(csv.contains("\r\n\"'=1+1<b>&\"\"甲\"\"乙局\","), "{csv}");
    let html = room.gouji(&["rollup", "county.txt", "members", "--format", "html"]).stdout;
    assert!(html.contains("=1+1&lt;b&gt;&amp;&quot;甲&quot;乙局") && !html.contains("<b>"), "{html}");
}

#[test]
fn what_must_not_be_shown_is_masked() {
    let room = room(&flawed());
    let text = room.read("county.txt");
    let secret = "11010119900307109X";
    let line = text.lines().find(|line| line.starts_with("行政许可")).expect("the table has the row");
    room.write("county.txt", text.replace(line, &format!("{line}\t（经办人身份证{secret}）")));
    for format in ["pretty", "short", "json", "table", "csv", "html"] {
        let ran = room.gouji(&["rollup", "county.txt", "members", "--format", format]);
        assert!(!ran.stdout.contains(secret) && !ran.stderr.contains(secret), "{}{}", ran.stdout, ran.stderr);
        assert!(ran.stdout.contains("行政许可"), "{format}: {}", ran.stdout);
        // The line itself is shown.
        assert!(format != "pretty" || ran.stdout.contains("经办人身份证110"), "{}", ran.stdout);
    }
}

#[test]
fn a_number_of_a_member_that_must_not_be_shown_is_no_count() {
    let county = flawed();
    let room = room(&county);
    let (name, text) = county.file(0);
    let line = text.lines().find(|line| line.starts_with("行政许可")).expect("the table has the row");
    let secret = "13987650017";
    room.write(&format!("members/{name}"), text.replace(line, &format!("行政许可\t{secret}")));
    for format in ["pretty", "short", "json", "ndjson", "table", "csv", "html"] {
        let ran = room.gouji(&["rollup", "county.txt", "members", "--format", format]);
        assert!(!ran.stdout.contains(secret) && !ran.stderr.contains(secret), "{}{}", ran.stdout, ran.stderr);
        let told = [ran.stdout, ran.stderr].concat();
        assert!(
            format == "csv" || format == "html" || told.contains("像是号码等个人信息，没有计入"),
            "{format}: {told}"
        );
    }
}

#[test]
fn the_configuration_names_members_and_who_must_be_there() {
    let county = County::new(4, 6);
    let room = room(&county);
    let (first, last) = (county.members[0].organ.name.as_str(), county.members[5].organ.name.as_str());
    room.write("other/99.txt", "会议记录\n");
    let config = |organs: &str| format!("members:\n  files: [/members/, '!05.md']\n  organs: [{organs}]\n");
    room.write("gouji.yaml", config(first));
    let before: Vec<Vec<u8>> =
        room.names().iter().filter(|name| name.contains('.')).map(|name| room.bytes(name)).collect();
    let ran = room.gouji(&["rollup", "county.txt", "--format", "short"]);
    // Nobody named the last one, so that it is missing is a guess; the folder beside is not looked into.
    assert!(!ran.stdout.contains("99.txt") && !codes(&ran).contains(&"NB512"), "{}", ran.stdout);
    room.write("gouji.yaml", config(&format!("{first}, {last}")));
    let ran = room.gouji(&["rollup", "county.txt", "--format", "short"]);
    assert_eq!(codes(&ran), ["NB512"], "{}", ran.stdout);
    assert!(ran.stdout.contains(&format!("没有{last}的报告")), "{}", ran.stdout);
    // A name that is part of another is told with it.
    room.write("gouji.yaml", config(last.trim_start_matches("禾川县")));
    let ran = room.gouji(&["rollup", "county.txt", "members", "--format", "short"]);
    assert!(ran.stdout.contains(&format!("（相近的有{last}）")), "{}", ran.stdout);
    room.write("gouji.yaml", config(&format!("{first}, {last}")));
    // What is named on the command line counts instead.
    let ran = room.gouji(&["rollup", "county.txt", "members", "--format", "short"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""));
    let ran = room.gouji(&["config", "county.txt"]);
    assert!(
        ran.stdout.contains(&format!("各单位\n  /members/、!05.md（gouji.yaml:2）\n  {first}、{last}（gouji.yaml:3）")),
        "{}",
        ran.stdout
    );
    room.write("gouji.yaml", config(first));
    let after: Vec<Vec<u8>> =
        room.names().iter().filter(|name| name.contains('.')).map(|name| room.bytes(name)).collect();
    assert_eq!(before, after, "nothing is written");
}

#[test]
fn a_finding_is_accepted_like_any_other() {
    let room = room(&flawed());
    room.write("gouji.yaml", "accept:\n  - {rule: NB511, at: {row: 行政许可}, reason: 含下放事项}\n");
    let ran = room.gouji(&["rollup", "county.txt", "members", "--format", "short"]);
    assert_eq!(codes(&ran), ["NB511"], "{}", ran.stdout);
    assert!(ran.status == 0 && !ran.stdout.contains("[config]"), "{}{}", ran.stdout, ran.stderr);
    let check = room.gouji(&["check", "county.txt", "--format", "short"]);
    assert!(check.status < 2 && !check.stdout.contains("NB511"), "{}", check.stdout);
    let ran = room.gouji(&["rollup", "county.txt", "members", "--show-accepted", "--format", "short"]);
    assert!(codes(&ran).len() == 2 && ran.stdout.contains("含下放事项"), "{}", ran.stdout);
    // An entry that covers nothing is told by the rollup, which knows.
    room.write("gouji.yaml", "accept:\n  - {rule: NB511, at: {row: 行政处罚}, reason: 含下放事项}\n");
    let ran = room.gouji(&["rollup", "county.txt", "members", "--format", "short"]);
    assert!(ran.stdout.contains("gouji.yaml:2:12: warning[XT001]"), "{}", ran.stdout);
    // A check does not look at sums, so it says nothing of the entry.
    let ran = room.gouji(&["check", "county.txt", "--format", "short"]);
    assert!(!ran.stdout.contains("XT001"), "{}", ran.stdout);
}

#[test]
fn what_can_not_be_read_is_told_and_sets_the_status() {
    let county = County::new(1, 5);
    let room = room(&county);
    room.write("members/binary.txt", [0_u8, 1, 2, 0, 255, 254, 0]);
    room.write("members/notes.txt", "会议记录\n\n今天开会。\n");
    let ran = room.gouji(&["rollup", "county.txt", "members", "gone.txt", "--format", "short"]);
    assert_eq!(ran.status, 3);
    for file in ["members/binary.txt: 无法读取", "gone.txt: 无法读取", "members/notes.txt: 未检查"] {
        assert!(ran.stdout.contains(file), "{file}: {}", ran.stdout);
    }
    assert_eq!(codes(&ran), [""; 0]);
    // In the tables it has a row without numbers, and a note.
    let table = room.gouji(&["rollup", "county.txt", "members", "--format", "table"]).stdout;
    assert!(
        table.contains("\n* members/notes.txt") && table.contains("\n* members/notes.txt：标题和各部分"),
        "{table}"
    );
    let csv = room.gouji(&["rollup", "county.txt", "members", "--format", "csv"]).stdout;
    assert!(csv.contains("\r\nmembers/notes.txt,,,,,,,,,,,,,,members/notes.txt,标题和各部分"), "{csv}");
    assert_eq!(room.gouji(&["rollup", "gone.txt", "members"]).status, 3);
    // Where no member can be added up nothing is compared, and nothing is clean.
    let ran = room.gouji(&["rollup", "county.txt", "members/binary.txt"]);
    assert_eq!(ran.status, 3);
    assert!(ran.stdout.contains("没有一份可以计入的报告") && ran.stdout.contains("核对 0 个数"), "{}", ran.stdout);
    // What is no annual report can not be compared with anything.
    let ran = room.gouji(&["rollup", "members/notes.txt", "members/00.txt"]);
    assert!(ran.status == 3 && ran.stdout.contains("NB511"), "{}", ran.stdout);
}

#[test]
fn wrong_usage_is_told() {
    let room = room(&County::new(1, 3));
    for (args, wanted) in [
        (&["rollup", "county.txt"][..], "没有各单位的报告"),
        (&["rollup", "members", "county.txt"][..], "members 是文件夹"),
        (&["rollup"][..], "缺少参数"),
    ] {
        let ran = room.gouji(args);
        assert!(ran.status == 2 && ran.stderr.contains(wanted), "{args:?}: {}", ran.stderr);
    }
    // No check compares reports: to ask one for it is not answered by a clean report.
    let ran = room.gouji(&["check", "county.txt", "--select", "NB511"]);
    assert_eq!(ran.status, 2, "{}", ran.stdout);
    let page = room.gouji(&["explain", "NB511"]).stdout;
    assert!(page.contains("由 gouji rollup 检查"), "{page}");
}
