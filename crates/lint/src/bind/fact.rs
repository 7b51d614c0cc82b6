//! Facts: what the reader found odd and what differs from the form, each with its place.

use crate::rule::FactKind;
use gouji_core::document::Document;
use gouji_core::label::{bare_words, fold, is_blank};
use gouji_core::table::Label;
use gouji_core::text::Span;

/// Something noted about the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What.
    pub kind: FactKind,
    /// Where.
    pub span: Span,
    /// What should stand there, where that is known.
    pub expected: Option<String>,
    /// The document's table it is about.
    pub table: Option<usize>,
    /// The row's label path.
    pub row: Option<String>,
    /// The column's label path.
    pub col: Option<String>,
}

/// Facts under way.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    document: &'a Document,
    facts: Vec<Fact>,
}

impl<'a> Facts<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        Self { document, facts: Vec::new() }
    }

    pub(crate) fn note(&mut self, kind: FactKind, span: Span, expected: Option<&str>) -> &mut Fact {
        self.facts.push(Fact { kind, span, expected: expected.map(str::to_owned), table: None, row: None, col: None });
        self.facts.last_mut().expect("a fact was just pushed")
    }

    /// Notes how a label differs from the form's: in its words, or in width, blanks and marks only; nothing where
    /// it does not. A label that several rows share is noted once.
    pub(crate) fn compare(&mut self, label: &Label, official: &str, kinds: (FactKind, FactKind), table: usize) {
        let (wording, width) = kinds;
        let kind = if self.is_official(label, official) {
            return;
        } else if label.key == fold(official) || bare_words(&label.text) == bare_words(official) {
            width
        } else {
            wording
        };
        if !self.facts.iter().any(|fact| fact.span == label.span) {
            self.note(kind, label.span, Some(official)).table = Some(table);
        }
    }

    /// Whether a label is the official one, be it broken over lines: inside it, or with its rest behind its numbers.
    fn is_official(&self, label: &Label, official: &str) -> bool {
        if label.text == official {
            return true;
        }
        if joined(&label.text) == official {
            return true;
        }
        let mut next = self.document.text[label.span.end..].lines().skip(1).take(2);
        let rest = official.strip_prefix(label.text.as_str()).filter(|rest| !rest.is_empty());
        rest.is_some_and(|rest| next.any(|line| line.trim().starts_with(rest)))
    }

    /// As [`Facts::compare`], for a title in the text.
    pub(crate) fn compare_title(&mut self, span: Span, official: &str, kinds: (FactKind, FactKind)) {
        let (wording, width) = kinds;
        let text = span.of(&self.document.text);
        // A title may be broken over two lines.
        if joined(text) == official {
            return;
        }
        let kind = if bare_words(text) == bare_words(official) { width } else { wording };
        self.note(kind, span, Some(official));
    }

    pub(crate) fn finish(mut self) -> Vec<Fact> {
        self.facts.sort_by_key(|fact| (fact.span, fact.kind));
        self.facts
    }
}

/// Words that may be broken over lines, without the breaks.
fn joined(words: &str) -> String {
    words.lines().map(|line| line.trim_matches(is_blank)).collect()
}
