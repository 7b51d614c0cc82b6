//! What can be read and what can not: encodings, standard input, odd files.

use crate::room::{CLEAN, Room, WRONG};

#[test]
fn every_encoding_gives_the_same_place() {
    let room = Room::new();
    let (gb18030, _, _) = encoding_rs::GB18030.encode(WRONG);
    let utf16 = |to: fn(u16) -> [u8; 2], mark: [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(WRONG.encode_utf16().flat_map(to)).collect()
    };
    room.write("utf8.txt", WRONG);
    room.write("bom.txt", format!("\u{feff}{WRONG}"));
    room.write("gb.txt", &gb18030);
    room.write("le.txt", utf16(u16::to_le_bytes, [0xff, 0xfe]));
    room.write("be.txt", utf16(u16::to_be_bytes, [0xfe, 0xff]));
    room.write("crlf.txt", WRONG.replace('\n', "\r\n"));
    for name in ["utf8", "bom", "gb", "le", "be", "crlf"] {
        let ran = room.run(&["check", &format!("{name}.txt"), "--format", "short"]);
        assert_eq!(ran.stdout, format!("{name}.txt:3:6: error[ZZ901] “错别子”应为“错别字”\n"));
    }
}

#[test]
fn standard_input_goes_by_the_name_given() {
    let room = Room::new();
    let ran = room.run_fed(&["check", "-", "--format", "short", "--stdin-name", "公文.txt"], WRONG.as_bytes());
    assert_eq!(ran.stdout, "公文.txt:3:6: error[ZZ901] “错别子”应为“错别字”\n");
    assert_eq!(ran.status, 1);
}

#[test]
fn what_can_not_be_read_is_told_and_the_rest_is_checked() {
    let room = Room::new();
    room.write("wrong.txt", WRONG);
    room.write("binary.txt", [0x7f, b'E', b'L', b'F', 0, 0, 0, 0xff, 0xfe, 0, 0x81, 0, 0x90].repeat(20));
    room.write("word.docx", "PK\u{3}\u{4}rest");
    let ran = room.run(&["check", "binary.txt", "word.docx", "missing.txt", "wrong.txt"]);
    assert_eq!(ran.status, 3);
    for wanted in [
        "错误 binary.txt：无法读取：",
        "错误 word.docx：无法读取：不是完整的 docx 文件",
        "错误 missing.txt：无法读取：文件不存在",
        "错误[ZZ901]",
    ] {
        assert!(ran.stdout.contains(wanted), "{wanted}\n{}", ran.stdout);
    }
}

#[test]
fn odd_files_are_documents_like_any_other() {
    let room = Room::new();
    room.write("empty.txt", "");
    room.write("one-line.txt", "好".repeat(400_000));
    room.write("deep.md", format!("{}{}", "> ".repeat(20_000), "- ".repeat(20_000)));
    room.write("tabs.txt", "\t".repeat(50_000));
    for name in ["empty.txt", "one-line.txt", "deep.md", "tabs.txt"] {
        let ran = room.run(&["check", name]);
        assert_eq!(ran.status, 0, "{name}: {}{}", ran.stdout, ran.stderr);
    }
}

#[cfg(unix)]
#[test]
fn too_large_a_file_is_not_read() {
    let room = Room::new();
    room.write("wrong.txt", WRONG);
    let file = std::fs::File::create(room.path("large.txt")).expect("the file can be made");
    file.set_len(100 * 1024 * 1024 + 1).expect("a sparse file can be made");
    let ran = room.run(&["check", "large.txt", "wrong.txt"]);
    assert_eq!(ran.status, 3);
    assert!(ran.stdout.contains("超过 100 MB 的上限"), "{}", ran.stdout);
    assert!(ran.stdout.contains("错误[ZZ901]"));
}

#[test]
fn wrong_usage_is_status_2_and_says_what_is_right() {
    let room = Room::new();
    room.write("clean.txt", CLEAN);
    let cases: [(&[&str], &str); 12] = [
        (&["check", "clean.txt", "--select", "QQ1"], "没有编号为“QQ1”的规则"),
        (&["check", "clean.txt", "--ignore", "XX999"], "没有编号为“XX999”的规则"),
        (&["check", "clean.txt", "--rules", "no-such"], "无法读取规则 no-such"),
        (&["check", "clean.txt", "--today", "昨天"], "--today"),
        (&["check", "clean.txt", "--as", "no-form"], "没有表样“no-form”"),
        (&["check", "clean.txt", "--format", "xml"], "可用的有"),
        (&["check"], "缺少参数"),
        (&["chek", "clean.txt"], "check"),
        (&["explain", "ZZ000"], "没有编号为“ZZ000”的规则"),
        (&["check", "clean.txt", "--lang", "en", "--select", "QQ1"], "no rule has the code `QQ1`"),
        (&["check", "clean.txt", "--year", "24"], "--year"),
        (&["check", "clean.txt", "--year", "3000"], "--year"),
    ];
    for (args, wanted) in cases {
        let ran = room.gouji(args);
        assert_eq!(ran.status, 2, "{args:?}: {}{}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains(wanted), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn a_broken_rule_is_shown_and_the_others_run() {
    let room = Room::new();
    room.write("wrong.txt", WRONG);
    room.write(".rules/broken.yaml", "id: ZZ903\nname: 坏规则\nlevel: error\nfnd: x\n");
    let ran = room.run(&["check", "wrong.txt"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stdout.contains("错误[ZZ901]"), "{}", ran.stdout);
    assert!(ran.stdout.contains("规则错误"), "{}", ran.stdout);
    assert!(ran.stdout.contains("broken.yaml:"), "{}", ran.stdout);
}

/// A script that fails when it runs, not when it is loaded.
fn failing(script: &str) -> String {
    format!(
        "id: ZZ904\nname: 坏脚本\nlevel: error\nbasis: {{doc: 测试用规则, strength: practice}}\nscript: |\n  {script}\n"
    )
}

#[test]
fn a_rule_that_fails_when_it_runs_is_told_and_is_status_2() {
    for script in ["let y = 0; let z = 1 / y;", "let n = 0; loop { n += 1; }"] {
        let room = Room::new();
        room.write("clean.txt", CLEAN);
        room.write("other.txt", CLEAN);
        room.write(".rules/failing.yaml", failing(script));
        let ran = room.run(&["check", "clean.txt", "other.txt", "--format", "short"]);
        assert_eq!(ran.status, 2, "{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.stdout.matches("规则 ZZ904 运行出错：").count(), 1, "{}", ran.stdout);
        let ran = room.run(&["check", "clean.txt"]);
        assert_eq!(ran.status, 2, "{}", ran.stdout);
        assert!(ran.stdout.starts_with("clean.txt：未发现问题；运行出错的规则 1 条\n"), "{}", ran.stdout);
        assert!(ran.stdout.contains("共检查 1 份文件，未发现问题；运行出错的规则 1 条\n"), "{}", ran.stdout);
        assert!(room.run(&["check", "clean.txt", "--quiet"]).stdout.contains("规则 ZZ904 运行出错："));
        let ran = room.run(&["check", "clean.txt", "--format", "ndjson"]);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("规则 ZZ904 运行出错："), "{}", ran.stderr);
        let ran = room.run(&["fix", "clean.txt"]);
        assert_eq!(ran.status, 2, "{}{}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains("规则 ZZ904 运行出错："), "{}", ran.stderr);
    }
}

#[test]
fn what_the_reader_passed_over_is_told() {
    let room = Room::new();
    room.write("a.md", "# 某某报告\n\n一切<b>都</b>好。\n\n一切都好。\n\n一切<b>都</b>好。\n");
    let ran = room.run(&["check", "a.md"]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert!(ran.stdout.contains("第 3、7 行：Markdown 中的 HTML 未读取\n"), "{}", ran.stdout);
    let mut bytes = "某某报告\n\n一切都好，没有问题。\n".repeat(20).into_bytes();
    bytes.extend([0xff, b'\n']);
    room.write("b.txt", bytes);
    let ran = room.run(&["check", "b.txt"]);
    assert!(ran.stdout.contains("第 61 行有无法解码的字节，文件不能自动修正\n"), "{}", ran.stdout);
    let ran = room.run(&["check", "a.md", "--format", "json"]);
    let whole: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    let notes = &whole["documents"][0]["notes"];
    assert_eq!(notes[0]["kind"], "html-skipped");
    assert_eq!(notes[3]["span"]["start"]["line"], 7);
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_not_waited_for() {
    let room = Room::new();
    room.write("wrong.txt", WRONG);
    let made = std::process::Command::new("mkfifo").arg(room.path("pipe.txt")).status().expect("mkfifo runs");
    assert!(made.success());
    let ran = room.run(&["check", "pipe.txt", "wrong.txt", "/dev/zero"]);
    assert_eq!(ran.status, 3, "{}", ran.stdout);
    for told in ["pipe.txt：无法读取：不是普通文件", "/dev/zero：无法读取：不是普通文件", "错误[ZZ901]"]
    {
        assert!(ran.stdout.contains(told), "{told}: {}", ran.stdout);
    }
}

#[cfg(unix)]
#[test]
fn no_name_of_a_file_reaches_the_terminal_as_it_is() {
    let room = Room::new();
    room.write("e\u{1b}[31mvil\n名.txt", WRONG);
    room.write(".rules/z\u{1b}[31m.yaml", "id: YY903\nname: 坏规则\nlevel: error\nfnd: x\n");
    for args in [["check", "."].as_slice(), &["fix", "--diff", "."], &["rules", "test", ".rules"]] {
        let ran = if args[0] == "rules" { room.gouji(args) } else { room.run(args) };
        for said in [&ran.stdout, &ran.stderr] {
            assert!(!said.contains('\u{1b}') && !said.contains("vil\n"), "{args:?}: {said:?}");
        }
    }
}
