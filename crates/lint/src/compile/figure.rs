//! The figures of a form: the few cells by which a report is known at a glance.

use super::form::{NAME, bilingual};
use crate::fault::Fault;
use crate::form::{Figure, FormCell, FormTable};
use crate::path::LabelPath;
use crate::shape::Shape::Text;
use crate::shape::{Field, Map};
use crate::wire::{Cx, unknown};
use crate::yaml::Node;

/// The keys of a figure.
pub(super) static FIGURE: Map = Map::of(&[
    Field::must("name", NAME, "汇总表里的列名", "what it is called"),
    Field::must("in", Text, "哪张表", "its table"),
    Field::may("row", Text, "行，标签路径；行没有标签时不写", "its row"),
    Field::must("col", Text, "列，标签路径；有几格则相加", "its column; several cells are added up"),
]);

/// Reads a figure; one that no cell answers to is told of.
pub(super) fn figure(cx: &mut Cx<'_>, node: &Node, tables: &[FormTable]) -> Option<Figure> {
    let fields = cx.fields(node, &FIGURE)?;
    let name = fields.need(cx, "name").and_then(|node| bilingual(cx, node));
    let of = fields.need(cx, "in");
    let col = fields.need(cx, "col").and_then(|node| cx.label_path(node));
    let of = of?;
    let words = cx.text(of)?;
    let Some(table) = tables.iter().position(|table| table.name == words) else {
        cx.tell(unknown(of.span, ("表", "table"), words, tables.iter().map(|table| table.name.as_str())));
        return None;
    };
    let row = match fields.get("row") {
        Some(node) => Some(cx.label_path(node)?),
        None => None,
    };
    let cells = cells(&tables[table], table, row.as_ref(), &col?);
    if cells.is_empty() {
        cx.tell(Fault::new(node.span, "表样里没有这样的格", "the form has no such cell"));
        return None;
    }
    Some(Figure { name: name?, cells })
}

fn cells(table: &FormTable, at: usize, row: Option<&LabelPath>, col: &LabelPath) -> Vec<FormCell> {
    let fits = |cell: &FormCell| {
        let band = &table.bands[cell.band];
        let fits_row = match (row, cell.row) {
            (Some(path), Some(row)) => path.matches(&band.rows[row]),
            (None, None) => true,
            _ => false,
        };
        fits_row && col.matches(&band.columns[cell.col])
    };
    table.cells(at).filter(fits).collect()
}
