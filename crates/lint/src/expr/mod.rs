//! The expressions of `assert`: exact decimals, three-valued, checked at load.
//!
//! `parse` makes the tree, `check` looks at the names, `eval` judges. A blank cell never makes an expression false.

mod check;
mod close;
mod constant;
mod eval;
mod lex;
mod parse;

#[cfg(test)]
mod tests;

pub use check::{Arity, Linear};
pub use close::Closeness;
pub use constant::Constant;
pub use eval::{Bound, Datum, Gap, Lookup, Truth, Why};

use gouji_core::text::Span;
use rust_decimal::Decimal;

/// A parsed expression.
#[derive(Clone, Debug)]
pub struct Expr {
    source: String,
    node: Node,
}

/// An expression with its place in the source.
#[derive(Clone, Debug)]
struct Node {
    kind: Kind,
    span: Span,
}

/// The kinds of [`Node`].
#[derive(Clone, Debug)]
enum Kind {
    Number(Decimal),
    Text(String),
    Name(String),
    Negate(Box<Node>),
    Not(Box<Node>),
    Arithmetic(Arithmetic, Box<Node>, Box<Node>),
    Compare(Op, Box<Node>, Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    /// Value, lower bound, upper bound; both bounds belong to the range.
    Within(Box<Node>, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
}

/// `+ - * /`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Op {
    /// As written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }
}

/// What can be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Sum,
    Count,
    Min,
    Max,
    Abs,
    Round,
    Blank,
    Found,
}

impl Function {
    const ALL: [Self; 8] =
        [Self::Sum, Self::Count, Self::Min, Self::Max, Self::Abs, Self::Round, Self::Blank, Self::Found];

    fn word(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Count => "count",
            Self::Min => "min",
            Self::Max => "max",
            Self::Abs => "abs",
            Self::Round => "round",
            Self::Blank => "blank",
            Self::Found => "found",
        }
    }

    /// Whether it takes a name bound to many things as it is.
    fn takes_many(self) -> bool {
        !matches!(self, Self::Abs | Self::Round)
    }
}

/// An expression that is a comparison at the top, taken apart.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// How the sides are compared.
    pub op: Op,
    /// The left side.
    pub lhs: Expr,
    /// The right side.
    pub rhs: Expr,
    /// The left side as a sum of names with factors, where it is one.
    pub lhs_linear: Option<Linear>,
    /// The right side likewise.
    pub rhs_linear: Option<Linear>,
}

impl Expr {
    /// The expression as written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether it asks for blank cells by `blank()`.
    #[must_use]
    pub fn asks_for_blanks(&self) -> bool {
        let mut asks = false;
        check::visit(&self.node, &mut |node| asks |= matches!(node.kind, Kind::Call(Function::Blank, _)));
        asks
    }

    /// Its two sides, where it is a comparison at the top.
    #[must_use]
    pub fn comparison(&self) -> Option<Comparison> {
        let Kind::Compare(op, lhs, rhs) = &self.node.kind else {
            return None;
        };
        let side = |node: &Node| Self { source: self.source.clone(), node: node.clone() };
        let (lhs, rhs) = (side(lhs), side(rhs));
        let (lhs_linear, rhs_linear) = (lhs.linear(), rhs.linear());
        Some(Comparison { op: *op, lhs, rhs, lhs_linear, rhs_linear })
    }

    /// This expression's own stretch of the source it was parsed from; for a side of a comparison that side alone.
    #[must_use]
    pub fn words(&self) -> &str {
        self.node.span.of(&self.source)
    }
}
