//! Why cells could not be compared: what is not there to be added up, by report.

use super::sheet::{Sheet, What};
use super::standing::Standing;
use super::sum::Verdict;
use super::tell::few;
use super::{Compared, Given};
use crate::finding::Lang;
use crate::say::Reason;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Every reason, the consolidated report's own first, then those of the members in their order.
pub(super) fn reasons(given: &Given<'_>, compared: &Compared) -> Vec<Reason> {
    let own = compared.sums.iter().filter(|sum| sum.said.number().is_none());
    let mut reasons = lacks(given, ("汇总报告", "the consolidated report"), own.map(|sum| (sum.at, sum.said)));
    for (at, member) in given.members.iter().enumerate() {
        let gaps = compared.sums.iter().filter(|sum| sum.said.number().is_some() && sum.gaps.contains(&at));
        let who = named(member);
        reasons.extend(lacks(given, (&who.0, &who.1), gaps.map(|sum| (sum.at, member.cells[sum.at].what))));
        reasons.extend(unplaced(member).filter(|_| compared.standings[at] == Standing::Counted));
    }
    if !compared.standings.contains(&Standing::Counted) {
        reasons.push(("没有一份可以计入的报告".to_owned(), "there is no report to be added up".to_owned()));
        return reasons;
    }
    let n_open = compared.sums.iter().filter(|sum| sum.verdict == Verdict::Open && sum.gaps.is_empty());
    let n_open = n_open.filter(|sum| sum.said.number().is_some()).count();
    let absent = absent(given, compared);
    if n_open > 0 && !absent.is_empty() {
        let names: Vec<&str> = absent.iter().map(String::as_str).collect();
        reasons.push((
            format!("没有计入{}，{n_open} 个数大于已有各单位之和，不能断定", few(Lang::Zh, &names)),
            format!("{} not counted: {n_open} numbers exceed the sums and can not be told", few(Lang::En, &names)),
        ));
    }
    reasons
}

/// The reports that belong in the sums and are not in them.
pub(super) fn absent(given: &Given<'_>, compared: &Compared) -> Vec<String> {
    let out = given.members.iter().zip(&compared.standings).filter(|(_, standing)| standing.leaves_a_gap());
    let mut names: Vec<String> = out.map(|(member, _)| member.name.clone()).collect();
    names.extend(given.unread.iter().cloned());
    names.extend(compared.missing.iter().cloned());
    names
}

fn named(member: &Sheet) -> Reason {
    match &member.organ {
        Some(organ) => (format!("{organ}（{}）", member.name), format!("{organ} ({})", member.name)),
        None => (member.name.clone(), member.name.clone()),
    }
}

/// What a report has no number for, by kind.
fn lacks(given: &Given<'_>, who: (&str, &str), cells: impl Iterator<Item = (usize, What)>) -> Vec<Reason> {
    let mut kinds: BTreeMap<What, Vec<String>> = BTreeMap::new();
    for (at, what) in cells {
        // Whatever the number is, the reason is one.
        let what = if what.number().is_some() { What::Number(Decimal::ZERO) } else { what };
        kinds.entry(what).or_default().push(given.frame.name(at));
    }
    let told = kinds.into_iter().map(|(what, names)| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (zh, en) = match what {
            What::Number(_) => ("数太大，没有计入", "is too large to be added up"),
            What::Blank => ("没有填", "is blank"),
            What::Unreadable => ("读不成数", "is no number"),
            What::Secret => ("像是号码等个人信息，没有计入", "looks like personal data and is not counted"),
            What::Absent => ("表中没有", "has no row or column"),
            What::Foreign => ("所用表样没有", "is not in its form"),
        };
        (format!("{}的{}{zh}", who.0, few(Lang::Zh, &names)), format!("{}: {} {en}", who.1, few(Lang::En, &names)))
    });
    told.collect()
}

/// Numbers of a member that the consolidated report's form has no cell for.
fn unplaced(member: &Sheet) -> impl Iterator<Item = Reason> {
    let names: Vec<&str> = member.unplaced.iter().map(String::as_str).collect();
    let who = named(member);
    let told = (
        format!("{}的{}在汇总报告的表样里没有对应的格，没有计入", who.0, few(Lang::Zh, &names)),
        format!(
            "{}: {} has no cell in the form of the consolidated report and is not counted",
            who.1,
            few(Lang::En, &names)
        ),
    );
    (!names.is_empty()).then_some(told).into_iter()
}
