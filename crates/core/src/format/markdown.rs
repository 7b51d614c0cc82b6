//! Markdown: marks off, pipe tables as rows, every character mapped back to the file.

use super::{Draft, DraftKind, DraftLine, bold, plain};
use crate::document::{Comment, Note, NoteKind};
use crate::text::Span;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Stands in the text for an image, code or HTML: the object replacement character.
const LEFT_OUT: &str = "\u{FFFC}";

pub(crate) fn draft(raw: &str) -> Draft {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let bold = bold::marks(raw);
    let draft = Draft::default();
    let mut reader = Reader { raw, bold, draft, block: 0, kind: None, cells: Vec::new(), cell: 0, skip: 0 };
    for (event, range) in Parser::new_ext(raw, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.end_block(raw.len());
    reader.draft
}

struct Reader<'a> {
    raw: &'a str,
    /// The bytes of `raw` that mark bold text, whether the parser knows them for it or not.
    bold: Vec<usize>,
    draft: Draft,
    /// Where the block under way starts in the text.
    block: usize,
    /// What the block under way will be; none: a paragraph.
    kind: Option<DraftKind>,
    cells: Vec<Span>,
    /// Where the cell under way starts in the text.
    cell: usize,
    /// How many skipped elements (metadata, images) we are in.
    skip: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            _ if self.skip > 0 => {}
            Event::Text(text) => self.text(&text, range),
            Event::Code(_) => self.leave_out(range.start, Some(NoteKind::CodeSkipped)),
            Event::FootnoteReference(_) => self.leave_out(range.start, None),
            Event::SoftBreak => self.text("\n", range),
            Event::HardBreak => self.make("\n", range.start),
            Event::Rule => self.end_block(range.start),
            Event::Html(_) if self.is_comment(&range) => {}
            Event::Html(html) if html.to_ascii_lowercase().contains("<table") => {
                self.leave_out_block(range.start, NoteKind::HtmlTableSkipped);
            }
            Event::Html(_) => self.leave_out_block(range.start, NoteKind::HtmlSkipped),
            Event::InlineHtml(html) if html.to_ascii_lowercase().starts_with("<br") => self.make("\n", range.start),
            // Nobody sees it: what stands around it is one text.
            Event::InlineHtml(html) if html.starts_with("<!--") => {
                let span = Span::empty(self.draft.text.len());
                self.draft.comments.push(Comment { span, raw: range.into(), inside: true });
            }
            Event::InlineHtml(_) => self.leave_out(range.start, Some(NoteKind::HtmlSkipped)),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_block(range.start);
                self.kind = Some(DraftKind::Heading(*level as u8));
            }
            Tag::Item => {
                self.end_block(range.start);
                self.item(range);
            }
            Tag::TableHead | Tag::TableRow => {
                self.end_block(range.start);
                self.cells.clear();
            }
            Tag::TableCell => {
                if !self.cells.is_empty() {
                    self.make("\t", range.start);
                }
                self.cell = self.draft.text.len();
            }
            Tag::MetadataBlock(_) => self.skip += 1,
            Tag::Image { .. } => {
                self.leave_out(range.start, None);
                self.skip += 1;
            }
            Tag::HtmlBlock => self.comments(range),
            Tag::FootnoteDefinition(_) => self.end_block(range.start),
            Tag::Paragraph if self.kind.is_none() => self.end_block(range.start),
            Tag::CodeBlock(kind) => {
                self.end_block(range.start);
                // A report pasted with tabs looks like indented code; a fenced block is somebody's example.
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    self.leave_out_block(range.start, NoteKind::CodeSkipped);
                    self.skip += 1;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::MetadataBlock(_) | TagEnd::Image => self.skip -= 1,
            TagEnd::CodeBlock => {
                self.skip = 0;
                self.end_block(range.end);
            }
            TagEnd::TableCell => {
                let end = self.draft.text.len();
                self.cells.push(Span::new(self.cell, end));
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.kind = Some(DraftKind::Row(std::mem::take(&mut self.cells)));
                self.end_block(range.end);
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item => self.end_block(range.end),
            _ => {}
        }
    }

    /// The comments of an HTML block, each with a mark in the text by which its place can be told.
    fn comments(&mut self, range: Range<usize>) {
        if self.raw[range.clone()].contains("<!--") {
            self.end_block(range.start);
        }
        let mut at = range.start;
        while let Some(found) = self.raw[at..range.end].find("<!--") {
            let start = at + found;
            at = self.raw[start..range.end].find("-->").map_or(range.end, |end| start + end + "-->".len());
            let span = Span::new(self.draft.text.len(), self.draft.text.len() + LEFT_OUT.len());
            self.leave_out(start, None);
            self.step_over();
            self.draft.comments.push(Comment { span, raw: Span::new(start, at), inside: false });
        }
    }

    /// Whether a stretch of the file is comments and blanks alone.
    fn is_comment(&self, range: &Range<usize>) -> bool {
        let mut rest = range.start;
        let behind = self.draft.comments.partition_point(|comment| comment.raw.end <= rest);
        for comment in &self.draft.comments[behind..] {
            let before = rest..comment.raw.start.clamp(rest, range.end);
            if !self.raw[before].trim().is_empty() {
                return false;
            }
            rest = comment.raw.end.min(range.end);
        }
        self.raw[rest..range.end].trim().is_empty()
    }

    /// The number of an ordered item is content; a bullet is not.
    fn item(&mut self, range: Range<usize>) {
        let source = &self.raw[range.clone()];
        let len = source.bytes().take_while(u8::is_ascii_digit).count();
        if len > 0 && len < source.len() {
            let start = self.draft.text.len();
            self.copy(range.start..range.start + len + 1);
            // `2. 109条` must not become the figure 2.109.
            if source[len + 1..].starts_with(' ')
                && source[len + 1..].trim_start().starts_with(|c: char| c.is_numeric())
            {
                self.copy(range.start + len + 1..range.start + len + 2);
            }
            self.kind = Some(DraftKind::Item(Span::new(start, start + len + 1)));
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.raw.get(range.clone()) == Some(text) {
            let mut from = range.start;
            let first = self.bold.partition_point(|&mark| mark < range.start);
            for at in first..self.bold.partition_point(|&mark| mark < range.end) {
                self.copy(from..self.bold[at]);
                from = self.bold[at] + 1;
            }
            self.copy(from..range.end);
        } else {
            self.make(text, range.start);
        }
    }

    /// Something that is no text stands here: what stands around it does not join.
    fn leave_out(&mut self, raw_start: usize, note: Option<NoteKind>) {
        let start = self.draft.text.len();
        self.make(LEFT_OUT, raw_start);
        if let Some(kind) = note {
            self.draft.notes.push(Note { span: Span::new(start, self.draft.text.len()), kind });
        }
    }

    /// As [`Reader::leave_out`], for a block of its own.
    fn leave_out_block(&mut self, raw_start: usize, note: NoteKind) {
        self.leave_out(raw_start, Some(note));
        self.step_over();
    }

    /// What was just left out belongs to no block, where it stands alone.
    fn step_over(&mut self) {
        if self.draft.text.len() == self.block + LEFT_OUT.len() {
            self.make("\n", self.draft.origin.to_raw(self.block));
            self.block = self.draft.text.len();
        }
    }

    fn copy(&mut self, range: Range<usize>) {
        self.draft.origin.copied(self.draft.text.len(), range.start, range.len());
        self.draft.text.push_str(&self.raw[range]);
    }

    fn make(&mut self, text: &str, raw_start: usize) {
        self.draft.origin.made(self.draft.text.len(), raw_start, text.len());
        self.draft.text.push_str(text);
    }

    /// Closes the block under way, if anything is in it, and starts a new line.
    fn end_block(&mut self, raw_end: usize) {
        let kind = self.kind.take();
        let span = Span::new(self.block, self.draft.text.len());
        let content = span.of(&self.draft.text);
        let trimmed = content.trim();
        if trimmed.is_empty() {
            // Nothing but blanks: the text so far stays, the next block starts behind it.
            self.settle_comments(None);
            self.block = self.draft.text.len();
            if matches!(kind, Some(DraftKind::Item(_))) {
                self.kind = kind;
            }
            return;
        }
        let start = span.start + (content.len() - content.trim_start().len());
        let inner = Span::new(start, start + trimmed.len());
        match kind {
            None if content.contains('\t') => {
                let content = content.to_owned();
                plain::split_lines(&content, span.start, &mut self.draft.lines);
            }
            kind => {
                let kind = match kind.unwrap_or(DraftKind::Line) {
                    DraftKind::Row(cells) => DraftKind::Row(cells.iter().map(|&c| self.trim(c)).collect()),
                    other => other,
                };
                self.draft.lines.push(DraftLine { span: inner, kind, blank_before: false });
            }
        }
        self.settle_comments(Some(inner));
        self.make("\n", self.raw[..raw_end].trim_end_matches(['\n', '\r']).len());
        self.block = self.draft.text.len();
    }

    /// Puts the comments of the block under way into its content; those of one without any stand between blocks.
    fn settle_comments(&mut self, block: Option<Span>) {
        let own = self.draft.comments.iter_mut().rev().take_while(|comment| comment.span.start >= self.block);
        for comment in own.filter(|comment| comment.inside) {
            comment.inside = block.is_some();
            if let Some(block) = block {
                comment.span = Span::empty(comment.span.start.clamp(block.start, block.end));
            }
        }
    }

    fn trim(&self, span: Span) -> Span {
        let part = span.of(&self.draft.text);
        let len = part.trim().len();
        let start = span.start + (part.len() - part.trim_start().len());
        if len == 0 { Span::empty(span.start) } else { Span::new(start, start + len) }
    }
}

#[cfg(test)]
mod tests {
    use crate::label::KnownLabels;

    #[test]
    fn comments_are_no_content_and_have_their_place() {
        let source = "# 青禾县水利局工作情况\n\n<!-- 甲 -->\n<!-- 乙\n丙 -->\n工作<!-- 丁 -->有序，进展顺利。\n\n| 项目 | 数 |\n|---|---|\n| 甲 | 3 <!-- 戊 --> |\n\n<!-- 己 --> 没有读\n\n完。<!-- 庚 -->\n\n<!-- 辛\n";
        let document = crate::read("a.md", source.as_bytes(), &KnownLabels::default()).unwrap();
        assert!(document.text.contains("工作有序，进展顺利。"), "{}", document.text);
        let of: Vec<(&str, &str)> = document
            .comments
            .iter()
            .map(|comment| {
                let block = document.block_of(comment).map(|at| document.blocks[at].span.of(&document.text));
                (comment.raw.of(source).trim_end(), block.unwrap_or(""))
            })
            .collect();
        let expected = [
            ("<!-- 甲 -->", "工作有序，进展顺利。"),
            ("<!-- 乙\n丙 -->", "工作有序，进展顺利。"),
            ("<!-- 丁 -->", "工作有序，进展顺利。"),
            ("<!-- 戊 -->", "甲\t3"),
            ("<!-- 己 -->", "完。"),
            ("<!-- 庚 -->", "完。"),
            ("<!-- 辛", ""),
        ];
        assert_eq!(of, expected);
        let lines: Vec<usize> = document.comments.iter().map(|c| document.place(c.span.start).line).collect();
        assert_eq!(lines, [3, 4, 6, 10, 12, 14, 16]);
        let skipped: Vec<usize> = document.notes.iter().map(|note| document.place(note.span.start).line).collect();
        assert_eq!(skipped, [12], "only what is no comment is told of");
        assert!(document.tables[0].rows[0].cells.iter().any(|cell| cell.value.is_some()));
    }

    #[test]
    fn a_list_number_does_not_run_into_a_figure() {
        let source = "# 青禾县水利局工作情况\n\n1. 公开信息，共2次。\n2. 109条信息，均已公开。\n";
        let document = crate::read("a.md", source.as_bytes(), &KnownLabels::default()).unwrap();
        assert!(document.text.contains("2. 109条"), "{}", document.text);
        assert!(document.text.contains("1.公开信息"), "{}", document.text);
        let markers: Vec<&str> =
            document.blocks.iter().filter_map(|block| Some(block.list_marker?.of(&document.text))).collect();
        assert_eq!(markers, ["1.", "2."]);
    }
}
