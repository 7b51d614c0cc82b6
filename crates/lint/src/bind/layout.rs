//! Which tables of a document are the one that a rule describes.

use super::tables::{BoundTable, column_path, is_of_this_world};
use super::{likeness, path_name};
use crate::form::FormLabel;
use crate::path::{AsLabel, LabelPath};
use crate::rule::Layout;
use gouji_core::document::Document;
use gouji_core::label;
use gouji_core::table::{Label, Table};

/// A reason in Chinese and English.
type Reason = (String, String);

/// What a description came to.
#[derive(Debug)]
pub(crate) enum Fitted {
    /// The tables that have all that is demanded, in order, and why others that are meant too can not be judged.
    Tables(Vec<BoundTable>, Vec<Reason>),
    /// No table has it all, but some are near.
    Nearly(Vec<Reason>),
    /// There is no such table.
    Nowhere(Reason),
}

/// How much of what is demanded a table has.
enum Fit {
    Whole,
    /// Every demanded label or one like it.
    Slip(Reason),
    /// More than half of them.
    Partly(Reason),
    Far,
}

/// Finds the tables that a layout describes.
pub(crate) fn fit(document: &Document, layout: &Layout) -> Fitted {
    let (mut tables, mut slips, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    for (at, table) in document.tables.iter().enumerate().filter(|(_, table)| lies_in(document, table, layout)) {
        match fit_one(document, table, layout) {
            Fit::Whole if is_of_this_world(table) => tables.push(own(table, at, layout)),
            Fit::Whole => slips.push((
                format!("{}的行列太多，没有核对", called(document, table, layout).0),
                format!("{} has too many rows or columns to be judged", called(document, table, layout).1),
            )),
            Fit::Slip(reason) => slips.push(reason),
            Fit::Partly(reason) => parts.push(reason),
            Fit::Far => {}
        }
    }
    if !tables.is_empty() {
        return Fitted::Tables(tables, slips);
    }
    slips.extend(parts);
    if !slips.is_empty() {
        return Fitted::Nearly(slips);
    }
    let (zh, en) = layout
        .name
        .as_ref()
        .map_or((String::new(), String::new()), |name| (format!("（{name}）"), format!(" ({name})")));
    Fitted::Nowhere((format!("文中没有这样的表{zh}"), format!("the document has no such table{en}")))
}

/// What messages call a table: its name, else its line.
fn called(document: &Document, table: &Table, layout: &Layout) -> Reason {
    let line = document.place(table.span.start).line;
    match &layout.name {
        Some(name) => (format!("{name}（第{line}行起）"), format!("{name} (from line {line})")),
        None => (format!("第{line}行起的表"), format!("the table from line {line}")),
    }
}

/// Whether a section around the table has the title that is asked for.
fn lies_in(document: &Document, table: &Table, layout: &Layout) -> bool {
    let Some(path) = &layout.section else { return true };
    let mut titles: Vec<FormLabel> = Vec::new();
    let mut at = table.section;
    while let Some(section) = at {
        let title = document.sections[section].heading.title.of(&document.text);
        titles.insert(0, FormLabel { text: title.to_owned(), key: label::fold(title) });
        at = document.sections[section].parent;
    }
    any_prefix(path, &titles)
}

/// Whether a path leads to labels or to labels above them.
fn any_prefix<L: AsLabel>(path: &LabelPath, labels: &[L]) -> bool {
    (1..=labels.len()).any(|len| path.matches(&labels[..len]))
}

fn fit_one(document: &Document, table: &Table, layout: &Layout) -> Fit {
    let rows: Vec<&[Label]> = table.rows.iter().map(|row| row.path.as_slice()).collect();
    let cols: Vec<&[Label]> = table.columns.iter().map(|column| column.path.as_slice()).collect();
    let mut missing: Vec<(&LabelPath, &str, Option<&str>)> = Vec::new();
    for (wanted, paths, kind) in [(&layout.rows, &rows, "行"), (&layout.cols, &cols, "列")] {
        for path in wanted {
            if !paths.iter().any(|labels| any_prefix(path, labels)) {
                missing.push((path, kind, nearest(path, paths)));
            }
        }
    }
    let n_demanded = layout.rows.len() + layout.cols.len();
    let n_found = n_demanded - missing.len();
    if missing.is_empty() {
        return Fit::Whole;
    }
    let told = |(path, kind, near): &(&LabelPath, &str, Option<&str>)| -> Reason {
        let kind_en = if *kind == "行" { "the row" } else { "the column" };
        let source = path.source();
        match near {
            Some(near) => {
                (format!("“{source}”{kind}（相近的有“{near}”）"), format!("{kind_en} {source} (near: {near})"))
            }
            None => (format!("“{source}”{kind}"), format!("{kind_en} {source}")),
        }
    };
    let (zh, en): (Vec<String>, Vec<String>) = missing.iter().map(told).unzip();
    let (table_zh, table_en) = called(document, table, layout);
    let reason = (format!("{table_zh}缺少{}", zh.join("、")), format!("{table_en} lacks {}", en.join(", ")));
    if n_found > 0 && missing.iter().all(|(_, _, near)| near.is_some()) {
        Fit::Slip(reason)
    } else if 2 * n_found > n_demanded {
        Fit::Partly(reason)
    } else {
        Fit::Far
    }
}

/// The label that is most like the last one of a path, where one is like it.
fn nearest<'a>(path: &LabelPath, paths: &[&'a [Label]]) -> Option<&'a str> {
    const ALIKE: usize = 60;
    let wanted = label::fold(path.source().rsplit('>').next().unwrap_or_default());
    let labels = paths.iter().flat_map(|labels| labels.iter());
    labels
        .map(|label| (likeness(&wanted, &label.key), label))
        .filter(|&(likeness, _)| likeness >= ALIKE)
        .max_by_key(|&(likeness, _)| likeness)
        .map(|(_, label)| label.text.as_str())
}

/// A table with its own labels. A column that goes on under a repeated header is one column.
fn own(table: &Table, at: usize, layout: &Layout) -> BoundTable {
    let own_path = |path: &[Label]| -> Vec<FormLabel> {
        path.iter().map(|label| FormLabel { text: label.text.clone(), key: label.key.clone() }).collect()
    };
    let col_paths: Vec<Vec<FormLabel>> = (0..table.columns.len()).map(|column| column_path(table, column)).collect();
    let first_of = |column: usize| {
        let band = table.columns[column].band;
        let same = |&other: &usize| path_name(&col_paths[other]) == path_name(&col_paths[column]);
        (0..column).filter(|&other| table.columns[other].band < band).find(same).unwrap_or(column)
    };
    BoundTable {
        table: at,
        name: layout.name.clone().unwrap_or_default(),
        row_paths: table.rows.iter().map(|row| own_path(&row.path)).collect(),
        row_of_form: vec![None; table.rows.len()],
        col_of_form: (0..table.columns.len()).map(|column| Some((0, first_of(column)))).collect(),
        col_paths,
        repeated_rows: Vec::new(),
        repeated_cols: Vec::new(),
        untold_bands: Vec::new(),
        missing_rows: Vec::new(),
        missing_cols: Vec::new(),
    }
}
