//! One row: which of its fields are labels, which are values, and which value belongs to which column.

use super::{RawRow, read_field, read_label};
use crate::number::Oddity;
use crate::table::Label;
use crate::text::Span;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldKind {
    Empty,
    Value,
    Text,
}

#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) span: Span,
    pub(super) kind: FieldKind,
    pub(super) value: Option<Decimal>,
    pub(super) odd: Option<Oddity>,
}

/// A row with its labels and its run of values told apart.
#[derive(Debug)]
pub(super) struct Scan {
    pub(super) fields: Vec<Field>,
    /// The labels from left to right, with their fields.
    pub(super) labels: Vec<(usize, Label)>,
    /// From the first to behind the last value; blanks and stray words between included.
    pub(super) run: std::ops::Range<usize>,
    /// Fields of the run that are not empty.
    pub(super) n_values: usize,
    pub(super) span: Span,
}

impl Scan {
    pub(super) fn new(text: &str, row: &RawRow) -> Self {
        let fields: Vec<Field> = row.fields.iter().map(|&span| read_field(text, span)).collect();
        let is = |kind: FieldKind| move |field: &Field| field.kind == kind;
        let first_text = fields.iter().position(is(FieldKind::Text));
        let value_behind = |from: usize| fields[from..].iter().position(is(FieldKind::Value)).map(|at| from + at);
        // Values stand behind the label; a number before it is a running number, words behind them a remark.
        let first_value = match first_text {
            None => value_behind(0),
            Some(at) => value_behind(at).or_else(|| value_behind(0)),
        };
        let run = match first_value {
            None => 0..0,
            Some(first) => {
                let last = fields.iter().rposition(is(FieldKind::Value)).unwrap_or(first);
                first..last + 1
            }
        };
        let label_end = if run.is_empty() { fields.len() } else { run.start };
        let labels = (0..label_end)
            .filter(|&at| fields[at].kind == FieldKind::Text)
            .map(|at| (at, read_label(text, fields[at].span)))
            .collect();
        let n_values = fields[run.clone()].iter().filter(|field| field.kind != FieldKind::Empty).count();
        Self { fields, labels, run, n_values, span: row.span }
    }

    pub(super) fn has_values(&self) -> bool {
        self.n_values > 0
    }

    /// The first field with content.
    pub(super) fn first_span(&self) -> Span {
        self.fields.iter().find(|field| field.kind != FieldKind::Empty).map_or(self.span, |field| field.span)
    }

    /// The field of the innermost label.
    pub(super) fn own_field(&self) -> Option<usize> {
        self.labels.last().map(|&(field, _)| field)
    }
}

/// The commonest of some numbers, the largest where several are; none of none.
pub(super) fn commonest(numbers: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts = BTreeMap::new();
    for n in numbers {
        *counts.entry(n).or_insert(0usize) += 1;
    }
    counts.into_iter().max_by_key(|&(n, count)| (count, n)).map(|(n, _)| n)
}

/// Where the values of complete rows stand, by the field of the row's own label.
pub(super) struct Usual {
    full: bool,
    /// Own label's field -> (first value's field, number of fields).
    by_label: BTreeMap<Option<usize>, (usize, usize)>,
    overall: Option<(usize, usize)>,
}

impl Usual {
    pub(super) fn new(data: &[Scan], k: usize, full: bool) -> Self {
        let mut groups: BTreeMap<Option<usize>, Vec<(usize, usize)>> = BTreeMap::new();
        let complete = |scan: &&Scan| scan.n_values == k && scan.run.len() == k;
        for scan in data.iter().filter(complete) {
            groups.entry(scan.own_field()).or_default().push((scan.run.start, scan.fields.len()));
        }
        let pick = |places: &[(usize, usize)]| -> Option<(usize, usize)> {
            let start = commonest(places.iter().map(|p| p.0))?;
            let len = commonest(places.iter().filter(|p| p.0 == start).map(|p| p.1))?;
            Some((start, len))
        };
        let overall = pick(&groups.values().flatten().copied().collect::<Vec<_>>());
        let by_label = groups.iter().filter_map(|(&field, places)| Some((field, pick(places)?))).collect();
        Self { full, by_label, overall }
    }

    /// The field of each of the `k` columns (none: the row is too short for it), or none where the row does
    /// not tell which value belongs to which column.
    pub(super) fn pick<'a>(&self, scan: &'a Scan, k: usize) -> Option<Vec<Option<&'a Field>>> {
        let filled = |field: &&Field| field.kind != FieldKind::Empty;
        let usual =
            if self.full { self.overall } else { self.by_label.get(&scan.own_field()).copied().or(self.overall) };
        if k > 0 && scan.n_values == k {
            return Some(scan.fields[scan.run.clone()].iter().filter(filled).map(Some).collect());
        }
        if k > 0 && scan.run.len() == k {
            return Some(scan.fields[scan.run.clone()].iter().map(Some).collect());
        }
        let (start, n_fields) = usual?;
        let columns = start..start + k;
        let labels_before = scan.own_field().is_none_or(|field| field < start);
        let same_shape = self.full || scan.fields.len() == n_fields;
        // With all its fields there, an empty one is an empty cell. A row that is a field short is not read by position.
        let at_an_end = self.full || scan.run.is_empty() || scan.run.start == start || scan.run.end == columns.end;
        let inside = scan.run.is_empty() || (scan.run.start >= start && scan.run.end <= columns.end);
        if !(labels_before && same_shape && at_an_end && inside) {
            return None;
        }
        Some(columns.map(|at| scan.fields.get(at)).collect())
    }
}
