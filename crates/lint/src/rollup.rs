//! A consolidated report against the reports of its members: every cell of its form must be the sum of theirs.
//!
//! Cells are matched by their labels in the form, so that width, layout and format of the files do not matter. What is not
//! there to be added up makes a sum undetermined, with the reason; only what exceeds nothing that could be missing fails.

mod clue;
mod gap;
mod sheet;
mod standing;
mod sum;
mod table;
mod tell;

pub use sheet::{Frame, Sheet};
pub use table::{Figure, Row, Table};

use crate::accept;
use crate::bind;
use crate::engine::{self, CheckOptions};
use crate::finding::{Finding, LedgerEntry, Report, Status};
use crate::fingerprint;
use crate::own;
use crate::ruleset::{RuleInfo, RuleSet};
use crate::say::Reason;
use gouji_core::document::Document;
use gouji_core::label::fold;
use standing::{Standing, standings};
use std::sync::Arc;
use sum::{Completeness, Sum, Verdict, sums};
use tell::Teller;

/// What is compared.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The consolidated report.
    pub document: &'a Document,
    /// The cells that it gives.
    pub frame: &'a Frame<'a>,
    /// Its numbers.
    pub consolidated: &'a Sheet,
    /// Those of the members, in the order given.
    pub members: &'a [Sheet],
    /// Files of members that could not be read.
    pub unread: &'a [String],
    /// The organs that must be among the members.
    pub organs: &'a [String],
}

/// What a comparison came to.
#[derive(Clone, Debug)]
pub struct Rollup {
    /// What is said of the consolidated report; its mask masks the document for those who show it.
    pub report: Report,
    /// The numbers at a glance.
    pub table: Table,
    /// Files among the members that are no reports, with the reason.
    pub no_reports: Vec<(String, String)>,
    /// How many reports were given for members.
    pub n_given: usize,
    /// How many of them were added up.
    pub n_counted: usize,
    /// How many cells were compared.
    pub n_told: usize,
    /// How many of them are not the sum.
    pub n_broken: usize,
    /// How many cells could not be compared.
    pub n_open: usize,
}

/// What is known before anything is said.
struct Compared {
    standings: Vec<Standing>,
    sums: Vec<Sum>,
    /// The organs that must be there and are not.
    missing: Vec<String>,
}

/// Compares a consolidated report with its members.
#[must_use]
pub fn rollup(given: &Given<'_>, rules: &RuleSet, options: &CheckOptions) -> Rollup {
    let mut compared = Compared {
        standings: standings(given.frame, given.consolidated, given.members),
        sums: Vec::new(),
        missing: missing(given),
    };
    let completeness = match gap::absent(given, &compared).is_empty() {
        true => Completeness::Whole,
        false => Completeness::Partial,
    };
    compared.sums = sums(given.frame, given.consolidated, given.members, &compared.standings, completeness);
    let teller = Teller { given, compared: &compared, lang: options.lang };
    let left_out = |at: usize| teller.left_out(at);
    let Compared { standings, sums, .. } = &compared;
    let Given { frame, consolidated, members, .. } = *given;
    let parts = table::Parts { frame, consolidated, members, sums };
    let n_of = |verdict| sums.iter().filter(|sum| sum.verdict == verdict).count();
    let is_no_report = |at: &usize| matches!(standings[*at], Standing::NoForm(_));
    let no_reports = (0..given.members.len()).filter(is_no_report);
    Rollup {
        table: parts.table(options.lang, left_out),
        no_reports: no_reports.filter_map(|at| Some((given.members[at].name.clone(), left_out(at)?))).collect(),
        n_given: given.members.len(),
        n_told: sums.len() - n_of(Verdict::Open),
        n_broken: n_of(Verdict::Fails),
        n_open: n_of(Verdict::Open),
        n_counted: standings.iter().filter(|standing| **standing == Standing::Counted).count(),
        report: report(&teller, rules, options),
    }
}

/// The organs that must be among the members and of which no report is there, be it of another year.
fn missing(given: &Given<'_>) -> Vec<String> {
    let is_there = |organ: &&String| {
        let key = fold(organ);
        given.members.iter().any(|member| member.organ.as_deref().is_some_and(|own| fold(own) == key))
    };
    given.organs.iter().filter(|organ| !is_there(organ)).cloned().collect()
}

fn report(teller: &Teller<'_>, rules: &RuleSet, options: &CheckOptions) -> Report {
    let Teller { given, compared, .. } = *teller;
    // Of all other rules only those run that mask; the tool's own judge comments, which a check of the report does.
    let options = CheckOptions { select: tell::codes(), ignore: Vec::new(), ..options.clone() };
    let mut report = engine::check_each(given.document, rules, &options, &bind::Given::of(rules, &options));
    for info in rules.of_rollup() {
        let (findings, why) = match &*info.id {
            own::SUM => (broken(teller, info), teller.why(&why(given, compared))),
            own::MISSING => (compared.missing.iter().map(|organ| teller.missing(info, organ)).collect(), None),
            _ => ((0..given.members.len()).filter_map(|at| teller.stranger(info, at)).collect(), None),
        };
        report.ledger.push(entry(teller, info, findings.len(), why));
        report.findings.extend(findings);
    }
    accept::settle(&mut report, given.document, rules, &options);
    report.mask.clone().report(&mut report);
    report.findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    fingerprint::tell_apart(&mut report.findings);
    grouped(teller, &mut report);
    report
}

/// The findings of the cells that fail, each on its own.
fn broken(teller: &Teller<'_>, info: &RuleInfo) -> Vec<Finding> {
    let Teller { given, compared, .. } = *teller;
    let fails = compared.sums.iter().filter(|sum| sum.verdict == Verdict::Fails);
    let told = fails.filter_map(|sum| {
        let suspect = clue::suspect(sum, given.consolidated, given.members, &compared.standings);
        teller.sum(info, sum, suspect.as_ref())
    });
    told.collect()
}

/// Makes the findings of cells one where one report explains them all.
fn grouped(teller: &Teller<'_>, report: &mut Report) {
    let Teller { given, compared, .. } = *teller;
    let cause = clue::cause(&compared.sums, given.consolidated, given.members, &compared.standings);
    if let Some(cause) = cause {
        let findings = std::mem::take(&mut report.findings);
        let (cells, rest): (Vec<_>, Vec<_>) = findings.into_iter().partition(|finding| *finding.rule == *own::SUM);
        report.findings = rest;
        report.findings.extend(teller.grouped(&cause, cells));
        report.findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    }
}

/// Why cells were not compared, or none could be.
fn why(given: &Given<'_>, compared: &Compared) -> Vec<Reason> {
    match &given.consolidated.no_form {
        Some(reason) => vec![reason.clone()],
        None => gap::reasons(given, compared),
    }
}

fn entry(teller: &Teller<'_>, info: &RuleInfo, failed: usize, why: Option<String>) -> LedgerEntry {
    let Teller { given, compared, .. } = *teller;
    let bound = match &*info.id {
        own::SUM => compared.sums.iter().filter(|sum| sum.verdict != Verdict::Open).count(),
        own::MISSING => given.organs.len(),
        _ => given.members.len(),
    };
    let status = match (&given.consolidated.no_form, failed, &why) {
        (Some(_), _, Some(_)) => Status::Unbound,
        (_, 0, Some(_)) => Status::Undetermined,
        (_, 0, None) => Status::Ok,
        _ => Status::Failed,
    };
    LedgerEntry { rule: Arc::clone(&info.id), status, bound, failed, why, took: None }
}
