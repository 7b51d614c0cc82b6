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
use std::cell::OnceCell;

/// A cell or a mention with its datum.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) span: Span,
    pub(super) datum: Datum,
    /// The cell: table (index into the form's), row, column; none for a mention.
    cell: Option<(usize, usize, usize)>,
}

impl Spot {
    /// The label paths of its row and column; none for a mention, and where a row has no labels.
    pub(super) fn names(&self, job: &Job<'_>) -> (Option<String>, Option<String>) {
        let Some((table, row, column)) = self.cell else { return (None, None) };
        let Some(bound) = &job.bound.tables[table] else { return (None, None) };
        (Some(bound.row_name(row)).filter(|name| !name.is_empty()), Some(bound.col_name(column)))
    }

    /// Row × column, or the words around a mention.
    pub(super) fn path(&self, job: &Job<'_>) -> String {
        match self.names(job) {
            (Some(row), Some(col)) if !col.is_empty() => format!("{row} × {col}"),
            (Some(name), _) | (None, Some(name)) => name,
            (None, None) => around(&job.bound.document.text, self.span),
        }
    }
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
            let (row, col) = first.names(job);
            named.label = first.path(job);
            named.text = job.text(first.span).to_owned();
            named.row = row.unwrap_or_default();
            named.col = col.unwrap_or_default();
            named.span = Some(first.span);
            if let (Datum::Text(text), false) = (&first.datum, self.many) {
                named.value.clone_from(text);
            }
        }
        named
    }
}

/// The cells that a binding speaks of, found once for all repetitions.
#[derive(Debug)]
struct Field {
    table: usize,
    /// None: the current row.
    rows: Option<Vec<usize>>,
    /// None: the current column.
    columns: Option<Vec<ColumnKey>>,
    many: bool,
    missing: Option<Reason>,
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
    /// A column of the document that the current column is.
    own_column: Option<usize>,
}

impl Current {
    /// The label of the current row, and of the current column.
    pub(super) fn names(&self, job: &Job<'_>) -> (Option<String>, Option<String>) {
        let bound = self.table.and_then(|table| job.bound.tables[table].as_ref());
        let Some(bound) = bound else { return (None, None) };
        (
            self.row_idx.map(|row| short(&bound.row_paths, row)),
            self.own_column.map(|column| short(&bound.col_paths, column)),
        )
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
    /// For each binding of cells: where they are, or why nowhere. Found when first asked for.
    fields: Vec<OnceCell<Result<Field, Reason>>>,
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
        let fields = rule.bindings.iter().map(|_| OnceCell::new()).collect();
        Ok(Self { job, rule, mentions: mentions.collect(), fields, tables })
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
        let n_rows = self.bound(table).map_or(0, |(_, own)| own.rows.len());
        (0..n_rows).map(|row| Current { table: Some(table), row_idx: Some(row), ..Current::default() }).collect()
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
        let current = |(key, column)| Current {
            table: Some(table),
            column: Some(key),
            own_column: Some(column),
            ..Current::default()
        };
        keys.into_iter().map(current).collect()
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
        // Where the rule speaks of several tables, the current one decides; else the answer is always the same.
        let of_current = cells.table.is_none() && self.tables.len() > 1;
        let fresh = of_current.then(|| self.field(cells, current));
        let field = match &fresh {
            Some(field) => field,
            None => self.fields[at].get_or_init(|| self.field(cells, current)),
        };
        let field = field.as_ref().map_err(Clone::clone)?;
        let mut selection = self.cells(field, current)?;
        if let (Some(item), Some(selection)) = (item, &mut selection) {
            selection.spots = vec![selection.spots[item].clone()];
            selection.many = false;
        }
        Ok(selection)
    }

    /// Where the cells of a binding are.
    fn field(&self, cells: &CellSelect, current: &Current) -> Result<Field, Reason> {
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
        let untold = || {
            let zh = "表头的列数与各行数字的个数不符，对不上列";
            (zh.to_owned(), "the header has another number of columns than the rows have numbers".to_owned())
        };
        let columns = pick(&cells.col, &bound.col_paths, "列", own.columns.len());
        let columns = columns.map_err(|reason| if bound.untold_bands.is_empty() { reason } else { untold() })?;
        let columns = columns.map(|columns| {
            let mut keys: Vec<ColumnKey> = columns.into_iter().map(|column| key_of(bound, column)).collect();
            keys.dedup();
            keys
        });
        Ok(Field {
            table,
            rows: pick(&cells.row, &bound.row_paths, "行", own.rows.len())?,
            columns,
            many: matches!(cells.row, Axis::Many { .. }) || matches!(cells.col, Axis::Many { .. }),
            missing: self.missing(cells, table, bound),
        })
    }

    /// The cells of a field in one repetition; none where the current row or column has none of them.
    fn cells(&self, field: &Field, current: &Current) -> Result<Option<Selection>, Reason> {
        let Some((bound, own)) = self.bound(field.table) else { return Ok(None) };
        let (row, column) = (current.row_idx, current.column);
        let rows = field.rows.as_deref().unwrap_or(row.as_slice());
        let columns = field.columns.as_deref().unwrap_or(column.as_slice());
        let mut spots = Vec::with_capacity(rows.len() * columns.len());
        for &row in rows {
            spots.extend(columns.iter().filter_map(|&column| spot(bound, own, field.table, row, column)));
        }
        if spots.is_empty() {
            let elsewhere = current.row_idx.is_some() || current.column.is_some();
            return match &field.missing {
                Some(reason) if !elsewhere => Err(reason.clone()),
                _ => Ok(None),
            };
        }
        if !field.many && spots.len() > 1 {
            let path = spots[0].path(self.job);
            return Err((format!("“{path}”在表中出现多次"), format!("{path} stands in the table more than once")));
        }
        Ok(Some(Selection { spots, many: field.many, missing: field.missing.clone() }))
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

/// The rows or columns that an axis means; none: the current one.
fn pick(axis: &Axis, paths: &[Vec<FormLabel>], kind: &str, n: usize) -> Result<Option<Vec<usize>>, Reason> {
    let all = || -> Vec<&[FormLabel]> { paths.iter().map(Vec::as_slice).collect() };
    match axis {
        Axis::Current => Ok(None),
        Axis::Only => Ok(Some((0..n).collect())),
        Axis::One(path) => match path.select(&all()) {
            found if found.is_empty() => Err(not_found(path, paths, kind)),
            found => Ok(Some(found)),
        },
        Axis::Many { path, except } => {
            let excepted = |at: &usize| except.iter().any(|except| except.matches(&paths[*at]));
            Ok(Some(path.select(&all()).into_iter().filter(|at| !excepted(at)).collect()))
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
fn spot(bound: &BoundTable, own: &Table, table: usize, row: usize, key: ColumnKey) -> Option<Spot> {
    let own_row = &own.rows[row];
    let column = own.columns_of(own_row).find(|&column| key_of(bound, column) == key)?;
    let (span, datum) = match own.cell(row, column) {
        None => (own_row.span, Datum::Absent),
        Some(cell) => {
            let datum = match (cell.value, cell.odd) {
                (Some(value), _) => Datum::Number(value),
                (None, Some(Oddity::Text)) => Datum::Unreadable,
                (None, _) => Datum::Blank,
            };
            (cell.span, datum)
        }
    };
    Some(Spot { span, datum, cell: Some((table, row, column)) })
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
                spots.push(Spot { span, datum, cell: None });
            }
        }
    }
    spots
}
