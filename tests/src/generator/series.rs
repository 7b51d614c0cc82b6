//! Reports of one organ over the years: what one leaves the next takes up.

use super::values::TOTAL;
use super::{Amount, Dice, Organ, Report, Values};
use std::ops::RangeInclusive;

/// Clean reports of one organ for these years, the form of 2021 throughout: applications carried over column by column,
/// normative documents in force as the year before with those made and without those repealed.
#[must_use]
pub fn series(seed: u64, years: RangeInclusive<i32>) -> Vec<Report> {
    let mut dice = Dice::new(seed);
    let organ = Organ::invent(&mut dice);
    let mut before: Option<Values> = None;
    let mut reports = Vec::new();
    for year in years {
        let mut values = Values::invent(&mut dice, &organ, year);
        if let Some(before) = &before {
            follow(&mut values, before);
        }
        before = Some(values.clone());
        reports.push(Report::compose(dice.roll(), organ.clone(), year, values));
    }
    reports
}

/// Makes numbers those of the year after others.
fn follow(values: &mut Values, before: &Values) {
    let rows = values.applications.len();
    for column in 0..TOTAL {
        let carried = before.applications[rows - 1][column];
        values.applications[1][column] = carried;
        let done: u64 = values.applications[2..rows - 2].iter().map(|row| row[column]).sum();
        let left = &mut values.applications[rows - 1][column];
        // What was left is dealt with or left again.
        *left += carried.saturating_sub(done + *left);
        values.applications[0][column] = done + *left - carried;
    }
    for (row, cells) in values.disclosure.iter_mut().enumerate().take(2) {
        let count = |amount: Amount| match amount {
            Amount::Count(n) | Amount::Money(n) => n,
        };
        let (made, gone) = (count(cells[0]), count(cells[1]).min(count(before.disclosure[row][2])));
        cells[1] = Amount::Count(gone);
        cells[2] = Amount::Count(count(before.disclosure[row][2]) + made - gone);
    }
    values.add_up();
}
