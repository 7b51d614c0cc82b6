//! Tables, rows and cells as scripts see them: by label path, never by index.

use super::fault::{Hosted, Refusal, raise};
use super::host::Run;
use super::num::Num;
use super::section::Section;
use super::text::{Text, or_unit};
use crate::bind::Bound;
use crate::form::FormLabel;
use crate::path::LabelPath;
use gouji_core::table;
use gouji_core::text::Span;
use rhai::{Array, Dynamic, Engine};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What it costs to read a label path, in operations; and one with a pattern in it.
const PATH: u64 = 20;
const PATTERN: u64 = 2_000;
/// What it costs to hand out a cell or to add it up.
const CELL: u64 = 8;

/// A table of the document; where it is one of the form, under the form's labels.
#[derive(Debug)]
pub(super) struct PageTable {
    /// The form's short name.
    pub(super) name: Option<String>,
    pub(super) span: Span,
    section: Option<usize>,
    rows: Vec<Line>,
    cols: Vec<Line>,
    /// The form's rows and columns that it has not.
    missing_rows: Vec<Line>,
    missing_cols: Vec<Line>,
    /// Cells by row, then column.
    cells: Vec<PageCell>,
}

/// A row or column: its labels, and where its own label stands.
#[derive(Debug)]
struct Line {
    labels: Vec<FormLabel>,
    place: Option<Span>,
}

#[derive(Clone, Debug)]
struct PageCell {
    row: usize,
    col: usize,
    span: Span,
    value: Option<Decimal>,
}

/// The tables of a document, in order.
pub(super) fn tables(bound: &Bound<'_>) -> Vec<PageTable> {
    let tables = bound.document.tables.iter().enumerate();
    tables.map(|(at, table)| page_table(bound, at, table)).collect()
}

fn page_table(bound: &Bound<'_>, at: usize, table: &table::Table) -> PageTable {
    let mut cells = Vec::new();
    for row in 0..table.rows.len() {
        for col in table.columns_of(&table.rows[row]) {
            if let Some(cell) = table.cell(row, col) {
                cells.push(PageCell { row, col, span: cell.span, value: cell.value });
            }
        }
    }
    let own = bound.tables.iter().flatten().find(|own| own.table == at);
    let written = |path: &[table::Label]| {
        path.iter().map(|label| FormLabel { text: label.text.clone(), key: label.key.clone() }).collect()
    };
    let line = |path: &[table::Label], known: Option<&Vec<FormLabel>>| Line {
        labels: known.cloned().unwrap_or_else(|| written(path)),
        place: path.last().map(|label| label.span),
    };
    let missing = |along: Along| -> Vec<Line> {
        let of = own.and_then(|own| Some((own, bound.form?.tables.iter().find(|of| of.name == own.name)?)));
        let labels = of.into_iter().flat_map(|(own, of)| match along {
            Along::Rows => own.missing_rows.iter().map(|&(band, row)| &of.bands[band].rows[row]).collect::<Vec<_>>(),
            Along::Cols => own.missing_cols.iter().map(|&(band, col)| &of.bands[band].columns[col]).collect(),
        });
        labels.map(|labels| Line { labels: labels.clone(), place: None }).collect()
    };
    let rows = table.rows.iter().enumerate();
    let cols = table.columns.iter().enumerate();
    PageTable {
        name: own.map(|own| own.name.clone()),
        span: table.span,
        section: table.section,
        rows: rows.map(|(idx, row)| line(&row.path, own.and_then(|own| own.row_paths.get(idx)))).collect(),
        cols: cols.map(|(idx, col)| line(&col.path, own.and_then(|own| own.col_paths.get(idx)))).collect(),
        missing_rows: missing(Along::Rows),
        missing_cols: missing(Along::Cols),
        cells,
    }
}

/// A table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) run: Arc<Run>,
    /// Which of the page's tables.
    pub(super) index: usize,
}

/// A cell.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    table: Table,
    cell: PageCell,
}

/// A row or a column, whole or without some cells.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    table: Table,
    along: Along,
    index: usize,
    /// Which of the table's cells.
    cells: Arc<[usize]>,
}

/// Rows or columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Along {
    Rows,
    Cols,
}

impl Along {
    fn lines(self, table: &PageTable) -> &[Line] {
        match self {
            Self::Rows => &table.rows,
            Self::Cols => &table.cols,
        }
    }

    fn missing(self, table: &PageTable) -> &[Line] {
        match self {
            Self::Rows => &table.missing_rows,
            Self::Cols => &table.missing_cols,
        }
    }

    fn of(self, cell: &PageCell) -> usize {
        match self {
            Self::Rows => cell.row,
            Self::Cols => cell.col,
        }
    }

    fn across(self) -> Self {
        match self {
            Self::Rows => Self::Cols,
            Self::Cols => Self::Rows,
        }
    }
}

fn joined(line: Option<&Line>) -> String {
    let keys: Vec<&str> = line.into_iter().flat_map(|line| &line.labels).map(|label| label.key.as_str()).collect();
    keys.join(" > ")
}

impl Table {
    fn own(&self) -> &PageTable {
        &self.run.page.tables[self.index]
    }

    pub(super) fn text(&self) -> Text {
        Text { run: Arc::clone(&self.run), span: self.own().span }
    }

    fn section(&self) -> Option<Section> {
        self.own().section.map(|index| Section { run: Arc::clone(&self.run), index })
    }

    /// The rows or columns that a path leads to.
    fn select(&self, along: Along, path: &str) -> Hosted<Vec<usize>> {
        self.select_in(along.lines(self.own()), path)
    }

    fn select_in(&self, lines: &[Line], path: &str) -> Hosted<Vec<usize>> {
        // A pattern in it is compiled anew each time.
        self.run.charge(if path.contains('/') { PATTERN } else { PATH })?;
        let path = match LabelPath::parse(path) {
            Ok(path) => path,
            Err(fault) => return raise(Refusal { zh: fault.zh, en: fault.en }),
        };
        self.run.charge(lines.len() as u64)?;
        let labels: Vec<&[FormLabel]> = lines.iter().map(|line| line.labels.as_slice()).collect();
        Ok(path.select(&labels))
    }

    fn axis(&self, along: Along, index: usize) -> Axis {
        let cells = self.own().cells.iter().enumerate();
        let cells = cells.filter(|(_, cell)| along.of(cell) == index).map(|(at, _)| at).collect();
        Axis { table: self.clone(), along, index, cells }
    }

    fn axes(&self, along: Along, which: &[usize]) -> Hosted<Array> {
        self.run.charge(1 + (which.len() * (1 + self.own().cells.len() / 16)) as u64)?;
        Ok(which.iter().map(|&index| Dynamic::from(self.axis(along, index))).collect())
    }

    fn all(&self, along: Along) -> Hosted<Array> {
        let all: Vec<usize> = (0..along.lines(self.own()).len()).collect();
        self.axes(along, &all)
    }

    fn like(&self, along: Along, path: &str) -> Hosted<Array> {
        self.axes(along, &self.select(along, path)?)
    }

    /// The only row or column at a path.
    fn one(&self, along: Along, path: &str) -> Hosted<Option<Axis>> {
        match self.select(along, path)?[..] {
            [only] => Ok(Some(self.axis(along, only))),
            _ => Ok(None),
        }
    }

    fn has(&self, along: Along, path: &str) -> Hosted<bool> {
        Ok(!self.select(along, path)?.is_empty())
    }

    /// Whether the form has a row or column there that the table has not.
    fn lacks(&self, along: Along, path: &str) -> Hosted<bool> {
        Ok(!self.select_in(along.missing(self.own()), path)?.is_empty())
    }

    /// The only cell at these paths.
    fn cell(&self, row: &str, col: &str) -> Hosted<Option<Cell>> {
        let (rows, cols) = (self.select(Along::Rows, row)?, self.select(Along::Cols, col)?);
        self.run.charge(1 + self.own().cells.len() as u64)?;
        let mut found = self.own().cells.iter().filter(|cell| rows.contains(&cell.row) && cols.contains(&cell.col));
        match (found.next(), found.next()) {
            (Some(cell), None) => Ok(Some(Cell { table: self.clone(), cell: cell.clone() })),
            _ => Ok(None),
        }
    }

    fn cells(&self) -> Hosted<Array> {
        let own = self.own();
        self.run.charge(1 + CELL * own.cells.len() as u64)?;
        let cells = own.cells.iter().map(|cell| Cell { table: self.clone(), cell: cell.clone() });
        Ok(cells.map(Dynamic::from).collect())
    }
}

impl Axis {
    fn line(&self) -> &Line {
        &self.along.lines(self.table.own())[self.index]
    }

    fn label(&self) -> String {
        self.line().labels.last().map(|label| label.key.clone()).unwrap_or_default()
    }

    /// Its own label; where it has none, its first cell.
    pub(super) fn text(&self) -> Option<Text> {
        let first = || self.cells.first().map(|&at| self.table.own().cells[at].span);
        let span = self.line().place.or_else(first)?;
        Some(Text { run: Arc::clone(&self.table.run), span })
    }

    fn each(&self) -> Hosted<impl Iterator<Item = Cell>> {
        self.table.run.charge(1 + CELL * self.cells.len() as u64)?;
        let own = self.table.own();
        Ok(self.cells.iter().map(|&at| Cell { table: self.table.clone(), cell: own.cells[at].clone() }))
    }

    fn cells(&self) -> Hosted<Array> {
        Ok(self.each()?.map(Dynamic::from).collect())
    }

    fn nums(&self) -> Hosted<Array> {
        Ok(self.each()?.filter_map(|cell| Num::in_cell(&cell)).map(Dynamic::from).collect())
    }

    /// The sum of its cells; a blank one leaves it open.
    fn sum(&self) -> Hosted<Num> {
        let mut sum = Num::zero();
        for cell in self.each()? {
            sum = sum.plus(&Num::of(&Dynamic::from(cell))?)?;
        }
        Ok(sum)
    }

    /// The same without the cells whose other label the path leads to.
    fn except(&self, path: &str) -> Hosted<Self> {
        let across = self.along.across();
        let without = self.table.select(across, path)?;
        let own = &self.table.own().cells;
        let cells = self.cells.iter().copied().filter(|&at| !without.contains(&across.of(&own[at]))).collect();
        Ok(Self { cells, ..self.clone() })
    }
}

impl Cell {
    pub(super) fn text(&self) -> Text {
        Text { run: Arc::clone(&self.table.run), span: self.cell.span }
    }

    pub(super) fn value(&self) -> Option<Decimal> {
        self.cell.value
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text().str().trim().is_empty()
    }

    fn row(&self) -> String {
        joined(self.table.own().rows.get(self.cell.row))
    }

    fn col(&self) -> String {
        joined(self.table.own().cols.get(self.cell.col))
    }

    /// Row and column label path, as in findings.
    pub(super) fn path(&self) -> String {
        let (row, col) = (self.row(), self.col());
        if row.is_empty() { col } else { format!("{row} × {col}") }
    }
}

/// Puts tables, rows, columns and cells into the engine.
pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Table>("Table");
    engine.register_get("name", |table: &mut Table| or_unit(table.own().name.clone()));
    engine.register_get("text", |table: &mut Table| table.text());
    engine.register_get("section", |table: &mut Table| or_unit(table.section()));
    engine.register_fn("rows", |table: &mut Table| table.all(Along::Rows));
    engine.register_fn("cols", |table: &mut Table| table.all(Along::Cols));
    engine.register_fn("row", |table: &mut Table, path: &str| table.one(Along::Rows, path).map(or_unit));
    engine.register_fn("col", |table: &mut Table, path: &str| table.one(Along::Cols, path).map(or_unit));
    engine.register_fn("rows_like", |table: &mut Table, path: &str| table.like(Along::Rows, path));
    engine.register_fn("cols_like", |table: &mut Table, path: &str| table.like(Along::Cols, path));
    engine.register_fn("has_row", |table: &mut Table, path: &str| table.has(Along::Rows, path));
    engine.register_fn("has_col", |table: &mut Table, path: &str| table.has(Along::Cols, path));
    engine.register_fn("lacks_row", |table: &mut Table, path: &str| table.lacks(Along::Rows, path));
    engine.register_fn("lacks_col", |table: &mut Table, path: &str| table.lacks(Along::Cols, path));
    engine.register_fn("cell", |table: &mut Table, row: &str, col: &str| table.cell(row, col).map(or_unit));
    engine.register_fn("cells", |table: &mut Table| table.cells());
    engine.register_type_with_name::<Axis>("Axis");
    engine.register_get("label", |axis: &mut Axis| axis.label());
    engine.register_get("path", |axis: &mut Axis| joined(Some(axis.line())));
    engine.register_get("index", |axis: &mut Axis| super::doc::count(axis.index));
    engine.register_get("text", |axis: &mut Axis| or_unit(axis.text()));
    engine.register_fn("cells", |axis: &mut Axis| axis.cells());
    engine.register_fn("nums", |axis: &mut Axis| axis.nums());
    engine.register_fn("sum", |axis: &mut Axis| axis.sum());
    engine.register_fn("except", |axis: &mut Axis, path: &str| axis.except(path));
    engine.register_type_with_name::<Cell>("Cell");
    engine.register_get("str", |cell: &mut Cell| cell.text().str().to_owned());
    engine.register_get("text", |cell: &mut Cell| cell.text());
    engine.register_get("num", |cell: &mut Cell| or_unit(Num::in_cell(cell)));
    engine.register_get("is_blank", |cell: &mut Cell| cell.is_blank());
    engine.register_get("row", |cell: &mut Cell| cell.row());
    engine.register_get("col", |cell: &mut Cell| cell.col());
}
