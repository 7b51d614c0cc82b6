//! What a configuration says of rules: which are off, at what level the others speak, what their parameters are.
//!
//! Settings are a list of entries; of those that name a rule the last one wins, each part (level, parameter) on its
//! own. Who puts the entries together, and from which files, is the shell's matter.

use crate::fault::Fault;
use crate::finding::{FaultKind, Level, RuleError};
use crate::yaml::Node;
use gouji_core::text::Span;
use std::sync::Arc;

/// How far a report has come; decides which rules run when no entry says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Being written: what is missing is not told yet.
    Draft,
    /// About to be published.
    #[default]
    Publish,
    /// As [`Self::Publish`], with hints on style.
    Strict,
}

impl Profile {
    /// All with their words, from the mildest.
    pub(crate) const WORDS: [(&'static str, Self); 3] =
        [(Self::Draft.word(), Self::Draft), (Self::Publish.word(), Self::Publish), (Self::Strict.word(), Self::Strict)];

    /// The word in configurations.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Publish => "publish",
            Self::Strict => "strict",
        }
    }

    /// Whether rules with this tag stay silent.
    fn silences(self, tag: &str) -> bool {
        match tag {
            "missing" => self == Self::Draft,
            "style" => self != Self::Strict,
            _ => false,
        }
    }
}

/// What an entry makes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It does not run.
    Off,
    /// It runs and speaks at this level.
    At(Level),
}

impl Verdict {
    /// All with their words.
    pub(crate) const WORDS: [(&'static str, Self); 4] = [
        (Self::Off.word(), Self::Off),
        (Self::At(Level::Error).word(), Self::At(Level::Error)),
        (Self::At(Level::Warning).word(), Self::At(Level::Warning)),
        (Self::At(Level::Info).word(), Self::At(Level::Info)),
    ];

    /// The word in configurations.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::At(level) => level.word(),
        }
    }
}

/// A place in a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, as given.
    pub file: Arc<str>,
    /// Its whole text.
    pub source: Arc<str>,
    /// Where in it.
    pub span: Span,
}

impl Place {
    /// The same with what is wrong there.
    #[must_use]
    pub fn fault(&self, zh: impl Into<String>, en: impl Into<String>) -> Fault {
        Fault::new(self.span, zh, en)
    }

    /// A fault of this configuration.
    #[must_use]
    pub fn error(&self, fault: Fault) -> RuleError {
        fault.in_file(FaultKind::Config, &self.file, &self.source)
    }
}

/// One line of `rules:`.
#[derive(Clone, Debug)]
pub struct Entry {
    /// A code, the start of codes, a tag or the name of a pack.
    pub name: String,
    /// Off or a level; none where it only gives parameters.
    pub verdict: Option<Verdict>,
    /// Parameters.
    pub(crate) params: Vec<GivenParam>,
    /// The place of its name.
    pub place: Place,
}

impl Entry {
    /// The names of the parameters it gives.
    pub fn param_names(&self) -> impl Iterator<Item = &str> {
        self.params.iter().map(|param| param.name.as_str())
    }
}

/// A parameter as a configuration gives it; only its rule knows the type.
#[derive(Clone, Debug)]
pub(crate) struct GivenParam {
    pub(crate) name: String,
    /// The place of the name.
    pub(crate) place: Place,
    pub(crate) value: Node,
}

/// A rule as entries name it.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// Code.
    pub id: &'a str,
    /// The pack it belongs to.
    pub pack: &'a str,
    /// Tags.
    pub tags: &'a [String],
}

impl Named<'_> {
    /// Whether an entry of this name is meant for the rule.
    #[must_use]
    pub fn answers(self, name: &str) -> bool {
        self.id.starts_with(name) || self.pack == name || self.tags.iter().any(|tag| tag == name)
    }
}

/// Who says what becomes of a rule.
#[derive(Clone, Copy, Debug)]
pub enum Said<'a> {
    /// The profile, by a tag of the rule.
    Profile,
    /// A line of `rules:`.
    Entry(&'a Entry),
}

/// Everything that configurations say of rules.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The profile.
    pub profile: Profile,
    /// In order; the last one that names a rule wins.
    pub entries: Vec<Entry>,
}

impl Settings {
    /// Off, or another level than the rule's own; none where it is as its author wrote it.
    #[must_use]
    pub fn verdict(&self, rule: Named<'_>) -> Option<Verdict> {
        self.said(rule).last().map(|(_, verdict)| verdict)
    }

    /// Who says what becomes of a rule, in order; the last one counts.
    pub fn said<'a>(&'a self, rule: Named<'a>) -> impl Iterator<Item = (Said<'a>, Verdict)> {
        let is_silenced = rule.tags.iter().any(|tag| self.profile.silences(tag));
        let profile = is_silenced.then_some((Said::Profile, Verdict::Off));
        let entries = self.of(rule).filter_map(|entry| Some((Said::Entry(entry), entry.verdict?)));
        profile.into_iter().chain(entries)
    }

    /// The entries that name a rule, in order.
    pub fn of<'a>(&'a self, rule: Named<'a>) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| rule.answers(&entry.name))
    }
}
