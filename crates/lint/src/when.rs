//! Rules that do not run on a document: those not meant for it, and those that lack what they need.

use crate::bind::Bound;
use crate::engine::CheckOptions;
use crate::form::Form;
use crate::rule::{Need, Rule, Years};
use crate::say::{Job, Outcome, Reason};

/// How a rule ends that does not run; none where it is to run.
pub(crate) fn rests(rule: &Rule, job: &Job<'_>, options: &CheckOptions) -> Option<Outcome> {
    if let Some(reason) = not_applicable(rule, job.bound) {
        return Some(Outcome { not_applicable: Some(reason), ..Outcome::default() });
    }
    let missing = missing(rule, job, options);
    (!missing.is_empty()).then(|| Outcome { skipped: missing, ..Outcome::default() })
}

/// Why a rule is not meant for a document; none where it is, or where that can not be told.
fn not_applicable(rule: &Rule, bound: &Bound<'_>) -> Option<Reason> {
    let when = &rule.when;
    let needs_form = rule.pack_form.is_some() || !when.forms.is_empty() || !when.organs.is_empty();
    let Some(form) = bound.form else { return bound.no_form.clone().filter(|_| needs_form) };
    let wrong_kind = rule.pack_form.as_deref().is_some_and(|kind| kind != form.kind);
    if wrong_kind || !(when.forms.is_empty() || when.forms.iter().any(|id| **id == *form.id)) {
        return Some((format!("本规则不用于{}", form.name.zh), format!("not meant for {}", form.name.en)));
    }
    if let Some(year) = bound.year
        && !when.years.is_empty()
        && !when.years.iter().any(|years| years.has(year))
    {
        let (zh, en) = told(&when.years);
        return Some((format!("本规则只用于{zh}的报告"), format!("only for reports of {en}")));
    }
    organ_out(rule, form, bound.organ.as_deref()?)
}

fn organ_out(rule: &Rule, form: &Form, organ: &str) -> Option<Reason> {
    let kinds = &rule.when.organs;
    let kind = form.organ_kind(organ);
    if kinds.is_empty() || kind.is_some_and(|kind| kinds.iter().any(|own| own == kind)) {
        return None;
    }
    Some((
        format!(
            "本规则只用于 {} 类机关，{}",
            kinds.join("、"),
            kind.map_or("本机关类别不明".to_owned(), |kind| format!("本机关是 {kind}"))
        ),
        format!("only for organs of the kind {}; this one is {}", kinds.join(", "), kind.unwrap_or("of no known kind")),
    ))
}

/// What a rule needs and nobody gave, and how to give it.
fn missing(rule: &Rule, job: &Job<'_>, options: &CheckOptions) -> Vec<Reason> {
    let (when, bound) = (&rule.when, job.bound);
    let needs = |need| rule.needs.contains(&need);
    let mut reasons = Vec::new();
    let mut say = |zh: &str, en: &str| reasons.push((zh.to_owned(), en.to_owned()));
    if needs(Need::Today) && options.today.is_none() {
        say("需要今天的日期，用 --today 给出", "needs the date of today: give it with --today");
    }
    if (needs(Need::Year) || !when.years.is_empty()) && bound.year.is_none() {
        say(
            "需要报告年度，标题中没有读出，用 --year 给出",
            "needs the year, which the title does not tell: give it with --year",
        );
    }
    if (needs(Need::Organ) || !when.organs.is_empty()) && bound.organ.is_none() {
        say(
            "需要机关名称，标题中没有读出，用 --organ 给出",
            "needs the organ, which the title does not tell: give it with --organ",
        );
    }
    if needs(Need::Prev) {
        reasons.extend(options.prev.absence());
        reasons.extend(job.prev.and_then(|prev| prev.misfit(bound, job.rules)));
    }
    reasons
}

/// Years as people say them.
fn told(years: &[Years]) -> (String, String) {
    let one = |years: &Years| match (years.from, years.to) {
        (Some(from), Some(to)) if from == to => (format!("{from}年"), from.to_string()),
        (Some(from), Some(to)) => (format!("{from}—{to}年"), format!("{from} to {to}")),
        (Some(from), None) => (format!("{from}年及以后"), format!("{from} and later")),
        (None, Some(to)) => (format!("{to}年及以前"), format!("{to} and earlier")),
        (None, None) => ("各年".to_owned(), "any year".to_owned()),
    };
    let (zh, en): (Vec<String>, Vec<String>) = years.iter().map(one).unzip();
    (zh.join("、"), en.join(", "))
}
