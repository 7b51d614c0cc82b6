//! Plain text: a line is a paragraph, tabs make table rows, and so do pipes at both ends; empty lines separate.

use super::{Draft, DraftKind, DraftLine, aligned};
use crate::label::is_blank;
use crate::text::{Span, line_break};

/// Longest only field of a line with tabs that is still a table row; beyond it the tabs are indents.
const MAX_LONE_LABEL: usize = 30;

pub(crate) fn draft(raw: &str) -> Draft {
    let mut draft = Draft { text: raw.to_owned(), ..Draft::default() };
    split_lines(raw, 0, &mut draft.lines);
    aligned::rows(raw, &mut draft.lines);
    draft
}

/// The lines of `text`, whose first byte is byte `base` of the document's text.
pub(crate) fn split_lines(text: &str, base: usize, lines: &mut Vec<DraftLine>) {
    let mut start = 0;
    let mut blank_before = false;
    let line_break = line_break(text);
    while start < text.len() {
        let end = memchr::memchr(line_break, &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        let line = Span::new(start, end);
        let content = trim(text, line);
        if content.is_empty() {
            // A row of which every cell is empty still shows that a row is there.
            match fields(text, line, base).filter(|fields| fields.len() > 2) {
                Some(fields) => {
                    lines.push(DraftLine { span: line.shift(base), kind: DraftKind::Row(fields), blank_before });
                }
                None => blank_before = true,
            }
        } else if is_rule(content.of(text)) {
            // The line below the header of a pipe table says nothing.
        } else {
            let fields = piped(text, content, base).or_else(|| fields(text, line, base));
            let kind = fields.map_or(DraftKind::Line, DraftKind::Row);
            lines.push(DraftLine { span: content.shift(base), kind, blank_before });
            blank_before = false;
        }
        start = end + 1;
    }
}

/// Whether a line without outer blanks is what stands below the header of a pipe table: `|---|:-:|`.
fn is_rule(line: &str) -> bool {
    line.starts_with('|') && line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':') || is_blank(c))
}

/// The fields of a line that begins and ends with a pipe; none of any other.
fn piped(text: &str, line: Span, base: usize) -> Option<Vec<Span>> {
    let inner = line.of(text).strip_prefix('|')?.strip_suffix('|')?;
    let mut fields = Vec::new();
    let mut start = line.start + 1;
    for part in inner.split('|') {
        fields.push(trim(text, Span::new(start, start + part.len())).shift(base));
        start += part.len() + 1;
    }
    (fields.len() > 1).then_some(fields)
}

/// The fields of a line that is a table row; none where it is a paragraph.
fn fields(text: &str, line: Span, base: usize) -> Option<Vec<Span>> {
    let bytes = &text.as_bytes()[line.start..line.end];
    memchr::memchr(b'\t', bytes)?;
    let mut fields = Vec::new();
    let mut start = line.start;
    for at in memchr::memchr_iter(b'\t', bytes).map(|at| line.start + at).chain([line.end]) {
        fields.push(trim(text, Span::new(start, at)));
        start = at + 1;
    }
    let mut filled = fields.iter().filter(|field| !field.is_empty());
    let words = filled.next().map_or("", |first| first.of(text));
    let lone = filled.next().is_none();
    if lone && (words.chars().nth(MAX_LONE_LABEL).is_some() || words.ends_with(['。', '；', '：'])) {
        return None;
    }
    Some(fields.into_iter().map(|field| field.shift(base)).collect())
}

/// A span without blanks at its ends; an empty one stays at its start.
fn trim(text: &str, span: Span) -> Span {
    let part = span.of(text);
    let left = part.trim_start_matches(|c| is_blank(c) || c == '\0');
    let start = span.end - left.len();
    let len = left.trim_end_matches(|c| is_blank(c) || c == '\0').len();
    if len == 0 { Span::empty(span.start) } else { Span::new(start, start + len) }
}
