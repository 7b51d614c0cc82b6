//! Label paths against the forms: a path that no form can satisfy is a slip of the rule's author.

use crate::fault::{Fault, nearest};
use crate::form::{Form, FormBand, FormLabel, FormTable};
use crate::path::LabelPath;
use crate::rule::{Axis, CellSelect};
use gouji_core::text::Span;

/// Rows or columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sought {
    Rows,
    Columns,
}

impl Sought {
    fn of(self, band: &FormBand) -> &[Vec<FormLabel>] {
        match self {
            Self::Rows => &band.rows,
            Self::Columns => &band.columns,
        }
    }

    /// The keys for one and for many.
    pub(super) fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Rows => ("row", "rows"),
            Self::Columns => ("col", "cols"),
        }
    }

    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Rows => ("行", "row"),
            Self::Columns => ("列", "column"),
        }
    }
}

/// The tables of a form with these names; all of them when no name is given.
pub(super) fn tables_of<'f>(form: &'f Form, names: &[&str]) -> Vec<&'f FormTable> {
    form.tables.iter().filter(|table| names.is_empty() || names.contains(&table.name.as_str())).collect()
}

/// Checks that a path leads to something in one of the tables.
pub(super) fn at_least_one(path: &LabelPath, sought: Sought, tables: &[&FormTable]) -> Result<(), Fault> {
    let bands = || tables.iter().flat_map(|table| &table.bands);
    if tables.is_empty() || bands().any(|band| !select(path, sought.of(band)).is_empty()) {
        return Ok(());
    }
    Err(missing(path, sought, tables))
}

fn select(path: &LabelPath, labels: &[Vec<FormLabel>]) -> Vec<usize> {
    let labels: Vec<&[FormLabel]> = labels.iter().map(Vec::as_slice).collect();
    path.select(&labels)
}

/// The fault of a path that leads nowhere, with what is near.
fn missing(path: &LabelPath, sought: Sought, tables: &[&FormTable]) -> Fault {
    let (zh, en) = sought.words();
    let source = path.source();
    let names: Vec<&str> = distinct(tables.iter().map(|table| table.name.as_str()));
    let names = names.join("、");
    let fault = Fault::new(
        Span::new(0, source.len()),
        format!("{names}里没有{zh}“{source}”"),
        format!("no {en} `{source}` in {names}"),
    );
    let all = tables.iter().flat_map(|table| &table.bands).flat_map(|band| sought.of(band));
    let all: Vec<String> = all.map(|labels| joined(labels)).collect();
    let all = distinct(all.iter().map(String::as_str));
    let leaf = source.rsplit('>').next().unwrap_or(source).trim();
    let near = nearest(source, all.iter().copied()).or_else(|| {
        let leaves = all.iter().map(|path| path.rsplit(" > ").next().unwrap_or(path));
        let near = nearest(leaf, leaves)?;
        all.iter().copied().find(|path| *path == near || path.ends_with(&format!(" > {near}")))
    });
    match near {
        Some(_) => fault.meaning(near),
        None => fault.expecting(source, all),
    }
}

/// Checks that a selection of cells leads to what it says in one of the forms.
///
/// # Errors
/// The fault of the last form that has the table, with the axis it is about; its span is of that axis' path.
pub(super) fn cells(select: &CellSelect, scope_tables: &[&str], forms: &[&Form]) -> Result<(), (Sought, Fault)> {
    let named: Vec<&str> = select.table.as_deref().into_iter().collect();
    let names = if named.is_empty() { scope_tables } else { &named };
    let mut fault = None;
    for form in forms {
        let tables = tables_of(form, names);
        if tables.is_empty() {
            continue;
        }
        match in_tables(select, &tables) {
            Ok(()) => return Ok(()),
            Err(own) => fault = Some(own),
        }
    }
    fault.map_or(Ok(()), Err)
}

/// One of several tables is enough: a rule over several tables runs on those that have what it needs.
fn in_tables(select: &CellSelect, tables: &[&FormTable]) -> Result<(), (Sought, Fault)> {
    for (sought, axis) in [(Sought::Rows, &select.row), (Sought::Columns, &select.col)] {
        if let Axis::One(path) | Axis::Many { path, .. } = axis {
            at_least_one(path, sought, tables).map_err(|fault| (sought, fault))?;
        }
    }
    let mut fault = None;
    for table in tables {
        match in_table(select, table) {
            Ok(()) => return Ok(()),
            Err(own) => fault = fault.or(Some(own)),
        }
    }
    fault.map_or(Ok(()), Err)
}

fn in_table(select: &CellSelect, table: &FormTable) -> Result<(), (Sought, Fault)> {
    let mut rows: Vec<(usize, usize)> = Vec::new();
    let mut cols: Vec<(usize, usize)> = Vec::new();
    for (band_idx, band) in table.bands.iter().enumerate() {
        let own_rows = along(&select.row, &band.rows);
        let own_cols = along(&select.col, &band.columns);
        // Both have to lie in one band.
        if own_rows.as_ref().is_none_or(|rows| !rows.is_empty())
            && own_cols.as_ref().is_none_or(|cols| !cols.is_empty())
        {
            rows.extend(own_rows.unwrap_or_default().into_iter().map(|idx| (band_idx, idx)));
            cols.extend(own_cols.unwrap_or_default().into_iter().map(|idx| (band_idx, idx)));
        }
    }
    let one_path = |axis: &Axis| matches!(axis, Axis::One(_));
    let current = |axis: &Axis| matches!(axis, Axis::Current | Axis::Kin { .. });
    for (sought, axis, found, other) in
        [(Sought::Rows, &select.row, &rows, &select.col), (Sought::Columns, &select.col, &cols, &select.row)]
    {
        let (Axis::One(path) | Axis::Many { path, .. }) = axis else { continue };
        if found.is_empty() {
            return Err((sought, apart(path, table)));
        }
        // With a current row or column the band is given, so one a band is enough.
        let too_many =
            if current(other) { found.windows(2).any(|pair| pair[0].0 == pair[1].0) } else { found.len() > 1 };
        if one_path(axis) && too_many {
            let names: Vec<String> =
                found.iter().map(|&(band, idx)| joined(&sought.of(&table.bands[band])[idx])).collect();
            return Err((sought, several(path, sought, table, &names)));
        }
    }
    Ok(())
}

/// The indices an axis takes of a band; none where it takes whatever is current.
fn along(axis: &Axis, labels: &[Vec<FormLabel>]) -> Option<Vec<usize>> {
    match axis {
        Axis::Current | Axis::Only | Axis::Kin { .. } => None,
        Axis::One(path) => Some(select(path, labels)),
        Axis::Many { path, except } => {
            let mut found = select(path, labels);
            found.retain(|&idx| !except.iter().any(|path| path.matches(&labels[idx])));
            Some(found)
        }
    }
}

fn several(path: &LabelPath, sought: Sought, table: &FormTable, found: &[String]) -> Fault {
    let (zh, en) = sought.words();
    let source = path.source();
    let list = found.join("；");
    Fault::new(
        Span::new(0, source.len()),
        format!("{}里有 {} {zh}叫“{source}”，这里只能有一{zh}", table.name, found.len()),
        format!("{} {en}s of {} are called `{source}`, and one is needed", found.len(), table.name),
    )
    .with_help(format!("写全路径，候选：{list}"), format!("write more of the path; candidates: {list}"))
}

fn apart(path: &LabelPath, table: &FormTable) -> Fault {
    let source = path.source();
    Fault::new(
        Span::new(0, source.len()),
        format!("{}里“{source}”与另一个方向的标签不在同一段表中", table.name),
        format!("in {} `{source}` and the other label do not lie in one band", table.name),
    )
}

fn joined(labels: &[FormLabel]) -> String {
    let words: Vec<&str> = labels.iter().map(|label| label.key.as_str()).collect();
    words.join(" > ")
}

fn distinct<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for word in words {
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen
}
