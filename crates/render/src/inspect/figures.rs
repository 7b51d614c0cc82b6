//! The figures of the running text, with the words around them.

use gouji_core::document::{BlockKind, Document};
use gouji_core::number::{self, Figure};
use gouji_core::text::Span;

/// Characters shown before and behind a figure.
const AROUND: usize = 12;

/// A number in the text.
pub(super) struct InContext {
    /// The number.
    pub(super) figure: Figure,
    /// A few characters around it, within its block.
    pub(super) context: Span,
}

/// The figures of all paragraphs, in order.
pub(super) fn of(document: &Document) -> Vec<InContext> {
    let mut out = Vec::new();
    for block in document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        for figure in number::figures(block.span.of(&document.text), block.span.start) {
            let context = around(&document.text, block.span, figure.span);
            out.push(InContext { figure, context });
        }
    }
    out
}

fn around(text: &str, block: Span, figure: Span) -> Span {
    let before = text[block.start..figure.start].char_indices().rev().take(AROUND).last();
    let behind = text[figure.end..block.end].char_indices().nth(AROUND);
    Span::new(
        before.map_or(figure.start, |(at, _)| block.start + at),
        behind.map_or(block.end, |(at, _)| figure.end + at),
    )
}
