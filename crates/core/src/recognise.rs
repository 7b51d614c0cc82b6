//! From a format's lines to a document: title, headings, paragraphs, tables.

use crate::contents;
use crate::document::{Block, BlockKind, Document, Title};
use crate::encoding::Decoded;
use crate::format::{Draft, DraftKind, DraftLine, Format, aligned};
use crate::grid::{self, RawRow};
use crate::label::{KnownLabels, fold};
use crate::number::{narrow, read_cell};
use crate::outline::{OutlineBuilder, own_lines, read_heading, whole_titles};
use crate::table::Table;
use crate::text::{Lines, Span};

/// Most lines of a title.
const MAX_TITLE_LINES: usize = 3;
/// Longest title line, in characters.
const MAX_TITLE_CHARS: usize = 60;
/// Longest line without tabs that is a band of the table around it.
const MAX_BAND_CHARS: usize = 25;

/// Most numbers of pages between two rows.
const MAX_PAGE_NUMBERS: usize = 2;

/// What was recognised in a draft.
pub(crate) struct Recognised {
    pub(crate) blocks: Vec<Block>,
    pub(crate) title: Option<Title>,
    pub(crate) sections: Vec<crate::document::Section>,
    pub(crate) tables: Vec<Table>,
}

/// Recognises what the lines of a draft are.
pub(crate) fn recognise(format: Format, draft: &Draft, known: &KnownLabels) -> Recognised {
    let mut recogniser = Recogniser {
        format,
        text: &draft.text,
        known,
        outline: OutlineBuilder::default(),
        blocks: Vec::with_capacity(draft.lines.len()),
        title: Vec::new(),
        title_open: true,
        tables: Vec::new(),
        rows: Vec::new(),
        joins_next: false,
    };
    let lines = whole_titles(&draft.text, own_lines(&draft.text, &draft.lines, known), known);
    let mut contents_end = 0;
    for (at, line) in lines.iter().enumerate() {
        if contents_end <= at && recogniser.outline.sections.is_empty() {
            contents_end = contents::end(&draft.text, &lines, at).unwrap_or(0);
            if contents_end > 0 {
                recogniser.entry(line);
                continue;
            }
        }
        if at < contents_end && contents::is_entry(line.span.of(&draft.text), known) {
            recogniser.entry(line);
        } else {
            let is_next = |line: &&DraftLine| !aligned::is_page_number(line.span.of(&draft.text));
            recogniser.line(line, lines[at + 1..].iter().take(MAX_PAGE_NUMBERS + 1).find(is_next));
        }
    }
    recogniser.close_table();
    let aside = draft.lines.iter().find(|line| matches!(line.kind, DraftKind::Aside));
    let body_end = aside.map_or(draft.text.len(), |line| line.span.start);
    let title = match recogniser.title.as_slice() {
        [] => None,
        [first, .., last] => Some(Title { span: first.cover(*last), lines: recogniser.title.clone() }),
        [only] => Some(Title { span: *only, lines: vec![*only] }),
    };
    Recognised {
        blocks: recogniser.blocks,
        title,
        sections: recogniser.outline.finish(body_end),
        tables: recogniser.tables,
    }
}

struct Recogniser<'a> {
    format: Format,
    text: &'a str,
    known: &'a KnownLabels,
    outline: OutlineBuilder,
    blocks: Vec<Block>,
    title: Vec<Span>,
    title_open: bool,
    tables: Vec<Table>,
    /// The rows of the table under way.
    rows: Vec<RawRow>,
    /// Whether the last of them is a label of the row to come, which empty lines do not cut off.
    joins_next: bool,
}

impl Recogniser<'_> {
    fn line(&mut self, line: &DraftLine, next: Option<&DraftLine>) {
        match &line.kind {
            DraftKind::Row(fields) => self.row(RawRow::new(fields.clone(), line.span), line.blank_before),
            DraftKind::LooseRow(fields) => {
                self.row(RawRow { loose: true, ..RawRow::new(fields.clone(), line.span) }, line.blank_before);
            }
            DraftKind::Line if self.in_table(line, next) => {}
            DraftKind::Line => self.content(line.span, None, None),
            DraftKind::Item(marker) => self.content(line.span, None, Some(*marker)),
            DraftKind::Heading(depth) => self.content(line.span, Some(*depth), None),
            DraftKind::Aside => self.aside(line.span),
        }
    }

    fn row(&mut self, row: RawRow, blank_before: bool) {
        if row.fields.iter().all(|field| field.is_empty()) {
            // It may be the only row below a header; where no table is under way it is nothing.
            if !self.rows.is_empty() {
                self.rows.push(row);
            }
            return;
        }
        let span = row.span;
        let joins = std::mem::take(&mut self.joins_next);
        if blank_before && !joins && self.opens_another(&row.fields) {
            self.close_table();
        }
        let cut_before = blank_before && !self.rows.is_empty() && !joins;
        self.rows.push(RawRow { cut_before, ..row });
        self.block(span, BlockKind::Row(self.tables.len()), None);
        self.title_open = false;
    }

    /// Whether a row begins a table of a form, where the table under way has values and nothing of that table: the
    /// heading between them is missing.
    fn opens_another(&self, fields: &[Span]) -> bool {
        let key = |field: &Span| fold(field.of(self.text));
        let openers: Vec<String> = fields.iter().map(key).filter(|key| self.known.openers.contains(key)).collect();
        if openers.is_empty() {
            return false;
        }
        let own = || self.rows.iter().flat_map(|row| &row.fields);
        own().any(|field| read_cell(field.of(self.text)).0.is_some())
            && !own().any(|field| openers.contains(&key(field)))
    }

    /// A line of the table of contents, or the line that opens it.
    fn entry(&mut self, line: &DraftLine) {
        self.close_table();
        self.block(line.span, BlockKind::Paragraph, None);
        self.title_open &= self.title.is_empty();
    }

    /// A line without tabs between two rows: a row label, a band of the table, or a stray paragraph in it; a band's label
    /// above the first row too. False where it ends the table.
    fn in_table(&mut self, line: &DraftLine, next: Option<&DraftLine>) -> bool {
        let Some((next_fields, next_cut)) = next.and_then(|next| Some((next.kind.fields()?, next.blank_before))) else {
            return false;
        };
        let words = line.span.of(self.text);
        if !self.rows.is_empty() && aligned::is_page_number(words) {
            self.block(line.span, BlockKind::Paragraph, None);
            return true;
        }
        let short = words.chars().nth(MAX_BAND_CHARS).is_none();
        if self.rows.is_empty() && !short {
            return false;
        }
        let key = fold(words);
        if short && self.known.bands.contains(&key) {
            // Empty lines on both sides set the label apart; one before it alone cuts the table.
            self.row(RawRow::new(vec![line.span], line.span), line.blank_before && !next_cut);
            self.joins_next = true;
            return true;
        }
        if self.rows.is_empty() || leads_to_table(words) {
            return false;
        }
        let is_row = short && (self.known.rows.contains(&key) || self.known.parents.contains(&key));
        if is_row && !self.known.titles.contains(&key) {
            self.row(RawRow::new(vec![line.span], line.span), line.blank_before);
            return true;
        }
        if read_heading(self.text, line.span, None, self.known).is_some() {
            return false;
        }
        // What stands between two tables of Word's is a paragraph, and not a row that lost its tabs.
        if short && self.format != Format::Docx && !words.contains(['。', '，', '；']) {
            self.row(RawRow::new(vec![line.span], line.span), line.blank_before && self.format == Format::Text);
            return true;
        }
        // A paragraph in mid-table: the table goes on when the next row is a row of it.
        let continues = next_fields.iter().any(|field| self.known.rows.contains(&fold(field.of(self.text))));
        if continues {
            self.block(line.span, BlockKind::Paragraph, None);
            self.rows.push(RawRow { cut_before: true, ..RawRow::new(Vec::new(), line.span) });
        }
        continues
    }

    fn content(&mut self, span: Span, depth: Option<u8>, list_marker: Option<Span>) {
        self.close_table();
        let words = span.of(self.text);
        if self.may_be_title(words) {
            self.title.push(span);
            self.block(span, BlockKind::Title, list_marker);
            self.title_open = self.title.len() < MAX_TITLE_LINES;
            return;
        }
        let Some(heading) = read_heading(self.text, span, depth, self.known) else {
            // A line such as 发布时间：… may stand before the title, nothing but a title between its lines.
            self.title_open &= self.title.is_empty() && words.chars().nth(MAX_TITLE_CHARS).is_none();
            self.block(span, BlockKind::Paragraph, list_marker);
            return;
        };
        let kind = if heading.run_in { BlockKind::Paragraph } else { BlockKind::Heading };
        self.outline.open(heading);
        self.title_open = false;
        self.block(span, kind, list_marker);
    }

    fn may_be_title(&self, words: &str) -> bool {
        self.title_open
            && words.contains(char::is_alphanumeric)
            && crate::enumerator::parse(words).is_none()
            && words.chars().nth(MAX_TITLE_CHARS).is_none()
            && !words.contains(['。', '，', '；', '：', ':', '\t'])
            && !self.known.titles.contains(&fold(words))
    }

    /// A line outside the body, in no section.
    fn aside(&mut self, span: Span) {
        self.close_table();
        self.blocks.push(Block { span, kind: BlockKind::Aside, section: None, list_marker: None });
    }

    fn block(&mut self, span: Span, kind: BlockKind, list_marker: Option<Span>) {
        let section = self.outline.current();
        self.blocks.push(Block { span, kind, section, list_marker });
    }

    fn close_table(&mut self) {
        if self.rows.is_empty() {
            return;
        }
        let mut rows = std::mem::take(&mut self.rows);
        // A stray paragraph left its mark as a row without fields: the cut belongs to the row behind it.
        for at in (1..rows.len()).rev() {
            if rows[at - 1].fields.is_empty() {
                rows[at].cut_before = true;
            }
        }
        rows.retain(|row| !row.fields.is_empty());
        let full = self.format.full_rows();
        self.tables.push(grid::build(self.text, &rows, full, self.outline.current(), self.known));
    }
}

/// Whether a line says what the table below it is: such a table is not the one above.
fn leads_to_table(words: &str) -> bool {
    let numbered = words.strip_prefix('附').unwrap_or(words).strip_prefix('表').is_some_and(|behind| {
        let behind = behind.trim_start();
        behind.starts_with(|c| narrow(c).is_ascii_digit() || "一二三四五六七八九十".contains(c))
    });
    numbered || words.ends_with('表') || (words.ends_with(['：', ':']) && !words.starts_with("其中"))
}

/// A document of a draft.
pub(crate) fn document(name: &str, format: Format, decoded: Decoded, draft: Draft, known: &KnownLabels) -> Document {
    let recognised = recognise(format, &draft, known);
    Document {
        name: name.to_owned(),
        format,
        encoding: decoded.encoding,
        writable: true,
        raw_lines: Lines::new(&decoded.text),
        raw: decoded.text,
        text: draft.text,
        origin: draft.origin,
        blocks: recognised.blocks,
        title: recognised.title,
        sections: recognised.sections,
        tables: recognised.tables,
        notes: draft.notes,
        comments: draft.comments,
        leftovers: Vec::new(),
        package: None,
        article: draft.article,
    }
}
