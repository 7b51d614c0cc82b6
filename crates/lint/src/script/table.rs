//! Tables and cells as scripts see them: by label path, never by index.

use super::fault::Hosted;
use super::host::Run;
use super::text::{Text, or_unit};
use crate::bind::Bound;
use crate::form::FormLabel;
use crate::path::LabelPath;
use gouji_core::text::Span;
use rhai::{Array, Dynamic, Engine, EvalAltResult};
use rust_decimal::Decimal;
use std::sync::Arc;

/// A table of the form as the document has it.
#[derive(Debug)]
pub(super) struct PageTable {
    pub(super) name: String,
    rows: Vec<Vec<FormLabel>>,
    cols: Vec<Vec<FormLabel>>,
    /// Cells by row, then column.
    cells: Vec<PageCell>,
}

#[derive(Clone, Debug)]
struct PageCell {
    row: usize,
    col: usize,
    span: Span,
    value: Option<Decimal>,
}

/// The tables of a bound document.
pub(super) fn tables(bound: &Bound<'_>) -> Vec<PageTable> {
    let mut tables = Vec::new();
    for own in bound.tables.iter().flatten() {
        let table = &bound.document.tables[own.table];
        let mut cells = Vec::new();
        for row in 0..table.rows.len() {
            for col in table.columns_of(&table.rows[row]) {
                if let Some(cell) = table.cell(row, col) {
                    cells.push(PageCell { row, col, span: cell.span, value: cell.value });
                }
            }
        }
        let (rows, cols) = (own.row_paths.clone(), own.col_paths.clone());
        tables.push(PageTable { name: own.name.clone(), rows, cols, cells });
    }
    tables
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

fn joined(labels: &[FormLabel]) -> String {
    let keys: Vec<&str> = labels.iter().map(|label| label.key.as_str()).collect();
    keys.join(" > ")
}

impl Table {
    fn own(&self) -> &PageTable {
        &self.run.page.tables[self.index]
    }

    /// The only cell at these paths.
    fn cell(&self, row: &str, col: &str) -> Hosted<Option<Cell>> {
        let parse = |source: &str| {
            LabelPath::parse(source).map_err(|fault| {
                let refusal = super::fault::Refusal { zh: fault.zh, en: fault.en };
                Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(refusal), rhai::Position::NONE))
            })
        };
        let (row, col) = (parse(row)?, parse(col)?);
        let own = self.own();
        self.run.charge(1 + own.cells.len() as u64 / 4)?;
        let select = |path: &LabelPath, all: &[Vec<FormLabel>]| {
            let all: Vec<&[FormLabel]> = all.iter().map(Vec::as_slice).collect();
            path.select(&all)
        };
        let (rows, cols) = (select(&row, &own.rows), select(&col, &own.cols));
        let mut found = own.cells.iter().filter(|cell| rows.contains(&cell.row) && cols.contains(&cell.col));
        match (found.next(), found.next()) {
            (Some(cell), None) => Ok(Some(Cell { table: self.clone(), cell: cell.clone() })),
            _ => Ok(None),
        }
    }

    fn cells(&self) -> Hosted<Array> {
        let own = self.own();
        self.run.charge(1 + own.cells.len() as u64)?;
        let cells = own.cells.iter().map(|cell| Cell { table: self.clone(), cell: cell.clone() });
        Ok(cells.map(Dynamic::from).collect())
    }
}

impl Cell {
    pub(super) fn text(&self) -> Text {
        Text { run: Arc::clone(&self.table.run), span: self.cell.span }
    }

    pub(super) fn value(&self) -> Option<Decimal> {
        self.cell.value
    }

    fn row(&self) -> String {
        self.table.own().rows.get(self.cell.row).map_or_else(String::new, |labels| joined(labels))
    }

    fn col(&self) -> String {
        self.table.own().cols.get(self.cell.col).map_or_else(String::new, |labels| joined(labels))
    }

    /// Row and column label path, as in findings.
    pub(super) fn path(&self) -> String {
        let (row, col) = (self.row(), self.col());
        if row.is_empty() { col } else { format!("{row} × {col}") }
    }
}

/// Puts tables and cells into the engine.
pub(super) fn register(engine: &mut Engine) {
    let strings = |paths: &[Vec<FormLabel>]| -> Array { paths.iter().map(|path| joined(path).into()).collect() };
    engine.register_type_with_name::<Table>("Table");
    engine.register_get("name", |table: &mut Table| table.own().name.clone());
    engine.register_get("rows", move |table: &mut Table| strings(&table.own().rows));
    engine.register_get("cols", move |table: &mut Table| strings(&table.own().cols));
    engine.register_fn("cell", |table: &mut Table, row: &str, col: &str| table.cell(row, col).map(or_unit));
    engine.register_fn("cells", |table: &mut Table| table.cells());
    engine.register_type_with_name::<Cell>("Cell");
    engine.register_get("str", |cell: &mut Cell| cell.text().str().to_owned());
    engine.register_get("text", |cell: &mut Cell| cell.text());
    engine.register_get("num", |cell: &mut Cell| cell.cell.value.map_or(Dynamic::UNIT, Dynamic::from_decimal));
    engine.register_get("row", |cell: &mut Cell| cell.row());
    engine.register_get("col", |cell: &mut Cell| cell.col());
}
