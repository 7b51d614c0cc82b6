//! The figures of the running text: runs of digits with the words around them.

use gouji_core::document::{BlockKind, Document};
use gouji_core::text::Span;

/// Characters shown before and behind a figure.
const AROUND: usize = 12;

/// A number in the text.
pub(super) struct Figure {
    /// Its digits, with thousands marks and decimal point.
    pub(super) span: Span,
    /// A few characters around it, within its block.
    pub(super) context: Span,
}

/// The figures of all paragraphs, in order.
pub(super) fn of(document: &Document) -> Vec<Figure> {
    let mut figures = Vec::new();
    for block in &document.blocks {
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        let text = block.span.of(&document.text);
        let mut from = 0;
        while let Some(start) = text[from..].find(is_digit).map(|at| from + at) {
            let end = run_end(text, start);
            figures.push(Figure {
                span: Span::new(start, end).shift(block.span.start),
                context: around(text, start, end).shift(block.span.start),
            });
            from = end;
        }
    }
    figures
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// The end of the digits that start at `start`; a mark counts where a digit follows it.
fn run_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut rest = text[start..].char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let joins = matches!(c, ',' | '.' | '，' | '．') && end > start;
        let before_digit = rest.peek().is_some_and(|&(_, next)| is_digit(next));
        if is_digit(c) {
            end = start + at + c.len_utf8();
        } else if !(joins && c.is_ascii() && before_digit) {
            break;
        }
    }
    end
}

fn around(text: &str, start: usize, end: usize) -> Span {
    let before = text[..start].char_indices().rev().take(AROUND).last();
    let behind = text[end..].char_indices().nth(AROUND);
    Span::new(
        before.map_or(start, |(at, _)| at),
        behind.map_or(text.len(), |(at, _)| end + at),
    )
}
