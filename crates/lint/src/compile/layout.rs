//! `in: {table: …}`: a table that a rule describes itself.

use super::scope::MAP;
use crate::fault::Fault;
use crate::path::LabelPath;
use crate::rule::Layout;
use crate::shape::KeyTie::SomeOf;
use crate::shape::Shape::{OneOrMore, Text};
use crate::shape::{Field, Map};
use crate::wire::{Cx, Fields};
use crate::yaml::Node;

/// What describes a table.
pub(super) static LAYOUT: Map = Map::tied(
    &[
        Field::may("name", Text, "怎么称呼它", "what it is called"),
        Field::may("section", Text, "在哪个标题之下（标签路径）", "the heading above it"),
        Field::may("rows", OneOrMore(&Text), "必须有的行，凭它们认出这张表", "rows to know it by"),
        Field::may("cols", OneOrMore(&Text), "必须有的列，凭它们认出这张表", "columns to know it by"),
    ],
    &[SomeOf(&["rows", "cols"])],
);

/// Reads the map that stands in an `in`.
pub(super) fn layout(cx: &mut Cx<'_>, node: &Node) -> Option<Layout> {
    let n_errors = cx.n_errors();
    let outer = cx.fields(node, &MAP)?;
    // A slip in the only key was told.
    if outer.get("table").is_none() && cx.n_errors() > n_errors {
        return None;
    }
    if let Some((key, _)) = outer.pair("citation").or(outer.pair("stands")) {
        cx.tell(
            Fault::new(key.span, "一项里只能写一张表或几种编号", "an item is a table or kinds of citations, not both")
                .with_help("分成两项：in: [{table: …}, {citation: …}]", "make it two: in: [{table: …}, {citation: …}]"),
        );
    }
    let node = outer.need(cx, "table")?;
    let fields = cx.fields(node, &LAYOUT)?;
    if fields.get("rows").is_none() && fields.get("cols").is_none() {
        cx.tell(
            Fault::new(
                fields.first(),
                "要写表里必须有的行 rows 或列 cols，好认出是哪张表",
                "`rows` or `cols` that the table must have are needed, to know it by",
            )
            .with_help(
                "例如 {table: {rows: [合计, 基本支出], cols: [预算数]}}",
                "such as {table: {rows: [TOTAL], cols: [BUDGET]}}",
            ),
        );
        return None;
    }
    Some(Layout {
        name: fields.text(cx, "name").map(str::to_owned),
        section: fields.get("section").and_then(|node| cx.label_path(node)),
        rows: paths(cx, fields, "rows"),
        cols: paths(cx, fields, "cols"),
    })
}

fn paths(cx: &mut Cx<'_>, fields: Fields<'_>, key: &str) -> Vec<LabelPath> {
    let Some(node) = fields.get(key) else { return Vec::new() };
    let items = node.items();
    if items.is_empty() {
        cx.tell(Fault::new(node.span, format!("{key} 里没有标签"), format!("`{key}` holds no label")));
    }
    items.iter().filter_map(|item| cx.label_path(item)).collect()
}
