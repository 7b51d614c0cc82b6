//! `when` and `needs`: which documents a rule is meant for, and what it can not do without.

use crate::fault::Fault;
use crate::form::Form;
use crate::rule::{Need, When, Years};
use crate::shape::KeyTie::SomeOf;
use crate::shape::Shape::{Either, Integer, Like, OneOrMore, Text};
use crate::shape::{Field, Map};
use crate::wire::{Cx, unknown};
use crate::yaml::Node;
use std::collections::BTreeSet;

/// A year, or a run of years with an end left out or not.
const YEARS: &str = r"^\s*([0-9]{4}|[0-9]{4}\s*\.\.|\.\.\s*[0-9]{4}|[0-9]{4}\s*\.\.\s*[0-9]{4})\s*$";

/// The keys of a `when`.
pub(super) static WHEN: Map = Map::tied(
    &[
        Field::may("form", OneOrMore(&Text), "表样的编号或种类，如 annual-report-2021", "forms"),
        Field::may(
            "year",
            OneOrMore(&Either(&[Integer, Like(YEARS)])),
            "报告的年份：2024、2021..2024、2021.. 或 ..2020",
            "years",
        ),
        Field::may("organ", OneOrMore(&Text), "机关的类别，如 government", "kinds of organs"),
    ],
    &[SomeOf(&["form", "year", "organ"])],
);

/// Reads a `when`.
pub(super) fn when(cx: &mut Cx<'_>, node: &Node, forms: &[Form]) -> When {
    let Some(fields) = cx.fields(node, &WHEN) else { return When::default() };
    if fields.pairs.is_empty() {
        cx.tell(Fault::new(node.span, "when 里要写 form、year、organ 之一", "`when` needs form, year or organ"));
    }
    let ids = fields.get("form").map(|node| ids(cx, node, forms)).unwrap_or_default();
    let items = fields.get("year").map(Node::items).unwrap_or_default();
    let years = items.iter().filter_map(|item| years(cx, item)).collect();
    let kinds: BTreeSet<&str> = forms
        .iter()
        .filter(|form| ids.is_empty() || ids.iter().any(|id| **id == *form.id))
        .flat_map(|form| form.organ_kinds.iter().map(|(kind, _)| kind.as_str()))
        .collect();
    let mut organs = Vec::new();
    for item in fields.get("organ").map(Node::items).unwrap_or_default() {
        let Some(word) = cx.text(item) else { continue };
        if !kinds.contains(word) {
            cx.tell(unknown(item.span, ("机关类别", "kind of organ"), word, kinds.iter().copied()));
        }
        organs.push(word.to_owned());
    }
    When { forms: ids, years, organs }
}

/// The ids of the forms; a kind stands for all its forms.
fn ids(cx: &mut Cx<'_>, node: &Node, forms: &[Form]) -> Vec<String> {
    let mut ids = Vec::new();
    for item in node.items() {
        let Some(word) = cx.text(item) else { continue };
        let found = forms.iter().filter(|form| &*form.id == word || form.kind == word);
        let before = ids.len();
        ids.extend(found.map(|form| form.id.to_string()));
        if ids.len() == before {
            cx.tell(unknown(item.span, ("表样", "form"), word, forms.iter().map(|form| &*form.id)));
        }
    }
    ids
}

/// `2024`, `2021..2024`, `2021..` or `..2020`.
fn years(cx: &mut Cx<'_>, node: &Node) -> Option<Years> {
    let text = cx.text(node)?;
    let read = |end: &str| match end.trim() {
        "" => Some(None),
        digits if digits.len() == 4 => digits.parse().ok().map(Some),
        _ => None,
    };
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    match (read(from), read(to)) {
        (Some(from), Some(to)) if (from.is_some() || to.is_some()) && from.zip(to).is_none_or(|(a, b)| a <= b) => {
            Some(Years { from, to })
        }
        _ => {
            cx.tell(Fault::new(node.span, format!("年份“{text}”不对"), format!("`{text}` is no year")).with_help(
                "写成 2024、2021..2024、2021.. 或 ..2020，也可以是它们的列表",
                "write 2024, 2021..2024, 2021.. or ..2020, or a list of these",
            ));
            None
        }
    }
}

/// Reads a `needs`.
pub(super) fn needs(cx: &mut Cx<'_>, node: &Node) -> Vec<Need> {
    node.items().iter().filter_map(|item| cx.word(item, ("条件", "need"), &Need::WORDS)).collect()
}
