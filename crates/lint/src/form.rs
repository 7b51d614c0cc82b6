//! Official forms (表样): sections, tables, rows and columns as the form of a year has them.

use crate::finding::Basis;
use crate::path::AsLabel;
use crate::pattern::Pattern;
use crate::ruleset::Bilingual;
use crate::template::Template;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A checked form.
#[derive(Debug)]
pub struct Form {
    /// Its id: `annual-report-2021`.
    pub id: Arc<str>,
    /// The kind that packs name: `annual-report`.
    pub kind: String,
    /// Name.
    pub name: Bilingual,
    /// The instrument that prescribes it.
    pub basis: Option<Basis>,
    /// The first report year that needs it; none: from ever.
    pub from: Option<i32>,
    /// The last report year that needs it; none: still in force.
    pub to: Option<i32>,
    /// The template of a right title, with the slots `organ` and `year`.
    pub title: Option<Template>,
    /// Patterns for the title lines joined, width folded, blanks gone, tried in order; they may capture `organ` and
    /// `year`. The first is the right form, the others are understood only.
    pub titles: Vec<Pattern>,
    /// Kinds of organs by patterns on the name, tried in order.
    pub organ_kinds: Vec<(String, Pattern)>,
    /// Labels of an earlier form, as written.
    pub superseded: Vec<FormLabel>,
    /// Sections in order.
    pub sections: Vec<FormSection>,
    /// Tables in order.
    pub tables: Vec<FormTable>,
    /// The figures by which a report is known at a glance, in order.
    pub figures: Vec<Figure>,
}

impl Form {
    /// Whether reports of a year need this form.
    pub(crate) fn holds_in(&self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }

    /// The kind of an organ by its name; none where no pattern knows it.
    pub(crate) fn organ_kind(&self, organ: &str) -> Option<&str> {
        let found = self.organ_kinds.iter().find(|(_, pattern)| pattern.regex().is_match(organ));
        found.map(|(kind, _)| kind.as_str())
    }

    /// The section with a short name (index into [`Form::sections`]).
    #[must_use]
    pub fn section(&self, name: &str) -> Option<usize> {
        self.sections.iter().position(|section| section.name == name)
    }

    /// The part with a short name: indices of its section and of itself.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<(usize, usize)> {
        self.sections.iter().enumerate().find_map(|(section_idx, section)| {
            let part_idx = section.parts.iter().position(|part| part.name == name)?;
            Some((section_idx, part_idx))
        })
    }

    /// The table with a short name (index into [`Form::tables`]).
    #[must_use]
    pub fn table(&self, name: &str) -> Option<usize> {
        self.tables.iter().position(|table| table.name == name)
    }
}

/// A figure: one cell, or the sum of several.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What it is called.
    pub name: Bilingual,
    /// At least one.
    pub cells: Vec<FormCell>,
}

/// A cell of a form. Ordered as they stand in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FormCell {
    /// Index into [`Form::tables`].
    pub table: usize,
    /// Index into [`FormTable::bands`].
    pub band: usize,
    /// Index into [`FormBand::rows`]; none where rows have no labels.
    pub row: Option<usize>,
    /// Index into [`FormBand::columns`].
    pub col: usize,
}

/// A label as the form has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormLabel {
    /// The official words, enumerator and note included.
    pub text: String,
    /// As compared: see [`gouji_core::label::fold`].
    pub key: String,
}

impl AsLabel for FormLabel {
    fn key(&self) -> &str {
        &self.key
    }

    fn text(&self) -> &str {
        &self.text
    }
}

/// A section of a form.
#[derive(Clone, Debug)]
pub struct FormSection {
    /// The short name.
    pub name: String,
    /// The official title.
    pub title: FormLabel,
    /// Other titles that are understood as this section.
    pub variants: Vec<FormLabel>,
    /// Its parts, in order.
    pub parts: Vec<FormPart>,
}

/// A part of a section.
#[derive(Clone, Debug)]
pub struct FormPart {
    /// The short name.
    pub name: String,
    /// The official title.
    pub title: FormLabel,
    /// Other titles that are understood as this part.
    pub variants: Vec<FormLabel>,
}

/// A table of a form.
#[derive(Clone, Debug)]
pub struct FormTable {
    /// The short name.
    pub name: String,
    /// The section it stands in (index into [`Form::sections`]), where the form says.
    pub section: Option<usize>,
    /// Its bands, in order; at least one.
    pub bands: Vec<FormBand>,
    /// All its labels as compared: see [`FormTable::keys_of`].
    pub keys: BTreeSet<String>,
}

impl FormTable {
    /// All its cells, in order; `table` is its place in the form.
    pub(crate) fn cells(&self, table: usize) -> impl Iterator<Item = FormCell> + '_ {
        self.bands.iter().enumerate().flat_map(move |(band, own)| {
            let labelled = (0..own.rows.len()).map(Some);
            let rows = labelled.chain(own.rows.is_empty().then_some(None));
            rows.flat_map(move |row| (0..own.columns.len()).map(move |col| FormCell { table, band, row, col }))
        })
    }

    /// The folded labels of rows, columns, corners and bands.
    #[must_use]
    pub fn keys_of(bands: &[FormBand]) -> BTreeSet<String> {
        let paths = bands.iter().flat_map(|band| band.columns.iter().chain(&band.rows));
        let corners = bands.iter().flat_map(|band| band.corner.iter().chain(&band.label));
        paths.flatten().chain(corners).map(|label| label.key.clone()).collect()
    }
}

/// A stretch of a table with its own header.
#[derive(Clone, Debug)]
pub struct FormBand {
    /// The header row above the column labels.
    pub label: Option<FormLabel>,
    /// The header of the label column.
    pub corner: Option<FormLabel>,
    /// What its cells hold.
    pub value: ValueKind,
    /// The leaf columns: labels from the top (the band's own first, where it has one) to the leaf.
    pub columns: Vec<Vec<FormLabel>>,
    /// The leaf rows: labels from the outermost to its own; empty where rows have no labels.
    pub rows: Vec<Vec<FormLabel>>,
}

/// What the cells of a band hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ValueKind {
    /// Whole numbers.
    #[default]
    Count,
    /// Amounts, decimals allowed.
    Money,
}
