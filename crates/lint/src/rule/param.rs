//! Parameters: values that a rule's author leaves to others.

use crate::ruleset::Bilingual;
use gouji_core::text::Span;
use rust_decimal::Decimal;
use std::fmt;

/// A parameter with the value that holds in this run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Param {
    /// As written in the rule.
    pub name: String,
    /// What it takes.
    pub kind: ParamKind,
    /// What it is when nobody says otherwise.
    pub default: ParamValue,
    /// What it is.
    pub value: ParamValue,
    /// The least and the most of a number.
    pub bounds: (Option<Decimal>, Option<Decimal>),
    /// What it is for; empty where the author says nothing.
    pub help: Bilingual,
    /// Where its name stands in the file.
    pub span: Span,
}

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// A whole number.
    Integer,
    /// An exact decimal.
    Decimal,
    /// A text.
    Text,
    /// `true` or `false`.
    Truth,
    /// A list of texts.
    Words,
}

impl ParamKind {
    /// All with their words in rule files.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("integer", Self::Integer),
        ("decimal", Self::Decimal),
        ("text", Self::Text),
        ("truth", Self::Truth),
        ("words", Self::Words),
    ];

    /// The word in rule files.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamValue {
    /// A whole number.
    Integer(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// A text.
    Text(String),
    /// `true` or `false`.
    Truth(bool),
    /// A list of texts.
    Words(Vec<String>),
}

impl ParamValue {
    /// The number it is; none for all else.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Integer(number) => Some(Decimal::from(*number)),
            Self::Decimal(number) => Some(*number),
            Self::Text(_) | Self::Truth(_) | Self::Words(_) => None,
        }
    }
}

impl fmt::Display for ParamValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => number.fmt(f),
            Self::Decimal(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::Truth(truth) => truth.fmt(f),
            Self::Words(words) => f.write_str(&words.join("、")),
        }
    }
}
