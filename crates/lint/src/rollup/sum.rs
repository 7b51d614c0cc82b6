//! Every cell against the sum over the members.

use super::sheet::{Frame, Sheet, What};
use super::standing::Standing;
use rust_decimal::Decimal;

/// A cell of the frame with its sum.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    /// Index into the frame.
    pub(super) at: usize,
    /// What the consolidated report says.
    pub(super) said: What,
    /// What the members that have a number there add up to.
    pub(super) sum: Decimal,
    /// The members that count and have no number there.
    pub(super) gaps: Vec<usize>,
    pub(super) verdict: Verdict,
}

/// What became of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Holds,
    Fails,
    /// A number is not there.
    Open,
}

impl Sum {
    /// What the consolidated report says less what the members add up to.
    pub(super) fn delta(&self) -> Option<Decimal> {
        self.said.number()?.checked_sub(self.sum)
    }
}

/// The sums of all cells.
pub(super) fn sums(
    frame: &Frame<'_>,
    consolidated: &Sheet,
    members: &[Sheet],
    standings: &[Standing],
    completeness: Completeness,
) -> Vec<Sum> {
    let counted = |at: &usize| standings[*at] == Standing::Counted;
    let is_any = (0..members.len()).any(|at| counted(&at));
    (0..frame.cells.len())
        .map(|at| {
            let (mut sum, mut gaps) = (Decimal::ZERO, Vec::new());
            for member in (0..members.len()).filter(counted) {
                match members[member].number(at).and_then(|number| sum.checked_add(number)) {
                    Some(more) => sum = more,
                    None => gaps.push(member),
                }
            }
            let said = consolidated.cells[at].what;
            let verdict = match said.number() {
                None => Verdict::Open,
                // That nothing was added up proves no number.
                Some(_) if !is_any => Verdict::Open,
                // What is not there could only add to it.
                Some(said) if said < sum => Verdict::Fails,
                Some(_) if !gaps.is_empty() => Verdict::Open,
                Some(said) if said == sum => Verdict::Holds,
                Some(_) => match completeness {
                    Completeness::Whole => Verdict::Fails,
                    Completeness::Partial => Verdict::Open,
                },
            };
            Sum { at, said, sum, gaps, verdict }
        })
        .collect()
}

/// Whether every report that belongs in the sums was there to be added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Completeness {
    Whole,
    Partial,
}
