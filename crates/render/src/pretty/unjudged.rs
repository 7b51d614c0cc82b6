//! The lines that name what was not judged of a document: what the reader passed over, and rules, grouped by why.

use crate::layout::{one_line, wrap};
use crate::paint::Ink;
use crate::places::Places;
use crate::run::Options;
use crate::words::{self, pick};
use gouji_core::document::NoteKind;
use gouji_lint::finding::{Lang, LedgerEntry, Report, Status};

/// How many lines or runs of lines of one note are named.
const MOST_RUNS: usize = 12;
/// How many reasons are shown.
const MOST_REASONS: usize = 6;
/// How many codes of one reason are shown.
const MOST_CODES: usize = 6;

/// Rules that shared a fate.
struct Group<'a> {
    status: Status,
    why: &'a str,
    codes: Vec<&'a str>,
}

/// The lines, dim; empty where all was read and every rule judged.
///
/// Rules that are not meant for a document are only told of where the document was bound to no form: then most
/// rules rest, and a clean result would say more than it knows.
pub(super) fn lines(report: &Report, places: &Places<'_>, options: &Options) -> String {
    let lang = options.lang;
    let mut out = String::new();
    let mut say = |text: &str| {
        for (at, part) in wrap(text, options.width.saturating_sub(2)).iter().enumerate() {
            let lead = if at == 0 { "" } else { "  " };
            out.push_str(&options.colour.paint(Ink::Dim, &format!("{lead}{part}")));
            out.push('\n');
        }
    };
    for (kind, lines) in notes(places) {
        say(&words::note_at(lang, kind, &lines, MOST_RUNS));
    }
    let groups = groups(report);
    for group in groups.iter().take(MOST_REASONS) {
        say(&sentence(group, lang));
    }
    if let Some(rest) = groups.len().checked_sub(MOST_REASONS).filter(|&rest| rest > 0) {
        say(&match lang {
            Lang::Zh => format!("另有 {rest} 类原因，见 --format json 的 ledger"),
            Lang::En => {
                format!("{}: see the ledger of --format json", words::counted(rest, "more reason"))
            }
        });
    }
    out
}

/// What is odd about the file: the lines of each kind together.
fn notes(places: &Places<'_>) -> Vec<(NoteKind, Vec<usize>)> {
    let mut kinds: Vec<(NoteKind, Vec<usize>)> = Vec::new();
    for note in &places.document().notes {
        let line = places.line(note.span);
        match kinds.iter_mut().find(|(kind, _)| *kind == note.kind) {
            Some((_, lines)) => lines.push(line),
            None => kinds.push((note.kind, vec![line])),
        }
    }
    for (_, lines) in &mut kinds {
        lines.sort_unstable();
    }
    kinds
}

fn groups(report: &Report) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for entry in &report.ledger {
        if !is_told(entry, report) {
            continue;
        }
        let why = entry.why.as_deref().unwrap_or_default();
        match groups.iter_mut().find(|group| group.status == entry.status && group.why == why) {
            Some(group) => group.codes.push(&entry.rule),
            None => groups.push(Group { status: entry.status, why, codes: vec![&entry.rule] }),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.status));
    groups
}

fn is_told(entry: &LedgerEntry, report: &Report) -> bool {
    match entry.status {
        Status::Ok | Status::Failed => false,
        Status::NotApplicable => report.form.is_none(),
        Status::Undetermined | Status::Unbound | Status::Skipped | Status::Errored => true,
    }
}

fn sentence(group: &Group<'_>, lang: Lang) -> String {
    let n = group.codes.len();
    let mut codes = group.codes[..n.min(MOST_CODES)].join(pick(lang, "、", ", "));
    if n > MOST_CODES {
        codes.push('…');
    }
    let status = words::status(lang, group.status);
    let why = one_line(group.why);
    match lang {
        Lang::Zh => {
            let why = if why.is_empty() { why } else { format!("：{why}") };
            format!("{status}的规则 {n} 条（{codes}）{why}")
        }
        Lang::En => {
            let why = if why.is_empty() { why } else { format!(": {why}") };
            format!("{} {status} ({codes}){why}", words::counted(n, "rule"))
        }
    }
}
