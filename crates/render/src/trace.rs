//! What traced rules did with a document: each repetition, match, demanded item and report, for people.

use crate::layout::{cut_left, cut_right, hung, one_line, pad, pad_left, width};
use crate::paint::Ink;
use crate::places::Places;
use crate::run::{Checked, Options};
use crate::words::{self, counted, pick};
use gouji_core::text::Span;
use gouji_lint::expr::Datum;
use gouji_lint::finding::{Lang, LedgerEntry};
use gouji_lint::trace::{End, Party, Step, Trace, Work};

/// The traces of a document; empty where no rule was traced.
#[must_use]
pub fn document(checked: &Checked<'_>, options: &Options) -> String {
    let mut out = String::new();
    let places = Places::new(checked.document);
    for trace in &checked.report.traces {
        let entry = checked.report.ledger.iter().find(|entry| entry.rule == trace.rule);
        out.push_str(&head(trace, checked.path, options));
        let mut say = |text: &str| paragraph(&mut out, "  ", text, options);
        if let Some(entry) = entry {
            say(&end_of(entry, options.lang));
        }
        if let Some(formula) = &trace.formula {
            say(&format!("{}{}", pick(options.lang, "公式：", "formula: "), one_line(formula)));
        }
        if trace.steps.is_empty() && entry.is_some_and(|entry| entry.why.is_none()) {
            say(pick(options.lang, "文中没有它要找的内容", "the document has nothing of what it looks for"));
        }
        if let Some(work) = trace.work {
            say(&effort(work, options.lang));
        }
        for (at, step) in trace.steps.iter().enumerate() {
            out.push_str(&told(at + 1, step, &places, options));
        }
        if trace.n_more > 0 {
            let more = match options.lang {
                Lang::Zh => format!("另有 {} 步没有列出", trace.n_more),
                Lang::En => format!("{} not listed", counted(trace.n_more, "more step")),
            };
            paragraph(&mut out, "  ", &more, options);
        }
        out.push('\n');
    }
    out
}

/// `检查过程 NB301 申请收支平衡（assert） report.txt`.
fn head(trace: &Trace, path: &str, options: &Options) -> String {
    let title = options.colour.paint(Ink::Strong, &format!("{} {}", trace.rule, one_line(&trace.name)));
    let path = options.colour.paint(Ink::Place, &one_line(path));
    match options.lang {
        Lang::Zh => format!("检查过程 {title}（{}） {path}\n", trace.verb),
        Lang::En => format!("trace {title} ({}) {path}\n", trace.verb),
    }
}

/// How the rule ended on the document.
fn end_of(entry: &LedgerEntry, lang: Lang) -> String {
    let status = words::status(lang, entry.status);
    let why = entry.why.as_deref().map(one_line).filter(|why| !why.is_empty());
    match lang {
        Lang::Zh => {
            let why = why.map_or_else(String::new, |why| format!("：{why}"));
            format!("结论：{status}（核对 {} 处，未通过 {} 处）{why}", entry.bound, entry.failed)
        }
        Lang::En => {
            let why = why.map_or_else(String::new, |why| format!(": {why}"));
            format!("result: {status} ({} looked at, {} failed){why}", entry.bound, entry.failed)
        }
    }
}

/// What a script used up.
fn effort(work: Work, lang: Lang) -> String {
    let Work { script, host, most } = work;
    match lang {
        Lang::Zh => format!("脚本运算 {script} 步，所调用的功能 {host} 步（上限各 {most}）"),
        Lang::En => format!("{script} operations of the script, {host} of what it called (limit {most} each)"),
    }
}

/// A step: what came of it, then the formula and its parties.
fn told(number: usize, step: &Step, places: &Places<'_>, options: &Options) -> String {
    let lang = options.lang;
    let what = match step.end {
        End::Hit | End::TakenAway => format!("“{}”", one_line(&step.what)),
        _ => one_line(&step.what),
    };
    let mut text = step.span.map_or_else(String::new, |span| format!("{} ", place(span, places)));
    let end = end_word(lang, step.end);
    let colon = pick(lang, "：", ": ");
    text.push_str(&match (what.is_empty(), step.end) {
        (true, _) => end.to_owned(),
        (false, End::Reported | End::Said) => format!("{end}{colon}{what}"),
        (false, _) => format!("{what}{colon}{end}"),
    });
    if let Some(why) = &step.why {
        let why = one_line(why);
        text.push_str(&if lang == Lang::Zh { format!("（{why}）") } else { format!(" ({why})") });
    }
    let lead = format!("  {number}. ");
    let mut out = String::new();
    paragraph(&mut out, &lead, &text, options);
    let indent = " ".repeat(width(&lead));
    if let Some(formula) = &step.formula {
        paragraph(&mut out, &indent, &one_line(formula), options);
    }
    for line in parties(&step.parties, places, lang, options.width.saturating_sub(width(&indent))) {
        out.push_str(&format!("{indent}{line}\n"));
    }
    out
}

/// What came of a step, as people read it.
pub(crate) fn end_word(lang: Lang, end: End) -> &'static str {
    match (lang, end) {
        (Lang::Zh, End::Holds) => "成立",
        (Lang::Zh, End::Fails) => "不成立",
        (Lang::Zh, End::Undetermined) => "无法判断",
        (Lang::Zh, End::PassedOver) => "规则不涉及，跳过",
        (Lang::Zh, End::Unbound) => "找不到对象",
        (Lang::Zh, End::Hit) => "命中",
        (Lang::Zh, End::TakenAway) => "命中后排除",
        (Lang::Zh, End::There) => "有",
        (Lang::Zh, End::Missing) => "缺少",
        (Lang::Zh, End::Repeated) => "重复",
        (Lang::Zh, End::Misplaced) => "位置不对",
        (Lang::Zh, End::Extra) => "多余",
        (Lang::Zh, End::Reported) => "报告",
        (Lang::Zh, End::Said) => "调试",
        (Lang::En, End::PassedOver) => "passed over: the rule does not speak of it",
        (Lang::En, End::TakenAway) => "hit, then taken away",
        (Lang::En, End::Said) => "debug",
        (Lang::En, end) => end.word(),
    }
}

/// What stands at a party, as people read it.
pub(crate) fn datum_word(lang: Lang, datum: &Datum) -> String {
    match datum {
        Datum::Number(number) => number.normalize().to_string(),
        Datum::Text(text) => format!("“{}”", one_line(text)),
        Datum::Blank => pick(lang, "空", "blank").to_owned(),
        Datum::Unreadable => pick(lang, "不是数", "no number").to_owned(),
        Datum::Absent => pick(lang, "没有", "absent").to_owned(),
    }
}

/// Names, label paths, values and places in columns; label paths give way first.
fn parties(parties: &[Party], places: &Places<'_>, lang: Lang, columns: usize) -> Vec<String> {
    let rows: Vec<[String; 4]> = parties
        .iter()
        .map(|party| {
            let value = datum_word(lang, &party.datum);
            let at = party.document.as_deref().map_or_else(|| place(party.span, places), one_line);
            [one_line(&party.name), one_line(&party.path), value, at]
        })
        .collect();
    let widest = |at: usize| rows.iter().map(|row| width(&row[at])).max().unwrap_or(0);
    let (name, value) = (widest(0).min(columns / 4), widest(2).min(columns / 4));
    let room = columns.saturating_sub(name + value + widest(3) + 6).max(10);
    let path = widest(1).min(room);
    rows.iter()
        .map(|[own, whole, number, at]| {
            let own = pad(&cut_right(own, name), name);
            let whole = pad(&cut_left(whole, path), path);
            format!("{own}  {whole}  {}  {at}", pad_left(&cut_right(number, value), value))
        })
        .collect()
}

/// `line:column`.
fn place(span: Span, places: &Places<'_>) -> String {
    let (start, _) = places.of(span);
    format!("{}:{}", start.line, start.column)
}

/// A text set in behind its lead.
fn paragraph(out: &mut String, lead: &str, text: &str, options: &Options) {
    let indent = " ".repeat(width(lead));
    out.push_str(&hung(lead, &indent, text, options.width.saturating_sub(width(lead))));
}
