//! Last year's report of the same organ: what rules that need `prev` compare with.

use crate::bind::{Bound, Given, bind};
use crate::engine::CheckOptions;
use crate::ruleset::RuleSet;
use crate::say::Reason;
use gouji_core::document::Document;
use std::sync::Arc;

/// Last year's report, read.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// The report.
    pub document: Document,
    /// The file, as messages name it.
    pub path: Arc<str>,
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

    /// Why it is not the report before a report of this year; none where it is, or where that can not be told.
    pub(crate) fn misfit(&self, year: Option<i32>) -> Option<Reason> {
        let (own, year) = (self.bound.year?, year?);
        (own + 1 != year).then(|| {
            (
                format!("给出的是{own}年度报告，要的是{}年度报告", year - 1),
                format!("the report given is that of {own}, not of {}", year - 1),
            )
        })
    }
}
