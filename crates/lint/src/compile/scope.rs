//! Where a rule looks: words of `in` and names of the forms.

use super::layout::{OWN, layout};
use crate::fault::Fault;
use crate::form::Form;
use crate::rule::{Layout, SCOPE_WORDS, Scope, ScopePart, Verb};
use crate::shape::Shape::{self, Either, Map as Known, Text};
use crate::wire::{Cx, Fields, unknown};
use crate::yaml::{Kind, Node};

/// What one item of an `in` may be.
pub(super) static PLACE: Shape = Either(&[Text, Known(&OWN)]);

/// Reads an `in`: words, and at most one table that the rule describes itself.
pub(super) fn scope(cx: &mut Cx<'_>, node: &Node, forms: &[&Form]) -> (Scope, Option<Layout>) {
    let (own, words): (Vec<&Node>, Vec<&Node>) =
        node.items().iter().partition(|item| matches!(item.kind, Kind::Map(_)));
    let parts: Vec<ScopePart> = words.into_iter().filter_map(|item| part(cx, item, forms)).collect();
    let is_table = |part: &ScopePart| matches!(part, ScopePart::Table(_));
    if let Some(second) = own.get(usize::from(!parts.iter().any(is_table))) {
        cx.tell(Fault::new(second.span, "in 里已有别的表", "`in` names another table already").with_help(
            "一条规则看一张自己描述的表；格式里的表在 let 里用 in 指出",
            "a rule looks at one table of its own; those of the form are named in `let` by `in`",
        ));
    }
    (Scope { parts }, own.first().and_then(|node| layout(cx, node)))
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
