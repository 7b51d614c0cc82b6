//! Local rules that mean harm: what is told, how it ends, and that it is the same on any number of threads.

use crate::room::{CLEAN, Room, WRONG};
use std::path::Path;

/// One for each kind of limit, the quick ones: tests/tests/hostile_scripts.rs runs them all.
const HOSTILE: [&str; 9] = [
    "deep-recursion",
    "endless-index",
    "fix-flood",
    "huge-array-pushed",
    "huge-map",
    "huge-string-doubled",
    "many-patterns",
    "report-flood",
    "thrown",
];

/// A room with the hostile rules beside its own, and four reports.
fn room() -> Room {
    let room = Room::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/hostile-scripts");
    for name in HOSTILE {
        let text = std::fs::read_to_string(folder.join(format!("{name}.yaml"))).expect("a hostile script is readable");
        room.write(&format!(".hostile/{name}.yaml"), text);
    }
    for name in ["a", "b", "c"] {
        room.write(&format!("in/{name}.txt"), WRONG);
    }
    room.write("in/d.txt", CLEAN);
    room
}

const CHECK: [&str; 8] = ["check", "in", "--rules", ".hostile", "--rules", ".rules", "--select", "XX,ZZ"];

#[test]
fn a_rule_that_errored_is_status_2_and_the_others_findings_stand() {
    let room = room();
    let without = room.run(&["check", "in", "--format", "short"]);
    assert_eq!((without.status, without.stdout.lines().count()), (1, 3), "{}", without.stdout);
    let ran = room.gouji(&[&CHECK[..], &["--format", "short"]].concat());
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    let rest =
        ran.stdout.strip_prefix(&without.stdout).expect("no finding is lost, none comes from a script that failed");
    let told: Vec<&str> = rest.lines().collect();
    assert_eq!(told.len(), HOSTILE.len(), "{rest}");
    for name in HOSTILE {
        let place = format!("运行出错：.hostile/{name}.yaml:");
        assert!(told.iter().any(|line| line.contains(&place)), "{name} is not told: {rest}");
    }
}

#[test]
fn an_errored_rule_stands_in_the_ledger_of_every_report() {
    let room = room();
    let ran = room.gouji(&[&CHECK[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    let documents = json["documents"].as_array().expect("there are documents");
    assert_eq!(documents.len(), 4);
    for document in documents {
        let ledger = document["ledger"].as_array().expect("each has a ledger");
        let errored = ledger.iter().filter(|entry| entry["status"] == "errored");
        assert_eq!(errored.count(), HOSTILE.len(), "{document}");
    }
}

#[test]
fn one_thread_and_many_say_the_same() {
    let room = room();
    for format in ["pretty", "json"] {
        let [one, many] = ["1", "8"].map(|n| room.on_threads(n, &[&CHECK[..], &["--format", format]].concat()));
        assert_eq!((one.status, many.status), (2, 2));
        assert!(one.stdout == many.stdout && one.stderr == many.stderr, "{}\n{}", one.stdout, many.stdout);
    }
}
