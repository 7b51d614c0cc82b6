//! The findings as JSON, schema `gouji-findings/1`: every key always present, numbers of a document as strings.
//!
//! The object is written in three parts, so that no run needs to be held in memory: [`opening`], each
//! [`document`] with commas between, [`closing`]. A document is one line; NDJSON is those lines alone.

use crate::places::Places;
use crate::run::{Checked, Closing, FileNow, Gone};
use crate::words;
use gouji_core::text::{Lines, Span};
use gouji_lint::date;
use gouji_lint::finding::{Finding, Fix, Participant, Report, RuleError};
use gouji_lint::repair::{Repair, RepairedCell};
use gouji_lint::ruleset::Pack;
use serde::Serialize;
use serde_json::{Value, json};

mod shape;
mod trace;

use shape::{
    AcceptedEntry, BasisEntry, ConfigEntry, DocumentEntry, EditEntry, FindingEntry, FixEntry, LabelEntry, LedgerEntry,
};
use shape::{NoteEntry, ParticipantEntry, PlaceEntry, Point, RepairEntry, RepairedCellEntry, SpanEntry, WhereEntry};

/// The start of the object, up to the first document.
#[must_use]
pub fn opening(version: &str, packs: &[Pack]) -> String {
    let packs: Vec<Value> =
        packs.iter().map(|pack| json!({"name": pack.name, "version": pack.version, "as_of": pack.as_of})).collect();
    let tool = json!({"name": "gouji", "version": version, "packs": packs});
    format!("{{\"schema\":\"gouji-findings/1\",\n\"tool\":{tool},\n\"documents\":[\n")
}

/// The entry of one document, on one line without a line break.
#[must_use]
pub fn document(checked: &Checked<'_>) -> String {
    let Checked { path, config, document, report } = *checked;
    let places = Places::new(document);
    let entry = DocumentEntry {
        path,
        config,
        format: document.format.word(),
        encoding: document.encoding.charset.word(),
        title: report.title.as_deref(),
        organ: report.organ.as_deref(),
        year: report.year,
        form: report.form.as_deref(),
        notes: document
            .notes
            .iter()
            .map(|note| NoteEntry { kind: words::note_kind(note.kind), span: span_entry(note.span, &places) })
            .collect(),
        findings: report.findings.iter().map(|finding| finding_entry(finding, &places)).collect(),
        ledger: ledger(report),
        trace: report.traces.iter().map(|own| trace::entry(own, &places)).collect(),
    };
    to_line(&entry)
}

/// The end of the object.
#[must_use]
pub fn closing(closing: &Closing<'_>) -> String {
    let unread: Vec<Value> =
        closing.unread.iter().map(|file| json!({"path": file.path, "error": file.error})).collect();
    let not_checked: Vec<Value> =
        closing.not_checked.iter().map(|file| json!({"path": file.path, "why": file.why})).collect();
    let gone: Option<Vec<Value>> = closing.gone.map(|gone| gone.iter().map(self::gone).collect());
    let configs: Vec<String> = closing.accepting.iter().map(config).collect();
    let rule_errors: Vec<Value> = closing.rule_errors.iter().map(rule_error).collect();
    let tally = closing.tally;
    let summary = json!({
        "documents": tally.documents,
        "errors": tally.errors,
        "warnings": tally.warnings,
        "infos": tally.infos,
        "fixable": tally.fixable,
        "accepted": tally.accepted,
        "known": tally.known,
    });
    format!(
        "\n],\n\"unread\":{},\n\"not_checked\":{},\n\"gone\":{},\n\"configs\":[{}],\n\"rule_errors\":{},\n\"summary\":{summary}}}\n",
        Value::from(unread),
        Value::from(not_checked),
        Value::from(gone),
        configs.join(",\n"),
        Value::from(rule_errors),
    )
}

/// What was found in a configuration.
fn config(checked: &Checked<'_>) -> String {
    let places = Places::new(checked.document);
    let findings = checked.report.findings.iter().map(|finding| finding_entry(finding, &places)).collect();
    to_line(&ConfigEntry { path: checked.path, findings })
}

/// A place that a baseline has and no rule finds any more.
fn gone(gone: &Gone) -> Value {
    let moved_to = match &gone.file {
        FileNow::Moved(to) => Some(to),
        FileNow::There | FileNow::Missing => None,
    };
    json!({
        "path": gone.path,
        "rule": gone.rule,
        "fingerprint": gone.fingerprint,
        "what": gone.what,
        "missing": gone.file != FileNow::There,
        "moved_to": moved_to,
    })
}

/// A fault in a rule file: message in both languages and the place in the file.
fn rule_error(error: &RuleError) -> Value {
    let source = &error.source;
    let lines = Lines::new(source);
    let span = error.span.on_characters(source);
    let point = |byte: usize| {
        let place = lines.place(source, byte);
        json!({"line": place.line, "column": place.column, "byte": byte})
    };
    json!({
        "file": error.file,
        "span": {"start": point(span.start), "end": point(span.end)},
        "message": error.message,
        "message_en": error.message_en,
        "help": error.help,
        "help_en": error.help_en,
    })
}

fn ledger(report: &Report) -> Vec<LedgerEntry<'_>> {
    report
        .ledger
        .iter()
        .map(|entry| LedgerEntry {
            rule: &entry.rule,
            status: entry.status.word(),
            bound: entry.bound,
            failed: entry.failed,
            why: entry.why.as_deref(),
        })
        .collect()
}

fn finding_entry<'a>(finding: &'a Finding, places: &Places<'a>) -> FindingEntry<'a> {
    let text = &places.document().text;
    let sides = finding.sides.as_ref();
    FindingEntry {
        rule: &finding.rule,
        name: &finding.name,
        level: finding.level.word(),
        message: &finding.message,
        help: finding.help.as_deref(),
        basis: BasisEntry {
            doc: &finding.basis.doc,
            clause: finding.basis.clause.as_deref(),
            strength: finding.basis.strength.word(),
        },
        place: WhereEntry {
            section: finding.place.section.as_deref(),
            table: finding.place.table.as_deref(),
            row: finding.place.row.as_deref(),
            col: finding.place.col.as_deref(),
        },
        span: span_entry(finding.span, places),
        text: finding.span.of(text),
        labels: finding
            .labels
            .iter()
            .map(|label| LabelEntry { span: span_entry(label.span, places), text: &label.text })
            .collect(),
        places: finding
            .places
            .iter()
            .map(|place| PlaceEntry {
                span: span_entry(place.span, places),
                text: place.span.of(text),
                fingerprint: &place.fingerprint,
                fixes: fix_entries(&place.fixes, places),
            })
            .collect(),
        participants: finding.participants.iter().map(|participant| participant_entry(participant, places)).collect(),
        lhs: sides.map(|sides| sides.lhs.as_str()),
        rhs: sides.map(|sides| sides.rhs.as_str()),
        delta: sides.map(|sides| sides.delta.as_str()),
        repairs: finding.repairs.iter().map(|repair| repair_entry(repair, places)).collect(),
        fixes: fix_entries(&finding.fixes, places),
        fingerprint: &finding.fingerprint,
        accepted: finding.accepted.as_deref().map(|grounds| AcceptedEntry {
            reason: &grounds.reason,
            by: grounds.by.as_deref(),
            until: grounds.until.map(date::text),
        }),
        known: finding.known,
    }
}

fn participant_entry<'a>(participant: &'a Participant, places: &Places<'_>) -> ParticipantEntry<'a> {
    ParticipantEntry {
        name: &participant.name,
        path: &participant.path,
        sign: participant.sign,
        side: if participant.right { "right" } else { "left" },
        value: &participant.value,
        // A span in another document says nothing in this one.
        span: participant.document.is_none().then(|| span_entry(participant.span, places)),
        document: participant.document.as_deref(),
        line: participant.line,
    }
}

fn repair_entry<'a>(repair: &'a Repair, places: &Places<'_>) -> RepairEntry<'a> {
    let cell = |cell: &'a RepairedCell| RepairedCellEntry {
        path: &cell.path,
        from: &cell.from,
        to: &cell.to,
        span: cell.document.is_none().then(|| span_entry(cell.span, places)),
        document: cell.document.as_deref(),
        slip: cell.slip.as_deref(),
    };
    RepairEntry { cells: repair.cells.iter().map(cell).collect(), only: repair.only, why: &repair.why }
}

fn fix_entries<'a>(fixes: &'a [Fix], places: &Places<'_>) -> Vec<FixEntry<'a>> {
    fixes
        .iter()
        .map(|fix| FixEntry {
            title: &fix.title,
            level: fix.level.word(),
            edits: fix
                .edits
                .iter()
                .map(|edit| EditEntry { span: span_entry(edit.span, places), insert: &edit.insert })
                .collect(),
        })
        .collect()
}

fn span_entry(span: Span, places: &Places<'_>) -> SpanEntry {
    let (start, end) = places.of(span);
    SpanEntry {
        start: Point { line: start.line, column: start.column, byte: span.start },
        end: Point { line: end.line, column: end.column, byte: span.end },
    }
}

/// A value on one line. Writing to memory what has only text keys can not fail.
fn to_line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
