//! From elements to lines: what a browser shows below one another is a line each, a row of a table is one line.

use super::entity::{self, Part};
use super::grid::{Grid, Slots};
use super::page::Page;
use super::tables;
use super::tags;
use super::tree::{NodeKind, Tree};
use crate::document::{Comment, LeftOutKind, Note, NoteKind};
use crate::format::{Draft, DraftKind, DraftLine, Origin, origin};
use crate::label::is_blank;
use crate::text::Span;
use std::ops::Range;

/// Stands in the text for a picture or a field: the object replacement character.
const LEFT_OUT: &str = "\u{FFFC}";
/// The longest heading element, in characters, that is taken for a heading; many pages set paragraphs as headings.
const MAX_HEADING: usize = 45;
/// The longest comment that is looked at.
const MAX_COMMENT: usize = 1000;

/// Reads stretches of a page, one after the other.
pub(super) struct Flow<'t, 'a> {
    page: &'t Page<'a>,
    tree: &'t Tree<'a>,
    draft: Draft,
    /// Where the line or cell under way starts in the text.
    start: usize,
    /// What stands behind the last character and may be shown as one space.
    blanks: Vec<Blank>,
    /// How deep we are in preformatted text.
    preformatted: usize,
    heading: Option<u8>,
    place: PlaceKind,
    slots: Slots,
    /// Whether an empty paragraph stands before what comes next.
    blank_before: bool,
}

/// A blank that is not in the text yet.
enum Blank {
    /// Spaces and line breaks of the file.
    Run(Span),
    /// The end of a line inside a cell, at this byte of the file.
    Break(usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PlaceKind {
    /// Every block is a line.
    Page,
    /// All is one field.
    Cell,
}

impl<'t, 'a> Flow<'t, 'a> {
    pub(super) fn new(page: &'t Page<'a>) -> Self {
        let draft = Draft { origin: Origin::of(origin::Marks::Html), ..Draft::default() };
        Self {
            page,
            tree: &page.tree,
            draft,
            start: 0,
            blanks: Vec::new(),
            preformatted: 0,
            heading: None,
            place: PlaceKind::Page,
            slots: Slots::default(),
            blank_before: false,
        }
    }

    pub(super) fn finish(mut self) -> Draft {
        self.end_line(self.tree.raw.len());
        self.draft
    }

    /// Reads an element with all that is in it.
    pub(super) fn element(&mut self, at: usize) {
        self.end_line(self.tree.nodes[at].span.start);
        self.walk(at..self.tree.nodes[at].end);
        self.end_line(self.draft.origin.to_raw(self.draft.text.len()));
    }

    fn walk(&mut self, nodes: Range<usize>) {
        let mut open: Vec<usize> = Vec::new();
        let mut at = nodes.start;
        loop {
            while let Some(&element) = open.last()
                && self.tree.nodes[element].end <= at
            {
                self.leave(element);
                open.pop();
            }
            if at >= nodes.end {
                return;
            }
            let node = &self.tree.nodes[at];
            match node.kind {
                NodeKind::Text => self.text(node.span),
                NodeKind::Comment => self.comment(node.span),
                NodeKind::Element { tag, .. } => {
                    if tags::is_object(tag) {
                        self.object(node.span.start);
                    }
                    if tags::is_no_text(tag) || self.page.is_left_out(at) {
                        self.skip(at);
                        at = node.end;
                        continue;
                    }
                    if tag == "table" && self.place == PlaceKind::Page && tables::is_data(self.page, at) {
                        self.table(at);
                        at = node.end;
                        continue;
                    }
                    self.enter(at);
                    open.push(at);
                }
            }
            at += 1;
        }
    }

    /// Steps over what is left out; hidden text is told of, for it may have been meant to be read.
    fn skip(&mut self, at: usize) {
        if self.page.left_out(at) == Some(LeftOutKind::Hidden) && self.page.n_chars(at) > 0 {
            let span = self.stand_in(self.tree.nodes[at].span);
            self.draft.notes.push(Note { span, kind: NoteKind::HiddenSkipped });
        }
    }

    fn enter(&mut self, at: usize) {
        let tag = self.tree.tag(at);
        if tag == "br" || tags::is_block(tag) {
            self.end_block(self.tree.nodes[at].span.start);
        }
        if let Some(depth) = tags::heading(tag) {
            self.heading = Some(depth);
        }
        self.preformatted += usize::from(matches!(tag, "pre" | "listing" | "xmp"));
    }

    fn leave(&mut self, at: usize) {
        let tag = self.tree.tag(at);
        if tags::is_block(tag) {
            self.end_block(self.raw_end());
        }
        if tags::heading(tag).is_some() {
            self.heading = None;
        }
        self.preformatted -= usize::from(matches!(tag, "pre" | "listing" | "xmp"));
    }

    /// The byte of the file behind what was read last.
    fn raw_end(&self) -> usize {
        self.draft.origin.to_raw(self.draft.text.len())
    }

    fn end_block(&mut self, raw: usize) {
        match self.place {
            PlaceKind::Page => self.end_line(raw),
            PlaceKind::Cell => self.blanks.push(Blank::Break(raw)),
        }
    }

    fn text(&mut self, span: Span) {
        let raw = span.of(self.tree.raw);
        for part in entity::parts(raw) {
            match part {
                Part::Blank(at) if self.preformatted > 0 && self.place == PlaceKind::Page => {
                    self.preformatted_blank(Span::from(at).shift(span.start));
                }
                Part::Blank(at) => self.blanks.push(Blank::Run(Span::from(at).shift(span.start))),
                Part::Plain(at) => {
                    let words = &raw[at.clone()];
                    self.settle_blanks(words.chars().next());
                    self.copy(Span::from(at).shift(span.start));
                }
                Part::Reference(at, words) => {
                    self.settle_blanks(words.chars().next());
                    let text = &mut self.draft.text;
                    self.draft.origin.read(text.len(), Span::from(at).shift(span.start), words.len());
                    text.push_str(&words);
                }
            }
        }
    }

    /// Blanks that are shown as they stand; a line break among them ends the line.
    fn preformatted_blank(&mut self, run: Span) {
        let mut at = run.start;
        for part in run.of(self.tree.raw).split_inclusive('\n') {
            let line = part.trim_end_matches(['\r', '\n']);
            self.copy(Span::new(at, at + line.len()));
            at += part.len();
            if part.ends_with('\n') {
                self.end_line(at);
            }
        }
    }

    /// Turns the blanks before `next` into what is shown of them: nothing at the start of a line, nothing for a line
    /// break between two Chinese characters, else one space.
    fn settle_blanks(&mut self, next: Option<char>) {
        if self.blanks.is_empty() {
            return;
        }
        let blanks = std::mem::take(&mut self.blanks);
        let Some(before) = self.draft.text[self.start..].chars().next_back() else { return };
        let wide = is_wide(before) && next.is_none_or(is_wide);
        let ends_line = blanks.iter().find_map(|blank| match blank {
            Blank::Break(at) => Some(*at),
            Blank::Run(_) => None,
        });
        let Draft { text, origin, .. } = &mut self.draft;
        if let Some(at) = ends_line {
            let space = if wide { "" } else { " " };
            origin.made(text.len(), at, space.len());
            text.push_str(space);
            return;
        }
        let breaks = |run: &Span| run.of(self.tree.raw).contains(['\n', '\r']);
        let is_shown = !wide || !blanks.iter().any(|blank| matches!(blank, Blank::Run(run) if breaks(run)));
        let mut space = if is_shown { " " } else { "" };
        for blank in blanks {
            let Blank::Run(run) = blank else { continue };
            if run.of(self.tree.raw) == space {
                origin.copied(text.len(), run.start, 1);
            } else {
                origin.read(text.len(), run, space.len());
            }
            text.push_str(space);
            space = "";
        }
    }

    /// A picture or a field to fill in: what stands around it does not join.
    fn object(&mut self, raw: usize) {
        self.settle_blanks(None);
        self.make(LEFT_OUT, raw);
    }

    fn copy(&mut self, span: Span) {
        self.draft.origin.copied(self.draft.text.len(), span.start, span.len());
        self.draft.text.push_str(span.of(self.tree.raw));
    }

    fn make(&mut self, text: &str, raw: usize) {
        self.draft.origin.made(self.draft.text.len(), raw, text.len());
        self.draft.text.push_str(text);
    }

    /// Keeps a comment that may speak to gouji; one between two lines has a line of its own, by which it is found.
    fn comment(&mut self, raw: Span) {
        let inner = raw.of(self.tree.raw).trim_start_matches("<!--").trim_start();
        if raw.len() > MAX_COMMENT || !inner.starts_with(['g', 'G', 'ｇ', 'Ｇ']) {
            return;
        }
        let span = self.stand_in(raw);
        self.draft.comments.push(Comment { span, raw, inside: span.is_empty() });
    }

    /// Where in the text something stands that is no text: an empty place in a line, or a line of its own, by which its
    /// place in the file can be told.
    fn stand_in(&mut self, raw: Span) -> Span {
        let start = self.draft.text.len();
        if self.place == PlaceKind::Cell || start > self.start {
            return Span::empty(start);
        }
        self.make(LEFT_OUT, raw.start);
        self.make("\n", raw.end);
        self.start = self.draft.text.len();
        Span::new(start, start + LEFT_OUT.len())
    }

    /// Closes the line under way, if anything is in it.
    fn end_line(&mut self, raw: usize) {
        self.blanks.clear();
        let span = self.trim(Span::new(self.start, self.draft.text.len()));
        if self.draft.text.len() == self.start {
            return;
        }
        if !span.is_empty() {
            let words = span.of(&self.draft.text);
            let titled = words.chars().nth(MAX_HEADING).is_none() && !words.contains(['。', '，', '；']);
            let kind = self.heading.filter(|_| titled).map_or(DraftKind::Line, DraftKind::Heading);
            self.draft.lines.push(DraftLine { span, kind, blank_before: false });
        }
        self.blank_before = span.is_empty();
        self.make("\n", raw);
        self.start = self.draft.text.len();
    }

    /// A span without blanks and pictures at its ends; an empty one stays at its start.
    fn trim(&self, span: Span) -> Span {
        let nothing = |c: char| is_blank(c) || LEFT_OUT.starts_with(c) || c == '\0';
        let left = span.of(&self.draft.text).trim_start_matches(nothing);
        let start = span.end - left.len();
        let len = left.trim_end_matches(nothing).len();
        if len == 0 { Span::empty(span.start) } else { Span::new(start, start + len) }
    }

    /// Reads a table: what stands in it outside its cells first, then a line a row.
    fn table(&mut self, table: usize) {
        self.end_line(self.tree.nodes[table].span.start);
        let heading = self.heading.take();
        let grid = Grid::new(self.page, table, &mut self.slots);
        for &stray in &grid.strays {
            self.walk(stray..self.tree.nodes[stray].end);
            self.end_line(self.raw_end());
        }
        for row in &grid.rows {
            self.row(row);
        }
        if grid.is_cut {
            let span = Span::empty(self.draft.lines.last().map_or(0, |line| line.span.start));
            self.draft.notes.push(Note { span, kind: NoteKind::SpanTooLarge });
        }
        self.heading = heading;
    }

    /// A row: the cell of each field, none where one from above or from the left reaches.
    fn row(&mut self, row: &[Option<usize>]) {
        let from = self.start;
        let mut fields = Vec::with_capacity(row.len());
        for (at, cell) in row.iter().enumerate() {
            let raw = cell.map_or_else(|| self.raw_end(), |cell| self.tree.nodes[cell].span.end);
            if at > 0 {
                self.make("\t", raw);
            }
            self.start = self.draft.text.len();
            if let Some(cell) = *cell {
                self.place = PlaceKind::Cell;
                self.walk(self.tree.inside(cell));
                self.place = PlaceKind::Page;
                self.blanks.clear();
            }
            fields.push(self.trim(Span::new(self.start, self.draft.text.len())));
        }
        self.start = from;
        let whole = Span::new(from, self.draft.text.len());
        let filled = |field: &&Span| !field.is_empty();
        let span = match (fields.iter().find(filled), fields.iter().rfind(filled)) {
            (Some(first), Some(last)) => first.cover(*last),
            _ => whole,
        };
        if fields.iter().any(|field| !field.is_empty()) || fields.len() > 2 {
            let blank_before = std::mem::take(&mut self.blank_before);
            self.draft.lines.push(DraftLine { span, kind: DraftKind::Row(fields), blank_before });
        }
        self.make("\n", self.raw_end());
        self.start = self.draft.text.len();
    }
}

/// Characters as wide as a Chinese one, between which a line break of the file is no space.
pub(in crate::format) fn is_wide(c: char) -> bool {
    c >= '\u{2E80}' || matches!(c, '—' | '–' | '‘' | '’' | '“' | '”' | '…' | '·')
}
