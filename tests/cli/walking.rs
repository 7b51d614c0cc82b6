//! Folders: what is read, what is left alone, what is told of.

use crate::room::{CLEAN, Room, WRONG};

#[test]
fn folders_are_walked_in_order_and_ignore_files_respected() {
    let room = Room::new();
    room.write("in/b/two.md", "# 某某报告\n\n这里有一个错别子，需要改。\n");
    room.write("in/a/one.txt", WRONG);
    room.write("in/c.txt", CLEAN);
    room.write("in/.hidden.txt", WRONG);
    room.write("in/drafts/old.txt", WRONG);
    room.write("in/.gitignore", "drafts/\n");
    room.write("in/picture.png", "no text");
    let ran = room.run(&["check", "in", "--format", "short"]);
    let paths: Vec<&str> = ran.stdout.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(paths, ["in/a/one.txt", "in/b/two.md", "in/picture.png"]);
    assert_eq!(ran.status, 1);
}

#[test]
fn what_a_user_has_git_ignore_everywhere_does_not_count() {
    let room = Room::new();
    room.write("in/a.txt", WRONG);
    room.write("home/git/ignore", "*.txt\n*.yaml\n");
    let args = ["check", "in", "--format", "short", "--rules", ".rules", "--select", "ZZ"];
    let ran = room.under("XDG_CONFIG_HOME", room.path("home").as_os_str(), &args);
    assert!(ran.stdout.starts_with("in/a.txt:3:6: error[ZZ901]"), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(ran.status, 1);
}

#[test]
fn formats_not_read_yet_are_listed_and_lock_files_are_not() {
    let room = Room::new();
    room.write("in/a.txt", CLEAN);
    for name in ["b.doc", "c.pdf", "d.wps", "e.et", "f.xlsx", "g.ofd", "~$b.docx", "~$a.txt"] {
        room.write(&format!("in/{name}"), "x");
    }
    let ran = room.run(&["check", "in"]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    for name in ["b.doc", "c.pdf", "d.wps", "e.et", "f.xlsx", "g.ofd"] {
        assert!(ran.stdout.contains(&format!("in/{name}")), "{name}: {}", ran.stdout);
    }
    assert!(ran.stdout.contains("未检查"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("~$"), "{}", ran.stdout);
}

#[test]
fn a_file_named_twice_is_checked_once() {
    let room = Room::new();
    room.write("in/a.txt", WRONG);
    let ran = room.run(&["check", "in", "in/a.txt", "./in/a.txt", "--format", "short"]);
    assert_eq!(ran.stdout.lines().count(), 1, "{}", ran.stdout);
}

#[test]
fn an_empty_folder_is_no_fault() {
    let room = Room::new();
    std::fs::create_dir(room.path("in")).expect("a folder can be made");
    let ran = room.run(&["check", "in"]);
    assert_eq!(ran.status, 0);
    assert_eq!(ran.stdout, "没有检查任何文件\n");
    assert_eq!(room.run(&["check", "in", "--lang", "en"]).stdout, "no file was checked\n");
    let ran = room.run(&["check", "missing.txt"]);
    assert!(ran.stdout.contains("没有检查任何文件；1 份无法读取\n"), "{}", ran.stdout);
}

#[test]
fn files_of_other_kinds_are_listed_too() {
    let room = Room::new();
    room.write("in/a.txt", CLEAN);
    for name in ["b.csv", "c.png", "README", ".hidden", "~$d.csv"] {
        room.write(&format!("in/{name}"), "x");
    }
    let ran = room.run(&["check", "in"]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    let told = "未检查 3 份文件（不是 gouji 读的格式）：in/README、in/b.csv、in/c.png\n";
    assert!(ran.stdout.contains(told), "{}", ran.stdout);
    for n in 0..30 {
        room.write(&format!("in/{n}.CSV"), "x");
    }
    let ran = room.run(&["check", "in"]);
    let told = "未检查 33 份文件（不是 gouji 读的格式）：.csv 31 份、.png 1 份、无扩展名 1 份\n";
    assert!(ran.stdout.contains(told), "{}", ran.stdout);
    let ran = room.run(&["check", "in", "--format", "json"]);
    let whole: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!(whole["not_checked"].as_array().expect("it is a list").len(), 33);
}
