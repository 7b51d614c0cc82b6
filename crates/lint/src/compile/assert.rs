//! `assert`: an expression over the names of `let`.

use super::param::Declared;
use crate::expr::{Arity, Closeness, Constant, Expr, Op};
use crate::fault::Fault;
use crate::rule::{Assert, Binding, Each, OnBlank, ParamKind, ParamValue};
use crate::wire::{Cx, Fields};
use crate::yaml::{Key, Node};
use gouji_core::text::Span;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The names of a rule that an expression may use.
#[derive(Clone, Copy)]
pub(super) struct Bound<'a> {
    pub(super) bindings: &'a [Binding],
    pub(super) each: Option<&'a Each>,
    pub(super) params: &'a Declared<'a>,
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
        let bindings = self.bindings.iter().map(|binding| (binding.name.as_str(), arity(binding)));
        bindings.chain(self.params.names().map(|name| (name, Arity::One))).collect()
    }
}

/// Reads an `assert` with its companions.
pub(super) fn assert(cx: &mut Cx<'_>, fields: Fields<'_>, node: &Node, bound: Bound<'_>) -> Option<Assert> {
    let closeness = closeness(cx, fields);
    let blank = fields.get("blank").and_then(|node| cx.word(node, ("空格的处理", "way with blanks"), &ON_BLANK));
    let text = cx.text(node)?;
    let expr = cx.parsed(node, Expr::parse(text))?;
    if !bound.complete {
        return None;
    }
    let mut constants = BTreeMap::new();
    for (name, span) in expr.uses() {
        let Some(param) = bound.params.get(name) else { continue };
        match &param.value {
            ParamValue::Text(text) => constants.insert(name.to_owned(), Constant::Text(text.clone())),
            value => match value.number() {
                Some(number) => constants.insert(name.to_owned(), Constant::Number(number)),
                None => {
                    cx.tell_in(node, no_operand(name, param.kind, span));
                    return None;
                }
            },
        };
    }
    let expr = expr.settled(|name| constants.get(name).cloned());
    if let Err(faults) = expr.check(&bound.arities()) {
        for fault in faults {
            cx.tell_in(node, fault);
        }
        return None;
    }
    let comparison = expr.comparison();
    if let Some((key, _)) = closeness
        && !comparison.as_ref().is_some_and(|comparison| matches!(comparison.op, Op::Eq | Op::Le | Op::Ge))
    {
        cx.tell(
            Fault::new(
                key.span,
                format!("{} 只能用于 ==、<=、>= 的比较", key.name),
                format!("`{}` goes with a comparison by ==, <= or >=", key.name),
            )
            .with_help("算式最外层要是这样一个比较", "the whole expression has to be one"),
        );
    }
    if let (Some(OnBlank::Zero), Some((key, _)), true) = (blank, fields.pair("blank"), expr.asks_for_blanks()) {
        cx.tell(Fault::new(
            key.span,
            "写了 blank: zero 就没有空格了，blank() 总不成立",
            "with `blank: zero` nothing is blank, and blank() never holds",
        ));
    }
    let closeness = closeness.map(|(_, closeness)| closeness).unwrap_or_default();
    Some(Assert { expr, comparison, closeness, blank: blank.unwrap_or_default() })
}

pub(super) const ON_BLANK: [(&str, OnBlank); 3] =
    [("undetermined", OnBlank::Undetermined), ("zero", OnBlank::Zero), ("error", OnBlank::Error)];

/// The most decimals of `round`, and of a tolerance: sums of any table stay exact with it.
pub(super) const MAX_PLACES: u32 = 12;

/// `tolerance` or `round`, with its key.
fn closeness<'n>(cx: &mut Cx<'_>, fields: Fields<'n>) -> Option<(&'n Key, Closeness)> {
    match (fields.pair("tolerance"), fields.pair("round")) {
        (Some(_), Some((key, _))) => {
            cx.tell(Fault::new(key.span, "tolerance 和 round 只能写一个", "either `tolerance` or `round`, not both"));
            None
        }
        (Some((key, node)), None) => Some((key, tolerance(cx, node)?)),
        (None, Some((key, node))) => {
            let places: u32 = cx.integer(node)?;
            if places > MAX_PLACES {
                cx.tell(Fault::new(
                    node.span,
                    format!("round 是小数位数，最多 {MAX_PLACES}"),
                    format!("`round` is a number of decimals, at most {MAX_PLACES}"),
                ));
            }
            Some((key, Closeness::Rounded(places)))
        }
        (None, None) => None,
    }
}

fn tolerance(cx: &mut Cx<'_>, node: &Node) -> Option<Closeness> {
    let text = cx.text(node)?.trim();
    let percent = text.strip_suffix(['%', '％']);
    let number = Decimal::from_str_exact(percent.unwrap_or(text).trim()).ok();
    let fits = |number: &Decimal| {
        !number.is_sign_negative() && number.scale() <= MAX_PLACES && *number < Decimal::from(10u64.pow(MAX_PLACES))
    };
    let Some(number) = number.filter(fits) else {
        cx.tell(
            Fault::new(
                node.span,
                format!("误差“{text}”要写成不小于 0 的数"),
                format!("the tolerance `{text}` must be a number, not below 0"),
            )
            .with_help("例如 0.5 或 0.5%", "such as 0.5 or 0.5%"),
        );
        return None;
    };
    Some(match percent {
        Some(_) => Closeness::Fraction(number * Decimal::new(1, 2)),
        None => Closeness::Within(number),
    })
}

fn no_operand(name: &str, kind: ParamKind, span: Span) -> Fault {
    let word = kind.word();
    Fault::new(
        span,
        format!("参数“{name}”的类型是 {word}，不能写在算式里"),
        format!("the parameter `{name}` is of the type {word} and has no place in an expression"),
    )
    .with_help("算式里可以用 integer、decimal、text", "expressions take integer, decimal and text")
}
