//! Word files that can not be read: each refused with its reason, none brings the reader down.

use gouji_core::document::Document;
use gouji_tests::word::{self, Book, body, with};

/// Why a file can not be read.
fn refusal(bytes: &[u8]) -> String {
    gouji_core::read("a.docx", bytes, &Default::default()).expect_err("it can not be read").to_string()
}

#[test]
fn bad_files_are_refused_with_a_reason() {
    let whole = Book::of(&["青禾县水利局"]).bytes();
    let document = "word/document.xml";
    let two = word::relationships(&[("word/document.xml", "officeDocument"), ("word/other.xml", "officeDocument")]);
    let sheet = word::content_types().replace("wordprocessingml.document", "spreadsheetml.sheet");
    let bomb = format!("<!DOCTYPE a [<!ENTITY b \"{}\">]><a>&b;</a>", "b".repeat(1000));
    for (bytes, why) in [
        (whole[..whole.len() - 30].to_vec(), "zip directory"),
        (whole[..80].to_vec(), "zip directory"),
        (with(&[("../../evil.xml", "")]), "unsafe name `../../evil.xml`"),
        (with(&[("/evil.xml", "")]), "unsafe name"),
        (with(&[("word\\..\\..\\evil.xml", "")]), "unsafe name"),
        (with(&[("WORD/document.xml", "")]), "two entries named `word/document.xml`"),
        (with(&[("_rels/.rels", &two)]), "two document parts"),
        (with(&[("_rels/.rels", &word::relationships(&[]))]), "holds no Word document"),
        (with(&[("[Content_Types].xml", "<Types/>")]), "holds no Word document"),
        (with(&[("[Content_Types].xml", &sheet)]), "xlsx"),
        (word::zipped(&[("OFD.xml".to_owned(), String::new())]), "ofd"),
        (word::zipped(&[("a.txt".to_owned(), String::new())]), "holds no Word document"),
        (with(&[(document, &bomb)]), "document type declaration"),
        (with(&[(document, "<w:document>")]), "no well-formed XML"),
        (with(&[(document, "")]), "no well-formed XML"),
        (with(&[(document, "<a></b>")]), "no well-formed XML"),
        (body(&format!("{}{}", "<w:sdt>".repeat(100_000), "</w:sdt>".repeat(100_000))), "nested too deeply"),
        (with(&[(document, &" ".repeat(65 * 1024 * 1024))]), "more than the limit"),
        (body(&"<w:p/>".repeat(4_000_001)), "too many elements"),
    ] {
        let said = refusal(&bytes);
        assert!(said.contains(why), "{why}: {said}");
    }
    let many: Vec<(String, String)> = (0..10_001).map(|n| (format!("{n}.xml"), String::new())).collect();
    assert!(refusal(&word::zipped(&many)).contains("too many entries"));
}

#[test]
fn damaged_bytes_never_bring_the_reader_down() {
    let whole = Book::of(&["青禾县水利局", "一、总体情况"]).bytes();
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x41;
        if let Ok(document) = gouji_core::read("a.docx", &bytes, &Default::default()) {
            assert!(document.text.len() < 10_000);
        }
        drop(gouji_core::read("a.docx", &whole[..at], &Default::default()));
    }
}

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn read(bytes: &[u8]) -> Document {
    gouji_core::read("a.docx", bytes, &Default::default()).expect("it can be read")
}

fn text_of(markup: &str) -> String {
    read(&body(markup)).text
}

#[test]
fn nesting_within_the_limit_is_read() {
    let tables = 40;
    let open = "<w:tbl><w:tr><w:tc>".repeat(tables);
    let close = "<w:p/></w:tc></w:tr></w:tbl>".repeat(tables);
    assert_eq!(text_of(&format!("{open}{}{close}", p("甲"))).trim_end(), "甲");
    let wraps = 200;
    assert_eq!(text_of(&format!("{}{}{}", "<w:sdt>".repeat(wraps), p("乙"), "</w:sdt>".repeat(wraps))), "乙\n");
}

#[test]
fn a_file_that_stands_in_place_of_text_is_told() {
    let chunk = "<w:altChunk r:id=\"rId1\" xmlns:r=\"a\"/>";
    let document = read(&body(&format!("{}{chunk}", p("青禾县水利局"))));
    let kinds: Vec<String> = document.leftovers.iter().map(|left| format!("{:?}", left.kind)).collect();
    assert_eq!(kinds, ["Embedded"]);
}
