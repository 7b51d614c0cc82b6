//! From the parts of a file to its text and lines: paragraphs in order, then what stands outside the body.

use super::numbering::Numbering;
use super::package::{Archive, Part, Relationship};
use super::styles::Styles;
use super::xml::{Id, Tag, Tree};
use super::{Anchor, PackageFault, Piece, PieceKind};
use crate::document::{Leftover, LeftoverKind, Note, NoteKind};
use crate::format::{Draft, DraftKind, DraftLine, is_wide, plain};
use crate::label::is_blank;
use crate::text::Span;

/// The longest paragraph in a heading style that is taken for a heading, in characters.
const MAX_HEADING: usize = 60;
/// The fewest filled fields that make a paragraph with tabs a table row.
const MIN_TYPED_FIELDS: usize = 3;

/// A file under reading.
pub(super) struct Reading {
    pub(super) draft: Draft,
    pub(super) parts: Vec<Part>,
    pub(super) pieces: Vec<Piece>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) leftovers: Vec<Leftover>,
    pub(super) styles: Styles,
    numbering: Numbering,
    /// The part under reading.
    pub(super) part: usize,
    /// The fields that are open.
    pub(super) fields: Vec<Field>,
    /// Text boxes that wait for the end of the paragraph they hang on.
    pub(super) boxes: Vec<Id>,
    /// Where a paragraph starts whose end mark is deleted: the next one goes on with it.
    joined: Option<usize>,
    /// Whether a line of a cell ended whose next has not begun.
    pub(super) line_ended: bool,
    /// Whether empty paragraphs stand before what comes next.
    pub(super) blank_before: bool,
}

/// A field that is open.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Field {
    /// Whether its result has begun.
    pub(super) in_result: bool,
    /// Whether it is the number of a page.
    pub(super) is_page: bool,
}

/// Where paragraphs stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// In the body: each is a line.
    Line,
    /// In a cell that starts here in the text.
    Cell(usize),
    /// In a header, a footer or a note.
    Aside,
}

impl Reading {
    pub(super) fn open(archive: &mut Archive, main: &str, links: &[Relationship]) -> Result<Self, PackageFault> {
        let mut of_kind = |kind: &str| -> Result<Option<Part>, PackageFault> {
            let link = links.iter().find(|link| link.kind == kind && !link.is_external);
            link.map_or(Ok(None), |link| archive.part(&link.target))
        };
        let styles = Styles::read(of_kind("styles")?.as_ref());
        let numbering = Numbering::read(of_kind("numbering")?.as_ref());
        let main = archive.part(main)?.ok_or(PackageFault::NoDocument)?;
        Ok(Self {
            draft: Draft::default(),
            parts: vec![main],
            pieces: Vec::new(),
            anchors: Vec::new(),
            leftovers: Vec::new(),
            styles,
            numbering,
            part: 0,
            fields: Vec::new(),
            boxes: Vec::new(),
            joined: None,
            line_ended: false,
            blank_before: false,
        })
    }

    /// Reads the body of the document.
    pub(super) fn body(&mut self) {
        let tree = self.take_tree();
        if let Some(body) = tree.child(tree.root(), Tag::Body) {
            self.blocks(&tree, body, Stand::Line);
        }
        self.end_joined(Stand::Line);
        self.give_back(tree);
    }

    /// Reads notes, headers and footers: they stand behind the body and in no section.
    pub(super) fn asides(&mut self, archive: &mut Archive, links: &[Relationship]) -> Result<(), PackageFault> {
        for kind in ["footnotes", "endnotes", "header", "footer"] {
            for link in links.iter().filter(|link| link.kind == kind && !link.is_external) {
                if self.parts.iter().any(|part| part.name == link.target) {
                    continue;
                }
                let Some(part) = archive.part(&link.target)? else { continue };
                self.part = self.parts.len();
                self.parts.push(part);
                self.aside();
            }
        }
        Ok(())
    }

    fn aside(&mut self) {
        let tree = self.take_tree();
        let root = tree.root();
        let is_note = |&id: &Id| matches!(tree.tag(id), Tag::Footnote | Tag::Endnote);
        let notes: Vec<Id> = tree.children(root).filter(is_note).collect();
        for &note in &notes {
            // The lines that set notes off from the text are notes, too.
            if tree.attribute(note, "type").is_none_or(|kind| kind == "normal") {
                self.blocks(&tree, note, Stand::Aside);
            }
        }
        if notes.is_empty() {
            self.blocks(&tree, root, Stand::Aside);
        }
        self.end_joined(Stand::Aside);
        self.fields.clear();
        self.give_back(tree);
    }

    /// The tree under reading, so that it can be walked while the text grows.
    fn take_tree(&mut self) -> Tree {
        std::mem::take(&mut self.parts[self.part].tree)
    }

    fn give_back(&mut self, tree: Tree) {
        self.parts[self.part].tree = tree;
    }

    /// Paragraphs and tables in order.
    pub(super) fn blocks(&mut self, tree: &Tree, container: Id, stand: Stand) {
        for id in tree.children(container) {
            match tree.tag(id) {
                Tag::Paragraph => self.paragraph(tree, id, stand),
                Tag::Table => self.table(tree, id, stand),
                // Word reads a whole file in its place; here it is only told.
                Tag::OtherFile => self.leave(LeftoverKind::Embedded, self.draft.text.len(), String::new()),
                Tag::Deletion | Tag::MoveFrom | Tag::ParagraphProperties | Tag::CellProperties => {}
                Tag::AlternateContent => {
                    if let Some(chosen) = chosen(tree, id) {
                        self.blocks(tree, chosen, stand);
                    }
                }
                _ => self.blocks(tree, id, stand),
            }
        }
    }

    fn paragraph(&mut self, tree: &Tree, id: Id, stand: Stand) {
        if let Stand::Cell(start) = stand {
            self.end_cell_line(start);
        }
        let start = self.joined.take().unwrap_or(self.draft.text.len());
        self.anchors.push(Anchor { start: self.draft.text.len(), part: self.part, paragraph: id });
        let properties = tree.child(id, Tag::ParagraphProperties);
        let style = properties.and_then(|properties| tree.value(properties, Tag::ParagraphStyle));
        let style = style.as_deref();
        let asked = self.styles.numbered(tree, properties, style);
        let mark = properties.and_then(|properties| tree.child(properties, Tag::RunProperties));
        let is_shown = !self.styles.hides(tree, mark, style) || has_text(tree, id);
        let marker = match start == self.draft.text.len() && is_shown && asked.id.is_some() {
            true => self.number(tree, id, asked),
            false => None,
        };
        self.inline(tree, id, style, stand);
        // The instructions of a field end with its paragraph, or a field never closed would swallow all the rest.
        self.fields.retain(|field| field.in_result);
        let goes_on = mark.is_some_and(|mark| tree.child(mark, Tag::Deletion).is_some());
        match stand {
            Stand::Cell(_) => {}
            _ if goes_on => self.joined = Some(start),
            _ => {
                let depth = self.styles.depth(tree, properties, style);
                self.end_paragraph(start, stand, marker, depth);
                self.text_boxes(tree);
            }
        }
    }

    /// A line break after what a cell that starts here holds already.
    pub(super) fn end_cell_line(&mut self, start: usize) {
        self.line_ended |= !self.draft.text[start..].trim().is_empty();
    }

    /// Makes of a line break of a cell what is read of it: nothing between two Chinese characters, else one space. It
    /// is no piece of the text, so that no edit takes the break out.
    fn join_cell_line(&mut self, words: &str) {
        let ends = (self.draft.text.chars().next_back(), words.chars().next());
        let (true, (Some(before), Some(next))) = (std::mem::take(&mut self.line_ended), ends) else { return };
        let has_blank = before.is_whitespace() || next.is_whitespace();
        let is_wide = is_wide(before) && is_wide(next);
        if !has_blank && !is_wide {
            self.draft.text.push(' ');
        }
    }

    /// The number that Word shows before a paragraph.
    fn number(&mut self, tree: &Tree, id: Id, asked: super::styles::Numbered) -> Option<Span> {
        let label = self.numbering.next(asked);
        if !label.contains(char::is_alphanumeric) && !label.contains(|c| ('①'..='⑳').contains(&c)) {
            return None;
        }
        self.join_cell_line(&label);
        let start = self.draft.text.len();
        self.draft.text.push_str(&label);
        let marker = Span::new(start, start + label.len());
        // A number may not run into the figure behind it.
        if label.ends_with(|c: char| c == '.' || c.is_ascii_alphanumeric())
            && first_char(tree, id).is_some_and(|c| c.is_ascii_alphanumeric())
        {
            self.draft.text.push(' ');
        }
        Some(marker)
    }

    /// Ends what a deleted paragraph mark left open at the end of a part.
    fn end_joined(&mut self, stand: Stand) {
        if let Some(start) = self.joined.take() {
            self.end_paragraph(start, stand, None, None);
        }
    }

    /// Makes lines of what was read since `start`.
    fn end_paragraph(&mut self, start: usize, stand: Stand, marker: Option<Span>, depth: Option<u8>) {
        let own = self.draft.text[start..].to_owned();
        let is_heading = own.chars().nth(MAX_HEADING).is_none() && !own.contains(['。', '\n']);
        let mut kind = match (stand, depth.filter(|_| is_heading), marker) {
            (Stand::Aside, ..) => DraftKind::Aside,
            (_, Some(depth), _) => DraftKind::Heading(depth),
            (_, None, Some(marker)) => DraftKind::Item(marker),
            (_, None, None) => DraftKind::Line,
        };
        let mut at = start;
        let mut is_empty = true;
        for part in own.split('\n') {
            let line = trim(&self.draft.text, Span::new(at, at + part.len()));
            at += part.len() + 1;
            // What is left of `— 3 —` without the number of the page is nothing.
            let is_bare = stand == Stand::Aside && !line.of(&self.draft.text).contains(char::is_alphanumeric);
            if line.is_empty() || is_bare {
                continue;
            }
            is_empty = false;
            let blank_before = std::mem::take(&mut self.blank_before);
            let then = if stand == Stand::Aside { DraftKind::Aside } else { DraftKind::Line };
            let kind = std::mem::replace(&mut kind, then);
            match stand == Stand::Line && is_typed_row(part) {
                true => plain::split_lines(part, at - 1 - part.len(), &mut self.draft.lines),
                false => self.draft.lines.push(DraftLine { span: line, kind, blank_before }),
            }
        }
        self.blank_before |= is_empty;
        self.draft.text.push('\n');
    }

    /// What stands in the text boxes that hang on what was just read.
    pub(super) fn text_boxes(&mut self, tree: &Tree) {
        for text_box in std::mem::take(&mut self.boxes) {
            let fields = std::mem::take(&mut self.fields);
            let stand = if self.part == 0 { Stand::Line } else { Stand::Aside };
            self.blocks(tree, text_box, stand);
            self.fields = fields;
        }
    }

    /// Adds a piece of the text.
    pub(super) fn piece(&mut self, element: Id, run: Id, kind: PieceKind, words: &str) {
        if words.is_empty() {
            return;
        }
        self.join_cell_line(words);
        let start = self.draft.text.len();
        self.draft.text.push_str(words);
        let span = Span::new(start, start + words.len());
        self.pieces.push(Piece { span, part: self.part, element, run, kind });
    }

    /// Says that something is left in the file that is no content.
    pub(super) fn leave(&mut self, kind: LeftoverKind, start: usize, words: String) {
        let span = Span::new(start, self.draft.text.len());
        if kind == LeftoverKind::HiddenText {
            self.draft.notes.push(Note { span, kind: NoteKind::HiddenText });
        }
        // A change is often many runs: what goes on with the last is one with it.
        match self.leftovers.last_mut() {
            Some(last) if last.kind == kind && last.span.end == start => {
                last.span.end = span.end;
                last.words.push_str(&words);
            }
            _ => self.leftovers.push(Leftover { kind, span, words }),
        }
    }
}

/// Of content in several versions the one to read, once.
pub(super) fn chosen(tree: &Tree, id: Id) -> Option<Id> {
    tree.child(id, Tag::Choice).or_else(|| tree.child(id, Tag::Fallback))
}

/// A span without blanks at its ends; an empty one stays at its start.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let part = span.of(text);
    let left = part.trim_start_matches(|c| is_blank(c) || c.is_whitespace());
    let len = left.trim_end_matches(|c| is_blank(c) || c.is_whitespace()).len();
    let start = span.end - left.len();
    if len == 0 { Span::empty(span.start) } else { Span::new(start, start + len) }
}

/// Whether a paragraph is a table row typed with tabs.
fn is_typed_row(line: &str) -> bool {
    line.contains('\t') && line.split('\t').filter(|field| !field.trim().is_empty()).count() >= MIN_TYPED_FIELDS
}

/// The first character of a paragraph, as far as its runs tell.
fn first_char(tree: &Tree, id: Id) -> Option<char> {
    tree.children(id).find_map(|child| match tree.tag(child) {
        Tag::Text => tree.words(child).chars().next(),
        Tag::Deletion | Tag::MoveFrom | Tag::ParagraphProperties | Tag::RunProperties => None,
        _ => first_char(tree, child),
    })
}

fn has_text(tree: &Tree, id: Id) -> bool {
    first_char(tree, id).is_some()
}
