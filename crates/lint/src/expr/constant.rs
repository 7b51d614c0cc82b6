//! Names that stand for the same value in every document.

use super::{Expr, Kind, Node};
use rust_decimal::Decimal;

/// A value that is known when the rule is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constant {
    /// A number.
    Number(Decimal),
    /// A text, to compare with.
    Text(String),
}

impl Expr {
    /// The same with every name that `value` knows replaced by what it stands for.
    #[must_use]
    pub fn settled(mut self, value: impl Fn(&str) -> Option<Constant>) -> Self {
        settle(&mut self.node, &value);
        self
    }
}

fn settle(node: &mut Node, value: &impl Fn(&str) -> Option<Constant>) {
    match &mut node.kind {
        Kind::Number(_) | Kind::Text(_) => {}
        Kind::Name(name) => match value(name) {
            Some(Constant::Number(number)) => node.kind = Kind::Number(number),
            Some(Constant::Text(text)) => node.kind = Kind::Text(text),
            None => {}
        },
        Kind::Negate(inner) | Kind::Not(inner) => settle(inner, value),
        Kind::Arithmetic(_, left, right)
        | Kind::Compare(_, left, right)
        | Kind::And(left, right)
        | Kind::Or(left, right) => [left, right].into_iter().for_each(|side| settle(side, value)),
        Kind::Within(inner, low, high) => [inner, low, high].into_iter().for_each(|part| settle(part, value)),
        Kind::Call(_, args) => args.iter_mut().for_each(|arg| settle(arg, value)),
    }
}
