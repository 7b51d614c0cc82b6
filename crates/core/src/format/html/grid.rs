//! A table as rows of fields, each spanned cell in its first field and the others it reaches empty.

use super::page::Page;
use super::tree::{NodeKind, Tree};
use std::ops::Range;

/// The widest that a cell is taken to be, as in browsers.
const MAX_COLSPAN: usize = 1000;
/// The deepest, as in browsers.
const MAX_ROWSPAN: usize = 65_534;

/// How many fields a page may still have that no cell stands in.
#[derive(Debug)]
pub(super) struct Slots(usize);

impl Default for Slots {
    fn default() -> Self {
        Self(300_000)
    }
}

impl Slots {
    fn take(&mut self, wanted: usize) -> usize {
        let got = wanted.min(self.0);
        self.0 -= got;
        got
    }
}

/// The rows of a table.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// For each row the cell (its node) of each field, none where one from above or from the left reaches.
    pub(super) rows: Vec<Vec<Option<usize>>>,
    /// What stands in the table outside its cells: its caption, text gone astray, rows that are left out.
    pub(super) strays: Vec<usize>,
    /// Whether a span reaches further than is read.
    pub(super) is_cut: bool,
}

/// A cell from a row above that reaches into the rows below it.
struct Reach {
    columns: Range<usize>,
    /// How many rows it still reaches into; none: to the end of its group of rows.
    rows: Option<usize>,
}

impl Grid {
    pub(super) fn new(page: &Page<'_>, table: usize, slots: &mut Slots) -> Self {
        let mut grid = Self::default();
        let mut reaches: Vec<Reach> = Vec::new();
        let tree = &page.tree;
        for_each_part(page, table, |part| match part {
            TablePart::Group => reaches.clear(),
            TablePart::Stray(node) => grid.strays.push(node),
            TablePart::Row(cells) => {
                let cells: Vec<usize> = cells.into_iter().filter(|&cell| !page.is_left_out(cell)).collect();
                grid.row(tree, &cells, &mut reaches, slots);
            }
        });
        grid
    }

    fn row(&mut self, tree: &Tree<'_>, cells: &[usize], reaches: &mut Vec<Reach>, slots: &mut Slots) {
        let mut row: Vec<Option<usize>> = Vec::with_capacity(cells.len());
        let mut above: Vec<Reach> = std::mem::take(reaches);
        above.sort_by_key(|reach| reach.columns.start);
        let mut next = above.into_iter().peekable();
        for &cell in cells {
            self.step_over(&mut row, &mut next, reaches, slots);
            let wide = span(tree, cell, "colspan", 1).clamp(1, MAX_COLSPAN);
            let columns = row.len()..row.len() + wide;
            row.push(Some(cell));
            let got = slots.take(wide - 1);
            self.is_cut |= got < wide - 1;
            row.resize(columns.start + 1 + got, None);
            let columns = columns.start..row.len();
            match span(tree, cell, "rowspan", 1).min(MAX_ROWSPAN) {
                0 => reaches.push(Reach { columns, rows: None }),
                1 => {}
                deep => reaches.push(Reach { columns, rows: Some(deep - 1) }),
            }
        }
        while next.peek().is_some() {
            let before = row.len();
            self.step_over(&mut row, &mut next, reaches, slots);
            if row.len() == before
                && let Some(reach) = next.peek()
            {
                // Fields between the last cell and one that reaches down are empty.
                let gap = reach.columns.start.saturating_sub(row.len());
                let got = slots.take(gap);
                self.is_cut |= got < gap;
                row.resize(row.len() + got, None);
                if got < gap || gap == 0 {
                    next.next();
                }
            }
        }
        self.rows.push(row);
    }

    /// Leaves the fields empty that cells from above reach into, where they stand next.
    fn step_over(
        &mut self,
        row: &mut Vec<Option<usize>>,
        above: &mut std::iter::Peekable<std::vec::IntoIter<Reach>>,
        reaches: &mut Vec<Reach>,
        slots: &mut Slots,
    ) {
        while let Some(reach) = above.next_if(|reach| reach.columns.start <= row.len()) {
            let wanted = reach.columns.end.saturating_sub(row.len());
            let got = slots.take(wanted);
            self.is_cut |= got < wanted;
            row.resize(row.len() + got, None);
            match reach.rows {
                Some(1) => {}
                rows => reaches.push(Reach { rows: rows.map(|rows| rows - 1), ..reach }),
            }
        }
    }
}

/// What a cell says of its width or height; nonsense counts as not said.
fn span(tree: &Tree<'_>, cell: usize, name: &str, unsaid: usize) -> usize {
    let Some(said) = tree.attribute(cell, name) else { return unsaid };
    let digits: String = said.trim().trim_start_matches('+').chars().take_while(char::is_ascii_digit).collect();
    match digits.as_str() {
        "" => unsaid,
        digits => digits.parse().unwrap_or(usize::MAX),
    }
}

/// What a table is made of.
pub(super) enum TablePart {
    /// A new group of rows begins: no cell reaches into it.
    Group,
    /// The cells of a row.
    Row(Vec<usize>),
    /// What stands outside the cells, and rows that are left out.
    Stray(usize),
}

/// The parts of a table, those of tables inside it not among them.
pub(super) fn for_each_part(page: &Page<'_>, table: usize, mut take: impl FnMut(TablePart)) {
    let tree = &page.tree;
    let mut row: Option<(usize, Vec<usize>)> = None;
    let mut at = table + 1;
    while at < tree.nodes[table].end {
        if row.as_ref().is_some_and(|(end, _)| *end <= at)
            && let Some((_, cells)) = row.take()
        {
            take(TablePart::Row(cells));
        }
        let node = &tree.nodes[at];
        match (&node.kind, tree.tag(at)) {
            (NodeKind::Element { .. }, "tbody" | "thead" | "tfoot" | "tr") if page.is_left_out(at) => {
                take(TablePart::Stray(at));
                at = node.end;
            }
            (NodeKind::Element { .. }, "tbody" | "thead" | "tfoot") => {
                take(TablePart::Group);
                at += 1;
            }
            (NodeKind::Element { .. }, "tr") => {
                row = Some((node.end, Vec::new()));
                at += 1;
            }
            (NodeKind::Element { .. }, "td" | "th") => {
                match &mut row {
                    Some((_, cells)) => cells.push(at),
                    None => take(TablePart::Row(vec![at])),
                }
                at = node.end;
            }
            (NodeKind::Element { .. }, "form") => at += 1,
            (NodeKind::Element { .. }, _) => {
                take(TablePart::Stray(at));
                at = node.end;
            }
            (NodeKind::Text, _) if !node.span.of(tree.raw).trim().is_empty() => {
                take(TablePart::Stray(at));
                at += 1;
            }
            _ => at += 1,
        }
    }
    if let Some((_, cells)) = row {
        take(TablePart::Row(cells));
    }
}
