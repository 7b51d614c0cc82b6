//! Places of a document as people name them, told in constant time however long a line is.
//!
//! [`Document::place`] counts the characters from the start of the line; a report pasted as one line of ten
//! megabytes with thousands of findings would make that quadratic.

use gouji_core::document::Document;
use gouji_core::format::Format;
use gouji_core::text::{Place, Span};

/// Bytes between two counts.
const STEP: usize = 1024;

/// The places of one document.
pub(crate) struct Places<'a> {
    document: &'a Document,
    /// How many characters start before byte `n * STEP` of the raw text.
    counts: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        let mut counts = vec![0];
        let mut sum = 0;
        for chunk in document.raw.as_bytes().chunks(STEP) {
            sum += starts_in(chunk);
            counts.push(sum);
        }
        Self { document, counts }
    }

    /// The document.
    pub(crate) fn document(&self) -> &'a Document {
        self.document
    }

    /// The raw span of a span of the text, on character boundaries.
    pub(crate) fn raw_span(&self, span: Span) -> Span {
        self.document.raw_span(span).on_characters(&self.document.raw)
    }

    /// What is shown of the document: the file as it stands, of a page the text alone, for tags would hide it.
    pub(crate) fn shown(&self) -> &'a str {
        match self.document.format {
            Format::Html => &self.document.text,
            Format::Text | Format::Markdown | Format::Docx => &self.document.raw,
        }
    }

    /// Where a span of the text stands in what is shown.
    pub(crate) fn shown_span(&self, span: Span) -> Span {
        match self.document.format {
            Format::Html => span.on_characters(&self.document.text),
            Format::Text | Format::Markdown | Format::Docx => self.raw_span(span),
        }
    }

    /// The line of what is shown on which a span of the text starts, without its line break.
    pub(crate) fn shown_line(&self, span: Span) -> Span {
        match self.document.format {
            Format::Html => {
                let (text, at) = (self.shown(), self.shown_span(span).start);
                let end = text[at..].find('\n').map_or(text.len(), |len| at + len);
                Span::new(text[..at].rfind('\n').map_or(0, |before| before + 1), end)
            }
            Format::Text | Format::Markdown | Format::Docx => {
                self.document.raw_lines.span(&self.document.raw, self.line(span) - 1)
            }
        }
    }

    /// Where a raw byte stands.
    pub(crate) fn of_raw(&self, byte: usize) -> Place {
        let line_idx = self.document.raw_lines.line_idx(byte);
        let line_start = self.document.raw_lines.span(&self.document.raw, line_idx).start;
        Place { line: line_idx + 1, column: self.chars_before(byte) - self.chars_before(line_start) + 1 }
    }

    /// Where a span of the text starts and ends in the file.
    pub(crate) fn of(&self, span: Span) -> (Place, Place) {
        let raw = self.raw_span(span);
        (self.of_raw(raw.start), self.of_raw(raw.end))
    }

    /// The line on which a span of the text starts, from 1.
    pub(crate) fn line(&self, span: Span) -> usize {
        self.document.raw_lines.line_idx(self.raw_span(span).start) + 1
    }

    fn chars_before(&self, byte: usize) -> usize {
        let bytes = &self.document.raw.as_bytes()[..byte];
        let step = byte / STEP;
        self.counts[step] + starts_in(&bytes[step * STEP..])
    }
}

/// How many characters start in these bytes.
fn starts_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}
