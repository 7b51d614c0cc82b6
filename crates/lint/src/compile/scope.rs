//! Where a rule looks: words of `in`, names of the forms, and kinds of citations.

use super::layout::{LAYOUT, layout};
use crate::fault::Fault;
use crate::form::Form;
use crate::rule::{Binding, Cited, Find, Layout, Require, SCOPE_WORDS, Scope, ScopePart, Select, Verb, What};
use crate::shape::KeyTie::{NotBoth, OneOf};
use crate::shape::Shape::{self, Either, Map as Known, OneOrMore, Text, Word};
use crate::shape::{Field, Map};
use crate::wire::{Cx, Fields, unknown};
use crate::yaml::{Kind, Node};
use gouji_core::citation::{self, Stands};

/// What one item of an `in` may be.
pub(super) static PLACE: Shape = Either(&[Text, Known(&MAP)]);

/// An item that is a map: a table of the rule's own, or kinds of citations.
pub(super) static MAP: Map = Map::tied(
    &[
        Field::may("table", Known(&LAYOUT), "规则自己描述的表", "a table of the rule's own"),
        Field::may("citation", OneOrMore(&Word(kind_words)), "只看引文中的这几种编号", "only numbers of these kinds"),
        Field::may(
            "stands",
            OneOrMore(&Word(stand_words)),
            "只看与标题这样相连的",
            "only those that stand so to titles",
        ),
    ],
    &[OneOf(&["table", "citation"]), NotBoth("table", "stands")],
);

fn kind_words() -> Vec<&'static str> {
    citation::Kind::ALL.map(citation::Kind::word).to_vec()
}

fn stand_words() -> Vec<&'static str> {
    Stands::ALL.map(Stands::word).to_vec()
}

/// Reads an `in`: words, at most one table that the rule describes itself, and kinds of citations.
pub(super) fn scope(cx: &mut Cx<'_>, node: &Node, forms: &[&Form]) -> (Scope, Option<Layout>) {
    let (maps, words): (Vec<&Node>, Vec<&Node>) =
        node.items().iter().partition(|item| matches!(item.kind, Kind::Map(_)));
    let (own, narrow): (Vec<&Node>, Vec<&Node>) = maps.into_iter().partition(|map| is_layout(map));
    let parts: Vec<ScopePart> = words.into_iter().filter_map(|item| part(cx, item, forms)).collect();
    let is_table = |part: &ScopePart| matches!(part, ScopePart::Table(_));
    if let Some(second) = own.get(usize::from(!parts.iter().any(is_table))) {
        cx.tell(Fault::new(second.span, "in 里已有别的表", "`in` names another table already").with_help(
            "一条规则看一张自己描述的表；格式里的表在 let 里用 in 指出",
            "a rule looks at one table of its own; those of the form are named in `let` by `in`",
        ));
    }
    if let Some(second) = narrow.get(1) {
        cx.tell(Fault::new(second.span, "in 里已有 citation", "`in` has a `citation` already").with_help(
            "几种编号写成一个列表：{citation: [document, order]}",
            "several kinds are one list: {citation: [document, order]}",
        ));
    }
    let cited = narrow.first().and_then(|node| cited(cx, node));
    (Scope { parts, cited }, own.first().and_then(|node| layout(cx, node)))
}

/// Whether a map describes a table; one with a slip in its key does as well.
fn is_layout(map: &Node) -> bool {
    map.get("table").is_some() || (map.get("citation").is_none() && map.get("stands").is_none())
}

/// Reads `{citation: …, stands: …}`.
fn cited(cx: &mut Cx<'_>, node: &Node) -> Option<Cited> {
    let fields = cx.fields(node, &MAP)?;
    let kinds_node = fields.need(cx, "citation")?;
    let kinds = citation::Kind::ALL.map(|kind| (kind.word(), kind));
    let kinds: Vec<_> =
        kinds_node.items().iter().filter_map(|item| cx.word(item, ("编号种类", "kind of number"), &kinds)).collect();
    if kinds_node.items().is_empty() {
        cx.tell(
            Fault::new(kinds_node.span, "citation 里没有种类", "`citation` names no kind").expecting("", kind_words()),
        );
    }
    let stands = Stands::ALL.map(|stands| (stands.word(), stands));
    let items = fields.get("stands").map(Node::items).unwrap_or_default();
    let stands = items.iter().filter_map(|item| cx.word(item, ("位置", "position"), &stands)).collect();
    Some(Cited { kinds, stands })
}

/// Kinds of citations are for rules that search text: cells, facts and parts of a form lie in none.
pub(super) fn check_cited(cx: &mut Cx<'_>, fields: Fields<'_>, scope: &Scope, verb: &Verb, bindings: &[Binding]) {
    let searches = match verb {
        Verb::Find(Find { what, .. }) => !matches!(what, What::Facts(_)),
        Verb::Require(Require { text, .. }) => text.is_some(),
        Verb::Assert(_) => bindings.iter().any(|own| matches!(own.select, Select::Number(_) | Select::Text(_))),
        Verb::Script(_) => true,
    };
    if let (Some(_), Some((key, _)), false) = (&scope.cited, fields.pair("in"), searches) {
        cx.tell(Fault::new(
            key.span,
            "in 里的 citation 只能与查找文字的规则同用",
            "`citation` in `in` goes with rules that search text",
        ));
    }
}

/// A table of the rule's own is for assertions: the other verbs do not look at cells by label.
pub(super) fn check_layout(cx: &mut Cx<'_>, fields: Fields<'_>, layout: Option<&Layout>, verb: &Verb) {
    if let (Some(_), Some((key, _)), false) = (layout, fields.pair("in"), matches!(verb, Verb::Assert(_))) {
        cx.tell(Fault::new(
            key.span,
            format!("in 里的 table: {{…}} 只能与 assert 同用，这里是 {}", verb.word()),
            format!("`table: {{…}}` in `in` goes with assert only, not with {}", verb.word()),
        ));
    }
}

fn part(cx: &mut Cx<'_>, node: &Node, forms: &[&Form]) -> Option<ScopePart> {
    let word = cx.text(node)?;
    let kind = SCOPE_WORDS.iter().find(|(own, _)| *own == word).map(|(_, part)| part.clone());
    let found = kind
        .or_else(|| forms.iter().any(|form| form.table(word).is_some()).then(|| ScopePart::Table(word.to_owned())))
        .or_else(|| section(word, forms));
    if found.is_none() {
        let words = SCOPE_WORDS.iter().map(|(own, _)| *own);
        let tables = forms.iter().flat_map(|form| form.tables.iter().map(|table| table.name.as_str()));
        let mut known: Vec<&str> = words.chain(tables).chain(section_names(forms)).collect();
        let mut seen = std::collections::BTreeSet::new();
        known.retain(|name| seen.insert(*name));
        cx.tell(unknown(node.span, ("范围", "scope"), word, known));
    }
    found
}

/// The section or part with a short name.
pub(super) fn section(word: &str, forms: &[&Form]) -> Option<ScopePart> {
    if forms.iter().any(|form| form.section(word).is_some()) {
        return Some(ScopePart::Section(word.to_owned()));
    }
    forms.iter().any(|form| form.part(word).is_some()).then(|| ScopePart::Part(word.to_owned()))
}

/// The short names of all sections and parts.
pub(super) fn section_names<'f>(forms: &[&'f Form]) -> Vec<&'f str> {
    let mut names = Vec::new();
    for section in forms.iter().flat_map(|form| &form.sections) {
        for name in std::iter::once(&section.name).chain(section.parts.iter().map(|part| &part.name)) {
            if !names.contains(&name.as_str()) {
                names.push(name.as_str());
            }
        }
    }
    names
}
