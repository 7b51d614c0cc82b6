//! What a rule, a form, a table of facts, a pack or a configuration may hold: every key, its shape and its meaning.
//!
//! The tables stand beside what reads them (`compile`, `config`), and [`crate::wire::Cx::fields`] takes no other keys:
//! what is told of the language here can not drift from what the reader takes. What a value must agree with (forms,
//! names, expressions) is no matter of shape.

use crate::{compile, config};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A rule: one document of a rule file.
    Rule,
    /// `gouji.yaml`.
    Config,
    /// `forms/NAME.yaml`.
    Form,
    /// `data/NAME.yaml`.
    Data,
    /// `pack.yaml`.
    Pack,
}

impl FileKind {
    /// All, in the order of the language's description.
    pub const ALL: [Self; 5] = [Self::Rule, Self::Config, Self::Form, Self::Data, Self::Pack];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Config => "config",
            Self::Form => "form",
            Self::Data => "data",
            Self::Pack => "pack",
        }
    }

    /// What it is, in Chinese and English.
    #[must_use]
    pub fn title(self) -> [&'static str; 2] {
        match self {
            Self::Rule => ["勾稽规则", "gouji rule"],
            Self::Config => ["勾稽配置（gouji.yaml）", "gouji configuration (gouji.yaml)"],
            Self::Form => ["勾稽表样", "gouji form"],
            Self::Data => ["勾稽数据表", "gouji table of facts"],
            Self::Pack => ["勾稽规则包（pack.yaml）", "gouji rule pack (pack.yaml)"],
        }
    }

    /// The keys of its outermost map.
    #[must_use]
    pub fn map(self) -> &'static Map {
        match self {
            Self::Rule => &compile::keys::RULE,
            Self::Config => &config::CONFIG,
            Self::Form => &compile::form::FORM,
            Self::Data => &compile::data::DATA,
            Self::Pack => &compile::pack::PACK,
        }
    }
}

/// A map whose keys are known.
#[derive(Debug)]
pub struct Map {
    /// Its keys, in the order they are best written.
    pub fields: &'static [Field],
    /// How keys depend on each other.
    pub ties: &'static [KeyTie],
}

impl Map {
    /// A map whose keys do not depend on each other.
    pub(crate) const fn of(fields: &'static [Field]) -> Self {
        Self { fields, ties: &[] }
    }

    /// A map some keys of which depend on others.
    pub(crate) const fn tied(fields: &'static [Field], ties: &'static [KeyTie]) -> Self {
        Self { fields, ties }
    }
}

/// A key.
#[derive(Debug)]
pub struct Field {
    /// As written.
    pub name: &'static str,
    /// Whether it must be there.
    pub presence: Presence,
    /// What its value may be.
    pub shape: Shape,
    /// What it is for, in Chinese.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
}

impl Field {
    /// A key that must be there.
    pub(crate) const fn must(name: &'static str, shape: Shape, zh: &'static str, en: &'static str) -> Self {
        Self { name, presence: Presence::Must, shape, zh, en }
    }

    /// A key that may be left out.
    pub(crate) const fn may(name: &'static str, shape: Shape, zh: &'static str, en: &'static str) -> Self {
        Self { name, presence: Presence::May, shape, zh, en }
    }
}

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It must.
    Must,
    /// It may be left out.
    May,
}

/// How keys of a map depend on each other.
#[derive(Debug)]
pub enum KeyTie {
    /// Exactly one of these.
    OneOf(&'static [&'static str]),
    /// At least one of these.
    SomeOf(&'static [&'static str]),
    /// At most one of these.
    NotBoth(&'static str, &'static str),
    /// The first only beside one of the others.
    GoesWith(&'static str, &'static [&'static str]),
    /// These, where this key is not there.
    Without(&'static str, &'static [KeyTie]),
}

/// What a value may be.
#[derive(Debug)]
pub enum Shape {
    /// Any scalar but null, taken as words.
    Text,
    /// Words of at most so many characters.
    Short(usize),
    /// Words that are more than blanks.
    Written,
    /// Words that this regular expression matches.
    Like(&'static str),
    /// One of a closed set of words.
    Word(fn() -> Vec<&'static str>),
    /// `true` or `false`.
    Truth,
    /// A whole number.
    Integer,
    /// A whole number of at least so much.
    AtLeast(u32),
    /// A whole number from the first to the second.
    Between(u32, u32),
    /// Anything.
    Any,
    /// Nothing, or null.
    Nothing,
    /// A map whose keys are known.
    Map(&'static Map),
    /// A map whose keys the author chooses, but not these.
    PairsBut(&'static [&'static str], &'static Shape),
    /// A map whose keys the author chooses.
    Pairs(&'static Shape),
    /// A list of these, or a single one, or nothing.
    OneOrMore(&'static Shape),
    /// A list of these and no single one.
    List(&'static Shape),
    /// Any of these.
    Either(&'static [Shape]),
    /// A shape that is told once and holds itself somewhere, by name.
    Named(&'static str, &'static Shape),
}

/// A date such as 2026-01-31.
pub(crate) const DATE: Shape = Shape::Like("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$");

/// A month such as 2026-11.
pub(crate) const MONTH: Shape = Shape::Like("^[0-9]{4}-(0[1-9]|1[0-2])$");

/// The words of a table of words and what they stand for.
pub(crate) fn words<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(word, _)| *word).collect()
}
