//! What a report says in the cells of the consolidated report's form.

use crate::bind::{BoundTable, Given, bind, path_name};
use crate::engine::{self, CheckOptions, with_job};
use crate::form::{Form, FormCell, FormLabel, FormTable};
use crate::repair;
use crate::ruleset::RuleSet;
use crate::say::{Job, Reason};
use gouji_core::document::Document;
use gouji_core::number::Oddity;
use gouji_core::table;
use gouji_core::text::Span;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A cell by what people read: table, row labels, column labels, folded. Two forms may share it.
type Path = (String, Vec<String>, Vec<String>);

/// The cells that a rollup compares: those of the consolidated report's form, in order.
#[derive(Debug)]
pub struct Frame<'a> {
    /// None where the consolidated report is bound to none.
    pub(super) form: Option<&'a Form>,
    pub(super) cells: Vec<FormCell>,
    by_path: BTreeMap<Path, usize>,
}

/// A report of a rollup: who it is of, and its numbers.
#[derive(Debug)]
pub struct Sheet {
    /// Its file, as people know it.
    pub name: String,
    /// The organ.
    pub organ: Option<String>,
    /// The year.
    pub year: Option<i32>,
    /// The id of its own form.
    pub form: Option<String>,
    /// Why it has no form.
    pub(super) no_form: Option<Reason>,
    /// One for each cell of the frame.
    pub(super) cells: Vec<Entry>,
    /// The equations that its own rules demand, over cells of the frame.
    pub(super) ties: Vec<OwnTie>,
    /// Numbers other than 0 that the frame has no cell for, as paths.
    pub(super) unplaced: Vec<String>,
}

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Where; empty where there is no such cell.
    pub(super) span: Span,
    /// The line of the file, from 1.
    pub(super) line: usize,
    pub(super) what: What,
}

/// What a cell holds for a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Number(Decimal),
    Blank,
    /// Words, or a row with another number of values than its header.
    Unreadable,
    /// What a rule that masks hit: no count, and shown nowhere.
    Secret,
    /// The report lacks the row, the column or the table.
    Absent,
    /// The report's own form has no such cell.
    Foreign,
}

impl What {
    pub(super) fn number(self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// An equation of a report's own: the cells with their factors, and by how much it is off.
#[derive(Debug)]
pub(super) struct OwnTie {
    pub(super) terms: Vec<(usize, Decimal)>,
    pub(super) off: Decimal,
}

impl<'a> Frame<'a> {
    /// The frame that a consolidated report gives.
    #[must_use]
    pub fn of(consolidated: &Document, rules: &'a RuleSet, options: &CheckOptions) -> Self {
        let id = bind(consolidated, rules, options, &Given::of(rules, options)).form.map(|form| &form.id);
        let form = rules.forms().iter().find(|form| Some(&form.id) == id);
        let cells: Vec<FormCell> = form.map(cells_of).unwrap_or_default();
        let by_path = form.map(|form| cells.iter().enumerate().map(|(at, cell)| (path(form, cell), at)).collect());
        Self { form, cells, by_path: by_path.unwrap_or_default() }
    }

    /// Reads the numbers of a report.
    #[must_use]
    pub fn sheet(&self, name: &str, document: &Document, rules: &RuleSet, options: &CheckOptions) -> Sheet {
        with_job(document, rules, options, &Given::of(rules, options), |job| self.read(name, job, options))
    }

    fn read(&self, name: &str, job: &Job<'_>, options: &CheckOptions) -> Sheet {
        let bound = job.bound;
        let mut sheet = Sheet {
            name: name.to_owned(),
            organ: bound.organ.clone(),
            year: bound.year,
            form: bound.form.map(|form| form.id.to_string()),
            no_form: bound.no_form.clone(),
            cells: vec![Entry { span: Span::new(0, 0), line: 0, what: What::Absent }; self.cells.len()],
            ties: Vec::new(),
            unplaced: Vec::new(),
        };
        let Some(form) = bound.form else { return sheet };
        let theirs: BTreeSet<Path> = cells_of(form).iter().map(|cell| path(form, cell)).collect();
        for (_, &at) in self.by_path.iter().filter(|(path, _)| !theirs.contains(*path)) {
            sheet.cells[at].what = What::Foreign;
        }
        let secrets = engine::secrets(job, options);
        let mut places = BTreeMap::new();
        for (at, (table, of)) in bound.tables.iter().zip(&form.tables).enumerate() {
            let Some(table) = table else { continue };
            let own = &bound.document.tables[table.table];
            for (cell, span, what) in entries(table, own, of, at) {
                let is_secret = secrets.iter().any(|secret| secret.overlaps(span));
                let what = if is_secret { What::Secret } else { what };
                let line = bound.document.place(span.start).line;
                self.put(&mut sheet, form, (cell, Entry { span, line, what }), &mut places);
            }
        }
        for tie in repair::ties(job, options) {
            let terms = tie.equation.terms.iter().map(|(term, factor)| Some((*places.get(&term.span)?, *factor)));
            let terms: Option<Vec<(usize, Decimal)>> = terms.collect();
            sheet.ties.extend(terms.zip(repair::off(&tie.equation)).map(|(terms, off)| OwnTie { terms, off }));
        }
        sheet
    }

    /// Puts what stands in a cell into its place in the frame.
    fn put(
        &self,
        sheet: &mut Sheet,
        form: &Form,
        (cell, entry): (FormCell, Entry),
        places: &mut BTreeMap<Span, usize>,
    ) {
        let Some(&at) = self.by_path.get(&path(form, &cell)) else {
            if entry.what.number().is_some_and(|number| !number.is_zero()) {
                sheet.unplaced.push(cell_name(form, &cell));
            }
            return;
        };
        // A second row where the form has one, without labels: which of them is meant can not be told.
        let is_first = sheet.cells[at].what == What::Absent;
        if entry.what.number().is_some() {
            places.insert(entry.span, at);
        }
        sheet.cells[at] = if is_first { entry } else { Entry { what: What::Unreadable, ..entry } };
    }

    /// What people call a cell.
    pub(super) fn name(&self, at: usize) -> String {
        self.form.map(|form| cell_name(form, &self.cells[at])).unwrap_or_default()
    }

    /// Its row and column, as people read them; no row where rows have no labels.
    pub(super) fn row_and_col(&self, at: usize) -> (Option<String>, Option<String>) {
        let Some(form) = self.form else { return (None, None) };
        let cell = &self.cells[at];
        let band = &form.tables[cell.table].bands[cell.band];
        (cell.row.map(|row| path_name(&band.rows[row])), Some(path_name(&band.columns[cell.col])))
    }
}

impl Sheet {
    /// What people call who it is of: the organ, else the file.
    #[must_use]
    pub fn who(&self) -> &str {
        self.organ.as_deref().unwrap_or(&self.name)
    }

    /// The number of a cell.
    pub(super) fn number(&self, at: usize) -> Option<Decimal> {
        self.cells[at].what.number()
    }

    /// Whether it has any number but 0.
    pub(super) fn has_numbers(&self) -> bool {
        self.cells.iter().any(|entry| entry.what.number().is_some_and(|number| !number.is_zero()))
    }
}

/// The cells of a document's table that are cells of its form, with what stands there.
fn entries<'t>(
    bound: &'t BoundTable,
    own: &'t table::Table,
    of: &'t FormTable,
    table: usize,
) -> impl Iterator<Item = (FormCell, Span, What)> + 't {
    own.rows.iter().enumerate().flat_map(move |(row_idx, row)| {
        own.columns_of(row).filter_map(move |column| {
            let (band, col) = bound.col_of_form[column]?;
            let row_of_form = match (of.bands[band].rows.is_empty(), bound.row_of_form[row_idx]) {
                (true, _) => None,
                (false, Some((of_row, row))) if of_row == band => Some(row),
                (false, _) => return None,
            };
            let cell = FormCell { table, band, row: row_of_form, col };
            let (span, what) = match own.cell(row_idx, column) {
                None => (row.span, What::Unreadable),
                Some(cell) => (cell.span, what(cell)),
            };
            Some((cell, span, what))
        })
    })
}

fn what(cell: &table::Cell) -> What {
    match (cell.value, cell.odd) {
        (Some(number), _) => What::Number(number),
        (None, Some(Oddity::Text)) => What::Unreadable,
        (None, _) => What::Blank,
    }
}

fn cells_of(form: &Form) -> Vec<FormCell> {
    form.tables.iter().enumerate().flat_map(|(at, table)| table.cells(at)).collect()
}

fn path(form: &Form, cell: &FormCell) -> Path {
    let table = &form.tables[cell.table];
    let band = &table.bands[cell.band];
    let keys = |labels: &[FormLabel]| labels.iter().map(|label| label.key.clone()).collect();
    (table.name.clone(), cell.row.map(|row| keys(&band.rows[row])).unwrap_or_default(), keys(&band.columns[cell.col]))
}

fn cell_name(form: &Form, cell: &FormCell) -> String {
    let band = &form.tables[cell.table].bands[cell.band];
    let col = path_name(&band.columns[cell.col]);
    match cell.row {
        Some(row) => format!("{} × {col}", path_name(&band.rows[row])),
        None => col,
    }
}
