//! The smallest sets of cells whose change makes every equation true: error localisation after Fellegi and Holt (1976),
//! by elimination as in de Waal (2003).
//!
//! A row that is off can be mended only by one of its cells. A cell that is chosen takes up that row (its pivot) and is
//! eliminated from all others; what is off then is an implied row, which one more cell must mend. Numbers are whole:
//! decimals are scaled by whoever calls.

use std::rc::Rc;

/// The most cells that an explanation may change.
pub(super) const MOST_CELLS: usize = 3;
/// The most explanations of one size that are gathered; with more of them nothing is said.
const MOST_SETS: usize = 24;
/// The most choices that are tried.
const MOST_TRIES: usize = 20_000;

/// An equation: the changes of its cells times their factors must come to minus `off`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Cell and factor, by cell, no factor zero.
    pub(super) terms: Vec<(usize, i128)>,
    /// How far it is off: left minus right.
    pub(super) off: i128,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Explanations {
    /// Each a set of cells with their changes, by cell; all of one size, in order.
    pub(super) sets: Vec<Vec<(usize, i128)>>,
    /// Whether these are all of that size. They are not certain to be where a smaller set would do but for what its
    /// numbers would become: it might do together with one more cell, in many ways.
    pub(super) complete: bool,
}

/// The smallest sets, of at most [`MOST_CELLS`] cells. None where there is no such set, too many, or the search is too long.
/// `admits`: whether a cell may change by so much.
pub(super) fn smallest(rows: &[Row], admits: &dyn Fn(usize, i128) -> bool) -> Option<Explanations> {
    let rows: Vec<Rc<Row>> = rows.iter().cloned().map(Rc::new).collect();
    let mut search = Search { admits, sets: Vec::new(), refused: false, n_tries: 0 };
    for size in 1..=MOST_CELLS {
        let refused_before = search.refused;
        search.go(&rows, &mut Vec::new(), &mut Vec::new(), size)?;
        if !search.sets.is_empty() {
            search.sets.sort();
            return Some(Explanations { sets: search.sets, complete: !refused_before });
        }
    }
    None
}

struct Search<'a> {
    admits: &'a dyn Fn(usize, i128) -> bool,
    sets: Vec<Vec<(usize, i128)>>,
    /// Whether a set made every row true but for a number that may not be.
    refused: bool,
    n_tries: usize,
}

impl Search<'_> {
    /// Chooses up to `left` more cells. `barred`: cells whose every set was found already. None: given up.
    fn go(
        &mut self,
        rows: &[Rc<Row>],
        chosen: &mut Vec<(usize, Rc<Row>)>,
        barred: &mut Vec<usize>,
        left: usize,
    ) -> Option<()> {
        self.n_tries += 1;
        let failing: Vec<&Rc<Row>> = rows.iter().filter(|row| row.off != 0).collect();
        let Some(pivot) = failing.iter().min_by_key(|row| row.terms.len()) else {
            return self.settle(chosen);
        };
        if left < at_least(&failing) {
            return Some(());
        }
        if self.n_tries > MOST_TRIES {
            return None;
        }
        let n_barred = barred.len();
        for &(cell, _) in &pivot.terms {
            if barred.contains(&cell) {
                continue;
            }
            let rest = eliminate(rows, pivot, cell)?;
            chosen.push((cell, Rc::clone(pivot)));
            self.go(&rest, chosen, barred, left - 1)?;
            chosen.pop();
            barred.push(cell);
        }
        barred.truncate(n_barred);
        Some(())
    }

    /// Every row is true: what the chosen cells become.
    fn settle(&mut self, chosen: &[(usize, Rc<Row>)]) -> Option<()> {
        match changes(chosen) {
            Some(changes) if changes.iter().all(|&(cell, change)| (self.admits)(cell, change)) => {
                self.sets.push(changes);
                (self.sets.len() <= MOST_SETS).then_some(())
            }
            _ => {
                self.refused = true;
                Some(())
            }
        }
    }
}

/// How many cells it takes at least: rows that are off and share no cell need one each.
fn at_least(failing: &[&Rc<Row>]) -> usize {
    let mut taken: Vec<usize> = Vec::new();
    let mut n = 0;
    for row in failing {
        if row.terms.iter().all(|(cell, _)| !taken.contains(cell)) {
            taken.extend(row.terms.iter().map(|(cell, _)| cell));
            n += 1;
        }
    }
    n
}

/// The rows without the pivot and without a cell, which the pivot determines. None where numbers grow too large.
fn eliminate(rows: &[Rc<Row>], pivot: &Rc<Row>, cell: usize) -> Option<Vec<Rc<Row>>> {
    let by = factor(pivot, cell);
    let others = rows.iter().filter(|row| !Rc::ptr_eq(row, pivot));
    others
        .map(|row| match factor(row, cell) {
            0 => Some(Rc::clone(row)),
            own => combine(row, by, pivot, own.checked_neg()?).map(Rc::new),
        })
        .collect()
}

fn factor(row: &Row, cell: usize) -> i128 {
    row.terms.binary_search_by_key(&cell, |&(cell, _)| cell).map_or(0, |at| row.terms[at].1)
}

/// `a` times one row plus `b` times another, divided by what all its numbers share.
fn combine(one: &Row, a: i128, other: &Row, b: i128) -> Option<Row> {
    let times = |row: &Row, by: i128| -> Option<Vec<(usize, i128)>> {
        row.terms.iter().map(|&(cell, factor)| Some((cell, factor.checked_mul(by)?))).collect()
    };
    let mut terms = times(one, a)?;
    terms.extend(times(other, b)?);
    terms.sort_unstable_by_key(|&(cell, _)| cell);
    let mut fits = true;
    terms.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            let sum = kept.1.checked_add(next.1);
            fits &= sum.is_some();
            kept.1 = sum.unwrap_or_default();
        }
        same
    });
    fits.then_some(())?;
    terms.retain(|&(_, factor)| factor != 0);
    let off = one.off.checked_mul(a)?.checked_add(other.off.checked_mul(b)?)?;
    let shared = terms.iter().fold(off, |shared, &(_, factor)| gcd(shared, factor)).max(1);
    terms.iter_mut().for_each(|(_, factor)| *factor /= shared);
    Some(Row { terms, off: off / shared })
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a).unwrap_or(1)
}

/// The changes of the chosen cells: the last pivot knows only its own cell, each earlier one those behind it, too.
/// None where a change is no whole number.
fn changes(chosen: &[(usize, Rc<Row>)]) -> Option<Vec<(usize, i128)>> {
    let mut changes: Vec<(usize, i128)> = Vec::with_capacity(chosen.len());
    for (cell, pivot) in chosen.iter().rev() {
        let known = changes
            .iter()
            .try_fold(pivot.off, |sum, &(cell, change)| sum.checked_add(factor(pivot, cell).checked_mul(change)?))?;
        let by = factor(pivot, *cell);
        (known % by == 0).then_some(())?;
        changes.push((*cell, -(known / by)));
    }
    changes.sort_unstable();
    Some(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of a sum: the cells with factor 1, the last with -1.
    fn sum(cells: &[usize], off: i128) -> Row {
        let (total, parts) = cells.split_last().expect("a total");
        let mut terms: Vec<(usize, i128)> = parts.iter().map(|&cell| (cell, 1)).chain([(*total, -1)]).collect();
        terms.sort_unstable();
        Row { terms, off }
    }

    /// Two rows and two columns of parts with their totals: 0 1 | 2, 3 4 | 5, 6 7 | 8.
    fn table(offs: [i128; 6]) -> Vec<Row> {
        let cells = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8]];
        cells.iter().zip(offs).map(|(cells, off)| sum(cells, off)).collect()
    }

    fn found(offs: [i128; 6]) -> Option<Explanations> {
        smallest(&table(offs), &|_, _| true)
    }

    #[test]
    fn a_part_that_is_off_is_in_its_row_and_its_column() {
        let sole = |set: &[(usize, i128)]| Some(Explanations { sets: vec![set.to_vec()], complete: true });
        assert_eq!(found([2, 0, 0, 2, 0, 0]), sole(&[(0, -2)]));
        // A total that is off: its own row says so from the other side.
        assert_eq!(found([-3, 0, 0, 0, 0, 3]), sole(&[(2, -3)]));
    }

    #[test]
    fn where_two_cells_would_do_equally_both_are_found() {
        let rows = [sum(&[0, 1, 2], 1)];
        let found = smallest(&rows, &|_, _| true).expect("found");
        assert_eq!(found.sets, [vec![(0, -1)], vec![(1, -1)], vec![(2, 1)]]);
        // A cell at nought can not fall.
        let found = smallest(&rows, &|cell, change| cell != 0 || change >= 0).expect("found");
        assert_eq!(found.sets, [vec![(1, -1)], vec![(2, 1)]]);
    }

    #[test]
    fn two_cells_that_are_off_take_two() {
        // Two parts on a diagonal: no other two cells lie in these four rows with these differences.
        let found = found([2, 5, 0, 2, 5, 0]).expect("found");
        assert_eq!(found, Explanations { sets: vec![vec![(0, -2), (4, -5)]], complete: true });
    }

    #[test]
    fn what_needs_four_is_not_told() {
        let rows: Vec<Row> = (0..4).map(|at| sum(&[2 * at, 2 * at + 1], 1)).collect();
        assert_eq!(smallest(&rows, &|_, _| true), None);
    }

    #[test]
    fn a_smaller_set_with_impossible_numbers_makes_the_rest_uncertain() {
        // Cell 0 alone would do, but may not change; 1 with 2 do as well.
        let rows = [sum(&[0, 1, 3], 1), sum(&[0, 2, 4], 1)];
        let found = smallest(&rows, &|cell, _| cell == 1 || cell == 2).expect("found");
        assert_eq!(found, Explanations { sets: vec![vec![(1, -1), (2, -1)]], complete: false });
    }

    #[test]
    fn factors_and_fractions() {
        // Twice the cell is 3 too much: no whole number mends that.
        assert_eq!(smallest(&[Row { terms: vec![(0, 2)], off: 3 }], &|_, _| true), None);
        let found = smallest(&[Row { terms: vec![(0, 2)], off: 4 }], &|_, _| true).expect("found");
        assert_eq!(found.sets, [vec![(0, -2)]]);
    }
}
