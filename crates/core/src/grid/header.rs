//! The header of a band: which label stands above which column.

use super::row::{FieldKind, Scan, commonest};
use crate::table::{Label, Shape};

/// The columns of a band, left to right.
pub(super) struct Columns {
    /// The label path of each, from the top to the leaf; empty where the header does not tell.
    pub(super) paths: Vec<Vec<Label>>,
    pub(super) odd: Option<Shape>,
}

/// A leaf label: the lowest above one or more fields.
struct Leaf<'a> {
    path: Vec<&'a Label>,
    first_field: usize,
    last_field: usize,
}

/// How many columns a header tells of where no row has values: all its leaves, but for the corner over row labels.
pub(super) fn n_leaves(header: &[Scan], data: &[Scan]) -> usize {
    let first = usize::from(has_labels(data));
    leaves(header).iter().filter(|leaf| leaf.first_field >= first).count()
}

/// Where the values of a row stand by the header alone: the field of the first column, and how many fields there are.
pub(super) fn first_value_field(header: &[Scan], data: &[Scan]) -> Option<(usize, usize)> {
    let first = usize::from(has_labels(data));
    let leaves = leaves(header);
    let start = leaves.iter().find(|leaf| leaf.first_field >= first)?.first_field;
    Some((start, leaves.last()?.last_field + 1))
}

fn has_labels(data: &[Scan]) -> bool {
    data.iter().any(|scan| !scan.labels.is_empty())
}

/// The paths of the `k` columns of a header over its rows.
pub(super) fn columns(header: &[Scan], data: &[Scan], k: usize, full: bool) -> Columns {
    let mut leaves = leaves(header);
    if has_labels(data) {
        let values_from = data.iter().filter(|scan| scan.n_values == k).map(|scan| scan.run.start).min().unwrap_or(1);
        leaves.retain(|leaf| leaf.first_field > 0);
        // Label columns of their own (序号, 项目) stand left of every value.
        if leaves.len() > k {
            leaves.retain(|leaf| leaf.last_field >= values_from);
        }
    }
    if leaves.len() > k {
        merge_repeated(&mut leaves);
    }
    if leaves.len() == k {
        return Columns { paths: leaves.into_iter().map(Leaf::into_path).collect(), odd: None };
    }
    if full && let Some(paths) = by_field(&leaves, data, k) {
        return Columns { paths, odd: None };
    }
    let odd = match leaves.len() {
        // Merged labels and blanks are gone: nothing is wrong with the report.
        _ if header.iter().any(|scan| scan.loose) => None,
        n_own if n_own < k => Some(Shape::HeaderShort(k - n_own)),
        n_own => Some(Shape::HeaderLong(n_own - k)),
    };
    Columns { paths: vec![Vec::new(); k], odd }
}

/// Makes one of neighbours with the same labels: a merged cell that was repeated when the merge was lost.
fn merge_repeated(leaves: &mut Vec<Leaf<'_>>) {
    leaves.dedup_by(|leaf, before| {
        let keys = |leaf: &Leaf<'_>| leaf.path.iter().map(|label| label.key.clone()).collect::<Vec<_>>();
        let is_same = keys(leaf) == keys(before);
        if is_same {
            before.last_field = leaf.last_field;
        }
        is_same
    });
}

/// Where rows are full, the leaf above each field of the values.
fn by_field(leaves: &[Leaf<'_>], data: &[Scan], k: usize) -> Option<Vec<Vec<Label>>> {
    let start = commonest(data.iter().filter(|scan| scan.n_values == k).map(|scan| scan.run.start))?;
    let mut paths = Vec::new();
    let mut seen = Vec::new();
    for field in start..start + k {
        let leaf = leaves.iter().position(|leaf| leaf.first_field <= field && field <= leaf.last_field)?;
        if seen.contains(&leaf) {
            return None;
        }
        seen.push(leaf);
        paths.push(leaves[leaf].path.iter().map(|&label| label.clone()).collect());
    }
    Some(paths)
}

impl Leaf<'_> {
    fn into_path(self) -> Vec<Label> {
        self.path.into_iter().cloned().collect()
    }
}

/// The most header rows and fields that are looked at: no form has a tenth of it, and no file makes it slow.
const MAX_ROWS: usize = 12;
const MAX_FIELDS: usize = 1000;

/// The distinct leaves of a header from left to right.
fn leaves<'a>(header: &'a [Scan]) -> Vec<Leaf<'a>> {
    let header = &header[header.len().saturating_sub(MAX_ROWS)..];
    let n_fields = header.iter().map(|scan| scan.fields.len()).max().unwrap_or(0).min(MAX_FIELDS);
    let owners = owners(header, n_fields);
    let mut leaves: Vec<Leaf<'a>> = Vec::new();
    let mut last_owner = None;
    for field in 0..n_fields {
        let above = owners.iter().enumerate().rev();
        let Some((row, owner)) = above.filter_map(|(row, of_row)| Some((row, of_row[field]?))).next() else {
            last_owner = None;
            continue;
        };
        if last_owner == Some((row, owner))
            && let Some(leaf) = leaves.last_mut()
        {
            leaf.last_field = field;
            continue;
        }
        last_owner = Some((row, owner));
        let mut path: Vec<&Label> = Vec::new();
        for (scan, of_row) in header.iter().zip(&owners).take(row + 1) {
            if let Some(at) = of_row[field] {
                let label = &scan.labels[at].1;
                // A merged label that was repeated when the merge was lost is one label.
                if path.last().is_none_or(|last| last.key != label.key) {
                    path.push(label);
                }
            }
        }
        leaves.push(Leaf { path, first_field: field, last_field: field });
    }
    leaves
}

/// For each header row, the label (index into its labels) that owns each field: a label owns the blanks to its
/// right up to the next label, as far as the labels above it reach. Above the last row a label that says the same as the
/// one to its left is that one, merged once.
fn owners(header: &[Scan], n_fields: usize) -> Vec<Vec<Option<usize>>> {
    let mut owners: Vec<Vec<Option<usize>>> = Vec::new();
    for (at, scan) in header.iter().enumerate() {
        let is_last = at + 1 == header.len();
        let mut row = Vec::with_capacity(n_fields);
        let mut owner: Option<usize> = None;
        let mut next_label = 0;
        for field in 0..n_fields {
            let label = scan.labels.get(next_label).filter(|&&(at, _)| at == field).map(|_| next_label);
            next_label += usize::from(label.is_some());
            let filled = scan.fields.get(field).is_some_and(|f| f.kind != FieldKind::Empty);
            let parent_changes = field > 0 && owners.iter().any(|above| above[field] != above[field - 1]);
            let goes_on = |at: usize| {
                let before = owner.filter(|_| !is_last && !parent_changes)?;
                (scan.labels[before].1.key == scan.labels[at].1.key).then_some(before)
            };
            owner = match label {
                Some(at) => goes_on(at).or(Some(at)),
                None if filled || parent_changes => None,
                None => owner,
            };
            row.push(owner);
        }
        owners.push(row);
    }
    owners
}
