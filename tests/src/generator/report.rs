//! An invented report: its organ, its numbers, its pieces in order, and its ways to text.

use super::dice::Dice;
use super::form::{self, TableName};
use super::layout::Layout;
use super::organ::Organ;
use super::prose;
use super::values::Values;

/// A piece of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A line of the title.
    Title(String),
    /// A heading on a line of its own, with its enumerator; depth 1 for a section, 2 for a part.
    Heading(u8, String),
    /// A paragraph; it may start with a run-in heading.
    Paragraph(String),
    /// A table.
    Table(TableName),
}

impl Piece {
    /// Its words; empty for a table.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Title(words) | Self::Heading(_, words) | Self::Paragraph(words) => words,
            Self::Table(_) => "",
        }
    }
}

/// An annual report of an invented organ.
#[derive(Clone, Debug)]
pub struct Report {
    /// What it was made from.
    pub seed: u64,
    /// Who reports.
    pub organ: Organ,
    /// The year reported on.
    pub year: i32,
    /// The numbers of its tables.
    pub values: Values,
    /// What it consists of, in order.
    pub pieces: Vec<Piece>,
    /// Cells that show something else than their number, as (table, row, column, what they show).
    pub shown: Vec<(TableName, usize, usize, String)>,
    /// Labels of the tables that stand in other words, as (official label, what stands there); the first match only.
    pub relabelled: Vec<(&'static str, String)>,
    /// Rows that are left out of table 3, by their place in the form.
    pub without_rows: Vec<usize>,
}

impl Report {
    /// A report in which nothing is wrong: its numbers tie, its text agrees with them, its form is the form of its year.
    #[must_use]
    pub fn clean(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        // One in seven follows the form of 2019.
        let year = if dice.chance(14) { 2019 + dice.below(2) as i32 } else { 2021 + dice.below(5) as i32 };
        let organ = Organ::invent(&mut dice);
        let values = Values::invent(&mut dice, &organ, year);
        Self::compose(seed, organ, year, values)
    }

    /// A report of this organ and year with these numbers; the text says what the numbers say, right or wrong.
    #[must_use]
    pub fn compose(seed: u64, organ: Organ, year: i32, values: Values) -> Self {
        let pieces = prose::compose(&mut Dice::new(seed ^ 0xA5A5), &organ, year, &values);
        Self { seed, organ, year, values, pieces, shown: Vec::new(), relabelled: Vec::new(), without_rows: Vec::new() }
    }

    /// The report as plain text, its tables as tab-separated lines.
    #[must_use]
    pub fn to_text(&self, layout: &Layout) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Table(table) => out.push_str(&layout.text_of(self, *table)),
                other => {
                    out.push_str(&layout.line(other));
                    out.push('\n');
                }
            }
            out.push('\n');
        }
        layout.with_line_ends(&out)
    }

    /// The cells of a table as they are written, row by row, with what is shown in other words.
    #[must_use]
    pub fn written(&self, table: TableName) -> Vec<Vec<String>> {
        let mut cells = self.values.written(table);
        for (_, row, column, text) in self.shown.iter().filter(|shown| shown.0 == table) {
            cells[*row][*column].clone_from(text);
        }
        cells
    }

    /// A label as this report writes it.
    #[must_use]
    pub fn label(&self, official: &'static str) -> String {
        self.relabelled
            .iter()
            .find(|(label, _)| *label == official)
            .map_or_else(|| official.to_owned(), |(_, written)| written.clone())
    }

    /// The rows of table 3 that stand in this report, as (place in the form, label path).
    #[must_use]
    pub fn application_rows(&self) -> Vec<(usize, form::Path)> {
        form::application_rows(self.year)
            .into_iter()
            .enumerate()
            .filter(|(row, _)| !self.without_rows.contains(row))
            .collect()
    }
}
