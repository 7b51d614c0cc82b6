//! What is said of a tie that fails, of a blank cell in it, and of one that can not be told.

use super::select::Current;
use super::tables::Spot;
use super::{Parties, Tie};
use crate::expr::{Comparison, Datum, Gap, Lookup, Why};
use crate::finding::{Finding, Lang, Participant, Sides};
use crate::say::{Named, Names, Outcome, Reason};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

impl Tie<'_> {
    /// Why a repetition can not be told.
    pub(super) fn explain(&self, gap: &Gap, parties: &Parties<'_>, current: &Current) -> Reason {
        let spots = parties.iter().find(|(name, _)| *name == gap.name).map(|(_, selection)| &selection.spots);
        let spot = spots.into_iter().flatten().find(|spot| !matches!(spot.datum, Datum::Number(_)));
        let place = match (spot, self.selector.current_words(current)) {
            (Some(spot), _) => self.selector.tables.path(spot),
            (None, (row, col)) => row.or(col).unwrap_or_default(),
        };
        match gap.why {
            Why::Blank => blank(&place),
            Why::Unreadable => (format!("“{place}”不是数"), format!("{place} is no number")),
            Why::Absent => (
                format!("“{place}”所在行的数字个数与表头不符"),
                format!("the row of {place} has another number of values than the header"),
            ),
            Why::Overflow => (format!("“{place}”的数太大"), format!("{place} is too large")),
            Why::DivisionByZero => (format!("“{place}”算到以零为除数"), format!("{place} divides by zero")),
        }
    }

    /// A finding for every blank cell of a name, each cell once.
    pub(super) fn tell_blanks(&mut self, name: &str, parties: &Parties<'_>, outcome: &mut Outcome) {
        let selections = parties.iter().filter(|(own, _)| *own == name).map(|(_, selection)| selection);
        for spot in selections.flat_map(|selection| &selection.spots).filter(|spot| spot.datum == Datum::Blank) {
            let path = self.selector.tables.path(spot);
            if !self.blanks_told.insert((spot.span, path.clone())) {
                continue;
            }
            let place = self.selector.tables.place(spot);
            let mut finding = self.job.finding(self.rule, spot.span, place, &Names::default(), None);
            // The rule's own words are about numbers that disagree.
            let (zh, en) = blank(&path);
            finding.message = if self.job.lang == Lang::En { en } else { zh };
            finding.help = None;
            finding.fixes.clear();
            outcome.findings.push(finding);
        }
    }

    /// The finding of a repetition that fails; none where it has no place.
    pub(super) fn report(
        &self,
        parties: &Parties<'_>,
        others: &Parties<'_>,
        current: &Current,
        lookup: &dyn Lookup,
    ) -> Option<Finding> {
        let mut names = Names::default();
        for (name, selection) in parties.iter().chain(others) {
            names.set(name, self.selector.tables.words(selection));
        }
        let sides = self.assert.comparison.as_ref().and_then(|comparison| sides(comparison, lookup));
        if let Some((lhs, rhs)) = sides {
            names.set("lhs", Named::number(lhs));
            names.set("rhs", Named::number(rhs));
            names.set("delta", Named::number(lhs.checked_sub(rhs).unwrap_or_default()));
        }
        let (row, col) = self.selector.current_words(current);
        names.set("row", Named::text(row.unwrap_or_default()));
        names.set("col", Named::text(col.unwrap_or_default()));
        let of_name = |name: &str| parties.iter().chain(others).find(|(own, _)| *own == name);
        let here = |spot: &&Spot| self.selector.tables.file(spot).is_none();
        let at = self.rule.at.as_deref().and_then(of_name).and_then(|(_, selection)| selection.spots.iter().find(here));
        let spot = at.or_else(|| self.place(parties))?;
        let place = self.selector.tables.place(spot);
        if let Some(table) = &place.table {
            names.set("table", Named::text(table.clone()));
        }
        let mut finding = self.job.finding(self.rule, spot.span, place, &names, None);
        finding.participants = self.participants(parties);
        finding.sides = sides.map(|(lhs, rhs)| Sides {
            lhs: lhs.normalize().to_string(),
            rhs: rhs.normalize().to_string(),
            delta: lhs.checked_sub(rhs).unwrap_or_default().normalize().to_string(),
        });
        Some(finding)
    }

    /// Where a failed assertion is placed without `at`: the only side that is a single cell, else the first name on
    /// the right, else the first name.
    fn place<'p>(&self, parties: &'p Parties<'_>) -> Option<&'p Spot> {
        // A finding lies in the report under check.
        let here = |spot: &&Spot| self.selector.tables.file(spot).is_none();
        let spots = |name: &str| parties.iter().find(|(own, _)| *own == name).map(|(_, selection)| &selection.spots);
        let first = |name: &str| spots(name).and_then(|spots| spots.iter().find(here));
        if let Some(comparison) = &self.assert.comparison {
            let single = |names: Vec<&str>| match names.as_slice() {
                [only] => spots(only).filter(|spots| spots.len() == 1).and_then(|spots| spots.iter().find(here)),
                _ => None,
            };
            let (left, right) = (single(comparison.lhs.names()), single(comparison.rhs.names()));
            match (left, right) {
                (Some(spot), None) | (None, Some(spot)) => return Some(spot),
                _ => {}
            }
            if let Some(spot) = comparison.rhs.names().into_iter().find_map(first) {
                return Some(spot);
            }
        }
        self.assert.expr.names().into_iter().find_map(first)
    }

    /// Every cell and mention of the formula, in its order, each once.
    fn participants(&self, parties: &Parties<'_>) -> Vec<Participant> {
        let side_of = |name: &str| -> (bool, i8) {
            let Some(comparison) = &self.assert.comparison else { return (false, 1) };
            let right = !comparison.lhs.names().contains(&name);
            let linear = if right { &comparison.rhs_linear } else { &comparison.lhs_linear };
            let factor = linear.as_ref().and_then(|linear| linear.terms.iter().find(|(own, _)| own == name));
            (right, if factor.is_some_and(|(_, factor)| factor.is_sign_negative()) { -1 } else { 1 })
        };
        let mut participants = Vec::new();
        let mut seen = BTreeSet::new();
        for (name, selection) in parties {
            let (right, sign) = side_of(name);
            for spot in &selection.spots {
                let Datum::Number(value) = spot.datum else { continue };
                // A mention that two names stand for is one party.
                let document = self.selector.tables.file(spot).map(ToString::to_string);
                if !seen.insert((document.clone(), spot.span)) {
                    continue;
                }
                let elsewhere = self.job.prev.filter(|_| document.is_some());
                participants.push(Participant {
                    name: self.rule.name_in(self.job.lang, name).to_owned(),
                    path: self.selector.tables.path(spot),
                    sign,
                    value: value.normalize().to_string(),
                    span: spot.span,
                    right,
                    document,
                    line: elsewhere.map(|prev| prev.bound.document.place(spot.span.start).line),
                });
            }
        }
        participants
    }
}

fn blank(place: &str) -> Reason {
    (format!("“{place}”没有填数"), format!("{place} is blank"))
}

pub(super) fn sides(comparison: &Comparison, lookup: &dyn Lookup) -> Option<(Decimal, Decimal)> {
    Some((comparison.lhs.number(lookup).ok()?, comparison.rhs.number(lookup).ok()?))
}
