//! Where a rule looks: words of `in` and names of the forms.

use crate::form::Form;
use crate::rule::{SCOPE_WORDS, Scope, ScopePart};
use crate::wire::{Cx, unknown};
use crate::yaml::Node;

/// Reads an `in`.
pub(super) fn scope(cx: &mut Cx<'_>, node: &Node, forms: &[&Form]) -> Scope {
    let items = cx.list(node);
    let parts = items.into_iter().filter_map(|item| part(cx, item, forms)).collect();
    Scope { parts }
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
