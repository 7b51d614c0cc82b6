//! What a check says, masked: messages, places, parties, ledgers and traces.

use super::Mask;
use crate::accept::Grounds;
use crate::expr::Datum;
use crate::finding::{Finding, Fix, LedgerEntry, Participant, Report, Where};
use crate::trace::{Step, Trace};
use std::borrow::Cow;
use std::sync::Arc;

impl Mask {
    /// Masks all that a report says; what its fixes put in stays, for those who carry them out.
    pub(crate) fn report(&self, report: &mut Report) {
        if self.is_empty() {
            return;
        }
        self.maybe(&mut report.title);
        self.maybe(&mut report.organ);
        self.repairs(&mut report.findings);
        report.findings.iter_mut().for_each(|finding| self.finding(finding));
        report.ledger.iter_mut().for_each(|LedgerEntry { why, .. }| self.maybe(why));
        report.traces.iter_mut().for_each(|trace| self.trace(trace));
    }

    /// Takes the edits out of fixes that would show a secret: who copied them masked would destroy it.
    pub(crate) fn fixes(&self, findings: &mut [Finding]) {
        if self.is_empty() {
            return;
        }
        for finding in findings {
            let further = finding.places.iter_mut().flat_map(|place| &mut place.fixes);
            for Fix { edits, .. } in finding.fixes.iter_mut().chain(further) {
                if edits.iter().any(|edit| *self.text(&edit.insert) != *edit.insert) {
                    edits.clear();
                }
            }
        }
    }

    fn string(&self, text: &mut String) {
        if let Cow::Owned(masked) = self.text(text) {
            *text = masked;
        }
    }

    fn maybe(&self, text: &mut Option<String>) {
        text.iter_mut().for_each(|text| self.string(text));
    }

    fn finding(&self, finding: &mut Finding) {
        self.sums(finding);
        self.string(&mut finding.message);
        self.maybe(&mut finding.help);
        let Where { section, table, row, col } = &mut finding.place;
        [section, table, row, col].into_iter().for_each(|part| self.maybe(part));
        finding.labels.iter_mut().for_each(|label| self.string(&mut label.text));
        for participant in &mut finding.participants {
            self.string(&mut participant.path);
            self.string(&mut participant.value);
        }
        let further = finding.places.iter_mut().flat_map(|place| &mut place.fixes);
        finding.fixes.iter_mut().chain(further).for_each(|fix| self.string(&mut fix.title));
        if let Some(grounds) = &mut finding.accepted {
            let reason = self.text(&grounds.reason).into_owned();
            if reason != grounds.reason {
                *grounds = Arc::new(Grounds { reason, ..Grounds::clone(grounds) });
            }
        }
    }

    /// Whether a number that took part in a tie is secret.
    fn is_secret(&self, own: &Participant) -> bool {
        (own.document.is_none() && self.touches(own.span)) || *self.text(&own.value) != *own.value
    }

    /// Takes away what would mend ties where a secret number takes part in any: the others are worked out from it.
    fn repairs(&self, findings: &mut [Finding]) {
        let of = |finding: &Finding| finding.participants.iter().any(|own| self.is_secret(own));
        if findings.iter().any(of) {
            findings.iter_mut().for_each(|finding| finding.repairs.clear());
        }
        for repair in findings.iter_mut().flat_map(|finding| &mut finding.repairs) {
            repair.cells.iter_mut().for_each(|cell| self.string(&mut cell.path));
            self.string(&mut repair.why);
        }
    }

    /// What a secret number comes to with others tells it: the sums go with it.
    fn sums(&self, finding: &mut Finding) {
        let mut told: Vec<String> = Vec::new();
        for own in finding.participants.iter_mut().filter(|own| self.is_secret(own)) {
            told.push(std::mem::replace(&mut own.value, "*".to_owned()));
        }
        if told.is_empty() {
            return;
        }
        for side in finding.sides.iter_mut().flat_map(|sides| [&mut sides.lhs, &mut sides.rhs, &mut sides.delta]) {
            told.push(std::mem::replace(side, "*".to_owned()));
        }
        told.sort_by_key(|number| std::cmp::Reverse(number.len()));
        let labels = finding.labels.iter_mut().map(|label| &mut label.text);
        for text in labels.chain([&mut finding.message]).chain(&mut finding.help) {
            for number in &told {
                *text = text.replace(number.trim_start_matches('-'), "*");
            }
        }
    }

    fn trace(&self, trace: &mut Trace) {
        for Step { what, why, formula, parties, .. } in &mut trace.steps {
            for party in parties {
                self.string(&mut party.path);
                let number = match &party.datum {
                    Datum::Number(number) => Some(number.normalize().to_string()),
                    _ => None,
                };
                let is_here = party.document.is_none() && self.touches(party.span);
                let is_secret = |number: &String| is_here || *self.text(number) != **number;
                if let Some(number) = number.filter(is_secret) {
                    *formula = formula.take().map(|formula| formula.replace(&number, "*"));
                    party.datum = Datum::Text("*".to_owned());
                }
                if let Datum::Text(text) = &mut party.datum {
                    self.string(text);
                }
            }
            self.string(what);
            self.maybe(why);
            self.maybe(formula);
        }
    }
}
