//! The map from a document's text back to the file it came from, and edits carried back through it.

use super::html::written;
use crate::text::{Edit, Span};

/// Where each piece of a document's text came from in the file as decoded.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Sorted, covering the whole text; empty means the text is the file.
    pieces: Vec<Piece>,
    marks: Marks,
}

/// The marks of a file, which tell how an edit is written into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Marks {
    /// Those of Markdown: an edit stays between two of them.
    #[default]
    Markdown,
    /// Tags: an edit may reach over those that stand inside a text, and they stay.
    Html,
}

/// A stretch of the text.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    raw_start: usize,
    len: usize,
    raw_len: usize,
    kind: PieceKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PieceKind {
    /// The same bytes as in the file.
    Copied,
    /// Written in another way in the file (`&nbsp;`), or not shown at all (a line break between two words): as a whole.
    Read,
    /// Made by the reader (a tab between cells): it has no bytes in the file, and no edit reaches over it.
    Made,
}

impl Piece {
    fn end(&self) -> usize {
        self.start + self.len
    }

    fn raw_end(&self) -> usize {
        self.raw_start + self.raw_len
    }

    /// The bytes of the file that a part of it came from; none where only the whole of it has any.
    fn raw_of(&self, part: Span) -> Option<Span> {
        match self.kind {
            PieceKind::Copied => {
                let start = self.raw_start + (part.start - self.start);
                Some(Span::new(start, start + part.len()))
            }
            PieceKind::Read if part.start == self.start && part.end == self.end() => {
                Some(Span::new(self.raw_start, self.raw_end()))
            }
            PieceKind::Read | PieceKind::Made => None,
        }
    }
}

/// Characters that may mean something to Markdown; an edit that brings one in is not carried back.
const MARKS: [char; 12] = ['|', '*', '_', '<', '>', '`', '[', ']', '#', '\\', '\n', '&'];

impl Origin {
    /// An origin in a file with these marks.
    pub(crate) fn of(marks: Marks) -> Self {
        Self { pieces: Vec::new(), marks }
    }

    /// Says that the text goes on with `len` bytes copied from `raw_start`.
    pub(crate) fn copied(&mut self, start: usize, raw_start: usize, len: usize) {
        if let Some(last) = self.pieces.last_mut()
            && last.kind == PieceKind::Copied
            && last.end() == start
            && last.raw_end() == raw_start
        {
            last.len += len;
            last.raw_len += len;
        } else if len > 0 {
            self.pieces.push(Piece { start, raw_start, len, raw_len: len, kind: PieceKind::Copied });
        }
    }

    /// Says that the text goes on with `len` bytes (or none) that `raw` stands for in the file.
    pub(crate) fn read(&mut self, start: usize, raw: Span, len: usize) {
        self.pieces.push(Piece { start, raw_start: raw.start, len, raw_len: raw.len(), kind: PieceKind::Read });
    }

    /// Says that the text goes on with `len` bytes that stand for nothing in the file, at `raw_start`.
    pub(crate) fn made(&mut self, start: usize, raw_start: usize, len: usize) {
        self.pieces.push(Piece { start, raw_start, len, raw_len: 0, kind: PieceKind::Made });
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
            Some(piece) if byte >= piece.end() => piece.raw_end(),
            Some(piece) if piece.kind == PieceKind::Copied => piece.raw_start + (byte - piece.start),
            Some(piece) => piece.raw_start,
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
            Some(piece) if piece.kind == PieceKind::Copied => piece.raw_start + (span.end - piece.start),
            Some(piece) => piece.raw_end(),
        };
        Span::new(start, end.max(start))
    }

    /// An edit of the text as edits of the file, in order; none where it would cross a mark that can not stay or bring
    /// one in.
    pub(crate) fn to_raw_edits(&self, text: &str, raw: &str, edit: &Edit) -> Option<Vec<Edit>> {
        if self.pieces.is_empty() && self.marks != Marks::Html {
            return Some(vec![edit.clone()]);
        }
        let edit = shrink(text, edit);
        match self.marks {
            Marks::Markdown if edit.insert.contains(MARKS) => None,
            Marks::Markdown => self.across(text, &edit).filter(|edits| edits.len() <= 1),
            Marks::Html => {
                let whole = self.in_page(text, raw, &edit)?;
                // What stays of words in several pieces stays where it is, if that can be told.
                let parts = if whole.len() > 1 { written::parts(text, &edit) } else { Vec::new() };
                let apart: Option<Vec<Vec<Edit>>> = parts.iter().map(|part| self.in_page(text, raw, part)).collect();
                let mut apart = apart.map(|parts| parts.concat()).unwrap_or_default();
                apart.sort();
                let is_apart = !apart.is_empty() && apart.is_sorted_by(|a, b| a.span.end <= b.span.start);
                Some(if is_apart { apart } else { whole })
            }
        }
    }

    fn in_page(&self, text: &str, raw: &str, edit: &Edit) -> Option<Vec<Edit>> {
        let insert = written::written(text, edit)?;
        let edits = self.across(text, &Edit { span: edit.span, insert })?;
        (!written::makes_mark(raw, &edits)).then_some(edits)
    }

    /// Where an insertion goes: behind what stands before it, so that a word at the end of a bold run grows inside it.
    fn insertion(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1).and_then(|byte| self.piece_at(byte));
        match before {
            Some(piece) if piece.kind == PieceKind::Copied => Some(piece.raw_start + (at - piece.start)),
            Some(piece) if piece.kind == PieceKind::Read && piece.end() == at => Some(piece.raw_end()),
            _ => {
                let behind = self.piece_at(at)?;
                (behind.start == at && behind.kind != PieceKind::Made).then_some(behind.raw_start)
            }
        }
    }

    /// An edit as edits of all pieces it touches: the new text goes into the first.
    fn across(&self, text: &str, edit: &Edit) -> Option<Vec<Edit>> {
        let Edit { span, insert } = edit;
        let (shown_before, shown_behind) = written::shows_blanks(text, edit);
        let mut raws = Vec::new();
        let first = self.pieces.partition_point(|piece| piece.end() < span.start);
        for piece in self.pieces[first..].iter().take_while(|piece| piece.start <= span.end) {
            let part = Span::new(span.start.max(piece.start), span.end.min(piece.end()));
            let (before, behind) = (piece.end() == span.start, piece.start == span.end);
            let is_hidden = piece.len == 0 && piece.kind == PieceKind::Read;
            let goes = match (before, behind) {
                (false, false) => true,
                (before, behind) => is_hidden && ((before && shown_before) || (behind && shown_behind)),
            };
            if goes {
                raws.push(piece.raw_of(part)?);
            }
        }
        let mut insert = insert.clone();
        let mut edits: Vec<Edit> = Vec::new();
        if span.is_empty() {
            edits.push(Edit { span: Span::empty(self.insertion(span.start)?), insert: std::mem::take(&mut insert) });
        }
        for raw in raws {
            let insert = std::mem::take(&mut insert);
            match edits.last_mut() {
                Some(last) if last.span.end == raw.start => {
                    last.span.end = raw.end;
                    last.insert.push_str(&insert);
                }
                _ => edits.push(Edit { span: raw, insert }),
            }
        }
        // An insertion may stand behind blanks that go.
        edits.sort();
        Some(edits)
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
