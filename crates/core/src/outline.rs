//! Headings and sections: which lines are headings, and how they nest.

use crate::document::{Enumerator, Heading, Section};
use crate::enumerator;
use crate::format::{DraftKind, DraftLine};
use crate::label::{KnownLabels, fold};
use crate::text::Span;
use std::borrow::Cow;

/// Longest run-in heading, in characters, its enumerator not counted.
const MAX_RUN_IN: usize = 25;
/// Longest heading on a line of its own.
const MAX_OWN_LINE: usize = 45;
/// The lowest rank of a heading that is looked for inside a paragraph: lines that begin with 1. may be wrapped prose.
const MAX_RANK_IN_PARAGRAPH: u8 = 2;
/// The rank of a heading without enumerator in a text that has no depth for it.
const TOP_RANK: u32 = 1;

/// The heading that a line is or begins with; none where it is a paragraph.
///
/// `depth` is the number of `#` in Markdown. A line with `#` is a heading whatever it says.
pub(crate) fn read_heading(text: &str, line: Span, depth: Option<u8>, known: &KnownLabels) -> Option<Heading> {
    let words = line.of(text);
    let Some(found) = enumerator::parse(words) else {
        let is_title = || words.len() < 120 && known.titles.contains(&fold(words));
        return (depth.is_some() || is_title()).then(|| Heading {
            span: line,
            enumerator: None,
            title: line,
            mark: Span::empty(line.end),
            run_in: false,
            depth,
        });
    };
    let enumerator =
        Enumerator { rank: found.rank, number: found.number, span: Span::new(line.start, line.start + found.len) };
    let behind = &words[found.len..];
    let body = behind.trim_start_matches([' ', '\u{3000}', '\u{A0}', '\t']);
    let start = line.end - body.len();
    let make = |title_len: usize, mark_len: usize, run_in: bool| {
        let title_end = start + title_len;
        let title_end = start + body[..title_end - start].trim_end().len();
        Heading {
            span: Span::new(line.start, title_end),
            enumerator: Some(enumerator),
            title: Span::new(start, title_end),
            mark: Span::new(start + title_len, start + title_len + mark_len),
            run_in,
            depth,
        }
    };
    for (n, (at, c)) in body.char_indices().enumerate() {
        match c {
            '：' | ':' | '。' if n <= MAX_RUN_IN => {
                let rest = &body[at + c.len_utf8()..];
                return Some(make(at, c.len_utf8(), !rest.trim().is_empty()));
            }
            '\n' if known.titles.contains(&fold(words)) => {}
            '，' | '；' | '。' | '：' | '\n' | '\t' if depth.is_none() => return None,
            _ if n >= MAX_OWN_LINE && depth.is_none() => return None,
            _ => {}
        }
    }
    let last = body.chars().next_back()?;
    if depth.is_none() && matches!(last, '、' | ',' | ';' | '？' | '！') {
        return None;
    }
    Some(make(body.len(), 0, false))
}

/// The lines of a draft, in which every heading stands by itself: Markdown takes lines without an empty one between them
/// for one paragraph.
pub(crate) fn own_lines<'a>(text: &str, lines: &'a [DraftLine], known: &KnownLabels) -> Cow<'a, [DraftLine]> {
    let is_many = |line: &DraftLine| {
        matches!(line.kind, DraftKind::Line | DraftKind::Item(_)) && line.span.of(text).contains('\n')
    };
    if !lines.iter().any(is_many) {
        return Cow::Borrowed(lines);
    }
    let mut own = Vec::with_capacity(lines.len());
    for line in lines {
        if !is_many(line) {
            own.push(line.clone());
            continue;
        }
        let mut start = line.span.start;
        let mut behind_heading = true;
        let mut kind = line.kind.clone();
        for part in line.span.of(text).split_inclusive('\n') {
            let words = part.trim();
            let from = start + (part.len() - part.trim_start().len());
            let span = Span::new(from, from + words.len());
            start += part.len();
            let heading = read_heading(text, span, None, known)
                .filter(|heading| heading.enumerator.is_none_or(|found| found.rank <= MAX_RANK_IN_PARAGRAPH));
            match own.last_mut() {
                Some(DraftLine { span: before, .. }) if heading.is_none() && !behind_heading => {
                    *before = before.cover(span);
                }
                _ => {
                    let kind = std::mem::replace(&mut kind, DraftKind::Line);
                    own.push(DraftLine { span, kind, blank_before: line.blank_before });
                }
            }
            behind_heading = heading.is_some_and(|heading| !heading.run_in);
        }
    }
    Cow::Owned(own)
}

/// The lines with every known section title in one piece that is broken over two.
pub(crate) fn whole_titles<'a>(text: &str, lines: Cow<'a, [DraftLine]>, known: &KnownLabels) -> Cow<'a, [DraftLine]> {
    let is_broken = |pair: &[DraftLine]| {
        let [first, rest] = pair else { return false };
        let may_be = |line: &DraftLine| {
            matches!(line.kind, DraftKind::Line | DraftKind::Heading(_)) && line.span.len() < MAX_OWN_LINE * 3
        };
        let words = first.span.of(text);
        may_be(first)
            && may_be(rest)
            && enumerator::parse(words).is_some()
            && !known.titles.contains(&fold(words))
            && known.titles.contains(&fold(first.span.cover(rest.span).of(text)))
    };
    if !lines.windows(2).any(is_broken) {
        return lines;
    }
    let mut whole = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let mut line = lines[at].clone();
        if lines.get(at..at + 2).is_some_and(is_broken) {
            at += 1;
            line.span = line.span.cover(lines[at].span);
        }
        whole.push(line);
        at += 1;
    }
    Cow::Owned(whole)
}

/// Builds the section tree while the lines go by.
#[derive(Debug, Default)]
pub(crate) struct OutlineBuilder {
    pub(crate) sections: Vec<Section>,
    /// The open sections, outermost first, with their ranks.
    open: Vec<(u32, usize)>,
}

impl OutlineBuilder {
    /// Opens the section of a heading; its index is returned.
    pub(crate) fn open(&mut self, heading: Heading) -> usize {
        let rank = match (heading.enumerator, heading.depth) {
            (Some(enumerator), _) => u32::from(enumerator.rank),
            (None, Some(depth)) if depth > 2 => u32::from(depth) - 1,
            (None, _) => TOP_RANK,
        };
        self.close_from(rank, heading.span.start);
        let idx = self.sections.len();
        self.sections.push(Section {
            span: Span::new(heading.span.start, heading.span.end),
            heading,
            parent: self.open.last().map(|&(_, parent)| parent),
            level: self.open.len() + 1,
        });
        self.open.push((rank, idx));
        idx
    }

    /// The innermost open section.
    pub(crate) fn current(&self) -> Option<usize> {
        self.open.last().map(|&(_, idx)| idx)
    }

    fn close_from(&mut self, rank: u32, end: usize) {
        while let Some(&(open_rank, idx)) = self.open.last() {
            if open_rank < rank {
                break;
            }
            self.sections[idx].span.end = end.max(self.sections[idx].span.end);
            self.open.pop();
        }
    }

    /// Ends every open section at the end of the text.
    pub(crate) fn finish(mut self, end: usize) -> Vec<Section> {
        self.close_from(0, end);
        self.sections
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(String, bool)> {
        let heading = read_heading(line, Span::new(0, line.len()), None, &KnownLabels::default())?;
        Some((heading.title.of(line).to_owned(), heading.run_in))
    }

    #[test]
    fn own_line_run_in_and_prose() {
        assert_eq!(read("一、总体情况"), Some(("总体情况".into(), false)));
        assert_eq!(read("(一) 主动公开：2024年，我局做了很多。"), Some(("主动公开".into(), true)));
        assert_eq!(read("（二）依申请公开。全年收到3件。"), Some(("依申请公开".into(), true)));
        assert_eq!(read("（三）监督保障。"), Some(("监督保障".into(), false)));
        assert_eq!(read("1.加强领导，落实责任。"), None);
        assert_eq!(read("本单位2024年收到申请。"), None);
    }
}
