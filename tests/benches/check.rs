//! How fast: all rules loaded, one report parsed, one checked, 2,000 checked on one thread; beside a plain read of the
//! same bytes.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use gouji_core::document::Document;
use gouji_core::format::docx::Stamp;
use gouji_core::text::Edit;
use gouji_lint::engine::{self, CheckOptions};
use gouji_lint::ruleset::RuleSet;
use gouji_tests::checking;
use gouji_tests::generator::{Changes, Defect, Dice, Layout, Organ, OrganKind, Piece, Report, Values};

fn main() {
    divan::main();
}

/// 2,000 reports as a folder holds them: one in seven with a defect, one in five ragged, one in ten Markdown.
fn folder() -> Vec<(&'static str, String)> {
    (0..2_000)
        .map(|seed| {
            let (report, layout) = match seed % 7 {
                3 => {
                    let flawed = Defect::ALL[(seed / 7) as usize % Defect::ALL.len()].inject(seed);
                    (flawed.report, flawed.layout)
                }
                _ => (Report::clean(seed), Layout::straight()),
            };
            match seed % 10 {
                9 => ("report.md", report.to_markdown(&Layout::straight())),
                4 => ("report.txt", report.to_text(&Layout::ragged(&mut Dice::new(seed)))),
                _ => ("report.txt", report.to_text(&layout)),
            }
        })
        .collect()
}

/// A report of about 6 KB.
fn small() -> String {
    (0..)
        .map(|seed| Report::clean(seed).to_text(&Layout::straight()))
        .find(|text| text.len() < 6_500)
        .unwrap_or_default()
}

fn size(texts: &[(&str, String)]) -> BytesCount {
    BytesCount::new(texts.iter().map(|(_, text)| text.len()).sum::<usize>())
}

#[divan::bench]
fn load_all_rules(bencher: Bencher<'_, '_>) {
    let files = checking::files();
    bencher.bench_local(|| RuleSet::load(black_box(&files)));
}

/// Thirty pages of a Word file, by the lines and characters of GB/T 9704—2012: a report whose first part goes on with
/// paragraphs of others, its tables as tables.
fn thirty_pages() -> Vec<u8> {
    const LINES_OF_PAGE: usize = 22;
    const CHARS_OF_LINE: usize = 28;
    let n_lines = |piece: &Piece| piece.words().chars().count().div_ceil(CHARS_OF_LINE).max(1);
    // Without numbers and titles, so that they contradict nothing.
    let fits = |piece: &Piece| match piece {
        Piece::Paragraph(words) => {
            words.chars().nth(60).is_some() && !words.contains('《') && !words.contains(char::is_numeric)
        }
        _ => false,
    };
    let mut report = Report::clean(7);
    let mut left = 30 * LINES_OF_PAGE - report.pieces.iter().map(n_lines).sum::<usize>();
    let at =
        report.pieces.iter().position(|piece| matches!(piece, Piece::Heading(1, words) if words.starts_with("二、")));
    for piece in (8..).flat_map(|seed| Report::clean(seed).pieces).filter(fits) {
        if n_lines(&piece) > left {
            break;
        }
        left -= n_lines(&piece);
        report.pieces.insert(at.unwrap_or(0), piece);
    }
    report.to_docx(&Layout::straight(), Changes::Settled)
}

#[divan::bench]
fn word_read_checked_and_written(bencher: Bencher<'_, '_>) {
    let bytes = thirty_pages();
    let stamp = Stamp { author: "gouji".to_owned(), date: "2026-01-31T00:00:00Z".to_owned() };
    checking::rules();
    bencher.bench_local(|| {
        let document = checking::read("report.docx", black_box(&bytes));
        let report = checking::check(&document);
        let fixes = report.findings.iter().filter_map(|finding| finding.fixes.first());
        let edits: Vec<Edit> = fixes.take(1).flat_map(|fix| fix.edits.clone()).collect();
        document.write_tracked(&edits, &stamp)
    });
}

#[divan::bench]
fn parse_one(bencher: Bencher<'_, '_>) {
    let text = small();
    checking::rules();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| checking::read("report.txt", black_box(text.as_bytes())));
}

#[divan::bench]
fn check_one(bencher: Bencher<'_, '_>) {
    let text = small();
    let document = checking::read("report.txt", text.as_bytes());
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| checking::check(black_box(&document)));
}

/// A page of a megabyte: reports as a content management system writes them, one below the other.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn read_html_1mb(bencher: Bencher<'_, '_>) {
    let page = std::fs::read(gouji_tests::repository::root().join("tests/reports/word-2025.html")).unwrap_or_default();
    let body: Vec<u8> = page.repeat(1_000_000 / page.len().max(1) + 1);
    checking::rules();
    bencher.counter(BytesCount::new(body.len())).bench_local(|| checking::read("report.html", black_box(&body)));
}

/// The ties of a table with `N` wrong cells, far apart: what the search for them adds is the difference to `N` = 0.
#[divan::bench(consts = [0, 1, 2, 3])]
fn check_ties_with_wrong_cells<const N: usize>(bencher: Bencher<'_, '_>) {
    let mut dice = Dice::new(1);
    let organ = Organ::of(OrganKind::CityGovernment, &mut dice);
    let mut values = Values::invent(&mut dice, &organ, 2024);
    for (row, column) in [(3, 0), (12, 3), (20, 5)].into_iter().take(N) {
        values.applications[row][column] += 11;
    }
    let text = Report::compose(1, organ, 2024, values).to_text(&Layout::straight());
    let document = checking::read("report.txt", text.as_bytes());
    let options = CheckOptions { select: vec!["NB30".to_owned()], ..CheckOptions::default() };
    bencher.bench_local(|| engine::check(black_box(&document), checking::rules(), &options));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn parse_2000(bencher: Bencher<'_, '_>) {
    let texts = folder();
    checking::rules();
    bencher.counter(size(&texts)).bench_local(|| {
        for (name, text) in &texts {
            black_box(checking::read(name, text.as_bytes()));
        }
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn check_2000(bencher: Bencher<'_, '_>) {
    let texts = folder();
    let documents: Vec<Document> = texts.iter().map(|(name, text)| checking::read(name, text.as_bytes())).collect();
    bencher.counter(size(&texts)).bench_local(|| {
        for document in &documents {
            black_box(checking::check(document));
        }
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn parse_and_check_2000(bencher: Bencher<'_, '_>) {
    let texts = folder();
    checking::rules();
    bencher.counter(size(&texts)).bench_local(|| {
        for (name, text) in &texts {
            black_box(checking::check(&checking::read(name, text.as_bytes())));
        }
    });
}

/// The floor: the same bytes copied, checked to be UTF-8, and their characters counted.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn baseline_read_2000(bencher: Bencher<'_, '_>) {
    let texts = folder();
    bencher.counter(size(&texts)).bench_local(|| {
        for (_, text) in &texts {
            let bytes = black_box(text.as_bytes()).to_vec();
            black_box(std::str::from_utf8(&bytes).map(|text| text.chars().count())).ok();
        }
    });
}
