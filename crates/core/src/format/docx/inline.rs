//! What stands in a paragraph: runs with their text, fields, changes, hidden text.

use super::PieceKind;
use super::body::{Field, Reading, Stand, chosen};
use super::xml::{Id, Tag, Tree};
use crate::document::LeftoverKind;

/// Stands in the text for a symbol of a font of its own.
const LEFT_OUT: &str = "\u{FFFC}";

impl Reading {
    /// The runs below an element, whatever they are wrapped in. `style` is the paragraph's.
    pub(super) fn inline(&mut self, tree: &Tree, container: Id, style: Option<&str>, stand: Stand) {
        for id in tree.children(container) {
            match tree.tag(id) {
                Tag::Run => self.run(tree, id, style, stand),
                Tag::ParagraphProperties | Tag::RunProperties | Tag::PhoneticText => {}
                Tag::Deletion | Tag::MoveFrom => {
                    let words = all_words(tree, id);
                    if !words.is_empty() {
                        self.leave(LeftoverKind::Deletion, self.draft.text.len(), words);
                    }
                }
                Tag::Insertion | Tag::MoveTo => {
                    let start = self.draft.text.len();
                    self.inline(tree, id, style, stand);
                    if self.draft.text.len() > start {
                        let words = self.draft.text[start..].to_owned();
                        self.leave(LeftoverKind::Insertion, start, words);
                    }
                }
                Tag::AlternateContent => {
                    if let Some(chosen) = chosen(tree, id) {
                        self.inline(tree, chosen, style, stand);
                    }
                }
                Tag::MathText => {
                    let words = tree.words(id).into_owned();
                    self.piece(id, id, PieceKind::Fixed, &words);
                }
                Tag::TextBox => self.boxes.push(id),
                // The number of a page is furniture of the page.
                Tag::Other
                    if stand == Stand::Aside && tree.attribute(id, "instr").is_some_and(|own| counts_pages(&own)) => {}
                _ => self.inline(tree, id, style, stand),
            }
        }
    }

    fn run(&mut self, tree: &Tree, run: Id, style: Option<&str>, stand: Stand) {
        let properties = tree.child(run, Tag::RunProperties);
        if self.styles.hides(tree, properties, style) {
            let words = hidden(tree, run);
            if !words.is_empty() && self.counts() {
                self.leave(LeftoverKind::HiddenText, self.draft.text.len(), words);
            }
            self.field_marks(tree, run);
            return;
        }
        for id in tree.children(run) {
            match tree.tag(id) {
                Tag::FieldChar => self.field_mark(tree, id),
                Tag::RunProperties | Tag::PhoneticText => {}
                Tag::InstructionText => {
                    if let Some(field) = self.fields.last_mut() {
                        field.is_page |= counts_pages(&tree.words(id));
                    }
                }
                Tag::Object => {
                    self.leave(LeftoverKind::Embedded, self.draft.text.len(), String::new());
                    self.inline(tree, id, style, stand);
                }
                Tag::Drawing | Tag::Picture | Tag::AlternateContent => self.drawn(tree, id),
                _ if !self.counts() => {}
                Tag::Text => {
                    let words = tree.words(id);
                    // Without the wish to keep them, blanks at the ends of an element are no text.
                    let is_kept = tree.attribute(id, "space").is_some_and(|space| space == "preserve");
                    let words = if is_kept { &*words } else { words.trim_matches(' ') };
                    self.piece(id, run, PieceKind::Words, words);
                }
                Tag::Tab | Tag::PositionTab => {
                    let tab = if matches!(stand, Stand::Cell(_)) { " " } else { "\t" };
                    self.piece(id, run, PieceKind::Mark, tab);
                }
                Tag::Break | Tag::Return => match stand {
                    Stand::Cell(start) => self.end_cell_line(start),
                    Stand::Line | Stand::Aside => self.piece(id, run, PieceKind::Mark, "\n"),
                },
                Tag::NoBreakHyphen => self.piece(id, run, PieceKind::Fixed, "-"),
                Tag::Symbol => {
                    let symbol = symbol(tree, id).map_or(LEFT_OUT.to_owned(), String::from);
                    self.piece(id, run, PieceKind::Fixed, &symbol);
                }
                Tag::Other => self.inline(tree, id, style, stand),
                _ => {}
            }
        }
    }

    /// Text boxes and objects in a drawing, once where it comes in several versions.
    fn drawn(&mut self, tree: &Tree, id: Id) {
        match tree.tag(id) {
            Tag::TextBox => self.boxes.push(id),
            Tag::AlternateContent => {
                if let Some(chosen) = chosen(tree, id) {
                    // A version may hold ordinary text as well as a drawing.
                    self.drawn_children(tree, chosen);
                }
            }
            Tag::Text | Tag::Tab | Tag::Break if self.counts() => {
                let run = tree.parent(id).unwrap_or(id);
                let words = tree.words(id).into_owned();
                self.piece(id, run, PieceKind::Fixed, &words);
            }
            _ => self.drawn_children(tree, id),
        }
    }

    fn drawn_children(&mut self, tree: &Tree, id: Id) {
        for child in tree.children(id) {
            self.drawn(tree, child);
        }
    }

    /// Whether text is content: not inside the instructions of a field.
    fn counts(&self) -> bool {
        self.fields.iter().all(|field| field.in_result && (self.part == 0 || !field.is_page))
    }

    fn field_marks(&mut self, tree: &Tree, run: Id) {
        for id in tree.children(run).filter(|&id| tree.tag(id) == Tag::FieldChar) {
            self.field_mark(tree, id);
        }
    }

    fn field_mark(&mut self, tree: &Tree, id: Id) {
        match tree.attribute(id, "fldCharType").as_deref() {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }
}

/// Whether the instructions of a field make it the number of a page, or how many there are.
fn counts_pages(instructions: &str) -> bool {
    let kind = instructions.split_whitespace().next().unwrap_or_default();
    ["PAGE", "NUMPAGES", "SECTIONPAGES"].iter().any(|own| own.eq_ignore_ascii_case(kind))
}

/// All words below an element, deleted ones too.
pub(super) fn all_words(tree: &Tree, id: Id) -> String {
    let mut words = String::new();
    collect(tree, id, &mut words);
    words
}

fn collect(tree: &Tree, id: Id, words: &mut String) {
    for child in tree.children(id) {
        match tree.tag(child) {
            Tag::Text => words.push_str(&tree.words(child)),
            Tag::RunProperties | Tag::InstructionText => {}
            Tag::Other if tree.name(child).ends_with("delText") => words.push_str(&tree.words(child)),
            _ => collect(tree, child, words),
        }
    }
}

fn hidden(tree: &Tree, run: Id) -> String {
    let texts = tree.children(run).filter(|&id| tree.tag(id) == Tag::Text);
    texts.map(|id| tree.words(id).into_owned()).collect()
}

/// The character of a symbol; none where only its font knows it.
fn symbol(tree: &Tree, id: Id) -> Option<char> {
    let code = u32::from_str_radix(&tree.attribute(id, "char")?, 16).ok()?;
    char::from_u32(code).filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c) && !c.is_control())
}
