//! The invariant of fixes, checked on every one: how sure it may be at most.

use crate::bind::Bound;
use crate::finding::FixLevel;
use gouji_core::document::BlockKind;
use gouji_core::label::bare_words;
use gouji_core::number::figures;
use gouji_core::text::{Edit, Span};

/// Pairs of marks between which a safe fix may mend marks only.
const PAIRS: [(char, char); 6] = [('《', '》'), ('〈', '〉'), ('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』')];

/// What no fix may touch, and what only some may.
#[derive(Debug)]
pub(crate) struct Guard<'a> {
    bound: &'a Bound<'a>,
    /// Value cells of all data tables, sorted.
    cells: Vec<Span>,
}

impl<'a> Guard<'a> {
    pub(crate) fn new(bound: &'a Bound<'a>) -> Self {
        let rows = bound.document.tables.iter().flat_map(|table| &table.rows);
        let mut cells: Vec<Span> = rows.flat_map(|row| &row.cells).map(|cell| cell.span).collect();
        cells.sort();
        Self { bound, cells }
    }

    /// The highest level that edits may have: a safe fix keeps all numbers by value and in order, joins and splits no
    /// run of digits, mends marks only inside 《》 and quotation marks (a verified title aside), and leaves list
    /// markers and signatures alone; a value cell is changed by no fix that is carried out.
    pub(crate) fn allows(&self, edits: &[Edit], verified: impl Fn(&Edit) -> bool) -> FixLevel {
        edits
            .iter()
            .map(|edit| {
                if self.touches_cell(edit.span) || self.touches_marker(edit.span) || self.joins_lines(edit) {
                    FixLevel::Suggest
                } else if self.keeps_numbers(edit)
                    && !self.in_signature(edit.span)
                    && (self.keeps_quoted_words(edit) || verified(edit))
                {
                    FixLevel::Safe
                } else {
                    FixLevel::Unsafe
                }
            })
            .min()
            .unwrap_or(FixLevel::Suggest)
    }

    fn touches_cell(&self, span: Span) -> bool {
        let from = self.cells.partition_point(|cell| cell.end < span.start);
        self.cells[from..].iter().take_while(|cell| cell.start <= span.end).any(|cell| {
            cell.overlaps(span)
                || *cell == span
                || (span.is_empty() && cell.start <= span.start && span.end <= cell.end)
        })
    }

    fn touches_marker(&self, span: Span) -> bool {
        let block = self.bound.document.block_at(span.start);
        let marker = block.and_then(|at| self.bound.document.blocks[at].list_marker);
        marker.is_some_and(|marker| marker.overlaps(span) || marker.end == span.start || marker.contains(span))
    }

    /// Whether an edit takes a line break away: how lines stand is nobody's slip.
    fn joins_lines(&self, edit: &Edit) -> bool {
        let n_breaks = |text: &str| text.matches('\n').count();
        n_breaks(edit.span.of(&self.bound.document.text)) > n_breaks(&edit.insert)
    }

    /// The stretch of the block around an edit that numbers at its ends may reach into.
    fn surroundings(&self, edit: Span) -> Span {
        let text = &self.bound.document.text;
        let inner = |c: char| c.is_numeric() || matches!(c, '.' | ',' | '．' | '，' | ' ' | '\u{3000}' | '\u{A0}');
        let start = text[..edit.start].trim_end_matches(inner).len();
        let end = text.len() - text[edit.end..].trim_start_matches(inner).len();
        Span::new(start, end)
    }

    fn keeps_numbers(&self, edit: &Edit) -> bool {
        let text = &self.bound.document.text;
        let around = self.surroundings(edit.span);
        let before = around.of(text);
        let after =
            format!("{}{}{}", &text[around.start..edit.span.start], edit.insert, &text[edit.span.end..around.end]);
        let values = |text: &str| -> Vec<_> { figures(text, 0).into_iter().map(|figure| figure.value).collect() };
        // 第（五）项 is a number too.
        let chinese = |text: &str| -> String {
            text.chars().filter(|&c| "〇零一二三四五六七八九十".contains(c)).collect()
        };
        values(before) == values(&after) && chinese(edit.span.of(text)) == chinese(&edit.insert)
    }

    fn keeps_quoted_words(&self, edit: &Edit) -> bool {
        let text = &self.bound.document.text;
        let old = edit.span.of(text);
        if bare_words(old) == bare_words(&edit.insert) {
            return true;
        }
        // Quotations are short: as far back as that is looked, no further.
        const LONGEST: usize = 900;
        let block =
            self.bound.document.block_at(edit.span.start).map_or(edit.span, |at| self.bound.document.blocks[at].span);
        let mut start = edit.span.start.saturating_sub(LONGEST).max(block.start).min(edit.span.start);
        while !text.is_char_boundary(start) {
            start += 1;
        }
        let before = &text[start..edit.span.start];
        let inside = PAIRS.iter().any(|&(open, close)| {
            before.rfind(open).is_some_and(|at| !before[at..].contains(close) || at > before.rfind(close).unwrap_or(0))
        });
        let has_marks = PAIRS.iter().any(|&(open, close)| old.contains([open, close]));
        !inside && !has_marks
    }

    /// A short line at the end that is no prose: an organ, a date.
    fn in_signature(&self, span: Span) -> bool {
        const LAST_LINES: usize = 3;
        const MAX_CHARS: usize = 40;
        let document = self.bound.document;
        let Some(at) = document.block_at(span.start) else { return false };
        let block = &document.blocks[at];
        let n_blocks = document.blocks.partition_point(|block| block.kind != BlockKind::Aside);
        let words = block.span.of(&document.text);
        at + LAST_LINES >= n_blocks
            && n_blocks > LAST_LINES
            && block.kind == BlockKind::Paragraph
            && words.chars().nth(MAX_CHARS).is_none()
            && !words.contains(['，', '。', '；', '：', ','])
    }
}
