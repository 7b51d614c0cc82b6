//! A script rule on a document: its reports become findings.

use super::host::Within;
use super::{Page, Script, ScriptError, ScriptReport};
use crate::finding::{Finding, LabelledSpan, Lang, Participant, Where};
use crate::rule::Rule;
use crate::say::{Job, Names, Outcome};
use crate::scan::Part;
use gouji_core::text::Lines;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Runs a script rule.
pub(crate) fn judge(job: &Job<'_>, idx: usize, rule: &Rule, script: &Script) -> Outcome {
    let mut outcome = Outcome { unbound: job.regions.missing(&rule.scope), ..Outcome::default() };
    if !outcome.unbound.is_empty() {
        return outcome;
    }
    let mut candidates = BTreeMap::new();
    for (at, (source, pattern)) in script.patterns().enumerate() {
        if !pattern.required().is_empty() {
            candidates.insert(source.to_owned(), job.hits.candidates(idx, Part::Script(at), pattern.required()));
        }
    }
    if script.needs_match && candidates.values().all(Vec::is_empty) {
        return Outcome { n_bound: 1, ..outcome };
    }
    let page = job.page.get_or_init(|| Arc::new(Page::new(job.bound, |block| job.regions.prose(block))));
    let n_blocks = job.bound.document.blocks.len();
    let within: Within = (!rule.scope.parts.is_empty())
        .then(|| (0..n_blocks).flat_map(|block| job.regions.stretches(&rule.scope, block)).collect());
    match job.rules.room().run(script, &rule.info, page, (within, candidates), job.rules.data(), job.today) {
        Ok(reports) => {
            outcome.n_failed = reports.len();
            outcome.n_bound = reports.len().max(1);
            outcome.findings = reports.into_iter().map(|report| finding(job, rule, report)).collect();
        }
        Err(error) => outcome.errored = Some(reason(rule, &error)),
    }
    outcome
}

fn finding(job: &Job<'_>, rule: &Rule, report: ScriptReport) -> Finding {
    let mut finding = job.finding(rule, report.span, Where::default(), &Names::default(), None);
    let own = |zh: Option<String>, en: Option<String>| if job.lang == Lang::En { en.or(zh) } else { zh };
    if let Some(say) = own(report.say, report.say_en) {
        finding.message = say;
    }
    finding.level = report.level.unwrap_or(finding.level);
    let labels = report
        .labels
        .into_iter()
        .map(|label| LabelledSpan { span: label.span, text: own(Some(label.say), label.say_en).unwrap_or_default() });
    finding.labels.extend(labels);
    finding.participants = report
        .numbers
        .into_iter()
        .map(|part| Participant {
            name: part.name,
            path: part.path,
            sign: 1,
            value: part.value.normalize().to_string(),
            span: part.span,
            right: false,
            document: None,
        })
        .collect();
    let fixes = report.fixes.into_iter();
    finding.fixes.extend(fixes.filter_map(|fix| job.fix(report.span, fix.text, fix.title, fix.level, fix.verified)));
    finding
}

/// Why the script failed, and where in the rule file.
fn reason(rule: &Rule, error: &ScriptError) -> (String, String) {
    let source = &rule.source;
    let place = Lines::new(&source.text).place(&source.text, error.span.start);
    let at = format!("{}:{}:{}", source.file, place.line, place.column);
    (format!("{at} {}", error.message), format!("{at} {}", error.message_en))
}
