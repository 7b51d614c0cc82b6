//! Fixing twice changes nothing the second time; numbers keep their value and order; table values keep their bytes.

use gouji_core::label::fold_width;
use gouji_lint::engine::CheckOptions;
use gouji_lint::finding::FixLevel;
use gouji_lint::fix;
use gouji_tests::checking;
use gouji_tests::generator::{Defect, Dice, Layout, LineEnd, Report};
use gouji_tests::ragged;
use proptest::prelude::*;

/// The numbers of a text in order, width folded, without leading zeros.
fn numbers(text: &str) -> Vec<String> {
    let narrow: String =
        text.chars().map(|c| if c.is_whitespace() { "\n".to_owned() } else { fold_width(&c.to_string()) }).collect();
    narrow
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.trim_start_matches('0').to_owned())
        .collect()
}

/// The value cells of all tables, as they are written.
fn cells(name: &str, bytes: &[u8]) -> Vec<String> {
    let document = checking::read(name, bytes);
    let rows = document.tables.iter().flat_map(|table| &table.rows);
    rows.flat_map(|row| &row.cells)
        .filter(|cell| cell.value.is_some())
        .map(|cell| cell.span.of(&document.text).to_owned())
        .collect()
}

/// Fixes a file and holds the result against the invariants; gives the fixed bytes.
fn fixed(name: &str, bytes: &[u8], least: FixLevel) -> Vec<u8> {
    let options = CheckOptions::default();
    let document = checking::read(name, bytes);
    let done = fix::fix(&document, checking::rules(), &options, least).expect("it can be written back");
    assert!(done.loop_between.is_empty(), "{:?} undo each other", done.loop_between);
    let after = done.bytes.unwrap_or_else(|| bytes.to_vec());
    let again = checking::read(name, &after);
    assert_eq!(again.encoding, document.encoding);
    let second = fix::fix(&again, checking::rules(), &options, least).expect("it can be written back");
    assert_eq!(second.bytes, None, "{name}: the second run changes {:?}", second.applied);
    assert_eq!(cells(name, bytes), cells(name, &after), "table values");
    if least == FixLevel::Safe {
        assert_eq!(numbers(&document.text), numbers(&again.text), "numbers of the text");
    }
    after
}

#[test]
fn what_is_clean_stays_as_it_is() {
    for seed in 0..40 {
        let report = Report::clean(seed);
        for (name, text) in [
            ("a.txt", report.to_text(&Layout::straight())),
            ("a.md", report.to_markdown(&Layout::straight())),
            ("a.txt", report.to_text(&Layout { line_end: LineEnd::CrLf, ..Layout::straight() })),
        ] {
            assert_eq!(fixed(name, text.as_bytes(), FixLevel::Safe), text.as_bytes(), "seed {seed} {name}");
        }
    }
}

#[test]
fn every_defect_is_fixed_once() {
    for defect in Defect::ALL {
        for least in [FixLevel::Safe, FixLevel::Unsafe] {
            let flawed = defect.inject(4);
            fixed("a.txt", flawed.to_text().as_bytes(), least);
            fixed("a.md", flawed.report.to_markdown(&flawed.layout).as_bytes(), least);
        }
    }
}

#[test]
fn ragged_reports_are_fixed_once() {
    for seed in 0..40 {
        let text = Report::clean(seed).to_text(&Layout::ragged(&mut Dice::new(seed)));
        fixed("a.txt", text.as_bytes(), FixLevel::Safe);
        fixed("a.txt", text.as_bytes(), FixLevel::Unsafe);
        let (gb18030, _, _) = encoding_rs::GB18030.encode(&text);
        let back = fixed("a.txt", &gb18030, FixLevel::Safe);
        assert_eq!(encoding_rs::GB18030.decode(&back).0.as_bytes(), fixed("a.txt", text.as_bytes(), FixLevel::Safe));
    }
    for real in ragged::texts(0) {
        fixed("a.txt", real.text.as_bytes(), FixLevel::Safe);
        fixed("a.txt", real.text.as_bytes(), FixLevel::Unsafe);
    }
}

#[test]
fn line_ends_and_byte_order_mark_are_kept() {
    let flawed = Defect::OtherWord.inject(8);
    let text = flawed.report.to_text(&Layout { line_end: LineEnd::CrLf, ..flawed.layout });
    let bytes = format!("\u{FEFF}{text}").into_bytes();
    let after = String::from_utf8(fixed("a.txt", &bytes, FixLevel::Safe)).expect("still UTF-8");
    assert!(after.starts_with('\u{FEFF}'));
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    assert_ne!(after.as_bytes(), bytes);
}

/// Slips of width and blanks strewn into the text of a clean report.
fn strewn(seed: u64, slips: &[(usize, u8)]) -> String {
    let mut text: Vec<char> = Report::clean(seed).to_text(&Layout::straight()).chars().collect();
    for &(at, slip) in slips {
        let at = at % text.len();
        // Table lines are left alone: a blank there would make another cell.
        let line_has_tab = text[..at].iter().rev().take_while(|c| **c != '\n').any(|c| *c == '\t')
            || text[at..].iter().take_while(|c| **c != '\n').any(|c| *c == '\t');
        if line_has_tab {
            continue;
        }
        match (slip % 4, text[at]) {
            (0, '，') => text[at] = ',',
            (0, '（') => text[at] = '(',
            (0, '）') => text[at] = ')',
            (0, '；') => text[at] = ';',
            (1, c) if c.is_ascii_digit() => text.insert(at, ' '),
            (2, c) if c.is_ascii_digit() => text[at] = char::from_u32(c as u32 - 0x30 + 0xFF10).unwrap_or(c),
            (3, '。') => text.insert(at, '。'),
            _ => {}
        }
    }
    text.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn strewn_slips_are_fixed_once(seed in 0u64..500, slips in proptest::collection::vec((any::<usize>(), any::<u8>()), 0..400)) {
        let text = strewn(seed, &slips);
        fixed("a.txt", text.as_bytes(), FixLevel::Safe);
        fixed("a.txt", text.as_bytes(), FixLevel::Unsafe);
    }
}
