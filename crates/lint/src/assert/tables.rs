//! The tables that a rule may look into, and their cells by label.

use super::amount::CellAmount;
use super::kin::{Kinship, is_kin};
use crate::bind::{Bound, BoundTable, path_name};
use crate::expr::{Bound as Value, Datum};
use crate::finding::Where;
use crate::form::{FormLabel, FormTable};
use crate::rule::{Axis, CellSelect, Kin};
use crate::say::{Job, Named, Reason};
use gouji_core::document::Document;
use gouji_core::label;
use gouji_core::number::Oddity;
use gouji_core::table::Table;
use gouji_core::text::Span;
use gouji_core::unit::Unit;
use rust_decimal::Decimal;
use std::cell::OnceCell;
use std::sync::Arc;

/// Where a cell stands: table (index into [`Tables`]), row, column.
pub(super) type CellAt = (usize, usize, usize);

/// A cell or a mention with its datum.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) span: Span,
    pub(super) datum: Datum,
    /// None for a mention.
    pub(super) cell: Option<CellAt>,
}

/// What a name stands for in one repetition.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    pub(super) spots: Vec<Spot>,
    pub(super) many: bool,
    /// A row or column of the form that belongs here and that the document lacks.
    pub(super) missing: Option<Reason>,
}

impl Selection {
    pub(super) fn value(&self) -> Value {
        let mut data = self.spots.iter().map(|spot| spot.datum.clone());
        if self.many { Value::Many(data.collect()) } else { Value::One(data.next().unwrap_or(Datum::Absent)) }
    }

    pub(super) fn count_blanks_as_zero(&mut self) {
        for spot in self.spots.iter_mut().filter(|spot| spot.datum == Datum::Blank) {
            spot.datum = Datum::Number(Decimal::ZERO);
        }
    }
}

/// A column of a bound table: the form's, which several bands of the document may have, or one of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnKey {
    Form(usize, usize),
    Own(usize),
}

/// A table with what is known of it.
pub(super) struct Listed<'a> {
    document: &'a Document,
    /// The file of last year's report; none in the report under check.
    pub(super) file: Option<&'a Arc<str>>,
    pub(super) bound: &'a BoundTable,
    pub(super) own: &'a Table,
    /// None for a table that the rule describes itself.
    form: Option<&'a FormTable>,
    kinship: OnceCell<Kinship>,
}

/// The tables of the form, then those that the rule's own description fits, then those of last year's report.
pub(super) struct Tables<'a> {
    document: &'a Document,
    listed: Vec<Listed<'a>>,
    n_of_form: usize,
    n_own: usize,
}

/// The tables of a report that were bound to its form's, each with the form's.
fn of_form<'a>(bound: &'a Bound<'a>) -> impl Iterator<Item = (&'a BoundTable, &'a FormTable)> {
    let form_tables = bound.form.map(|form| form.tables.as_slice()).unwrap_or_default();
    bound.tables.iter().zip(form_tables).filter_map(|(bound, form)| Some((bound.as_ref()?, form)))
}

impl<'a> Tables<'a> {
    pub(super) fn new(job: &Job<'a>, fitted: &'a [BoundTable]) -> Self {
        let document = job.bound.document;
        let mut listed: Vec<Listed<'a>> =
            of_form(job.bound).map(|(bound, form)| Listed::new(document, None, bound, Some(form))).collect();
        let n_of_form = listed.len();
        listed.extend(fitted.iter().map(|bound| Listed::new(document, None, bound, None)));
        let n_own = listed.len();
        if let Some(prev) = job.prev {
            let of_prev = of_form(&prev.bound);
            listed.extend(
                of_prev.map(|(bound, form)| Listed::new(prev.bound.document, Some(prev.path), bound, Some(form))),
            );
        }
        Self { document, listed, n_of_form, n_own }
    }

    pub(super) fn get(&self, table: usize) -> &Listed<'a> {
        &self.listed[table]
    }

    pub(super) fn len(&self) -> usize {
        self.listed.len()
    }

    /// The form's table with a short name.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.listed[..self.n_of_form].iter().position(|listed| listed.bound.name == name)
    }

    /// That of last year's report.
    pub(super) fn named_in_prev(&self, name: &str) -> Option<usize> {
        let found = self.listed[self.n_own..].iter().position(|listed| listed.bound.name == name);
        found.map(|at| self.n_own + at)
    }

    /// The file of last year's report that a spot stands in; none for the report under check.
    pub(super) fn file(&self, spot: &Spot) -> Option<&'a Arc<str>> {
        spot.cell.and_then(|(table, _, _)| self.listed[table].file)
    }

    /// Of a row and a column of a table those that have the same labels in another.
    pub(super) fn counterparts(
        &self,
        (table, row, column): (usize, Option<usize>, Option<usize>),
        other: usize,
    ) -> (Option<usize>, Option<ColumnKey>) {
        let (own, its) = (self.get(table).bound, self.get(other));
        let same = |one: &[FormLabel], two: &[FormLabel]| {
            one.iter().map(|label| &label.key).eq(two.iter().map(|label| &label.key))
        };
        let row = row.and_then(|row| its.bound.row_paths.iter().position(|path| same(path, &own.row_paths[row])));
        let column =
            column.and_then(|column| its.bound.col_paths.iter().position(|path| same(path, &own.col_paths[column])));
        (row, column.map(|column| its.key_of(column)))
    }

    /// Those that the rule's own description fits.
    pub(super) fn fitted(&self) -> std::ops::Range<usize> {
        self.n_of_form..self.n_own
    }

    /// Where a spot is: table and label paths; nothing for a mention, no row where rows have no labels.
    pub(super) fn place(&self, spot: &Spot) -> Where {
        let Some((table, row, column)) = spot.cell else { return Where::default() };
        let bound = self.listed[table].bound;
        Where {
            table: Some(bound.name.clone()).filter(|name| !name.is_empty()),
            row: Some(bound.row_name(row)).filter(|name| !name.is_empty()),
            col: Some(bound.col_name(column)),
            ..Where::default()
        }
    }

    /// Row × column, or the words around a mention.
    pub(super) fn path(&self, spot: &Spot) -> String {
        let place = self.place(spot);
        match (place.row, place.col) {
            (Some(row), Some(col)) if !col.is_empty() => format!("{row} × {col}"),
            (Some(name), _) | (None, Some(name)) => name,
            (None, None) => around(&self.document.text, spot.span),
        }
    }

    /// Puts the number of a cell into a unit.
    pub(super) fn reckon(&self, spot: &mut Spot, unit: &Unit) {
        let (Some((table, row, column)), Datum::Number(value)) = (spot.cell, &spot.datum) else { return };
        let Listed { document, bound, own, .. } = self.listed[table];
        let amount = CellAmount { document, own, bound, row, column, span: spot.span, value: *value };
        spot.datum = amount.reckon(unit);
    }

    /// For messages: the value of one, the sum of many.
    pub(super) fn words(&self, selection: &Selection) -> Named {
        let numbers = selection.spots.iter().filter_map(|spot| match spot.datum {
            Datum::Number(number) => Some(number),
            _ => None,
        });
        let sum = numbers.fold(Decimal::ZERO, |sum, number| sum.checked_add(number).unwrap_or(sum));
        let mut named = Named::number(sum);
        if let Some(first) = selection.spots.first() {
            let place = self.place(first);
            named.label = self.path(first);
            let document = first.cell.map_or(self.document, |(table, _, _)| self.listed[table].document);
            named.text = first.span.of(&document.text).to_owned();
            named.row = place.row.unwrap_or_default();
            named.col = place.col.unwrap_or_default();
            named.span = self.file(first).is_none().then_some(first.span);
            if let (Datum::Text(text), false) = (&first.datum, selection.many) {
                named.value.clone_from(text);
            }
        }
        named
    }
}

impl<'a> Listed<'a> {
    fn new(
        document: &'a Document,
        file: Option<&'a Arc<str>>,
        bound: &'a BoundTable,
        form: Option<&'a FormTable>,
    ) -> Self {
        Self { document, file, bound, own: &document.tables[bound.table], form, kinship: OnceCell::new() }
    }

    pub(super) fn kinship(&self) -> &Kinship {
        self.kinship.get_or_init(|| Kinship::new(&self.bound.row_paths))
    }

    /// A row of the form that is kin of a row and that the document lacks.
    pub(super) fn missing_kin(&self, row: usize, kin: Kin) -> Option<Reason> {
        let form = self.form?;
        let own = &self.bound.row_paths[row];
        let lacking = self.bound.missing_rows.iter().map(|&(band, of)| &form.bands[band].rows[of]);
        let path = lacking.into_iter().find(|path| is_kin(path, own, kin))?;
        let label = &path.last()?.text;
        Some((format!("表中缺少“{label}”行"), format!("the table lacks the row {label}")))
    }

    /// The columns, each once: its key, and the first of the document's columns that it is.
    pub(super) fn columns(&self) -> Vec<(ColumnKey, usize)> {
        let mut keys: Vec<(ColumnKey, usize)> = Vec::new();
        for column in 0..self.own.columns.len() {
            let key = self.key_of(column);
            if !keys.iter().any(|(seen, _)| *seen == key) {
                keys.push((key, column));
            }
        }
        keys
    }

    pub(super) fn key_of(&self, column: usize) -> ColumnKey {
        self.bound.col_of_form[column].map_or(ColumnKey::Own(column), |(band, of)| ColumnKey::Form(band, of))
    }

    /// The short name of a row.
    pub(super) fn row_word(&self, row: usize) -> String {
        short(&self.bound.row_paths, row)
    }

    /// The short name of a column.
    pub(super) fn col_word(&self, column: usize) -> String {
        short(&self.bound.col_paths, column)
    }

    /// The cell of a row in a column; none where the row's band has no such column. `at` is the table's own index.
    pub(super) fn spot(&self, at: usize, row: usize, key: ColumnKey) -> Option<Spot> {
        let own_row = &self.own.rows[row];
        let column = self.own.columns_of(own_row).find(|&column| self.key_of(column) == key)?;
        let (span, datum) = match self.own.cell(row, column) {
            None => (own_row.span, Datum::Absent),
            Some(cell) => {
                let datum = match (cell.value, cell.odd) {
                    (Some(value), _) => Datum::Number(value),
                    (None, Some(Oddity::Text)) => Datum::Unreadable,
                    (None, _) => Datum::Blank,
                };
                (cell.span, datum)
            }
        };
        Some(Spot { span, datum, cell: Some((at, row, column)) })
    }

    /// A row or column of the form that a many-valued axis should have met and that the document lacks.
    pub(super) fn missing(&self, cells: &CellSelect) -> Option<Reason> {
        let form = self.form?;
        let lacks = |axis: &Axis, path: &[FormLabel]| match axis {
            Axis::Many { path: wanted, except } => {
                wanted.matches(path) && !except.iter().any(|except| except.matches(path))
            }
            _ => false,
        };
        let rows = self.bound.missing_rows.iter().map(|&(band, of)| &form.bands[band].rows[of]);
        let cols = self.bound.missing_cols.iter().map(|&(band, of)| &form.bands[band].columns[of]);
        let row = rows.into_iter().find(|path| lacks(&cells.row, path));
        let col = cols.into_iter().find(|path| lacks(&cells.col, path));
        let leaf = |path: &Vec<FormLabel>| path.last().map_or_else(String::new, |label| label.text.clone());
        match (row.map(leaf), col.map(leaf)) {
            (Some(label), _) => Some((format!("表中缺少“{label}”行"), format!("the table lacks the row {label}"))),
            (None, Some(label)) => {
                Some((format!("表中缺少“{label}”列"), format!("the table lacks the column {label}")))
            }
            (None, None) => None,
        }
    }
}

/// A label of its own where no other path ends in it, else the whole path.
fn short(paths: &[Vec<FormLabel>], at: usize) -> String {
    let leaf = |path: &[FormLabel]| path.last().map(|label| label.key.clone());
    let alike = paths.iter().any(|path| leaf(path) == leaf(&paths[at]) && *path != paths[at]);
    match paths[at].last() {
        Some(own) if !alike => label::words(&own.text).to_owned(),
        _ => path_name(&paths[at]),
    }
}

/// The words of a number in the text with what stands around it.
pub(crate) fn around(text: &str, span: Span) -> String {
    const CHARS: usize = 10;
    let before: String =
        text[..span.start].chars().rev().take_while(|c| !"。；\n\t".contains(*c)).take(CHARS).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[span.end..].chars().take_while(|c| !"，。；\n\t".contains(*c)).take(4).collect();
    format!("{before}{}{after}", span.of(text))
}
