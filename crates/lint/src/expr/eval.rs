//! Judging an expression: exact, three-valued; what is blank, unreadable or out of range makes it undetermined.

use super::{Arithmetic, Expr, Function, Kind, Node, Op};
use rust_decimal::{Decimal, RoundingStrategy};
use std::cmp::Ordering;

/// What a name stands for in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// One thing.
    One(Datum),
    /// Many, in order; may be empty.
    Many(Vec<Datum>),
}

/// A cell's or mention's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datum {
    /// A number.
    Number(Decimal),
    /// A blank cell or one with a mark such as `/`.
    Blank,
    /// Something that holds no number where one belongs.
    Unreadable,
    /// Words (of a text binding).
    Text(String),
    /// Nothing stands there: the row, column or mention does not exist.
    Absent,
}

/// What an expression asks for its names.
pub trait Lookup {
    /// What a name stands for. Only names of the rule's bindings are asked for.
    fn get(&self, name: &str) -> Bound;
}

impl<F: Fn(&str) -> Bound> Lookup for F {
    fn get(&self, name: &str) -> Bound {
        self(name)
    }
}

/// The outcome of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// It can not be told, because of these; never empty, no doubles, in the order of the expression.
    Undetermined(Vec<Gap>),
}

/// Why something can not be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The name it is about; empty where it is about the arithmetic.
    pub name: String,
    /// Why.
    pub why: Why,
}

/// The kinds of [`Gap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A blank cell.
    Blank,
    /// A cell without a number, or a text where a number belongs.
    Unreadable,
    /// Nothing stands there.
    Absent,
    /// Larger than 28 digits.
    Overflow,
    /// A division by zero.
    DivisionByZero,
}

impl Expr {
    /// Whether the expression holds.
    #[must_use]
    pub fn truth(&self, lookup: &dyn Lookup) -> Truth {
        match eval(&self.node, lookup) {
            Ok(Value::Bool(true)) => Truth::True,
            Ok(Value::Bool(false)) => Truth::False,
            Ok(_) => Truth::Undetermined(gap("", Why::Unreadable)),
            Err(gaps) => Truth::Undetermined(gaps),
        }
    }

    /// The value of a side, as a number.
    ///
    /// # Errors
    /// Why it has none: never empty.
    pub fn number(&self, lookup: &dyn Lookup) -> Result<Decimal, Vec<Gap>> {
        number(&self.node, lookup)
    }
}

pub(super) type Judged<T> = Result<T, Vec<Gap>>;

/// A value in the middle of things.
enum Value {
    Number(Decimal),
    Bool(bool),
    Text(String),
}

pub(super) fn gap(name: &str, why: Why) -> Vec<Gap> {
    vec![Gap { name: name.to_owned(), why }]
}

/// Gaps of both, without doubles.
fn merge(mut left: Vec<Gap>, right: Vec<Gap>) -> Vec<Gap> {
    for gap in right {
        if !left.contains(&gap) {
            left.push(gap);
        }
    }
    left
}

/// Both, or the gaps of both.
pub(super) fn both<A, B>(left: Judged<A>, right: Judged<B>) -> Judged<(A, B)> {
    match (left, right) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(a), Err(b)) => Err(merge(a, b)),
        (Err(gaps), Ok(_)) | (Ok(_), Err(gaps)) => Err(gaps),
    }
}

fn eval(node: &Node, lookup: &dyn Lookup) -> Judged<Value> {
    match &node.kind {
        Kind::Number(number) => Ok(Value::Number(*number)),
        Kind::Text(text) => Ok(Value::Text(text.clone())),
        Kind::Name(name) => match lookup.get(name) {
            Bound::One(datum) => value(name, datum),
            // The check at load keeps names of many out of here.
            Bound::Many(_) => Err(gap(name, Why::Unreadable)),
        },
        Kind::Negate(inner) => Ok(Value::Number(-number(inner, lookup)?)),
        Kind::Not(inner) => Ok(Value::Bool(!truth(inner, lookup)?)),
        Kind::Arithmetic(op, left, right) => {
            let (left, right) = both(number(left, lookup), number(right, lookup))?;
            arithmetic(*op, left, right).map(Value::Number)
        }
        Kind::Compare(op, left, right) => {
            let (left, right) = both(eval(left, lookup), eval(right, lookup))?;
            compare(*op, &left, &right).map(Value::Bool)
        }
        Kind::And(left, right) => junction(truth(left, lookup), truth(right, lookup), false),
        Kind::Or(left, right) => junction(truth(left, lookup), truth(right, lookup), true),
        Kind::Within(value, low, high) => {
            let (value, (low, high)) = both(number(value, lookup), both(number(low, lookup), number(high, lookup)))?;
            Ok(Value::Bool(low <= value && value <= high))
        }
        Kind::Call(function, args) => call(*function, args, lookup),
    }
}

fn value(name: &str, datum: Datum) -> Judged<Value> {
    match datum {
        Datum::Number(number) => Ok(Value::Number(number)),
        Datum::Text(text) => Ok(Value::Text(text)),
        Datum::Blank => Err(gap(name, Why::Blank)),
        Datum::Unreadable => Err(gap(name, Why::Unreadable)),
        Datum::Absent => Err(gap(name, Why::Absent)),
    }
}

fn number(node: &Node, lookup: &dyn Lookup) -> Judged<Decimal> {
    match eval(node, lookup)? {
        Value::Number(number) => Ok(number),
        Value::Bool(_) | Value::Text(_) => Err(gap(name_of(node), Why::Unreadable)),
    }
}

fn truth(node: &Node, lookup: &dyn Lookup) -> Judged<bool> {
    match eval(node, lookup)? {
        Value::Bool(truth) => Ok(truth),
        Value::Number(_) | Value::Text(_) => Err(gap(name_of(node), Why::Unreadable)),
    }
}

fn name_of(node: &Node) -> &str {
    match &node.kind {
        Kind::Name(name) => name,
        _ => "",
    }
}

/// `and` for `deciding` false, `or` for true: one deciding side settles it, whatever the other is.
fn junction(left: Judged<bool>, right: Judged<bool>, deciding: bool) -> Judged<Value> {
    if left.as_ref() == Ok(&deciding) || right.as_ref() == Ok(&deciding) {
        return Ok(Value::Bool(deciding));
    }
    both(left, right).map(|_| Value::Bool(!deciding))
}

fn arithmetic(op: Arithmetic, left: Decimal, right: Decimal) -> Judged<Decimal> {
    let result = match op {
        Arithmetic::Add => left.checked_add(right),
        Arithmetic::Subtract => left.checked_sub(right),
        Arithmetic::Multiply => left.checked_mul(right),
        Arithmetic::Divide if right.is_zero() => return Err(gap("", Why::DivisionByZero)),
        Arithmetic::Divide => left.checked_div(right),
    };
    result.ok_or_else(|| gap("", Why::Overflow))
}

fn compare(op: Op, left: &Value, right: &Value) -> Judged<bool> {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.cmp(right),
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        _ => return Err(gap("", Why::Unreadable)),
    };
    Ok(match op {
        Op::Eq => order == Ordering::Equal,
        Op::Ne => order != Ordering::Equal,
        Op::Lt => order == Ordering::Less,
        Op::Le => order != Ordering::Greater,
        Op::Gt => order == Ordering::Greater,
        Op::Ge => order != Ordering::Less,
    })
}

fn call(function: Function, args: &[Node], lookup: &dyn Lookup) -> Judged<Value> {
    // The parser gives every function its one argument, and `round` its two.
    match function {
        Function::Abs => Ok(Value::Number(number(&args[0], lookup)?.abs())),
        Function::Round => {
            let (value, places) = both(number(&args[0], lookup), number(&args[1], lookup))?;
            let places = u32::try_from(places).map_err(|_| gap("", Why::Overflow))?;
            Ok(Value::Number(value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)))
        }
        Function::Blank => {
            let data = data(&args[0], lookup)?;
            Ok(Value::Bool(data.iter().all(|(_, datum)| *datum == Datum::Blank) && !data.is_empty()))
        }
        Function::Found => {
            let data = data(&args[0], lookup)?;
            Ok(Value::Bool(data.iter().any(|(_, datum)| *datum != Datum::Absent)))
        }
        Function::Count => {
            let data = data(&args[0], lookup)?;
            let n_there = data.iter().filter(|(_, datum)| *datum != Datum::Absent).count();
            Ok(Value::Number(Decimal::from(n_there)))
        }
        Function::Sum | Function::Min | Function::Max => fold(function, args, lookup),
    }
}

/// The sum, least or greatest of all arguments together.
fn fold(function: Function, args: &[Node], lookup: &dyn Lookup) -> Judged<Value> {
    let mut numbers = Vec::new();
    let mut gaps = Vec::new();
    for arg in args {
        for (name, datum) in data(arg, lookup)? {
            match value(&name, datum) {
                Ok(Value::Number(number)) => numbers.push(number),
                Ok(_) => gaps = merge(gaps, gap(&name, Why::Unreadable)),
                Err(more) => gaps = merge(gaps, more),
            }
        }
    }
    if !gaps.is_empty() {
        return Err(gaps);
    }
    let result = match function {
        Function::Min => numbers.iter().min().copied().ok_or(Why::Absent),
        Function::Max => numbers.iter().max().copied().ok_or(Why::Absent),
        _ => numbers.iter().try_fold(Decimal::ZERO, |sum, number| sum.checked_add(*number)).ok_or(Why::Overflow),
    };
    result.map(Value::Number).map_err(|why| gap(args.first().map_or("", name_of), why))
}

/// What an argument stands for: all data of a name, or the one value of anything else.
fn data(node: &Node, lookup: &dyn Lookup) -> Judged<Vec<(String, Datum)>> {
    if let Kind::Name(name) = &node.kind {
        let data = match lookup.get(name) {
            Bound::One(datum) => vec![datum],
            Bound::Many(data) => data,
        };
        return Ok(data.into_iter().map(|datum| (name.clone(), datum)).collect());
    }
    Ok(vec![(String::new(), Datum::Number(number(node, lookup)?))])
}
