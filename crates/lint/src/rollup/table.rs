//! The table of a rollup: a row a member, a column a figure of the form, then the sum, the consolidated report and the
//! difference.

use super::sheet::{Frame, Sheet};
use super::sum::{Sum, Verdict};
use crate::finding::Lang;
use rust_decimal::Decimal;

/// A number as exact decimal; none where it is not there or can not be told.
pub type Figure = Option<String>;

/// The table of a rollup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What the columns are called.
    pub columns: Vec<String>,
    /// The members, in the order given.
    pub rows: Vec<Row>,
    /// What those that count add up to; numbers that are not there count as nothing.
    pub sum: Vec<Figure>,
    /// What the consolidated report says.
    pub consolidated: Vec<Figure>,
    /// The consolidated report less the sum.
    pub difference: Vec<Figure>,
}

/// A member's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The organ, else the file.
    pub who: String,
    /// The file.
    pub file: String,
    /// Why it is in no sum; none where it is.
    pub left_out: Option<String>,
    /// Its figures.
    pub figures: Vec<Figure>,
}

/// What the table is made of.
pub(super) struct Parts<'a> {
    pub(super) frame: &'a Frame<'a>,
    pub(super) consolidated: &'a Sheet,
    pub(super) members: &'a [Sheet],
    pub(super) sums: &'a [Sum],
}

impl Parts<'_> {
    /// Makes the table; `left_out` says why a member is in no sum.
    pub(super) fn table(&self, lang: Lang, left_out: impl Fn(usize) -> Option<String>) -> Table {
        let Some(form) = self.frame.form else { return Table::default() };
        let figures: Vec<Vec<usize>> = form
            .figures
            .iter()
            .map(|figure| figure.cells.iter().filter_map(|cell| self.frame.cells.binary_search(cell).ok()).collect())
            .collect();
        let each = |number: &dyn Fn(usize) -> Option<Decimal>| -> Vec<Figure> {
            figures.iter().map(|cells| total(cells, number)).collect()
        };
        let row = |at: usize| {
            let member = &self.members[at];
            let figures = each(&|cell| member.number(cell));
            Row { who: member.who().to_owned(), file: member.name.clone(), left_out: left_out(at), figures }
        };
        let difference = |cell: usize| {
            let sum = &self.sums[cell];
            sum.delta().filter(|_| sum.verdict != Verdict::Open)
        };
        Table {
            columns: form.figures.iter().map(|figure| figure.name.of(lang).to_owned()).collect(),
            rows: (0..self.members.len()).map(row).collect(),
            sum: each(&|cell| Some(self.sums[cell].sum)),
            consolidated: each(&|cell| self.consolidated.number(cell)),
            difference: each(&difference),
        }
    }
}

/// The sum of some cells; none where one of them has no number.
fn total(cells: &[usize], number: &dyn Fn(usize) -> Option<Decimal>) -> Figure {
    let sum = cells.iter().try_fold(Decimal::ZERO, |sum, &cell| sum.checked_add(number(cell)?))?;
    Some(sum.normalize().to_string())
}
