//! One row: which of its fields are labels, which are values, and which value belongs to which column.

use super::{RawRow, read_field, read_label};
use crate::enumerator;
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
#[derive(Clone, Debug)]
pub(super) struct Scan {
    pub(super) fields: Vec<Field>,
    /// The labels from left to right, with their fields.
    pub(super) labels: Vec<(usize, Label)>,
    /// From the first to behind the last value; blanks and stray words between included.
    pub(super) run: std::ops::Range<usize>,
    /// Fields of the run that are not empty.
    pub(super) n_values: usize,
    pub(super) span: Span,
    pub(super) cut_before: bool,
    pub(super) loose: bool,
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
        let mut labels: Vec<(usize, Label)> = (0..label_end)
            .filter(|&at| fields[at].kind == FieldKind::Text)
            .map(|at| (at, read_label(text, fields[at].span)))
            .collect();
        if !run.is_empty() {
            // A merged label that was repeated when the merge was lost is one label.
            labels.dedup_by(|(_, label), (_, before)| label.key == before.key);
        }
        let n_values = fields[run.clone()].iter().filter(|field| field.kind != FieldKind::Empty).count();
        Self { fields, labels, run, n_values, span: row.span, cut_before: row.cut_before, loose: row.loose }
    }

    pub(super) fn has_values(&self) -> bool {
        self.n_values > 0
    }

    /// The first field with content.
    pub(super) fn first_span(&self) -> Span {
        self.fields.iter().find(|field| field.kind != FieldKind::Empty).map_or(self.span, |field| field.span)
    }

    /// The place of the innermost label.
    pub(super) fn own_place(&self) -> LabelPlace {
        self.labels.last().map(|(field, label)| (rank(label), *field))
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

/// The rank of a label's enumerator; 0 where it has none.
pub(super) fn rank(label: &Label) -> u8 {
    enumerator::parse(&label.text).map_or(0, |found| found.rank)
}

/// The enumerator rank (0: none) and the field of a row's own label; none for a row without labels.
pub(super) type LabelPlace = Option<(u8, usize)>;

/// Where the values of complete rows stand, by the place of the row's own label.
pub(super) struct Usual {
    full: bool,
    k: usize,
    /// Own label's place -> (first value's field, number of fields).
    by_label: BTreeMap<LabelPlace, (usize, usize)>,
    overall: Option<(usize, usize)>,
    /// By the header alone, for a band without any complete row.
    by_header: Option<(usize, usize)>,
}

impl Usual {
    pub(super) fn new(data: &[Scan], k: usize, full: bool, by_header: Option<(usize, usize)>) -> Self {
        let mut groups: BTreeMap<LabelPlace, Vec<(usize, usize)>> = BTreeMap::new();
        let complete = |scan: &&Scan| scan.n_values == k && scan.run.len() == k;
        for scan in data.iter().filter(complete) {
            groups.entry(scan.own_place()).or_default().push((scan.run.start, scan.fields.len()));
        }
        let pick = |places: &[(usize, usize)]| -> Option<(usize, usize)> {
            let start = commonest(places.iter().map(|p| p.0))?;
            let len = commonest(places.iter().filter(|p| p.0 == start).map(|p| p.1))?;
            Some((start, len))
        };
        let overall = pick(&groups.values().flatten().copied().collect::<Vec<_>>());
        let by_label = groups.iter().filter_map(|(&place, places)| Some((place, pick(places)?))).collect();
        Self { full, k, by_label, overall, by_header }
    }

    /// Where the values of a row like this one stand: first field and number of fields.
    fn of(&self, place: LabelPlace) -> Option<(usize, usize)> {
        if self.overall.is_none() {
            return self.by_header;
        }
        if self.full { self.overall } else { self.by_label.get(&place).copied() }
    }

    /// Whether a row has every field: as many as the complete rows like it, or, where there is none, up to the last
    /// column.
    fn has_all_fields(&self, scan: &Scan, start: usize, n_fields: usize) -> bool {
        let n_own = scan.fields.len();
        self.full || n_own == n_fields || (self.overall.is_none() && n_own >= start + self.k)
    }

    /// A row whose last "label" stands where rows like it have a value: words in a value cell, not a label.
    pub(super) fn refit(&self, scan: &Scan) -> Scan {
        let mut scan = scan.clone();
        while let [.., before, (field, last)] = scan.labels.as_slice() {
            let (before, field, plain) = ((rank(&before.1), before.0), *field, rank(last) == 0);
            let stands_for_value = self.of(Some(before)).is_some_and(|(start, n_fields)| {
                field >= start && before.1 < start && self.has_all_fields(&scan, start, n_fields)
            });
            if scan.n_values >= self.k || !plain || !stands_for_value {
                break;
            }
            scan.labels.pop();
            scan.run = field..scan.run.end.max(field + 1);
            scan.n_values += 1;
        }
        scan
    }

    /// The field of each of the columns (none: the row is too short for it), or none where the row does not tell which
    /// value belongs to which column.
    pub(super) fn pick<'a>(&self, scan: &'a Scan) -> Option<Vec<Option<&'a Field>>> {
        let k = self.k;
        let filled = |field: &&Field| field.kind != FieldKind::Empty;
        if k > 0 && scan.n_values == k {
            return Some(scan.fields[scan.run.clone()].iter().filter(filled).map(Some).collect());
        }
        if k > 0 && scan.run.len() == k {
            return Some(scan.fields[scan.run.clone()].iter().map(Some).collect());
        }
        if scan.loose {
            return None;
        }
        let (start, n_fields) = self.of(scan.own_place())?;
        let columns = start..start + k;
        let labels_before = scan.own_place().is_none_or(|(_, field)| field < start);
        let same_shape = self.has_all_fields(scan, start, n_fields);
        // With all its fields there, an empty one is an empty cell. A row that is a field short is not read by position.
        let at_an_end = self.full || scan.run.is_empty() || scan.run.start == start || scan.run.end == columns.end;
        let inside = scan.run.is_empty() || (scan.run.start >= start && scan.run.end <= columns.end);
        if !(labels_before && same_shape && at_an_end && inside) {
            return None;
        }
        Some(columns.map(|at| scan.fields.get(at)).collect())
    }
}
