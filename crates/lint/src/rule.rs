//! A rule that can not be wrong any more: every pattern, path, name, template and script was checked at load.
//!
//! Built by `crate::compile` only; the engine may use every field without checking it again.

mod example;
mod fact;
mod layout;
mod param;
mod select;
mod when;

pub use example::{Example, ExampleText, Given, Party, Tests};
pub use fact::FactKind;
pub use layout::Layout;
pub use param::{Param, ParamKind, ParamValue};
pub use select::{Axis, Binding, CellSelect, Cited, Doc, Each, Kin, Mention, SCOPE_WORDS, Scope, ScopePart, Select};
pub use when::{Need, When, Years};

use crate::expr::{Closeness, Comparison, Expr};
use crate::finding::{FixLevel, Lang};
use crate::path::LabelPath;
use crate::pattern::Pattern;
use crate::ruleset::RuleInfo;
use crate::script::Script;
use crate::template::Template;
use gouji_core::text::Span;
use std::sync::Arc;

/// A checked rule.
#[derive(Debug)]
pub struct Rule {
    /// What it says of itself: code, name, level, basis, pack.
    pub info: RuleInfo,
    /// Which documents it is meant for.
    pub when: When,
    /// What it needs that may not be known; without it the rule is skipped.
    pub needs: Vec<Need>,
    /// The kind of form its pack needs: without a document bound to one the rule is not applicable.
    pub pack_form: Option<String>,
    /// Where it looks.
    pub scope: Scope,
    /// The table it describes itself and looks at; only with `assert`.
    pub layout: Option<Layout>,
    /// Which shadow of the text `find` runs on.
    pub on: On,
    /// The names it gives to cells and mentions, in the order written.
    pub bindings: Vec<Binding>,
    /// What it is repeated for; none means once.
    pub each: Option<Each>,
    /// The name (capture or binding) where the finding is placed, where the author said.
    pub at: Option<String>,
    /// What it does.
    pub verb: Verb,
    /// What it says.
    pub say: Say,
    /// What to do about it.
    pub help: Option<BilingualTemplate>,
    /// Names (captures or bindings) shown with a few words, in the order written.
    pub labels: Vec<(String, BilingualTemplate)>,
    /// What may mend a finding, the best first; each replaces the finding's span.
    pub fixes: Vec<FixSpec>,
    /// What names of `let` are called in English.
    pub english: Vec<(String, String)>,
    /// Its own examples.
    pub tests: Tests,
    /// Where it stands.
    pub source: Source,
}

impl Rule {
    /// The binding of a name.
    #[must_use]
    pub fn binding(&self, name: &str) -> Option<&Binding> {
        self.bindings.iter().find(|binding| binding.name == name)
    }

    /// What a name of `let` is called in a language; itself where the author gave no other.
    pub(crate) fn name_in<'a>(&'a self, lang: Lang, name: &'a str) -> &'a str {
        let english = self.english.iter().find(|(own, _)| lang == Lang::En && own == name);
        english.map_or(name, |(_, word)| word)
    }
}

/// Where a rule stands, for errors that come up later.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file, as given.
    pub file: Arc<str>,
    /// Its whole text.
    pub text: Arc<str>,
    /// The rule's document within the file.
    pub span: Span,
    /// The value of `id`.
    pub id: Span,
}

/// A template in both languages.
#[derive(Clone, Debug)]
pub struct BilingualTemplate {
    /// Chinese.
    pub zh: Template,
    /// English, where the author gave one.
    pub en: Option<Template>,
}

impl BilingualTemplate {
    /// The one of a language; Chinese where there is no English.
    #[must_use]
    pub fn of(&self, lang: Lang) -> &Template {
        match (lang, &self.en) {
            (Lang::En, Some(en)) => en,
            _ => &self.zh,
        }
    }
}

/// What a rule says, by case.
#[derive(Clone, Debug, Default)]
pub struct Say {
    /// For every case that has no template of its own; only a script may lack it.
    pub general: Option<BilingualTemplate>,
    /// By case, in the order written.
    pub cases: Vec<(Case, BilingualTemplate)>,
}

impl Say {
    /// The template of a case, or the general one. None only for scripts.
    #[must_use]
    pub fn of(&self, case: Option<Case>, lang: Lang) -> Option<&Template> {
        self.cases
            .iter()
            .find(|(own, _)| Some(*own) == case)
            .map(|(_, template)| template)
            .or(self.general.as_ref())
            .map(|template| template.of(lang))
    }
}

/// How a `require` can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// A demanded thing is not there. Its template is also the general one.
    Missing,
    /// It is there more than once.
    Repeat,
    /// It stands in another place of the order.
    Order,
    /// A thing that is not demanded, under `extra: forbid`.
    Extra,
    /// The demanded text is not there.
    Text,
}

impl Case {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::Missing, Self::Repeat, Self::Order, Self::Extra, Self::Text];

    /// The word in rule files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Repeat => "repeat",
            Self::Order => "order",
            Self::Extra => "extra",
            Self::Text => "text",
        }
    }
}

/// Which shadow of the text is searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum On {
    /// As it stands.
    #[default]
    Text,
    /// Width and blanks folded; spans map back.
    Folded,
}

/// What a rule does.
#[derive(Debug)]
pub enum Verb {
    /// Fails where something is there.
    Find(Find),
    /// Fails where something is missing, doubled or out of order.
    Require(Require),
    /// Fails where an expression is false.
    Assert(Assert),
    /// Fails where a script says so.
    Script(Script),
}

impl Verb {
    /// The word in rule files.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Find(_) => "find",
            Self::Require(_) => "require",
            Self::Assert(_) => "assert",
            Self::Script(_) => "script",
        }
    }
}

/// What must not be there. The finding is the capture [`Rule::at`] of a pattern, else the whole match.
#[derive(Debug)]
pub struct Find {
    /// What is looked for.
    pub what: What,
    /// What takes a finding away.
    pub unless: Unless,
}

/// What a [`Find`] looks for.
#[derive(Debug)]
pub enum What {
    /// A pattern, within one block.
    Pattern(Pattern),
    /// Words, in the order written.
    Words(Vec<Word>),
    /// Facts that the reader or the form binding noted.
    Facts(Vec<FactKind>),
}

/// A wrong word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it must not be.
    pub wrong: String,
    /// As it should be; none: report only.
    pub right: Option<String>,
}

/// What takes a finding away; any one of them does.
#[derive(Debug, Default)]
pub struct Unless {
    /// A match of one in the same block overlaps the finding.
    pub patterns: Vec<Pattern>,
    /// The finding lies inside a pair of these marks.
    pub inside: Vec<Marks>,
    /// One of these words is in the same sentence.
    pub near: Vec<String>,
    /// The text of the block before the finding matches one; each ends in `\z`.
    pub before: Vec<Pattern>,
    /// The text of the block behind the finding matches one; each starts with `\A`.
    pub after: Vec<Pattern>,
}

/// Pairs of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// 书名号: 《》 〈〉.
    Titles,
    /// 引号: “” ‘’ 「」 『』 and straight ones.
    Quotes,
    /// 括号: （） () 〔〕 [] 【】 and the like.
    Brackets,
}

impl Marks {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Titles, Self::Quotes, Self::Brackets];

    /// The word in rule files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Titles => "书名号",
            Self::Quotes => "引号",
            Self::Brackets => "括号",
        }
    }
}

/// What must be there. Several demands of one rule are checked one after the other.
#[derive(Debug)]
pub struct Require {
    /// Sections of the form, by short name.
    pub sections: Option<Demand<String>>,
    /// Parts of sections, by short name.
    pub parts: Option<Demand<String>>,
    /// Tables, by short name.
    pub tables: Option<Demand<String>>,
    /// Rows of the scope's tables.
    pub rows: Option<Demand<LabelPath>>,
    /// Columns of the scope's tables.
    pub cols: Option<Demand<LabelPath>>,
    /// A text that must match somewhere in the scope.
    pub text: Option<Pattern>,
    /// Whether the order of the form (or of the list) is demanded too.
    pub order: Order,
    /// Whether things beyond the demanded ones are allowed.
    pub extra: Extra,
    /// Short names that are not demanded and, as extras, not reported.
    pub except_names: Vec<String>,
    /// Rows and columns that are not demanded and, as extras, not reported; the same list as paths.
    pub except_paths: Vec<LabelPath>,
}

/// What of a kind is demanded.
#[derive(Debug)]
pub enum Demand<T> {
    /// All that the form has.
    Form,
    /// These, in this order.
    These(Vec<T>),
}

/// Whether the order counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// No.
    #[default]
    Any,
    /// Yes.
    Strict,
}

/// Whether more than the demanded things may be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extra {
    /// Yes.
    #[default]
    Allow,
    /// No.
    Forbid,
}

/// What must be true.
#[derive(Debug)]
pub struct Assert {
    /// The whole expression.
    pub expr: Expr,
    /// Its two sides, where it is a comparison at the top.
    pub comparison: Option<Comparison>,
    /// When the sides count as equal; exactly where there is no comparison by `==`, `<=` or `>=`.
    pub closeness: Closeness,
    /// What a blank cell among its numbers means.
    pub blank: OnBlank,
}

/// What a blank cell means that an assertion needs a number of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnBlank {
    /// That it can not be told whether the assertion holds.
    #[default]
    Undetermined,
    /// Zero.
    Zero,
    /// A finding of its own, at the cell.
    Error,
}

/// A way to mend a finding: its span is replaced by what the template gives.
#[derive(Clone, Debug)]
pub struct FixSpec {
    /// What it does, in a few words; none: 改为“…”.
    pub title: Option<BilingualTemplate>,
    /// How sure the author is; the engine may lower it.
    pub level: FixLevel,
    /// What takes the finding's place.
    pub template: Template,
}
