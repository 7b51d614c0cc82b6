//! The oddest inputs: no panic, no wait without end, every span on character boundaries, the same on a second run.

use gouji_core::document::Document;
use gouji_core::text::Span;
use gouji_lint::finding::Report;
use gouji_tests::checking;
use gouji_tests::generator::{self, Changes, Dice, Layout};
use proptest::prelude::*;
use std::io::{Cursor, Read, Write};
use std::time::{Duration, Instant};

/// Reads and checks; whatever is wrong with spans, or differs on a second run, ends the test.
fn survive(name: &str, bytes: &[u8]) {
    let Ok(document) = gouji_core::read(name, bytes, checking::rules().known_labels()) else { return };
    let report = checking::check(&document);
    for span in spans(&document).into_iter().chain(finding_spans(&report)) {
        assert!(document.text.get(span.start..span.end).is_some(), "{span:?} of {} bytes", document.text.len());
        let raw = document.raw_span(span);
        assert!(document.raw.get(raw.start..raw.end).is_some(), "raw {raw:?} of {} bytes", document.raw.len());
    }
    let again = checking::check(&checking::read(name, bytes));
    assert_eq!(report.findings, again.findings);
    assert_eq!(report.ledger, again.ledger);
}

fn spans(document: &Document) -> Vec<Span> {
    let mut spans: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
    for section in &document.sections {
        spans.extend([section.span, section.heading.span, section.heading.title, section.heading.mark]);
        spans.extend(section.heading.enumerator.map(|enumerator| enumerator.span));
    }
    for table in &document.tables {
        spans.push(table.span);
        spans.extend(table.columns.iter().flat_map(|column| &column.path).map(|label| label.span));
        spans.extend(table.rows.iter().flat_map(|row| &row.path).map(|label| label.span));
        spans.extend(table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.span));
        spans.extend(table.facts.iter().map(|fact| fact.span));
    }
    spans.extend(document.notes.iter().map(|note| note.span));
    spans
}

fn finding_spans(report: &Report) -> Vec<Span> {
    let mut spans = Vec::new();
    for finding in &report.findings {
        spans.push(finding.span);
        spans.extend(finding.labels.iter().map(|label| label.span));
        spans.extend(finding.places.iter().map(|place| place.span));
        spans.extend(finding.participants.iter().map(|participant| participant.span));
        spans.extend(finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span));
    }
    spans
}

#[test]
fn nothing_and_next_to_nothing() {
    for text in [
        "",
        "\n",
        "\r",
        "\r\n\r\n",
        "\t",
        "\t\t\n\t",
        "\0",
        "\u{FEFF}",
        " ",
        "　",
        "一、",
        "（一）",
        "|",
        "| |\n|-|",
        "#",
        "《",
        "〔2020〕",
    ] {
        survive("a.txt", text.as_bytes());
        survive("a.md", text.as_bytes());
    }
    survive("a.txt", &[0xFF, 0xFE]);
    survive("a.txt", &[0xFF, 0xFE, 0x2D, 0x4E]);
    survive("a.txt", &[0x00; 64]);
    survive("a.txt", &[0x81, 0x30, 0x81]);
}

#[test]
fn nul_bytes_in_a_report() {
    let text = generator::Report::clean(3).to_text(&Layout::straight());
    survive("a.txt", text.replace("公开", "公\0开").as_bytes());
    survive("a.md", text.replace('。', "。\0").as_bytes());
}

#[test]
fn a_line_of_ten_megabytes() {
    let sentence = "2024年，收到申请3件，其中自然人2件，《条例》（以下简称“条例”）[2020]5号，截止12月31日；";
    survive("a.txt", sentence.repeat(10_000_000 / sentence.len()).as_bytes());
}

#[test]
fn ten_megabytes_without_a_mark() {
    survive("a.txt", "公".repeat(3_400_000).as_bytes());
    survive("a.txt", "1".repeat(10_000_000).as_bytes());
    survive("a.txt", "\t".repeat(3_000_000).as_bytes());
}

#[test]
fn a_hundred_thousand_levels() {
    const N: usize = 100_000;
    for (name, text) in [
        ("a.txt", "一、（一）1.（1）①".repeat(N / 5)),
        ("a.txt", "一、总体情况\n（一）主动公开\n1.甲\n（1）乙\n①丙\n".repeat(N / 5)),
        ("a.txt", "（".repeat(N)),
        ("a.txt", "《〈".repeat(N / 2)),
        ("a.txt", "“".repeat(N)),
        ("a.txt", "甲\t乙\n\n".repeat(N / 2)),
        ("a.txt", "其中甲\t1\n".repeat(N / 4)),
        ("a.md", "#".repeat(N)),
        ("a.md", "# 甲\n## 乙\n### 丙\n".repeat(N / 3)),
        ("a.md", "> ".repeat(N)),
        ("a.md", "- ".repeat(N)),
        ("a.md", "[".repeat(N)),
        ("a.md", "*a **b ".repeat(N / 2)),
        ("a.md", format!("{}\n|-|\n{}", "|".repeat(N / 10), "| 1 ".repeat(N / 10))),
        ("a.md", "<b>".repeat(N)),
        ("a.md", "`".repeat(N)),
    ] {
        survive(name, text.as_bytes());
    }
}

#[test]
fn a_hundred_thousand_findings() {
    survive("a.txt", "截止2024年12月31日,信息公开处理费(其它)已收取 3 件[2020]5号。\n".repeat(5_000).as_bytes());
}

#[test]
fn reports_cut_off_anywhere() {
    for seed in 0..2 {
        let report = generator::Report::clean(seed);
        let ragged = report.to_text(&Layout::ragged(&mut Dice::new(seed)));
        for (name, text) in [("a.txt", ragged), ("a.md", report.to_markdown(&Layout::straight()))] {
            let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            for end in ends.iter().step_by(ends.len() / 60) {
                survive(name, &text.as_bytes()[..*end]);
                survive(name, &text.as_bytes()[*end..]);
                // In the middle of a character too: such bytes may be no text, or text in another encoding.
                survive(name, &text.as_bytes()[..end + 1]);
            }
        }
    }
}

/// Bytes with one thing wrong: cut off, overwritten, a stretch left out or there twice, something odd put in.
fn mangled(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let at = dice.index(bytes.len());
    let end = (at + dice.index(400)).min(bytes.len());
    match dice.below(5) {
        0 => bytes[..at].to_vec(),
        1 => {
            let mut out = bytes.to_vec();
            out[at..end.min(at + 4)].fill(dice.below(256) as u8);
            out
        }
        2 => [&bytes[..at], &bytes[end..]].concat(),
        3 => [&bytes[..end], &bytes[at..]].concat(),
        _ => {
            let odd = dice.pick(&[
                "<",
                ">",
                "&",
                "&#0;",
                "&#x110000;",
                "</w:p>",
                "<w:tc>",
                "<table>",
                "</td>",
                "<!--",
                "\"",
                "]]>",
            ]);
            [&bytes[..at], odd.as_bytes(), &bytes[at..]].concat()
        }
    }
}

/// A Word file in which one part is mangled, and which is a sound zip all the same.
fn part_mangled(docx: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).expect("a generated file is a zip");
    // Mostly the text itself.
    let chosen = if dice.chance(60) { "word/document.xml".to_owned() } else { name_of(&mut archive, dice) };
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for idx in 0..archive.len() {
        let mut part = archive.by_index(idx).expect("the entry is there");
        let name = part.name().expect("a name of our own").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("it unpacks");
        if name == chosen {
            bytes = mangled(&bytes, dice);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("in memory");
        out.write_all(&bytes).expect("in memory");
    }
    out.finish().expect("in memory").into_inner()
}

fn name_of(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, dice: &mut Dice) -> String {
    let at = dice.index(archive.len());
    archive.by_index(at).expect("the entry is there").name().expect("a name of our own").into_owned()
}

/// Reads many broken files, and checks every tenth. Nothing here takes long.
fn survive_all(name: &str, broken: impl Fn(&mut Dice) -> Vec<u8>) {
    const LONGEST: Duration = Duration::from_secs(20);
    for seed in 0..200 {
        let bytes = broken(&mut Dice::new(seed));
        let start = Instant::now();
        if seed % 10 == 0 {
            survive(name, &bytes);
        } else {
            let _ = gouji_core::read(name, &bytes, checking::rules().known_labels());
        }
        assert!(start.elapsed() < LONGEST, "seed {seed} took {:?}", start.elapsed());
    }
}

#[test]
fn broken_pages() {
    let pages: Vec<String> = (0..4).map(|seed| generator::Report::clean(seed).to_html(&Layout::straight())).collect();
    survive_all("a.html", |dice| {
        let page = &pages[dice.index(pages.len())];
        mangled(page.as_bytes(), dice)
    });
}

#[test]
fn broken_word_files() {
    let files: Vec<Vec<u8>> =
        (0..4).map(|seed| generator::Report::clean(seed).to_docx(&Layout::straight(), Changes::Open)).collect();
    survive_all("a.docx", |dice| {
        let file = &files[dice.index(files.len())];
        if dice.chance(30) { mangled(file, dice) } else { part_mangled(file, dice) }
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_survives(text in "[一二三、（）()0-9.\t\n |#*《》〈〉〔〕“”,，。：公开年度报告规章总计自然人新收申请件-]{0,200}") {
        survive("a.txt", text.as_bytes());
        survive("a.md", text.as_bytes());
    }

    #[test]
    fn any_bytes_survive(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        survive("a.txt", &bytes);
        survive("a.md", &bytes);
    }
}

#[test]
fn pages_of_a_hundred_thousand_of_anything() {
    const N: usize = 100_000;
    for text in [
        "<div>".repeat(N),
        "<div>甲".repeat(N),
        format!("{}甲{}", "<div>".repeat(N), "</div>".repeat(N)),
        "</div>".repeat(N),
        "<table>".repeat(N),
        "<table><tr><td>甲<td>".repeat(N / 10),
        "<table><tr><td>甲</table>".repeat(N / 10),
        "<p>".repeat(N),
        "<b>甲".repeat(N),
        "<a href=#>甲<div>".repeat(N / 10),
        "<".repeat(1_000_000),
        "&".repeat(1_000_000),
        "&amp".repeat(N),
        "<a b=\"".repeat(N / 10),
        format!("<a {}>", "b=c ".repeat(N)),
        format!("<div class=\"{}\">甲", "nav-".repeat(N)),
        "<!--".repeat(N),
        "<!-- gouji-accept GW301: 甲 -->".repeat(N / 100),
        "<script>".repeat(N),
        "<br>".repeat(N),
        "<br>甲".repeat(N / 10),
        format!("<table>{}</table>", "<tr><td colspan=999999999>甲<td rowspan=99999999>乙".repeat(N / 100)),
        format!("<table>{}</table>", "<tr><td rowspan=0>甲<td>乙".repeat(N / 100)),
        format!("<table><tr>{}</table>", "<td rowspan=65534>甲".repeat(N / 100)),
        format!("<table><tr>{}{}</table>", "<td rowspan=65534>甲".repeat(1000), "<tr><td>乙".repeat(N / 50)),
    ] {
        survive("a.html", text.as_bytes());
    }
}
