//! Edits of the text written into the runs they touch: in place, or as changes that Word shows and can take back.
//!
//! An element of a run is replaced by itself; where runs have to be split, its run is closed before and opened again
//! behind, with the same properties. Nothing else of a part changes, and no other part.

use super::package::Part;
use super::xml::{Tag, escaped};
use super::{Package, Piece, PieceKind};
use crate::WriteError;
use crate::format::origin::shrink;
use crate::text::{Edit, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// Who changes a document, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The author that Word shows.
    pub author: String,
    /// `2026-01-31T00:00:00Z`.
    pub date: String,
}

/// How edits are written into a Word file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Writing {
    /// The new text in place of the old.
    Plain,
    /// As tracked changes: the old text deleted, the new inserted.
    Tracked(Stamp),
}

/// What happens to a piece of the text: by their place in it, sorted and disjoint.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    edits: Vec<(Range<usize>, String)>,
    /// Markup that goes between runs at a place of the piece.
    pub(super) marks: Vec<(usize, String)>,
}

/// A stretch of a piece as it will be.
enum Segment<'a> {
    Keep(&'a str),
    Delete(&'a str),
    Insert(&'a str),
    Mark(&'a str),
}

/// A replacement in a part's markup.
#[derive(Debug)]
pub(super) struct Splice {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

impl Package {
    /// What an edit does to which pieces; none where it reaches across what can not be rewritten.
    fn plan(&self, edit: &Edit) -> Option<Vec<(usize, Range<usize>, String)>> {
        let edit = shrink(&self.text, edit);
        if edit.insert.chars().any(|c| c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}')) {
            return None;
        }
        if edit.span.is_empty() && edit.insert.is_empty() {
            return Some(Vec::new());
        }
        if edit.span.is_empty() {
            let (at, piece) = self.beside(edit.span.start)?;
            let offset = edit.span.start - piece.span.start;
            return Some(vec![(at, offset..offset, edit.insert)]);
        }
        let mut insert = edit.insert;
        let mut reached = edit.span.start;
        let mut plan = Vec::new();
        let first = self.pieces.partition_point(|piece| piece.span.end <= edit.span.start);
        for (at, piece) in self.pieces.iter().enumerate().skip(first) {
            if piece.span.start >= edit.span.end {
                break;
            }
            if piece.span.start > reached || piece.kind == PieceKind::Fixed {
                return None;
            }
            let to = piece.span.end.min(edit.span.end);
            plan.push((at, reached - piece.span.start..to - piece.span.start, std::mem::take(&mut insert)));
            reached = to;
        }
        (reached == edit.span.end).then_some(plan)
    }

    /// The piece that takes an insertion: the one before it, so that a word at the end of a bold run grows inside it,
    /// else the one behind it.
    fn beside(&self, at: usize) -> Option<(usize, &Piece)> {
        let behind = self.pieces.partition_point(|piece| piece.span.end < at);
        let touching = self.pieces.iter().enumerate().skip(behind).take_while(|(_, piece)| piece.span.start <= at);
        touching.filter(|(_, piece)| piece.kind == PieceKind::Words).min_by_key(|(at, _)| *at)
    }

    /// Whether an edit can be written.
    pub(crate) fn can_write(&self, edit: &Edit) -> bool {
        self.plan(edit).is_some()
    }

    /// The file with edits carried out, and the indices of those that can not be.
    pub(crate) fn write(&self, edits: &[Edit], writing: &Writing) -> Result<(Vec<u8>, Vec<usize>), WriteError> {
        let mut refused = Vec::new();
        let mut changes: BTreeMap<usize, Changes> = BTreeMap::new();
        for (idx, edit) in edits.iter().enumerate() {
            match self.plan(edit) {
                Some(plan) => {
                    for (at, range, insert) in plan {
                        changes.entry(at).or_default().edits.push((range, insert));
                    }
                }
                None => refused.push(idx),
            }
        }
        let parts = self.spliced(self.splices(&changes, writing))?;
        Ok((self.rewritten(&parts)?, refused))
    }

    /// The file with parts replaced; the very same where none is.
    pub(super) fn rewritten(&self, parts: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, WriteError> {
        if parts.is_empty() { Ok(self.archive.bytes().to_vec()) } else { self.archive.rewritten(parts) }
    }

    /// What the changes of pieces come to in the markup, by part.
    pub(super) fn splices(
        &self,
        changes: &BTreeMap<usize, Changes>,
        writing: &Writing,
    ) -> BTreeMap<usize, Vec<Splice>> {
        let mut next = self.next_id();
        let mut splices: BTreeMap<usize, Vec<Splice>> = BTreeMap::new();
        for (&at, changes) in changes {
            let piece = &self.pieces[at];
            let part = &self.parts[piece.part];
            let segments = segments(piece.span.of(&self.text), changes);
            let is_split = !changes.marks.is_empty() || matches!(writing, Writing::Tracked(_));
            let splice = match is_split {
                false => Splice { range: part.tree.range(piece.element), text: in_place(part, piece, &segments) },
                true => split(part, piece, &segments, writing, &mut next),
            };
            splices.entry(piece.part).or_default().push(splice);
        }
        splices
    }

    /// The parts with splices carried out, by name.
    pub(super) fn spliced(
        &self,
        splices: BTreeMap<usize, Vec<Splice>>,
    ) -> Result<BTreeMap<String, Vec<u8>>, WriteError> {
        let mut parts = BTreeMap::new();
        for (at, mut splices) in splices {
            let part = &self.parts[at];
            splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
            let edits: Vec<Edit> = splices
                .into_iter()
                .map(|splice| Edit { span: Span::from(splice.range), insert: splice.text })
                .collect();
            let text = crate::text::apply(&part.tree.text, &edits);
            parts.insert(part.name.clone(), part.encoded(&text)?);
        }
        Ok(parts)
    }

    /// One more than every number that a change or a mark of the file has.
    pub(super) fn next_id(&self) -> u64 {
        self.parts.iter().map(|part| highest_id(&part.tree.text)).max().unwrap_or(0) + 1
    }
}

/// The highest number that an `id` attribute of some markup has.
pub(super) fn highest_id(markup: &str) -> u64 {
    let numbers = markup.match_indices(ID).filter_map(|(at, _)| markup[number_at(markup, at)?].parse::<u32>().ok());
    numbers.max().map_or(0, u64::from)
}

const ID: &str = ":id=";

/// Where the number of an `id` attribute stands that is written from here on, in quotes of either kind.
fn number_at(markup: &str, at: usize) -> Option<Range<usize>> {
    let quoted = at + ID.len();
    let quote = markup[quoted..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let start = quoted + 1;
    Some(start..start + markup[start..].find(quote)?)
}

/// The stretches of a piece in order.
fn segments<'a>(words: &'a str, changes: &'a Changes) -> Vec<Segment<'a>> {
    let mut segments = Vec::new();
    let mut done = 0;
    let mut marks = changes.marks.iter().peekable();
    let mut keep_to = |to: usize, done: &mut usize, segments: &mut Vec<Segment<'a>>| {
        while let Some((at, mark)) = marks.next_if(|(at, _)| *at <= to) {
            if *at > *done {
                segments.push(Segment::Keep(&words[*done..*at]));
                *done = *at;
            }
            segments.push(Segment::Mark(mark));
        }
        if to > *done {
            segments.push(Segment::Keep(&words[*done..to]));
            *done = to;
        }
    };
    for (range, insert) in &changes.edits {
        keep_to(range.start, &mut done, &mut segments);
        if !range.is_empty() {
            segments.push(Segment::Delete(&words[range.clone()]));
        }
        if !insert.is_empty() {
            segments.push(Segment::Insert(insert));
        }
        done = range.end;
    }
    keep_to(words.len(), &mut done, &mut segments);
    segments
}

/// An element with words.
fn element(prefix: &str, name: &str, words: &str) -> String {
    format!("<{prefix}{name} xml:space=\"preserve\">{}</{prefix}{name}>", escaped(words))
}

/// The element with its new words alone; nothing where none are left.
fn in_place(part: &Part, piece: &Piece, segments: &[Segment<'_>]) -> String {
    let mut words = String::new();
    for segment in segments {
        match segment {
            Segment::Keep(kept) if piece.kind == PieceKind::Mark => {
                debug_assert!(!kept.is_empty(), "a mark is kept whole or not at all");
                return part.tree.source(piece.element).to_owned();
            }
            Segment::Keep(kept) | Segment::Insert(kept) => words.push_str(kept),
            Segment::Delete(_) | Segment::Mark(_) => {}
        }
    }
    if words.is_empty() { words } else { element(part.tree.prefix(piece.run), "t", &words) }
}

/// The next number for a change.
fn taken(next: &mut u64) -> u64 {
    *next += 1;
    *next - 1
}

/// Markup of changes again, for what goes on behind them: the same but for their numbers.
fn renumbered(markup: &str, next: &mut u64) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut done = 0;
    while let Some(old) = markup[done..].find(ID).and_then(|at| number_at(markup, done + at)) {
        out.push_str(&markup[done..old.start]);
        out.push_str(&taken(next).to_string());
        done = old.end;
    }
    out + &markup[done..]
}

/// The run cut into runs for its stretches, and what stands between them.
fn split(part: &Part, piece: &Piece, segments: &[Segment<'_>], writing: &Writing, next: &mut u64) -> Splice {
    let tree = &part.tree;
    let prefix = tree.prefix(piece.run);
    let others = tree.children(piece.run).filter(|&id| id != piece.element && tree.tag(id) != Tag::RunProperties);
    let is_alone = others.count() == 0;
    let properties = tree.child(piece.run, Tag::RunProperties).map_or("", |id| tree.source(id));
    let head = format!("{}{properties}", tree.opening(piece.run));
    let first = is_alone.then(|| segments.iter().position(|segment| !matches!(segment, Segment::Mark(_)))).flatten();
    let tail = format!("</{}>", tree.name(piece.run));
    // A change inside somebody's insertion stands beside it, not in it, so that it can be judged by itself.
    let outer = tree.parent(piece.run).filter(|&id| tree.tag(id) == Tag::Insertion);
    let own = |words: &str| match piece.kind {
        PieceKind::Mark => tree.source(piece.element).to_owned(),
        _ => element(prefix, "t", words),
    };
    let own_prefix = tree.attribute_prefix(piece.run);
    let change = |name: &str, inner: String, next: &mut u64| match writing {
        Writing::Plain => inner,
        Writing::Tracked(Stamp { author, date }) => {
            let id = taken(next);
            let author = escaped(author);
            format!(
                "<{prefix}{name} {own_prefix}id=\"{id}\" {own_prefix}author=\"{author}\" {own_prefix}date=\"{date}\">\
                 {inner}</{prefix}{name}>"
            )
        }
    };
    // How somebody changed the properties can be judged for each of the runs: each has numbers of its own.
    let mut headed = |at: usize| if Some(at) == first { head.clone() } else { renumbered(&head, next) };
    let heads: Vec<String> = (0..segments.len()).map(&mut headed).collect();
    let behind = if is_alone { String::new() } else { renumbered(&head, next) };
    let runs: Vec<String> = heads
        .iter()
        .zip(segments)
        .map(|(head, segment)| match segment {
            Segment::Keep(words) => format!("{head}{}{tail}", own(words)),
            Segment::Mark(mark) => (*mark).to_owned(),
            Segment::Delete(_) if *writing == Writing::Plain => String::new(),
            Segment::Delete(words) => {
                let words = match piece.kind {
                    PieceKind::Mark => own(words),
                    _ => element(prefix, "delText", words),
                };
                change("del", format!("{head}{words}{tail}"), next)
            }
            Segment::Insert(words) => {
                let inserted = change("ins", format!("{head}{}{tail}", element(prefix, "t", words)), next);
                match outer {
                    Some(outer) if *writing != Writing::Plain => {
                        let again = renumbered(tree.opening(outer), next);
                        format!("</{}>{inserted}{again}", tree.name(outer))
                    }
                    _ => inserted,
                }
            }
        })
        .collect();
    if is_alone {
        return Splice { range: tree.range(piece.run), text: runs.concat() };
    }
    let text = format!("{tail}{}{}", runs.concat(), behind);
    Splice { range: tree.range(piece.element), text }
}
