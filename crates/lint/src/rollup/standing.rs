//! Which of the reports given count: one a member, of the right year, and none that is itself consolidated.

use super::sheet::{Frame, Sheet};
use crate::say::Reason;
use rust_decimal::Decimal;

/// What becomes of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is added up.
    Counted,
    /// It is bound to no form.
    NoForm(Reason),
    /// It is of another year.
    OtherYear(i32),
    /// Another report of the same organ and year counts already; how many numbers differ.
    Twice { first: usize, n_differ: usize },
    /// It is itself consolidated.
    Consolidated(Sign),
}

/// What tells a consolidated report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// It is of the organ that the consolidated report is of.
    Organ,
    /// It has all the numbers of the consolidated report.
    SameNumbers,
    /// It has the sums of all the others.
    SumOfOthers,
}

impl Standing {
    /// Whether the sums lack something because of it.
    pub(super) fn leaves_a_gap(&self) -> bool {
        matches!(self, Self::NoForm(_) | Self::OtherYear(_))
    }
}

/// What becomes of each member, in their order.
pub(super) fn standings(frame: &Frame<'_>, consolidated: &Sheet, members: &[Sheet]) -> Vec<Standing> {
    let mut standings: Vec<Standing> = Vec::new();
    for (at, member) in members.iter().enumerate() {
        let is_same = |other: &usize| {
            let other = &members[*other];
            other.organ.is_some() && (&other.organ, other.year) == (&member.organ, member.year)
        };
        let first = (0..at).find(|other| standings[*other] == Standing::Counted && is_same(other));
        standings.push(match (&member.no_form, member.year, consolidated.year, first) {
            (Some(reason), ..) => Standing::NoForm(reason.clone()),
            (None, Some(year), Some(wanted), _) if year != wanted => Standing::OtherYear(year),
            (.., Some(first)) => Standing::Twice { first, n_differ: n_differ(member, &members[first]) },
            _ if is_of_the_whole(consolidated, member) => Standing::Consolidated(Sign::Organ),
            _ => Standing::Counted,
        });
    }
    if let Some((at, sign)) = by_numbers(frame, consolidated, members, &standings) {
        standings[at] = Standing::Consolidated(sign);
    }
    // What is needed for the sums to come out is a member, whatever it looks like: a government's own office reports
    // under the name of the whole.
    for at in 0..standings.len() {
        if matches!(standings[at], Standing::Consolidated(_)) && adds_up_with(at, consolidated, members, &standings) {
            standings[at] = Standing::Counted;
        }
    }
    standings
}

/// Whether every number of the consolidated report is the sum of those that count and this one.
fn adds_up_with(at: usize, consolidated: &Sheet, members: &[Sheet], standings: &[Standing]) -> bool {
    let counts = |other: &usize| *other == at || standings[*other] == Standing::Counted;
    (0..consolidated.cells.len()).all(|cell| {
        let mut numbers = (0..members.len()).filter(counts).map(|member| members[member].number(cell));
        let sum = numbers.try_fold(Decimal::ZERO, |sum, number| sum.checked_add(number?));
        consolidated.number(cell).is_none_or(|said| sum == Some(said))
    })
}

fn n_differ(one: &Sheet, other: &Sheet) -> usize {
    one.cells.iter().zip(&other.cells).filter(|(a, b)| a.what != b.what).count()
}

/// Whether a member's title names what the consolidated report is of: 青禾县 and 青禾县人民政府 are one.
fn is_of_the_whole(consolidated: &Sheet, member: &Sheet) -> bool {
    const GOVERNMENT: &str = "人民政府";
    let bare = |organ: &str| organ.strip_suffix(GOVERNMENT).unwrap_or(organ).to_owned();
    match (&consolidated.organ, &member.organ) {
        (Some(whole), Some(part)) => bare(whole) == bare(part),
        _ => false,
    }
}

/// The only member whose numbers are those of a consolidated report, while at least two others have numbers of their own.
fn by_numbers(
    frame: &Frame<'_>,
    consolidated: &Sheet,
    members: &[Sheet],
    standings: &[Standing],
) -> Option<(usize, Sign)> {
    /// So many numbers other than 0 do not agree by chance.
    const NUMBERS_THAT_TELL: usize = 3;
    let counted: Vec<usize> = (0..members.len()).filter(|&at| standings[at] == Standing::Counted).collect();
    if counted.iter().filter(|&&at| members[at].has_numbers()).count() < 3 {
        return None;
    }
    let totals: Vec<Option<Decimal>> = (0..frame.cells.len())
        .map(|cell| counted.iter().try_fold(Decimal::ZERO, |sum, &at| sum.checked_add(members[at].number(cell)?)))
        .collect();
    let sign_of = |at: usize| {
        let (mut n_alike, mut same, mut sum) = (0, true, true);
        for (cell, total) in totals.iter().enumerate() {
            let (Some(own), Some(total)) = (members[at].number(cell), *total) else { continue };
            n_alike += usize::from(!own.is_zero());
            same &= consolidated.number(cell) == Some(own);
            sum &= total.checked_sub(own) == Some(own);
        }
        let sign = if same { Some(Sign::SameNumbers) } else { sum.then_some(Sign::SumOfOthers) };
        sign.filter(|_| n_alike >= NUMBERS_THAT_TELL)
    };
    let mut found = counted.iter().filter_map(|&at| Some((at, sign_of(at)?)));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}
