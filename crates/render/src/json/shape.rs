//! The keys of the findings JSON, in their order.

use serde::Serialize;

#[derive(Serialize)]
pub(super) struct DocumentEntry<'a> {
    pub(super) path: &'a str,
    pub(super) config: Option<&'a str>,
    pub(super) format: &'a str,
    pub(super) encoding: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) organ: Option<&'a str>,
    pub(super) year: Option<i32>,
    pub(super) form: Option<&'a str>,
    pub(super) notes: Vec<NoteEntry>,
    pub(super) findings: Vec<FindingEntry<'a>>,
    pub(super) ledger: Vec<LedgerEntry<'a>>,
    pub(super) trace: Vec<TraceEntry<'a>>,
}

#[derive(Serialize)]
pub(super) struct ConfigEntry<'a> {
    pub(super) path: &'a str,
    pub(super) findings: Vec<FindingEntry<'a>>,
}

#[derive(Serialize)]
pub(super) struct NoteEntry {
    pub(super) kind: &'static str,
    pub(super) span: SpanEntry,
}

#[derive(Serialize)]
pub(super) struct FindingEntry<'a> {
    pub(super) rule: &'a str,
    pub(super) name: &'a str,
    pub(super) level: &'a str,
    pub(super) message: &'a str,
    pub(super) help: Option<&'a str>,
    pub(super) basis: BasisEntry<'a>,
    #[serde(rename = "where")]
    pub(super) place: WhereEntry<'a>,
    pub(super) span: SpanEntry,
    pub(super) text: &'a str,
    pub(super) labels: Vec<LabelEntry<'a>>,
    pub(super) places: Vec<PlaceEntry<'a>>,
    pub(super) participants: Vec<ParticipantEntry<'a>>,
    pub(super) lhs: Option<&'a str>,
    pub(super) rhs: Option<&'a str>,
    pub(super) delta: Option<&'a str>,
    pub(super) repairs: Vec<RepairEntry<'a>>,
    pub(super) fixes: Vec<FixEntry<'a>>,
    pub(super) fingerprint: &'a str,
    pub(super) accepted: Option<AcceptedEntry<'a>>,
    pub(super) known: bool,
}

#[derive(Serialize)]
pub(super) struct AcceptedEntry<'a> {
    pub(super) reason: &'a str,
    pub(super) by: Option<&'a str>,
    pub(super) until: Option<String>,
}

#[derive(Serialize)]
pub(super) struct BasisEntry<'a> {
    pub(super) doc: &'a str,
    pub(super) clause: Option<&'a str>,
    pub(super) strength: &'a str,
}

#[derive(Serialize)]
pub(super) struct WhereEntry<'a> {
    pub(super) section: Option<&'a str>,
    pub(super) table: Option<&'a str>,
    pub(super) row: Option<&'a str>,
    pub(super) col: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Point {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) byte: usize,
}

#[derive(Serialize)]
pub(super) struct SpanEntry {
    pub(super) start: Point,
    pub(super) end: Point,
}

#[derive(Serialize)]
pub(super) struct LabelEntry<'a> {
    pub(super) span: SpanEntry,
    pub(super) text: &'a str,
}

#[derive(Serialize)]
pub(super) struct PlaceEntry<'a> {
    pub(super) span: SpanEntry,
    pub(super) text: &'a str,
    pub(super) fingerprint: &'a str,
    pub(super) fixes: Vec<FixEntry<'a>>,
}

#[derive(Serialize)]
pub(super) struct ParticipantEntry<'a> {
    pub(super) name: &'a str,
    pub(super) path: &'a str,
    pub(super) sign: i8,
    pub(super) side: &'a str,
    pub(super) value: &'a str,
    pub(super) span: Option<SpanEntry>,
    pub(super) document: Option<&'a str>,
    pub(super) line: Option<usize>,
}

#[derive(Serialize)]
pub(super) struct RepairEntry<'a> {
    pub(super) cells: Vec<RepairedCellEntry<'a>>,
    pub(super) only: bool,
    pub(super) why: &'a str,
}

#[derive(Serialize)]
pub(super) struct RepairedCellEntry<'a> {
    pub(super) path: &'a str,
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) span: Option<SpanEntry>,
    pub(super) document: Option<&'a str>,
    pub(super) slip: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct FixEntry<'a> {
    pub(super) title: &'a str,
    pub(super) level: &'a str,
    pub(super) edits: Vec<EditEntry<'a>>,
}

#[derive(Serialize)]
pub(super) struct EditEntry<'a> {
    pub(super) span: SpanEntry,
    pub(super) insert: &'a str,
}

#[derive(Serialize)]
pub(super) struct LedgerEntry<'a> {
    pub(super) rule: &'a str,
    pub(super) status: &'a str,
    pub(super) bound: usize,
    pub(super) failed: usize,
    pub(super) why: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct TraceEntry<'a> {
    pub(super) rule: &'a str,
    pub(super) verb: &'a str,
    pub(super) formula: Option<&'a str>,
    pub(super) steps: Vec<StepEntry<'a>>,
    pub(super) more: usize,
    pub(super) work: Option<WorkEntry>,
}

#[derive(Serialize)]
pub(super) struct StepEntry<'a> {
    pub(super) end: &'a str,
    pub(super) what: &'a str,
    pub(super) why: Option<&'a str>,
    pub(super) span: Option<SpanEntry>,
    pub(super) formula: Option<&'a str>,
    pub(super) parties: Vec<PartyEntry<'a>>,
}

#[derive(Serialize)]
pub(super) struct PartyEntry<'a> {
    pub(super) name: &'a str,
    pub(super) path: &'a str,
    pub(super) state: &'static str,
    pub(super) value: Option<String>,
    pub(super) span: Option<SpanEntry>,
    pub(super) document: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct WorkEntry {
    pub(super) script: u64,
    pub(super) host: u64,
    pub(super) most: u64,
}
