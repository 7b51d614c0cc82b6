//! The map from a document's text back to the file it came from, and edits carried back through it.

use crate::text::{Edit, Span};

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
    len: usize,
    /// Made by the reader (a tab between cells): it has no bytes in the file.
    made: bool,
}

/// Characters that may mean something to Markdown; an edit that brings one in is not carried back.
const MARKS: [char; 12] = ['|', '*', '_', '<', '>', '`', '[', ']', '#', '\\', '\n', '&'];

impl Origin {
    /// Says that the text goes on with `len` bytes copied from `raw_start`.
    pub(crate) fn copied(&mut self, start: usize, raw_start: usize, len: usize) {
        if let Some(last) = self.pieces.last_mut()
            && !last.made
            && last.start + last.len == start
            && last.raw_start + last.len == raw_start
        {
            last.len += len;
        } else if len > 0 {
            self.pieces.push(Piece { start, raw_start, len, made: false });
        }
    }

    /// Says that the text goes on with `len` bytes that stand for nothing in the file, at `raw_start`.
    pub(crate) fn made(&mut self, start: usize, raw_start: usize, len: usize) {
        self.pieces.push(Piece { start, raw_start, len, made: true });
    }

    fn piece_at(&self, byte: usize) -> Option<Piece> {
        let at = self.pieces.partition_point(|piece| piece.start <= byte).checked_sub(1)?;
        Some(self.pieces[at])
    }

    /// The raw byte that a byte of the text came from.
    #[must_use]
    pub fn to_raw(&self, byte: usize) -> usize {
        match self.piece_at(byte) {
            None => byte,
            Some(piece) if piece.made => piece.raw_start,
            Some(piece) => piece.raw_start + (byte - piece.start).min(piece.len),
        }
    }

    /// The raw span from the first to the last byte of a span.
    #[must_use]
    pub fn raw_span(&self, span: Span) -> Span {
        let start = self.to_raw(span.start);
        if span.is_empty() {
            return Span::empty(start);
        }
        // The end belongs to the piece of the last byte, not to the piece that follows.
        let end = match self.piece_at(span.end - 1) {
            None => span.end,
            Some(piece) if piece.made => piece.raw_start,
            Some(piece) => piece.raw_start + (span.end - piece.start),
        };
        Span::new(start, end.max(start))
    }

    /// An edit of the text as an edit of the file; none where it would cross a mark or bring one in.
    #[must_use]
    pub fn to_raw_edit(&self, text: &str, edit: &Edit) -> Option<Edit> {
        if self.pieces.is_empty() {
            return Some(edit.clone());
        }
        let edit = shrink(text, edit);
        if edit.insert.contains(MARKS) {
            return None;
        }
        if edit.span.is_empty() {
            // Behind what stands before it, so that a word at the end of a bold run grows inside it.
            let before = edit.span.start.checked_sub(1).and_then(|byte| self.piece_at(byte));
            let raw = match before {
                Some(piece) if !piece.made && edit.span.start <= piece.start + piece.len => {
                    piece.raw_start + (edit.span.start - piece.start)
                }
                _ => self.piece_at(edit.span.start).filter(|piece| !piece.made)?.raw_start,
            };
            return Some(Edit { span: Span::empty(raw), insert: edit.insert });
        }
        let piece = self.piece_at(edit.span.start).filter(|piece| !piece.made)?;
        if edit.span.end > piece.start + piece.len {
            return None;
        }
        let start = piece.raw_start + (edit.span.start - piece.start);
        Some(Edit { span: Span::new(start, start + edit.span.len()), insert: edit.insert })
    }
}

/// The same edit without the characters that stay at its ends.
pub(crate) fn shrink(text: &str, edit: &Edit) -> Edit {
    let old = edit.span.of(text);
    let new = edit.insert.as_str();
    let head: usize = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail: usize =
        old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    Edit {
        span: Span::new(edit.span.start + head, edit.span.end - tail),
        insert: new_rest[..new_rest.len() - tail].to_owned(),
    }
}
