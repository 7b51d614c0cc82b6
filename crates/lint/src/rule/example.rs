//! A rule's own examples, and what is expected of each.

use crate::date::Date;
use crate::finding::Level;
use gouji_core::document::LeftoverKind;
use gouji_core::text::Span;

/// A rule's own examples.
#[derive(Clone, Debug, Default)]
pub struct Tests {
    /// Right ones.
    pub ok: Vec<Example>,
    /// Wrong ones.
    pub bad: Vec<Example>,
    /// Right ones that the rule is known to report.
    pub todo_ok: Vec<Example>,
    /// Wrong ones that the rule is known to miss.
    pub todo_bad: Vec<Example>,
}

impl Tests {
    /// Every example, in the order they are run.
    pub fn all(&self) -> impl Iterator<Item = &Example> {
        self.ok.iter().chain(&self.bad).chain(&self.todo_ok).chain(&self.todo_bad)
    }
}

/// An example with what is expected of it; all but the text is of the first finding.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// What is checked.
    pub text: ExampleText,
    /// What the text does not say itself.
    pub given: Given,
    /// A title to put before the text.
    pub title: Option<String>,
    /// Last year's report, read as the text is.
    pub prev: Option<String>,
    /// How many findings; for a wrong example none means at least one.
    pub count: Option<usize>,
    /// The text at the finding.
    pub at: Option<String>,
    /// The label path of its row: the whole or its last segments.
    pub row: Option<String>,
    /// The label path of its column: the whole or its last segments.
    pub col: Option<String>,
    /// Its level.
    pub level: Option<Level>,
    /// A part of its message.
    pub message: Option<String>,
    /// The text after the fixes.
    pub fixed: Option<String>,
    /// Its participants.
    pub participants: Option<Party>,
    /// Where the example stands in the file.
    pub span: Span,
}

/// What an example is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExampleText {
    /// Words in the rule file: one line is one block of the scope's kind, several lines are a report.
    Written(String),
    /// A file of any format, checked as any report is.
    File {
        /// Its path: the rule file's folder and the name as written.
        path: String,
        /// Where the name stands in the rule file.
        span: Span,
    },
}

impl Default for ExampleText {
    fn default() -> Self {
        Self::Written(String::new())
    }
}

impl ExampleText {
    /// The words, where they stand in the rule file.
    #[must_use]
    pub fn written(&self) -> Option<&str> {
        match self {
            Self::Written(text) => Some(text),
            Self::File { .. } => None,
        }
    }
}

/// The participants that a finding should have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    /// So many.
    Count(usize),
    /// These in this order, each by its name in the rule or by its value.
    These(Vec<String>),
}

/// What an example's text does not say itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The year of the report.
    pub year: Option<i32>,
    /// The organ.
    pub organ: Option<String>,
    /// The form's id.
    pub form: Option<String>,
    /// The date of the check.
    pub today: Option<Date>,
    /// What is left in the file beside its text, as in a Word file.
    pub left: Vec<LeftoverKind>,
}
