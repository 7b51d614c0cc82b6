//! One line of a report explained: what was found there, how to mend or accept it, and how the line was understood.

use crate::layout::{cut_right, hung, one_line};
use crate::paint::Ink;
use crate::places::Places;
use crate::pretty;
use crate::run::{Checked, Options};
use crate::trace::end_word;
use crate::words::{self, counted, pick};
use gouji_core::document::Document;
use gouji_core::text::Span;
use gouji_lint::finding::{Finding, Lang};
use gouji_lint::trace::{End, Step};
use std::sync::Arc;

mod accepting;
mod understanding;

/// How many rules are named with what they did; of the others the codes stand in one line.
const MOST_RULES: usize = 20;

/// A line of a file, or a character in it.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    line: usize,
    column: Option<usize>,
    /// In the raw text of the file.
    raw: Span,
}

impl Spot {
    /// The line, or the character at a column of it, both from 1; none where the file has no such place.
    #[must_use]
    pub fn new(document: &Document, line: usize, column: Option<usize>) -> Option<Self> {
        let line_idx = line.checked_sub(1).filter(|&at| at < document.raw_lines.n_lines())?;
        let whole = document.raw_lines.span(&document.raw, line_idx);
        let raw = match column {
            None => whole,
            Some(column) => {
                let (at, found) = whole.of(&document.raw).char_indices().nth(column.checked_sub(1)?)?;
                Span::new(whole.start + at, whole.start + at + found.len_utf8())
            }
        };
        Some(Self { line, column, raw })
    }

    /// The stretches of content on it, as spans of the document's text.
    #[must_use]
    pub fn content(self, document: &Document) -> Vec<Span> {
        let places = Places::new(document);
        document.blocks.iter().map(|block| block.span).filter(|&span| self.touches(span, &places)).collect()
    }

    /// Whether a span of the text lies on it, wholly or in part.
    fn touches(self, span: Span, places: &Places<'_>) -> bool {
        let raw = places.raw_span(span);
        raw.overlaps(self.raw) || (raw.is_empty() && self.raw.start <= raw.start && raw.start <= self.raw.end)
    }
}

/// What there is to say of a place. `over` are the codes of the rules that look over its text without naming it; the
/// report has the traces of all rules.
#[must_use]
pub fn page(checked: &Checked<'_>, spot: Spot, over: &[Arc<str>], options: &Options) -> String {
    let lang = options.lang;
    let places = Places::new(checked.document);
    let mut out = head(checked, spot, options);
    let findings: Vec<Finding> =
        checked.report.findings.iter().filter_map(|finding| brought_here(finding, spot, &places)).collect();
    if findings.is_empty() {
        out.push_str(pick(lang, "这里没有发现问题。\n", "Nothing was found here.\n"));
    }
    for finding in &findings {
        out.push('\n');
        out.push_str(&pretty::finding(finding, checked.path, &places, options));
        if finding.accepted.is_none() {
            out.push_str(&accepting::told(finding, &places, options));
        }
    }
    let elsewhere: Vec<String> = checked
        .report
        .findings
        .iter()
        .filter(|finding| !is_at(finding, spot, &places) && takes_part(finding, spot, &places))
        .map(|finding| {
            let line = words::lines(lang, &[places.line(finding.span)], 1);
            let level = words::level(lang, finding.level);
            format!("{line} {level}[{}] {}", finding.rule, one_line(&finding.message))
        })
        .collect();
    part(&mut out, pick(lang, "用到这里的别处问题", "Findings elsewhere that this takes part in"), &elsewhere, options);
    let title = pick(lang, "这里被理解为", "How this was understood");
    part(&mut out, title, &understanding::lines(checked, spot, &places, lang), options);
    let rules = rules(checked, spot, &places, over, lang);
    part(&mut out, pick(lang, "查过这里的规则", "Rules that looked here"), &rules, options);
    out
}

fn head(checked: &Checked<'_>, spot: Spot, options: &Options) -> String {
    let document = checked.document;
    let line = document.raw_lines.span(&document.raw, spot.line - 1).of(&document.raw);
    let place = match spot.column {
        None => format!("{}:{}", one_line(checked.path), spot.line),
        Some(column) => format!("{}:{}:{column}", one_line(checked.path), spot.line),
    };
    let text = cut_right(&one_line(line), options.width);
    format!("{}\n{text}\n", options.colour.paint(Ink::Place, &place))
}

/// A finding that is here, with the place here as its first; none where it is elsewhere.
fn brought_here(finding: &Finding, spot: Spot, places: &Places<'_>) -> Option<Finding> {
    let mut finding = finding.clone();
    if !spot.touches(finding.span, places) {
        let Finding { span, fixes, fingerprint, places: further, .. } = &mut finding;
        let here = further.iter_mut().find(|place| spot.touches(place.span, places))?;
        std::mem::swap(span, &mut here.span);
        std::mem::swap(fixes, &mut here.fixes);
        std::mem::swap(fingerprint, &mut here.fingerprint);
        further.sort_by_key(|place| place.span);
    }
    Some(finding)
}

/// Whether a finding, or a further place of it, is here.
fn is_at(finding: &Finding, spot: Spot, places: &Places<'_>) -> bool {
    let further = finding.places.iter().map(|place| place.span);
    std::iter::once(finding.span).chain(further).any(|span| spot.touches(span, places))
}

/// Whether a finding elsewhere shows this place or counts a number here.
fn takes_part(finding: &Finding, spot: Spot, places: &Places<'_>) -> bool {
    let labels = finding.labels.iter().map(|label| label.span);
    let own = finding.participants.iter().filter(|participant| participant.document.is_none());
    labels.chain(own.map(|participant| participant.span)).any(|span| spot.touches(span, places))
}

/// What rules did here without finding anything, and which others looked over the text.
fn rules(checked: &Checked<'_>, spot: Spot, places: &Places<'_>, over: &[Arc<str>], lang: Lang) -> Vec<String> {
    let is_here = |step: &&Step| {
        let quiet = matches!(step.end, End::Holds | End::Undetermined | End::Unbound | End::TakenAway | End::There);
        let parties = step.parties.iter().map(|party| party.span);
        quiet && step.span.into_iter().chain(parties).any(|span| spot.touches(span, places))
    };
    let mut lines = Vec::new();
    let mut named: Vec<&str> = Vec::new();
    for trace in &checked.report.traces {
        for step in trace.steps.iter().filter(is_here) {
            named.push(&trace.rule);
            lines.push(did(&trace.rule, &trace.name, step, lang));
        }
    }
    if let Some(rest) = lines.len().checked_sub(MOST_RULES).filter(|&rest| rest > 0) {
        lines.truncate(MOST_RULES);
        lines.push(match lang {
            Lang::Zh => format!("另有 {rest} 次核对，见 gouji check --trace"),
            Lang::En => format!("{}: see gouji check --trace", counted(rest, "more check")),
        });
    }
    let found = |code: &str| {
        let mut here = checked.report.findings.iter().filter(|finding| is_at(finding, spot, places));
        here.any(|finding| *finding.rule == *code)
    };
    let quiet: Vec<&str> =
        over.iter().map(|code| &**code).filter(|code| !named.contains(code) && !found(code)).collect();
    if !quiet.is_empty() {
        let (n, codes) = (quiet.len(), quiet.join(pick(lang, "、", ", ")));
        lines.push(match lang {
            Lang::Zh => format!("查过这里的文字、没有发现问题的规则 {n} 条：{codes}"),
            Lang::En => format!("{} looked over the text here and found nothing: {codes}", counted(n, "rule")),
        });
    }
    lines
}

/// `NB301 申请收支平衡：自然人，成立（12 + 2 == 13 + 1）`.
fn did(rule: &str, name: &str, step: &Step, lang: Lang) -> String {
    let (colon, comma) = (pick(lang, "：", ": "), pick(lang, "，", ", "));
    let what = if step.what.is_empty() { String::new() } else { format!("{}{comma}", one_line(&step.what)) };
    let why: Vec<String> = [&step.formula, &step.why].into_iter().flatten().map(|text| one_line(text)).collect();
    let why = match (why.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("（{}）", why.join("；")),
        (false, Lang::En) => format!(" ({})", why.join("; ")),
    };
    format!("{rule} {}{colon}{what}{}{why}", one_line(name), end_word(lang, step.end))
}

/// A titled list; nothing where the list is empty.
fn part(out: &mut String, title: &str, lines: &[String], options: &Options) {
    if lines.is_empty() {
        return;
    }
    out.push_str(&format!("\n{}\n", options.colour.paint(Ink::Strong, title)));
    for line in lines {
        out.push_str(&hung("  ", "    ", line, options.width.saturating_sub(4)));
    }
}
