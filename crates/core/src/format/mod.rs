//! The formats that can be read: which one a file is, and its way from bytes to text and back.

use crate::text::Span;

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one paragraph a line, tables as tab-separated lines.
    Text,
    /// Markdown with pipe tables.
    Markdown,
}

impl Format {
    /// The word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
        }
    }
}

/// Where each piece of a document's text came from in the file as decoded.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Sorted, covering the whole text; empty means the text is the file.
    pieces: Vec<Piece>,
}

/// A stretch of the text.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    raw_start: usize,
    /// Bytes; a piece made by the reader (a tab between cells) has no bytes in the file.
    len: usize,
    made: bool,
}

impl Origin {
    /// The raw byte that a byte of the text came from.
    #[must_use]
    pub fn to_raw(&self, byte: usize) -> usize {
        let Some(at) = self.pieces.partition_point(|p| p.start <= byte).checked_sub(1) else {
            return byte;
        };
        let piece = self.pieces[at];
        if piece.made {
            piece.raw_start
        } else {
            piece.raw_start + (byte - piece.start).min(piece.len)
        }
    }

    /// The raw span from the first to the last byte of a span.
    #[must_use]
    pub fn raw_span(&self, span: Span) -> Span {
        let start = self.to_raw(span.start);
        let end = if span.is_empty() {
            start
        } else {
            // The end belongs to the piece of the last byte, not to the piece that follows.
            self.to_raw(span.end - 1) + 1
        };
        Span::new(start, end.max(start))
    }
}
