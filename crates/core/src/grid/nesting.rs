//! Row labels: how they nest by their enumerators, and which rows slid out of their place.

use super::row::Scan;
use crate::enumerator;
use crate::table::{Label, Shape, ShapeFact, Table};
use std::collections::BTreeMap;

/// The most labels of one row that make its path.
const MAX_LABELS: usize = 12;

/// A label without enumerator ranks below all enumerators, by its field.
const PLAIN_RANK: u32 = 1000;

/// Labels of rows that sum up all above them in their field, not the last of them.
const TOTALS: [&str; 3] = ["合计", "总计", "共计"];

/// A label above the current row.
struct Open {
    rank: u32,
    field: usize,
    label: Label,
}

/// The labels that stand above the current row, outermost first.
#[derive(Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    /// The rank of the last label that does not begin with 其中.
    last_rank: u32,
}

impl Stack {
    pub(super) fn clear(&mut self) {
        self.open.clear();
    }

    /// Takes the labels of a row from left to right; the row's path is returned. A row without labels has none.
    pub(super) fn push_row(&mut self, scan: &Scan) -> Vec<Label> {
        for (field, label) in scan.labels.iter().take(MAX_LABELS) {
            let rank = self.rank(*field, &label.text);
            let sums_up = TOTALS.contains(&label.key.as_str()) && enumerator::parse(&label.text).is_none();
            while self.open.last().is_some_and(|open| open.rank >= rank || (sums_up && open.field >= *field)) {
                self.open.pop();
            }
            self.open.push(Open { rank, field: *field, label: label.clone() });
        }
        if scan.labels.is_empty() {
            return Vec::new();
        }
        self.open.iter().map(|open| open.label.clone()).collect()
    }

    fn rank(&mut self, field: usize, label: &str) -> u32 {
        let rank = match enumerator::parse(label) {
            // A part "of which" stands below the row above it.
            None if label.starts_with("其中") => return self.last_rank + 1,
            None => PLAIN_RANK + 2 * u32::try_from(field).unwrap_or(0),
            Some(found) => u32::from(found.rank) * 2,
        };
        self.last_rank = rank;
        rank
    }
}

/// Whether a row stands below the one before it, by their outermost and innermost labels; so does one without labels.
pub(super) fn is_below(before: &Scan, row: &Scan) -> bool {
    let rank = |(field, label): &(usize, Label)| match enumerator::parse(&label.text) {
        None => (PLAIN_RANK, *field),
        Some(found) => (u32::from(found.rank), 0),
    };
    let (Some(above), Some(own)) = (before.labels.last(), row.labels.first()) else { return true };
    own.1.text.starts_with("其中") || rank(own) > rank(above)
}

/// Where the labels and values of the data rows stand.
#[derive(Default)]
pub(super) struct Places {
    rows: Vec<PlacedRow>,
}

struct PlacedRow {
    row: usize,
    /// (enumerator rank, field) of each label that has one.
    labels: Vec<(u8, usize)>,
    own_place: Option<(u8, usize)>,
    first_value: Option<usize>,
    span: crate::text::Span,
}

impl Places {
    pub(super) fn note(&mut self, row: usize, scan: &Scan) {
        let rank = |label: &Label| enumerator::parse(&label.text).map(|found| found.rank);
        self.rows.push(PlacedRow {
            row,
            labels: scan.labels.iter().filter_map(|(field, label)| Some((rank(label)?, *field))).collect(),
            own_place: scan.own_place(),
            first_value: scan.has_values().then_some(scan.run.start),
            span: scan.first_span(),
        });
    }

    /// Notes every row whose label, or whose first value, stands in another field than in most rows like it.
    pub(super) fn report_shifted(&self, table: &mut Table) {
        let usual_label = usual(self.rows.iter().flat_map(|row| row.labels.iter().copied()));
        let slid = |row: &PlacedRow| {
            row.labels.iter().any(|(rank, field)| usual_label.get(rank).is_some_and(|usual| usual != field))
        };
        let key = |row: &PlacedRow| row.own_place;
        let steady = self.rows.iter().filter(|row| !slid(row));
        let usual_value = usual(steady.filter_map(|row| Some((key(row), row.first_value?))));
        for row in &self.rows {
            let value_slid =
                || row.first_value.is_some_and(|at| usual_value.get(&key(row)).is_some_and(|&usual| usual != at));
            if slid(row) || value_slid() {
                table.facts.push(ShapeFact { kind: Shape::Shifted, span: row.span, row: Some(row.row) });
            }
        }
    }
}

/// For each key its commonest field, where one is commoner than every other.
fn usual<K: Ord + Copy>(pairs: impl Iterator<Item = (K, usize)>) -> BTreeMap<K, usize> {
    let mut counts: BTreeMap<K, BTreeMap<usize, usize>> = BTreeMap::new();
    for (key, field) in pairs {
        *counts.entry(key).or_default().entry(field).or_default() += 1;
    }
    let mut usual = BTreeMap::new();
    for (key, fields) in counts {
        let most = fields.values().copied().max().unwrap_or(0);
        let mut best = fields.iter().filter(|&(_, &count)| count == most);
        if let (Some((&field, _)), None) = (best.next(), best.next()) {
            usual.insert(key, field);
        }
    }
    usual
}
