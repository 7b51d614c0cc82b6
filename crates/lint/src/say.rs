//! From a hit to a finding: names filled into templates, place in words, fixes.

use crate::bind::Bound;
use crate::date::Date;
use crate::earlier::BoundEarlier;
use crate::finding::{Finding, Fix, FixLevel, LabelledSpan, Lang, Where};
use crate::guard::Guard;
use crate::rule::{Case, Rule};
use crate::ruleset::RuleSet;
use crate::scan::Hits;
use crate::scope::Regions;
use crate::script::Pages;
use crate::template::{Facet, Slot};
use crate::trace::{Step, Tracer};
use gouji_core::document::Document;
use gouji_core::text::{Edit, Span};
use rust_decimal::Decimal;
use std::sync::OnceLock;

/// All that a rule is run with.
#[derive(Debug)]
pub(crate) struct Job<'a> {
    pub(crate) bound: &'a Bound<'a>,
    /// Last year's report.
    pub(crate) prev: Option<&'a BoundEarlier<'a>>,
    pub(crate) rules: &'a RuleSet,
    pub(crate) regions: &'a Regions<'a>,
    pub(crate) hits: &'a Hits<'a>,
    pub(crate) guard: &'a Guard<'a>,
    pub(crate) lang: Lang,
    /// The date of the check as year, month, day.
    pub(crate) today: Option<Date>,
    /// What scripts see, made when the first of them runs.
    pub(crate) pages: OnceLock<Pages>,
    /// Takes the steps of rules that are traced.
    pub(crate) tracer: Tracer,
}

/// What one rule came to on one document.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) findings: Vec<Finding>,
    /// How many things it was applied to.
    pub(crate) n_bound: usize,
    /// How many of them failed.
    pub(crate) n_failed: usize,
    /// How many failures beyond the most that are told.
    pub(crate) n_more: usize,
    /// Where else it found something, of a rule that masks: beyond the most that are told, or before it failed.
    pub(crate) secrets: Vec<Span>,
    /// Why it could not be applied somewhere, in Chinese and English.
    pub(crate) unbound: Vec<Reason>,
    /// Where a number was missing.
    pub(crate) undetermined: Vec<Reason>,
    /// Why it has nothing to say about this document.
    pub(crate) not_applicable: Option<Reason>,
    /// What it needs and was not given.
    pub(crate) skipped: Vec<Reason>,
    /// Why the rule itself failed.
    pub(crate) errored: Option<Reason>,
}

impl Outcome {
    /// Counts a failure beyond the most that are told.
    pub(crate) fn pass_over(&mut self, rule: &Rule, span: Span) {
        self.n_more += 1;
        if rule.info.mask {
            self.secrets.push(span);
        }
    }

    /// Where it is that a masking rule found something, the further places of its findings included.
    pub(crate) fn places(&self) -> impl Iterator<Item = Span> {
        let labels = |finding: &Finding| finding.labels.iter().map(|label| label.span).collect::<Vec<Span>>();
        let told = self.findings.iter().flat_map(move |found| labels(found).into_iter().chain([found.span]));
        told.chain(self.secrets.iter().copied())
    }
}

/// A reason in Chinese and English.
pub(crate) type Reason = (String, String);

/// The heading of the top section that a span lies in, as written.
pub(crate) fn top_heading(document: &Document, span: Span) -> Option<String> {
    let mut section = document.section_at(span.start);
    while let Some(parent) = section.and_then(|at| document.sections[at].parent) {
        section = Some(parent);
    }
    section.map(|at| document.heading_text(at).to_owned())
}

/// Reasons in one language, each once; none where there are none.
pub(crate) fn reasons(lang: Lang, reasons: &[Reason]) -> Option<String> {
    let mut words: Vec<&str> = Vec::new();
    for (zh, en) in reasons {
        let said = if lang == Lang::En { en } else { zh };
        if !words.contains(&said.as_str()) {
            words.push(said);
        }
    }
    (!words.is_empty()).then(|| words.join(if lang == Lang::En { "; " } else { "；" }))
}

/// What a name stands for in a message.
#[derive(Clone, Debug, Default)]
pub(crate) struct Named {
    pub(crate) value: String,
    pub(crate) number: Option<Decimal>,
    pub(crate) label: String,
    pub(crate) text: String,
    pub(crate) row: String,
    pub(crate) col: String,
    /// Where it stands; none for what was computed.
    pub(crate) span: Option<Span>,
}

impl Named {
    pub(crate) fn text(value: impl Into<String>) -> Self {
        let value = value.into();
        Self { text: value.clone(), value, ..Self::default() }
    }

    pub(crate) fn number(value: Decimal) -> Self {
        Self { value: value.normalize().to_string(), number: Some(value), ..Self::default() }
    }

    pub(crate) fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    fn facet(&self, facet: Facet) -> String {
        match facet {
            Facet::Value => self.value.clone(),
            Facet::Abs => self.number.map_or_else(|| self.value.clone(), |n| n.abs().normalize().to_string()),
            Facet::Label => self.label.clone(),
            Facet::Text => self.text.clone(),
            Facet::Row => self.row.clone(),
            Facet::Col => self.col.clone(),
        }
    }
}

/// Names of a message; the last one given wins.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pairs: Vec<(String, Named)>,
}

impl Names {
    pub(crate) fn set(&mut self, name: &str, named: Named) {
        self.pairs.push((name.to_owned(), named));
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Named> {
        self.pairs.iter().rev().find(|(own, _)| own == name).map(|(_, named)| named)
    }
}

impl Job<'_> {
    pub(crate) fn text(&self, span: Span) -> &str {
        span.of(&self.bound.document.text)
    }

    /// Notes a step of the running rule, where it is traced.
    pub(crate) fn step(&self, step: impl FnOnce() -> Step) {
        self.tracer.step(step);
    }

    /// A finding of a rule at a span. The place is completed from the text where the caller leaves it empty.
    pub(crate) fn finding(&self, rule: &Rule, span: Span, place: Where, names: &Names, case: Option<Case>) -> Finding {
        let fill = |slot: &Slot| self.fill(slot, span, names);
        let message = rule.say.of(case, self.lang).map_or_else(String::new, |say| say.render(fill));
        let labels = rule.labels.iter().filter_map(|(name, words)| {
            let span = names.get(name)?.span?;
            Some(LabelledSpan { span, text: words.of(self.lang).render(fill) })
        });
        let mut finding = Finding {
            help: rule.help.as_ref().map(|help| help.of(self.lang).render(fill)),
            place: self.complete(place, span),
            labels: labels.collect(),
            ..Finding::of(&rule.info, self.lang, message, span)
        };
        for spec in &rule.fixes {
            let insert = spec.template.render(fill);
            let title = spec.title.as_ref().map(|title| title.of(self.lang).render(fill));
            finding.fixes.extend(self.fix(span, insert, title, spec.level, false));
        }
        finding
    }

    /// A fix that replaces `span`, at most as sure as the guard allows; none where it would change nothing.
    /// `by_script`: words that stand whole in a verified row of a table of facts may change what stands in marks.
    pub(crate) fn fix(
        &self,
        span: Span,
        insert: String,
        title: Option<String>,
        level: FixLevel,
        by_script: bool,
    ) -> Option<Fix> {
        if self.text(span) == insert {
            return None;
        }
        let title = title.unwrap_or_else(|| match (self.lang, insert.is_empty()) {
            (Lang::Zh, true) => format!("删去“{}”", self.text(span)),
            (Lang::Zh, false) => format!("改为“{insert}”"),
            (Lang::En, true) => format!("remove “{}”", self.text(span)),
            (Lang::En, false) => format!("change to “{insert}”"),
        });
        let edits = vec![Edit { span, insert }];
        let verified = |edit: &Edit| by_script && self.rules.verifies(&edit.insert);
        let level = level.min(self.guard.allows(&edits, verified));
        Some(Fix { title, level, edits })
    }

    fn fill(&self, slot: &Slot, span: Span, names: &Names) -> Option<String> {
        if let Some(named) = names.get(&slot.name) {
            return Some(named.facet(slot.facet));
        }
        match slot.name.as_str() {
            "text" => Some(self.text(span).to_owned()),
            "organ" => self.bound.organ.clone(),
            "year" => self.bound.year.map(|year| year.to_string()),
            "section" => self.complete(Where::default(), span).section,
            "table" => self.complete(Where::default(), span).table,
            _ => None,
        }
    }

    /// Fills in the top section and the table that a span lies in.
    fn complete(&self, mut place: Where, span: Span) -> Where {
        let document = self.bound.document;
        place.section = place.section.or_else(|| top_heading(document, span));
        if place.table.is_none() {
            let table = document.tables.iter().position(|table| table.span.contains(span));
            let of = table.and_then(|table| self.bound.form_table_of(table));
            place.table = of.zip(self.bound.form).map(|(of, form)| form.tables[of].name.clone());
        }
        place
    }
}
