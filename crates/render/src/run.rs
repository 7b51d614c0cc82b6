//! What a run hands to the outputs: checked documents, files that were not, and the counts.

use crate::paint::Colour;
use gouji_core::document::Document;
use gouji_lint::finding::{Finding, FixLevel, Lang, Level, Report, RuleError, Status};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How output is written.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The language of everything but the findings' own messages, which already have one.
    pub lang: Lang,
    /// The columns of the terminal; no line is wider but for a path or a word that can not be broken.
    pub width: usize,
    /// Whether there is colour.
    pub colour: Colour,
    /// How much is said beside the findings.
    pub talk: Talk,
    /// What becomes of findings that are accepted.
    pub accepted: Settled,
    /// What becomes of findings that the baseline has.
    pub known: Settled,
}

/// What becomes of findings that are settled, in the outputs for people; programs are given them in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Settled {
    /// They are only counted.
    #[default]
    Counted,
    /// They are listed with the reason.
    Listed,
}

impl Options {
    /// Whether a finding is listed.
    pub(crate) fn lists(&self, finding: &Finding) -> bool {
        match (&finding.accepted, finding.known) {
            (Some(_), _) => self.accepted == Settled::Listed,
            (None, true) => self.known == Settled::Listed,
            (None, false) => true,
        }
    }
}

/// How much is said beside the findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Talk {
    /// Clean files, rules that could not judge, a closing summary.
    #[default]
    Full,
    /// Only findings and what could not be read.
    Quiet,
}

/// A document with what was found in it.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The path as people know it.
    pub path: &'a str,
    /// The configuration that counted, as people know it; none where there was none.
    pub config: Option<&'a str>,
    /// The document as it may be shown: masked.
    pub document: &'a Document,
    /// What was found.
    pub report: &'a Report,
}

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its path.
    pub path: String,
    /// Why, in the language of the run.
    pub error: String,
}

/// A file in a folder that was left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotChecked {
    /// Its path.
    pub path: String,
    /// Why, in the language of the run.
    pub why: String,
}

/// A place that a baseline has and no rule finds any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The file's path as people know it.
    pub path: String,
    /// The rule's code.
    pub rule: String,
    /// What it was, in a few words.
    pub what: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// What became of the file.
    pub file: FileNow,
}

/// What became of a file that a baseline speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FileNow {
    /// It was checked.
    #[default]
    There,
    /// It is no longer there.
    Missing,
    /// It is no longer there, and most of what was found in it is found in this other file, which is new.
    Moved(String),
}

/// What a run came to, for the end of an output.
#[derive(Clone, Copy, Debug)]
pub struct Closing<'a> {
    /// The counts over all documents.
    pub tally: &'a Tally,
    /// Files that could not be read, by path.
    pub unread: &'a [Unread],
    /// Files that were left alone, by path.
    pub not_checked: &'a [NotChecked],
    /// The configurations that counted, as people know them.
    pub configs: &'a [String],
    /// What is said of acceptances in configurations, by file; each has findings, and its document is the configuration.
    pub accepting: &'a [Checked<'a>],
    /// Faults in rule files and configurations.
    pub rule_errors: &'a [RuleError],
    /// What the baseline has that is no longer there; none without a baseline.
    pub gone: Option<&'a [Gone]>,
    /// Options and paths for the command that is recommended; none where it would mend nothing.
    pub target: Option<&'a str>,
}

/// Counts over documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents checked.
    pub documents: usize,
    /// Documents without any finding that is still to be dealt with.
    pub clean: usize,
    /// Findings of level error.
    pub errors: usize,
    /// Findings of level warning.
    pub warnings: usize,
    /// Findings of level info.
    pub infos: usize,
    /// Findings that `gouji fix` mends.
    pub fixable: usize,
    /// Findings that only `gouji fix --unsafe` mends.
    pub fixable_unsafe: usize,
    /// Places that are accepted; in no other count.
    pub accepted: usize,
    /// Places that the baseline has; in no other count.
    pub known: usize,
    /// Rules that failed when they ran, with why they first did.
    pub errored: BTreeMap<Arc<str>, String>,
}

impl Tally {
    /// The counts of one document.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let is_clean = report.open().next().is_none();
        let mut tally = Self { documents: 1, clean: usize::from(is_clean), ..Self::default() };
        tally.add_findings(report);
        tally
    }

    /// Counts the findings of what is no document: a configuration.
    pub fn add_findings(&mut self, report: &Report) {
        for finding in &report.findings {
            match (&finding.accepted, finding.known) {
                (Some(_), _) => self.accepted += finding.n_places(),
                (None, true) => self.known += finding.n_places(),
                (None, false) => {}
            }
        }
        for finding in report.open() {
            match finding.level {
                Level::Error => self.errors += 1,
                Level::Warning => self.warnings += 1,
                Level::Info => self.infos += 1,
            }
            match best_fix(finding) {
                Some(FixLevel::Safe) => self.fixable += 1,
                Some(FixLevel::Unsafe) => self.fixable_unsafe += 1,
                Some(FixLevel::Suggest) | None => {}
            }
        }
        self.errored.extend(errored(report));
    }

    /// The sum of two counts.
    pub fn merge(&mut self, other: &Self) {
        self.documents += other.documents;
        self.clean += other.clean;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.fixable += other.fixable;
        self.fixable_unsafe += other.fixable_unsafe;
        self.accepted += other.accepted;
        self.known += other.known;
        for (rule, why) in &other.errored {
            self.errored.entry(rule.clone()).or_insert_with(|| why.clone());
        }
    }

    /// How many findings are at or above a level.
    #[must_use]
    pub fn at_least(&self, level: Level) -> usize {
        match level {
            Level::Error => self.errors,
            Level::Warning => self.errors + self.warnings,
            Level::Info => self.errors + self.warnings + self.infos,
        }
    }
}

/// The rules that failed when they ran, and why.
pub(crate) fn errored(report: &Report) -> impl Iterator<Item = (Arc<str>, String)> + '_ {
    let failed = report.ledger.iter().filter(|entry| entry.status == Status::Errored);
    failed.map(|entry| (entry.rule.clone(), entry.why.clone().unwrap_or_default()))
}

/// The surest fix of any place of a finding.
pub(crate) fn best_fix(finding: &Finding) -> Option<FixLevel> {
    let further = finding.places.iter().flat_map(|place| &place.fixes);
    finding.fixes.iter().chain(further).map(|fix| fix.level).max()
}
