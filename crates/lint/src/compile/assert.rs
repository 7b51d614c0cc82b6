//! `assert`: an expression over the names of `let`.

use crate::expr::{Arity, Expr};
use crate::rule::{Assert, Binding, Each};
use crate::wire::Cx;
use crate::yaml::Node;

/// The names of a rule that an expression may use.
#[derive(Clone, Copy)]
pub(super) struct Bound<'a> {
    pub(super) bindings: &'a [Binding],
    pub(super) each: Option<&'a Each>,
    /// Whether every binding could be read; if not, an unknown name has its cause there.
    pub(super) complete: bool,
}

impl Bound<'_> {
    /// Each name with how many things it stands for in one repetition.
    fn arities(&self) -> Vec<(&str, Arity)> {
        let arity = |binding: &Binding| {
            let current = matches!(self.each, Some(Each::Name(name)) if *name == binding.name);
            if binding.is_many() && !current { Arity::Many } else { Arity::One }
        };
        self.bindings.iter().map(|binding| (binding.name.as_str(), arity(binding))).collect()
    }
}

/// Reads an `assert`.
pub(super) fn assert(cx: &mut Cx<'_>, node: &Node, bound: Bound<'_>) -> Option<Assert> {
    let text = cx.text(node)?;
    let expr = cx.parsed(node, Expr::parse(text))?;
    if !bound.complete {
        return None;
    }
    if let Err(faults) = expr.check(&bound.arities()) {
        for fault in faults {
            cx.tell_in(node, fault);
        }
        return None;
    }
    let comparison = expr.comparison();
    Some(Assert { expr, comparison })
}
