//! The document as scripts see it: a copy that handles can hold on to, and the handles of document and headings.

use super::fault::Hosted;
use super::host::Run;
use super::mention;
use super::section::Section;
use super::table::{PageTable, Table};
use super::text::{Text, or_unit};
use crate::bind::Bound;
use crate::say::Job;
use crate::scope::Regions;
use gouji_core::citation::Citation;
use gouji_core::document::{BlockKind, Document};
use gouji_core::label::fold;
use gouji_core::text::Span;
use rhai::{Array, Dynamic, Engine};
use std::sync::Arc;

/// The pages that a script may see. Made once a document, when the first script needs them.
#[derive(Debug)]
pub(crate) struct Pages {
    /// That of the report under check.
    pub(super) own: Arc<Page>,
    /// That of last year's report.
    pub(super) prev: Option<Arc<Page>>,
}

impl Pages {
    /// Those of a document on its way through the rules.
    pub(crate) fn new(job: &Job<'_>) -> Self {
        let prev = job.prev.map(|prev| {
            let regions = Regions::new(&prev.bound, false);
            let page = Page::new(&prev.bound, &regions);
            Arc::new(Page { file: Some(Arc::clone(prev.path)), ..page })
        });
        Self { own: Arc::new(Page::new(job.bound, job.regions)), prev }
    }
}

/// What scripts may see of a bound document.
#[derive(Debug)]
pub(super) struct Page {
    /// The file of last year's report; none for the report under check.
    pub(super) file: Option<Arc<str>>,
    pub(super) text: Arc<str>,
    path: String,
    format: &'static str,
    title: Option<Span>,
    organ: Option<String>,
    year: Option<i32>,
    form: Option<String>,
    blocks: Vec<PageBlock>,
    pub(super) headings: Vec<PageHeading>,
    /// Sections and parts of the form by short name, each with its heading's index.
    sections: Vec<(String, usize)>,
    pub(super) tables: Vec<PageTable>,
    pub(super) citations: Arc<[Citation]>,
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
pub(super) struct PageHeading {
    /// The whole section, from the heading on.
    pub(super) section: Span,
    whole: Span,
    title: Span,
    mark: Span,
    enumerator: Option<Span>,
    number: Option<u32>,
    rank: Option<u8>,
    pub(super) level: usize,
    run_in: bool,
    pub(super) parent: Option<usize>,
}

impl Page {
    /// Copies what scripts may see.
    fn new(bound: &Bound<'_>, regions: &Regions<'_>) -> Self {
        let document = bound.document;
        let blocks = document.blocks.iter().enumerate();
        let blocks = blocks
            .map(|(idx, block)| PageBlock {
                span: block.span,
                kind: match block.kind {
                    BlockKind::Title | BlockKind::Heading | BlockKind::Aside => PageKind::Line,
                    BlockKind::Paragraph => PageKind::Paragraph,
                    BlockKind::Row(_) => PageKind::Row,
                },
                prose: regions.prose(idx),
            })
            .collect();
        Self {
            file: None,
            text: Arc::from(document.text.as_str()),
            path: document.name.clone(),
            format: document.format.word(),
            title: document.title.as_ref().map(|title| title.span),
            organ: bound.organ.clone(),
            year: bound.year,
            form: bound.form.map(|form| form.id.to_string()),
            blocks,
            headings: headings(document),
            sections: sections(bound),
            tables: super::table::tables(bound),
            citations: Arc::clone(regions.citations()),
        }
    }

    /// The block that holds the start of a span, or the last one before it; the span itself where there is none.
    pub(super) fn block_around(&self, span: Span) -> Span {
        let at = self.blocks.partition_point(|block| block.span.start <= span.start);
        at.checked_sub(1).map_or(span, |at| self.blocks[at].span)
    }

    /// The words of a heading.
    pub(super) fn title_of(&self, heading: usize) -> &str {
        self.headings[heading].title.of(&self.text)
    }

    /// The paragraphs that start in a span.
    pub(super) fn paragraphs_within(&self, span: Span) -> Vec<Span> {
        let first = self.blocks.partition_point(|block| block.span.start < span.start);
        let own = self.blocks[first..].iter().take_while(|block| block.span.start < span.end);
        own.filter(|block| block.kind == PageKind::Paragraph).map(|block| block.span).collect()
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
                section: section.span,
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

fn sections(bound: &Bound<'_>) -> Vec<(String, usize)> {
    let Some(form) = bound.form else { return Vec::new() };
    let mut places = Vec::new();
    for (idx, section) in form.sections.iter().enumerate() {
        let mut put = |name: &str, found: Option<&Option<crate::bind::BoundSection>>| {
            if let Some(Some(found)) = found {
                places.push((name.to_owned(), found.section));
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
    pub(super) run: Arc<Run>,
    pub(super) index: usize,
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

    fn sections(&self) -> Hosted<Array> {
        let n_sections = self.run.page.headings.len();
        self.run.charge(1 + n_sections as u64)?;
        let section = |index| Dynamic::from(Section { run: Arc::clone(&self.run), index });
        Ok((0..n_sections).map(section).collect())
    }

    /// By the form's short name, else by the words of the heading.
    fn section(&self, name: &str) -> Hosted<Option<Section>> {
        let page = &self.run.page;
        self.run.charge(1 + page.headings.len() as u64 / 4)?;
        let of_form = page.sections.iter().find(|(own, _)| own == name).map(|(_, heading)| *heading);
        let key = fold(name);
        let found = of_form.or_else(|| (0..page.headings.len()).find(|&at| fold(page.title_of(at)) == key));
        Ok(found.map(|index| Section { run: Arc::clone(&self.run), index }))
    }

    /// What stands behind `name：` in a line, up to the next mark or blank.
    fn field(&self, name: &str) -> Hosted<Option<Text>> {
        for block in self.run.page.blocks.iter().filter(|block| block.kind != PageKind::Row) {
            let words = block.span.of(&self.run.page.text);
            self.run.charge(1 + words.len() as u64 / 256)?;
            let behind = words.match_indices(name).map(|(at, _)| at + name.len());
            let value = behind.map(|at| &words[at..]).find_map(|rest| rest.strip_prefix(['：', ':']));
            if let Some(value) = value.map(str::trim_start) {
                let ends = |c: char| c.is_whitespace() || "，,；;。".contains(c);
                let value = &value[..value.find(ends).unwrap_or(value.len())];
                return Ok(Some(self.at(Span::of_slice(words, value).shift(block.span.start))));
            }
        }
        Ok(None)
    }

    /// The stretches in which the rule looks.
    fn gather(&self, find: impl Fn(&Text) -> Hosted<Array>) -> Hosted<Array> {
        let mut found = Array::new();
        for (_, stretch) in self.stretches() {
            found.extend(find(&self.at(stretch))?);
        }
        Ok(found)
    }

    /// The stretches in which the rule looks, each with its block.
    fn stretches(&self) -> impl Iterator<Item = (usize, Span)> {
        let within = self.run.within.as_deref();
        let blocks = self.run.page.blocks.iter().enumerate().filter(|(_, block)| block.kind != PageKind::Row);
        let blocks = within.is_none().then_some(blocks.map(|(at, block)| (at, block.span)));
        within.unwrap_or_default().iter().copied().chain(blocks.into_iter().flatten())
    }

    /// Those of one block.
    fn stretches_of(&self, block: usize) -> impl Iterator<Item = Span> {
        let within = self.run.within.as_deref();
        let from = |stretches: &[(usize, Span)]| stretches.partition_point(|&(at, _)| at < block);
        let own = within.map_or(&[][..], |stretches| &stretches[from(stretches)..]);
        let own = own.iter().take_while(move |&&(at, _)| at == block).map(|&(_, stretch)| stretch);
        let whole = &self.run.page.blocks[block];
        own.chain((within.is_none() && whole.kind != PageKind::Row).then_some(whole.span))
    }

    fn tables(&self) -> Hosted<Array> {
        let n_tables = self.run.page.tables.len();
        self.run.charge(1 + n_tables as u64)?;
        Ok((0..n_tables).map(|index| Dynamic::from(Table { run: Arc::clone(&self.run), index })).collect())
    }

    fn find(&self, source: &str) -> Hosted<Array> {
        let pattern = self.run.pattern(source)?;
        let candidates = self.run.candidates.get(source);
        let mut found = Array::new();
        let mut search = |stretch| self.at(stretch).matches(&pattern, &mut found);
        match candidates {
            Some(blocks) => {
                self.run.charge(blocks.len() as u64 / 64)?;
                blocks.iter().flat_map(|&block| self.stretches_of(block)).try_for_each(&mut search)?;
            }
            None => self.stretches().map(|(_, stretch)| stretch).try_for_each(&mut search)?,
        }
        Ok(found)
    }

    fn table(&self, name: &str) -> Option<Table> {
        let index = self.run.page.tables.iter().position(|table| table.name.as_deref() == Some(name))?;
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

pub(super) fn count(n: usize) -> i64 {
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
    engine.register_get("path", |doc: &mut Doc| doc.run.page.path.clone());
    engine.register_get("format", |doc: &mut Doc| doc.run.page.format.to_owned());
    engine.register_fn("sections", |doc: &mut Doc| doc.sections());
    engine.register_fn("section", |doc: &mut Doc, name: &str| doc.section(name).map(or_unit));
    engine.register_fn("field", |doc: &mut Doc, name: &str| doc.field(name).map(or_unit));
    engine.register_fn("sentences", |doc: &mut Doc| doc.gather(mention::sentences_of));
    engine.register_fn("nums", |doc: &mut Doc| doc.gather(mention::nums_of));
    engine.register_fn("dates", |doc: &mut Doc| doc.gather(mention::dates_of));
    engine.register_fn("cites", |doc: &mut Doc| doc.gather(mention::cites_of));
    engine.register_fn("tables", |doc: &mut Doc| doc.tables());
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
