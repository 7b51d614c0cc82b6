//! What would explain the differences: a whole report, one number, or one with its totals. Told only where nothing else would.

use super::sheet::{OwnTie, Sheet};
use super::standing::Standing;
use super::sum::{Sum, Verdict};
use crate::repair;
use crate::say::Reason;
use rust_decimal::Decimal;

/// What explains every difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// The consolidated report has this member's numbers twice.
    CountedTwice(usize),
    /// The consolidated report has not this member's numbers.
    LeftOut(usize),
    /// One number is off, by its index in the frame, and the totals that it goes into with it; the report to blame,
    /// where its own ties tell it.
    Number(usize, Option<Suspect>),
    /// The differences are themselves the numbers of a report, which was not given.
    NotGiven,
}

/// The one report, or the one number with its totals, that explains all differences.
pub(super) fn cause(sums: &[Sum], consolidated: &Sheet, members: &[Sheet], standings: &[Standing]) -> Option<Cause> {
    /// Fewer cells may agree by chance.
    const CELLS_THAT_TELL: usize = 2;
    let n_failing = sums.iter().filter(|sum| sum.verdict == Verdict::Fails).count();
    if n_failing < CELLS_THAT_TELL || sums.iter().any(|sum| sum.verdict == Verdict::Open) {
        return None;
    }
    let deltas: Vec<Decimal> = sums.iter().map(Sum::delta).collect::<Option<_>>()?;
    let all =
        |holds: &dyn Fn(usize, Decimal) -> bool| sums.iter().zip(&deltas).all(|(sum, delta)| holds(sum.at, *delta));
    let mut causes = Vec::new();
    for member in (0..members.len()).filter(|&at| standings[at] == Standing::Counted) {
        let number = |cell: usize| members[member].number(cell);
        if all(&|cell, delta| number(cell) == Some(delta)) {
            causes.push(Cause::CountedTwice(member));
        } else if all(&|cell, delta| number(cell) == Some(-delta)) {
            causes.push(Cause::LeftOut(member));
        }
    }
    match causes.as_slice() {
        [only] => Some(only.clone()),
        [] => match number_of_all(sums, consolidated) {
            Some((at, changes)) => Some(Cause::Number(at, suspect_of(at, &changes, consolidated, members, standings))),
            None => is_a_report(&deltas, consolidated).then_some(Cause::NotGiven),
        },
        _ => None,
    }
}

/// Whether differences tie as the numbers of a report do: none is negative, and every equation that the consolidated
/// report is under holds of them, one at least that is not all noughts.
fn is_a_report(deltas: &[Decimal], consolidated: &Sheet) -> bool {
    let of = |tie: &OwnTie| {
        tie.terms
            .iter()
            .try_fold(Decimal::ZERO, |sum, (cell, factor)| sum.checked_add(deltas[*cell].checked_mul(*factor)?))
    };
    let speaks = |tie: &OwnTie| tie.terms.iter().any(|(cell, _)| !deltas[*cell].is_zero());
    deltas.iter().all(|delta| *delta >= Decimal::ZERO)
        && consolidated.ties.iter().any(speaks)
        && consolidated.ties.iter().all(|tie| of(tie).is_some_and(|off| off.is_zero()))
}

/// One number whose change would mend cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Suspect {
    /// The cell, as an index into the frame.
    pub(super) at: usize,
    /// The member that has it; none for the consolidated report.
    pub(super) member: Option<usize>,
    pub(super) from: Decimal,
    pub(super) to: Decimal,
    /// How it may have been mistyped.
    pub(super) slip: Option<Reason>,
}

/// The only number that is to be suspected of a cell that fails.
pub(super) fn suspect(sum: &Sum, consolidated: &Sheet, members: &[Sheet], standings: &[Standing]) -> Option<Suspect> {
    let delta = sum.delta().filter(|_| sum.gaps.is_empty())?;
    suspect_of(sum.at, &[(sum.at, delta)], consolidated, members, standings)
}

/// The one number behind all cells that fail, which are it and the totals that it goes into, with what each is off.
fn number_of_all(sums: &[Sum], consolidated: &Sheet) -> Option<(usize, Vec<(usize, Decimal)>)> {
    let fails = sums.iter().filter(|sum| sum.verdict == Verdict::Fails);
    let changes: Vec<(usize, Decimal)> = fails.map(|sum| Some((sum.at, sum.delta()?))).collect::<Option<_>>()?;
    let (_, first) = changes.first()?;
    let is_total = |at: usize| consolidated.ties.iter().any(|tie| is_total_in(tie, at));
    let mut parts = changes.iter().filter(|(at, _)| !is_total(*at));
    let (part, _) = parts.next()?;
    let is_one = parts.next().is_none() && changes.iter().all(|(_, delta)| delta == first);
    let part = *part;
    is_one.then_some((part, changes))
}

/// Whether a cell stands alone against all others of an equation, of which there are several.
fn is_total_in(tie: &OwnTie, at: usize) -> bool {
    let own = tie.terms.iter().find(|(cell, _)| *cell == at);
    let others = tie.terms.iter().filter(|(cell, _)| *cell != at);
    own.is_some_and(|(_, own)| tie.terms.len() > 2 && others.clone().all(|(_, factor)| *factor == -*own))
}

/// The only report in which these changes, of a cell and of the totals it goes into, mend ties of its own that are broken.
/// Where no tie tells, nothing does: a slip of the finger may be anybody's.
fn suspect_of(
    at: usize,
    changes: &[(usize, Decimal)],
    consolidated: &Sheet,
    members: &[Sheet],
    standings: &[Standing],
) -> Option<Suspect> {
    let own: Vec<(usize, Decimal)> = changes.iter().map(|(at, delta)| (*at, -*delta)).collect();
    let theirs = members.iter().enumerate().filter(|(at, _)| standings[*at] == Standing::Counted);
    let theirs = theirs.map(|(at, member)| (Some(at), member, changes));
    let mut suspects: Vec<Suspect> = Vec::new();
    for (member, sheet, changes) in std::iter::once((None, consolidated, own.as_slice())).chain(theirs) {
        let changed = |at: usize, change: Decimal| {
            sheet.number(at)?.checked_add(change).filter(|number| *number >= Decimal::ZERO)
        };
        if changes.iter().any(|(at, change)| changed(*at, *change).is_none()) {
            continue;
        }
        let change = changes.iter().find(|(cell, _)| *cell == at).map(|(_, change)| *change);
        let (Some(from), Some(to)) = (sheet.number(at), change.and_then(|change| changed(at, change))) else {
            continue;
        };
        if mends(sheet, changes) {
            suspects.push(Suspect { at, member, from, to, slip: repair::mistyped(from, to) });
        }
    }
    let only = suspects.pop()?;
    suspects.is_empty().then_some(only)
}

/// Whether changes mend ties of their own report, and break or leave broken none.
fn mends(sheet: &Sheet, changes: &[(usize, Decimal)]) -> bool {
    let mut mends = false;
    for tie in &sheet.ties {
        let of = |cell: usize| changes.iter().find(|(at, _)| *at == cell).map(|(_, change)| *change);
        let touched = tie.terms.iter().filter_map(|(cell, factor)| Some((*factor, of(*cell)?)));
        if touched.clone().next().is_none() {
            continue;
        }
        let after =
            touched.into_iter().try_fold(tie.off, |off, (factor, change)| off.checked_add(factor.checked_mul(change)?));
        if !after.is_some_and(|off| off.is_zero()) {
            return false;
        }
        if !tie.off.is_zero() {
            mends = true;
        }
    }
    mends
}
