//! Cells in `let`: which rows and columns, and what need not be said of them.

use super::binding::{Around, unit};
use super::resolve::{self, Sought, tables_of};
use crate::fault::Fault;
use crate::path::LabelPath;
use crate::rule::{Axis, CellSelect, Doc, Each, Kin, Select};
use crate::wire::{Cx, Fields, unknown};
use crate::yaml::{Key, Node};

/// What is current where a binding is looked up.
#[derive(Clone, Copy)]
pub(super) struct Current {
    row: bool,
    col: bool,
}

impl Current {
    /// Where a rule is repeated for the cells of a name, the cell's row and column are current for the other names.
    pub(super) fn of(each: Option<&Each>, key: &Key, pairs: &[(Key, Node)]) -> Self {
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

/// What a bare path means: a row in the current column, else a column in the current row.
pub(super) fn bare(cx: &mut Cx<'_>, node: &Node, around: &Around<'_>, current: Current) -> Option<Select> {
    let (row, col) = bare_axes(cx, node, current)?;
    let select = CellSelect { doc: Doc::This, table: own_table(around), row, col, unit: None };
    checked(cx, select, around, |_| node)
}

fn bare_axes(cx: &mut Cx<'_>, node: &Node, current: Current) -> Option<(Axis, Axis)> {
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

/// The only table of the scope.
fn own_table(around: &Around<'_>) -> Option<String> {
    let mut tables = around.scope.tables();
    match (tables.next(), tables.next()) {
        (Some(one), None) => Some(one.to_owned()),
        _ => None,
    }
}

/// Cells by the keys `row`, `rows`, `col`, `cols`, `in` and `except`.
pub(super) fn cells(cx: &mut Cx<'_>, fields: Fields<'_>, around: &Around<'_>, current: Current) -> Option<Select> {
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
        let except: Vec<LabelPath> = node.items().iter().filter_map(|item| cx.label_path(item)).collect();
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
        if fields.has_strangers() {
            return None;
        }
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
    let unit = unit(cx, fields);
    let doc = fields.get("doc").and_then(|node| cx.word(node, ("报告", "report"), &Doc::WORDS));
    let select = CellSelect { doc: doc.unwrap_or(Doc::This), table, row, col, unit };
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
    match resolve::cells(&select, &tables, around.forms) {
        Ok(()) => Some(Select::Cells(select)),
        Err((sought, fault)) => {
            cx.tell_in(node_of(sought), fault);
            None
        }
    }
}
