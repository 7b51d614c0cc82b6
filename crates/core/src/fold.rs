//! The folded shadow of a text: width and blanks folded, every place mapped back.

use crate::label::is_blank;
use crate::number::narrow;
use crate::text::Span;

/// A shadow of a text in which letters and digits are half-width, brackets and percent signs of one width, and
/// blanks gone. Marks such as ，。：； stay as they are.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// The shadow.
    pub text: String,
    /// For each character of the shadow, its start there and its span in the source, in order.
    map: Vec<(usize, Span)>,
}

impl Folded {
    /// The shadow of `text`; its spans are offset by `base`.
    #[must_use]
    pub fn new(text: &str, base: usize) -> Self {
        let mut folded = Self::default();
        folded.push(text, base);
        folded
    }

    /// Appends the shadow of `text`, which starts at byte `base` of the source, behind all that was pushed before;
    /// its span in the shadow is returned.
    pub fn push(&mut self, text: &str, base: usize) -> Span {
        let start = self.text.len();
        self.text.reserve(text.len());
        for (at, c) in text.char_indices() {
            if !is_blank(c) {
                self.map.push((self.text.len(), Span::new(at, at + c.len_utf8()).shift(base)));
                self.text.push(shadow(c));
            }
        }
        Span::new(start, self.text.len())
    }

    /// Appends a mark that stands for nothing in the source, so that no match goes across.
    pub fn separate(&mut self, at: usize) {
        self.map.push((self.text.len(), Span::empty(at)));
        self.text.push('\n');
    }

    /// The span of the shadow that a span of the source came to.
    #[must_use]
    pub fn shadow_of(&self, source: Span) -> Span {
        let at = |byte: usize| {
            let idx = self.map.partition_point(|(_, span)| span.start < byte);
            self.map.get(idx).map_or(self.text.len(), |&(start, _)| start)
        };
        let start = at(source.start);
        Span::new(start, at(source.end).max(start))
    }

    /// The source span of a span of the shadow, blanks between its characters included.
    #[must_use]
    pub fn source(&self, span: Span) -> Span {
        let at = |byte: usize| self.map.partition_point(|&(start, _)| start < byte);
        let (first, last) = (at(span.start), at(span.end));
        match (self.map.get(first), last.checked_sub(1).and_then(|i| self.map.get(i))) {
            (Some((_, start)), Some((_, end))) if first < last => start.cover(*end),
            (Some((_, start)), _) => Span::empty(start.start),
            (None, Some((_, end))) => Span::empty(end.end),
            (None, None) => Span::default(),
        }
    }
}

fn shadow(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        '％' => '%',
        c if c.is_ascii() => c,
        c if narrow(c).is_ascii_alphanumeric() => narrow(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_map_back_over_blanks() {
        let source = "收到 １２ 件(新)";
        let folded = Folded::new(source, 0);
        assert_eq!(folded.text, "收到12件（新）");
        let at = folded.text.find("12件").unwrap();
        let span = folded.source(Span::new(at, at + "12件".len()));
        assert_eq!(span.of(source), "１２ 件");
    }
}
