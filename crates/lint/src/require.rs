//! `require`: what must be there, once and in order.

use crate::bind::{Bound, BoundTable, is_below, path_name};
use crate::finding::{Lang, Where};
use crate::form::{Form, FormLabel};
use crate::path::LabelPath;
use crate::rule::{Case, Demand, Extra, Order, Require, Rule};
use crate::say::{Job, Named, Names, Outcome};
use crate::scan::Part;
use crate::trace::{End, Step};
use gouji_core::document::NoteKind;
use gouji_core::table::Label;
use gouji_core::text::Span;

/// Runs a `require` rule.
pub(crate) fn run(job: &Job<'_>, idx: usize, rule: &Rule, require: &Require) -> Outcome {
    checked(job, idx, rule, require).outcome
}

/// What a `require` rule demands and a document has.
pub(crate) fn present(job: &Job<'_>, idx: usize, rule: &Rule, require: &Require) -> Vec<Present> {
    checked(job, idx, rule, require).present
}

fn checked<'a>(job: &'a Job<'a>, idx: usize, rule: &'a Rule, require: &'a Require) -> Checker<'a> {
    let mut checker = Checker { job, rule, require, outcome: Outcome::default(), present: Vec::new() };
    checker.outcome.unbound = job.regions.missing(&rule.scope);
    if let Some(form) = job.bound.form {
        checker.sections(form);
        checker.parts(form);
        checker.tables(form);
        checker.rows_and_columns(form);
    }
    checker.text(idx);
    checker.outcome.n_failed = checker.outcome.findings.len();
    checker
}

/// Something demanded that is there.
#[derive(Clone, Debug)]
pub(crate) struct Present {
    /// Its official words.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: PresentKind,
    /// Its heading or label; the whole of a table or text.
    pub(crate) span: Span,
}

/// What is demanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PresentKind {
    /// A section or part, by its heading.
    Heading,
    /// A table.
    Table,
    /// A row, by its label.
    Row,
    /// A column, by its label.
    Column,
    /// A text that matches.
    Text,
}

/// Something demanded, and where the document has it.
struct Item<'f> {
    /// Its official words.
    name: &'f str,
    /// Where it stands first; none: missing.
    span: Option<Span>,
    /// Its label path where it is a row or column of a table.
    path: Option<(AxisKind, &'f [FormLabel])>,
    /// Whether it is there only as the parent of others.
    implied: bool,
}

impl Item<'_> {
    fn kind(&self) -> PresentKind {
        match self.path {
            None => PresentKind::Heading,
            Some((AxisKind::Rows, _)) => PresentKind::Row,
            Some((AxisKind::Columns, _)) => PresentKind::Column,
        }
    }

    /// What the first of its kind stands behind.
    fn first_follows(&self, lang: Lang) -> &'static str {
        match (self.path, lang) {
            (None, Lang::Zh) => "标题",
            (None, Lang::En) => "the title",
            (Some(_), Lang::Zh) => "表头",
            (Some(_), Lang::En) => "the header",
        }
    }

    fn place(&self) -> Where {
        match self.path {
            None => Where::default(),
            Some((AxisKind::Rows, path)) => Where { row: Some(path_name(path)), ..Where::default() },
            Some((AxisKind::Columns, path)) => Where { col: Some(path_name(path)), ..Where::default() },
        }
    }
}

struct Checker<'a> {
    job: &'a Job<'a>,
    rule: &'a Rule,
    require: &'a Require,
    outcome: Outcome,
    present: Vec<Present>,
}

impl<'a> Checker<'a> {
    fn bound(&self) -> &'a Bound<'a> {
        self.job.bound
    }

    fn excepted(&self, name: &str) -> bool {
        self.require.except_names.iter().any(|except| except == name)
    }

    fn heading(&self, section: usize) -> Span {
        self.bound().document.sections[section].heading.span
    }

    /// The start of the document's content, for what should stand at its very beginning.
    fn start(&self) -> Span {
        let document = self.bound().document;
        document
            .title
            .as_ref()
            .map_or_else(|| document.blocks.first().map_or(Span::empty(0), |b| b.span), |title| title.span)
    }

    fn sections(&mut self, form: &Form) {
        let Some(demand) = &self.require.sections else { return };
        let wanted = |name: &str| match demand {
            Demand::Form => !self.excepted(name),
            Demand::These(names) => names.iter().any(|own| own == name),
        };
        let demanded: Vec<usize> = (0..form.sections.len()).filter(|&at| wanted(&form.sections[at].name)).collect();
        let items = demanded.iter().map(|&at| Item {
            name: &form.sections[at].title.text,
            span: self.bound().sections[at].map(|bound| self.heading(bound.section)),
            path: None,
            implied: false,
        });
        let items: Vec<Item<'_>> = items.collect();
        self.demand(&items, self.start());
        let repeats: Vec<(String, Span)> = (self.bound().repeated_sections.iter())
            .filter(|(of, _)| demanded.contains(of))
            .map(|&(of, section)| (form.sections[of].title.text.clone(), self.heading(section)))
            .collect();
        self.report_all(Case::Repeat, repeats);
        if self.require.extra == Extra::Forbid {
            let title = |section: usize| self.bound().document.sections[section].heading.title;
            let extras = self.bound().extra_sections.iter();
            let extras: Vec<_> = extras.map(|&at| (self.job.text(title(at)).to_owned(), self.heading(at))).collect();
            self.report_all(Case::Extra, extras);
        }
    }

    fn parts(&mut self, form: &Form) {
        let Some(demand) = &self.require.parts else { return };
        for (section_idx, section) in form.sections.iter().enumerate() {
            let wanted = |name: &str| match demand {
                Demand::Form => !self.excepted(name),
                Demand::These(names) => names.iter().any(|own| own == name),
            };
            let demanded: Vec<usize> = (0..section.parts.len()).filter(|&at| wanted(&section.parts[at].name)).collect();
            if demanded.is_empty() {
                continue;
            }
            let Some(own) = self.bound().sections[section_idx] else {
                let why = format!("没有“{}”部分", section.title.text);
                self.outcome.unbound.push((why, format!("the section {} is missing", section.name)));
                continue;
            };
            let items = demanded.iter().map(|&at| Item {
                name: &section.parts[at].title.text,
                span: self.bound().parts[section_idx][at].map(|bound| self.heading(bound.section)),
                path: None,
                implied: false,
            });
            let items: Vec<Item<'_>> = items.collect();
            self.demand(&items, self.heading(own.section));
            let repeats = self.bound().repeated_parts.iter();
            let repeats = repeats.filter(|(section, part, _)| *section == section_idx && demanded.contains(part));
            let repeats: Vec<(String, Span)> =
                repeats.map(|&(_, part, own)| (section.parts[part].title.text.clone(), self.heading(own))).collect();
            self.report_all(Case::Repeat, repeats);
        }
    }

    fn tables(&mut self, form: &Form) {
        let Some(demand) = &self.require.tables else { return };
        for (at, table) in form.tables.iter().enumerate() {
            let wanted = match demand {
                Demand::Form => !self.excepted(&table.name),
                Demand::These(names) => names.contains(&table.name),
            };
            if !wanted {
                continue;
            }
            self.outcome.n_bound += 1;
            if let Some(bound) = &self.bound().tables[at] {
                let span = self.bound().document.tables[bound.table].span;
                self.present.push(Present { name: table.name.clone(), kind: PresentKind::Table, span });
                self.job.step(|| Step::at(End::There, &table.name, Some(span)));
            } else if let Some(line) = self.unread_table() {
                let why = format!("{}可能是第{line}行起以 HTML 书写的表格，没有读取", table.name);
                let why_en =
                    format!("the table {} may be the HTML table from line {line}, which is not read", table.name);
                self.outcome.unbound.push((why, why_en));
            } else {
                let home = table.section.and_then(|section| self.bound().sections[section]);
                let span = home.map_or_else(|| self.start(), |home| self.heading(home.section));
                self.report(Case::Missing, &table.name, "", span, Where::default());
            }
        }
    }

    /// The line of a table that stands in the document and was not read: what seems missing may be it.
    fn unread_table(&self) -> Option<usize> {
        let document = self.bound().document;
        let note = document.notes.iter().find(|note| note.kind == NoteKind::HtmlTableSkipped)?;
        Some(document.place(note.span.start).line)
    }

    fn rows_and_columns(&mut self, form: &Form) {
        let tables: Vec<&str> = self.rule.scope.tables().collect();
        for (at, table) in form.tables.iter().enumerate() {
            if !tables.is_empty() && !tables.contains(&table.name.as_str()) {
                continue;
            }
            let Some(bound) = self.bound().tables[at].clone() else { continue };
            for (band, of) in table.bands.iter().enumerate() {
                if let Some(demand) = &self.require.rows {
                    self.axis(&bound, band, &of.rows, demand, AxisKind::Rows);
                }
                // Where the columns can not be told, or are those of an earlier form, none is missing: that is told by the
                // fact of it. A band without any of its rows is told by its rows.
                let is_gone = self.require.rows.is_some() && !of.rows.is_empty() && !bound.has_rows_of(band);
                let told = !bound.untold_bands.contains(&band) && !is_gone && !self.is_superseded(form, &bound, band);
                if let (Some(demand), true) = (&self.require.cols, told) {
                    self.axis(&bound, band, &of.columns, demand, AxisKind::Columns);
                }
            }
            if self.require.extra == Extra::Forbid {
                self.extras(&bound);
            }
        }
    }

    /// Whether the header over the columns of a band has labels of an earlier form.
    fn is_superseded(&self, form: &Form, bound: &BoundTable, band: usize) -> bool {
        let table = &self.bound().document.tables[bound.table];
        let is_old = |label: &Label| form.superseded.iter().any(|old| old.key == label.key);
        let own = bound.row_of_form.iter().zip(&table.rows).filter(|(of, _)| of.is_some_and(|of| of.0 == band));
        let mut headers = own.map(|(_, row)| &table.bands[row.band].header);
        headers.any(|header| header.iter().any(is_old))
    }

    fn axis(
        &mut self,
        bound: &BoundTable,
        band: usize,
        paths: &[Vec<FormLabel>],
        demand: &Demand<LabelPath>,
        kind: AxisKind,
    ) {
        let document = self.bound().document;
        let table = &document.tables[bound.table];
        let wanted = |path: &Vec<FormLabel>| {
            let excepted = self.require.except_paths.iter().any(|except| except.matches(path));
            match demand {
                Demand::Form => !excepted,
                Demand::These(these) => these.iter().any(|own| own.matches(path)),
            }
        };
        let (of_form, repeated) = match kind {
            AxisKind::Rows => (&bound.row_of_form, &bound.repeated_rows),
            AxisKind::Columns => (&bound.col_of_form, &bound.repeated_cols),
        };
        let span = |at: usize| match kind {
            AxisKind::Rows => table.rows[at].path.last().map_or(table.rows[at].span, |label| label.span),
            AxisKind::Columns => table.columns[at].path.last().map_or(table.span, |label| label.span),
        };
        let items: Vec<Item<'_>> = (0..paths.len())
            .filter(|&of| wanted(&paths[of]))
            .map(|of| {
                let own = of_form.iter().position(|own| *own == Some((band, of)));
                let below = || match kind {
                    AxisKind::Rows => table.rows.iter().position(|row| is_below(&row.path, &paths[of])),
                    AxisKind::Columns => None,
                };
                let name = paths[of].last().map_or("", |label| label.text.as_str());
                let implied = own.is_none();
                Item { name, span: own.or_else(below).map(span), path: Some((kind, &paths[of])), implied }
            })
            .collect();
        // A band of which nothing at all is there is one thing missing, not all its rows and columns.
        let header = table.bands.first().and_then(|own| own.header.first());
        let first = header.map_or(Span::new(table.span.start, table.span.start), |label| label.span);
        self.demand(&items, first);
        let repeats: Vec<(String, Span)> = repeated
            .iter()
            .filter(|(_, (own, of))| *own == band && wanted(&paths[*of]))
            .map(|&(at, (_, of))| (paths[of].last().map_or_else(String::new, |label| label.text.clone()), span(at)))
            .collect();
        self.report_all(Case::Repeat, repeats);
    }

    fn extras(&mut self, bound: &BoundTable) {
        let table = &self.bound().document.tables[bound.table];
        let mut extras = Vec::new();
        if self.require.rows.is_some() {
            let repeated = |at| bound.repeated_rows.iter().any(|&(row, _)| row == at);
            for (at, row) in table.rows.iter().enumerate() {
                if let (None, Some(label), false) = (bound.row_of_form[at], row.path.last(), repeated(at)) {
                    extras.push((label.text.clone(), label.span));
                }
            }
        }
        if self.require.cols.is_some() {
            let repeated = |at| bound.repeated_cols.iter().any(|&(col, _)| col == at);
            for (at, column) in table.columns.iter().enumerate() {
                if let (None, Some(label), false) = (bound.col_of_form[at], column.path.last(), repeated(at)) {
                    extras.push((label.text.clone(), label.span));
                }
            }
        }
        self.report_all(Case::Extra, extras);
    }

    fn text(&mut self, idx: usize) {
        let Some(pattern) = &self.require.text else { return };
        if !self.outcome.unbound.is_empty() {
            return;
        }
        self.outcome.n_bound += 1;
        let blocks = self.job.hits.candidates(idx, Part::Require, pattern.required()).into_iter();
        let stretches = blocks.flat_map(|block| self.job.regions.stretches(&self.rule.scope, block));
        let found = stretches.into_iter().find_map(|stretch| {
            let found = pattern.regex().find(self.job.text(stretch))?;
            Some(Span::from(found.range()).shift(stretch.start))
        });
        if let Some(span) = found {
            self.job.step(|| Step::at(End::There, self.job.text(span), Some(span)));
            let name = span.of(&self.bound().document.text).to_owned();
            self.present.push(Present { name, kind: PresentKind::Text, span });
        } else {
            let n_blocks = self.bound().document.blocks.len();
            let first =
                (0..n_blocks).find_map(|block| self.job.regions.stretches(&self.rule.scope, block).first().copied());
            let span = first.unwrap_or_else(|| self.start());
            self.report(Case::Text, "", "", span, Where::default());
        }
    }

    /// Reports what is missing (behind what it should follow) and, where the order counts, what stands too early.
    fn demand(&mut self, items: &[Item<'_>], start: Span) {
        self.outcome.n_bound += items.len();
        let mut after: Option<&Item<'_>> = None;
        let mut furthest = 0;
        for item in items {
            let name_after = after.map_or_else(|| item.first_follows(self.job.lang), |item| item.name);
            match item.span {
                None => {
                    let at = after.and_then(|item| item.span).unwrap_or(start);
                    self.report(Case::Missing, item.name, name_after, at, item.place());
                }
                Some(span) => {
                    if !item.implied {
                        self.present.push(Present { name: item.name.to_owned(), kind: item.kind(), span });
                    }
                    if span.start < furthest && self.require.order == Order::Strict {
                        self.report(Case::Order, item.name, name_after, span, item.place());
                    } else {
                        furthest = span.start;
                        self.job.step(|| Step::at(End::There, item.name, Some(span)));
                    }
                    after = Some(item);
                }
            }
        }
    }

    fn report_all(&mut self, case: Case, items: Vec<(String, Span)>) {
        for (name, span) in items {
            self.report(case, &name, "", span, Where::default());
        }
    }

    fn report(&mut self, case: Case, item: &str, after: &str, span: Span, place: Where) {
        self.job.step(|| failure(case, item, span));
        let mut names = Names::default();
        names.set("item", Named::text(item));
        names.set("after", Named::text(after));
        let mut finding = self.job.finding(self.rule, span, place, &names, Some(case));
        // Two missing things may be told at one place: the item tells them apart.
        let hash = item.bytes().fold(case as u32, |h, b| h.wrapping_mul(31) + u32::from(b));
        finding.fingerprint = format!("-{hash:x}");
        self.outcome.findings.push(finding);
    }
}

/// The step of a failure; what is missing stands nowhere.
fn failure(case: Case, item: &str, span: Span) -> Step {
    let (end, span) = match case {
        Case::Missing | Case::Text => (End::Missing, None),
        Case::Repeat => (End::Repeated, Some(span)),
        Case::Order => (End::Misplaced, Some(span)),
        Case::Extra => (End::Extra, Some(span)),
    };
    Step::at(end, item, span)
}

#[derive(Clone, Copy)]
enum AxisKind {
    Rows,
    Columns,
}
