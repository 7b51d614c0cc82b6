//! `gouji fix`: what it writes, what it keeps, what it refuses.

use crate::room::{CLEAN, MENDED, Room, WRONG};

#[test]
fn a_second_run_changes_nothing() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    room.write("clean.txt", CLEAN);
    let ran = room.run(&["fix", "a.txt", "clean.txt"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("a.txt：修正 1 处（ZZ901 1）"), "{}", ran.stdout);
    assert_eq!(room.read("a.txt"), MENDED);
    assert_eq!(room.read("clean.txt"), CLEAN);
    assert_eq!(room.names(), ["a.txt", "clean.txt"], "no temporary file is left");
    let ran = room.run(&["fix", "a.txt", "clean.txt"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "没有可自动修正的内容\n"));
}

#[test]
fn encoding_mark_and_line_ends_stay() {
    let room = Room::new();
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let utf16 = |text: &str| -> Vec<u8> {
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    room.write("crlf.txt", format!("\u{feff}{}", crlf(WRONG)));
    room.write("gb.txt", gb(WRONG));
    room.write("utf16.txt", utf16(WRONG));
    let ran = room.run(&["fix", "."]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(room.read("crlf.txt"), format!("\u{feff}{}", crlf(MENDED)));
    assert_eq!(room.bytes("gb.txt"), gb(MENDED));
    assert_eq!(room.bytes("utf16.txt"), utf16(MENDED));
}

#[test]
fn diff_and_check_write_nothing() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    let ran = room.run(&["fix", "--diff", "a.txt"]);
    assert_eq!(ran.status, 0);
    assert!(ran.stdout.starts_with("--- a/a.txt\n+++ b/a.txt\n@@ "), "{}", ran.stdout);
    assert!(ran.stdout.contains("-这里有一个错别子，需要改。\n+这里有一个错别字，需要改。\n"), "{}", ran.stdout);
    assert_eq!(room.run(&["fix", "--check", "a.txt"]).status, 1);
    assert_eq!(room.read("a.txt"), WRONG);
    room.write("a.txt", MENDED);
    assert_eq!(room.run(&["fix", "--check", "a.txt"]).status, 0);
}

#[test]
fn standard_input_comes_out_mended() {
    let room = Room::new();
    let ran = room.run_fed(&["fix", "-"], WRONG.as_bytes());
    assert_eq!((ran.status, ran.stdout.as_str()), (0, MENDED));
    let ran = room.run_fed(&["fix", "-"], CLEAN.as_bytes());
    assert_eq!(ran.stdout, CLEAN);
}

#[test]
fn the_old_file_is_kept_under_a_free_name() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    room.write("a.txt.bak", "older");
    let ran = room.run(&["fix", "--backup", "a.txt"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(room.read("a.txt"), MENDED);
    assert_eq!(room.read("a.txt.bak"), "older");
    assert_eq!(room.read("a.txt.bak2"), WRONG);
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_links_are_refused() {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    let room = Room::new();
    room.write("a.txt", WRONG);
    fs::set_permissions(room.path("a.txt"), fs::Permissions::from_mode(0o640)).expect("permissions can be set");
    assert_eq!(room.run(&["fix", "a.txt"]).status, 0);
    let mode = fs::metadata(room.path("a.txt")).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);

    room.write("target.txt", WRONG);
    symlink(room.path("target.txt"), room.path("link.txt")).expect("a link can be made");
    let ran = room.run(&["fix", "link.txt"]);
    assert_eq!(ran.status, 3);
    assert!(ran.stderr.contains("符号链接"), "{}", ran.stderr);
    assert_eq!(room.read("target.txt"), WRONG);

    room.write("locked.txt", WRONG);
    fs::set_permissions(room.path("locked.txt"), fs::Permissions::from_mode(0o444)).expect("permissions can be set");
    let ran = room.run(&["fix", "locked.txt"]);
    assert_eq!(ran.status, 3);
    assert!(ran.stderr.contains("只读"), "{}", ran.stderr);
    assert_eq!(room.read("locked.txt"), WRONG);
}

#[test]
fn the_mended_text_of_one_report_can_go_elsewhere() {
    let room = Room::new();
    room.write("a.txt", WRONG);
    room.write("b.txt", CLEAN);
    let ran = room.run(&["fix", "a.txt", "-o", "out.txt"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("a.txt：修正 1 处（ZZ901 1）；写入 out.txt\n"), "{}", ran.stdout);
    assert_eq!((room.read("a.txt").as_str(), room.read("out.txt").as_str()), (WRONG, MENDED));
    let ran = room.run(&["fix", "b.txt", "-o", "same.txt"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(room.read("same.txt"), CLEAN);
    assert_eq!(room.run_fed(&["fix", "-", "-o", "in.txt"], WRONG.as_bytes()).status, 0);
    assert_eq!(room.read("in.txt"), MENDED);
    for several in [&["fix", "a.txt", "b.txt", "-o", "two.txt"][..], &["fix", "a.txt", "-o", "a.txt"]] {
        let ran = room.run(several);
        assert_eq!(ran.status, 2, "{}", ran.stdout);
        assert!(ran.stderr.contains("-o"), "{}", ran.stderr);
    }
    assert_eq!(room.run(&["fix", "missing.txt", "-o", "none.txt"]).status, 3);
    assert_eq!(room.run(&["fix", "--check", "a.txt", "b.txt", "-o", "told.txt"]).status, 1);
    assert!(room.read("told.txt").contains("a.txt：有 1 处可修正"));
    assert_eq!(room.read("a.txt"), WRONG);
    assert_eq!(room.names(), ["a.txt", "b.txt", "in.txt", "out.txt", "same.txt", "told.txt"]);
}
