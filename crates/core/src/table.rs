//! Tables as people read them: rows and columns with label paths, cells with values, and what was odd as facts.

use crate::label;
use crate::text::Span;
use rust_decimal::Decimal;

/// A table of a document.
#[derive(Clone, Debug)]
pub struct Table {
    /// From its first header cell to its last cell.
    pub span: Span,
    /// The innermost section it lies in.
    pub section: Option<usize>,
    /// The bands, in order: a header and the rows below it. Most tables have one.
    pub bands: Vec<Band>,
    /// The columns of all bands, band after band.
    pub columns: Vec<Column>,
    /// The rows that carry values (or are known to), in order.
    pub rows: Vec<Row>,
    /// What was odd about its shape, in order of place.
    pub facts: Vec<ShapeFact>,
}

/// A header and the rows below it.
#[derive(Clone, Debug, Default)]
pub struct Band {
    /// The header labels in order of place, corner and all.
    pub header: Vec<Label>,
    /// The first of its columns (index into [`Table::columns`]).
    pub first_column: usize,
    /// How many columns it has: as many as its rows have values.
    pub n_columns: usize,
}

/// A column of one band of a table: from its header down to the next header in mid-table.
#[derive(Clone, Debug)]
pub struct Column {
    /// The header labels from the top down to the leaf; empty where the header was too short to tell.
    pub path: Vec<Label>,
    /// The band it belongs to, from 0.
    pub band: usize,
}

/// A row of values.
#[derive(Clone, Debug)]
pub struct Row {
    /// The row labels from the outermost to its own; empty where a row has none.
    pub path: Vec<Label>,
    /// The whole line, or from the first to the last cell.
    pub span: Span,
    /// The band it belongs to.
    pub band: usize,
    /// One cell for each column of its band, in order; empty where the row is undetermined.
    pub cells: Vec<Cell>,
}

/// A label as written, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where it stands; for a label repeated from a merged cell, where it was written.
    pub span: Span,
    /// As written, outer blanks off.
    pub text: String,
    /// As compared: see [`crate::label::fold`].
    pub key: String,
}

/// A data cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its content without outer blanks; empty for an empty cell.
    pub span: Span,
    /// Its value: exact decimal; none for blank, a mark such as `/`, or text.
    pub value: Option<Decimal>,
    /// What is unusual in how it is written, as [`crate::number::Oddity`].
    pub odd: Option<crate::number::Oddity>,
}

/// Something odd about the shape of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeFact {
    /// What.
    pub kind: Shape,
    /// Where.
    pub span: Span,
    /// The row it concerns (index into [`Table::rows`]), where it concerns one.
    pub row: Option<usize>,
}

/// The kinds of [`ShapeFact`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A row whose label or numbers stand in another field than in the rows like it.
    Shifted,
    /// Empty lines, or a stray paragraph, inside the table.
    Cut,
    /// The header names this many columns fewer than the rows have values.
    HeaderShort(usize),
    /// The header names this many columns more than the rows have values.
    HeaderLong(usize),
    /// A row with this many values fewer than the others.
    RowShort(usize),
    /// A row with this many values more than the others.
    RowLong(usize),
}

impl Table {
    /// The columns of a row's band, as indices into [`Table::columns`].
    #[must_use]
    pub fn columns_of(&self, row: &Row) -> std::ops::Range<usize> {
        let band = &self.bands[row.band];
        band.first_column..band.first_column + band.n_columns
    }

    /// The cell of a row in a column (both indices into this table); none where the column is of another
    /// band or the row is undetermined.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        let row = &self.rows[row];
        if !self.columns_of(row).contains(&column) {
            return None;
        }
        row.cells.get(column - self.bands[row.band].first_column)
    }
}

/// Label texts joined as a path: `本年度办理结果 > 不予公开 > 属于国家秘密`.
#[must_use]
pub fn path_text(path: &[Label]) -> String {
    let words: Vec<&str> = path.iter().map(|label| label::words(&label.text)).collect();
    words.join(" > ")
}
