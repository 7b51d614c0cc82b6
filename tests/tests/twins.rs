//! The same report in any encoding and format gives the same outline, tables, label paths, values and findings at the
//! corresponding places.

use gouji_core::document::{BlockKind, Document};
use gouji_core::encoding::Charset;
use gouji_core::table::Label;
use gouji_lint::finding::Finding;
use gouji_tests::checking;
use gouji_tests::generator::{Changes, Defect, Dice, Flawed, Layout, LineEnd, Report};

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

/// The findings, but for those of what is left in a file beside its text: only Word files have that.
fn essences(name: &str, bytes: &[u8]) -> Vec<String> {
    let document = checking::read(name, bytes);
    let findings = checking::check(&document).findings;
    let of_text = |finding: &&Finding| !checking::tags(&finding.rule).iter().any(|tag| tag == "SAF009");
    findings.iter().filter(of_text).map(|finding| essence(&document, finding)).collect()
}

/// What must be the same in every twin, whatever is found: titles and paragraphs, the outline, and every cell by its labels.
fn structure(document: &Document) -> Vec<String> {
    let words = |label: &Label| label.text.split_whitespace().collect::<String>();
    let path = |labels: &[Label]| labels.iter().map(words).collect::<Vec<_>>().join(" > ");
    let mut out = Vec::new();
    // Word's footers and notes stand behind the last section, in none.
    let first = document.blocks.iter().position(|block| block.section.is_some()).unwrap_or(document.blocks.len());
    let body = document.blocks.iter().enumerate().filter(|(at, block)| *at < first || block.section.is_some());
    for (_, block) in body.filter(|(_, block)| !matches!(block.kind, BlockKind::Row(_))) {
        out.push(format!("{:?} {:?} {}", block.kind, block.section, block.span.of(&document.text)));
    }
    for section in &document.sections {
        let (heading, text) = (&section.heading, &document.text);
        let rank = heading.enumerator.map(|enumerator| (enumerator.rank, enumerator.number));
        let title = heading.title.of(text);
        out.push(format!("{} {rank:?} {title} {} {:?}", section.level, heading.run_in, section.parent));
    }
    for table in &document.tables {
        out.push(format!("table in {:?}, {} bands", table.section, table.bands.len()));
        for row in &table.rows {
            for (cell, column) in row.cells.iter().zip(table.columns_of(row)) {
                let (row, column) = (path(&row.path), path(&table.columns[column].path));
                out.push(format!("{row} × {column} = {} {:?}", cell.span.of(&document.text), cell.value));
            }
        }
    }
    out
}

/// All that is compared of a twin: structure and findings.
fn told(name: &str, bytes: &[u8]) -> Vec<String> {
    let document = checking::read(name, bytes);
    [structure(&document), essences(name, bytes)].concat()
}

/// The first line in which twins differ.
fn difference(wanted: &[String], got: &[String]) -> Option<String> {
    let longer = wanted.len().max(got.len());
    let at = (0..longer).find(|&at| wanted.get(at) != got.get(at))?;
    Some(format!("want {:?}\n got {:?}", wanted.get(at), got.get(at)))
}

/// Every report as plain text against its twins, each with a file name.
fn compare(twins_of: impl Fn(&Report, &Layout) -> (Layout, Vec<(&'static str, Vec<u8>)>)) {
    let mut differing = Vec::new();
    for Flawed { report, layout } in reports() {
        let (layout, twins) = twins_of(&report, &layout);
        let wanted = told("a.txt", report.to_text(&layout).as_bytes());
        for (name, bytes) in twins {
            if let Some(difference) = difference(&wanted, &told(name, &bytes)) {
                differing.push(format!("{name} of seed {} {layout:?}\n{difference}", report.seed));
            }
        }
    }
    assert!(differing.is_empty(), "{} twins differ\n{}", differing.len(), differing.join("\n\n"));
}

/// Reports with every defect, and ragged ones.
fn reports() -> Vec<Flawed> {
    let mut all: Vec<Flawed> = Defect::ALL.into_iter().zip(11..).map(|(defect, seed)| defect.inject(seed)).collect();
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
    compare(|report, layout| {
        let layout = Layout { cuts: Vec::new(), ..layout.clone() };
        let markdown = report.to_markdown(&layout).into_bytes();
        (layout, vec![("a.md", markdown)])
    });
}

#[test]
fn html_says_the_same() {
    compare(|report, layout| {
        let page = report.to_html(layout);
        let declared = page.replace("charset=\"utf-8\"", "charset=gb2312");
        let (gb18030, _, _) = encoding_rs::GB18030.encode(&declared);
        (layout.clone(), vec![("a.html", gb18030.into_owned()), ("a.html", page.into_bytes())])
    });
}

#[test]
fn docx_says_the_same() {
    compare(|report, layout| {
        let docx = |changes| ("a.docx", report.to_docx(layout, changes));
        (layout.clone(), vec![docx(Changes::Settled), docx(Changes::Open)])
    });
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
