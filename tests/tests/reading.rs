//! Real layouts, proved with numbers: every label path of a ragged report gives the number that was put there.

use gouji_core::document::Document;
use gouji_core::label::fold;
use gouji_core::table::{Label, Table};
use gouji_tests::generator::form::{self, TableName};
use gouji_tests::generator::relabel::{self, Filled, Placed};
use gouji_tests::{checking, ragged};
use std::collections::BTreeMap;

/// Whether the labels read are those of the form, all of them. Only 总计 of table 3, which ragged files put beside
/// 申请人情况 instead of below it, may have lost what stands above it.
fn agrees(read: &[Label], official: &[&str]) -> bool {
    let keys: Vec<&str> = read.iter().map(|label| label.key.as_str()).collect();
    let wanted: Vec<String> = official.iter().map(|label| fold(label)).collect();
    keys == wanted || (official == ["申请人情况", "总计"] && keys == ["总计"])
}

/// The table of a document that stands in the section of this table of the form.
fn table(document: &Document, name: TableName) -> &Table {
    let title = form::SECTIONS[name as usize + 1];
    let in_section =
        |table: &&Table| table.section.is_some_and(|section| fold(document.heading_text(section)) == fold(title));
    let found: Vec<&Table> = document.tables.iter().filter(in_section).collect();
    assert_eq!(found.len(), 1, "tables under {title}");
    found[0]
}

/// Every cell of a table that is found by the label paths of this number.
fn find(document: &Document, placed: &Placed) -> Vec<(String, usize)> {
    let table = table(document, placed.table);
    let mut found = Vec::new();
    for row in table.rows.iter().filter(|row| agrees(&row.path, &placed.row_path)) {
        for (cell, column) in row.cells.iter().zip(table.columns_of(row)) {
            let path = &table.columns[column].path;
            let in_band = placed.table != TableName::Disclosure || {
                let header = &table.bands[row.band].header;
                header.iter().any(|label| label.key == fold(placed.column_path[0]))
            };
            if in_band && agrees(path, &placed.column_path) {
                found.push((cell.span.of(&document.text).to_owned(), document.place(cell.span.start).line));
            }
        }
    }
    found
}

fn faults(name: &str, filled: &Filled) -> Vec<String> {
    let document = checking::read("report.txt", filled.text.as_bytes());
    let mut faults = Vec::new();
    for placed in &filled.placed {
        let found = find(&document, placed);
        let want = (placed.value.to_string(), filled.line(placed));
        if found != [want.clone()] {
            let path = format!("{} × {}", placed.row_path.join(" > "), placed.column_path.join(" > "));
            faults.push(format!("{name}: {path}: want {want:?}, found {found:?}"));
        }
    }
    faults
}

#[test]
fn every_label_path_gives_its_number() {
    let mut all = Vec::new();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, ragged::Ragged { name, text, year }) in ragged::texts(60).into_iter().enumerate() {
        let filled = relabel::fill(&text, year, at as u64).expect("every row of the form");
        *counts.entry(filled.placed.len()).or_default() += 1;
        all.extend(faults(&name, &filled));
    }
    assert!(all.is_empty(), "{} faults in {counts:?}\n{}", all.len(), all[..all.len().min(30)].join("\n"));
}
