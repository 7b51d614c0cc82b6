//! Where a rule looks, and what its names stand for.

use crate::path::LabelPath;
use crate::pattern::Pattern;
use gouji_core::citation::{Citation, Kind, Stands};
use gouji_core::text::Span;
use gouji_core::unit::Unit;

/// Where a rule looks: the union of its parts. No part means all content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// In the order written.
    pub parts: Vec<ScopePart>,
    /// Within these parts only the numbers of these citations; none: all that is there.
    pub cited: Option<Cited>,
}

/// Which citations a rule looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// What their numbers are, in the order written.
    pub kinds: Vec<Kind>,
    /// How they stand to their titles, in the order written; empty: in any way.
    pub stands: Vec<Stands>,
}

impl Cited {
    /// The number of a citation, where it is one of these.
    #[must_use]
    pub fn number(&self, citation: &Citation) -> Option<Span> {
        let number = citation.number.as_ref().filter(|number| self.kinds.contains(&number.kind))?;
        (self.stands.is_empty() || self.stands.contains(&citation.stands)).then_some(number.span)
    }
}

impl Scope {
    /// The short names of the tables it names, in the order written.
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            ScopePart::Table(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

/// One word of `in`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopePart {
    /// Paragraphs with ， or 。 inside that are no signature, contact block, caption or list of attachments;
    /// the rest of a line behind a run-in heading counts.
    Prose,
    /// Every paragraph.
    Paragraphs,
    /// Headings.
    Headings,
    /// Title lines.
    Title,
    /// Table cells and labels.
    Cells,
    /// All but tables.
    Text,
    /// The table with this short name in the form.
    Table(String),
    /// The section with this short name.
    Section(String),
    /// The part of a section with this short name.
    Part(String),
}

/// The kinds of scope that need no form, as `in` names them.
pub const SCOPE_WORDS: [(&str, ScopePart); 6] = [
    ("prose", ScopePart::Prose),
    ("paragraphs", ScopePart::Paragraphs),
    ("headings", ScopePart::Headings),
    ("title", ScopePart::Title),
    ("cells", ScopePart::Cells),
    ("text", ScopePart::Text),
];

/// What a rule is repeated for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Each {
    /// Every row of the scope's tables.
    Row,
    /// Every column of the scope's tables.
    Col,
    /// Every row in every column.
    Cell,
    /// Every row that has rows below it.
    Parent,
    /// Every row that has rows below it, in every column.
    ParentCell,
    /// Every table of the scope.
    Table,
    /// Every mention of the binding with this name (a [`Select::Number`] or [`Select::Text`], or many cells).
    Name(String),
}

impl Each {
    /// Whether there is a current row, whatever the rule is about.
    pub(crate) fn has_row(&self) -> bool {
        matches!(self, Self::Row | Self::Cell | Self::Parent | Self::ParentCell)
    }

    /// Whether there is a current column.
    pub(crate) fn has_col(&self) -> bool {
        matches!(self, Self::Col | Self::Cell | Self::ParentCell)
    }
}

/// A name for things of the document.
#[derive(Debug)]
pub struct Binding {
    /// As written in the rule.
    pub name: String,
    /// What it names.
    pub select: Select,
    /// Where it stands in the file.
    pub span: Span,
}

impl Binding {
    /// Whether it stands for cells of last year's report.
    pub(crate) fn is_of_prev(&self) -> bool {
        matches!(&self.select, Select::Cells(cells) if cells.doc == Doc::Prev)
    }

    /// Whether it may stand for more than one thing (outside of its own `each`).
    pub(crate) fn is_many(&self) -> bool {
        match &self.select {
            Select::Cells(cells) => cells.is_many(),
            Select::Number(_) | Select::Text(_) | Select::All(_) => true,
        }
    }
}

/// What a binding names.
#[derive(Debug)]
pub enum Select {
    /// Cells by row and column.
    Cells(CellSelect),
    /// Every mention of a number: the capture `n` of each match, on the folded text.
    Number(Mention),
    /// Every mention of a text: each match, on the folded text.
    Text(Mention),
    /// Every mention of the number or text with this name, which the rule is repeated for.
    All(String),
}

/// Whose cells a [`CellSelect`] means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doc {
    /// Those of the report under check.
    This,
    /// Those of last year's report, found by the labels of the current row and column.
    Prev,
}

impl Doc {
    /// Those that `doc` names.
    pub(crate) const WORDS: [(&'static str, Self); 1] = [("prev", Self::Prev)];
}

/// Cells by row and column; `row` and `col` have to lie in the same band.
#[derive(Debug)]
pub struct CellSelect {
    /// Whose.
    pub doc: Doc,
    /// The short name of the table; none where the rule's scope names no table or several: then the table
    /// (of the scope, if it names some) that the current row or column belongs to.
    pub table: Option<String>,
    /// Which rows.
    pub row: Axis,
    /// Which columns.
    pub col: Axis,
    /// The unit to reckon in; none: as the numbers stand.
    pub unit: Option<Unit>,
}

impl CellSelect {
    /// Whether it may stand for more than one cell in one repetition.
    pub(crate) fn is_many(&self) -> bool {
        [&self.row, &self.col].into_iter().any(|axis| matches!(axis, Axis::Many { .. } | Axis::Kin { .. }))
    }
}

/// The rows or columns of a [`CellSelect`].
#[derive(Debug)]
pub enum Axis {
    /// The current one: of `each`, or that of the current cell.
    Current,
    /// The only one of a table without labels on this axis.
    Only,
    /// The one with this label path.
    One(LabelPath),
    /// All with this label path, but for those excepted.
    Many {
        /// The path.
        path: LabelPath,
        /// Left out.
        except: Vec<LabelPath>,
    },
    /// All rows that stand so to the current row, but for those excepted. Never columns.
    Kin {
        /// How.
        kin: Kin,
        /// Left out.
        except: Vec<LabelPath>,
    },
}

/// How rows may stand to the current row by their label paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kin {
    /// Below it, with no other row between.
    Children,
    /// Under the same labels, itself left out.
    Siblings,
}

/// A pattern and where it is looked for.
#[derive(Debug)]
pub struct Mention {
    /// Searched on the folded text; a number's has the capture `n`.
    pub pattern: Pattern,
    /// Where; never empty: the binding's section, else the rule's scope, else prose.
    pub scope: Scope,
    /// The unit to reckon in; none: as the numbers stand. Never for a text.
    pub unit: Option<Unit>,
}
