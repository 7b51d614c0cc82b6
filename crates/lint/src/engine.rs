//! One document through all rules.

use crate::accept::{self, Acceptance};
use crate::bind::{Given, bind};
use crate::date::Date;
use crate::earlier::{BoundEarlier, Earlier, Prev};
use crate::finding::{Finding, Lang, LedgerEntry, Report, Status};
use crate::guard::Guard;
use crate::mask::Mask;
use crate::rule::{Rule, Verb};
use crate::ruleset::RuleSet;
use crate::say::{self, Job, Outcome, Reason};
use crate::scan::Hits;
use crate::scope::Regions;
use crate::trace::{Trace, Tracer};
use crate::{assert, find, fingerprint, group, mask, repair, require, script, when};
use gouji_core::document::Document;
use gouji_core::format::ReadOptions;
use gouji_core::text::Span;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// What a check is given beside the document and the rules.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// The language of messages.
    pub lang: Lang,
    /// Today; rules that need it are skipped without it.
    pub today: Option<Date>,
    /// The year of the report, instead of what its title says.
    pub year: Option<i32>,
    /// The organ, instead of what its title says.
    pub organ: Option<String>,
    /// The form, instead of the one its labels choose.
    pub form: Option<String>,
    /// How reports are read, where their formats leave a choice.
    pub reading: ReadOptions,
    /// Last year's report; rules that need it are skipped without it.
    pub prev: Arc<Prev>,
    /// Code prefixes to run; empty means all.
    pub select: Vec<String>,
    /// Code prefixes to leave out.
    pub ignore: Vec<String>,
    /// The entries of a configuration's accept list that concern the document.
    pub acceptances: Vec<Arc<Acceptance>>,
    /// The fingerprints that the baseline has for the document.
    pub known: Arc<BTreeSet<String>>,
    /// Code prefixes of rules to trace; empty means none, an empty prefix all.
    pub trace: Vec<String>,
    /// A clock, to tell how long each rule took: the time since some moment. No verdict depends on it.
    pub now: Option<fn() -> Duration>,
}

impl CheckOptions {
    /// Whether a rule is to be run.
    #[must_use]
    pub fn selects(&self, id: &str) -> bool {
        (self.select.is_empty() || has(&self.select, id)) && !has(&self.ignore, id)
    }
}

/// Whether a code starts with one of these.
fn has(prefixes: &[String], id: &str) -> bool {
    prefixes.iter().any(|prefix| id.starts_with(prefix.as_str()))
}

/// Runs every selected rule on a document, and all that mask. Findings come grouped, sorted by span, then rule; what the
/// report says is masked, and [`Report::mask`] masks the document for those who show it.
#[must_use]
pub fn check(document: &Document, rules: &RuleSet, options: &CheckOptions) -> Report {
    let given = Given::of(rules, options);
    let mut report = check_each(document, rules, options, &given);
    report.mask.fixes(&mut report.findings);
    report.findings = group::group(report.findings, rules);
    report
}

/// A document made ready for rules: bound, scanned, its regions told.
pub(crate) fn with_job<T>(
    document: &Document,
    rules: &RuleSet,
    options: &CheckOptions,
    given: &Given<'_>,
    act: impl FnOnce(&Job<'_>) -> T,
) -> T {
    let bound = bind(document, rules, options, given);
    let prev = options.prev.report().map(|earlier| BoundEarlier::new(earlier, rules, given));
    let regions = Regions::new(&bound, given.anything_goes);
    let hits = Hits::new(document, rules);
    let guard = Guard::new(&bound);
    let job = Job {
        bound: &bound,
        prev: prev.as_ref(),
        rules,
        regions: &regions,
        hits: &hits,
        guard: &guard,
        lang: options.lang,
        today: options.today,
        pages: OnceLock::new(),
        tracer: Tracer::default(),
    };
    act(&job)
}

/// As [`check`], with every finding on its own.
pub(crate) fn check_each(document: &Document, rules: &RuleSet, options: &CheckOptions, given: &Given<'_>) -> Report {
    with_job(document, rules, options, given, |job| report(job, options))
}

fn report(job: &Job<'_>, options: &CheckOptions) -> Report {
    let (bound, rules) = (job.bound, job.rules);
    let mut report = Report {
        title: bound.title.as_ref().map(|title| title_line(bound.document, title)),
        organ: bound.organ.clone(),
        year: bound.year,
        form: bound.form.map(|form| form.id.to_string()),
        tables: bound.tables.iter().flatten().map(|table| (table.table, table.name.clone())).collect(),
        findings: Vec::new(),
        ledger: Vec::new(),
        fates: Vec::new(),
        traces: Vec::new(),
        mask: Mask::default(),
    };
    let mut secrets = Vec::new();
    for (idx, rule) in rules.rules().iter().enumerate() {
        let is_selected = options.selects(&rule.info.id);
        if !is_selected && !rule.info.mask {
            continue;
        }
        if is_selected && has(&options.trace, &rule.info.id) {
            job.tracer.start();
        }
        let started = options.now.map(|now| now());
        let outcome = when::rests(rule, job, options).unwrap_or_else(|| run(job, idx, rule));
        let took = options.now.zip(started).map(|(now, started)| now().saturating_sub(started));
        report.traces.extend(trace(job, rule));
        if rule.info.mask {
            secrets.extend(secrets_in(&outcome, &bound.document.text));
        }
        // A rule that masks is run whether it is asked for or not; that it failed is told in any case.
        if is_selected || outcome.errored.is_some() {
            report.ledger.push(LedgerEntry { took, ..entry(rule, &outcome, options.lang) });
        }
        if is_selected {
            report.findings.extend(outcome.findings);
        }
    }
    repair::explain(job, options, &mut report.findings);
    let earlier = options.prev.report().map(|earlier| (earlier, secrets_of(earlier, rules)));
    let quoted = earlier.iter().flat_map(|(earlier, places)| places.iter().map(|at| at.of(&earlier.document.text)));
    report.mask = Mask::new(bound.document, secrets, &quoted.collect::<Vec<&str>>());
    accept::settle(&mut report, bound.document, rules, options);
    report.mask.clone().report(&mut report);
    fingerprint::take(&mut report.findings, bound.document, &report.mask);
    // Stable: what one rule says of one place stays in the order of the form.
    report.findings.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    report.ledger.sort_by(|a, b| a.rule.cmp(&b.rule));
    fingerprint::tell_apart(&mut report.findings);
    // What is said of acceptances is never old: it concerns what somebody wrote to the tool.
    let may_be_known = |finding: &&mut Finding| finding.accepted.is_none() && !finding.is_own();
    for finding in report.findings.iter_mut().filter(may_be_known) {
        finding.known = options.known.contains(&finding.fingerprint);
    }
    report
}

/// What a rule that masks hit. One that failed may have missed some, so every long number is taken for a secret then.
fn secrets_in(outcome: &Outcome, text: &str) -> Vec<Span> {
    let missed = if outcome.errored.is_some() { mask::long_numbers(text) } else { Vec::new() };
    outcome.places().chain(missed).collect()
}

/// What rules that mask hit in last year's report: other rules may quote it.
fn secrets_of(earlier: &Earlier, rules: &RuleSet) -> Vec<Span> {
    let options = CheckOptions::default();
    with_job(&earlier.document, rules, &options, &Given::default(), |job| secrets(job, &options))
}

/// What the rules that mask hit, without asking what others say.
pub(crate) fn secrets(job: &Job<'_>, options: &CheckOptions) -> Vec<Span> {
    let own = job.rules.rules().iter().enumerate().filter(|(_, rule)| rule.info.mask);
    let own = own.filter(|(_, rule)| when::rests(rule, job, options).is_none());
    let run = own.map(|(idx, rule)| run(job, idx, rule));
    run.flat_map(|outcome| secrets_in(&outcome, &job.bound.document.text)).collect()
}

/// The codes of the rules that look over some of these stretches of the text without naming them, in order: those of
/// `find` and `script` whose scope has part of one. What the other verbs looked at, a trace tells.
#[must_use]
pub fn rules_over(document: &Document, rules: &RuleSet, options: &CheckOptions, spans: &[Span]) -> Vec<Arc<str>> {
    let given = Given::of(rules, options);
    let touches = |own: Span| spans.iter().any(|span| span.overlaps(own));
    with_job(document, rules, options, &given, |job| {
        let blocks = (0..document.blocks.len()).filter(|&block| touches(document.blocks[block].span));
        let blocks: Vec<usize> = blocks.collect();
        let looks = |rule: &&Rule| {
            let is_open = matches!(rule.verb, Verb::Find(_) | Verb::Script(_)) && options.selects(&rule.info.id);
            // One that looks for citations looks over all the text for them.
            let mut stretches = blocks.iter().flat_map(|&block| job.regions.parts(&rule.scope, block));
            is_open && when::rests(rule, job, options).is_none() && stretches.any(touches)
        };
        rules.rules().iter().filter(looks).map(|rule| rule.info.id.clone()).collect()
    })
}

/// The title as written, on one line.
fn title_line(document: &Document, title: &crate::bind::ReadTitle) -> String {
    title.lines.iter().map(|line| line.of(&document.text)).collect()
}

fn run(job: &Job<'_>, idx: usize, rule: &Rule) -> Outcome {
    match &rule.verb {
        Verb::Find(find) => find::run(job, idx, rule, find),
        Verb::Require(require) => require::run(job, idx, rule, require),
        Verb::Assert(assert) => assert::run(job, idx, rule, assert),
        Verb::Script(script) => script::judge(job, idx, rule, script),
    }
}

/// What a traced rule did; none for one that is not traced.
fn trace(job: &Job<'_>, rule: &Rule) -> Option<Trace> {
    let taken = job.tracer.stop()?;
    Some(Trace {
        rule: rule.info.id.clone(),
        name: rule.info.name.of(job.lang).to_owned(),
        verb: rule.info.verb,
        steps: taken.steps,
        n_more: taken.n_more,
        formula: match &rule.verb {
            Verb::Assert(assert) => Some(assert.expr.source().to_owned()),
            Verb::Find(_) | Verb::Require(_) | Verb::Script(_) => None,
        },
        work: taken.work,
    })
}

fn entry(rule: &Rule, outcome: &Outcome, lang: Lang) -> LedgerEntry {
    let say = |reasons: &[Reason]| say::reasons(lang, reasons);
    let one = |reason: &Option<Reason>| say(reason.as_slice());
    let more = (outcome.n_more > 0).then(|| {
        (format!("另有 {} 处没有逐一列出", outcome.n_more), format!("{} more are not listed", outcome.n_more))
    });
    let (status, why) = if outcome.errored.is_some() {
        (Status::Errored, one(&outcome.errored))
    } else if outcome.not_applicable.is_some() {
        (Status::NotApplicable, one(&outcome.not_applicable))
    } else if !outcome.skipped.is_empty() {
        (Status::Skipped, say(&outcome.skipped))
    } else if outcome.n_failed > 0 {
        let reasons: Vec<Reason> =
            more.into_iter().chain(outcome.unbound.clone()).chain(outcome.undetermined.clone()).collect();
        (Status::Failed, say(&reasons))
    } else if !outcome.unbound.is_empty() {
        (Status::Unbound, say(&outcome.unbound))
    } else if !outcome.undetermined.is_empty() {
        (Status::Undetermined, say(&outcome.undetermined))
    } else {
        (Status::Ok, None)
    };
    let rule = rule.info.id.clone();
    LedgerEntry { rule, status, bound: outcome.n_bound, failed: outcome.n_failed, why, took: None }
}
