//! Lines and table fields of a text taken out or doubled: in plain text and Markdown, where a row is a line.

use gouji_core::document::Document;
use gouji_core::format::Format;
use gouji_core::text::Span;
use std::ops::RangeInclusive;

/// The bytes without the lines that a span touches.
pub(super) fn remove_lines(document: &Document, span: Span) -> Option<Vec<u8>> {
    let range = lines_of(document, span);
    rewritten(document, |at, _| range.contains(&at).then(String::new))
}

/// The bytes with these lines twice.
pub(super) fn double_lines(document: &Document, span: Span) -> Option<Vec<u8>> {
    let range = lines_of(document, span);
    let copy: String = document.raw.split_inclusive('\n').skip(*range.start()).take(range.clone().count()).collect();
    rewritten(document, |at, line| (at == *range.end()).then(|| format!("{}{copy}", ended(line))))
}

/// The bytes without the column that a label names.
pub(super) fn remove_field(document: &Document, label: Span) -> Option<Vec<u8>> {
    let column = Column::of(document, label)?;
    rewritten(document, |at, line| {
        let mut fields: Vec<&str> = line.split(column.mark).collect();
        if !column.lines.contains(&at) {
            return None;
        }
        // A label of several columns goes on into the blanks behind it: it loses one of those.
        let next_is_blank = fields.get(column.field + 1).is_some_and(|field| field.trim().is_empty());
        let at = column.field + usize::from(next_is_blank && column.is_parent(&fields, line));
        // The last field of a line holds its end.
        if at + 1 < fields.len() {
            fields.remove(at);
        }
        Some(fields.join(&column.mark.to_string()))
    })
}

/// A column of a table as its lines have it.
struct Column {
    /// The lines of its band.
    lines: RangeInclusive<usize>,
    /// What parts the fields.
    mark: char,
    /// Which field it is, counted in marks from the left.
    field: usize,
    /// The header lines above its label.
    above: String,
}

impl Column {
    fn of(document: &Document, label: Span) -> Option<Self> {
        let table = document.tables.iter().find(|table| table.span.contains(label))?;
        let column = table.columns.iter().find(|column| column.path.last().is_some_and(|own| own.span == label))?;
        let band = column.band;
        let header = table.bands[band].header.iter().map(|label| label.span);
        let rows = table.rows.iter().filter(|row| row.band == band).map(|row| row.span);
        let whole = header.chain(rows).reduce(Span::cover)?;
        let raw = document.raw_span(label);
        let line_idx = document.raw_lines.line_idx(raw.start);
        let line = document.raw_lines.span(&document.raw, line_idx);
        let mark = if line.of(&document.raw).contains('|') { '|' } else { '\t' };
        let before = &document.raw[line.start..raw.start];
        let lines = lines_of(document, whole);
        let above = document.raw.lines().take(line_idx).skip(*lines.start()).collect::<Vec<&str>>().join("\n");
        Some(Self { lines, mark, field: before.matches(mark).count(), above })
    }

    /// Whether a line is one above the label, with a label of its own in this field.
    fn is_parent(&self, fields: &[&str], line: &str) -> bool {
        let is_above = self.above.lines().any(|above| above == line.trim_end_matches(['\r', '\n']));
        let is_label = |field: &&str| !field.trim().trim_matches(['-', ':']).is_empty();
        is_above && fields.get(self.field).is_some_and(is_label)
    }
}

/// The raw lines that a span touches, from 0.
fn lines_of(document: &Document, span: Span) -> RangeInclusive<usize> {
    let raw = document.raw_span(span);
    document.raw_lines.line_idx(raw.start)..=document.raw_lines.line_idx(raw.end)
}

/// The bytes with some lines (counted from 0) put in other words; none for a format whose lines are not the text's.
fn rewritten(document: &Document, change: impl Fn(usize, &str) -> Option<String>) -> Option<Vec<u8>> {
    if !matches!(document.format, Format::Text | Format::Markdown) {
        return None;
    }
    let lines = document.raw.split_inclusive('\n').enumerate();
    let changed: String = lines.map(|(at, line)| change(at, line).unwrap_or_else(|| line.to_owned())).collect();
    Some(changed.into_bytes())
}

fn ended(line: &str) -> String {
    if line.ends_with('\n') { line.to_owned() } else { format!("{line}\n") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_core::label::KnownLabels;

    const TABLE: &str =
        "| 项目 | 甲类 | | 总计 |\n|---|---|---|---|\n| | 子 | 丑 | |\n| 一 | 1 | 2 | 3 |\n| 二 | 4 | 5 | 9 |\n";

    fn with(label: &str, change: fn(&Document, Span) -> Option<Vec<u8>>) -> String {
        let document = gouji_core::read("a.md", TABLE.as_bytes(), &KnownLabels::default()).unwrap();
        let column =
            document.tables[0].columns.iter().find(|column| column.path.last().unwrap().text == label).unwrap();
        String::from_utf8(change(&document, column.path.last().unwrap().span).unwrap()).unwrap()
    }

    #[test]
    fn a_column_goes_with_its_values() {
        let expected = "| 项目 | 甲类 | | \n|---|---|---|\n| | 子 | 丑 |\n| 一 | 1 | 2 |\n| 二 | 4 | 5 |\n";
        assert_eq!(with("总计", remove_field), expected.replace(" \n", "\n"));
        let expected = "| 项目 | 甲类 | 总计 |\n|---|---|---|\n| | 丑 | |\n| 一 | 2 | 3 |\n| 二 | 5 | 9 |\n";
        assert_eq!(with("子", remove_field), expected);
    }
}
