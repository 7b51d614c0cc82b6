//! `let`: names for cells and mentions.

use super::resolve::{Sought, cells, tables_of};
use super::scope::{section, section_names};
use crate::fault::Fault;
use crate::form::Form;
use crate::path::LabelPath;
use crate::rule::{Axis, Binding, CellSelect, Each, Kin, Layout, Mention, Scope, ScopePart, Select};
use crate::shape::KeyTie::{GoesWith, NotBoth};
use crate::shape::Shape::{Either, Map as Known, OneOrMore, Text};
use crate::shape::{Field, Map, Shape};
use crate::wire::{Cx, Fields, unknown};
use crate::yaml::{Key, Node};

/// What a binding may be.
pub(super) static BINDING: Shape = Either(&[Text, Known(&SELECT)]);

static SELECT: Map = Map::tied(
    &[
        Field::may("row", Text, "一行的标签路径", "the row"),
        Field::may("col", Text, "一列的标签路径", "the column"),
        Field::may("rows", Text, "多行的标签路径，如 本年度办理结果 > **", "rows"),
        Field::may("cols", Text, "多列的标签路径", "columns"),
        Field::may("except", OneOrMore(&Text), "其中除外的", "but these"),
        Field::may("in", Text, "哪张表；不写则为规则的 in", "the table"),
        Field::may("number", Text, "文中的数：带捕获组 n 的正则", "numbers in the text"),
        Field::may("text", Text, "文中的文字：正则", "texts"),
        Field::may("section", Text, "number、text 只在这一部分里找", "where number and text look"),
    ],
    &[
        NotBoth("row", "rows"),
        NotBoth("col", "cols"),
        NotBoth("number", "text"),
        GoesWith("section", &["number", "text"]),
        GoesWith("except", &["rows", "cols"]),
    ],
);
/// Names that expressions and messages have already.
pub(super) const RESERVED: [&str; 20] = [
    "lhs", "rhs", "delta", "row", "col", "item", "after", "text", "right", "expected", "table", "section", "year",
    "organ", "and", "or", "not", "in", "parent", "self",
];

/// What bindings are read against.
pub(super) struct Around<'a> {
    pub(super) each: Option<&'a Each>,
    pub(super) scope: &'a Scope,
    /// The table that the rule describes itself.
    pub(super) layout: Option<&'a Layout>,
    pub(super) forms: &'a [&'a Form],
}

impl Around<'_> {
    /// Whether cells of this table, or of none that was named, are those of the table that the rule describes itself.
    fn is_own(&self, table: Option<&str>) -> bool {
        table.is_none() && self.layout.is_some()
    }
}

/// Reads a `let`.
pub(super) fn bindings(cx: &mut Cx<'_>, node: &Node, around: &Around<'_>) -> Vec<Binding> {
    let Some(pairs) = cx.pairs(node) else { return Vec::new() };
    let mut bindings = Vec::new();
    for (key, node) in pairs {
        check_name(cx, key);
        if let Some(select) = select(cx, node, around, Current::of(around.each, key, pairs)) {
            bindings.push(Binding { name: key.name.clone(), select, span: key.span });
        }
    }
    bindings
}

/// What is current where a binding is looked up.
#[derive(Clone, Copy)]
struct Current {
    row: bool,
    col: bool,
}

impl Current {
    /// Where a rule is repeated for the cells of a name, the cell's row and column are current for the other names.
    fn of(each: Option<&Each>, key: &Key, pairs: &[(Key, Node)]) -> Self {
        let cell = match each {
            Some(Each::Name(name)) if *name != key.name => {
                let named = pairs.iter().find(|(own, _)| own.name == *name).map(|(_, node)| node);
                named.is_some_and(|node| ["number", "text"].iter().all(|key| node.get(key).is_none()))
            }
            _ => false,
        };
        Self { row: cell || each.is_some_and(Each::has_row), col: cell || each.is_some_and(Each::has_col) }
    }

    fn has(self, sought: Sought) -> bool {
        match sought {
            Sought::Rows => self.row,
            Sought::Columns => self.col,
        }
    }
}

fn check_name(cx: &mut Cx<'_>, key: &Key) {
    let name = key.name.as_str();
    if RESERVED.contains(&name) {
        cx.tell(Fault::new(key.span, format!("“{name}”是保留的名字"), format!("`{name}` is a reserved name")));
    } else if name.chars().any(|c| !c.is_alphanumeric() && c != '_') || name.starts_with(|c: char| c.is_ascii_digit()) {
        cx.tell(Fault::new(
            key.span,
            format!("名字“{name}”只能由汉字、字母、数字和下划线组成，不以数字开头"),
            format!("the name `{name}` must be letters, digits and `_`, and not start with a digit"),
        ));
    }
}

fn select(cx: &mut Cx<'_>, node: &Node, around: &Around<'_>, current: Current) -> Option<Select> {
    if node.scalar().is_some() {
        let (row, col) = bare(cx, node, current)?;
        let select = CellSelect { table: own_table(around), row, col };
        return checked(cx, select, around, |_| node);
    }
    let fields = cx.fields(node, &SELECT)?;
    let number = fields.get("number");
    let text = fields.get("text");
    match (number, text) {
        (Some(node), None) => mention(cx, fields, node, around, true).map(Select::Number),
        (None, Some(node)) => mention(cx, fields, node, around, false).map(Select::Text),
        (Some(_), Some(node)) => {
            cx.tell(Fault::new(node.span, "number 和 text 只能写一个", "either `number` or `text`, not both"));
            None
        }
        (None, None) => cell_select(cx, fields, around, current),
    }
}

/// What a bare path means: a row in the current column, else a column in the current row.
fn bare(cx: &mut Cx<'_>, node: &Node, current: Current) -> Option<(Axis, Axis)> {
    if current.col {
        let kin = node.scalar().is_some_and(|scalar| KIN.iter().any(|(word, _)| *word == scalar.value));
        let row = if kin { many(cx, node, Sought::Rows, current) } else { one(cx, node, Sought::Rows, current) };
        return Some((row?, Axis::Current));
    }
    if current.row {
        return Some((Axis::Current, one(cx, node, Sought::Columns, current)?));
    }
    cx.tell(
        Fault::new(
            node.span,
            "没有写 each: row 或 each: col，这里要写全行和列",
            "without `each: row` or `each: col` both row and column are needed",
        )
        .with_help("写成 {row: 行, col: 列}", "write {row: PATH, col: PATH}"),
    );
    None
}

fn mention(cx: &mut Cx<'_>, fields: Fields<'_>, node: &Node, around: &Around<'_>, number: bool) -> Option<Mention> {
    for key in ["row", "col", "rows", "cols", "except", "in"] {
        if let Some((key, _)) = fields.pair(key) {
            cx.tell(Fault::new(
                key.span,
                format!("“{}”不能与 number、text 同用", key.name),
                format!("`{}` does not go with `number` or `text`", key.name),
            ));
        }
    }
    let pattern = cx.pattern(node)?;
    if number && !pattern.names().iter().any(|name| name == "n") {
        cx.tell(
            Fault::new(node.span, "number 的正则里要有捕获组 n", "the pattern of a `number` needs the capture `n`")
                .with_help("例如 共(?<n>NUM)件", "such as 共(?<n>NUM)件"),
        );
        return None;
    }
    let scope = match fields.get("section") {
        Some(node) => {
            let word = cx.text(node)?;
            let Some(part) = section(word, around.forms) else {
                cx.tell(unknown(node.span, ("部分", "section"), word, section_names(around.forms)));
                return None;
            };
            Scope { parts: vec![part] }
        }
        None => {
            // A scope of tables only says where the cells are; mentions are in the text then.
            let parts: Vec<ScopePart> =
                around.scope.parts.iter().filter(|part| !matches!(part, ScopePart::Table(_))).cloned().collect();
            Scope { parts: if parts.is_empty() { vec![ScopePart::Prose] } else { parts } }
        }
    };
    Some(Mention { pattern, scope })
}

/// The only table of the scope.
fn own_table(around: &Around<'_>) -> Option<String> {
    let mut tables = around.scope.tables();
    match (tables.next(), tables.next()) {
        (Some(one), None) => Some(one.to_owned()),
        _ => None,
    }
}

fn cell_select(cx: &mut Cx<'_>, fields: Fields<'_>, around: &Around<'_>, current: Current) -> Option<Select> {
    if let Some((key, _)) = fields.pair("section") {
        cx.tell(Fault::new(
            key.span,
            "section 只能与 number、text 同用",
            "`section` goes with `number` and `text` only",
        ));
    }
    let table = match fields.get("in") {
        Some(node) => {
            let word = cx.text(node)?;
            let mut names: Vec<&str> =
                around.forms.iter().flat_map(|form| form.tables.iter().map(|table| table.name.as_str())).collect();
            names.sort_unstable();
            names.dedup();
            if !names.is_empty() && !names.contains(&word) {
                cx.tell(unknown(node.span, ("表", "table"), word, names));
                return None;
            }
            Some(word.to_owned())
        }
        None => own_table(around),
    };
    let row = axis(cx, fields, Sought::Rows, current);
    let col = axis(cx, fields, Sought::Columns, current);
    let faulty = [&row, &col].iter().any(|axis| axis.is_err());
    let (mut row, mut col) = (row.ok().flatten(), col.ok().flatten());
    if let Some(node) = fields.get("except") {
        let except: Vec<LabelPath> = cx.list(node).into_iter().filter_map(|item| cx.label_path(item)).collect();
        match (&mut row, &mut col) {
            (Some(Axis::Many { except: own, .. } | Axis::Kin { except: own, .. }), other)
            | (other, Some(Axis::Many { except: own, .. }))
                if !matches!(other, Some(Axis::Many { .. } | Axis::Kin { .. })) =>
            {
                *own = except;
            }
            _ if faulty => {}
            _ => cx.tell(Fault::new(
                node.span,
                "except 要与 rows 或 cols 之一同用",
                "`except` goes with either `rows` or `cols`",
            )),
        }
    }
    if faulty {
        return None;
    }
    let (Some(row), Some(col)) = (
        row.or_else(|| unsaid(around, current, Sought::Rows, table.as_deref())),
        col.or_else(|| unsaid(around, current, Sought::Columns, table.as_deref())),
    ) else {
        cx.tell(
            Fault::new(
                fields.first(),
                "不知道是哪一格：行和列要写全，或用 each",
                "row and column are both needed here, or an `each`",
            )
            .with_help(
                "写成 {row: 行, col: 列}；多行用 rows，多列用 cols",
                "write {row: PATH, col: PATH}; rows and cols for many",
            ),
        );
        return None;
    };
    let select = CellSelect { table, row, col };
    checked(cx, select, around, |sought| {
        let (single, plural) = sought.keys();
        fields.get(single).or_else(|| fields.get(plural)).expect("a fault is about a path that was written")
    })
}

/// What was written for an axis; `Err` when it was told to be faulty.
fn axis(cx: &mut Cx<'_>, fields: Fields<'_>, sought: Sought, current: Current) -> Result<Option<Axis>, ()> {
    let (single, plural) = sought.keys();
    match (fields.get(single), fields.get(plural)) {
        (None, None) => Ok(None),
        (Some(node), None) => one(cx, node, sought, current).map(Some).ok_or(()),
        (None, Some(node)) => many(cx, node, sought, current).map(Some).ok_or(()),
        (Some(_), Some(node)) => {
            cx.tell(Fault::new(
                node.span,
                format!("{single} 和 {plural} 只能写一个"),
                format!("either `{single}` or `{plural}`, not both"),
            ));
            Err(())
        }
    }
}

/// The word for the current row or column.
const SELF: &str = "self";
/// The words for rows that stand near the current one.
const KIN: [(&str, Kin); 2] = [("children", Kin::Children), ("siblings", Kin::Siblings)];

/// A path, or `self`.
fn one(cx: &mut Cx<'_>, node: &Node, sought: Sought, current: Current) -> Option<Axis> {
    let text = cx.text(node)?;
    if KIN.iter().any(|(word, _)| *word == text) {
        cx.tell(
            Fault::new(node.span, format!("{text} 是多行"), format!("`{text}` are many rows"))
                .with_help(format!("写成 rows: {text}"), format!("write `rows: {text}`")),
        );
        return None;
    }
    if text == SELF {
        return has_current(cx, node, sought, current).then_some(Axis::Current);
    }
    cx.label_path(node).map(Axis::One)
}

/// A path, or rows that stand near the current one.
fn many(cx: &mut Cx<'_>, node: &Node, sought: Sought, current: Current) -> Option<Axis> {
    let text = cx.text(node)?;
    if text == SELF {
        let (single, _) = sought.keys();
        cx.tell(
            Fault::new(node.span, "self 只有一个", "`self` is one")
                .with_help(format!("写成 {single}: self"), format!("write `{single}: self`")),
        );
        return None;
    }
    let Some((_, kin)) = KIN.iter().find(|(word, _)| *word == text) else {
        return cx.label_path(node).map(|path| Axis::Many { path, except: Vec::new() });
    };
    if sought == Sought::Columns {
        cx.tell(Fault::new(node.span, format!("{text} 是行，不是列"), format!("`{text}` are rows, not columns")));
        return None;
    }
    has_current(cx, node, sought, current).then(|| Axis::Kin { kin: *kin, except: Vec::new() })
}

/// Whether there is a current row or column; told where there is none.
fn has_current(cx: &mut Cx<'_>, node: &Node, sought: Sought, current: Current) -> bool {
    if !current.has(sought) {
        let ((zh, en), (word, _)) = (sought.words(), sought.keys());
        cx.tell(
            Fault::new(node.span, format!("这里没有当前{zh}"), format!("there is no current {en} here")).with_help(
                format!("写 each: {word}，或逐个检查一个多格的名字"),
                format!("write `each: {word}`, or repeat for a name that stands for cells"),
            ),
        );
    }
    current.has(sought)
}

/// What an axis means that the author did not write.
fn unsaid(around: &Around<'_>, current: Current, sought: Sought, table: Option<&str>) -> Option<Axis> {
    if current.has(sought) {
        return Some(Axis::Current);
    }
    if around.is_own(table) {
        return None;
    }
    let names: Vec<&str> = table.into_iter().collect();
    let mut bands = around.forms.iter().flat_map(|form| tables_of(form, &names)).flat_map(|table| &table.bands);
    (sought == Sought::Rows && bands.any(|band| band.rows.is_empty())).then_some(Axis::Only)
}

/// Holds the selection against the forms.
fn checked<'n>(
    cx: &mut Cx<'_>,
    select: CellSelect,
    around: &Around<'_>,
    node_of: impl Fn(Sought) -> &'n Node,
) -> Option<Select> {
    if around.is_own(select.table.as_deref()) {
        // What labels the document's table has is not known before it is read.
        return Some(Select::Cells(select));
    }
    let tables: Vec<&str> = around.scope.tables().collect();
    match cells(&select, &tables, around.forms) {
        Ok(()) => Some(Select::Cells(select)),
        Err((sought, fault)) => {
            cx.tell_in(node_of(sought), fault);
            None
        }
    }
}
