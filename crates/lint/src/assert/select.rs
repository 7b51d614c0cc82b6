//! What the names of an assertion stand for in a document: cells by label path, mentions by pattern.

use super::around;
use crate::bind::BoundTable;
use crate::expr::{Bound as Value, Datum};
use crate::form::FormLabel;
use crate::path::LabelPath;
use crate::rule::{Axis, Binding, CellSelect, Each, Mention, Rule, Select};
use crate::say::{Job, Named, Reason};
use crate::scan::Part;
use gouji_core::label;
use gouji_core::number::{Oddity, read_number};
use gouji_core::table::Table;
use gouji_core::text::Span;
use rust_decimal::Decimal;

/// A cell or a mention with its datum.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) span: Span,
    pub(super) datum: Datum,
    /// Row × column, or the words around a mention.
    pub(super) path: String,
    pub(super) row: Option<String>,
    pub(super) col: Option<String>,
}

/// What a name stands for in one repetition.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    pub(super) spots: Vec<Spot>,
    many: bool,
    /// A row or column of the form that belongs here and that the document lacks.
    pub(super) missing: Option<Reason>,
}

impl Selection {
    pub(super) fn value(&self) -> Value {
        let mut data = self.spots.iter().map(|spot| spot.datum.clone());
        if self.many { Value::Many(data.collect()) } else { Value::One(data.next().unwrap_or(Datum::Absent)) }
    }

    /// For messages: the value of one, the sum of many.
    pub(super) fn named(&self, job: &Job<'_>) -> Named {
        let numbers = self.spots.iter().filter_map(|spot| match spot.datum {
            Datum::Number(number) => Some(number),
            _ => None,
        });
        let sum = numbers.fold(Decimal::ZERO, |sum, number| sum.checked_add(number).unwrap_or(sum));
        let mut named = Named::number(sum);
        if let Some(first) = self.spots.first() {
            named.label.clone_from(&first.path);
            named.text = job.text(first.span).to_owned();
            named.row = first.row.clone().unwrap_or_default();
            named.col = first.col.clone().unwrap_or_default();
            named.span = Some(first.span);
            if let (Datum::Text(text), false) = (&first.datum, self.many) {
                named.value.clone_from(text);
            }
        }
        named
    }
}

/// What is current in one repetition.
#[derive(Clone, Debug, Default)]
pub(super) struct Current {
    /// The bound table (index into the form's tables) of the current row or column.
    table: Option<usize>,
    row_idx: Option<usize>,
    column: Option<ColumnKey>,
    /// The current mention or cell of a name: (binding, which).
    item: Option<(usize, usize)>,
    pub(super) row: Option<String>,
    pub(super) col: Option<String>,
}

impl Current {
    pub(super) fn name(&self) -> &str {
        self.row.as_deref().or(self.col.as_deref()).unwrap_or("")
    }
}

/// A column of a bound table: the form's, which several bands of the document may have, or one of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ColumnKey {
    Form(usize, usize),
    Own(usize),
}

/// Finds what names stand for.
pub(super) struct Selector<'a> {
    job: &'a Job<'a>,
    rule: &'a Rule,
    /// For each binding of a number or text: its mentions.
    mentions: Vec<Option<Vec<Spot>>>,
    /// The tables of the scope (indices into the form's).
    tables: Vec<usize>,
}

impl<'a> Selector<'a> {
    /// # Errors
    /// A table that the rule needs and the document lacks.
    pub(super) fn new(job: &'a Job<'a>, idx: usize, rule: &'a Rule) -> Result<Self, Reason> {
        let mut tables = Vec::new();
        for name in rule.scope.tables() {
            job.bound.table(name)?;
            tables.extend(job.bound.form.and_then(|form| form.table(name)));
        }
        let mentions = rule.bindings.iter().enumerate().map(|(at, binding)| match &binding.select {
            Select::Number(mention) => Some(mentions(job, idx, at, mention, true)),
            Select::Text(mention) => Some(mentions(job, idx, at, mention, false)),
            Select::Cells(_) => None,
        });
        Ok(Self { job, rule, mentions: mentions.collect(), tables })
    }

    /// A number that the rule is about, or a text that it is repeated for, and that the document never mentions.
    pub(super) fn unmentioned(&self) -> Option<&str> {
        let of = |(binding, mentions): (&'a Binding, &Option<Vec<Spot>>)| {
            let none = mentions.as_ref().is_some_and(Vec::is_empty);
            let each = self.rule.each == Some(Each::Name(binding.name.clone()));
            (none && (each || matches!(binding.select, Select::Number(_)))).then_some(binding.name.as_str())
        };
        self.rule.bindings.iter().zip(&self.mentions).find_map(of)
    }

    pub(super) fn repetitions(&self, each: Option<&Each>) -> Vec<Current> {
        match each {
            None => vec![Current::default()],
            Some(Each::Row) => self.tables.iter().flat_map(|&table| self.rows(table)).collect(),
            Some(Each::Col) => self.tables.iter().flat_map(|&table| self.columns(table)).collect(),
            Some(Each::Name(name)) => {
                let Some(at) = self.rule.bindings.iter().position(|binding| binding.name == *name) else {
                    return Vec::new();
                };
                let n_items = match &self.mentions[at] {
                    Some(mentions) => mentions.len(),
                    None => self.select(name, &Current::default()).ok().flatten().map_or(0, |s| s.spots.len()),
                };
                (0..n_items).map(|item| Current { item: Some((at, item)), ..Current::default() }).collect()
            }
        }
    }

    fn bound(&self, table: usize) -> Option<(&'a BoundTable, &'a Table)> {
        let bound = self.job.bound.tables.get(table)?.as_ref()?;
        Some((bound, &self.job.bound.document.tables[bound.table]))
    }

    fn rows(&self, table: usize) -> Vec<Current> {
        let Some((bound, own)) = self.bound(table) else { return Vec::new() };
        let name = |row: usize| short(&bound.row_paths, row);
        let rows = 0..own.rows.len();
        rows.map(|row| Current { table: Some(table), row_idx: Some(row), row: Some(name(row)), ..Current::default() })
            .collect()
    }

    fn columns(&self, table: usize) -> Vec<Current> {
        let Some((bound, own)) = self.bound(table) else { return Vec::new() };
        let mut keys: Vec<(ColumnKey, usize)> = Vec::new();
        for column in 0..own.columns.len() {
            let key = key_of(bound, column);
            if !keys.iter().any(|(seen, _)| *seen == key) {
                keys.push((key, column));
            }
        }
        keys.into_iter()
            .map(|(key, column)| Current {
                table: Some(table),
                column: Some(key),
                col: Some(short(&bound.col_paths, column)),
                ..Current::default()
            })
            .collect()
    }

    /// What a name stands for; none where the current row or column lies in another band.
    ///
    /// # Errors
    /// Why the document has nothing for it.
    pub(super) fn select(&self, name: &str, current: &Current) -> Result<Option<Selection>, Reason> {
        let Some(at) = self.rule.bindings.iter().position(|binding| binding.name == name) else {
            return Ok(Some(Selection { spots: Vec::new(), many: false, missing: None }));
        };
        let item = current.item.filter(|&(binding, _)| binding == at).map(|(_, item)| item);
        if let Some(mentions) = &self.mentions[at] {
            let spots = match item {
                Some(item) => vec![mentions[item].clone()],
                None => mentions.clone(),
            };
            return Ok(Some(Selection { spots, many: item.is_none(), missing: None }));
        }
        let Select::Cells(cells) = &self.rule.bindings[at].select else {
            return Ok(None);
        };
        let mut selection = self.cells(cells, current)?;
        if let (Some(item), Some(selection)) = (item, &mut selection) {
            selection.spots = vec![selection.spots[item].clone()];
            selection.many = false;
        }
        Ok(selection)
    }

    fn cells(&self, cells: &CellSelect, current: &Current) -> Result<Option<Selection>, Reason> {
        let table = match (&cells.table, current.table, self.tables.as_slice()) {
            (Some(name), _, _) => {
                self.job.bound.table(name)?;
                self.job.bound.form.and_then(|form| form.table(name))
            }
            (None, Some(current), _) => Some(current),
            (None, None, [first, ..]) => Some(*first),
            (None, None, []) => None,
        };
        let Some((table, (bound, own))) = table.and_then(|table| Some((table, self.bound(table)?))) else {
            return Err(("没有找到要核对的表".to_owned(), "the table to judge was not found".to_owned()));
        };
        let rows = self.pick(&cells.row, &bound.row_paths, "行", current.row_idx, own.rows.len())?;
        let mut columns: Vec<ColumnKey> = Vec::new();
        let current_column = current.column;
        if let (Axis::Current, Some(key)) = (&cells.col, current_column) {
            columns.push(key);
        } else {
            for column in self.pick(&cells.col, &bound.col_paths, "列", None, own.columns.len())? {
                let key = key_of(bound, column);
                if !columns.contains(&key) {
                    columns.push(key);
                }
            }
        }
        let many = matches!(cells.row, Axis::Many { .. }) || matches!(cells.col, Axis::Many { .. });
        let mut spots = Vec::new();
        for &row in &rows {
            for &column in &columns {
                spots.extend(spot(bound, own, row, column));
            }
        }
        let missing = self.missing(cells, table, bound);
        if spots.is_empty() {
            let elsewhere = current.row_idx.is_some() || current.column.is_some();
            return match missing {
                Some(reason) if !elsewhere => Err(reason),
                _ => Ok(None),
            };
        }
        if !many && spots.len() > 1 {
            let path = &spots[0].path;
            return Err((format!("“{path}”在表中出现多次"), format!("{path} stands in the table more than once")));
        }
        Ok(Some(Selection { spots, many, missing }))
    }

    /// The rows or columns that an axis means.
    fn pick(
        &self,
        axis: &Axis,
        paths: &[Vec<FormLabel>],
        kind: &str,
        current: Option<usize>,
        n: usize,
    ) -> Result<Vec<usize>, Reason> {
        let all: Vec<&[FormLabel]> = paths.iter().map(Vec::as_slice).collect();
        match axis {
            Axis::Current => Ok(current.into_iter().collect()),
            Axis::Only => Ok((0..n).collect()),
            Axis::One(path) => {
                let found = path.select(&all);
                if found.is_empty() {
                    return Err(not_found(path, paths, kind));
                }
                Ok(found)
            }
            Axis::Many { path, except } => {
                let excepted = |at: &usize| except.iter().any(|except| except.matches(&paths[*at]));
                Ok(path.select(&all).into_iter().filter(|at| !excepted(at)).collect())
            }
        }
    }

    /// A row or column of the form that a many-valued axis should have met and that the document lacks.
    fn missing(&self, cells: &CellSelect, table: usize, bound: &BoundTable) -> Option<Reason> {
        let form = &self.job.bound.form?.tables[table];
        let lacks = |axis: &Axis, path: &[FormLabel]| match axis {
            Axis::Many { path: wanted, except } => {
                wanted.matches(path) && !except.iter().any(|except| except.matches(path))
            }
            _ => false,
        };
        let row = bound
            .missing_rows
            .iter()
            .map(|&(band, of)| &form.bands[band].rows[of])
            .find(|path| lacks(&cells.row, path));
        let col = bound
            .missing_cols
            .iter()
            .map(|&(band, of)| &form.bands[band].columns[of])
            .find(|path| lacks(&cells.col, path));
        let leaf = |path: &Vec<FormLabel>| path.last().map_or_else(String::new, |label| label.text.clone());
        match (row.map(leaf), col.map(leaf)) {
            (Some(label), _) => Some((format!("表中缺少“{label}”行"), format!("the table lacks the row {label}"))),
            (None, Some(label)) => {
                Some((format!("表中缺少“{label}”列"), format!("the table lacks the column {label}")))
            }
            (None, None) => None,
        }
    }
}

fn key_of(bound: &BoundTable, column: usize) -> ColumnKey {
    bound.col_of_form[column].map_or(ColumnKey::Own(column), |(band, of)| ColumnKey::Form(band, of))
}

/// A label of its own where no other path ends in it, else the whole path.
fn short(paths: &[Vec<FormLabel>], at: usize) -> String {
    let leaf = |path: &[FormLabel]| path.last().map(|label| label.key.clone());
    let alike = paths.iter().any(|path| leaf(path) == leaf(&paths[at]) && *path != paths[at]);
    match paths[at].last() {
        Some(own) if !alike => label::words(&own.text).to_owned(),
        _ => crate::bind::path_name(&paths[at]),
    }
}

/// The cell of a row in a column; none where the row's band has no such column.
fn spot(bound: &BoundTable, table: &Table, row: usize, key: ColumnKey) -> Option<Spot> {
    let own = &table.rows[row];
    let column = table.columns_of(own).find(|&column| key_of(bound, column) == key)?;
    let (row_name, col_name) = (bound.row_name(row), bound.col_name(column));
    let path = match (row_name.is_empty(), col_name.is_empty()) {
        (false, false) => format!("{row_name} × {col_name}"),
        (true, _) => col_name.clone(),
        (false, true) => row_name.clone(),
    };
    let (span, datum) = match table.cell(row, column) {
        None => (own.span, Datum::Absent),
        Some(cell) => {
            let datum = match (cell.value, cell.odd) {
                (Some(value), _) => Datum::Number(value),
                (None, Some(Oddity::Text)) => Datum::Unreadable,
                (None, _) => Datum::Blank,
            };
            (cell.span, datum)
        }
    };
    Some(Spot { span, datum, path, row: Some(row_name).filter(|n| !n.is_empty()), col: Some(col_name) })
}

fn not_found(path: &LabelPath, paths: &[Vec<FormLabel>], kind: &str) -> Reason {
    let wanted = path.source().rsplit('>').next().unwrap_or_default().trim();
    let near = paths
        .iter()
        .filter_map(|path| path.last())
        .map(|label| (crate::bind::likeness(wanted, &label.key), label))
        .filter(|&(likeness, _)| likeness >= 50)
        .max_by_key(|&(likeness, _)| likeness);
    let hint = near.map_or_else(String::new, |(_, label)| format!("，相近的有“{}”", label.text));
    let hint_en = near.map_or_else(String::new, |(_, label)| format!("; near: {}", label.text));
    let kind_en = if kind == "行" { "row" } else { "column" };
    (format!("表中没有“{wanted}”{kind}{hint}"), format!("the table has no {kind_en} {wanted}{hint_en}"))
}

/// Every mention of a pattern in its scope.
fn mentions(job: &Job<'_>, rule: usize, binding: usize, mention: &Mention, is_number: bool) -> Vec<Spot> {
    let shadow = &job.hits.folded;
    let mut spots = Vec::new();
    for block in job.hits.candidates(rule, Part::Binding(binding), mention.pattern.required()) {
        let Some(range) = shadow.blocks[block] else { continue };
        for stretch in job.regions.stretches(&mention.scope, block) {
            let inner = shadow.folded.shadow_of(stretch);
            let hay = Span::new(inner.start.max(range.start), inner.end.min(range.end)).of(&shadow.folded.text);
            for captures in mention.pattern.regex().captures_iter(hay) {
                let capture = if is_number { captures.name("n") } else { captures.get(0) };
                let Some(found) = capture else { continue };
                let span = shadow.folded.source(Span::from(found.range()).shift(inner.start.max(range.start)));
                let datum = match (is_number, read_number(found.as_str())) {
                    (false, _) => Datum::Text(job.text(span).to_owned()),
                    (true, Some(number)) => Datum::Number(number),
                    (true, None) => Datum::Unreadable,
                };
                spots.push(Spot { span, datum, path: around(&job.bound.document.text, span), row: None, col: None });
            }
        }
    }
    spots
}
