//! `params`: what a rule leaves to others, and the values they give.

use super::binding::check_name;
use super::data;
use super::names::Names;
use crate::fault::Fault;
use crate::rule::{Param, ParamKind, ParamValue};
use crate::ruleset::{Bilingual, DataTable};
use crate::shape::Shape::{Either, Like, Map as Known, OneOrMore, Text, Word};
use crate::shape::{Field, Map, Shape, words as words_of};
use crate::wire::{Cx, Fields, unknown};
use crate::yaml::{Key, Kind, Node};
use rust_decimal::Decimal;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

type Tables = BTreeMap<String, DataTable>;

/// The keys of a parameter.
pub(super) static PARAM: Map = Map::of(&[
    Field::must(
        "type",
        Word(|| words_of(&ParamKind::WORDS)),
        "类型：integer 整数，decimal 小数，text 文字，truth 真假，words 词表",
        "type",
    ),
    Field::must("default", VALUE, "默认值；词表可以写 {data: 数据表, column: 列}", "value where nobody gives another"),
    Field::may("min", Text, "最小是多少", "least number"),
    Field::may("max", Text, "最大是多少", "greatest number"),
    Field::may("help", Text, "这个参数管什么", "what it is for"),
]);

/// A parameter in the place of a word or number.
pub(super) const PARAMETER: Shape = Like("^<[^<>]+>$");

const VALUE: Shape = Either(&[OneOrMore(&Text), Known(&COLUMN)]);

static COLUMN: Map = Map::of(&[
    Field::must("data", Text, "从哪张数据表取词", "the table of facts"),
    Field::must("column", Text, "取哪一列", "its column"),
]);

/// The parameters of a rule while it is read, and which of them it used.
pub(super) struct Declared<'a> {
    params: &'a [Param],
    used: RefCell<BTreeSet<String>>,
}

impl<'a> Declared<'a> {
    pub(super) fn new(params: &'a [Param]) -> Self {
        Self { params, used: RefCell::default() }
    }

    pub(super) fn all(&self) -> &'a [Param] {
        self.params
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.params.iter().map(|param| param.name.as_str())
    }

    /// The parameter with a name, which is used herewith.
    pub(super) fn get(&self, name: &str) -> Option<&'a Param> {
        self.mark(name);
        self.params.iter().find(|param| param.name == name)
    }

    /// Notes that a name is used.
    pub(super) fn mark(&self, name: &str) {
        self.used.borrow_mut().insert(name.to_owned());
    }

    /// Tells of parameters that nothing uses, unless a fault was told that may be the cause, and of those with the name
    /// of something else.
    /// `inherited`: whether it came with another rule, where it is not this one's matter.
    pub(super) fn check(&self, cx: &mut Cx<'_>, names: &Names<'_>, inherited: impl Fn(&str) -> bool) {
        for param in self.params.iter().filter(|param| !inherited(&param.name)) {
            let name = param.name.as_str();
            if names.has_place(name) {
                cx.tell(Fault::new(
                    param.span,
                    format!("“{name}”既是参数，又是 let 或捕获组的名字"),
                    format!("`{name}` is both a parameter and the name of a binding or capture"),
                ));
            } else if !cx.is_faulty() && !self.used.borrow().contains(name) {
                cx.tell(
                    Fault::new(
                        param.span,
                        format!("参数“{name}”没有用到"),
                        format!("the parameter `{name}` is not used"),
                    )
                    .with_help(
                        format!("算式里写 {name}，脚本里写 params.{name}，其他文字里写 <{name}>"),
                        format!("write {name} in an expression, params.{name} in a script, <{name}> in other texts"),
                    ),
                );
            }
        }
    }
}

/// Reads the `params` of a rule's document; those with a fault are told of and left out.
pub(crate) fn params(cx: &mut Cx<'_>, root: &Node, tables: &Tables) -> Vec<Param> {
    let pairs = root.get("params").and_then(|node| cx.pairs(node)).unwrap_or_default();
    let en = root.get("en").and_then(|en| en.get("params"));
    let en = en.and_then(|node| cx.pairs(node)).unwrap_or_default();
    for (key, _) in en {
        if !pairs.iter().any(|(own, _)| own.name == key.name) {
            let known = pairs.iter().map(|(own, _)| own.name.as_str());
            cx.tell(unknown(key.span, ("参数", "parameter"), &key.name, known));
        }
    }
    pairs
        .iter()
        .filter_map(|(key, node)| {
            let en = en.iter().find(|(own, _)| own.name == key.name).map(|(_, node)| node);
            param(cx, key, node, en, tables)
        })
        .collect()
}

fn param(cx: &mut Cx<'_>, key: &Key, node: &Node, en: Option<&Node>, tables: &Tables) -> Option<Param> {
    check_name(cx, key);
    if !matches!(node.kind, Kind::Map(_)) {
        cx.tell(Fault::new(node.span, "参数要写类型和默认值", "a parameter needs its type and default").with_help(
            format!("写成 {}: {{type: integer, default: 5}}", key.name),
            format!("write {}: {{type: integer, default: 5}}", key.name),
        ));
        return None;
    }
    let fields = cx.fields(node, &PARAM)?;
    let kind = fields.need(cx, "type").and_then(|node| cx.word(node, ("类型", "type"), &ParamKind::WORDS));
    let default = fields.need(cx, "default");
    let zh = fields.text(cx, "help").unwrap_or_default().to_owned();
    let en = en.and_then(|node| cx.text(node)).unwrap_or_default().to_owned();
    let kind = kind?;
    let bounds = (bound(cx, fields, "min", kind), bound(cx, fields, "max", kind));
    let default = value(cx, default?, kind, bounds, tables)?;
    let help = Bilingual { zh, en };
    Some(Param { name: key.name.clone(), kind, value: default.clone(), default, bounds, help, span: key.span })
}

/// A `min` or `max`, which only numbers have.
fn bound(cx: &mut Cx<'_>, fields: Fields<'_>, name: &str, kind: ParamKind) -> Option<Decimal> {
    let (key, node) = fields.pair(name)?;
    if !matches!(kind, ParamKind::Integer | ParamKind::Decimal) {
        let word = kind.word();
        cx.tell(Fault::new(
            key.span,
            format!("“{name}”只用于数，这个参数的类型是 {word}"),
            format!("`{name}` is for numbers, and this parameter is of the type {word}"),
        ));
        return None;
    }
    value(cx, node, kind, (None, None), &Tables::new())?.number()
}

/// Reads a value of a parameter.
pub(crate) fn value(
    cx: &mut Cx<'_>,
    node: &Node,
    kind: ParamKind,
    bounds: (Option<Decimal>, Option<Decimal>),
    tables: &Tables,
) -> Option<ParamValue> {
    let text = node.scalar().filter(|_| !node.is_null()).map(|scalar| scalar.value.as_str());
    let (value, zh, en) = match kind {
        ParamKind::Integer => {
            (text.and_then(|text| text.parse().ok()).map(ParamValue::Integer), "一个整数", "a whole number")
        }
        ParamKind::Decimal => (
            text.and_then(|text| Decimal::from_str_exact(text).ok()).map(ParamValue::Decimal),
            "一个数，如 0.5",
            "a number such as 0.5",
        ),
        ParamKind::Text => (text.map(|text| ParamValue::Text(text.to_owned())), "一段文字", "a text"),
        ParamKind::Truth => {
            (text.and_then(|text| text.parse().ok()).map(ParamValue::Truth), "true 或 false", "true or false")
        }
        ParamKind::Words => return words(cx, node, tables).map(ParamValue::Words),
    };
    let Some(value) = value else {
        cx.tell(Fault::new(node.span, format!("这里要{zh}"), format!("{en} is needed here")));
        return None;
    };
    let number = value.number();
    let below = number.zip(bounds.0).is_some_and(|(number, least)| number < least);
    let above = number.zip(bounds.1).is_some_and(|(number, most)| number > most);
    if below || above {
        let (least, most) = bounds;
        let say = |bound: Option<Decimal>| bound.map_or_else(String::new, |bound| bound.to_string());
        cx.tell(Fault::new(
            node.span,
            format!("“{value}”不在 {}..{} 之内", say(least), say(most)),
            format!("`{value}` is not within {}..{}", say(least), say(most)),
        ));
        return None;
    }
    Some(value)
}

/// A list of texts, or a column of a table of facts.
fn words(cx: &mut Cx<'_>, node: &Node, tables: &Tables) -> Option<Vec<String>> {
    if matches!(node.kind, Kind::Map(_)) {
        let fields = cx.fields(node, &COLUMN)?;
        let (table, column) = (fields.need(cx, "data"), fields.need(cx, "column"));
        let table = data::named(cx, table?, tables)?;
        let column = data::column(cx, column?, table)?;
        let cells = table.rows.iter().filter_map(|row| row.get(column));
        return Some(cells.filter(|cell| !cell.is_empty()).cloned().collect());
    }
    let items = node.items();
    let words: Vec<String> = items.iter().filter_map(|item| cx.text(item).map(str::to_owned)).collect();
    (words.len() == items.len()).then_some(words)
}
