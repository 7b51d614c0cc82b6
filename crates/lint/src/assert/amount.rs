//! Numbers in the unit that a binding reckons in. A number that tells no unit of its own is taken to be in it.

use crate::bind::BoundTable;
use crate::expr::Datum;
use gouji_core::document::{BlockKind, Document};
use gouji_core::label::fold_width;
use gouji_core::number::read_number;
use gouji_core::table::{Label, Table};
use gouji_core::text::Span;
use gouji_core::unit::Unit;
use rust_decimal::Decimal;

/// How many paragraphs before a table may tell its unit: a caption and the line 单位：….
const CAPTION_BLOCKS: usize = 2;

/// A number of the text, and what stands right behind it on the folded text.
pub(super) fn mentioned(number: &str, behind: &str, unit: Option<&Unit>) -> Datum {
    let Some(value) = read_number(number) else { return Datum::Unreadable };
    let Some(unit) = unit else { return Datum::Number(value) };
    // 1.2亿 has its power in itself, whatever stands behind.
    let unsaid = if number.contains(['万', '亿']) { 0 } else { unit.power() };
    datum(unit.reckon(value, unit.power_at_start(behind).unwrap_or(unsaid)))
}

fn datum(value: Option<Decimal>) -> Datum {
    value.map_or(Datum::Unreadable, Datum::Number)
}

/// A cell that holds a number.
pub(super) struct CellAmount<'a> {
    pub(super) document: &'a Document,
    pub(super) own: &'a Table,
    pub(super) bound: &'a BoundTable,
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) span: Span,
    pub(super) value: Decimal,
}

impl CellAmount<'_> {
    pub(super) fn reckon(&self, unit: &Unit) -> Datum {
        datum(unit.reckon(self.value, self.power(unit).unwrap_or_else(|| unit.power())))
    }

    /// What the cell itself tells, else its column, its row, the header, or what stands above the table.
    fn power(&self, unit: &Unit) -> Option<u32> {
        let cell = fold_width(self.span.of(&self.document.text));
        let behind = cell.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
        let label = |label: &Label| unit.power_told(&label.text);
        unit.power_at_start(behind)
            .or_else(|| self.own.columns[self.column].path.iter().rev().find_map(label))
            .or_else(|| self.own.rows[self.row].path.iter().rev().find_map(label))
            .or_else(|| self.bound.col_paths[self.column].iter().rev().find_map(|label| unit.power_told(&label.text)))
            .or_else(|| self.header().find_map(|label| told_by(&label.text, unit)))
            .or_else(|| self.captions().find_map(|caption| told_by(caption, unit)))
    }

    /// The labels of the header that stand above no column.
    fn header(&self) -> impl Iterator<Item = &Label> {
        let above = |label: &Label| {
            self.own.columns.iter().flat_map(|column| &column.path).any(|other| other.span == label.span)
        };
        self.own.bands[self.own.rows[self.row].band].header.iter().filter(move |label| !above(label))
    }

    /// The lines right above the table, the nearest first.
    fn captions(&self) -> impl Iterator<Item = &str> {
        let first = self.document.blocks.partition_point(|block| block.span.start < self.own.span.start);
        let before = self.document.blocks[..first].iter().rev().take(CAPTION_BLOCKS);
        before
            .take_while(|block| !matches!(block.kind, BlockKind::Row(_)))
            .map(|block| block.span.of(&self.document.text))
    }
}

/// What is told behind the word 单位.
fn told_by(text: &str, unit: &Unit) -> Option<u32> {
    text.rfind("单位").and_then(|at| unit.power_told(&text[at..]))
}
