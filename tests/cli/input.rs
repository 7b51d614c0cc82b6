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
    room.write("word.docx", "PK");
    let ran = room.run(&["check", "binary.txt", "word.docx", "missing.txt", "wrong.txt"]);
    assert_eq!(ran.status, 3);
    for wanted in [
        "错误 binary.txt：无法读取：",
        "错误 word.docx：无法读取：暂不支持 docx 格式",
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
    let cases: [(&[&str], &str); 10] = [
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
