//! The terminal output: each finding with its sentence, caret, ledger, basis and mending, and a closing summary.

use crate::excerpt::Excerpt;
use crate::layout::{cut_right, hung, one_line, width, wrap};
use crate::ledger;
use crate::paint::Ink;
use crate::places::Places;
use crate::repair;
use crate::run::{self, Checked, Options, Talk};
use crate::terminal::Snippet;
use crate::whereabouts;
use crate::words::{self, pick};
use gouji_core::text::Span;
use gouji_lint::finding::{Finding, Fix, FixLevel, FurtherPlace, Lang, Level};

mod closing;
mod unjudged;

pub use closing::{closing, rule_error, rule_remark};

/// How many line numbers a grouped finding names.
const MOST_LINES: usize = 12;
/// How many fixes of a finding are shown.
const MOST_FIXES: usize = 3;
/// How many findings of one kind at one place are spelt out.
const MOST_ALIKE: usize = 6;
/// How many places are shown beside the first.
const MOST_LABELS: usize = 6;

/// What was found in a document, and which rules could not judge it.
#[must_use]
pub fn document(checked: &Checked<'_>, options: &Options) -> String {
    let mut out = String::new();
    let listed: Vec<&Finding> = checked.report.findings.iter().filter(|finding| options.lists(finding)).collect();
    if listed.is_empty() {
        if options.talk == Talk::Full {
            let clean = match checked.report.findings.is_empty() {
                true => pick(options.lang, "未发现问题", "nothing found"),
                false => pick(options.lang, "未发现新问题", "nothing new"),
            };
            let colon = pick(options.lang, "：", ": ");
            let failed = match run::errored(checked.report).count() {
                0 => String::new(),
                n => words::rules_failed(options.lang, n),
            };
            out.push_str(&format!("{}{colon}{clean}{failed}\n", one_line(checked.path)));
            out.push_str(&unjudged::lines(checked.report, &Places::new(checked.document), options));
        }
        return out;
    }
    let places = Places::new(checked.document);
    for alike in listed.chunk_by(|a, b| is_alike(a, b)) {
        out.push_str(&block(alike, checked.path, &places, options));
        out.push('\n');
    }
    if options.talk == Talk::Full {
        let unjudged = unjudged::lines(checked.report, &places, options);
        if !unjudged.is_empty() {
            out.push_str(&unjudged);
            out.push('\n');
        }
    }
    out
}

/// One finding, alone.
pub(crate) fn finding(finding: &Finding, path: &str, places: &Places<'_>, options: &Options) -> String {
    block(&[finding], path, places, options)
}

/// Whether two findings differ only in what they say: twenty rows that are missing at one place are shown there once.
fn is_alike(a: &Finding, b: &Finding) -> bool {
    let bare = |f: &Finding| f.places.is_empty() && f.participants.is_empty() && f.labels.is_empty();
    (&a.rule, a.span, &a.help, &a.fixes) == (&b.rule, b.span, &b.help, &b.fixes)
        && (&a.accepted, a.known) == (&b.accepted, b.known)
        && bare(a)
        && bare(b)
}

/// Findings that are alike: what each says, then the place and the rest once.
fn block(alike: &[&Finding], path: &str, places: &Places<'_>, options: &Options) -> String {
    let finding = alike[0];
    let mut out: String = alike.iter().take(MOST_ALIKE).map(|finding| headline(finding, options)).collect();
    if let Some(rest) = alike.len().checked_sub(MOST_ALIKE).filter(|&rest| rest > 0) {
        out.push_str(&match options.lang {
            Lang::Zh => format!("  此处还有 {rest} 个同类问题，见 --format short\n"),
            Lang::En => format!("  and {rest} more of this kind here: see --format short\n"),
        });
    }
    let (place, _) = places.of(finding.span);
    let gutter = place.line.to_string().len() + 2;
    let room = options.width.saturating_sub(gutter + 3);

    let line = places.shown_line(finding.span);
    let excerpt = Excerpt::new(places.shown(), line, places.shown_span(finding.span), room);
    let (labels, notes) = place_labels(finding, places, &excerpt, room, options.lang);
    let snippet = Snippet { path, place, excerpt: &excerpt, labels: &labels, level: finding.level };
    for drawn in snippet.draw(options.colour) {
        out.push_str(&drawn);
        out.push('\n');
    }

    let blank = " ".repeat(gutter);
    for row in ledger::lines(finding, places, options.lang, room) {
        out.push_str(&format!("{blank}│ {row}\n"));
    }
    let mark = format!("{blank}{} ", options.colour.paint(Ink::Dim, "="));
    let mut notes = notes;
    notes.extend(self::notes(finding, places, options.lang));
    for note in pack(&notes, room) {
        out.push_str(&hung(&mark, &format!("{blank}  "), &note, room));
    }
    out
}

/// `错误[NB301] message`.
fn headline(finding: &Finding, options: &Options) -> String {
    let tag = format!("{}[{}]", words::level(options.lang, finding.level), finding.rule);
    tagged(&tag, finding.level, &finding.message, options)
}

/// A message behind a tag in the colour of its level.
fn tagged(tag: &str, level: Level, message: &str, options: &Options) -> String {
    let indent = " ".repeat(width(tag));
    let room = options.width.saturating_sub(width(tag) + 1);
    let tag = options.colour.paint(Ink::Level(level), tag);
    let mut out = String::new();
    for (at, part) in wrap(&one_line(message), room).iter().enumerate() {
        let lead = if at == 0 { &tag } else { &indent };
        out.push_str(&format!("{lead} {}\n", options.colour.paint(Ink::Strong, part)));
    }
    out
}

/// The finding's other places: those on the shown line as labels of the excerpt, the rest as notes.
fn place_labels(
    finding: &Finding,
    places: &Places<'_>,
    excerpt: &Excerpt,
    room: usize,
    lang: Lang,
) -> (Vec<(Span, String)>, Vec<String>) {
    let mut labels: Vec<(Span, String)> = Vec::new();
    let mut notes = Vec::new();
    for label in finding.labels.iter().take(MOST_LABELS) {
        let text = one_line(&label.text);
        let shown = excerpt.locate(places.shown_span(label.span)).filter(|span| {
            let left = width(&excerpt.text[..span.start]);
            let taken = labels.iter().any(|(other, _)| other.overlaps(*span));
            !taken && *span != excerpt.focus && left + span.len() + width(&text) + 8 <= room
        });
        match shown {
            Some(span) => labels.push((span, text)),
            None => {
                let line = words::lines(lang, &[places.line(label.span)], 1);
                let quoted = cut_right(&one_line(label.span.of(&places.document().text)), 30);
                notes.push(match (lang, quoted.is_empty()) {
                    (Lang::Zh, true) => format!("{line}：{text}"),
                    (Lang::Zh, false) => format!("{line}“{quoted}”：{text}"),
                    (Lang::En, true) => format!("{line}: {text}"),
                    (Lang::En, false) => format!("{line} “{quoted}”: {text}"),
                });
            }
        }
    }
    (labels, notes)
}

/// What is said below the excerpt: further places, the number that may be wrong, help, fixes, basis.
fn notes(finding: &Finding, places: &Places<'_>, lang: Lang) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(whereabouts::of(places.document(), finding, lang));
    if !finding.places.is_empty() {
        let lines: Vec<usize> = finding.places.iter().map(|place| places.line(place.span)).collect();
        let n = lines.len();
        let lines = words::lines(lang, &lines, MOST_LINES);
        notes.push(match lang {
            Lang::Zh => format!("另有 {n} 处：{lines}"),
            Lang::En => format!("{}: {lines}", words::counted(n, "more place")),
        });
    }
    notes.extend(words::settled(lang, finding));
    notes.extend(repair::notes(finding, places, lang));
    if let Some(help) = &finding.help {
        notes.push(format!("{}{}", pick(lang, "办法：", "help: "), one_line(help)));
    }
    notes.extend(finding.fixes.iter().take(MOST_FIXES).map(|fix| fix_note(fix, finding, lang)));
    notes.push(one_line(&words::basis(lang, &finding.basis)));
    notes
}

/// What a fix does, in one line.
pub(crate) fn fix_note(fix: &Fix, finding: &Finding, lang: Lang) -> String {
    let lead = match fix.level {
        FixLevel::Suggest => pick(lang, "建议：", "suggestion: "),
        FixLevel::Safe | FixLevel::Unsafe => pick(lang, "修正：", "fix: "),
    };
    let title = one_line(&fix.title);
    // Of a grouped finding the title says only what happens at the first place.
    let alike = |place: &&FurtherPlace| place.fixes.iter().any(|other| other.level == fix.level);
    let more = match (lang, finding.places.iter().filter(alike).count()) {
        (_, 0) => String::new(),
        (Lang::Zh, n) => format!("，另 {n} 处同样处理"),
        (Lang::En, n) => format!(", likewise at {}", words::counted(n, "more place")),
    };
    match (lang, fix.level) {
        (_, FixLevel::Suggest) => format!("{lead}{title}"),
        (Lang::Zh, level) => format!("{lead}{title}{more}（{}）", words::fix_level(lang, level)),
        (Lang::En, level) => format!("{lead}{title}{more} ({})", words::fix_level(lang, level)),
    }
}

/// Short notes share a line: each goes to the first line that has room for it.
fn pack(notes: &[String], room: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for note in notes {
        match out.iter_mut().find(|line| width(line) + 4 + width(note) <= room) {
            Some(line) => {
                line.push_str("    ");
                line.push_str(note);
            }
            None => out.push(note.clone()),
        }
    }
    out
}
