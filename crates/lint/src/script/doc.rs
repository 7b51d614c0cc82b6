//! The document as scripts see it: a copy that handles can hold on to, and the handles of document and headings.

use super::fault::Hosted;
use super::host::Run;
use super::table::{PageTable, Table};
use super::text::{Text, or_unit};
use crate::bind::Bound;
use gouji_core::document::{BlockKind, Document};
use gouji_core::text::Span;
use rhai::{Array, Dynamic, Engine};
use std::sync::Arc;

/// What scripts may see of a bound document. Made once a document, when the first script needs it.
#[derive(Debug)]
pub struct Page {
    pub(super) text: Arc<str>,
    title: Option<Span>,
    organ: Option<String>,
    year: Option<i32>,
    form: Option<String>,
    blocks: Vec<PageBlock>,
    headings: Vec<PageHeading>,
    /// Sections and parts of the form by short name, with their places.
    sections: Vec<(String, Span)>,
    pub(super) tables: Vec<PageTable>,
}

#[derive(Debug)]
struct PageBlock {
    span: Span,
    kind: PageKind,
    /// The paragraph without a run-in heading, where it is prose.
    prose: Option<Span>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PageKind {
    Line,
    Paragraph,
    Row,
}

#[derive(Debug)]
struct PageHeading {
    whole: Span,
    title: Span,
    mark: Span,
    enumerator: Option<Span>,
    number: Option<u32>,
    rank: Option<u8>,
    level: usize,
    run_in: bool,
    parent: Option<usize>,
}

impl Page {
    /// Copies what scripts may see. `prose` gives, for a block's index, the stretch of it that is prose.
    #[must_use]
    pub fn new(bound: &Bound<'_>, prose: impl Fn(usize) -> Option<Span>) -> Self {
        let document = bound.document;
        let blocks = document.blocks.iter().enumerate();
        let blocks = blocks
            .map(|(idx, block)| PageBlock {
                span: block.span,
                kind: match block.kind {
                    BlockKind::Title | BlockKind::Heading => PageKind::Line,
                    BlockKind::Paragraph => PageKind::Paragraph,
                    BlockKind::Row(_) => PageKind::Row,
                },
                prose: prose(idx),
            })
            .collect();
        Self {
            text: Arc::from(document.text.as_str()),
            title: document.title.as_ref().map(|title| title.span),
            organ: bound.organ.clone(),
            year: bound.year,
            form: bound.form.map(|form| form.id.to_string()),
            blocks,
            headings: headings(document),
            sections: sections(bound),
            tables: super::table::tables(bound),
        }
    }

    /// The block that holds the start of a span, or the last one before it; the span itself where there is none.
    pub(super) fn block_around(&self, span: Span) -> Span {
        let at = self.blocks.partition_point(|block| block.span.start <= span.start);
        at.checked_sub(1).map_or(span, |at| self.blocks[at].span)
    }

    /// The stretches of a span that lie in one block each, table rows left out unless the span lies in one row.
    pub(super) fn blocks_within(&self, span: Span) -> Vec<Span> {
        let first = self.blocks.partition_point(|block| block.span.end < span.start);
        let touched = self.blocks[first..].iter().take_while(|block| block.span.start < span.end || block.span == span);
        let clip = |block: &PageBlock| {
            let start = block.span.start.max(span.start);
            Span::new(start, block.span.end.min(span.end).max(start))
        };
        touched.filter(|block| block.kind != PageKind::Row || block.span.contains(span)).map(clip).collect()
    }
}

fn headings(document: &Document) -> Vec<PageHeading> {
    let sections = document.sections.iter();
    sections
        .map(|section| {
            let heading = &section.heading;
            PageHeading {
                whole: heading.span,
                title: heading.title,
                mark: heading.mark,
                enumerator: heading.enumerator.map(|enumerator| enumerator.span),
                number: heading.enumerator.map(|enumerator| enumerator.number),
                rank: heading.enumerator.map(|enumerator| enumerator.rank),
                level: section.level,
                run_in: heading.run_in,
                parent: section.parent,
            }
        })
        .collect()
}

fn sections(bound: &Bound<'_>) -> Vec<(String, Span)> {
    let Some(form) = bound.form else { return Vec::new() };
    let mut places = Vec::new();
    for (idx, section) in form.sections.iter().enumerate() {
        let mut put = |name: &str, found: Option<&Option<crate::bind::BoundSection>>| {
            if let Some(Some(found)) = found {
                places.push((name.to_owned(), bound.document.sections[found.section].span));
            }
        };
        put(&section.name, bound.sections.get(idx));
        for (part_idx, part) in section.parts.iter().enumerate() {
            put(&part.name, bound.parts.get(idx).and_then(|parts| parts.get(part_idx)));
        }
    }
    places
}

/// The document.
#[derive(Clone, Debug)]
pub(super) struct Doc {
    pub(super) run: Arc<Run>,
}

/// A heading.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    run: Arc<Run>,
    index: usize,
}

impl Doc {
    fn at(&self, span: Span) -> Text {
        Text { run: Arc::clone(&self.run), span }
    }

    fn texts(&self, spans: impl Iterator<Item = Span>) -> Hosted<Array> {
        let texts: Array = spans.map(|span| Dynamic::from(self.at(span))).collect();
        self.run.charge(1 + texts.len() as u64)?;
        Ok(texts)
    }

    fn blocks(&self) -> Hosted<Array> {
        self.texts(self.run.page.blocks.iter().filter(|block| block.kind != PageKind::Row).map(|block| block.span))
    }

    fn paragraphs(&self) -> Hosted<Array> {
        self.texts(
            self.run.page.blocks.iter().filter(|block| block.kind == PageKind::Paragraph).map(|block| block.span),
        )
    }

    fn prose(&self) -> Hosted<Array> {
        self.texts(
            self.run.page.blocks.iter().filter(|block| block.kind != PageKind::Row).filter_map(|block| block.prose),
        )
    }

    fn headings(&self) -> Hosted<Array> {
        let n_headings = self.run.page.headings.len();
        self.run.charge(1 + n_headings as u64)?;
        let heading = |index| Dynamic::from(Heading { run: Arc::clone(&self.run), index });
        Ok((0..n_headings).map(heading).collect())
    }

    fn section(&self, name: &str) -> Option<Text> {
        let found = self.run.page.sections.iter().find(|(own, _)| own == name);
        found.map(|(_, span)| self.at(*span))
    }

    fn find(&self, source: &str) -> Hosted<Array> {
        let mut found = Array::new();
        match &self.run.within {
            Some(stretches) => stretches.iter().try_for_each(|&span| self.at(span).matches(source, &mut found))?,
            None => {
                let blocks = &self.run.page.blocks;
                let mut search = |block: &PageBlock| match block.kind {
                    PageKind::Row => Ok(()),
                    _ => self.at(block.span).matches(source, &mut found),
                };
                match self.run.candidates.get(source) {
                    Some(candidates) => candidates.iter().try_for_each(|&at| search(&blocks[at]))?,
                    None => blocks.iter().try_for_each(search)?,
                }
            }
        }
        Ok(found)
    }

    fn table(&self, name: &str) -> Option<Table> {
        let index = self.run.page.tables.iter().position(|table| table.name == name)?;
        Some(Table { run: Arc::clone(&self.run), index })
    }
}

impl Heading {
    fn own(&self) -> &PageHeading {
        &self.run.page.headings[self.index]
    }

    fn at(&self, span: Span) -> Text {
        Text { run: Arc::clone(&self.run), span }
    }

    pub(super) fn whole(&self) -> Text {
        self.at(self.own().whole)
    }

    fn parent(&self) -> Option<Self> {
        self.own().parent.map(|index| Self { run: Arc::clone(&self.run), index })
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).expect("a document has fewer things")
}

/// Puts the document and its headings into the engine.
pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Doc>("Doc");
    engine.register_get("text", |doc: &mut Doc| doc.at(Span::new(0, doc.run.page.text.len())));
    engine.register_get("title", |doc: &mut Doc| or_unit(doc.run.page.title.map(|span| doc.at(span))));
    engine.register_get("organ", |doc: &mut Doc| or_unit(doc.run.page.organ.clone()));
    engine.register_get("form", |doc: &mut Doc| or_unit(doc.run.page.form.clone()));
    engine.register_get("year", |doc: &mut Doc| or_unit(doc.run.page.year.map(i64::from)));
    engine.register_fn("blocks", |doc: &mut Doc| doc.blocks());
    engine.register_fn("paragraphs", |doc: &mut Doc| doc.paragraphs());
    engine.register_fn("prose", |doc: &mut Doc| doc.prose());
    engine.register_fn("headings", |doc: &mut Doc| doc.headings());
    engine.register_fn("section", |doc: &mut Doc, name: &str| or_unit(doc.section(name)));
    engine.register_fn("find", |doc: &mut Doc, source: &str| doc.find(source));
    engine.register_fn("table", |doc: &mut Doc, name: &str| or_unit(doc.table(name)));
    engine.register_type_with_name::<Heading>("Heading");
    engine.register_get("text", |heading: &mut Heading| heading.at(heading.own().title));
    engine.register_get("str", |heading: &mut Heading| heading.at(heading.own().title).str().to_owned());
    engine.register_get("whole", |heading: &mut Heading| heading.whole());
    engine.register_get("mark", |heading: &mut Heading| heading.at(heading.own().mark));
    engine.register_get("enumerator", |heading: &mut Heading| {
        or_unit(heading.own().enumerator.map(|span| heading.at(span)))
    });
    engine.register_get("number", |heading: &mut Heading| or_unit(heading.own().number.map(i64::from)));
    engine.register_get("rank", |heading: &mut Heading| or_unit(heading.own().rank.map(i64::from)));
    engine.register_get("level", |heading: &mut Heading| count(heading.own().level));
    engine.register_get("index", |heading: &mut Heading| count(heading.index));
    engine.register_get("run_in", |heading: &mut Heading| heading.own().run_in);
    engine.register_get("parent", |heading: &mut Heading| or_unit(heading.parent()));
}
