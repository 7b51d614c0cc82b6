//! What the names of an assertion stand for in a document, and what the assertion is repeated for.

use super::mention::mentions;
use super::tables::{ColumnKey, Selection, Spot, Tables};
use crate::bind::{BoundTable, likeness};
use crate::form::FormLabel;
use crate::path::LabelPath;
use crate::rule::{Axis, Binding, CellSelect, Doc, Each, Kin, Rule, Select};
use crate::say::{Job, Reason};
use std::cell::OnceCell;

/// The rows of a [`Field`].
#[derive(Debug)]
enum Rows {
    Current,
    These(Vec<usize>),
    /// Those that stand so to the current row, but for these.
    Kin(Kin, Vec<usize>),
}

/// The cells that a binding speaks of in one table, found once for all repetitions.
#[derive(Debug)]
struct Field {
    table: usize,
    rows: Rows,
    /// None: the current column.
    columns: Option<Vec<ColumnKey>>,
    many: bool,
    missing: Option<Reason>,
}

/// What is current in one repetition.
#[derive(Clone, Debug, Default)]
pub(super) struct Current {
    /// The table of the current row or column.
    table: Option<usize>,
    row: Option<usize>,
    column: Option<ColumnKey>,
    /// A column of the document that the current column is.
    own_column: Option<usize>,
    /// The current mention or cell of a name: (binding, which).
    item: Option<(usize, usize)>,
}

/// Finds what names stand for.
pub(super) struct Selector<'a> {
    job: &'a Job<'a>,
    rule: &'a Rule,
    pub(super) tables: Tables<'a>,
    /// For each binding of a number or text: its mentions.
    mentions: Vec<Option<Vec<Spot>>>,
    /// For each binding of cells, for each table: where they are, or why nowhere. Found when first asked for.
    fields: Vec<Vec<OnceCell<Result<Field, Reason>>>>,
    /// The tables that the rule looks at.
    scope: Vec<usize>,
}

impl<'a> Selector<'a> {
    /// `fitted`: the tables that the rule's own description fits.
    ///
    /// # Errors
    /// A table that the rule needs and the document lacks.
    pub(super) fn new(job: &'a Job<'a>, idx: usize, rule: &'a Rule, fitted: &'a [BoundTable]) -> Result<Self, Reason> {
        let tables = Tables::new(job, fitted);
        let mut scope: Vec<usize> = tables.fitted().collect();
        for name in rule.scope.tables() {
            job.bound.table(name)?;
            scope.extend(tables.named(name));
        }
        let bindings = || rule.bindings.iter().enumerate();
        let mentions = bindings().map(|(at, binding)| mentions(job, idx, at, binding)).collect();
        let fields = bindings().map(|_| (0..tables.len()).map(|_| OnceCell::new()).collect()).collect();
        Ok(Self { job, rule, tables, mentions, fields, scope })
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

    /// Every repetition. Where several tables fit the rule's own description, each is judged.
    pub(super) fn repetitions(&self, each: Option<&Each>) -> Vec<Current> {
        let in_table = |&table: &usize| Current { table: Some(table), ..Current::default() };
        let tables = || self.scope.iter().map(in_table);
        let once: Vec<Current> = if self.rule.layout.is_some() { tables().collect() } else { vec![Current::default()] };
        match each {
            None => once,
            Some(Each::Table) => tables().collect(),
            Some(Each::Row) => tables().flat_map(|current| self.rows(&current)).collect(),
            Some(Each::Parent) => tables().flat_map(|current| self.parents(&current)).collect(),
            Some(Each::Col) => tables().flat_map(|current| self.columns(&current)).collect(),
            Some(Each::Cell) => {
                tables().flat_map(|current| self.rows(&current)).flat_map(|current| self.columns(&current)).collect()
            }
            Some(Each::ParentCell) => {
                tables().flat_map(|current| self.parents(&current)).flat_map(|current| self.columns(&current)).collect()
            }
            Some(Each::Name(name)) => once.iter().flat_map(|current| self.items(name, current)).collect(),
        }
    }

    /// Every row of the current table.
    fn rows(&self, current: &Current) -> Vec<Current> {
        let Some(table) = current.table else { return Vec::new() };
        let rows = 0..self.tables.get(table).own.rows.len();
        rows.map(|row| Current { row: Some(row), ..current.clone() }).collect()
    }

    /// Every row of the current table that has rows below it.
    fn parents(&self, current: &Current) -> Vec<Current> {
        let Some(table) = current.table else { return Vec::new() };
        let kinship = self.tables.get(table).kinship();
        let is_parent = |current: &Current| current.row.is_some_and(|row| kinship.has_children(row));
        self.rows(current).into_iter().filter(is_parent).collect()
    }

    /// Every column of the current table.
    fn columns(&self, current: &Current) -> Vec<Current> {
        let Some(table) = current.table else { return Vec::new() };
        let columns = self.tables.get(table).columns();
        let with = |(key, column)| Current { column: Some(key), own_column: Some(column), ..current.clone() };
        columns.into_iter().map(with).collect()
    }

    /// Every mention or cell of a name; a cell's row and column are current with it.
    fn items(&self, name: &str, current: &Current) -> Vec<Current> {
        let Some(at) = self.position(name) else { return Vec::new() };
        if let Some(mentions) = self.mentions(at) {
            return (0..mentions.len()).map(|item| Current { item: Some((at, item)), ..current.clone() }).collect();
        }
        let spots = self.select(name, current).ok().flatten().map(|selection| selection.spots).unwrap_or_default();
        let with = |(item, spot): (usize, &Spot)| {
            let (table, row, column) = spot.cell?;
            let key = self.tables.get(table).key_of(column);
            Some(Current {
                table: Some(table),
                row: Some(row),
                column: Some(key),
                own_column: Some(column),
                item: Some((at, item)),
            })
        };
        spots.iter().enumerate().filter_map(with).collect()
    }

    /// The labels of the current row and of the current column.
    pub(super) fn current_words(&self, current: &Current) -> (Option<String>, Option<String>) {
        let Some(table) = current.table.map(|table| self.tables.get(table)) else { return (None, None) };
        (current.row.map(|row| table.row_word(row)), current.own_column.map(|column| table.col_word(column)))
    }

    /// What a name stands for; none where the current row or column lies in another band.
    ///
    /// # Errors
    /// Why the document has nothing for it.
    pub(super) fn select(&self, name: &str, current: &Current) -> Result<Option<Selection>, Reason> {
        let Some(at) = self.position(name) else {
            return Ok(Some(Selection { spots: Vec::new(), many: false, missing: None }));
        };
        let item = current.item.filter(|&(binding, _)| binding == at).map(|(_, item)| item);
        if let Some(mentions) = self.mentions(at) {
            let spots = match item {
                Some(item) => vec![mentions[item].clone()],
                None => mentions.to_vec(),
            };
            return Ok(Some(Selection { spots, many: item.is_none(), missing: None }));
        }
        let Select::Cells(cells) = &self.rule.bindings[at].select else {
            return Ok(None);
        };
        let table = self.table_of(cells, current)?;
        let field = self.fields[at][table].get_or_init(|| self.field(cells, table));
        let mut selection = self.cells(field.as_ref().map_err(Clone::clone)?, current)?;
        if let (Some(item), Some(selection)) = (item, &mut selection) {
            selection.spots = vec![selection.spots[item].clone()];
            selection.many = false;
        }
        if let (Some(unit), Some(selection)) = (&cells.unit, &mut selection) {
            selection.spots.iter_mut().for_each(|spot| self.tables.reckon(spot, unit));
        }
        Ok(selection)
    }

    /// The mentions of a binding; none where it stands for cells.
    fn mentions(&self, at: usize) -> Option<&[Spot]> {
        let at = match &self.rule.bindings[at].select {
            Select::All(name) => self.position(name)?,
            _ => at,
        };
        self.mentions[at].as_deref()
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.rule.bindings.iter().position(|binding| binding.name == name)
    }

    /// The table of a binding: the one it names, else the current one, else the first of the scope.
    fn table_of(&self, cells: &CellSelect, current: &Current) -> Result<usize, Reason> {
        if let (Some(name), Doc::This) = (&cells.table, cells.doc) {
            self.job.bound.table(name)?;
        }
        let table = match (&cells.table, cells.doc) {
            (Some(name), Doc::This) => self.tables.named(name),
            (None, Doc::This) => current.table.or_else(|| self.scope.first().copied()),
            (named, Doc::Prev) => return self.table_of_prev(named.as_deref(), current),
        };
        table.ok_or_else(|| ("没有找到要核对的表".to_owned(), "the table to judge was not found".to_owned()))
    }

    /// The table of last year's report with a name, else with that of the current table or of the first of the scope.
    fn table_of_prev(&self, name: Option<&str>, current: &Current) -> Result<usize, Reason> {
        let own =
            || current.table.or_else(|| self.scope.first().copied()).map(|at| self.tables.get(at).bound.name.as_str());
        let name = name.or_else(own).unwrap_or_default();
        self.tables.named_in_prev(name).ok_or_else(|| {
            (format!("上年年报中没有找到{name}"), format!("the table {name} was not found in last year's report"))
        })
    }

    /// Where the cells of a binding are in a table.
    fn field(&self, cells: &CellSelect, table: usize) -> Result<Field, Reason> {
        let listed = self.tables.get(table);
        let (bound, own) = (listed.bound, listed.own);
        let untold = || {
            let zh = "表头的列数与各行数字的个数不符，对不上列";
            (zh.to_owned(), "the header has another number of columns than the rows have numbers".to_owned())
        };
        let columns = pick(&cells.col, &bound.col_paths, "列", own.columns.len());
        let columns = columns.map_err(|reason| if bound.untold_bands.is_empty() { reason } else { untold() })?;
        let columns = columns.map(|columns| {
            let mut keys: Vec<ColumnKey> = Vec::new();
            for key in columns.into_iter().map(|column| listed.key_of(column)) {
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
            keys
        });
        Ok(Field {
            table,
            rows: match &cells.row {
                Axis::Kin { kin, except } => {
                    let excepted = |row: &usize| except.iter().any(|path| path.matches(&bound.row_paths[*row]));
                    Rows::Kin(*kin, (0..own.rows.len()).filter(excepted).collect())
                }
                axis => pick(axis, &bound.row_paths, "行", own.rows.len())?.map_or(Rows::Current, Rows::These),
            },
            columns,
            many: cells.is_many(),
            missing: listed.missing(cells),
        })
    }

    /// The cells of a field in one repetition; none where the current row or column has none of them.
    fn cells(&self, field: &Field, current: &Current) -> Result<Option<Selection>, Reason> {
        let listed = self.tables.get(field.table);
        // A row or column that is current in another table is none of this one, but for last year's, found by labels.
        let (row, column) = match current.table {
            Some(table) if table == field.table => (current.row, current.column),
            Some(table) if listed.file.is_some() => {
                self.tables.counterparts((table, current.row, current.own_column), field.table)
            }
            _ => (None, None),
        };
        let kin: Vec<usize>;
        let rows = match &field.rows {
            Rows::Current => row.as_slice(),
            Rows::These(rows) => rows,
            Rows::Kin(of, except) => {
                let all = row.map(|row| listed.kinship().of(row, *of)).unwrap_or_default();
                kin = all.into_iter().filter(|row| !except.contains(row)).collect();
                &kin
            }
        };
        let missing = match (&field.rows, row) {
            (Rows::Kin(kin, _), Some(row)) => listed.missing_kin(row, *kin),
            _ => field.missing.clone(),
        };
        let columns = field.columns.as_deref().unwrap_or(column.as_slice());
        let mut spots = Vec::with_capacity(rows.len() * columns.len());
        for &row in rows {
            spots.extend(columns.iter().filter_map(|&column| listed.spot(field.table, row, column)));
        }
        if spots.is_empty() {
            let elsewhere = current.item.is_none() && (current.row.is_some() || current.column.is_some());
            return match missing {
                Some(reason) if !elsewhere => Err(reason),
                _ => Ok(None),
            };
        }
        if !field.many && spots.len() > 1 {
            let path = self.tables.path(&spots[0]);
            return Err((format!("“{path}”在表中出现多次"), format!("{path} stands in the table more than once")));
        }
        Ok(Some(Selection { spots, many: field.many, missing }))
    }
}

/// The rows or columns that an axis means; none: the current one.
fn pick(axis: &Axis, paths: &[Vec<FormLabel>], kind: &str, n: usize) -> Result<Option<Vec<usize>>, Reason> {
    let all = || -> Vec<&[FormLabel]> { paths.iter().map(Vec::as_slice).collect() };
    match axis {
        // Kin are told when the current row is known.
        Axis::Current | Axis::Kin { .. } => Ok(None),
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

fn not_found(path: &LabelPath, paths: &[Vec<FormLabel>], kind: &str) -> Reason {
    let wanted = path.source().rsplit('>').next().unwrap_or_default().trim();
    let near = paths
        .iter()
        .filter_map(|path| path.last())
        .map(|label| (likeness(wanted, &label.key), label))
        .filter(|&(likeness, _)| likeness >= 50)
        .max_by_key(|&(likeness, _)| likeness);
    let hint = near.map_or_else(String::new, |(_, label)| format!("，相近的有“{}”", label.text));
    let hint_en = near.map_or_else(String::new, |(_, label)| format!("; near: {}", label.text));
    let kind_en = if kind == "行" { "row" } else { "column" };
    (format!("表中没有“{wanted}”{kind}{hint}"), format!("the table has no {kind_en} {wanted}{hint_en}"))
}
