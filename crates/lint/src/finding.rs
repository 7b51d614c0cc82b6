//! What a check says: findings with their places, parties and fixes, and the ledger of what every rule did.

use crate::accept::{Fate, Grounds};
use crate::mask::Mask;
use crate::own;
use crate::repair::Repair;
use crate::ruleset::RuleInfo;
use crate::trace::Trace;
use gouji_core::text::{Edit, Span};
use std::sync::Arc;
use std::time::Duration;

/// How grave a finding is. Ordered: `Info < Warning < Error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth a look.
    Info,
    /// Against a standard or the form, in form only.
    Warning,
    /// Publication must stop.
    Error,
}

impl Level {
    /// All with their words, the gravest first.
    pub(crate) const WORDS: [(&'static str, Self); 3] =
        [(Self::Error.word(), Self::Error), (Self::Warning.word(), Self::Warning), (Self::Info.word(), Self::Info)];

    /// The word in rule files and JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The language that messages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// What a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The instrument, as cited.
    pub doc: String,
    /// The article or clause; none where the whole instrument is meant.
    pub clause: Option<String>,
    /// How binding it is.
    pub strength: Strength,
}

/// How binding a [`Basis`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// The instrument demands it.
    Must,
    /// The instrument recommends it.
    Should,
    /// House style: no instrument, and the user is told so (实践).
    Practice,
    /// Arithmetic, calendar or contradiction: needs no instrument.
    Logic,
}

impl Strength {
    /// All with their words, the most binding first.
    pub(crate) const WORDS: [(&'static str, Self); 4] = [
        (Self::Must.word(), Self::Must),
        (Self::Should.word(), Self::Should),
        (Self::Practice.word(), Self::Practice),
        (Self::Logic.word(), Self::Logic),
    ];

    /// The word in rule files and JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::Practice => "practice",
            Self::Logic => "logic",
        }
    }
}

/// One thing found. All spans lie in the document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's code, such as `NB301`.
    pub rule: Arc<str>,
    /// The rule's name in the language of the check.
    pub name: String,
    /// How grave.
    pub level: Level,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// What the rule rests on.
    pub basis: Arc<Basis>,
    /// Where, in the words of the report.
    pub place: Where,
    /// Where; the fix and the caret belong to it.
    pub span: Span,
    /// Other places worth showing with it, each with a few words.
    pub labels: Vec<LabelledSpan>,
    /// The further places of a grouped finding, in order.
    pub places: Vec<FurtherPlace>,
    /// The parties of a failed assertion, in the order of the formula.
    pub participants: Vec<Participant>,
    /// Both sides and their difference (left minus right) of a failed comparison.
    pub sides: Option<Sides>,
    /// Of a failed tie the smallest changes that would make every tie hold, the likeliest first; none where more than
    /// three cells would have to change, or where there are too many.
    pub repairs: Vec<Repair>,
    /// What may mend it, the best first.
    pub fixes: Vec<Fix>,
    /// Structural: the same defect at another line has the same one.
    pub fingerprint: String,
    /// Why it is accepted; none where nobody accepted it.
    pub accepted: Option<Arc<Grounds>>,
    /// Whether it was there when the baseline was made.
    pub known: bool,
}

impl Finding {
    /// What a rule says of a span; nothing else is known of it yet.
    pub(crate) fn of(info: &RuleInfo, lang: Lang, message: String, span: Span) -> Self {
        Self {
            rule: Arc::clone(&info.id),
            name: info.name.of(lang).to_owned(),
            level: info.level,
            message,
            help: None,
            basis: Arc::clone(&info.basis),
            place: Where::default(),
            span,
            labels: Vec::new(),
            places: Vec::new(),
            participants: Vec::new(),
            sides: None,
            repairs: Vec::new(),
            fixes: Vec::new(),
            fingerprint: String::new(),
            accepted: None,
            known: false,
        }
    }

    /// Whether it is still to be dealt with: neither accepted nor known before.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.accepted.is_none() && !self.known
    }

    /// How many places it has: one, and the further ones of a group.
    #[must_use]
    pub fn n_places(&self) -> usize {
        1 + self.places.len()
    }

    /// Whether it judges what was said to the tool, not the report.
    #[must_use]
    pub fn is_own(&self) -> bool {
        own::is_own(&self.rule)
    }

    /// The fingerprints of all its places.
    pub fn fingerprints(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.fingerprint.as_str()).chain(self.places.iter().map(|place| place.fingerprint.as_str()))
    }
}

/// Where a finding lies, in the words of the report; each part may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Where {
    /// The top section's heading as written.
    pub section: Option<String>,
    /// The table's name in the form.
    pub table: Option<String>,
    /// The row's label path.
    pub row: Option<String>,
    /// The column's label path.
    pub col: Option<String>,
}

/// A span with a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledSpan {
    /// Where.
    pub span: Span,
    /// What to say there.
    pub text: String,
}

/// One more place of a grouped finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FurtherPlace {
    /// Where.
    pub span: Span,
    /// What mends it there.
    pub fixes: Vec<Fix>,
    /// As [`Finding::fingerprint`].
    pub fingerprint: String,
}

/// A number that took part in a failed assertion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Its name in the rule.
    pub name: String,
    /// Row and column label path, or the words around a number of the text.
    pub path: String,
    /// How it counts in the formula: 1 or -1; a number on the right side counts as written there.
    pub sign: i8,
    /// Its value, exact; `（空）` is never here: a blank makes a tie undetermined instead.
    pub value: String,
    /// Where it stands.
    pub span: Span,
    /// Whether it stands on the right side of the comparison.
    pub right: bool,
    /// Another file that it stands in; none for the document itself.
    pub document: Option<String>,
    /// The line there, from 1; none for the document itself.
    pub line: Option<usize>,
}

/// The two sides of a failed comparison, as exact decimals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// Left.
    pub lhs: String,
    /// Right.
    pub rhs: String,
    /// Left minus right.
    pub delta: String,
}

/// How sure a fix is. Ordered: `Suggest < Unsafe < Safe`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FixLevel {
    /// Shown only.
    Suggest,
    /// Applied with `--unsafe`: needs a look.
    Unsafe,
    /// Applied by `gouji fix`: decided by the official form or standard.
    Safe,
}

impl FixLevel {
    /// All with their words, the surest first.
    pub(crate) const WORDS: [(&'static str, Self); 3] =
        [(Self::Safe.word(), Self::Safe), (Self::Unsafe.word(), Self::Unsafe), (Self::Suggest.word(), Self::Suggest)];

    /// The word in rule files and JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Suggest => "suggest",
            Self::Unsafe => "unsafe",
            Self::Safe => "safe",
        }
    }
}

/// A change that mends a finding; all its edits or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words.
    pub title: String,
    /// How sure it is.
    pub level: FixLevel,
    /// Sorted and disjoint, in the document's text.
    pub edits: Vec<Edit>,
}

/// What one rule did with one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The rule's code.
    pub rule: Arc<str>,
    /// How it ended.
    pub status: Status,
    /// How many things it was applied to.
    pub bound: usize,
    /// How many of them failed.
    pub failed: usize,
    /// Why it did not judge: for every status but ok and failed.
    pub why: Option<String>,
    /// How long it took, by the clock that the check was given; none without one.
    pub took: Option<Duration>,
}

impl LedgerEntry {
    /// Whether the rule looked at all there is: what it did not find is not there.
    #[must_use]
    pub fn looked_everywhere(&self) -> bool {
        matches!(self.status, Status::Ok | Status::Failed) && self.why.is_none()
    }
}

/// How a rule ended on a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It looked and found nothing wrong.
    Ok,
    /// It found something.
    Failed,
    /// A number it needs is blank or unreadable.
    Undetermined,
    /// It is not meant for this document.
    NotApplicable,
    /// It could not find what it is about.
    Unbound,
    /// It needs something that was not given.
    Skipped,
    /// The rule itself failed.
    Errored,
}

impl Status {
    /// The word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed => "failed",
            Self::Undetermined => "undetermined",
            Self::NotApplicable => "not-applicable",
            Self::Unbound => "unbound",
            Self::Skipped => "skipped",
            Self::Errored => "errored",
        }
    }
}

/// All that a check says of one document.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The title as written, one line.
    pub title: Option<String>,
    /// The organ, from the title or as given.
    pub organ: Option<String>,
    /// The year of the report, from the title or as given.
    pub year: Option<i32>,
    /// The id of the form it was bound to, such as `annual-report-2021`.
    pub form: Option<String>,
    /// The tables that were bound to the form's: index into the document's tables, and the form's short name.
    pub tables: Vec<(usize, String)>,
    /// Sorted by span, then rule; those that are accepted or known before, too: see [`Finding::is_open`].
    pub findings: Vec<Finding>,
    /// One entry a rule, sorted by rule.
    pub ledger: Vec<LedgerEntry>,
    /// What became of each acceptance that the check was given, in its order.
    pub fates: Vec<Fate>,
    /// What the rules did that were traced, sorted by rule.
    pub traces: Vec<Trace>,
    /// What may not be shown of the document; all that the report says is masked already.
    pub mask: Mask,
}

impl Report {
    /// The findings that are still to be dealt with.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_open())
    }
}

/// What a fault is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Rules, a form, facts, or what a pack says of itself.
    Rules,
    /// A configuration.
    Config,
}

/// A fault in a rule, form, data or configuration file. It points into the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    /// What it is a fault of.
    pub kind: FaultKind,
    /// The file, as given.
    pub file: String,
    /// Its whole text, for the excerpt.
    pub source: Arc<str>,
    /// Where in the file.
    pub span: Span,
    /// What is wrong, in Chinese.
    pub message: String,
    /// The same in English.
    pub message_en: String,
    /// What was expected or what is near; Chinese.
    pub help: Option<String>,
    /// The same in English.
    pub help_en: Option<String>,
}
