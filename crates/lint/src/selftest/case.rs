//! An example on its way through one rule.

use super::Fixtures;
use crate::bind::Given;
use crate::earlier::{Earlier, Prev};
use crate::engine::{CheckOptions, check_each};
use crate::finding::{Lang, Report};
use crate::rule::{Example, ExampleText, Rule, Scope, ScopePart};
use crate::ruleset::{LOCAL, RuleSet};
use gouji_core::ReadError;
use gouji_core::document::{BlockKind, Document, Leftover, LeftoverKind, Title};
use gouji_core::text::Span;
use std::sync::Arc;

/// An example on its way through one rule.
pub(super) struct Case<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) rule: &'a Rule,
    pub(super) options: CheckOptions,
    pub(super) given: Given<'a>,
    name: String,
    bytes: Vec<u8>,
    /// What every block is taken as; none: what it looks like.
    kind: Option<BlockKind>,
    /// What is left in it beside its text.
    left: Vec<LeftoverKind>,
}

impl<'a> Case<'a> {
    /// None when the example is a file that is not among the fixtures.
    pub(super) fn new(rules: &'a RuleSet, rule: &'a Rule, example: &Example, fixtures: &Fixtures) -> Option<Self> {
        let options = CheckOptions {
            year: example.given.year,
            organ: example.given.organ.clone(),
            today: example.given.today,
            select: vec![rule.info.id.to_string()],
            ..CheckOptions::default()
        };
        // Read as the example is, so that a table alone is that of the rule's scope.
        let options = match &example.prev {
            Some(prev) => {
                let document = Self::of_text(rules, rule, prev.clone()).read().ok()?;
                CheckOptions {
                    prev: Arc::new(Prev::Given(Box::new(Earlier { document, path: Arc::from("prev") }))),
                    ..options
                }
            }
            None => options,
        };
        let by_id = example.given.form.as_deref().and_then(|id| rules.forms().iter().find(|form| &*form.id == id));
        Some(match &example.text {
            ExampleText::File { path, .. } => {
                let bytes = fixtures.get(path)?.clone();
                let given = Given { form: by_id, ..Given::default() };
                let left = example.given.left.clone();
                Self { rules, rule, options, given, name: path.clone(), bytes, kind: None, left }
            }
            ExampleText::Written(text) => {
                let text = match &example.title {
                    Some(title) => format!("{title}\n\n{text}"),
                    None => text.clone(),
                };
                let mut case = Self::of_text(rules, rule, text);
                case.options = options;
                case.left.clone_from(&example.given.left);
                if by_id.is_some() {
                    case.given.form = by_id;
                    case.given.table = case.table();
                }
                case
            }
        })
    }

    /// A text under the current form of the rule's pack, or under the current one of all where it has no pack.
    pub(super) fn of_text(rules: &'a RuleSet, rule: &'a Rule, text: String) -> Self {
        let one_line = !text.trim_end().contains('\n') && !text.contains('\t');
        let is_markdown = !one_line && text.lines().any(|line| line.starts_with(['|', '#']));
        let kind = rule.pack_form.as_deref();
        let is_alone = rule.info.pack == LOCAL;
        let of_kind = rules.forms().iter().filter(|form| is_alone || kind == Some(form.kind.as_str()));
        let forms = &rule.when.forms;
        let allowed = of_kind.filter(|form| forms.is_empty() || forms.iter().any(|id| **id == *form.id));
        // A title in the text, or a year that is given, chooses the form as in a real report.
        let form = allowed.max_by_key(|form| form.from);
        let mut case = Self {
            rules,
            rule,
            options: CheckOptions { select: vec![rule.info.id.to_string()], ..CheckOptions::default() },
            given: Given { form, table: None, anything_goes: one_line, is_example: true },
            name: if is_markdown { "example.md" } else { "example.txt" }.to_owned(),
            bytes: text.into_bytes(),
            kind: if one_line { only_kind(&rule.scope) } else { None },
            left: Vec::new(),
        };
        case.given.table = case.table();
        case
    }

    /// Every line of a text as one block of the scope's kind.
    pub(super) fn of_lines(rules: &'a RuleSet, rule: &'a Rule, text: String) -> Self {
        let mut case = Self::of_text(rules, rule, text);
        case.given.anything_goes = true;
        "example.txt".clone_into(&mut case.name);
        case.kind = only_kind(&rule.scope);
        case
    }

    /// The only table that the rule's scope names.
    fn table(&self) -> Option<usize> {
        let mut tables = self.rule.scope.tables();
        match (tables.next(), tables.next()) {
            (Some(only), None) => self.given.form.and_then(|form| form.table(only)),
            _ => None,
        }
    }

    /// The example as read.
    pub(super) fn read(&self) -> Result<Document, ReadError> {
        self.read_bytes(&self.bytes)
    }

    /// Other bytes, read as the example is.
    pub(super) fn read_bytes(&self, bytes: &[u8]) -> Result<Document, ReadError> {
        let mut document = gouji_core::read(&self.name, bytes, self.rules.known_labels())?;
        let span = document.blocks.first().map_or(Span::empty(0), |block| block.span);
        let left = |&kind: &LeftoverKind| Leftover { kind, span, words: span.of(&document.text).to_owned() };
        document.leftovers.extend(self.left.iter().map(left));
        if let Some(kind) = self.kind {
            for block in &mut document.blocks {
                block.kind = kind;
            }
            if kind == BlockKind::Title {
                let line = document.blocks.first().map(|block| block.span);
                document.title = line.map(|span| Title { span, lines: vec![span] });
            }
        }
        Ok(document)
    }

    /// What the rule says of a document.
    pub(super) fn report(&self, document: &Document) -> Report {
        check_each(document, self.rules, &self.options, &self.given)
    }

    /// The same in English: what cases do not expect, but people may read.
    pub(super) fn report_in_english(&self, document: &Document) -> Report {
        let options = CheckOptions { lang: Lang::En, ..self.options.clone() };
        check_each(document, self.rules, &options, &self.given)
    }
}

/// A written example as all rules see it: a line of its own stands in a text, and is what it looks like.
pub(crate) fn as_all_see_it<'a>(
    rules: &'a RuleSet,
    rule: &'a Rule,
    example: &Example,
) -> Option<(Document, CheckOptions, Given<'a>)> {
    let case = Case::new(rules, rule, example, &Fixtures::new())?;
    let options = CheckOptions { select: Vec::new(), ..case.options.clone() };
    if !case.given.anything_goes {
        return Some((case.read().ok()?, options, case.given));
    }
    let text = format!("关于有关工作情况的报告\n\n{}\n", String::from_utf8_lossy(&case.bytes));
    let document = gouji_core::read("example.txt", text.as_bytes(), rules.known_labels()).ok()?;
    Some((document, options, Given { anything_goes: false, ..case.given }))
}

/// What a one-line example is taken as.
fn only_kind(scope: &Scope) -> Option<BlockKind> {
    match scope.parts.first() {
        Some(ScopePart::Title) => Some(BlockKind::Title),
        Some(ScopePart::Headings) => Some(BlockKind::Heading),
        Some(ScopePart::Prose | ScopePart::Paragraphs) | None => Some(BlockKind::Paragraph),
        Some(_) => None,
    }
}
