//! Sections as scripts see them: a heading and what stands below it.

use super::doc::Heading;
use super::fault::Hosted;
use super::host::Run;
use super::table::Table;
use super::text::{Text, or_unit};
use super::{mention, text};
use gouji_core::text::Span;
use rhai::{Array, Dynamic, Engine};
use std::sync::Arc;

/// A section.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) run: Arc<Run>,
    pub(super) index: usize,
}

impl Section {
    fn span(&self) -> Span {
        self.run.page.headings[self.index].section
    }

    fn at(&self, span: Span) -> Text {
        Text { run: Arc::clone(&self.run), span }
    }

    fn text(&self) -> Text {
        self.at(self.span())
    }

    pub(super) fn heading(&self) -> Heading {
        Heading { run: Arc::clone(&self.run), index: self.index }
    }

    fn parent(&self) -> Option<Self> {
        let index = self.run.page.headings[self.index].parent?;
        Some(Self { run: Arc::clone(&self.run), index })
    }

    fn children(&self) -> Hosted<Array> {
        let headings = &self.run.page.headings;
        self.run.charge(1 + headings.len() as u64 / 16)?;
        let own = (0..headings.len()).filter(|&at| headings[at].parent == Some(self.index));
        Ok(own.map(|index| Dynamic::from(Self { run: Arc::clone(&self.run), index })).collect())
    }

    /// The words of the headings from the outermost to its own.
    fn path(&self) -> String {
        let mut words = vec![self.run.page.title_of(self.index)];
        let mut at = self.index;
        while let Some(parent) = self.run.page.headings[at].parent {
            words.push(self.run.page.title_of(parent));
            at = parent;
        }
        words.reverse();
        words.join(" > ")
    }

    fn paras(&self) -> Hosted<Array> {
        let spans = self.run.page.paragraphs_within(self.span());
        let paras: Array = spans.into_iter().map(|span| Dynamic::from(self.at(span))).collect();
        self.run.charge(1 + paras.len() as u64)?;
        Ok(paras)
    }

    fn tables(&self) -> Hosted<Array> {
        let tables = self.run.page.tables.iter().enumerate();
        let own = tables.filter(|(_, table)| self.span().contains(table.span));
        let own: Array = own.map(|(at, _)| Dynamic::from(Table { run: Arc::clone(&self.run), index: at })).collect();
        self.run.charge(1 + self.run.page.tables.len() as u64 / 16)?;
        Ok(own)
    }
}

/// Puts sections into the engine. A section has all that a text has.
pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Section>("Section");
    text::both(engine, |section: &mut Section| section.text());
    mention::both(engine, |section: &mut Section| section.text());
    engine.register_get("text", |section: &mut Section| section.text());
    engine.register_get("heading", |section: &mut Section| section.heading());
    engine.register_get("title", |section: &mut Section| section.run.page.title_of(section.index).to_owned());
    engine.register_get("path", |section: &mut Section| section.path());
    engine.register_get("level", |section: &mut Section| {
        super::doc::count(section.run.page.headings[section.index].level)
    });
    engine.register_get("index", |section: &mut Section| super::doc::count(section.index));
    engine.register_fn("parent", |section: &mut Section| or_unit(section.parent()));
    engine.register_fn("children", |section: &mut Section| section.children());
    engine.register_fn("paras", |section: &mut Section| section.paras());
    engine.register_fn("tables", |section: &mut Section| section.tables());
}
