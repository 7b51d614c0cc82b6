//! The same report as UTF-8, GB18030, CRLF and Markdown gives the same findings at the corresponding places.

use gouji_core::document::Document;
use gouji_core::encoding::Charset;
use gouji_lint::finding::Finding;
use gouji_tests::checking;
use gouji_tests::generator::{Defect, Dice, Flawed, Layout, LineEnd, Report};

/// What must be the same in every twin: rule, level, message, the words found, the section they stand in, the parties
/// with their values, and how many places are grouped.
fn essence(document: &Document, finding: &Finding) -> String {
    let words = finding.span.of(&document.text);
    let parties: Vec<String> =
        finding.participants.iter().map(|party| format!("{}{}={}", party.sign, party.path, party.value)).collect();
    let places: Vec<&str> = finding.places.iter().map(|place| place.span.of(&document.text)).collect();
    format!(
        "{} {} {} ‹{words}› {:?} {:?} {:?} {:?} {}",
        finding.rule,
        finding.level.word(),
        finding.message,
        finding.place.section,
        finding.place.table,
        parties,
        places,
        finding.fixes.len()
    )
}

fn essences(name: &str, bytes: &[u8]) -> Vec<String> {
    let document = checking::read(name, bytes);
    checking::check(&document).findings.iter().map(|finding| essence(&document, finding)).collect()
}

/// Reports with every defect, and ragged ones.
fn reports() -> Vec<Flawed> {
    let mut all: Vec<Flawed> = Defect::ALL.into_iter().map(|defect| defect.inject(11)).collect();
    for seed in 0..12 {
        all.push(Flawed { report: Report::clean(seed), layout: Layout::ragged(&mut Dice::new(seed)) });
    }
    all
}

#[test]
fn encodings_and_line_ends_do_not_matter() {
    for Flawed { report, layout } in reports() {
        let text = report.to_text(&layout);
        let utf8 = essences("a.txt", text.as_bytes());
        assert_eq!(utf8, essences("a.txt", format!("\u{FEFF}{text}").as_bytes()), "with a byte order mark");
        let crlf = report.to_text(&Layout { line_end: LineEnd::CrLf, ..layout.clone() });
        assert_eq!(utf8, essences("a.txt", crlf.as_bytes()), "CRLF");
        let (gb18030, _, lost) = encoding_rs::GB18030.encode(&text);
        assert!(!lost);
        assert_eq!(checking::read("a.txt", &gb18030).encoding.charset, Charset::Gb18030);
        assert_eq!(utf8, essences("a.txt", &gb18030), "GB18030");
        let utf16: Vec<u8> = format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(utf8, essences("a.txt", &utf16), "UTF-16");
    }
}

/// Markdown has no empty lines inside its tables, so a cut can not be said in it.
#[test]
fn markdown_says_the_same() {
    for Flawed { report, layout } in reports() {
        let layout = Layout { cuts: Vec::new(), ..layout };
        let text = essences("a.txt", report.to_text(&layout).as_bytes());
        let markdown = essences("a.md", report.to_markdown(&layout).as_bytes());
        assert_eq!(text, markdown, "seed {} {layout:?}", report.seed);
    }
}

#[test]
fn places_of_plain_text_do_not_depend_on_the_encoding() {
    let text = Defect::ColumnTotal.inject(5).to_text();
    let (gb18030, _, _) = encoding_rs::GB18030.encode(&text);
    let places = |bytes: &[u8]| {
        let document = checking::read("a.txt", bytes);
        let report = checking::check(&document);
        report.findings.iter().map(|finding| document.place(finding.span.start)).collect::<Vec<_>>()
    };
    assert!(!places(text.as_bytes()).is_empty());
    assert_eq!(places(text.as_bytes()), places(&gb18030));
}
