//! `let`: names for cells and mentions.

use super::cells::{self, Current};
use super::scope::{section, section_names};
use crate::fault::Fault;
use crate::form::Form;
use crate::rule::{Binding, Doc, Each, Layout, Mention, Scope, ScopePart, Select};
use crate::shape::KeyTie::{GoesWith, NotBoth};
use crate::shape::Shape::{Either, Map as Known, OneOrMore, Text, Word};
use crate::shape::{self, Field, Map, Shape};
use crate::wire::{Cx, Fields, unknown};
use crate::yaml::{Key, Node};
use gouji_core::unit::Unit;

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
        Field::may(
            "doc",
            Word(|| shape::words(&Doc::WORDS)),
            "哪份报告：prev 为上年年报；不写则为本报告",
            "which report",
        ),
        Field::may("number", Text, "文中的数：带捕获组 n 的正则", "numbers in the text"),
        Field::may("text", Text, "文中的文字：正则", "texts"),
        Field::may("all", Text, "each 里那个名字的各处：逐处核对时也要用到全部", "every mention of the name in each"),
        Field::may("unit", Text, "数以什么为单位，如 万元", "the unit of the numbers"),
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
    pub(super) fn is_own(&self, table: Option<&str>) -> bool {
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

/// Tells of a name that can not be one of `let` or `params`.
pub(super) fn check_name(cx: &mut Cx<'_>, key: &Key) {
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
        return cells::bare(cx, node, around, current);
    }
    let fields = cx.fields(node, &SELECT)?;
    let number = fields.get("number");
    let text = fields.get("text");
    if let Some((key, node)) = fields.pair("all") {
        return all(cx, fields, (key, node), around);
    }
    match (number, text) {
        (Some(node), None) => mention(cx, fields, node, around, true).map(Select::Number),
        (None, Some(node)) => mention(cx, fields, node, around, false).map(Select::Text),
        (Some(_), Some(node)) => {
            cx.tell(Fault::new(node.span, "number 和 text 只能写一个", "either `number` or `text`, not both"));
            None
        }
        (None, None) => cells::cells(cx, fields, around, current),
    }
}

/// Every mention of the name that the rule is repeated for.
fn all(cx: &mut Cx<'_>, fields: Fields<'_>, (key, node): (&Key, &Node), around: &Around<'_>) -> Option<Select> {
    if fields.len() > 1 {
        cx.tell(Fault::new(key.span, "写了 all，就不写别的键", "`all` stands alone"));
        return None;
    }
    let name = cx.text(node)?;
    if matches!(around.each, Some(Each::Name(own)) if own == name) {
        return Some(Select::All(name.to_owned()));
    }
    cx.tell(
        Fault::new(node.span, format!("“{name}”不是 each 里的名字"), format!("the rule is not repeated for `{name}`"))
            .with_help("each 写哪个名字，all 就写哪个", "`all` has the name that `each` has"),
    );
    None
}

fn mention(cx: &mut Cx<'_>, fields: Fields<'_>, node: &Node, around: &Around<'_>, number: bool) -> Option<Mention> {
    for key in ["row", "col", "rows", "cols", "except", "in", "doc"] {
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
            Scope { parts: vec![part], cited: around.scope.cited.clone() }
        }
        None => {
            // A scope of tables only says where the cells are; mentions are in the text then.
            let parts: Vec<ScopePart> =
                around.scope.parts.iter().filter(|part| !matches!(part, ScopePart::Table(_))).cloned().collect();
            let parts = if parts.is_empty() { vec![ScopePart::Prose] } else { parts };
            Scope { parts, cited: around.scope.cited.clone() }
        }
    };
    let unit = unit(cx, fields);
    if let (false, Some((key, _))) = (number, fields.pair("unit")) {
        cx.tell(Fault::new(
            key.span,
            "unit 只能与 number 或表里的格子同用",
            "`unit` goes with `number` and with cells only",
        ));
    }
    Some(Mention { pattern, scope, unit })
}

/// The unit to reckon in.
pub(super) fn unit(cx: &mut Cx<'_>, fields: Fields<'_>) -> Option<Unit> {
    let node = fields.get("unit")?;
    let text = cx.text(node)?;
    let unit = Unit::parse(text);
    if unit.is_none() {
        cx.tell(
            Fault::new(
                node.span,
                format!("单位“{text}”没有说是什么的数"),
                format!("the unit `{text}` does not say what is counted"),
            )
            .with_help("例如 万元、件、%", "such as 万元, 件, %"),
        );
    }
    unit
}
