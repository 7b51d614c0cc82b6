//! The rules of a run: loaded once, used for every document.

mod draft;
mod load;
mod met;

use crate::finding::{Basis, Lang, Level, RuleError};
use crate::form::Form;
use crate::rule::{Param, Rule};
use crate::scan::Scanner;
use crate::script::Room;
use crate::settings::{Named, Settings};
use gouji_core::label::KnownLabels;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// A rule, form, data or pack file as text. The shell reads it; lint never does.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path, for messages: `annual-report/NB301-unbalanced-applications.yaml`.
    pub path: String,
    /// Its text.
    pub text: Arc<str>,
}

/// Text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bilingual {
    /// Chinese; always there.
    pub zh: String,
    /// English; empty where the author gave none.
    pub en: String,
}

impl Bilingual {
    /// The one of a language; Chinese where there is no English.
    #[must_use]
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            Lang::En | Lang::Zh => &self.zh,
        }
    }
}

/// What a rule says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// Code.
    pub id: Arc<str>,
    /// Name.
    pub name: Bilingual,
    /// The level at which it speaks.
    pub level: Level,
    /// The level that its author gave it.
    pub own_level: Level,
    /// Basis.
    pub basis: Arc<Basis>,
    /// Tags: catalogue ids and subjects.
    pub tags: Vec<String>,
    /// Whether what it hits is masked in all that is told of the report.
    pub mask: bool,
    /// The pack it belongs to, such as `annual-report`; [`LOCAL`] for a file outside a pack.
    pub pack: String,
    /// The verb: find, require, assert or script; `own` or `rollup` for the rules of the tool's own.
    pub verb: &'static str,
    /// What it says, as written in the rule (templates not filled).
    pub say: Bilingual,
    /// How to mend it, as written; empty where the rule says nothing.
    pub help: Bilingual,
    /// The first wrong example of its tests, with its mended form where there is one.
    pub bad_example: Option<(String, Option<String>)>,
    /// The first right example.
    pub ok_example: Option<String>,
    /// Where the rule stands; empty for the rules of the tool's own.
    pub file: String,
    /// Its parameters with their values in this run, in the order written.
    pub params: Vec<Param>,
    /// The code of the rule that it takes all else from.
    pub uses: Option<String>,
}

impl RuleInfo {
    /// The rule as entries of a configuration name it.
    #[must_use]
    pub fn named(&self) -> Named<'_> {
        Named { id: &self.id, pack: &self.pack, tags: &self.tags }
    }
}

/// The pack of rules that are in none.
pub const LOCAL: &str = "local";

/// A pack: a folder of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// The month its facts were last looked over: `2026-11`.
    pub as_of: String,
}

/// Whether a word has the form of a code: two capital letters and three digits.
#[must_use]
pub fn is_code(word: &str) -> bool {
    word.len() == 5
        && word.bytes().take(2).all(|b| b.is_ascii_uppercase())
        && word.bytes().skip(2).all(|b| b.is_ascii_digit())
}

/// All rules of a run.
#[derive(Debug, Default)]
pub struct RuleSet {
    known: KnownLabels,
    packs: Vec<Pack>,
    rules: Vec<Rule>,
    off: Vec<RuleInfo>,
    own: Vec<RuleInfo>,
    of_rollup: Vec<RuleInfo>,
    codes: BTreeSet<String>,
    forms: Vec<Form>,
    data: Arc<BTreeMap<String, DataTable>>,
    room: Room,
    scanner: OnceLock<Scanner>,
}

/// A table of facts for scripts, from `data/NAME.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataTable {
    /// What scripts ask for.
    pub name: String,
    /// Where the facts come from.
    pub source: String,
    /// When they were last looked over: `2026-11`.
    pub as_of: String,
    /// The names of its columns, in order of first use.
    pub columns: Vec<String>,
    /// One map a row; truth values are `true` and `false`.
    pub rows: Vec<BTreeMap<String, String>>,
}

impl RuleSet {
    /// Reads and checks every file, each kind in the order given: forms in `forms/`, tables of facts in `data/`, packs
    /// in `pack.yaml`, rules in all else. Of two with one name the first is kept. A rule, form or table with a fault is
    /// left out and told of; all others are loaded.
    #[must_use]
    pub fn load(files: &[SourceFile]) -> (Self, Vec<RuleError>) {
        Self::load_with(files, &Settings::default())
    }

    /// As [`Self::load`], with what a configuration says of rules. A line of it that names no rule is told of, too.
    #[must_use]
    pub fn load_with(files: &[SourceFile], settings: &Settings) -> (Self, Vec<RuleError>) {
        load::load(files, settings)
    }

    /// The labels of all forms, by which the parser knows a row from a heading.
    #[must_use]
    pub fn known_labels(&self) -> &KnownLabels {
        &self.known
    }

    /// The packs, by name.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The rules, by code.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The place among [`Self::rules`] of the rule with this code.
    pub(crate) fn place_of(&self, id: &str) -> Option<usize> {
        self.rules.binary_search_by(|rule| (*rule.info.id).cmp(id)).ok()
    }

    /// The rules that the settings turn off, by code.
    #[must_use]
    pub fn off(&self) -> &[RuleInfo] {
        &self.off
    }

    /// The forms, by id.
    #[must_use]
    pub fn forms(&self) -> &[Form] {
        &self.forms
    }

    /// The tables of facts, by name.
    #[must_use]
    pub fn data(&self) -> &Arc<BTreeMap<String, DataTable>> {
        &self.data
    }

    /// Whether a text stands whole in a table of facts, in a row that does not say it is unverified.
    pub(crate) fn verifies(&self, text: &str) -> bool {
        let rows = self.data.values().flat_map(|table| &table.rows);
        rows.filter(|row| row.values().any(|value| value == text))
            .any(|row| row.get("verified").is_none_or(|word| word == "yes"))
    }

    /// Where scripts are run.
    #[must_use]
    pub fn room(&self) -> &Room {
        &self.room
    }

    /// The automata of all words and literals, built when first needed.
    pub(crate) fn scanner(&self) -> &Scanner {
        self.scanner.get_or_init(|| Scanner::new(&self.rules))
    }

    /// The rules that judge what was said to the tool, by code: they have no file.
    #[must_use]
    pub fn own(&self) -> &[RuleInfo] {
        &self.own
    }

    /// The rules that compare a consolidated report with its members, by code: they have no file and no check runs them.
    #[must_use]
    pub fn of_rollup(&self) -> &[RuleInfo] {
        &self.of_rollup
    }

    /// Whether there is a rule of this code, be it off or faulty.
    #[must_use]
    pub fn knows(&self, code: &str) -> bool {
        self.codes.contains(code)
    }

    /// All codes, those of rules that are off or faulty too.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(String::as_str)
    }

    /// What every rule says of itself, by code, the tool's own last.
    pub fn infos(&self) -> impl Iterator<Item = &RuleInfo> {
        self.rules.iter().map(|rule| &rule.info).chain(&self.of_rollup).chain(&self.own)
    }

    /// The ids of the forms that `--as` takes.
    pub fn form_ids(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().map(|form| form.id.as_ref())
    }
}
