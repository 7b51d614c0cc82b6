//! Tables of facts and packs, and tables by the names that rules give.

use crate::fault::Fault;
use crate::ruleset::{DataTable, Pack};
use crate::shape::KeyTie::OneOf;
use crate::shape::Shape::{Either, Nothing, OneOrMore, Pairs, Text};
use crate::shape::{Field, Map};
use crate::wire::{Cx, unknown};
use crate::yaml::Node;
use gouji_core::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The keys of a `pack.yaml`.
pub(crate) static PACK: Map = Map::of(&[
    Field::must("pack", Text, "规则包的名称", "name"),
    Field::must("version", Text, "版本", "version"),
    Field::may("engine", Text, "需要的程序版本，如 \">=0.1\"", "the program's version it needs"),
    Field::must("as_of", Text, "内容最后核对的年月，如 2026-11", "when it was last looked over"),
    Field::may("form", Text, "只用于这种报告，如 annual-report", "the kind of form its rules need"),
]);

/// The keys of a `data/NAME.yaml`.
pub(crate) static DATA: Map = Map::tied(
    &[
        Field::may("name", Text, "规则用来取它的名称", "what rules ask for"),
        Field::may("extends", Text, "给哪张数据表添行，首列相同的行换掉原有的", "the table to which it adds rows"),
        Field::may("source", Text, "资料的来源", "where the facts come from"),
        Field::may("as_of", Text, "最后核对的年月", "when they were last looked over"),
        Field::must("rows", OneOrMore(&Pairs(&Either(&[Text, Nothing]))), "各行：栏名: 值", "one map a row"),
    ],
    &[OneOf(&["name", "extends"])],
);

/// A pack as written.
pub(crate) struct PackFile {
    pub(crate) pack: Pack,
    /// The kind of form its rules need.
    pub(crate) form: Option<String>,
}

/// Reads a `pack.yaml`.
pub(crate) fn pack(cx: &mut Cx<'_>, root: &Node) -> Option<PackFile> {
    let fields = cx.fields(root, &PACK)?;
    let name = fields.need_text(cx, "pack");
    let version = fields.need_text(cx, "version");
    let as_of = fields.need_text(cx, "as_of");
    let form = fields.text(cx, "form").map(str::to_owned);
    let pack = Pack { name: name?.to_owned(), version: version?.to_owned(), as_of: as_of?.to_owned() };
    Some(PackFile { pack, form })
}

/// Reads a `data/NAME.yaml` that is a table of its own.
pub(crate) fn table(cx: &mut Cx<'_>, root: &Node) -> Option<DataTable> {
    let fields = cx.fields(root, &DATA)?;
    let name = fields.need_text(cx, "name").map(str::to_owned);
    let source = fields.text(cx, "source").unwrap_or_default().to_owned();
    let as_of = fields.text(cx, "as_of").unwrap_or_default().to_owned();
    let items = fields.need(cx, "rows").map(|node| cx.list(node)).unwrap_or_default();
    let mut columns: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for item in items {
        for (key, _) in cx.pairs(item)? {
            if !columns.contains(&key.name) {
                columns.push(key.name.clone());
            }
        }
        rows.push(row(cx, item)?);
    }
    Some(DataTable { name: name?, source, as_of, columns, rows })
}

fn row(cx: &mut Cx<'_>, item: &Node) -> Option<BTreeMap<String, String>> {
    let mut row = BTreeMap::new();
    for (key, node) in cx.pairs(item)? {
        // A value that is not there is an empty one, so that a script may ask for every column.
        let value = if node.is_null() { "" } else { cx.text(node)? };
        row.insert(key.name.clone(), value.to_owned());
    }
    Some(row)
}

/// Reads a `data/NAME.yaml` that adds rows to another table; those that have a first column take the
/// place of all rows there that have the same. A file with a fault adds nothing.
pub(crate) fn extend(cx: &mut Cx<'_>, root: &Node, tables: &mut BTreeMap<String, DataTable>) -> Option<()> {
    let fields = cx.fields(root, &DATA)?;
    if let Some((key, _)) = fields.pair("name") {
        cx.tell(
            Fault::new(key.span, "name 与 extends 只能写一个", "`name` and `extends` exclude each other").with_help(
                "添行的文件用原表的名称，不另取名",
                "a file that adds rows goes by the name of the table it adds to",
            ),
        );
    }
    let of = fields.need(cx, "extends")?;
    let table = named(cx, of, tables)?;
    let rows = fields.need(cx, "rows")?;
    let mut more = Vec::new();
    for item in cx.list(rows) {
        for (key, _) in cx.pairs(item)? {
            check_column(cx, key.span, &key.name, table);
        }
        let mut row = row(cx, item)?;
        for column in &table.columns {
            row.entry(column.clone()).or_default();
        }
        more.push(row);
    }
    let table = tables.get_mut(&table.name.clone()).filter(|_| !cx.is_faulty())?;
    let first = table.columns.first()?;
    let names: BTreeSet<Option<&String>> = more.iter().map(|row| row.get(first)).collect();
    table.rows.retain(|old| !names.contains(&old.get(first)));
    table.rows.extend(more);
    Some(())
}

/// The table that a node names.
pub(super) fn named<'t>(
    cx: &mut Cx<'_>,
    node: &Node,
    tables: &'t BTreeMap<String, DataTable>,
) -> Option<&'t DataTable> {
    let name = cx.text(node)?;
    let table = tables.get(name);
    if table.is_none() {
        cx.tell(unknown(node.span, ("数据表", "table of facts"), name, tables.keys().map(String::as_str)));
    }
    table
}

/// The column of a table that a node names.
pub(super) fn column<'n>(cx: &mut Cx<'_>, node: &'n Node, table: &DataTable) -> Option<&'n str> {
    let name = cx.text(node)?;
    check_column(cx, node.span, name, table).then_some(name)
}

/// Whether a table has a column; told where it has not.
pub(super) fn check_column(cx: &mut Cx<'_>, span: Span, name: &str, table: &DataTable) -> bool {
    let known = table.columns.iter().any(|column| column == name);
    if !known {
        let what =
            (format!("数据表“{}”里没有列“{name}”", table.name), format!("no column `{name}` in `{}`", table.name));
        cx.tell(Fault::new(span, what.0, what.1).expecting(name, table.columns.iter().map(String::as_str)));
    }
    known
}
