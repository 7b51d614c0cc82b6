//! Real layouts proved with numbers: the zeros of a ragged report are replaced by distinct numbers that tie.
//!
//! A misreading can not hide behind zeros. This knows only the order in which the form's rows stand and how many numbers
//! each has; it shares nothing with the parser.

use super::dice::Dice;
use super::form::{self, Path, TableName};
use super::values::{Amount, TOTAL, Values};
use std::collections::BTreeSet;
use std::ops::Range;

/// A number that was put into a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The table.
    pub table: TableName,
    /// The row, counted over the rows with numbers.
    pub row: usize,
    /// The column, counted over the columns of its band.
    pub column: usize,
    /// The official labels of the row; empty in table 4.
    pub row_path: Vec<&'static str>,
    /// The official labels of the column.
    pub column_path: Vec<&'static str>,
    /// The number.
    pub value: u64,
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
}

/// A report whose zeros were replaced.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The text.
    pub text: String,
    /// The numbers, in the order of the text.
    pub placed: Vec<Placed>,
}

impl Filled {
    /// The number in this cell.
    #[must_use]
    pub fn placed(&self, table: TableName, row: usize, column: usize) -> Option<&Placed> {
        self.placed.iter().find(|p| p.table == table && p.row == row && p.column == column)
    }

    /// The same report with one number (by its place in [`Filled::placed`]) replaced.
    ///
    /// # Panics
    /// When there is no such number.
    #[must_use]
    pub fn with(&self, changed: usize, value: u64) -> Self {
        let at = self.placed[changed].at.clone();
        let written = value.to_string();
        let mut other = Self {
            text: format!("{}{written}{}", &self.text[..at.start], &self.text[at.end..]),
            placed: self.placed.clone(),
        };
        other.placed[changed].value = value;
        other.placed[changed].at.end = at.start + written.len();
        for placed in &mut other.placed[changed + 1..] {
            placed.at = placed.at.start - at.len() + written.len()..placed.at.end - at.len() + written.len();
        }
        other
    }

    /// The line, from 1, in which a number stands.
    #[must_use]
    pub fn line(&self, placed: &Placed) -> usize {
        self.text[..placed.at.start].matches('\n').count() + 1
    }
}

/// What stands in a row: its labels, and those of its columns.
struct Expected {
    table: TableName,
    row: usize,
    row_path: Path,
    columns: Vec<Vec<&'static str>>,
    values: Vec<u64>,
    /// A row starts here only when its last label stands in the line; empty where the order alone decides.
    label: String,
}

/// Replaces the zeros of the three tables of a report for `year` by distinct numbers that tie.
///
/// # Errors
/// When a row of the form is not found in the text, with its labels.
pub fn fill(text: &str, year: i32, seed: u64) -> Result<Filled, String> {
    let rows = expected(year, &distinct(year, seed));
    let mut filled = Filled { text: String::with_capacity(text.len() * 2), placed: Vec::new() };
    let mut rows = rows.into_iter().peekable();
    for line in text.split_inclusive('\n') {
        let fields: Vec<&str> = line.trim_end_matches(['\n', '\r']).split('\t').collect();
        let n_numbers = fields.iter().filter(|field| is_number(field)).count();
        let Some(row) = rows.next_if(|row| n_numbers == row.values.len() && fits(row, &fields)) else {
            filled.text.push_str(line);
            continue;
        };
        let mut column = 0;
        for (at, field) in fields.iter().enumerate() {
            if at > 0 {
                filled.text.push('\t');
            }
            if !is_number(field) {
                filled.text.push_str(field);
                continue;
            }
            let start = filled.text.len();
            filled.text.push_str(&row.values[column].to_string());
            filled.placed.push(Placed {
                table: row.table,
                row: row.row,
                column,
                row_path: row.row_path.to_vec(),
                column_path: row.columns[column].clone(),
                value: row.values[column],
                at: start..filled.text.len(),
            });
            column += 1;
        }
        filled.text.push_str(&line[fields.join("\t").len()..]);
    }
    match rows.peek() {
        None => Ok(filled),
        Some(row) => Err(format!("no line for {} {}", row.table.short(), row.row_path.join(" > "))),
    }
}

fn is_number(field: &str) -> bool {
    !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Whether a line with the right count of numbers may be this row: its last label stands there.
fn fits(row: &Expected, fields: &[&str]) -> bool {
    row.label.is_empty() || fields.iter().any(|field| form::plain(field) == row.label)
}

/// The rows of the three tables in order.
fn expected(year: i32, values: &Values) -> Vec<Expected> {
    let mut out = Vec::new();
    let mut row_idx = 0;
    for band in form::bands(year) {
        for row in band.rows {
            let row_path = std::slice::from_ref(row);
            out.push(Expected {
                table: TableName::Disclosure,
                row: row_idx,
                row_path,
                columns: band.columns.iter().map(|column| vec![band.label, *column]).collect(),
                values: values.disclosure[row_idx]
                    .iter()
                    .map(|a| match a {
                        Amount::Count(n) | Amount::Money(n) => *n,
                    })
                    .collect(),
                label: form::plain(row),
            });
            row_idx += 1;
        }
    }
    for (row, row_path) in form::application_rows(year).into_iter().enumerate() {
        out.push(Expected {
            table: TableName::Applications,
            row,
            row_path,
            columns: form::APPLICATION_COLUMNS.iter().map(|path| path.to_vec()).collect(),
            values: values.applications[row].to_vec(),
            label: row_path.last().map(|label| form::plain(label)).unwrap_or_default(),
        });
    }
    out.push(Expected {
        table: TableName::Litigation,
        row: 0,
        row_path: &[],
        columns: form::LITIGATION_COLUMNS.iter().map(|path| path.to_vec()).collect(),
        values: values.litigation.to_vec(),
        label: String::new(),
    });
    out
}

/// Which cells a tie binds, as (table, row, column) in the order of the form; the total last.
pub type Tie = Vec<(TableName, usize, usize)>;

/// All ties of tables 3 and 4 in the form of a year: its rows across, two of each column down, the blocks of table 4.
#[must_use]
pub fn ties(year: i32) -> Vec<Tie> {
    let n_rows = form::application_rows(year).len();
    let cell = |row: usize, column: usize| (TableName::Applications, row, column);
    let mut ties: Vec<Tie> = (0..n_rows).map(|row| (0..=TOTAL).map(|column| cell(row, column)).collect()).collect();
    for column in 0..=TOTAL {
        ties.push((2..=n_rows - 2).map(|row| cell(row, column)).collect());
        ties.push([0, 1, n_rows - 1, n_rows - 2].map(|row| cell(row, column)).to_vec());
    }
    ties.extend((0..3).map(|block| (5 * block..5 * block + 5).map(|at| (TableName::Litigation, 0, at)).collect()));
    ties
}

/// Numbers that tie and of which no two are equal. Money is held as if it were a count.
fn distinct(year: i32, seed: u64) -> Values {
    let mut dice = Dice::new(seed);
    loop {
        let mut values = Values::zeros(year);
        for cell in values.disclosure.iter_mut().flatten() {
            *cell = Amount::Count(dice.between(1_000, 99_999));
        }
        let rows = values.applications.len();
        for row in 2..rows - 2 {
            for column in 0..TOTAL {
                values.applications[row][column] = dice.between(101, 29_999);
            }
        }
        for column in 0..TOTAL {
            let done: u64 = values.applications[2..rows - 2].iter().map(|row| row[column]).sum();
            values.applications[rows - 1][column] = dice.between(101, 29_999);
            values.applications[1][column] = dice.between(101, 29_999);
            values.applications[0][column] =
                done + values.applications[rows - 1][column] - values.applications[1][column];
        }
        for cell in &mut values.litigation {
            *cell = dice.between(101, 29_999);
        }
        values.add_up();
        if are_distinct(&values) {
            return values;
        }
    }
}

fn are_distinct(values: &Values) -> bool {
    let mut seen = BTreeSet::new();
    TableName::ALL.iter().flat_map(|table| values.written(*table)).flatten().all(|number| seen.insert(number))
}

#[cfg(test)]
mod tests {
    use super::super::{Layout, Organ, OrganKind, Report};
    use super::*;

    #[test]
    fn every_zero_of_a_ragged_report_is_replaced() {
        for seed in 0..20 {
            let mut dice = Dice::new(seed);
            let year = if seed % 3 == 0 { 2020 } else { 2024 };
            let organ = Organ::of(OrganKind::CountyBureau, &mut dice);
            let report = Report::compose(seed, organ, year, Values::zeros(year));
            let filled = fill(&report.to_text(&Layout::ragged(&mut dice)), year, seed).expect("all rows are there");
            let n_disclosure: usize = form::bands(year).iter().map(|band| band.rows.len() * band.columns.len()).sum();
            let n_cells = n_disclosure + form::application_rows(year).len() * 7 + 15;
            assert_eq!(filled.placed.len(), n_cells);
            assert!(filled.placed.iter().all(|p| filled.text[p.at.clone()] == p.value.to_string()));
            assert_eq!(filled.placed.iter().map(|p| p.value).collect::<BTreeSet<_>>().len(), n_cells);
        }
    }
}
