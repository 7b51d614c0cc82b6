//! Tables of facts, and tables by the names that rules give.

use crate::fault::Fault;
use crate::ruleset::DataTable;
use crate::shape::KeyTie::{NotBoth, OneOf};
use crate::shape::Shape::{Either, Nothing, OneOrMore, Pairs, Text};
use crate::shape::{Field, MONTH, Map};
use crate::wire::{Cx, unknown};
use crate::yaml::{Kind, Node};
use gouji_core::text::Span;
use std::collections::{BTreeMap, BTreeSet};

type Row = BTreeMap<String, String>;

/// The keys of a `data/NAME.yaml`.
pub(crate) static DATA: Map = Map::tied(
    &[
        Field::may("name", Text, "规则用来取它的名称", "what rules ask for"),
        Field::may("extends", Text, "给哪张数据表添行，首列相同的行换掉原有的", "the table to which it adds rows"),
        Field::may("source", Text, "资料的来源", "where the facts come from"),
        Field::may("as_of", MONTH, "最后核对的年月", "when they were last looked over"),
        Field::may("rows", OneOrMore(&Pairs(&Either(&[Text, Nothing]))), "各行：栏名: 值", "one map a row"),
        Field::may(
            "lines",
            Text,
            "一行一行，格与格以制表符分开，第一行是栏名",
            "one line a row, cells parted by tabs, columns first",
        ),
    ],
    &[OneOf(&["name", "extends"]), OneOf(&["rows", "lines"]), NotBoth("extends", "lines")],
);

/// Reads a `data/NAME.yaml` that is a table of its own. Its columns are the keys of the first row, or its first line.
pub(crate) fn table(cx: &mut Cx<'_>, root: &Node) -> Option<DataTable> {
    let fields = cx.fields(root, &DATA)?;
    let name = fields.need_text(cx, "name").map(str::to_owned);
    let source = fields.text(cx, "source").unwrap_or_default().to_owned();
    let as_of = fields.get("as_of").and_then(|node| cx.month(node)).unwrap_or_default().to_owned();
    if let Some(node) = fields.get("lines") {
        if let Some((key, _)) = fields.pair("rows") {
            cx.tell(Fault::new(key.span, "rows 与 lines 只能写一个", "`rows` and `lines` exclude each other"));
        }
        let (columns, rows) = lines(cx, node)?;
        return Some(DataTable { name: name?, source, as_of, columns, rows });
    }
    let n_errors = cx.n_errors();
    let rows_node = fields.need(cx, "rows")?;
    let items = rows_node.items();
    let first = items.first().filter(|first| matches!(first.kind, Kind::Map(_)));
    let columns = first.and_then(|first| cx.pairs(first)).unwrap_or_default();
    let columns: Vec<String> = columns.iter().map(|(key, _)| key.name.clone()).collect();
    if columns.is_empty() && cx.n_errors() == n_errors {
        let span = items.first().map_or(fields.key_span("rows"), |first| first.span);
        cx.tell(Fault::new(span, "第一行要写出各栏", "the first row has to name the columns").with_help(
            "写成 - {wrong: 既使, right: 即使}，键就是栏名",
            "write - {wrong: teh, right: the}: the keys are the columns",
        ));
        return None;
    }
    let mut table = DataTable { name: name?, source, as_of, columns, rows: Vec::new() };
    table.rows = items.iter().filter_map(|item| row(cx, item, &table)).collect();
    Some(table)
}

/// Columns and rows of a text as it comes out of a spreadsheet. For long tables: it is read many times faster than maps.
fn lines(cx: &mut Cx<'_>, node: &Node) -> Option<(Vec<String>, Vec<Row>)> {
    let text = cx.text(node)?;
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let head = lines.next().unwrap_or_default();
    let columns: Vec<String> = head.split('\t').map(|cell| cell.trim().to_owned()).collect();
    let mut seen = BTreeSet::new();
    if let Some(bad) = columns.iter().find(|column| column.is_empty() || !seen.insert(*column)) {
        let (zh, en) = if bad.is_empty() {
            ("有一栏没有栏名".to_owned(), "a column has no name".to_owned())
        } else {
            (format!("栏名“{bad}”写了两次"), format!("the column `{bad}` is named twice"))
        };
        cx.tell_in(node, Fault::new(Span::of_slice(text, head), zh, en));
        return None;
    }
    let mut rows = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() > columns.len() {
            let (zh, en) = (
                format!("这一行有 {} 格，表只有 {} 栏", cells.len(), columns.len()),
                format!("this line has {} cells, the table {} columns", cells.len(), columns.len()),
            );
            cx.tell_in(node, Fault::new(Span::of_slice(text, line), zh, en));
        }
        let cells = cells.into_iter().chain(std::iter::repeat(""));
        rows.push(columns.iter().cloned().zip(cells.map(|cell| cell.trim().to_owned())).collect());
    }
    Some((columns, rows))
}

/// A row; what it leaves out is empty, so that a script may ask for every column.
fn row(cx: &mut Cx<'_>, item: &Node, table: &DataTable) -> Option<Row> {
    if !matches!(item.kind, Kind::Map(_)) {
        let columns = table.columns.iter().map(|column| format!("{column}: …")).collect::<Vec<_>>().join(", ");
        cx.tell(
            Fault::new(item.span, "一行要写成“栏名: 值”", "a row is written as `column: value`")
                .with_help(format!("写成 - {{{columns}}}"), format!("write - {{{columns}}}")),
        );
        return None;
    }
    let mut row: Row = table.columns.iter().map(|column| (column.clone(), String::new())).collect();
    for (key, node) in cx.pairs(item)? {
        check_column(cx, key.span, &key.name, table);
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
    if let Some((key, _)) = fields.pair("lines") {
        cx.tell(
            Fault::new(key.span, "添行的文件不用 lines", "a file that adds rows has no `lines`")
                .with_help("写成 rows，一行一个“栏名: 值”", "write `rows`, one map a row"),
        );
        return None;
    }
    fields.get("as_of").and_then(|node| cx.month(node));
    let of = fields.need(cx, "extends")?;
    let table = named(cx, of, tables)?;
    let first = table.columns.first()?;
    let rows = fields.need(cx, "rows")?;
    let mut more = Vec::new();
    for item in rows.items() {
        let row = row(cx, item, table)?;
        if row[first].is_empty() {
            cx.tell(
                Fault::new(item.span, format!("这一行没有写“{first}”"), format!("this row lacks `{first}`")).with_help(
                    format!("“{first}”是数据表“{}”的首列，按它认行", table.name),
                    format!("`{first}` is the first column of `{}`, by which rows are told apart", table.name),
                ),
            );
        }
        more.push(row);
    }
    let names: BTreeSet<String> = more.iter().map(|row| row[first].clone()).collect();
    let (name, first) = (table.name.clone(), first.clone());
    let table = tables.get_mut(&name).filter(|_| !cx.is_faulty())?;
    table.rows.retain(|old| !names.contains(&old[&first]));
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
