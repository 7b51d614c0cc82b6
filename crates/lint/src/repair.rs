//! Which number is wrong: the fewest cells whose change would make every tie of the document hold.
//!
//! The ties are linear equations over cells; `search` finds the smallest sets of cells (error localisation after Fellegi
//! and Holt), `slip` tells how one number may have become the other. What is found is shown, never applied.

mod search;
mod slip;

use crate::assert::{Equation, Place, equations};
use crate::bind::Given;
use crate::engine::{CheckOptions, with_job};
use crate::finding::{Finding, Lang, Participant};
use crate::rule::Verb;
use crate::say::{Job, Reason, reasons};
use crate::when;
use gouji_core::document::Document;
use gouji_core::text::Span;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use search::{Explanations, Row};
use slip::Slip;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(crate) use slip::mistyped;

/// One of the smallest changes that would make every tie hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The cells that would change, in the order of the text.
    pub cells: Vec<RepairedCell>,
    /// Whether it is the only one of its size, and none is smaller.
    pub only: bool,
    /// The ties that point to it and the kind of slip, in the language of the check.
    pub why: String,
}

/// A cell with what is written there and what would make the ties hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairedCell {
    /// Row and column label path.
    pub path: String,
    /// The number written.
    pub from: String,
    /// The number that would do.
    pub to: String,
    /// Where it stands.
    pub span: Span,
    /// Another file that it stands in; none for the document itself.
    pub document: Option<String>,
    /// The kind of slip that makes one of the other; none where it is of no known kind.
    pub slip: Option<String>,
}

/// A tie between cells.
pub(crate) struct Tie {
    rule: Arc<str>,
    pub(crate) equation: Equation,
    places: BTreeSet<Place>,
}

/// Says of every failed tie which number may be wrong. Nothing is worked out where no tie failed.
pub(crate) fn explain(job: &Job<'_>, options: &CheckOptions, findings: &mut [Finding]) {
    if findings.iter().all(|finding| finding.sides.is_none()) {
        return;
    }
    let mut told: BTreeMap<(Arc<str>, BTreeSet<Place>), Vec<Repair>> = BTreeMap::new();
    let ties = ties(job, options);
    for system in systems(&ties) {
        let Some(found) = system.solve() else { continue };
        for tie in system.failing() {
            let repairs = repairs(&system, &found, tie, job.bound.document, job.lang);
            told.insert((Arc::clone(&tie.rule), tie.places.clone()), repairs);
        }
    }
    for finding in findings.iter_mut().filter(|finding| finding.sides.is_some()) {
        let place = |own: &Participant| (own.document.as_deref().map(Arc::from), own.span);
        let places = finding.participants.iter().map(place).collect();
        let repairs = told.get(&(Arc::clone(&finding.rule), places));
        finding.repairs = repairs.cloned().unwrap_or_default();
    }
}

/// Every equation between cells that a rule of this check demands of the document, and of last year's report by itself.
pub(crate) fn ties(job: &Job<'_>, options: &CheckOptions) -> Vec<Tie> {
    let mut ties = own_ties(job, options);
    if let Some(earlier) = options.prev.report() {
        let alone = CheckOptions::default();
        let of_prev = |job: &Job<'_>| own_ties(job, &alone);
        let of_prev = with_job(&earlier.document, job.rules, &alone, &Given::default(), of_prev);
        ties.extend(of_prev.into_iter().map(|tie| tie.in_file(&earlier.path)));
    }
    ties
}

impl Tie {
    /// The same, all of whose cells stand in another file.
    fn in_file(mut self, path: &Arc<str>) -> Self {
        self.equation.terms.iter_mut().for_each(|(term, _)| term.file = Some(Arc::clone(path)));
        self.places = self.equation.terms.iter().map(|(term, _)| term.place()).collect();
        self
    }
}

fn own_ties(job: &Job<'_>, options: &CheckOptions) -> Vec<Tie> {
    let mut ties = Vec::new();
    for (idx, rule) in job.rules.rules().iter().enumerate() {
        let Verb::Assert(assert) = &rule.verb else { continue };
        // Those that were not asked for hold as well: no change that breaks one mends anything.
        if when::rests(rule, job, options).is_none() {
            ties.extend(equations(job, idx, rule, assert).into_iter().map(|equation| Tie {
                rule: Arc::clone(&rule.info.id),
                places: equation.terms.iter().map(|(term, _)| term.place()).collect(),
                equation,
            }));
        }
    }
    ties
}

/// Ties that hang together by their cells.
struct System<'a> {
    ties: Vec<&'a Tie>,
    /// Every cell, sorted: where it stands, its path and its value.
    cells: Vec<(Place, &'a str, Decimal)>,
    /// How many decimals its numbers have.
    scale: u32,
}

/// The ties that hang together with one that fails.
fn systems(ties: &[Tie]) -> Vec<System<'_>> {
    // The first tie of each group; a tie that is its own first heads one.
    let mut heads: Vec<usize> = (0..ties.len()).collect();
    fn head(heads: &mut [usize], mut at: usize) -> usize {
        while heads[at] != at {
            heads[at] = heads[heads[at]];
            at = heads[at];
        }
        at
    }
    let mut seen: BTreeMap<&Place, usize> = BTreeMap::new();
    for (at, tie) in ties.iter().enumerate() {
        for place in &tie.places {
            let with = *seen.entry(place).or_insert(at);
            let (one, other) = (head(&mut heads, at), head(&mut heads, with));
            heads[one.max(other)] = one.min(other);
        }
    }
    let mut groups: BTreeMap<usize, Vec<&Tie>> = BTreeMap::new();
    for (at, tie) in ties.iter().enumerate() {
        groups.entry(head(&mut heads, at)).or_default().push(tie);
    }
    groups.into_values().map(System::new).filter(|system| system.failing().next().is_some()).collect()
}

impl<'a> System<'a> {
    fn new(ties: Vec<&'a Tie>) -> Self {
        let terms = ties.iter().flat_map(|tie| &tie.equation.terms);
        let cells: BTreeMap<Place, (&str, Decimal)> =
            terms.map(|(term, _)| (term.place(), (term.path.as_str(), term.value))).collect();
        let cells: Vec<_> = cells.into_iter().map(|(place, (path, value))| (place, path, value)).collect();
        let scale = cells.iter().map(|(_, _, value)| value.normalize().scale()).max().unwrap_or(0);
        Self { ties, cells, scale }
    }

    fn failing(&self) -> impl Iterator<Item = &'a Tie> {
        self.ties.iter().copied().filter(|tie| off(&tie.equation).is_some_and(|off| !off.is_zero()))
    }

    /// The smallest explanations; none where a number is too large to be reckoned with.
    fn solve(&self) -> Option<Explanations> {
        let rows: Vec<Row> = self.ties.iter().map(|tie| self.row(&tie.equation)).collect::<Option<_>>()?;
        let values: Vec<i128> =
            self.cells.iter().map(|(_, _, value)| whole(*value, self.scale)).collect::<Option<_>>()?;
        let may_be_negative = values.iter().any(|&value| value < 0);
        let admits = |cell: usize, change: i128| {
            values[cell].checked_add(change).is_some_and(|value| value >= 0 || may_be_negative)
        };
        let mut found = search::smallest(&rows, &admits)?;
        // Where a blank counts as 0, to fill it would mend the tie as well.
        found.complete &= self.ties.iter().all(|tie| !tie.equation.has_blank);
        Some(found)
    }

    /// An equation in whole numbers: its factors scaled to whole ones, its values by the scale of the system.
    fn row(&self, equation: &Equation) -> Option<Row> {
        let scale = equation.terms.iter().map(|(_, factor)| factor.normalize().scale()).max().unwrap_or(0);
        let cell_of = |place: &Place| self.cells.binary_search_by(|(own, _, _)| own.cmp(place)).ok();
        let mut terms: Vec<(usize, i128)> = equation
            .terms
            .iter()
            .map(|(term, factor)| Some((cell_of(&term.place())?, whole(*factor, scale)?)))
            .collect::<Option<_>>()?;
        terms.sort_unstable();
        Some(Row { terms, off: whole(off(equation)?, scale + self.scale)? })
    }

    /// What a number is the total of: the cells that stand against it alone in a tie that fails, but for noughts.
    fn parts(&self, place: &Place) -> Vec<(&'a str, Decimal)> {
        let mut parts = Vec::new();
        for tie in self.failing() {
            let terms = &tie.equation.terms;
            let Some((_, own)) = terms.iter().find(|(term, _)| term.place() == *place) else { continue };
            let others = terms.iter().filter(|(term, _)| term.place() != *place);
            if others.clone().all(|(_, factor)| *factor == -*own) {
                parts.extend(
                    others.filter(|(term, _)| !term.value.is_zero()).map(|(term, _)| (term.path.as_str(), term.value)),
                );
            }
        }
        parts
    }

    fn value(&self, cell: usize, change: i128) -> Option<Decimal> {
        self.cells[cell].2.checked_add(Decimal::try_from_i128_with_scale(change, self.scale).ok()?)
    }
}

/// How far an equation is off: left minus right.
pub(crate) fn off(equation: &Equation) -> Option<Decimal> {
    equation
        .terms
        .iter()
        .try_fold(-equation.constant, |sum, (term, factor)| sum.checked_add(term.value.checked_mul(*factor)?))
}

/// A decimal times ten to the power of `scale`; none where it is no whole number then, or too large.
fn whole(number: Decimal, scale: u32) -> Option<i128> {
    let number = number.normalize();
    let tens = 10_i128.checked_pow(scale.checked_sub(number.scale())?)?;
    number.mantissa().checked_mul(tens).filter(|whole| whole.to_i64().is_some())
}

/// What may be said at one failed tie: of each explanation the cells that hang together with the tie, each once; what
/// one keystroke makes first.
fn repairs(system: &System<'_>, found: &Explanations, tie: &Tie, document: &Document, lang: Lang) -> Vec<Repair> {
    let parts: BTreeSet<Vec<(usize, i128)>> = found.sets.iter().map(|set| part_at(system, set, tie)).collect();
    let only = parts.len() == 1 && found.complete;
    let mut repairs: Vec<(bool, Repair)> =
        parts.iter().filter_map(|part| repair(system, part, only, document, lang)).collect();
    repairs.sort_by_key(|(is_keystroke, _)| !is_keystroke);
    repairs.into_iter().map(|(_, repair)| repair).collect()
}

/// Those of the changed cells that hang together, by ties that have two of them, with one in this tie.
fn part_at(system: &System<'_>, set: &[(usize, i128)], tie: &Tie) -> Vec<(usize, i128)> {
    let within = |tie: &Tie, cell: usize| tie.places.contains(&system.cells[cell].0);
    let (mut part, mut rest): (Vec<_>, Vec<_>) = set.iter().partition(|(cell, _)| within(tie, *cell));
    loop {
        let joined = |cell: usize| {
            system.ties.iter().any(|tie| within(tie, cell) && part.iter().any(|(own, _)| within(tie, *own)))
        };
        let (near, far): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(cell, _)| joined(*cell));
        rest = far;
        if near.is_empty() {
            break;
        }
        part.extend(near);
    }
    part.sort_unstable();
    part
}

/// An explanation in words, and whether keystrokes alone make it. None where a number is too large.
fn repair(
    system: &System<'_>,
    part: &[(usize, i128)],
    only: bool,
    document: &Document,
    lang: Lang,
) -> Option<(bool, Repair)> {
    let mut is_keystroke = true;
    let mut cells = Vec::new();
    for &(cell, change) in part {
        let (place, path, from) = &system.cells[cell];
        let (file, span) = (&place.0, place.1);
        let to = system.value(cell, change)?;
        let own = file.is_none().then_some(document);
        let slip = slip::slip(own, span, (*from, to), &system.parts(place));
        is_keystroke &= slip.as_ref().is_some_and(Slip::is_keystroke);
        cells.push(RepairedCell {
            path: (*path).to_owned(),
            from: from.normalize().to_string(),
            to: to.normalize().to_string(),
            span,
            document: file.as_ref().map(ToString::to_string),
            slip: slip.and_then(|slip| reasons(lang, &[slip.words()])),
        });
    }
    let why = reasons(lang, &[why(system, &cells)])?;
    Some((is_keystroke, Repair { cells, only, why }))
}

/// The ties that point to these cells.
fn why(system: &System<'_>, cells: &[RepairedCell]) -> Reason {
    let place = |cell: &RepairedCell| (cell.document.as_deref().map(Arc::from), cell.span);
    let has = |tie: &&Tie| cells.iter().any(|cell| tie.places.contains(&place(cell)));
    let codes: Vec<&str> = system.failing().filter(has).map(|tie| &*tie.rule).collect();
    let n = codes.len();
    let codes: BTreeSet<&str> = codes.into_iter().collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let (zh, en) = (codes.join("、"), codes.join(", "));
    match (n, cells.len()) {
        (1, _) => (format!("{zh} 一处不平"), format!("one tie is broken ({en})")),
        (_, 1) => (format!("{n} 处不平都含这个数（{zh}）"), format!("all {n} broken ties have this number ({en})")),
        _ => (format!("{n} 处不平（{zh}）"), format!("{n} ties are broken ({en})")),
    }
}
