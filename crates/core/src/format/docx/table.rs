//! Tables: cells into the columns of a grid, a merged cell once where it starts.

use super::body::{Reading, Stand, trim};
use super::xml::{Id, Tag, Tree};
use crate::format::{DraftKind, DraftLine};
use crate::text::Span;
use std::collections::BTreeSet;

/// The most columns that a cell may say it spans.
const MAX_SPAN: usize = 1000;

/// What a table looks like before its text is read.
#[derive(Default)]
struct Shape {
    rows: Vec<Row>,
    /// The grid columns at which some cell starts: the others are only how its borders were drawn.
    starts: BTreeSet<usize>,
    /// Whether it only arranges what it holds: another table, or one cell.
    arranges: bool,
}

#[derive(Default)]
struct Row {
    cells: Vec<Cell>,
}

struct Cell {
    id: Id,
    /// Its grid columns.
    from: usize,
    to: usize,
    /// It only goes on with the cell above or before it.
    goes_on: bool,
}

impl Reading {
    pub(super) fn table(&mut self, tree: &Tree, id: Id, stand: Stand) {
        let shape = shape(tree, id);
        if stand != Stand::Line || shape.arranges {
            for cell in shape.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.goes_on) {
                self.blocks(tree, cell.id, stand);
            }
            return;
        }
        for row in &shape.rows {
            self.row(tree, row, &shape.starts);
        }
        self.text_boxes(tree);
    }

    fn row(&mut self, tree: &Tree, row: &Row, starts: &BTreeSet<usize>) {
        let start = self.draft.text.len();
        let mut fields = Vec::new();
        let mut column = 0;
        for cell in &row.cells {
            let n_before = starts.range(column..cell.from.max(column)).count();
            for _ in 0..n_before {
                self.field(&mut fields);
            }
            self.field(&mut fields);
            let from = self.draft.text.len();
            self.line_ended = false;
            if !cell.goes_on {
                self.blocks(tree, cell.id, Stand::Cell(from));
                let own = trim(&self.draft.text, Span::new(from, self.draft.text.len()));
                if let Some(last) = fields.last_mut() {
                    *last = own;
                }
            }
            column = cell.to.max(column);
            for _ in 1..starts.range(cell.from..cell.to.max(cell.from)).count() {
                self.field(&mut fields);
            }
        }
        let line = Span::new(start, self.draft.text.len());
        let inner = trim(&self.draft.text, line);
        let span = if inner.is_empty() { line } else { inner };
        let blank_before = std::mem::take(&mut self.blank_before);
        self.draft.lines.push(DraftLine { span, kind: DraftKind::Row(fields), blank_before });
        self.draft.text.push('\n');
    }

    /// Opens a field of a row, set off from the one before.
    fn field(&mut self, fields: &mut Vec<Span>) {
        if !fields.is_empty() {
            self.draft.text.push('\t');
        }
        fields.push(Span::empty(self.draft.text.len()));
    }
}

fn shape(tree: &Tree, table: Id) -> Shape {
    let mut rows = Vec::new();
    below(tree, table, Tag::Row, &mut rows);
    let mut shape = Shape::default();
    let mut n_cells = 0;
    for id in rows {
        let properties = tree.child(id, Tag::RowProperties);
        if properties.is_some_and(|properties| tree.child(properties, Tag::Deletion).is_some()) {
            continue;
        }
        let before = properties.and_then(|properties| tree.child(properties, Tag::GridBefore));
        let mut column = before.and_then(|before| tree.number(before, "val")).map_or(0, columns);
        let mut row = Row::default();
        let mut cells = Vec::new();
        below(tree, id, Tag::Cell, &mut cells);
        for cell in cells {
            let properties = tree.child(cell, Tag::CellProperties);
            let child = |tag| properties.and_then(|properties| tree.child(properties, tag));
            let span = child(Tag::GridSpan).and_then(|span| tree.number(span, "val")).map_or(1, columns).max(1);
            let continues = |tag| {
                child(tag).is_some_and(|merge| tree.attribute(merge, "val").is_none_or(|value| value == "continue"))
            };
            let goes_on = (continues(Tag::VerticalMerge) && !shape.rows.is_empty())
                || (continues(Tag::HorizontalMerge) && !row.cells.is_empty());
            shape.starts.insert(column);
            shape.arranges |= holds_table(tree, cell);
            n_cells += 1;
            row.cells.push(Cell { id: cell, from: column, to: column + span, goes_on });
            column += span;
        }
        shape.rows.push(row);
    }
    shape.arranges |= n_cells == 1;
    shape
}

fn columns(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0).min(MAX_SPAN)
}

/// The rows of a table or the cells of a row, whatever they are wrapped in.
fn below(tree: &Tree, id: Id, tag: Tag, found: &mut Vec<Id>) {
    for child in tree.children(id) {
        match tree.tag(child) {
            own if own == tag => found.push(child),
            Tag::Table | Tag::Row | Tag::Cell | Tag::Paragraph | Tag::Fallback => {}
            _ => below(tree, child, tag, found),
        }
    }
}

fn holds_table(tree: &Tree, cell: Id) -> bool {
    let mut tables = Vec::new();
    below(tree, cell, Tag::Table, &mut tables);
    !tables.is_empty()
}
