//! Tables in plain text without tabs: fields set apart by blanks, as typed with the space bar or copied out of a PDF, and
//! numbers on lines of their own below their label.

use super::{DraftKind, DraftLine};
use crate::enumerator;
use crate::number::read_cell;
use crate::text::Span;

/// Longest label, in characters.
const MAX_LABEL: usize = 60;
/// Longest line that is looked at, in bytes.
const MAX_LINE: usize = 4_000;
/// Most fields of a row.
const MAX_FIELDS: usize = 64;
/// So many numbers behind the words of a line are a row of a table.
const VALUES_THAT_TELL: usize = 3;
/// Over so many lines before its numbers a label is broken at most.
const MAX_BREAKS: usize = 2;
/// So many numbers on lines of their own among labels are a table's.
const STACK_THAT_TELLS: usize = 6;

/// What a line is for a table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Words and one number behind them.
    Figure,
    /// Several numbers, with or without words before them.
    Figures,
    /// Words, set apart by blanks.
    Words,
    /// The number of a page, over which a table goes on.
    PageNumber,
    /// No part of a table.
    Other,
}

/// Makes rows of the lines that are rows of such tables.
pub(crate) fn rows(text: &str, lines: &mut Vec<DraftLine>) {
    stacked(text, lines);
    wrapped(text, lines);
    let mut at = 0;
    while at < lines.len() {
        let end = at + run(text, &lines[at..]);
        if end > at && is_table(text, &lines[at..end]) {
            let is_row =
                |line: &&mut DraftLine| matches!(line.kind, DraftKind::Line) && !is_page_number(line.span.of(text));
            for line in lines[at..end].iter_mut().filter(is_row) {
                line.kind = DraftKind::LooseRow(fields(text, line.span));
            }
        }
        at = end.max(at + 1);
    }
}

/// Joins a label with the numbers on the lines below it, and the labels of a header.
fn stacked(text: &str, lines: &mut Vec<DraftLine>) {
    let mut out: Vec<DraftLine> = Vec::with_capacity(lines.len());
    let mut rest = lines.as_slice();
    while !rest.is_empty() {
        let n = rest.iter().take_while(|line| piece(text, line) != Piece::Other).count();
        let (stack, behind) = rest.split_at(n.max(1));
        let n_numbers = stack.iter().filter(|line| piece(text, line) == Piece::Number).count();
        match n_numbers {
            STACK_THAT_TELLS.. => {
                let own = stack.iter().filter(|line| piece(text, line) != Piece::PageNumber).cloned();
                unstack(text, &own.collect::<Vec<_>>(), &mut out);
            }
            _ => out.extend_from_slice(stack),
        }
        rest = behind;
    }
    *lines = out;
}

/// What a line is for a table of one field a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Label,
    Number,
    /// `- 3 -` at the foot of a page.
    PageNumber,
    Other,
}

fn piece(text: &str, line: &DraftLine) -> Piece {
    let words = line.span.of(text);
    match &line.kind {
        DraftKind::Line if is_page_number(words) => Piece::PageNumber,
        DraftKind::Line if is_value(words) => Piece::Number,
        DraftKind::Line if words.chars().nth(MAX_LABEL).is_none() && !is_sentence(words) => Piece::Label,
        _ => Piece::Other,
    }
}

/// The rows of a stack of labels and numbers: numbers belong to the label before them, and to what that stands below. The
/// other labels are a header.
fn unstack(text: &str, stack: &[DraftLine], out: &mut Vec<DraftLine>) {
    let mut at = 0;
    while at < stack.len() {
        let n_of =
            |from: usize, wanted: Piece| stack[from..].iter().take_while(|line| piece(text, line) == wanted).count();
        let numbers_from = at + n_of(at, Piece::Label);
        let end = numbers_from + n_of(numbers_from, Piece::Number);
        let labels = &stack[at..numbers_from];
        if end == numbers_from {
            out.extend_from_slice(labels);
            return;
        }
        let words = |line: &DraftLine| line.span.of(text);
        let n_own = labels.iter().rev().take_while(|line| is_enumerated(words(line))).count();
        let is_doubled = |line: &DraftLine| labels.iter().filter(|other| words(other) == words(line)).count() > 1;
        let n_own = match (n_own, labels.last()) {
            // The last label of a header that comes again in it has no row of its own: the numbers are under it.
            (0, Some(last)) if !is_doubled(last) => 1,
            (n, _) => n,
        };
        let (header, own) = labels.split_at(labels.len() - n_own);
        let (title, header) = headings(text, header);
        out.extend_from_slice(title);
        out.extend(joined(header));
        out.extend(joined(&stack[at + labels.len() - own.len()..end]));
        at = end;
    }
}

/// The labels of a header that are none: a heading before it, up to the last one with an enumerator.
fn headings<'l>(text: &str, header: &'l [DraftLine]) -> (&'l [DraftLine], &'l [DraftLine]) {
    let last = header.iter().rposition(|line| is_enumerated(line.span.of(text)));
    header.split_at(last.map_or(0, |at| at + 1))
}

/// Lines as one row.
fn joined(lines: &[DraftLine]) -> Option<DraftLine> {
    let (first, last) = (lines.first()?, lines.last()?);
    let fields = lines.iter().map(|line| line.span).collect();
    Some(DraftLine {
        span: first.span.cover(last.span),
        kind: DraftKind::LooseRow(fields),
        blank_before: first.blank_before,
    })
}

/// Joins a label that is broken over lines with its rest, behind which its numbers stand.
fn wrapped(text: &str, lines: &mut Vec<DraftLine>) {
    let mut out: Vec<DraftLine> = Vec::with_capacity(lines.len());
    for line in lines.drain(..) {
        let start = opening(text, &out, &line);
        match start {
            Some(start) => {
                let labels = out.split_off(start);
                let whole = labels[0].span.cover(line.span);
                let mut row = fields(text, labels[0].span);
                let (rest, values) = numbered(text, line.span);
                if let Some(last) = row.last_mut() {
                    let above = labels.last().map_or(line.span, |label| label.span);
                    *last = last.cover(rest.unwrap_or(above));
                }
                row.extend(values);
                out.push(DraftLine { span: whole, kind: DraftKind::LooseRow(row), ..labels[0].clone() });
            }
            None => out.push(line),
        }
    }
    *lines = out;
}

/// Where among the lines before it the label of a line with numbers begins; none where it has it whole.
fn opening(text: &str, before: &[DraftLine], line: &DraftLine) -> Option<usize> {
    if !is_plain(line) || line.blank_before {
        return None;
    }
    let (rest, values) = numbered(text, line.span);
    if values.len() < VALUES_THAT_TELL || rest.is_some_and(|rest| is_enumerated(rest.of(text))) {
        return None;
    }
    let end = rest.map_or(line.span.start, |rest| rest.end);
    for n in 1..=MAX_BREAKS.min(before.len()) {
        let at = before.len() - n;
        let words = before[at].span.of(text);
        let label = &text[before[at].span.start..end];
        let fits =
            is_plain(&before[at]) && n_values(text, before[at].span) == 0 && label.chars().nth(MAX_LABEL + n).is_none();
        if !fits || words.ends_with(['。', '；', '：']) {
            return None;
        }
        if is_enumerated(words) {
            // 四、 above nothing but numbers may be the heading of their section.
            let is_sure = rest.is_some() || enumerator::parse(words).is_some_and(|found| found.rank > 1);
            return (is_sure && !is_sentence(label)).then_some(at);
        }
        if before[at].blank_before {
            return None;
        }
    }
    None
}

/// The words of a line, if any, and the numbers at its end.
fn numbered(text: &str, line: Span) -> (Option<Span>, Vec<Span>) {
    let mut words = split(text, line, 1);
    let n_values = words.iter().rev().take_while(|word| is_value(word.of(text))).count();
    let values = words.split_off(words.len() - n_values);
    let label = words.first().zip(words.last()).map(|(first, last)| first.cover(*last));
    (label, values)
}

/// How many numbers stand at the end of a line, behind words.
fn n_values(text: &str, line: Span) -> usize {
    let (label, values) = numbered(text, line);
    label.map_or(0, |_| values.len())
}

/// How many of these lines, from the first on, stand together as rows might.
fn run(text: &str, lines: &[DraftLine]) -> usize {
    let joins = |(at, line): &(usize, &DraftLine)| match look(text, line) {
        Look::Other => false,
        Look::PageNumber => *at > 0,
        Look::Figure | Look::Figures | Look::Words => *at == 0 || !line.blank_before,
    };
    lines.iter().enumerate().take_while(joins).count()
}

/// Whether lines are a table: several have numbers, or one has below a header.
fn is_table(text: &str, lines: &[DraftLine]) -> bool {
    let n = |wanted: Look| lines.iter().filter(|line| look(text, line) == wanted).count();
    let (figure, figures) = (n(Look::Figure), n(Look::Figures));
    match lines {
        // Alone it belongs to no table that could be told, but it is no sentence.
        [only] => n_values(text, only.span) >= VALUES_THAT_TELL,
        _ => figure + figures > 0 && (figures > 0 || figure > 1 || n_parts_agree(text, lines)),
    }
}

/// Whether every line has two parts.
fn n_parts_agree(text: &str, lines: &[DraftLine]) -> bool {
    let mut rows = lines.iter().filter(|line| look(text, line) != Look::PageNumber);
    rows.all(|line| fields(text, line.span).len() == 2)
}

fn look(text: &str, line: &DraftLine) -> Look {
    let words = line.span.of(text);
    if matches!(line.kind, DraftKind::LooseRow(_)) {
        return Look::Figures;
    }
    if is_plain(line) && is_page_number(words) {
        return Look::PageNumber;
    }
    if !is_plain(line) || !words.contains(is_gap) || is_sentence(words) {
        return Look::Other;
    }
    let fields = fields(text, line.span);
    let n_values = fields.iter().rev().take_while(|field| is_value(field.of(text))).count();
    match n_values {
        _ if !(2..=MAX_FIELDS).contains(&fields.len()) => Look::Other,
        _ if fields.iter().any(|field| field.of(text).chars().nth(MAX_LABEL).is_some()) => Look::Other,
        0 => Look::Words,
        1 => Look::Figure,
        _ => Look::Figures,
    }
}

/// Whether a line is one that nothing was recognised in, and short enough to be looked at.
fn is_plain(line: &DraftLine) -> bool {
    matches!(line.kind, DraftKind::Line) && line.span.len() <= MAX_LINE
}

/// The fields of a line: set apart by wide gaps where it has any, else by single blanks.
fn fields(text: &str, line: Span) -> Vec<Span> {
    let parts = split(text, line, 2);
    if parts.len() > 1 {
        return parts;
    }
    let words = split(text, line, 1);
    let n_values = words.iter().rev().take_while(|word| is_value(word.of(text))).count();
    if n_values == 0 {
        return words;
    }
    // The words before the numbers are a label, or two where the second has an enumerator.
    let (labels, values) = words.split_at(words.len() - n_values);
    let mut fields: Vec<Span> = Vec::new();
    for &word in labels {
        match fields.last_mut() {
            Some(last) if is_enumerator(last.of(text)) || !is_enumerated(word.of(text)) => *last = last.cover(word),
            _ => fields.push(word),
        }
    }
    fields.extend(values);
    fields
}

/// The stretches of a line between gaps of at least so many blanks.
fn split(text: &str, line: Span, least: usize) -> Vec<Span> {
    let mut parts = Vec::new();
    let (mut start, mut n_blanks) = (line.start, 0);
    let mut end = line.start;
    for (at, c) in line.of(text).char_indices() {
        let at = line.start + at;
        if is_gap(c) {
            n_blanks += 1;
            continue;
        }
        if n_blanks >= least && end > start {
            parts.push(Span::new(start, end));
            start = at;
        }
        n_blanks = 0;
        end = at + c.len_utf8();
    }
    parts.push(Span::new(start, end));
    parts
}

/// Whether a line has marks of a sentence; in brackets they are a label's note.
fn is_sentence(words: &str) -> bool {
    let mut depth = 0_usize;
    words.chars().any(|c| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, '。' | '，' | '；' | '：' | ':' | '？' | '！')
    })
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\u{A0}')
}

fn is_value(field: &str) -> bool {
    field.len() < 20 && read_cell(field).0.is_some()
}

/// Whether a line is the number of a page: between dashes, or 第 3 页.
pub(crate) fn is_page_number(words: &str) -> bool {
    const DASHES: [char; 4] = ['-', '—', '–', '－'];
    if let Some(inner) = words.strip_prefix('第').and_then(|rest| rest.strip_suffix('页')) {
        return is_value(inner.trim_matches(is_gap));
    }
    let inner = words.trim_matches(|c| DASHES.contains(&c) || is_gap(c));
    words.starts_with(DASHES) && words.ends_with(DASHES) && !inner.is_empty() && inner.len() < 5 && is_value(inner)
}

fn is_enumerator(word: &str) -> bool {
    enumerator::parse(word).is_some_and(|found| found.len == word.len())
}

fn is_enumerated(word: &str) -> bool {
    enumerator::parse(word).is_some()
}
