//! The tests inside rule files, told as a test runner tells them: what failed, and the counts.

use crate::layout::one_line;
use crate::paint::Ink;
use crate::run::{Options, Talk};
use crate::words::{self, pick};
use gouji_lint::finding::Lang;
use gouji_lint::ruleset::Bilingual;
use gouji_lint::selftest::{CaseEnd, CaseResult, Mismatch};

/// Every case that did not go as it should, the rules without tests, and last the counts. Cases that are known not to
/// pass yet are told unless it is to be quiet.
#[must_use]
pub fn results(results: &[CaseResult], untested: &[&str], options: &Options) -> String {
    let mut out = String::new();
    for case in results {
        match case.end() {
            CaseEnd::Passed => {}
            CaseEnd::Todo if options.talk == Talk::Quiet => {}
            _ => out.push_str(&told(case, options)),
        }
    }
    if !untested.is_empty() && options.talk == Talk::Full {
        let codes = untested.join(" ");
        out.push_str(&match options.lang {
            Lang::Zh => format!("{} 条规则没有测试：{codes}\n", untested.len()),
            Lang::En => format!("{} without tests: {codes}\n", words::counted(untested.len(), "rule")),
        });
    }
    out.push_str(&closing(results, options));
    out
}

/// How many cases failed.
#[must_use]
pub fn n_failed(results: &[CaseResult]) -> usize {
    n_ended(results, CaseEnd::Failed)
}

fn n_ended(results: &[CaseResult], end: CaseEnd) -> usize {
    results.iter().filter(|case| case.end() == end).count()
}

/// `ZZ901 ok[1] 未通过  rules/word.yaml:14`, and below it what is not as expected.
fn told(case: &CaseResult, options: &Options) -> String {
    let lang = options.lang;
    let (ink, end) = match case.end() {
        CaseEnd::Failed => (Ink::Bad, pick(lang, "未通过", "FAILED")),
        CaseEnd::Todo => (Ink::Dim, pick(lang, "待办", "todo")),
        CaseEnd::Overdue | CaseEnd::Passed => (Ink::Good, pick(lang, "已通过", "passes")),
    };
    let end = options.colour.paint(ink, end);
    let place = options.colour.paint(Ink::Place, &format!("{}:{}", one_line(&case.file), case.line));
    let mut out = format!("{} {} {end}  {place}\n", case.rule, case.case);
    if case.end() == CaseEnd::Overdue {
        let side = case.case.trim_start_matches("todo.").split('[').next().unwrap_or_default();
        out.push_str(&match lang {
            Lang::Zh => format!("    可以移到 {side} 了\n"),
            Lang::En => format!("    can be moved to {side}\n"),
        });
    }
    for fault in &case.faults {
        out.push_str(&mismatch(fault, lang));
    }
    out
}

fn mismatch(fault: &Mismatch, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    match fault {
        Mismatch::Unreadable(error) => {
            format!("    {}{}\n", pick(lang, "读不了：", "can not be read: "), words::read_error(lang, error))
        }
        Mismatch::Unwanted { text, message } => {
            let (text, message) = (one_line(text), one_line(message));
            if zh {
                format!("    不应报告“{text}”：{message}\n")
            } else {
                format!("    must not be reported, “{text}”: {message}\n")
            }
        }
        Mismatch::Unjudged { status, why } => {
            let (status, why) = (words::status(lang, *status), reason(why, lang));
            if zh {
                format!("    规则没有运行到底（{status}）{why}\n")
            } else {
                format!("    the rule did not come to judge ({status}){why}\n")
            }
        }
        Mismatch::Count { expected, actual, why } => {
            let why = reason(why, lang);
            match (zh, expected) {
                (true, Some(expected)) => format!("    应报告 {expected} 处，实为 {actual} 处{why}\n"),
                (true, None) => format!("    应报告至少 1 处，实为 {actual} 处{why}\n"),
                (false, Some(expected)) => format!("    expected findings: {expected}, actual: {actual}{why}\n"),
                (false, None) => format!("    expected findings: at least 1, actual: {actual}{why}\n"),
            }
        }
        Mismatch::Differs { key, expected, actual } => {
            let blank = " ".repeat(key.len());
            let (should, is) = (pick(lang, "应为：", "expected: "), pick(lang, "实为：", "actual:   "));
            let (expected, actual) = (value(expected, lang), value(actual, lang));
            format!("    {key} {should}{expected}\n    {blank} {is}{actual}\n")
        }
        Mismatch::Endless => {
            format!("    {}\n", pick(lang, "改正后又生新的问题，改不完", "fixes bring forth new findings for ever"))
        }
    }
}

fn value(text: &str, lang: Lang) -> String {
    if text.is_empty() { pick(lang, "（空）", "(nothing)").to_owned() } else { one_line(text) }
}

fn reason(why: &Bilingual, lang: Lang) -> String {
    match lang {
        _ if why.zh.is_empty() => String::new(),
        Lang::Zh => format!("：{}", one_line(&why.zh)),
        Lang::En => format!(": {}", one_line(&why.en)),
    }
}

fn closing(results: &[CaseResult], options: &Options) -> String {
    let (failed, todo) = (n_failed(results), n_ended(results, CaseEnd::Todo));
    let passed = results.len() - failed - todo;
    let line = match options.lang {
        Lang::Zh => format!("通过 {passed}，未通过 {failed}，待办 {todo}"),
        Lang::En => format!("{passed} passed, {failed} failed, {todo} todo"),
    };
    let ink = if failed == 0 { Ink::Good } else { Ink::Bad };
    format!("{}\n", options.colour.paint(ink, &line))
}
