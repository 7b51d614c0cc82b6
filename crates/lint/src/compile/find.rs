//! `find` and its `unless`.

use super::data;
use super::param::PARAMETER;
use crate::fault::Fault;
use crate::pattern::Pattern;
use crate::rule::{FactKind, Find, Marks, Unless, What, Word};
use crate::ruleset::DataTable;
use crate::shape::Shape::{Either, Map as Known, Nothing, OneOrMore, Pairs, PairsBut, Text, Word as OneOf};
use crate::shape::{Field, Map, Shape};
use crate::wire::{Cx, unknown};
use crate::yaml::{Kind, Node};
use std::collections::BTreeMap;

type Row = BTreeMap<String, String>;
type Tables = BTreeMap<String, DataTable>;

/// What a `find` may be.
pub(super) const FIND: Shape =
    Either(&[Text, Known(&FACT), Known(&COLUMNS), PairsBut(&["fact", "data"], &Either(&[Text, Nothing]))]);
/// What an `unless` may be.
pub(super) const UNLESS: Shape = Either(&[OneOrMore(&Text), Known(&EXCEPTIONS)]);

static FACT: Map =
    Map::of(&[Field::must("fact", OneOrMore(&Either(&[OneOf(fact_words), PARAMETER])), "读报告时记下的事实", "facts")]);

static COLUMNS: Map = Map::of(&[
    Field::must("data", Text, "从哪张数据表取词", "the table of facts"),
    Field::may("wrong", Text, "错词在哪一列，不写则为 wrong", "the column of the wrong words"),
    Field::may("right", Text, "对的词在哪一列，不写则为 right；空格的只报告", "the column of the right words"),
    Field::may("where", Pairs(&Text), "只取这些列是这些值的行", "only rows with these cells"),
]);

static EXCEPTIONS: Map = Map::of(&[
    Field::may("text", OneOrMore(&Text), "与这些正则的匹配重叠的不报告", "patterns that overlap the finding"),
    Field::may(
        "inside",
        OneOrMore(&Either(&[OneOf(mark_words), PARAMETER])),
        "在这种标点之内的不报告",
        "inside these marks",
    ),
    Field::may("near", OneOrMore(&Text), "同一句里有这些词的不报告", "words in the same sentence"),
    Field::may("before", OneOrMore(&Text), "紧接在前面的文字符合这些正则的不报告", "right before the finding"),
    Field::may("after", OneOrMore(&Text), "紧接在后面的文字符合这些正则的不报告", "right behind the finding"),
]);

fn fact_words() -> Vec<&'static str> {
    FactKind::ALL.iter().map(|fact| fact.word()).collect()
}

fn mark_words() -> Vec<&'static str> {
    Marks::ALL.into_iter().map(Marks::word).collect()
}

/// Reads a `find` with its `unless`.
pub(super) fn find(cx: &mut Cx<'_>, node: &Node, unless_node: Option<&Node>, tables: &Tables) -> Option<Find> {
    let what = what(cx, node, tables);
    let unless = match unless_node {
        Some(node) => unless(cx, node),
        None => Some(Unless::default()),
    };
    Some(Find { what: what?, unless: unless? })
}

fn what(cx: &mut Cx<'_>, node: &Node, tables: &Tables) -> Option<What> {
    let Kind::Map(pairs) = &node.kind else {
        return cx.pattern(node).map(What::Pattern);
    };
    if let [(key, value)] = &pairs[..]
        && key.name == "fact"
    {
        return facts(cx, value).map(What::Facts);
    }
    if node.get("data").is_some() {
        return words_of(cx, node, tables).map(What::Words);
    }
    let mut words = Vec::new();
    for (key, value) in cx.pairs(node)? {
        if key.name.is_empty() {
            cx.tell(Fault::new(key.span, "词表里有空的词", "a word of the list is empty"));
        }
        let right = if value.is_null() { None } else { Some(cx.text(value)?.to_owned()) };
        words.push(Word { wrong: key.name.clone(), right });
    }
    if words.is_empty() {
        cx.tell(Fault::new(node.span, "词表是空的", "the list of words is empty"));
        return None;
    }
    Some(What::Words(words))
}

/// The words of a table of facts; an empty cell of the right ones is none.
fn words_of(cx: &mut Cx<'_>, node: &Node, tables: &Tables) -> Option<Vec<Word>> {
    let n_errors = cx.n_errors();
    let fields = cx.fields(node, &COLUMNS).filter(|_| cx.n_errors() == n_errors)?;
    let table_node = fields.get("data")?;
    let table = data::named(cx, table_node, tables)?;
    let default = |name| table.columns.iter().find(|column| *column == name).map(String::as_str);
    let wrong = match (fields.get("wrong"), default("wrong")) {
        (Some(node), _) => data::column(cx, node, table)?,
        (None, Some(column)) => column,
        (None, None) => {
            let columns = table.columns.iter().map(String::as_str);
            cx.tell(
                Fault::new(
                    table_node.span,
                    "要用 wrong 写明错词在哪一列",
                    "`wrong` must say which column holds the wrong words",
                )
                .expecting("wrong", columns),
            );
            return None;
        }
    };
    let right = match fields.get("right") {
        Some(node) => Some(data::column(cx, node, table)?),
        None => default("right"),
    };
    let mut only = Vec::new();
    for (key, value) in fields.get("where").map(|node| cx.pairs(node)).unwrap_or_default().unwrap_or_default() {
        data::check_column(cx, key.span, &key.name, table).then_some(())?;
        only.push((key.name.as_str(), cx.text(value)?));
    }
    let cell = |row: &Row, column: &str| row.get(column).filter(|cell| !cell.is_empty()).cloned();
    let rows =
        table.rows.iter().filter(|row| only.iter().all(|(key, value)| row.get(*key).is_some_and(|own| own == value)));
    let words: Vec<Word> = rows
        .filter_map(|row| Some(Word { wrong: cell(row, wrong)?, right: right.and_then(|right| cell(row, right)) }))
        .collect();
    if words.is_empty() {
        cx.tell(Fault::new(node.span, "从数据表里没有取到词", "no words came out of the table"));
        return None;
    }
    Some(words)
}

fn facts(cx: &mut Cx<'_>, node: &Node) -> Option<Vec<FactKind>> {
    let mut facts = Vec::new();
    for item in node.items() {
        let word = cx.text(item)?;
        match FactKind::from_word(word) {
            Some(fact) => facts.push(fact),
            None => {
                let known = FactKind::ALL.iter().map(|fact| fact.word());
                cx.tell(unknown(item.span, ("事实", "fact"), word, known));
                return None;
            }
        }
    }
    Some(facts)
}

fn unless(cx: &mut Cx<'_>, node: &Node) -> Option<Unless> {
    let mut unless = Unless::default();
    if !matches!(node.kind, Kind::Map(_)) {
        unless.patterns = patterns(cx, Some(node), Pattern::exception)?;
        return Some(unless);
    }
    let fields = cx.fields(node, &EXCEPTIONS)?;
    let texts = patterns(cx, fields.get("text"), Pattern::exception);
    let before = patterns(cx, fields.get("before"), Pattern::before);
    let after = patterns(cx, fields.get("after"), Pattern::after);
    let marks: Vec<(&str, Marks)> = Marks::ALL.into_iter().map(|marks| (marks.word(), marks)).collect();
    for item in fields.get("inside").map(Node::items).unwrap_or_default() {
        unless.inside.push(cx.word(item, ("标点", "marks"), &marks)?);
    }
    unless.near = fields.texts(cx, "near");
    unless.patterns = texts?;
    unless.before = before?;
    unless.after = after?;
    Some(unless)
}

fn patterns(cx: &mut Cx<'_>, node: Option<&Node>, parse: fn(&str) -> Result<Pattern, Fault>) -> Option<Vec<Pattern>> {
    let mut patterns = Vec::new();
    for item in node.map(Node::items).unwrap_or_default() {
        let text = cx.text(item)?;
        patterns.push(cx.parsed(item, parse(text))?);
    }
    Some(patterns)
}
