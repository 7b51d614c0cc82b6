//! A script rule on a document: its reports become findings.

use super::host::Within;
use super::room::Stop;
use super::{Pages, Place, Script, ScriptError, ScriptReport};
use crate::finding::{Finding, LabelledSpan, Lang, Participant, Sides, Where};
use crate::rule::{Rule, Scope};
use crate::say::{Job, Names, Outcome};
use crate::scan::Part;
use crate::trace::{End, Step};
use gouji_core::text::Lines;
use std::collections::BTreeMap;

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
    let pages = job.pages.get_or_init(|| Pages::new(job));
    let within: Within = (rule.scope != Scope::default()).then(|| job.regions.all_stretches(&rule.scope));
    let ran = job.rules.room().run(script, &rule.info, pages, (within, candidates), job.rules.data(), job.today);
    for (at, said) in ran.said {
        job.step(|| Step::at(End::Said, said.text, said.span).because(Some(place(rule, &at))));
    }
    job.tracer.work(ran.work);
    match ran.end {
        Err(Stop::Failed(error)) => {
            outcome.errored = Some(reason(rule, &error));
            if rule.info.mask {
                outcome.secrets = ran.reports.iter().map(|report| report.span).collect();
            }
        }
        // What was found before the number that is not there stands.
        end => {
            outcome.n_failed = ran.reports.len();
            outcome.n_bound = ran.reports.len().max(1);
            outcome.findings = ran.reports.into_iter().map(|report| finding(job, rule, report)).collect();
            for found in &outcome.findings {
                job.step(|| Step::at(End::Reported, &found.message, Some(found.span)));
            }
            if let Err(Stop::Gap(zh, en)) = end {
                outcome.undetermined.push((zh, en));
            }
        }
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
    if let Some(help) = own(report.help, report.help_en) {
        finding.help = Some(help);
    }
    let labels = report
        .labels
        .into_iter()
        .map(|label| LabelledSpan { span: label.span, text: own(Some(label.say), label.say_en).unwrap_or_default() });
    finding.labels.extend(labels);
    finding.participants = report
        .numbers
        .into_iter()
        .map(|part| Participant {
            name: own(Some(part.name), part.name_en).unwrap_or_default(),
            path: part.path,
            sign: part.sign,
            value: part.value.normalize().to_string(),
            span: part.span,
            right: part.right,
            line: job.prev.filter(|_| part.file.is_some()).map(|prev| prev.bound.document.place(part.span.start).line),
            document: part.file.map(|file| file.to_string()),
        })
        .collect();
    finding.sides = report.sides.map(|(lhs, rhs)| Sides {
        lhs: lhs.normalize().to_string(),
        rhs: rhs.normalize().to_string(),
        delta: lhs.checked_sub(rhs).unwrap_or_default().normalize().to_string(),
    });
    let fixes = report.fixes.into_iter();
    finding.fixes.extend(fixes.filter_map(|fix| {
        let title = own(fix.title, fix.title_en);
        job.fix(report.span, fix.text, title, fix.level, true)
    }));
    finding
}

/// Why the script failed, and where.
fn reason(rule: &Rule, error: &ScriptError) -> (String, String) {
    let at = place(rule, &error.place);
    (format!("{at} {}", error.message), format!("{at} {}", error.message_en))
}

/// A place as people name it.
fn place(rule: &Rule, place: &Place) -> String {
    let own = (&rule.source.file, &rule.source.text);
    let (file, text) = place.lib.as_ref().map_or(own, |lib| (&lib.file, &lib.text));
    let at = Lines::new(text).place(text, place.span.start);
    format!("{file}:{}:{}", at.line, at.column)
}
