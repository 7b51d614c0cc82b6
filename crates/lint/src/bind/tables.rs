//! Which table, row and column of the form each of the document is.

use super::align::{Alignment, align, is_below, likeness};
use super::cells;
use super::fact::Facts;
use super::{Bound, Given};
use crate::form::{Form, FormBand, FormLabel, FormTable};
use crate::rule::FactKind;
use gouji_core::document::Document;
use gouji_core::label;
use gouji_core::table::{Column, Label, Shape, Table};
use std::collections::BTreeSet;

/// A table of the document with the form's names for its rows and columns.
#[derive(Clone, Debug)]
pub struct BoundTable {
    /// Index into the document's tables.
    pub table: usize,
    /// The table's short name in the form.
    pub name: String,
    /// For each row of the document's table its label path: the form's where it was bound, else its own.
    pub row_paths: Vec<Vec<FormLabel>>,
    /// For each column likewise.
    pub col_paths: Vec<Vec<FormLabel>>,
    /// For each row the form's, as (band, row).
    pub row_of_form: Vec<Option<(usize, usize)>>,
    /// For each column the form's, as (band, column).
    pub col_of_form: Vec<Option<(usize, usize)>>,
    /// Rows of the document that repeat one of the form, as (row, form's).
    pub repeated_rows: Vec<(usize, (usize, usize))>,
    /// Columns of the document that repeat one of the form.
    pub repeated_cols: Vec<(usize, (usize, usize))>,
    /// Bands of the form whose columns can not be told: the header names another number of columns than the rows have
    /// values.
    pub untold_bands: Vec<usize>,
    /// Rows of the form that the document lacks, as (band, row).
    pub missing_rows: Vec<(usize, usize)>,
    /// Columns of the form that the document lacks, as (band, column).
    pub missing_cols: Vec<(usize, usize)>,
}

impl BoundTable {
    /// Whether the document has any row of a band of the form.
    #[must_use]
    pub fn has_rows_of(&self, band: usize) -> bool {
        self.row_of_form.iter().flatten().any(|of| of.0 == band)
    }
}

/// How many labels a table shares with a form's table to be it, unless its section says so too.
const LABELS_THAT_TELL: usize = 3;

/// No table of a form has a tenth of these rows and columns: a larger one is left alone, and its rules are unbound.
pub(super) fn is_of_this_world(table: &Table) -> bool {
    const MAX_ROWS: usize = 1000;
    const MAX_COLUMNS: usize = 500;
    table.rows.len() <= MAX_ROWS && table.columns.len() <= MAX_COLUMNS
}

/// The folded labels of a table of the document.
pub(super) fn keys_of(table: &Table) -> BTreeSet<&str> {
    let headers = table.bands.iter().flat_map(|band| &band.header);
    let rows = table.rows.iter().flat_map(|row| &row.path);
    headers.chain(rows).map(|label| label.key.as_str()).collect()
}

/// How many of the labels of the document's tables are labels of the form.
pub(super) fn n_labels(keys: &[BTreeSet<&str>], form: &Form) -> usize {
    let own: BTreeSet<&str> = keys.iter().flatten().copied().collect();
    own.into_iter().filter(|&key| form.tables.iter().any(|table| table.keys.contains(key))).count()
}

pub(super) fn bind(
    bound: &mut Bound<'_>,
    form: &Form,
    given: &Given<'_>,
    keys: &[BTreeSet<&str>],
    facts: &mut Facts<'_>,
) {
    let document = bound.document;
    bound.tables = vec![None; form.tables.len()];
    let mut pairs = Vec::new();
    for (of, form_table) in form.tables.iter().enumerate() {
        for (at, table) in document.tables.iter().enumerate().filter(|(_, table)| is_of_this_world(table)) {
            let shared = keys[at].iter().filter(|&&key| form_table.keys.contains(key)).count();
            let home = form_table.section.is_some_and(|section| {
                let own = table.section.map(|own| top_of(document, own));
                bound.sections[section].is_some_and(|bound| Some(bound.section) == own)
            });
            if shared >= LABELS_THAT_TELL || (home && shared > 0) {
                pairs.push((home, shared, of, at));
            }
        }
    }
    // The best first; where two are as good, the earlier.
    pairs.sort_by_key(|&(home, shared, of, at)| (std::cmp::Reverse((shared, home)), of, at));
    if let (Some(of), false) = (given.table, document.tables.is_empty()) {
        pairs.insert(0, (true, usize::MAX, of, 0));
    }
    let mut taken = BTreeSet::new();
    for (_, _, of, at) in pairs {
        if bound.tables[of].is_none() && taken.insert(at) {
            let mut table = bind_table(&document.tables[at], at, &form.tables[of], facts);
            if given.is_example {
                // A rule's own example shows the rows that matter and no others.
                table.missing_rows.clear();
                table.missing_cols.clear();
            }
            bound.tables[of] = Some(table);
        }
    }
}

fn top_of(document: &Document, mut section: usize) -> usize {
    while let Some(parent) = document.sections[section].parent {
        section = parent;
    }
    section
}

/// Notes every label of the document's tables that is one of an earlier form.
pub(super) fn note_superseded(bound: &Bound<'_>, form: &Form, facts: &mut Facts<'_>) {
    let old = |label: &Label| form.superseded.iter().any(|old| old.key == label.key);
    for table in bound.tables.iter().flatten() {
        let own = &bound.document.tables[table.table];
        let mut labels: Vec<&Label> = own.bands.iter().flat_map(|band| &band.header).collect();
        labels.extend(own.rows.iter().flat_map(|row| &row.path));
        for label in labels.into_iter().filter(|label| old(label)) {
            facts.note(FactKind::OldLayout, label.span, None).table = Some(table.table);
        }
    }
}

fn bind_table(table: &Table, at: usize, form: &FormTable, facts: &mut Facts<'_>) -> BoundTable {
    let own_path = |path: &[Label]| -> Vec<FormLabel> {
        path.iter().map(|label| FormLabel { text: label.text.clone(), key: label.key.clone() }).collect()
    };
    let mut bound = BoundTable {
        table: at,
        name: form.name.clone(),
        row_paths: table.rows.iter().map(|row| own_path(&row.path)).collect(),
        col_paths: (0..table.columns.len()).map(|column| column_path(table, column)).collect(),
        row_of_form: vec![None; table.rows.len()],
        col_of_form: vec![None; table.columns.len()],
        repeated_rows: Vec::new(),
        repeated_cols: Vec::new(),
        untold_bands: Vec::new(),
        missing_rows: Vec::new(),
        missing_cols: Vec::new(),
    };
    let form_band_of: Vec<Option<usize>> = (0..table.bands.len()).map(|band| band_of(table, band, form)).collect();
    for (form_band_idx, form_band) in form.bands.iter().enumerate() {
        let bands: Vec<usize> = (0..table.bands.len()).filter(|&b| form_band_of[b] == Some(form_band_idx)).collect();
        bind_rows(&mut bound, table, &bands, form_band_idx, form_band);
        for &band in &bands {
            bind_columns(&mut bound, table, band, form_band_idx, form_band);
            compare_header(table, band, form_band, &bound, facts);
        }
        note_missing(&mut bound, table, form_band_idx, form_band);
    }
    compare_rows(table, form, &bound, facts);
    note_shapes(table, &bound, facts);
    cells::note(table, form, &bound, facts);
    bound
}

/// A column's own labels; where the header does not tell, its number in the band.
pub(super) fn column_path(table: &Table, column: usize) -> Vec<FormLabel> {
    let Column { path, band } = &table.columns[column];
    if path.is_empty() {
        let name = format!("第{}列", column - table.bands[*band].first_column + 1);
        return vec![FormLabel { key: label::fold(&name), text: name }];
    }
    path.iter().map(|label| FormLabel { text: label.text.clone(), key: label.key.clone() }).collect()
}

/// The form's band that a band of the document shares most labels with; the only one where there is one.
fn band_of(table: &Table, band: usize, form: &FormTable) -> Option<usize> {
    if form.bands.len() == 1 {
        return Some(0);
    }
    let mut own: BTreeSet<&str> = table.bands[band].header.iter().map(|label| label.key.as_str()).collect();
    let rows = table.rows.iter().filter(|row| row.band == band);
    own.extend(rows.flat_map(|row| &row.path).map(|label| label.key.as_str()));
    let shared = |of: &FormBand| {
        let paths = of.columns.iter().chain(&of.rows).flatten();
        let labels: BTreeSet<&str> = paths.chain(&of.label).map(|label| label.key.as_str()).collect();
        labels.intersection(&own).count()
    };
    (0..form.bands.len())
        .map(|of| (shared(&form.bands[of]), of))
        .filter(|&(shared, _)| shared > 0)
        .max_by_key(|&(shared, of)| (shared, std::cmp::Reverse(of)))
        .map(|(_, of)| of)
}

/// Rows of all bands that belong to one band of the form: a table continued under a repeated header is one.
fn bind_rows(bound: &mut BoundTable, table: &Table, bands: &[usize], form_band: usize, form: &FormBand) {
    let rows: Vec<usize> = (0..table.rows.len()).filter(|&row| bands.contains(&table.rows[row].band)).collect();
    let paths: Vec<&[Label]> = rows.iter().map(|&row| table.rows[row].path.as_slice()).collect();
    if form.rows.is_empty() {
        return;
    }
    let Alignment { of_document, repeats } = align(&paths, &form.rows);
    for (&row, of) in rows.iter().zip(of_document) {
        let Some(of) = of else { continue };
        bound.row_of_form[row] = Some((form_band, of));
        bound.row_paths[row] = form.rows[of].clone();
    }
    bound.repeated_rows.extend(repeats.into_iter().map(|(at, of)| (rows[at], (form_band, of))));
}

fn bind_columns(bound: &mut BoundTable, table: &Table, band: usize, form_band: usize, form: &FormBand) {
    let own = &table.bands[band];
    let columns: Vec<usize> = (own.first_column..own.first_column + own.n_columns).collect();
    let paths: Vec<&[Label]> = columns.iter().map(|&column| table.columns[column].path.as_slice()).collect();
    let header_tells = paths.iter().any(|path| !path.is_empty());
    let alignment = if header_tells {
        align(&paths, &form.columns)
    } else if columns.len() == form.columns.len() {
        // The header is a field short, the rows are not: the form's order decides.
        Alignment { of_document: (0..columns.len()).map(Some).collect(), repeats: Vec::new() }
    } else {
        bound.untold_bands.push(form_band);
        Alignment { of_document: vec![None; columns.len()], repeats: Vec::new() }
    };
    for (&column, of) in columns.iter().zip(&alignment.of_document) {
        let Some(of) = *of else { continue };
        bound.col_of_form[column] = Some((form_band, of));
        bound.col_paths[column] = form.columns[of].clone();
    }
    bound.repeated_cols.extend(alignment.repeats.iter().map(|&(at, of)| (columns[at], (form_band, of))));
}

/// A row of the form that the document divides further is not missing.
fn note_missing(bound: &mut BoundTable, table: &Table, form_band: usize, form: &FormBand) {
    let has_row = |of: usize| {
        bound.row_of_form.contains(&Some((form_band, of)))
            || table.rows.iter().any(|row| is_below(&row.path, &form.rows[of]))
    };
    let has_col = |of: usize| bound.col_of_form.contains(&Some((form_band, of)));
    let rows: Vec<_> = (0..form.rows.len()).filter(|&of| !has_row(of)).map(|of| (form_band, of)).collect();
    let cols: Vec<_> = (0..form.columns.len()).filter(|&of| !has_col(of)).map(|of| (form_band, of)).collect();
    bound.missing_rows.extend(rows);
    bound.missing_cols.extend(cols);
}

/// Notes how header labels differ from the form's: words, width, place.
fn compare_header(table: &Table, band: usize, form: &FormBand, bound: &BoundTable, facts: &mut Facts<'_>) {
    let at = bound.table;
    let own = &table.bands[band];
    let kinds = (FactKind::ColWording, FactKind::ColWidth);
    for column in own.first_column..own.first_column + own.n_columns {
        let (Some((_, of)), path) = (bound.col_of_form[column], &table.columns[column].path) else { continue };
        let Some(leaf) = path.last() else { continue };
        let official = &form.columns[of];
        if path.len() != official.len() {
            facts.note(FactKind::ColMisplaced, leaf.span, None).table = Some(at);
        }
        // From the leaf up, as far as both go; the band's own label is compared below.
        let n_band = usize::from(form.label.is_some());
        for (label, of) in path.iter().rev().zip(official[n_band.min(official.len())..].iter().rev()) {
            // A broken header puts a label over the columns of another: that is no slip of its words.
            let is_another = || form.columns.iter().flatten().any(|own| own.key == label.key);
            if label.span == leaf.span
                || (likeness(&label.key, &of.key) >= 50 && (label.key == of.key || !is_another()))
            {
                facts.compare(label, &of.text, kinds, at);
            }
        }
    }
    if let (Some(official), Some(first)) = (&form.label, own.header.first())
        && likeness(&first.key, &official.key) >= 60
    {
        facts.compare(first, &official.text, (FactKind::BandWording, FactKind::BandWidth), at);
    }
    if let Some(official) = &form.corner
        && let Some(corner) = own.header.iter().find(|label| label.key == official.key)
    {
        facts.compare(corner, &official.text, kinds, at);
    }
}

fn compare_rows(table: &Table, form: &FormTable, bound: &BoundTable, facts: &mut Facts<'_>) {
    let kinds = (FactKind::RowWording, FactKind::RowWidth);
    for (row, of) in table.rows.iter().zip(&bound.row_of_form) {
        let Some((band, of)) = *of else { continue };
        let official = &form.bands[band].rows[of];
        for (label, of) in row.path.iter().rev().zip(official.iter().rev()) {
            if Some(label) == row.path.last() || likeness(&label.key, &of.key) >= 60 {
                facts.compare(label, &of.text, kinds, bound.table);
            }
        }
    }
}

fn note_shapes(table: &Table, bound: &BoundTable, facts: &mut Facts<'_>) {
    for shape in &table.facts {
        let kind = match shape.kind {
            Shape::Shifted => FactKind::Shifted,
            Shape::Cut => FactKind::Cut,
            Shape::HeaderShort(_) => FactKind::HeaderShort,
            Shape::RowShort(_) => FactKind::RowShort,
            Shape::HeaderLong(_) => FactKind::HeaderLong,
            Shape::RowLong(_) => FactKind::RowLong,
        };
        let fact = facts.note(kind, shape.span, None);
        fact.table = Some(bound.table);
        fact.row = shape.row.map(|row| bound.row_name(row));
    }
}

impl BoundTable {
    /// A row's label path as people read it.
    #[must_use]
    pub fn row_name(&self, row: usize) -> String {
        path_name(&self.row_paths[row])
    }

    /// A column's label path.
    pub(crate) fn col_name(&self, column: usize) -> String {
        path_name(&self.col_paths[column])
    }
}

/// Labels joined as a path.
pub(crate) fn path_name(path: &[FormLabel]) -> String {
    let words: Vec<&str> = path.iter().map(|label| label::words(&label.text)).collect();
    words.join(" > ")
}
