//! An invented county: the reports of its departments and townships, and the consolidated one that adds them up.

use super::dice::Dice;
use super::layout::Layout;
use super::organ::{BUREAUS, Organ, OrganKind, TOWNS};
use super::report::Report;
use super::values::{Amount, Values};

const NAME: &str = "禾川县";
/// Beside the bureaus that any county has.
const OFFICES: [&str; 14] = [
    "人民政府办公室",
    "发展和改革局",
    "科学技术局",
    "公安局",
    "林业局",
    "商务局",
    "信访局",
    "退役军人事务局",
    "医疗保障局",
    "行政审批局",
    "城市管理局",
    "乡村振兴局",
    "民族宗教事务局",
    "机关事务服务中心",
];

/// The reports of a county of one year.
#[derive(Clone, Debug)]
pub struct County {
    /// Those of its members.
    pub members: Vec<Report>,
    /// The one that adds them up.
    pub consolidated: Report,
}

impl County {
    /// A county with so many members, at most 40, whose consolidated report is right.
    ///
    /// # Panics
    /// When there are more members than names.
    #[must_use]
    pub fn new(seed: u64, n_members: usize) -> Self {
        let mut dice = Dice::new(seed);
        let year = 2022 + (seed % 4) as i32;
        let organs = dice.shuffled(&organs());
        assert!(n_members <= organs.len(), "a county has at most {} members", organs.len());
        let members: Vec<Report> = organs
            .into_iter()
            .take(n_members)
            .enumerate()
            .map(|(at, organ)| {
                let values = Values::invent(&mut dice, &organ, year);
                Report::compose(seed + at as u64, organ, year, values)
            })
            .collect();
        Self { consolidated: sum_of(seed, year, &members), members }
    }

    /// Makes the consolidated report anew from the members as they are.
    pub fn add_up(&mut self) {
        let Report { seed, year, .. } = self.consolidated;
        self.consolidated = sum_of(seed, year, &self.members);
    }

    /// The file of a member: every third one is Markdown, the others are text, straight or ragged.
    #[must_use]
    pub fn file(&self, at: usize) -> (String, String) {
        file_of(&self.members[at], at)
    }
}

/// The consolidated report of these members.
fn sum_of(seed: u64, year: i32, members: &[Report]) -> Report {
    let sum = members.iter().fold(Values::zeros(year), |sum, member| sum.plus(&member.values));
    let organ = Organ { name: format!("{NAME}人民政府"), own: "我县", kind: OrganKind::CountyGovernment };
    Report::compose(seed ^ 0xC0, organ, year, sum)
}

/// The file of a report that is the member number `at`.
#[must_use]
pub fn file_of(report: &Report, at: usize) -> (String, String) {
    match at % 3 {
        0 => (format!("{at:02}.txt"), report.to_text(&Layout::straight())),
        1 => (format!("{at:02}.txt"), report.to_text(&Layout::ragged(&mut Dice::new(report.seed)))),
        _ => (format!("{at:02}.md"), report.to_markdown(&Layout::straight())),
    }
}

fn organs() -> Vec<Organ> {
    let of = |name: &str, kind| Organ { name: format!("{NAME}{name}"), own: "我局", kind };
    let bureaus = BUREAUS.iter().map(|name| of(name, OrganKind::CountyBureau));
    let towns = TOWNS.iter().map(|name| of(&format!("{name}人民政府"), OrganKind::Township));
    // The first has more to tell: it makes documents.
    let kinds = std::iter::once(OrganKind::Department).chain(std::iter::repeat(OrganKind::CountyBureau));
    let offices = OFFICES.iter().zip(kinds).map(|(name, kind)| of(name, kind));
    bureaus.chain(towns).chain(offices).collect()
}

impl Values {
    /// The sums of two reports of one form, cell by cell.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        for (row, more) in sum.disclosure.iter_mut().zip(&other.disclosure) {
            for (cell, more) in row.iter_mut().zip(more) {
                *cell = match (*cell, *more) {
                    (Amount::Count(a), Amount::Count(b)) => Amount::Count(a + b),
                    (Amount::Money(a) | Amount::Count(a), Amount::Money(b) | Amount::Count(b)) => Amount::Money(a + b),
                };
            }
        }
        for (row, more) in sum.applications.iter_mut().zip(&other.applications) {
            row.iter_mut().zip(more).for_each(|(cell, more)| *cell += more);
        }
        sum.litigation.iter_mut().zip(&other.litigation).for_each(|(cell, more)| *cell += more);
        sum
    }
}
