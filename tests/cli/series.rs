//! Last year's report: given, named by a configuration, or found among the reports of the run.

use crate::room::Room;

/// A report of a year in which so many applications were carried over and left.
fn report(organ: &str, year: i32, carried: u32, left: u32) -> String {
    let done = carried + 5 - left;
    format!(
        "{organ}{year}年政府信息公开工作年度报告\n\n三、收到和处理政府信息公开申请情况\n\n\
         项目\t\t\t自然人\t总计\n\
         一、本年新收政府信息公开申请数量\t\t\t5\t5\n\
         二、上年结转政府信息公开申请数量\t\t\t{carried}\t{carried}\n\
         三、本年度办理结果\t（七）总计\t\t{done}\t{done}\n\
         四、结转下年度继续办理\t\t\t{left}\t{left}\n"
    )
}

const BROKEN: &str = "上年结转为 2，上年年报的结转下年度继续办理为 1，相差 1";
const SKIPPED: &str = "需要上一年度报告，用 --prev 给出";

fn room() -> Room {
    let room = Room::bare();
    room.write("now.txt", report("青禾县水利局", 2024, 2, 0));
    room.write("old/2023.txt", report("青禾县水利局", 2023, 0, 1));
    room.write("old/other.txt", report("禾川县水利局", 2023, 0, 2));
    room
}

#[test]
fn last_year_s_report_is_given() {
    let room = room();
    for prev in ["old/2023.txt", "old"] {
        let ran = room.gouji(&["check", "now.txt", "--prev", prev, "--select", "NB521"]);
        assert!(ran.stdout.contains(BROKEN), "{prev}: {}{}", ran.stdout, ran.stderr);
        // The number of last year's report stands with its file.
        assert!(ran.stdout.contains("old/2023.txt"), "{prev}: {}", ran.stdout);
    }
    let ran = room.gouji(&["check", "now.txt", "--select", "NB521"]);
    assert!(ran.stdout.contains(SKIPPED) && !ran.stdout.contains(BROKEN), "{}", ran.stdout);
}

#[test]
fn a_configuration_names_the_reports_of_other_years() {
    let room = room();
    room.write("gouji.yaml", "series: [old]\n");
    let ran = room.gouji(&["check", "now.txt", "--select", "NB521"]);
    assert!(ran.stdout.contains(BROKEN), "{}{}", ran.stdout, ran.stderr);
    let ran = room.gouji(&["config", "now.txt"]);
    assert!(ran.stdout.contains("历年年报\n  old（gouji.yaml:1）"), "{}", ran.stdout);
}

#[test]
fn reports_checked_together_are_matched_by_organ_and_year() {
    let room = room();
    let ran = room.gouji(&["check", ".", "--select", "NB521", "--format", "short"]);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines, [format!("now.txt:7:22: warning[NB521] {BROKEN}")]);
    // Two reports of one organ and year: which is meant can not be told.
    room.write("old/again.txt", report("青禾县水利局", 2023, 0, 2));
    let ran = room.gouji(&["check", ".", "--select", "NB521", "--format", "short"]);
    assert_eq!(ran.stdout, "");
    let ran = room.gouji(&["check", "now.txt", "--prev", "old", "--select", "NB521"]);
    assert!(
        ran.stdout.contains("上一年度报告有 2 份（old/2023.txt、old/again.txt），用 --prev 指明一份"),
        "{}",
        ran.stdout
    );
}

#[test]
fn an_organ_is_known_under_its_former_name() {
    let room = Room::bare();
    room.write("now.txt", report("青禾县自然资源局", 2019 + 5, 2, 0));
    room.write("2023.txt", report("青禾县国土资源局", 2023, 0, 1));
    let ran = room.gouji(&["check", "now.txt", "2023.txt", "--select", "NB521", "--format", "short"]);
    assert!(ran.stdout.contains(BROKEN), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn what_was_given_and_does_not_fit_is_said() {
    let room = room();
    room.write("2022.txt", report("青禾县水利局", 2022, 0, 1));
    let ran = room.gouji(&["check", "now.txt", "--prev", "2022.txt", "--select", "NB521"]);
    assert!(ran.stdout.contains("给出的是2022年度报告，要的是2023年度报告"), "{}", ran.stdout);
    let ran = room.gouji(&["check", "now.txt", "--prev", "nowhere.txt", "--select", "NB521"]);
    assert_eq!(ran.status, 3);
    assert!(ran.stdout.contains("nowhere.txt"), "{}", ran.stdout);
}

#[test]
fn the_baseline_knows_what_last_year_s_report_shows() {
    let room = room();
    room.write("gouji.yaml", "series: [old]\nbaseline: known.jsonl\n");
    let ran = room.gouji(&["baseline", "create", "now.txt"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    let ran = room.gouji(&["check", "now.txt", "--select", "NB521", "--format", "short"]);
    assert!(!ran.stdout.contains(BROKEN), "{}", ran.stdout);
}
