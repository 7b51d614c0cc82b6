//! Which reports a rule is meant for, and what it can not do without.

use super::{code, escaped};
use crate::words::pick;
use gouji_lint::finding::Lang;
use gouji_lint::rule::{Need, Rule, Years};

/// A line for each condition.
pub(super) fn conditions(rule: &Rule, lang: Lang) -> Vec<String> {
    let when = &rule.when;
    let forms = when.forms.iter().map(|form| code(form)).collect();
    let years = when.years.iter().map(|years| span(*years, lang)).collect();
    let organs = when.organs.iter().map(|kind| escaped(kind)).collect();
    let needs = rule.needs.iter().map(|need| named(*need, lang).to_owned()).collect();
    let all: [(&str, Vec<String>); 4] = [
        (pick(lang, "只用于表样", "Only under the form"), forms),
        (pick(lang, "只用于年度", "Only for the years"), years),
        (pick(lang, "只用于机关类别", "Only for organs of the kind"), organs),
        (pick(lang, "缺少即不检查", "Skipped without"), needs),
    ];
    let told = all.into_iter().filter(|(_, words)| !words.is_empty());
    told.map(|(title, words)| format!("{title}{}{}", pick(lang, "：", ": "), words.join(pick(lang, "、", ", "))))
        .collect()
}

fn span(years: Years, lang: Lang) -> String {
    match (years.from, years.to, lang) {
        (Some(from), Some(to), _) if from == to => from.to_string(),
        (Some(from), Some(to), _) => format!("{from}–{to}"),
        (Some(from), None, Lang::Zh) => format!("{from}年起"),
        (Some(from), None, Lang::En) => format!("from {from}"),
        (None, Some(to), Lang::Zh) => format!("到{to}年止"),
        (None, Some(to), Lang::En) => format!("to {to}"),
        (None, None, _) => pick(lang, "各年", "any").to_owned(),
    }
}

fn named(need: Need, lang: Lang) -> &'static str {
    let (zh, en) = match need {
        Need::Today => ("检查当天的日期", "the date of the check"),
        Need::Year => ("报告的年份", "the year of the report"),
        Need::Organ => ("报告的机关", "the organ"),
        Need::Prev => ("上一年度的报告", "the report of the year before"),
    };
    pick(lang, zh, en)
}
