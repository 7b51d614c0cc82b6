//! Places in a text: byte spans, and the line table that turns them into what people read.

use std::ops::Range;

/// A half-open byte range of a text, both ends on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`.
    ///
    /// # Panics
    /// When `end` lies before `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span may not end before it starts");
        Self { start, end }
    }

    /// The empty span at `at`.
    #[must_use]
    pub fn empty(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing lies inside.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte, or an empty one lies strictly inside the other.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span in a text that starts `by` bytes earlier.
    #[must_use]
    pub fn shift(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The smallest span around it that lies in `text`, on character boundaries.
    #[must_use]
    pub fn on_characters(self, text: &str) -> Self {
        let start = self.start.min(text.len());
        let start = (0..=start).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let end = self.end.clamp(start, text.len());
        let end = (end..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        Self { start, end }
    }

    /// What the span holds of `text`.
    ///
    /// # Panics
    /// When the span does not lie on character boundaries of `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// The span of `part`, a slice of `text` (told by its address); empty at 0 when it is none.
    #[must_use]
    pub fn of_slice(text: &str, part: &str) -> Self {
        let start = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
        if start <= text.len() && start + part.len() <= text.len() {
            Self::new(start, start + part.len())
        } else {
            Self::empty(0)
        }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A place as people name it: line and column, both from 1, columns counting characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
}

/// The byte that ends the lines of a text: `\n`, or `\r` where the text has no `\n`, as in files of old systems.
#[must_use]
pub fn line_break(text: &str) -> u8 {
    let has = |byte| memchr::memchr(byte, text.as_bytes()).is_some();
    if !has(b'\n') && has(b'\r') { b'\r' } else { b'\n' }
}

/// Where the lines of a text start.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// The line table of `text`; a line ends behind its [`line_break`].
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(line_break(text), text.as_bytes()).map(|at| at + 1));
        Self { starts }
    }

    /// How many lines there are; an empty text has one.
    #[must_use]
    pub fn n_lines(&self) -> usize {
        self.starts.len()
    }

    /// The line of a byte, from 0.
    #[must_use]
    pub fn line_idx(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte) - 1
    }

    /// The span of line `line_idx` (from 0) without its line break.
    ///
    /// # Panics
    /// When there is no such line.
    #[must_use]
    pub fn span(&self, text: &str, line_idx: usize) -> Span {
        let start = self.starts[line_idx];
        let end = self.starts.get(line_idx + 1).map_or(text.len(), |next| next - 1);
        let end = if end > start && text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end };
        Span::new(start, end)
    }

    /// The place of a byte of `text`, the text this table was made of.
    #[must_use]
    pub fn place(&self, text: &str, byte: usize) -> Place {
        let line_idx = self.line_idx(byte);
        Place { line: line_idx + 1, column: text[self.starts[line_idx]..byte].chars().count() + 1 }
    }

    /// The column of a byte in UTF-16 units, from 0, as editors count.
    #[must_use]
    pub fn utf16_column(&self, text: &str, byte: usize) -> usize {
        let start = self.starts[self.line_idx(byte)];
        text[start..byte].encode_utf16().count()
    }
}

/// A replacement of part of a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What takes its place; empty for a removal.
    pub insert: String,
}

/// `text` with `edits` carried out.
///
/// # Panics
/// When the edits are not sorted or overlap.
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        assert!(edit.span.start >= done, "edits must be sorted and disjoint");
        out.push_str(&text[done..edit.span.start]);
        out.push_str(&edit.insert);
        done = edit.span.end;
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_drop_their_break() {
        let text = "甲乙\r\n丙丁";
        let lines = Lines::new(text);
        assert_eq!(lines.n_lines(), 2);
        assert_eq!(lines.span(text, 0).of(text), "甲乙");
        let place = lines.place(text, text.len() - "丁".len());
        assert_eq!((place.line, place.column), (2, 2));
    }

    #[test]
    fn spans_grow_to_whole_characters_inside_the_text() {
        assert_eq!(Span::new(1, 4).on_characters("甲乙丙"), Span::new(0, 6));
        assert_eq!(Span::new(3, 6).on_characters("甲乙丙"), Span::new(3, 6));
        assert_eq!(Span::new(8, 20).on_characters("甲乙丙"), Span::new(6, 9));
        assert_eq!(Span::new(12, 20).on_characters("甲乙丙"), Span::empty(9));
    }

    #[test]
    fn edits_apply_in_order() {
        let edits =
            [Edit { span: Span::new(0, 1), insert: "x".into() }, Edit { span: Span::empty(2), insert: "y".into() }];
        assert_eq!(apply("abc", &edits), "xbyc");
    }
}
