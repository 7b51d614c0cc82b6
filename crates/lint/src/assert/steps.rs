//! The steps of a traced assertion: what each repetition bound to, and the formula with the values put in.

use super::select::Current;
use super::tables::Selection;
use super::{Parties, Tie};
use crate::expr::{Datum, Lookup};
use crate::finding::Lang;
use crate::rule::Assert;
use crate::say::{Reason, reasons};
use crate::trace::{End, Party, Step};

impl Tie<'_> {
    /// Notes one repetition, with what its names stand for as far as they were found.
    pub(super) fn step(&self, end: End, current: &Current, parties: &Parties<'_>, why: &[Reason]) {
        self.job.step(|| {
            let (row, col) = self.selector.current_words(current);
            let names: Vec<String> = row.into_iter().chain(col).collect();
            let is_whole = parties.len() == self.assert.expr.names().len();
            Step {
                end,
                what: names.join(" × "),
                span: None,
                why: reasons(self.job.lang, why),
                formula: is_whole.then(|| filled(self.job.lang, self.assert, parties)),
                parties: parties.iter().flat_map(|(name, selection)| self.members(name, selection)).collect(),
            }
        });
    }

    fn members(&self, name: &str, selection: &Selection) -> Vec<Party> {
        let spots = selection.spots.iter();
        spots
            .map(|spot| Party {
                name: name.to_owned(),
                path: self.selector.tables.path(spot),
                datum: spot.datum.clone(),
                span: spot.span,
                document: self.selector.tables.file(spot).map(ToString::to_string),
            })
            .collect()
    }

    /// Both sides of a false comparison, and how far they are apart.
    pub(super) fn off(&self, lookup: &dyn Lookup) -> Option<Reason> {
        let comparison = self.assert.comparison.as_ref()?;
        let (lhs, rhs) = super::report::sides(comparison, lookup)?;
        let delta = lhs.checked_sub(rhs)?.abs().normalize();
        let (lhs, rhs) = (lhs.normalize(), rhs.normalize());
        Some((format!("左边 {lhs}，右边 {rhs}，相差 {delta}"), format!("left {lhs}, right {rhs}, off by {delta}")))
    }
}

/// The formula with a value in the place of every name.
fn filled(lang: Lang, assert: &Assert, parties: &Parties<'_>) -> String {
    let source = assert.expr.source();
    let mut out = String::new();
    let mut done = 0;
    for (name, span) in assert.expr.uses() {
        out.push_str(&source[done..span.start]);
        let data = parties.iter().find(|(own, _)| *own == name).map(|(_, selection)| &selection.spots);
        let words: Vec<String> = data.into_iter().flatten().map(|spot| word(lang, &spot.datum)).collect();
        out.push_str(&words.join(", "));
        done = span.end;
    }
    out.push_str(&source[done..]);
    out
}

fn word(lang: Lang, datum: &Datum) -> String {
    match (datum, lang) {
        (Datum::Number(number), _) => number.normalize().to_string(),
        (Datum::Text(text), _) => text.clone(),
        (Datum::Blank, Lang::Zh) => "空".to_owned(),
        (Datum::Blank, Lang::En) => "blank".to_owned(),
        (Datum::Unreadable | Datum::Absent, _) => "?".to_owned(),
    }
}
