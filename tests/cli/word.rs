//! Word files: mended and annotated beside the original, which is never touched unless that is asked for.

use crate::room::{MENDED, Room, WRONG};
use gouji_tests::word::{self, Book};

fn wrong() -> Vec<u8> {
    Book::of(&WRONG.lines().collect::<Vec<_>>()).bytes()
}

/// The document's markup in a file of the room.
fn markup(room: &Room, name: &str) -> String {
    String::from_utf8(word::entry(&room.bytes(name), "word/document.xml")).expect("it is UTF-8")
}

#[test]
fn a_mended_file_stands_beside_the_original() {
    let room = Room::new();
    room.write("a.docx", wrong());
    let ran = room.run(&["fix", "a.docx", "--today", "2026-01-31"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("a.docx：修正 1 处（ZZ901 1）；写入 a.修订.docx"), "{}", ran.stdout);
    assert_eq!(room.bytes("a.docx"), wrong());
    let markup = markup(&room, "a.修订.docx");
    let deleted = "w:author=\"gouji\" w:date=\"2026-01-31T00:00:00Z\"><w:r><w:delText xml:space=\"preserve\">子<";
    assert!(markup.contains(deleted), "{markup}");
    let text = room.gouji(&["inspect", "--text", "a.修订.docx"]).stdout;
    let lines = |text: &str| text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(&text), lines(MENDED));
    let again = room.run(&["fix", "a.docx"]);
    assert_eq!(again.status, 3, "{}", again.stdout);
    assert!(again.stderr.contains("a.修订.docx 已经存在，没有写入"), "{}", again.stderr);
    // In a folder it is no report of its own, unless it is named.
    let ran = room.run(&["check", ".", "--format", "short"]);
    assert!(ran.stdout.contains("a.修订.docx: 未检查: 是 gouji 另存的一份"), "{}", ran.stdout);
    assert_eq!(room.run(&["check", "a.修订.docx"]).status, 0);
}

#[test]
fn it_is_mended_in_place_plainly_or_by_comments_where_asked() {
    let room = Room::new();
    room.write("a.docx", wrong());
    assert_eq!(room.run(&["fix", "a.docx", "--docx", "plain", "-o", "b.docx"]).status, 0);
    assert!(!markup(&room, "b.docx").contains("w:del"));
    let ran = room.run(&["fix", "a.docx", "--docx", "comments", "-o", "c.docx"]);
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (0, "a.docx：写了 1 条批注，正文未改；写入 c.docx\n"),
        "{}",
        ran.stderr
    );
    let again = room.run(&["fix", "c.docx", "--docx", "comments", "-o", "d.docx"]);
    assert_eq!(again.status, 3, "{}", again.stdout);
    let marked =
        "<w:commentRangeStart w:id=\"1\"/><w:r><w:t xml:space=\"preserve\">错别子</w:t></w:r><w:commentRangeEnd";
    assert!(markup(&room, "c.docx").contains(marked), "{}", markup(&room, "c.docx"));
    let comments = String::from_utf8(word::entry(&room.bytes("c.docx"), "word/comments.xml")).expect("UTF-8");
    assert!(comments.contains("[ZZ901]"), "{comments}");
    assert_eq!(room.bytes("a.docx"), wrong());
    assert_eq!(room.run(&["fix", "a.docx", "--in-place", "--backup"]).status, 0);
    assert!(markup(&room, "a.docx").contains("w:ins"));
    assert_eq!(room.bytes("a.docx.bak"), wrong());
    assert_eq!(room.names(), ["a.docx", "a.docx.bak", "b.docx", "c.docx"]);
}

#[test]
fn a_place_is_told_by_section_and_paragraph() {
    let room = Room::new();
    room.write("a.docx", Book::of(&["一、总体情况", "没有问题。", "这里有一个错别子，需要改。"]).bytes());
    let ran = room.run(&["check", "a.docx"]);
    assert!(ran.stdout.contains("a.docx:3:6"), "{}", ran.stdout);
    assert!(ran.stdout.contains("位置：“一、总体情况”第 2 段"), "{}", ran.stdout);
    let ran = room.run(&["check", "a.docx", "--lang", "en"]);
    assert!(ran.stdout.contains("place: “一、总体情况”, paragraph 2"), "{}", ran.stdout);
}

#[test]
fn check_and_diff_write_nothing() {
    let room = Room::new();
    room.write("a.docx", wrong());
    assert_eq!(room.run(&["fix", "a.docx", "--check"]).status, 1);
    let ran = room.run(&["fix", "a.docx", "--diff"]);
    assert!(ran.stdout.contains("-这里有一个错别子，需要改。\n+这里有一个错别字，需要改。\n"), "{}", ran.stdout);
    assert_eq!(room.names(), ["a.docx"]);
}

#[test]
fn findings_become_comments() {
    let room = Room::new();
    room.write("a.docx", wrong());
    room.write("a.txt", WRONG);
    let ran = room.run(&["annotate", "a.docx"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "a.docx：写了 1 条批注，存为 a.批注.docx\n"), "{}", ran.stderr);
    let comments = String::from_utf8(word::entry(&room.bytes("a.批注.docx"), "word/comments.xml")).expect("UTF-8");
    assert!(comments.contains("错误[ZZ901] “错别子”应为“错别字”"), "{comments}");
    let again = room.run(&["annotate", "a.批注.docx"]);
    assert_eq!(again.status, 3);
    assert!(again.stderr.contains("里面已有 1 条 gouji 写的批注"), "{}", again.stderr);
    let ran = room.run(&["annotate", "a.txt"]);
    assert_eq!(ran.status, 3);
    assert!(ran.stderr.contains("a.txt：只有 Word 文件"), "{}", ran.stderr);
    assert_eq!(room.names(), ["a.docx", "a.txt", "a.批注.docx"]);
}

#[test]
fn what_is_no_word_file_is_said_to_be_what_it_is() {
    let room = Room::new();
    let ole = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600], &name, &[0; 600]].concat()
    };
    for (name, bytes, why) in [
        ("a.docx", ole("EncryptedPackage"), "有密码保护"),
        ("b.docx", ole("WordDocument"), "旧版 Word 文件（.doc）"),
        ("c.wps", ole("WordDocument"), "旧版 Word 文件（.doc）"),
        ("d.et", ole("Workbook"), "旧版表格文件（.xls）"),
        ("e.docx", b"%PDF-1.7".to_vec(), "PDF"),
        ("f.doc", b"{\\rtf1".to_vec(), "RTF"),
        ("g.doc", b"hello".to_vec(), "暂不支持 doc 格式"),
        ("h.docx", word::zipped(&[("OFD.xml".to_owned(), String::new())]), "OFD"),
        ("k.docx", Vec::new(), "是空文件"),
        ("l.docx", "<html><body>青禾县水利局</body></html>".into(), "其实是网页"),
        ("m.docx", WRONG.into(), "其实是纯文本"),
        ("n.docx", vec![7; 300], "不是完整的 docx 文件"),
        ("i.docx", wrong()[..300].to_vec(), "不是完整的 docx 文件"),
    ] {
        room.write(name, bytes);
        let ran = room.run(&["check", name]);
        assert_eq!(ran.status, 3, "{name}: {}", ran.stdout);
        assert!(ran.stdout.contains(why), "{name}: {}", ran.stdout);
    }
    room.write("j.doc", wrong());
    assert_eq!(room.run(&["check", "j.doc"]).status, 1, "a Word file by any name is read");
}

#[test]
fn old_files_are_converted_where_asked_or_it_is_said_why_not() {
    let room = Room::new();
    let name: Vec<u8> = "WordDocument".encode_utf16().flat_map(u16::to_le_bytes).collect();
    room.write("in/a.doc", [b"\xD0\xCF\x11\xE0".as_slice(), &[0; 600], &name].concat());
    let args = ["check", "in", "--rules", ".rules", "--select", "ZZ"];
    let ran = room.gouji(&args);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert!(ran.stdout.contains("in/a.doc"), "it is listed as not checked: {}", ran.stdout);
    let ran = room.under("PATH", "".as_ref(), &[args.as_slice(), &["--convert"]].concat());
    assert_eq!(ran.status, 3, "{}", ran.stdout);
    assert!(ran.stdout.contains("in/a.doc：无法读取：--convert 需要 LibreOffice"), "{}", ran.stdout);
}

/// What a comment says is no text of the report: no rule looks for secrets in it, so it is not shown whole.
#[test]
fn what_is_left_is_told_without_long_numbers() {
    let room = Room::new();
    let part = |root: &str, inner: &str| format!("<w:{root} {}>{inner}</w:{root}>", word::SPACE);
    let comment = "<w:comment w:id=\"1\" w:author=\"张三\"><w:p><w:r><w:t>电13800000000</w:t></w:r></w:p></w:comment>";
    let book = Book {
        parts: vec![("word/comments.xml", "comments", part("comments", comment))],
        ..Book::of(&["某某情况的报告", "这里一切都好，没有问题。"])
    };
    room.write("a.docx", book.bytes());
    let ran = room.gouji(&["check", "a.docx", "--select", "AQ4"]);
    assert!(ran.stdout.contains("[AQ404] 这里有批注：“张三：电＊＊＊＊＊＊＊＊＊＊＊”"), "{}", ran.stdout);
    for format in ["json", "short"] {
        let ran = room.gouji(&["check", "a.docx", "--select", "AQ4", "--format", format]);
        assert!(!ran.stdout.contains("13800000000"), "{}", ran.stdout);
    }
}
