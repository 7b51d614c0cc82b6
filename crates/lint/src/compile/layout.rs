//! `in: {table: …}`: a table that a rule describes itself.

use crate::fault::Fault;
use crate::path::LabelPath;
use crate::rule::Layout;
use crate::shape::KeyTie::SomeOf;
use crate::shape::Shape::{Map as Known, OneOrMore, Text};
use crate::shape::{Field, Map};
use crate::wire::{Cx, Fields};
use crate::yaml::Node;

/// The key of a table of the rule's own, in an `in`.
pub(super) static OWN: Map =
    Map::of(&[Field::must("table", Known(&LAYOUT), "规则自己描述的表", "a table of the rule's own")]);

static LAYOUT: Map = Map::tied(
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
    let outer = cx.fields(node, &OWN)?;
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
