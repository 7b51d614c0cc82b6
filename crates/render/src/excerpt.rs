//! The piece of a line that is shown for a finding: the sentence around it, cut to the terminal's width.
//!
//! Only the neighbourhood of the place is looked at, so a paragraph of any length costs the same.

use crate::layout::visible;
use gouji_core::text::Span;
use unicode_width::UnicodeWidthChar;

/// Columns from one tab stop to the next.
pub(crate) const TAB: usize = 4;

/// One line of output that shows part of a line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// What is shown, with `…` where it was cut.
    pub(crate) text: String,
    /// The place's span inside [`Excerpt::text`].
    pub(crate) focus: Span,
    /// The shown part of the line, in the source.
    shown: Span,
    /// Byte in the source and byte in the excerpt, for every shown character and the end.
    map: Vec<(usize, usize)>,
}

impl Excerpt {
    /// The excerpt of `line` (a span of `source` without line break) around `focus`, at most `columns` wide.
    pub(crate) fn new(source: &str, line: Span, focus: Span, columns: usize) -> Self {
        let columns = columns.max(20);
        let start = focus.start.clamp(line.start, line.end);
        let focus = Span::new(start, focus.end.clamp(start, line.end));
        let shown = window(source, line, focus, columns);
        let mut text = String::new();
        let mut map = Vec::new();
        if shown.start > line.start {
            text.push('…');
        }
        for (at, character) in shown.of(source).char_indices() {
            map.push((shown.start + at, text.len()));
            text.push(visible(character));
        }
        map.push((shown.end, text.len()));
        if shown.end < line.end {
            text.push('…');
        }
        let mut excerpt = Self { text, focus: Span::empty(0), shown, map };
        let end = focus.end.min(shown.end);
        excerpt.focus = Span::new(excerpt.to_text(focus.start), excerpt.to_text(end));
        if excerpt.focus.start == excerpt.text.len() {
            // The end of a line is shown as a place of its own: a caret needs a column to stand under.
            excerpt.text.push(' ');
        }
        excerpt
    }

    /// Where another span of the source is shown; none where it is not wholly shown.
    pub(crate) fn locate(&self, span: Span) -> Option<Span> {
        self.shown.contains(span).then(|| Span::new(self.to_text(span.start), self.to_text(span.end)))
    }

    fn to_text(&self, byte: usize) -> usize {
        let at = self.map.partition_point(|&(source, _)| source < byte);
        self.map.get(at).or(self.map.last()).map_or(0, |&(_, text)| text)
    }
}

/// The part of the line to show.
fn window(source: &str, line: Span, focus: Span, columns: usize) -> Span {
    // A line that fits is shown whole; one that is longer in bytes than any line of that width is not measured.
    if line.len() <= columns * 4 && text_width(line.of(source)) <= columns {
        return line;
    }
    let room = columns - 2; // an ellipsis on either side
    let focus = Span::new(focus.start, fitting_end(source, focus, room));
    let left = room.saturating_sub(text_width(focus.of(source)));
    let sentence = sentence(source, line, focus, columns);
    // Two fifths of the room before the place, the rest behind; what one side leaves the other takes.
    let before = fitting_start(source, Span::new(sentence.start, focus.start), left);
    let before_width = text_width(&source[before..focus.start]);
    let behind = fitting_end(source, Span::new(focus.end, sentence.end), left - before_width.min(left * 2 / 5));
    let behind_width = text_width(&source[focus.end..behind]);
    let before = fitting_start(source, Span::new(sentence.start, focus.start), left - behind_width);
    Span::new(before, behind)
}

/// The sentence around the focus, or as much of it as is near.
fn sentence(source: &str, line: Span, focus: Span, columns: usize) -> Span {
    let near = columns * 4;
    let mut low = line.start.max(focus.start.saturating_sub(near));
    while !source.is_char_boundary(low) {
        low += 1;
    }
    let mut high = line.end.min(focus.end + near);
    while !source.is_char_boundary(high) {
        high -= 1;
    }
    let is_end = |c: char| matches!(c, '。' | '！' | '？' | '；');
    let start = source[low..focus.start].rfind(is_end).map_or(low, |at| low + at + '。'.len_utf8());
    let end = source[focus.end..high].find(is_end).map_or(high, |at| focus.end + at + '。'.len_utf8());
    Span::new(start, end.max(focus.end))
}

/// The end of the longest beginning of `span` that fits.
fn fitting_end(source: &str, span: Span, columns: usize) -> usize {
    let mut used = 0;
    for (at, character) in span.of(source).char_indices() {
        used += char_width(character);
        if used > columns {
            return span.start + at;
        }
    }
    span.end
}

/// The start of the longest end of `span` that fits.
fn fitting_start(source: &str, span: Span, columns: usize) -> usize {
    let mut used = 0;
    let mut start = span.end;
    for (at, character) in span.of(source).char_indices().rev() {
        used += char_width(character);
        if used > columns {
            break;
        }
        start = span.start + at;
    }
    start
}

/// The most columns a text can take: a tab counts as a whole stop.
fn text_width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(character: char) -> usize {
    match character {
        '\t' => TAB,
        _ => visible(character).width().unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::width;

    fn excerpt(line: &str, focus: &str, columns: usize) -> Excerpt {
        let start = line.find(focus).expect("the focus stands in the line");
        Excerpt::new(line, Span::new(0, line.len()), Span::new(start, start + focus.len()), columns)
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        let shown = excerpt("规章\t0\t0", "规章", 40);
        assert_eq!(shown.text, "规章\t0\t0");
        assert_eq!(shown.focus.of(&shown.text), "规章");
    }

    #[test]
    fn a_long_paragraph_is_cut_to_the_sentence_and_the_width() {
        let line = format!("{}。甲乙丙信息公开处理费丁。{}", "前".repeat(1500), "后".repeat(1500));
        let shown = excerpt(&line, "信息公开处理费", 60);
        assert_eq!(shown.text, "…甲乙丙信息公开处理费丁。…");
        assert_eq!(shown.focus.of(&shown.text), "信息公开处理费");
        let line = format!("{}信息公开处理费{}", "前".repeat(1500), "后".repeat(1500));
        let shown = excerpt(&line, "信息公开处理费", 60);
        assert!(width(&shown.text) <= 60, "{}", width(&shown.text));
        assert_eq!(shown.focus.of(&shown.text), "信息公开处理费");
    }

    #[test]
    fn a_place_longer_than_the_width_shows_its_start() {
        let line = "长".repeat(1000);
        let shown = Excerpt::new(&line, Span::new(0, line.len()), Span::new(0, line.len()), 40);
        assert!(width(&shown.text) <= 40);
        assert!(shown.focus.len() >= 36 * 3 / 2, "{:?}", shown.focus);
    }

    #[test]
    fn the_empty_end_of_a_line_has_a_place() {
        let shown = Excerpt::new("甲", Span::new(0, 3), Span::empty(3), 40);
        assert_eq!(shown.focus, Span::empty(3));
        let shown = Excerpt::new("", Span::empty(0), Span::empty(0), 40);
        assert_eq!(shown.text, " ");
    }
}
