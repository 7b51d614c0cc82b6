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
    /// The shadow in pieces, in order, covering it: each a stretch that is the same in the source, or one character
    /// that is not.
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    source: Span,
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
        let begin = self.text.len();
        self.text.reserve(text.len());
        // Most of a text is its own shadow: whole stretches are copied.
        let mut same_from = 0;
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if stays(bytes[at]) {
                at += 1;
                continue;
            }
            let c = text[at..].chars().next().expect("a byte below 0x80 or one that leads starts a character");
            let end = at + c.len_utf8();
            if is_blank(c) || shadow(c) != c {
                self.same(&text[same_from..at], base + same_from);
                if !is_blank(c) {
                    self.pieces.push(Piece { start: self.text.len(), source: Span::new(at, end).shift(base) });
                    self.text.push(shadow(c));
                }
                same_from = end;
            }
            at = end;
        }
        self.same(&text[same_from..], base + same_from);
        Span::new(begin, self.text.len())
    }

    fn same(&mut self, stretch: &str, at: usize) {
        if !stretch.is_empty() {
            self.pieces.push(Piece { start: self.text.len(), source: Span::new(at, at + stretch.len()) });
            self.text.push_str(stretch);
        }
    }

    /// Appends a mark that stands for nothing in the source, so that no match goes across.
    pub fn separate(&mut self, at: usize) {
        self.pieces.push(Piece { start: self.text.len(), source: Span::empty(at) });
        self.text.push('\n');
    }

    /// The span of the shadow that a span of the source came to.
    #[must_use]
    pub fn shadow_of(&self, source: Span) -> Span {
        let at = |byte: usize| {
            let idx = self.pieces.partition_point(|piece| piece.source.end <= byte);
            self.pieces.get(idx).map_or(self.text.len(), |piece| {
                piece.start + byte.saturating_sub(piece.source.start).min(self.len(idx))
            })
        };
        let start = at(source.start);
        Span::new(start, at(source.end).max(start))
    }

    /// The source span of a span of the shadow, blanks between its characters included.
    #[must_use]
    pub fn source(&self, span: Span) -> Span {
        let piece_at = |byte: usize| self.pieces.partition_point(|piece| piece.start <= byte).checked_sub(1);
        if span.is_empty() {
            let at = piece_at(span.start).map_or(0, |idx| {
                let piece = self.pieces[idx];
                (piece.source.start + (span.start - piece.start)).min(piece.source.end)
            });
            return Span::empty(at);
        }
        let (Some(first), Some(last)) = (piece_at(span.start), piece_at(span.end - 1)) else {
            return Span::default();
        };
        let (from, to) = (self.pieces[first], self.pieces[last]);
        let start = if self.is_same(first) { from.source.start + (span.start - from.start) } else { from.source.start };
        let end = if self.is_same(last) { to.source.start + (span.end - to.start) } else { to.source.end };
        Span::new(start, end.max(start))
    }

    /// The length of a piece in the shadow.
    fn len(&self, idx: usize) -> usize {
        self.pieces.get(idx + 1).map_or(self.text.len(), |next| next.start) - self.pieces[idx].start
    }

    /// Whether a piece is the same in the source.
    fn is_same(&self, idx: usize) -> bool {
        self.len(idx) == self.pieces[idx].source.len()
    }
}

/// Whether a byte is inside a character, or leads one, that is its own shadow. The others have to be looked at: blanks,
/// brackets, and the lead bytes of full-width forms, blanks and zero-width characters.
fn stays(byte: u8) -> bool {
    !matches!(byte, 0..=b' ' | b'(' | b')' | 0xC2 | 0xE1 | 0xE2 | 0xE3 | 0xEF)
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
