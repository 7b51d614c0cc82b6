//! What may hold in a table: totals by their labels, and where there are none, a single cell.

use super::{cells_of, quoted};
use gouji_core::label::fold;
use gouji_core::table::{Label, Table, path_text};
use gouji_core::text::Span;

/// Labels of totals, as compared.
const TOTALS: [&str; 5] = ["总计", "合计", "小计", "总数", "共计"];

/// Something that may hold, and a change that makes it fail.
pub(super) struct Guess {
    kind: Kind,
    /// The cell that a wrong example has otherwise.
    pub(super) wrong_at: Span,
    /// What stands in it there.
    pub(super) wrong: String,
}

enum Kind {
    /// A row or column is the sum of others.
    Total { axis: Axis, total: String, parts: String, except: Vec<String> },
    /// The same, along one line of the other axis only.
    TotalIn { axis: Axis, total: String, parts: String, except: Vec<String>, line: String },
    /// A cell is not negative: for the author to put something better.
    Cell { row: String, col: String },
    /// The same of every cell of a row, where it can not be told which column is which.
    Row { row: String },
}

/// Along which axis a total stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Axis {
    Row,
    Col,
}

impl Axis {
    /// The word for one, for many, and what is repeated.
    fn words(self) -> [&'static str; 3] {
        match self {
            Self::Row => ["row", "rows", "col"],
            Self::Col => ["col", "cols", "row"],
        }
    }
}

/// What may hold, the best first: totals over their own group, over the whole, along one line, a single cell.
pub(super) fn guesses(table: &Table) -> Vec<Guess> {
    let lines: Vec<(Axis, Vec<&[Label]>)> = vec![
        (Axis::Row, table.rows.iter().map(|row| &row.path[..]).collect()),
        (Axis::Col, table.columns.iter().map(|column| &column.path[..]).collect()),
    ];
    let mut wide = Vec::new();
    let mut narrow = Vec::new();
    for (axis, paths) in &lines {
        for (at, path) in paths.iter().enumerate().filter(|(_, path)| is_total(path)) {
            let Some(crossing) = crossing(table, *axis, at) else { continue };
            // Zeros add up to zero wherever they stand: they tell nothing of what lies farther away.
            let n_groups = if crossing.is_zero { 1 } else { 4 };
            for parts in groups(path).into_iter().take(n_groups) {
                let except = totals_in(paths, &parts);
                let total = path_text(path);
                let line = path_text(lines[usize::from(*axis == Axis::Row)].1[crossing.line]);
                let kind =
                    Kind::Total { axis: *axis, total: total.clone(), parts: parts.clone(), except: except.clone() };
                wide.push(wrong_by_a_digit(kind, &crossing));
                let kind = Kind::TotalIn { axis: *axis, total, parts, except, line };
                narrow.push(wrong_by_a_digit(kind, &crossing));
            }
        }
    }
    wide.extend(narrow);
    wide.extend(single_cells(table));
    wide.extend(single_rows(table));
    wide
}

/// Where the parts of a total may be: the leaves beside it below its parent, the lines beside it, those anywhere.
fn groups(path: &[Label]) -> Vec<String> {
    let mut groups = Vec::new();
    if path.len() > 1 {
        let parent = path_text(&path[..path.len() - 1]);
        groups.extend([format!("{parent} > **"), format!("{parent} > *")]);
    }
    groups.extend(["**".to_owned(), "^ > *".to_owned()]);
    groups
}

fn is_total(path: &[Label]) -> bool {
    path.last().is_some_and(|leaf| TOTALS.contains(&fold(&leaf.text).as_str()))
}

/// The totals among the parts.
fn totals_in(paths: &[&[Label]], parts: &str) -> Vec<String> {
    let parent = parts.trim_start_matches("^ > ").trim_end_matches('*');
    let mut totals: Vec<String> = Vec::new();
    for total in paths.iter().filter(|path| is_total(path)).map(|path| path_text(path)) {
        if total.starts_with(parent) && !totals.contains(&total) {
            totals.push(total);
        }
    }
    totals
}

/// A cell of a total that can be made wrong.
struct Crossing {
    at: Span,
    /// The line of the other axis that it lies on.
    line: usize,
    is_zero: bool,
}

/// The first cell of a row or column that is a number, best one other than zero.
fn crossing(table: &Table, axis: Axis, at: usize) -> Option<Crossing> {
    let mut found: Option<Crossing> = None;
    for (row_idx, row) in table.rows.iter().enumerate() {
        for (column, cell) in cells_of(table, row) {
            let (own, line) = match axis {
                Axis::Row => (row_idx, column),
                Axis::Col => (column, row_idx),
            };
            let Some(value) = cell.value.filter(|_| own == at) else { continue };
            if found.as_ref().is_none_or(|found| found.is_zero && !value.is_zero()) {
                found = Some(Crossing { at: cell.span, line, is_zero: value.is_zero() });
            }
        }
    }
    found
}

/// A digit before a number makes it another one.
fn wrong_by_a_digit(kind: Kind, crossing: &Crossing) -> Guess {
    let start = crossing.at.start;
    Guess { kind, wrong_at: Span::new(start, start), wrong: "1".to_owned() }
}

/// Cells with a number and labels.
fn single_cells(table: &Table) -> impl Iterator<Item = Guess> {
    table.rows.iter().flat_map(move |row| {
        let row_name = path_text(&row.path);
        cells_of(table, row).filter(|(_, cell)| cell.value.is_some()).filter_map(move |(column, cell)| {
            let col = path_text(&table.columns[column].path);
            let kind = Kind::Cell { row: row_name.clone(), col };
            matches!(&kind, Kind::Cell { col, .. } if !col.is_empty()).then(|| Guess {
                kind,
                wrong_at: cell.span,
                wrong: "-1".to_owned(),
            })
        })
    })
}

/// Rows with a number and a label.
fn single_rows(table: &Table) -> impl Iterator<Item = Guess> {
    table.rows.iter().filter(|row| !row.path.is_empty()).filter_map(|row| {
        let cell = row.cells.iter().find(|cell| cell.value.is_some())?;
        let kind = Kind::Row { row: path_text(&row.path) };
        Some(Guess { kind, wrong_at: cell.span, wrong: "-1".to_owned() })
    })
}

/// What stands above a tie that says little.
const UNTIED: &str = "\
# 没有看出合计关系。把式子换成要查的，例如：
#   let: {合计: {row: …, col: …}, 各项: {rows: …, col: …}}
#   assert: 合计 == sum(各项)
";

impl Guess {
    /// A name for the rule.
    pub(super) fn name(&self) -> &'static str {
        match self.kind {
            Kind::Cell { .. } | Kind::Row { .. } => "数不应为负",
            _ => "合计等于各项之和",
        }
    }

    /// What is bound, what must hold, what is said.
    pub(super) fn body(&self) -> String {
        match &self.kind {
            Kind::Total { axis, total, parts, except } => {
                let [_, _, each] = axis.words();
                format!("each: {each}\n{}{}", sum(*axis, total, parts, except, None), said(&format!("<{each}>")))
            }
            Kind::TotalIn { axis, total, parts, except, line } => {
                format!("{}{}", sum(*axis, total, parts, except, Some(line)), said(&line.replace('<', "<<")))
            }
            Kind::Cell { row, col } => {
                let place = match row.as_str() {
                    "" => format!("{{col: {}}}", quoted(col)),
                    row => format!("{{row: {}, col: {}}}", quoted(row), quoted(col)),
                };
                format!("let:\n  某数: {place}\n{UNTIED}assert: 某数 >= 0\nsay: 某数为 <某数>，不应为负\n")
            }
            Kind::Row { row } => {
                let row = quoted(row);
                format!(
                    "each: col\nlet:\n  某数: {{row: {row}}}\n{UNTIED}assert: 某数 >= 0\nsay: 某数为 <某数>，不应为负\n"
                )
            }
        }
    }
}

/// The names and the tie of a total.
fn sum(axis: Axis, total: &str, parts: &str, except: &[String], line: Option<&str>) -> String {
    let [one, many, across] = axis.words();
    let line = line.map(|line| format!(", {across}: {}", quoted(line))).unwrap_or_default();
    let except: Vec<String> = except.iter().map(|path| quoted(path)).collect();
    format!(
        "let:\n  合计: {{{one}: {}{line}}}\n  各项: {{{many}: {}, except: [{}]{line}}}\nassert: 合计 == sum(各项)\n",
        quoted(total),
        quoted(parts),
        except.join(", ")
    )
}

fn said(place: &str) -> String {
    format!("say: {}\n", serde_json::Value::from(format!("{place}：合计为 <合计>，各项之和为 <rhs>，相差 <|delta|>")))
}
