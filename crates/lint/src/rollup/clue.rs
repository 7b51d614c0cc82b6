//! What would explain the differences: a whole report, or one number of one report. Told only where it is the only way.

use super::sheet::{OwnTie, Sheet};
use super::standing::Standing;
use super::sum::{Sum, Verdict};
use crate::repair;
use crate::say::Reason;
use rust_decimal::Decimal;

/// A whole report that explains every difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// The consolidated report has this member's numbers twice.
    CountedTwice(usize),
    /// The consolidated report has not this member's numbers.
    LeftOut(usize),
    /// The differences are themselves the numbers of a report, which was not given.
    NotGiven,
}

/// The one report that explains all differences.
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
        [only] => Some(*only),
        [] => is_a_report(&deltas, consolidated).then_some(Cause::NotGiven),
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

/// One number whose change would mend a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Suspect {
    /// The member that has it; none for the consolidated report.
    pub(super) member: Option<usize>,
    pub(super) from: Decimal,
    pub(super) to: Decimal,
    /// How it may have been mistyped.
    pub(super) slip: Option<Reason>,
    pub(super) ground: Ground,
}

/// Why a number is suspected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// The same change mends ties of its own report that are broken.
    OwnTies,
    /// It is one slip of the finger away, and its report has nothing against it.
    Slip,
}

/// The only number that is to be suspected of a cell that fails.
pub(super) fn suspect(sum: &Sum, consolidated: &Sheet, members: &[Sheet], standings: &[Standing]) -> Option<Suspect> {
    let delta = sum.delta().filter(|_| sum.gaps.is_empty())?;
    let own = std::iter::once((None, consolidated, -delta));
    let theirs = members.iter().enumerate().filter(|(at, _)| standings[*at] == Standing::Counted);
    let reports = own.chain(theirs.map(|(at, member)| (Some(at), member, delta)));
    let mut suspects: Vec<Suspect> = Vec::new();
    for (member, sheet, change) in reports {
        let Some(from) = sheet.number(sum.at) else { continue };
        let Some(to) = from.checked_add(change).filter(|to| *to >= Decimal::ZERO) else { continue };
        let slip = repair::mistyped(from, to);
        let ground = match mends(sheet, sum.at, change) {
            Mends::Some => Some(Ground::OwnTies),
            Mends::None => slip.as_ref().map(|_| Ground::Slip),
            Mends::Breaks => None,
        };
        suspects.extend(ground.map(|ground| Suspect { member, from, to, slip, ground }));
    }
    let of = |ground: Ground| suspects.iter().filter(move |suspect| suspect.ground == ground);
    let ground = if of(Ground::OwnTies).next().is_some() { Ground::OwnTies } else { Ground::Slip };
    let mut found = of(ground);
    let first = found.next()?;
    found.next().is_none().then(|| first.clone())
}

/// What a change does to the ties of its own report.
enum Mends {
    /// It mends what is broken and breaks nothing.
    Some,
    /// No tie has the cell.
    None,
    /// It breaks one that holds, or leaves one broken.
    Breaks,
}

fn mends(sheet: &Sheet, cell: usize, change: Decimal) -> Mends {
    let mut mends = Mends::None;
    for tie in &sheet.ties {
        let Some((_, factor)) = tie.terms.iter().find(|(at, _)| *at == cell) else { continue };
        let after = factor.checked_mul(change).and_then(|more| tie.off.checked_add(more));
        if !after.is_some_and(|off| off.is_zero()) {
            return Mends::Breaks;
        }
        mends = Mends::Some;
    }
    mends
}
