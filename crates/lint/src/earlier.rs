//! Last year's report of the same organ: what rules that need `prev` compare with.

use crate::bind::{Bound, Given, bind, read_title};
use crate::engine::CheckOptions;
use crate::ruleset::RuleSet;
use crate::say::Reason;
use gouji_core::document::Document;
use gouji_core::label::fold;
use std::sync::Arc;

/// Last year's report, read.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// The report.
    pub document: Document,
    /// The file, as messages name it.
    pub path: Arc<str>,
}

/// What is known of last year's report when a report is checked.
#[derive(Clone, Debug, Default)]
pub enum Prev {
    /// None was given.
    #[default]
    NotGiven,
    /// Several reports of the organ and year were given, by file: which of them is meant can not be told.
    Several(Vec<String>),
    /// Reports were given, and among them none of the organ and year that are wanted; the other years of the organ.
    NotAmong {
        /// The organ.
        organ: String,
        /// The year wanted.
        year: i32,
        /// The years there are, ascending.
        years: Vec<i32>,
    },
    /// It was given.
    Given(Box<Earlier>),
}

impl Prev {
    /// The report; none where there is not just one.
    #[must_use]
    pub fn report(&self) -> Option<&Earlier> {
        match self {
            Self::NotGiven | Self::Several(_) | Self::NotAmong { .. } => None,
            Self::Given(earlier) => Some(earlier.as_ref()),
        }
    }

    /// Why there is none; none where it was given.
    pub(crate) fn absence(&self) -> Option<Reason> {
        let (zh, en) = match self {
            Self::Given(_) => return None,
            Self::NotGiven => (
                "需要上一年度报告，用 --prev 给出".to_owned(),
                "needs last year's report: give it with --prev".to_owned(),
            ),
            Self::NotAmong { organ, year, years } => {
                let listed = |join: &str| years.iter().map(i32::to_string).collect::<Vec<_>>().join(join);
                let (zh, en) = match years.is_empty() {
                    true => (String::new(), String::new()),
                    false => (format!("（有{}年度的）", listed("、")), format!(" (there are {})", listed(", "))),
                };
                (
                    format!("给出的报告里没有{organ}{year}年度的{zh}"),
                    format!("none of the reports given is that of {organ} for {year}{en}"),
                )
            }
            Self::Several(files) => (
                format!("上一年度报告有 {} 份（{}），用 --prev 指明一份", files.len(), files.join("、")),
                format!("there are {} of last year's report ({}): name one with --prev", files.len(), files.join(", ")),
            ),
        };
        Some((zh, en))
    }
}

/// Last year's report, bound to its form.
#[derive(Debug)]
pub(crate) struct BoundEarlier<'a> {
    pub(crate) bound: Bound<'a>,
    pub(crate) path: &'a Arc<str>,
}

impl<'a> BoundEarlier<'a> {
    /// `given`: what stands fast of the report under check; it is told of last year's only in a rule's own example.
    pub(crate) fn new(earlier: &'a Earlier, rules: &'a RuleSet, given: &Given<'a>) -> Self {
        let given = if given.is_example { given.clone() } else { Given::default() };
        Self { bound: bind(&earlier.document, rules, &CheckOptions::default(), &given), path: &earlier.path }
    }

    /// Why it is not the report before a report of this organ and year; none where it is, or where that can not be told.
    pub(crate) fn misfit(&self, bound: &Bound<'_>, rules: &RuleSet) -> Option<Reason> {
        if let (Some(own), Some(year)) = (self.bound.year, bound.year)
            && own + 1 != year
        {
            return Some((
                format!("给出的是{own}年度报告，要的是{}年度报告", year - 1),
                format!("the report given is that of {own}, not of {}", year - 1),
            ));
        }
        let (theirs, own) = (self.bound.organ.as_deref()?, bound.organ.as_deref()?);
        let name = |organ: &str| Identity::new(organ, 0, rules).organ;
        // 清州市青禾县水利局 is 青禾县水利局.
        let is_same = name(theirs).ends_with(&name(own)) || name(own).ends_with(&name(theirs));
        (!is_same).then(|| {
            (
                format!("给出的是{theirs}的报告，不是{own}的；确是同一机关，用 --organ {theirs}"),
                format!(
                    "the report given is that of {theirs}, not of {own}; where they are one, give --organ {theirs}"
                ),
            )
        })
    }
}

/// Whose report of which year a document is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// The organ without width and blanks, by the name it has today where the tables `organs-renamed…` know it.
    pub organ: String,
    /// The year of the report.
    pub year: i32,
}

impl Identity {
    /// That of an organ and a year as given or read from a title.
    #[must_use]
    pub fn new(organ: &str, year: i32, rules: &RuleSet) -> Self {
        let mut organ = fold(organ);
        let tables = rules.data().iter().filter(|(name, _)| name.starts_with("organs-renamed"));
        for row in tables.flat_map(|(_, table)| &table.rows) {
            let (Some(former), Some(present)) = (row.get("former"), row.get("present")) else { continue };
            // A name that ends in the present one may end in the former one, too: 国家市场监督管理总局.
            if let Some(place) = organ.strip_suffix(former.as_str()).filter(|_| !organ.ends_with(present.as_str())) {
                organ = format!("{place}{present}");
                break;
            }
        }
        Self { organ, year }
    }

    /// The organ and the year that the title of a document says, as written; none where it does not say both.
    #[must_use]
    pub fn read(document: &Document, rules: &RuleSet) -> Option<(String, i32)> {
        let title = read_title(document, rules)?;
        Some((title.organ?, title.year?))
    }
}
