//! What can be said of an expression without a document: its names, their use, its linear form.

use super::{Arithmetic, Expr, Function, Kind, Node};
use crate::fault::Fault;
use gouji_core::text::Span;
use rust_decimal::Decimal;

/// How many things a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// One.
    One,
    /// Any number.
    Many,
}

/// A sum of names with factors: every cell of a name counts with the name's factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linear {
    /// Each name once, with its factor, in order of first use.
    pub terms: Vec<(String, Decimal)>,
    /// What is added to them.
    pub constant: Decimal,
}

impl Expr {
    /// Every name with its place in the source, in order; doubles included.
    #[must_use]
    pub fn uses(&self) -> Vec<(&str, Span)> {
        let mut uses = Vec::new();
        visit(&self.node, &mut |node| {
            if let Kind::Name(name) = &node.kind {
                uses.push((name.as_str(), node.span));
            }
        });
        uses
    }

    /// Every name once, in order of first use.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in self.uses() {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Checks the names against those that are known (with their arity), and that the whole is true or false.
    ///
    /// # Errors
    /// Each fault points into the source.
    pub fn check(&self, known: &[(&str, Arity)]) -> Result<(), Vec<Fault>> {
        let mut faults = Vec::new();
        names(&self.node, known, &mut faults);
        if faults.is_empty() {
            expect(&self.node, Type::Bool, &mut faults);
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// As a sum of names with factors, where it is one.
    pub(crate) fn linear(&self) -> Option<Linear> {
        linear(&self.node)
    }
}

pub(super) fn visit<'a>(node: &'a Node, on: &mut dyn FnMut(&'a Node)) {
    on(node);
    match &node.kind {
        Kind::Number(_) | Kind::Text(_) | Kind::Name(_) => {}
        Kind::Negate(inner) | Kind::Not(inner) => visit(inner, on),
        Kind::Arithmetic(_, left, right)
        | Kind::Compare(_, left, right)
        | Kind::And(left, right)
        | Kind::Or(left, right) => {
            visit(left, on);
            visit(right, on);
        }
        Kind::Within(value, low, high) => {
            visit(value, on);
            visit(low, on);
            visit(high, on);
        }
        Kind::Call(_, args) => args.iter().for_each(|arg| visit(arg, on)),
    }
}

/// Unknown names, and names of many outside of what takes many.
fn names(node: &Node, known: &[(&str, Arity)], faults: &mut Vec<Fault>) {
    let mut taken: Vec<Span> = Vec::new();
    visit(node, &mut |node| match &node.kind {
        Kind::Call(function, args) if function.takes_many() => {
            taken.extend(args.iter().filter(|arg| matches!(arg.kind, Kind::Name(_))).map(|arg| arg.span));
        }
        Kind::Name(name) => match known.iter().find(|(one, _)| one == name) {
            None => faults.push(
                Fault::new(node.span, format!("let 里没有“{name}”"), format!("`{name}` is not in `let`"))
                    .expecting(name, known.iter().map(|(one, _)| *one)),
            ),
            Some((_, Arity::Many)) if !taken.contains(&node.span) => faults.push(
                Fault::new(
                    node.span,
                    format!("“{name}”对应多个数，不能直接参加运算"),
                    format!("`{name}` stands for many numbers and can not be used as one"),
                )
                .with_help(
                    format!("写成 sum({name})、count({name})、min({name}) 或 max({name})"),
                    format!("write sum({name}), count({name}), min({name}) or max({name})"),
                ),
            ),
            Some(_) => {}
        },
        _ => {}
    });
}

/// What an operator needs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Number,
    Bool,
}

fn is_bool(node: &Node) -> bool {
    matches!(
        node.kind,
        Kind::Not(_)
            | Kind::Compare(..)
            | Kind::And(..)
            | Kind::Or(..)
            | Kind::Within(..)
            | Kind::Call(Function::Blank | Function::Found, _)
    )
}

fn expect(node: &Node, wanted: Type, faults: &mut Vec<Fault>) {
    match (wanted, is_bool(node)) {
        (Type::Bool, false) => {
            faults.push(Fault::new(
                node.span,
                "这里要一个比较或判断，而不是一个数",
                "a comparison is needed here, not a number",
            ));
            return;
        }
        (Type::Number, true) => {
            faults.push(Fault::new(
                node.span,
                "这里要一个数，而不是一个判断",
                "a number is needed here, not a condition",
            ));
            return;
        }
        (Type::Number, false) if matches!(node.kind, Kind::Text(_)) => {
            faults.push(Fault::new(node.span, "这里要一个数，而不是一段文字", "a number is needed here, not a text"));
            return;
        }
        _ => {}
    }
    match &node.kind {
        Kind::Number(_) | Kind::Text(_) | Kind::Name(_) => {}
        Kind::Negate(inner) => expect(inner, Type::Number, faults),
        Kind::Not(inner) => expect(inner, Type::Bool, faults),
        Kind::And(left, right) | Kind::Or(left, right) => {
            expect(left, Type::Bool, faults);
            expect(right, Type::Bool, faults);
        }
        Kind::Arithmetic(_, left, right) => {
            expect(left, Type::Number, faults);
            expect(right, Type::Number, faults);
        }
        Kind::Compare(_, left, right) => {
            let wanted = if is_bool(left) && is_bool(right) { Type::Bool } else { Type::Number };
            for side in [left, right] {
                if !matches!(side.kind, Kind::Text(_)) {
                    expect(side, wanted, faults);
                }
            }
        }
        Kind::Within(value, low, high) => [value, low, high].iter().for_each(|part| expect(part, Type::Number, faults)),
        Kind::Call(_, args) => args.iter().for_each(|arg| expect(arg, Type::Number, faults)),
    }
}

fn linear(node: &Node) -> Option<Linear> {
    let constant = |constant| Linear { terms: Vec::new(), constant };
    match &node.kind {
        Kind::Number(number) => Some(constant(*number)),
        Kind::Name(name) => Some(Linear { terms: vec![(name.clone(), Decimal::ONE)], constant: Decimal::ZERO }),
        Kind::Negate(inner) => scale(linear(inner)?, -Decimal::ONE),
        Kind::Call(Function::Sum, args) => {
            args.iter().map(linear).try_fold(constant(Decimal::ZERO), |sum, arg| add(sum, arg?))
        }
        Kind::Arithmetic(op, left, right) => {
            let (left, right) = (linear(left)?, linear(right)?);
            match op {
                Arithmetic::Add => add(left, right),
                Arithmetic::Subtract => add(left, scale(right, -Decimal::ONE)?),
                Arithmetic::Multiply if right.terms.is_empty() => scale(left, right.constant),
                Arithmetic::Multiply if left.terms.is_empty() => scale(right, left.constant),
                Arithmetic::Divide if right.terms.is_empty() => {
                    let factor = Decimal::ONE.checked_div(right.constant)?;
                    // A third has no exact decimal: not linear in exact numbers.
                    (factor.checked_mul(right.constant)? == Decimal::ONE).then_some(())?;
                    scale(left, factor)
                }
                Arithmetic::Multiply | Arithmetic::Divide => None,
            }
        }
        _ => None,
    }
}

fn scale(mut of: Linear, by: Decimal) -> Option<Linear> {
    of.constant = of.constant.checked_mul(by)?;
    for (_, factor) in &mut of.terms {
        *factor = factor.checked_mul(by)?;
    }
    Some(of)
}

fn add(mut left: Linear, right: Linear) -> Option<Linear> {
    left.constant = left.constant.checked_add(right.constant)?;
    for (name, factor) in right.terms {
        match left.terms.iter_mut().find(|(own, _)| *own == name) {
            Some((_, own)) => *own = own.checked_add(factor)?,
            None => left.terms.push((name, factor)),
        }
    }
    Some(left)
}
