//! A document bound to its form: which section, table, row and column of the form each of its own is.
//!
//! Labels choose the form, the year judges it. What differs from the form is noted as facts; rules judge them.

mod align;
mod cells;
mod fact;
mod layout;
mod leftover;
mod sections;
mod tables;
mod title;

pub use fact::Fact;
pub(crate) use leftover::KINDS as LEFTOVERS;
pub use sections::BoundSection;
pub use tables::BoundTable;
pub use title::ReadTitle;

use crate::engine::CheckOptions;
use crate::form::{Form, FormLabel};
use crate::ruleset::RuleSet;
use fact::Facts;
use gouji_core::document::Document;
use std::collections::BTreeSet;

/// A document and what it is by its form.
#[derive(Debug)]
pub struct Bound<'a> {
    /// The document.
    pub document: &'a Document,
    /// The form its labels chose, or the one that was asked for; none where it is no such report.
    pub form: Option<&'a Form>,
    /// Why there is no form, in Chinese and English.
    pub no_form: Option<(String, String)>,
    /// The title, where one was understood.
    pub title: Option<ReadTitle>,
    /// The organ, as given or from the title.
    pub organ: Option<String>,
    /// The year of the report, as given or from the title.
    pub year: Option<i32>,
    /// For each section of the form, the document's; empty without a form.
    pub sections: Vec<Option<BoundSection>>,
    /// For each section of the form, for each of its parts, the document's section.
    pub parts: Vec<Vec<Option<BoundSection>>>,
    /// Sections of the document that repeat a part of the form's section they lie in, as (form's section, its part,
    /// document's).
    pub repeated_parts: Vec<(usize, usize, usize)>,
    /// Top sections of the document that repeat a section of the form, as (form's, document's).
    pub repeated_sections: Vec<(usize, usize)>,
    /// Numbered top sections of the document that are none of the form's.
    pub extra_sections: Vec<usize>,
    /// For each table of the form, the document's; empty without a form.
    pub tables: Vec<Option<BoundTable>>,
    /// What differs from the form, and what the reader found odd, by place.
    pub facts: Vec<Fact>,
}

/// What stands fast before binding: for a rule's own tests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given<'a> {
    /// The form, whatever the document says.
    pub(crate) form: Option<&'a Form>,
    /// The table that the first table of the document is taken as.
    pub(crate) table: Option<usize>,
    /// Whether the whole document is whatever a rule's `in` names: a rule's own one-line example.
    pub(crate) anything_goes: bool,
    /// Whether it is a rule's own example: rows that are not there are not missed.
    pub(crate) is_example: bool,
}

impl<'a> Given<'a> {
    /// What the caller of a check gave: the form that was asked for.
    pub(crate) fn of(rules: &'a RuleSet, options: &CheckOptions) -> Self {
        let form = options.form.as_deref().and_then(|id| rules.forms().iter().find(|form| &*form.id == id));
        Self { form, ..Self::default() }
    }
}

/// The title, as the patterns of some form understand it.
pub(crate) fn read_title(document: &Document, rules: &RuleSet) -> Option<ReadTitle> {
    rules.forms().iter().rev().find_map(|form| title::read(document, form))
}

/// How many section titles make a document a report of a form.
const SECTIONS_THAT_TELL: usize = 3;

/// Binds a document.
pub(crate) fn bind<'a>(
    document: &'a Document,
    rules: &'a RuleSet,
    options: &CheckOptions,
    given: &Given<'a>,
) -> Bound<'a> {
    let title = read_title(document, rules);
    let year = options.year.or(title.as_ref().and_then(|title| title.year));
    let organ = options.organ.clone().or_else(|| title.as_ref().and_then(|title| title.organ.clone()));
    let mut bound = Bound {
        document,
        form: None,
        no_form: None,
        title,
        organ,
        year,
        sections: Vec::new(),
        parts: Vec::new(),
        repeated_parts: Vec::new(),
        repeated_sections: Vec::new(),
        extra_sections: Vec::new(),
        tables: Vec::new(),
        facts: leftover::facts(document),
    };
    let keys: Vec<_> = document.tables.iter().map(tables::keys_of).collect();
    let form = given.form.or_else(|| choose(document, &keys, rules.forms(), bound.title.is_some(), year));
    let Some(form) = form else {
        bound.no_form = Some((
            "标题和各部分标题都不是政府信息公开工作年度报告".to_owned(),
            "neither its title nor its section titles are those of a known form".to_owned(),
        ));
        return bound;
    };
    // No form is known for the years before the first: such a report is not held against a later one.
    let first = rules.forms().iter().filter(|other| other.kind == form.kind).map(|other| other.from).min().flatten();
    if let (Some(year), Some(first), None) = (year, first, given.form)
        && year < first
    {
        bound.no_form = Some((
            format!("{year}年的报告早于已知的格式（{first}年起）"),
            format!("no form is known for {year}; the first is that of {first}"),
        ));
        return bound;
    }
    bound.form = Some(form);
    let mut facts = Facts::new(document);
    sections::bind(&mut bound, form, &mut facts);
    tables::bind(&mut bound, form, given, &keys, &mut facts);
    // The year judges: labels of a superseded form are noted against the form that the year needs.
    let needed =
        year.and_then(|year| rules.forms().iter().find(|other| other.kind == form.kind && other.holds_in(year)));
    tables::note_superseded(&bound, needed.unwrap_or(form), &mut facts);
    title::note(&bound, form, &mut facts);
    bound.facts.extend(facts.finish());
    bound.facts.sort_by_key(|fact| (fact.span, fact.kind));
    bound
}

/// The form whose labels the document has most of; none where neither title nor sections tell of one.
fn choose<'a>(
    document: &Document,
    keys: &[BTreeSet<&str>],
    forms: &'a [Form],
    has_title: bool,
    year: Option<i32>,
) -> Option<&'a Form> {
    forms.iter().filter(|form| has_title || sections::n_titles(document, form) >= SECTIONS_THAT_TELL).max_by_key(
        |form| {
            let needed = year.map_or(form.to.is_none(), |year| form.holds_in(year));
            (tables::n_labels(keys, form), needed, form.from)
        },
    )
}

impl Bound<'_> {
    /// The form's table that a document's table was bound to (index into the form's tables).
    pub(crate) fn form_table_of(&self, table: usize) -> Option<usize> {
        self.tables.iter().position(|bound| bound.as_ref().is_some_and(|bound| bound.table == table))
    }

    /// The bound table with a short name.
    ///
    /// # Errors
    /// Why there is none, in Chinese and English.
    pub fn table(&self, name: &str) -> Result<&BoundTable, (String, String)> {
        let found = self.form.and_then(|form| form.table(name)).and_then(|idx| self.tables[idx].as_ref());
        found.ok_or_else(|| (format!("没有找到{name}"), format!("the table {name} was not found")))
    }
}

/// The last label's key of a path; empty for a path without labels.
pub(crate) use align::{is_below, likeness};
pub(crate) use layout::{Fitted, fit};
pub(crate) use tables::path_name;

pub(crate) fn leaf_key(path: &[FormLabel]) -> &str {
    path.last().map_or("", |label| label.key.as_str())
}
