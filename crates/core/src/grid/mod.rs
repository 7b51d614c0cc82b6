//! From the rows of a table as fields to a [`Table`] with label paths: bands, headers, values, nesting.

mod header;
mod nesting;
mod row;

use crate::label::{self, KnownLabels};
use crate::number::{Oddity, read_cell};
use crate::table::{Band, Cell, Column, Label, Row, Shape, ShapeFact, Table};
use crate::text::Span;
use row::{Field, FieldKind, Scan};
use rust_decimal::Decimal;

/// A table row as it stands: its fields, and what stands before it.
#[derive(Debug)]
pub(crate) struct RawRow {
    pub(crate) fields: Vec<Span>,
    /// From the first to the last field with content.
    pub(crate) span: Span,
    /// Whether an empty line or a stray paragraph cuts it off from the row before.
    pub(crate) cut_before: bool,
    /// Whether empty fields are missing, so that a field's place does not tell its column.
    pub(crate) loose: bool,
}

impl RawRow {
    /// A row that follows the one before and has all its fields.
    pub(crate) fn new(fields: Vec<Span>, span: Span) -> Self {
        Self { fields, span, cut_before: false, loose: false }
    }
}

/// What a row does in the table.
enum Role {
    /// Labels only: (part of) a header.
    Header,
    /// Labels only, and they are row labels: what follows stands below them.
    Parent,
    /// Values.
    Data,
}

/// Builds a table of rows that belong together. `full` says whether a field's position tells its column.
pub(crate) fn build(text: &str, rows: &[RawRow], full: bool, section: Option<usize>, known: &KnownLabels) -> Table {
    let mut scans: Vec<Scan> = rows.iter().map(|row| Scan::new(text, row)).collect();
    keep_only_empty_row(&mut scans, known);
    let mut builder = Builder {
        full,
        table: Table {
            span: rows.first().map_or(Span::default(), |first| first.span.cover(rows[rows.len() - 1].span)),
            section,
            bands: Vec::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            facts: Vec::new(),
        },
        stack: nesting::Stack::default(),
        places: nesting::Places::default(),
    };
    let mut at = 0;
    while at < scans.len() {
        let header_end = at + scans[at..].iter().take_while(|scan| matches!(role(scan, known), Role::Header)).count();
        let mut header = &scans[at..header_end];
        let band_exists = !builder.table.bands.is_empty();
        // Single labels in mid-table with no column labels below them are row labels, not a header.
        let parents_only = band_exists && header.iter().all(|scan| scan.labels.len() < 2);
        let data_from = if parents_only { at } else { header_end };
        if parents_only {
            header = &[];
        }
        let data_end = header_end
            + scans[header_end..].iter().take_while(|scan| !matches!(role(scan, known), Role::Header)).count();
        builder.band(header, &scans[data_from..data_end], parents_only, known);
        at = data_end;
    }
    for scan in scans.iter().filter(|scan| scan.cut_before) {
        builder.table.facts.push(ShapeFact { kind: Shape::Cut, span: scan.first_span(), row: None });
    }
    builder.places.report_shifted(&mut builder.table);
    builder.table.facts.sort_by_key(|fact| fact.span);
    builder.table
}

/// Drops rows of empty cells; where no row of the table has values or a known label, the last of them stays: it is the
/// row that was left blank.
fn keep_only_empty_row(scans: &mut Vec<Scan>, known: &KnownLabels) {
    let is_empty = |scan: &Scan| scan.labels.is_empty() && !scan.has_values();
    let has_data = scans.iter().any(|scan| !is_empty(scan) && matches!(role(scan, known), Role::Data));
    let last = scans.len() - 1;
    let mut at = 0;
    scans.retain(|scan| {
        at += 1;
        !is_empty(scan) || (at - 1 == last && !has_data)
    });
}

fn role(scan: &Scan, known: &KnownLabels) -> Role {
    if scan.has_values() || scan.labels.is_empty() {
        return Role::Data;
    }
    let mut labels = scan.labels.iter().map(|(_, label)| label).peekable();
    let n_parents = std::iter::from_fn(|| labels.next_if(|label| known.parents.contains(&label.key))).count();
    match labels.next() {
        // A known row label first: what stands behind it stands where its values should.
        Some(label) if known.rows.contains(&label.key) => Role::Data,
        Some(_) => Role::Header,
        None if n_parents > 0 => Role::Parent,
        None => Role::Header,
    }
}

struct Builder {
    full: bool,
    table: Table,
    stack: nesting::Stack,
    places: nesting::Places,
}

impl Builder {
    /// Adds a header and its rows; without a header the rows go to the band before.
    fn band(&mut self, header: &[Scan], data: &[Scan], continues: bool, known: &KnownLabels) {
        let k = row::commonest(data.iter().map(|scan| scan.n_values).filter(|&n| n > 0)).unwrap_or(0);
        let k = if k == 0 { header::n_leaves(header, data) } else { k };
        if !continues || self.table.bands.is_empty() {
            if !header.is_empty() {
                self.stack.clear();
            }
            self.open_band(header, data, k);
        }
        let n_columns = self.table.bands.last().map_or(0, |band| band.n_columns);
        let usual = row::Usual::new(data, n_columns, self.full, header::first_value_field(header, data));
        for (at, scan) in data.iter().enumerate() {
            let is_parent = match role(scan, known) {
                Role::Parent => true,
                // With nothing below it, it is a row whose cells are blank.
                Role::Header => {
                    scan.fields.len() < 2 || data.get(at + 1).is_none_or(|next| nesting::is_below(scan, next))
                }
                Role::Data => false,
            };
            match is_parent {
                true => {
                    self.stack.push_row(scan);
                }
                false => self.data_row(&usual.refit(scan), n_columns, &usual),
            }
        }
    }

    fn open_band(&mut self, header: &[Scan], data: &[Scan], k: usize) {
        let columns = header::columns(header, data, k, self.full);
        let band = self.table.bands.len();
        let labels = header.iter().flat_map(|scan| scan.labels.iter().map(|(_, label)| label.clone()));
        self.table.bands.push(Band { header: labels.collect(), first_column: self.table.columns.len(), n_columns: k });
        let place = header.last().map(Scan::first_span).unwrap_or_else(|| self.table.span);
        if let Some(kind) = columns.odd {
            self.table.facts.push(ShapeFact { kind, span: place, row: None });
        }
        self.table.columns.extend(columns.paths.into_iter().map(|path| Column { path, band }));
    }

    fn data_row(&mut self, scan: &Scan, k: usize, usual: &row::Usual) {
        let path = self.stack.push_row(scan);
        let row_idx = self.table.rows.len();
        let picked = usual.pick(scan);
        let mut cells = Vec::new();
        match picked {
            Some(fields) => cells = fields.iter().map(|field| field.map_or_else(|| blank(scan), cell)).collect(),
            None => {
                let kind = if scan.n_values <= k {
                    Shape::RowShort(k - scan.n_values)
                } else {
                    Shape::RowLong(scan.n_values - k)
                };
                self.table.facts.push(ShapeFact { kind, span: scan.first_span(), row: Some(row_idx) });
            }
        }
        if !scan.loose {
            self.places.note(row_idx, scan);
        }
        let band = self.table.bands.len() - 1;
        self.table.rows.push(Row { path, span: scan.span, band, cells });
    }
}

fn cell(field: &Field) -> Cell {
    Cell { span: field.span, value: field.value, odd: field.odd }
}

/// A cell that the row is too short to have.
fn blank(scan: &Scan) -> Cell {
    Cell { span: Span::empty(scan.span.end), value: None::<Decimal>, odd: Some(Oddity::Blank) }
}

/// Reads a field: empty, value or text.
fn read_field(text: &str, span: Span) -> Field {
    let (value, odd) = read_cell(span.of(text));
    let kind = match odd {
        Some(Oddity::Blank) => FieldKind::Empty,
        Some(Oddity::Text) => FieldKind::Text,
        _ => FieldKind::Value,
    };
    Field { span, kind, value, odd }
}

fn read_label(text: &str, span: Span) -> Label {
    let words = span.of(text);
    Label { span, text: words.to_owned(), key: label::fold(words) }
}
