//! The names that a rule's templates may use.

use crate::fault::Fault;
use crate::rule::{Binding, Verb, What};
use crate::template::{Facet, Slot, Template};
use crate::wire::{Cx, unknown};
use crate::yaml::Node;
use gouji_core::text::Span;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Names that every finding has.
const COMMON: [&str; 7] = ["text", "table", "section", "year", "organ", "row", "col"];

/// The names that a verb and its bindings give.
pub(super) struct Names<'a> {
    /// Captures and bindings: things with a place.
    placed: Vec<&'a str>,
    /// Bindings: things with facets.
    bound: Vec<&'a str>,
    /// Words without a place.
    reserved: Vec<&'static str>,
    /// Parameters: they are in place already, so a slip of one is all that is left to be told.
    params: Vec<&'a str>,
    used: RefCell<BTreeSet<String>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(verb: &'a Verb, bindings: &'a [Binding], params: impl Iterator<Item = &'a str>) -> Self {
        let bound: Vec<&str> = bindings.iter().map(|binding| binding.name.as_str()).collect();
        let mut placed = bound.clone();
        let mut reserved = COMMON.to_vec();
        match verb {
            Verb::Find(find) => match &find.what {
                What::Pattern(pattern) => placed.extend(pattern.names().iter().map(String::as_str)),
                What::Words(_) => reserved.push("right"),
                What::Facts(_) => reserved.push("expected"),
            },
            Verb::Require(_) => reserved.extend(["item", "after"]),
            Verb::Assert(assert) if assert.comparison.is_some() => reserved.extend(["lhs", "rhs", "delta"]),
            Verb::Assert(_) | Verb::Script(_) => {}
        }
        Self { placed, bound, reserved, params: params.collect(), used: RefCell::default() }
    }

    /// Whether it is the name of a capture or binding.
    pub(super) fn has_place(&self, name: &str) -> bool {
        self.placed.contains(&name)
    }

    /// Whether a template, label or place used the name.
    pub(super) fn was_used(&self, name: &str) -> bool {
        self.used.borrow().contains(name)
    }

    /// Parses a template and checks its names.
    pub(super) fn template(&self, cx: &mut Cx<'_>, node: &Node) -> Option<Template> {
        let template = cx.template(node)?;
        let mut right = true;
        for slot in template.slots() {
            if let Some(fault) = self.fault(slot) {
                cx.tell_in(node, fault);
                right = false;
            }
        }
        right.then_some(template)
    }

    /// Checks a name that has to have a place: a capture or binding.
    pub(super) fn check_place(&self, cx: &mut Cx<'_>, span: Span, name: &str) {
        self.used.borrow_mut().insert(name.to_owned());
        if !self.placed.contains(&name) {
            cx.tell(unknown(span, ("名字", "name"), name, self.placed.iter().copied()));
        }
    }

    fn fault(&self, slot: &Slot) -> Option<Fault> {
        let name = slot.name.as_str();
        self.used.borrow_mut().insert(name.to_owned());
        let known = || self.placed.iter().chain(&self.reserved).copied();
        if !known().any(|own| own == name) {
            return Some(
                Fault::new(
                    slot.span,
                    format!("模板里的“{name}”没有来历"),
                    format!("`{name}` is nothing this template could be filled with"),
                )
                .expecting(name, known().chain(self.params.iter().copied())),
            );
        }
        let has_facets = match slot.facet {
            Facet::Value => true,
            Facet::Abs => name == "delta" || self.bound.contains(&name),
            Facet::Text => self.placed.contains(&name),
            Facet::Label | Facet::Row | Facet::Col => self.bound.contains(&name),
        };
        (!has_facets).then(|| {
            Fault::new(
                slot.span,
                format!("“{name}”没有这种写法，只能写 <{name}>"),
                format!("only `<{name}>` can be had of `{name}`"),
            )
        })
    }
}
