//! The tests that rules carry in their own files.

use crate::bind::Given;
use crate::engine::{CheckOptions, check_each};
use crate::finding::{Finding, FixLevel, Report, Status};
use crate::fix;
use crate::rule::{Example, Rule, Scope, ScopePart};
use crate::ruleset::RuleSet;
use gouji_core::document::{BlockKind, Document};
use gouji_core::label::KnownLabels;
use std::sync::Arc;

/// How one case of one rule went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseResult {
    /// The rule.
    pub rule: Arc<str>,
    /// The file it stands in.
    pub file: String,
    /// `ok[0]`, `bad[2]`.
    pub case: String,
    /// What went wrong, one line each; empty when it passed.
    pub faults: Vec<String>,
}

/// Runs all cases of all rules, in order of code.
#[must_use]
pub fn run(rules: &RuleSet) -> Vec<CaseResult> {
    rules.rules().iter().flat_map(|rule| run_rule(rules, rule)).collect()
}

/// Runs all cases of one rule. A rule without cases gives none.
#[must_use]
pub fn run_rule(rules: &RuleSet, rule: &Rule) -> Vec<CaseResult> {
    let result = |case: String, faults: Vec<String>| CaseResult {
        rule: rule.info.id.clone(),
        file: rule.info.file.clone(),
        case,
        faults,
    };
    let ok = rule.tests.ok.iter().enumerate().map(|(at, example)| {
        let case = Case::new(rules, rule, example);
        result(format!("ok[{at}]"), case.expect_nothing())
    });
    let bad = rule.tests.bad.iter().enumerate().map(|(at, example)| {
        let case = Case::new(rules, rule, example);
        result(format!("bad[{at}]"), case.expect_findings(example))
    });
    ok.chain(bad).collect()
}

/// An example on its way through one rule.
struct Case<'a> {
    rules: &'a RuleSet,
    rule: &'a Rule,
    options: CheckOptions,
    given: Given<'a>,
    text: String,
    is_markdown: bool,
    one_line: bool,
    known: &'a KnownLabels,
}

impl<'a> Case<'a> {
    fn new(rules: &'a RuleSet, rule: &'a Rule, example: &Example) -> Self {
        let mut text = example.text.clone();
        if let Some(title) = &example.title {
            text = format!("{title}\n\n{text}");
        }
        let one_line = !text.trim_end().contains('\n') && !text.contains('\t');
        let is_markdown = !one_line && text.lines().any(|line| line.starts_with(['|', '#']));
        let kind = rule.pack_form.as_deref();
        let by_id = example.given.form.as_deref().and_then(|id| rules.forms().iter().find(|form| &*form.id == id));
        let latest = || {
            let of_kind = rules.forms().iter().filter(|form| kind == Some(form.kind.as_str()));
            let allowed = of_kind.filter(|form| {
                rule.when.is_empty() || rule.when.iter().any(|name| *name == *form.id || *name == form.kind)
            });
            allowed.max_by_key(|form| form.from)
        };
        // A title in the text, or a year that is given, chooses the form as in a real report.
        let form = by_id.or_else(latest);
        let mut tables = rule.scope.tables();
        let table = match (tables.next(), tables.next()) {
            (Some(only), None) => form.and_then(|form| form.table(only)),
            _ => None,
        };
        Self {
            rules,
            rule,
            options: CheckOptions {
                year: example.given.year,
                organ: example.given.organ.clone(),
                select: vec![rule.info.id.to_string()],
                ..CheckOptions::default()
            },
            given: Given { form, table, anything_goes: one_line, is_example: true },
            text,
            is_markdown,
            one_line,
            known: rules.known_labels(),
        }
    }

    fn read(&self, text: &str) -> Result<Document, gouji_core::ReadError> {
        let name = if self.is_markdown { "example.md" } else { "example.txt" };
        let mut document = gouji_core::read(name, text.as_bytes(), self.known)?;
        if self.one_line && !matches!(only_kind(&self.rule.scope), Kind::Any) {
            for block in &mut document.blocks {
                block.kind = match only_kind(&self.rule.scope) {
                    Kind::Title => BlockKind::Title,
                    Kind::Heading => BlockKind::Heading,
                    Kind::Paragraph | Kind::Any => BlockKind::Paragraph,
                };
            }
            if matches!(only_kind(&self.rule.scope), Kind::Title) {
                let line = document.blocks.first().map(|block| block.span);
                document.title = line.map(|span| gouji_core::document::Title { span, lines: vec![span] });
            }
        }
        Ok(document)
    }

    fn report(&self, document: &Document) -> Report {
        check_each(document, self.rules, &self.options, &self.given)
    }

    fn checked(&self) -> Result<(Document, Report), Vec<String>> {
        let document = self.read(&self.text).map_err(|error| vec![format!("读不了：{error}")])?;
        let report = self.report(&document);
        Ok((document, report))
    }

    fn expect_nothing(&self) -> Vec<String> {
        let (document, report) = match self.checked() {
            Ok(checked) => checked,
            Err(faults) => return faults,
        };
        let mut faults: Vec<String> = report
            .findings
            .iter()
            .map(|finding| format!("不应报告：“{}”：{}", finding.span.of(&document.text), finding.message))
            .collect();
        for entry in &report.ledger {
            if matches!(entry.status, Status::Unbound | Status::Errored | Status::Undetermined) {
                let why = entry.why.as_deref().unwrap_or("");
                faults.push(format!("规则没有运行到底（{}）：{why}", entry.status.word()));
            }
        }
        faults
    }

    fn expect_findings(&self, example: &Example) -> Vec<String> {
        let (document, report) = match self.checked() {
            Ok(checked) => checked,
            Err(faults) => return faults,
        };
        let mut faults = Vec::new();
        let n_found = report.findings.len();
        if example.count.is_some_and(|count| count != n_found) || (example.count.is_none() && n_found == 0) {
            let wanted = example.count.map_or_else(|| "至少 1 处".to_owned(), |count| format!("{count} 处"));
            let why: Vec<&str> = report.ledger.iter().filter_map(|entry| entry.why.as_deref()).collect();
            faults.push(format!("应报告 {wanted}，实为 {n_found} 处；{}", why.join("；")));
        }
        if let Some(first) = report.findings.first() {
            self.compare_first(example, &document, first, &mut faults);
        }
        if let Some(fixed) = &example.fixed {
            let least = self.rule.fixes.iter().map(|fix| fix.level).min().unwrap_or(FixLevel::Suggest);
            let settled = fix::settle(&self.text, least, |text| self.read(text), |doc| self.report(doc).findings);
            match settled {
                None => faults.push("改正后又生新的问题，改不完".to_owned()),
                Some(settled) if settled.trim_end() != fixed.trim_end() => {
                    faults.push(format!("改正后应为“{fixed}”，实为“{}”", settled.trim_end()));
                }
                Some(_) => {}
            }
        }
        faults
    }

    fn compare_first(&self, example: &Example, document: &Document, first: &Finding, faults: &mut Vec<String>) {
        let at = first.span.of(&document.text);
        if example.at.as_deref().is_some_and(|wanted| wanted != at) {
            faults.push(format!("应指在“{}”，实指在“{at}”", example.at.as_deref().unwrap_or_default()));
        }
        if let Some(wanted) = &example.message
            && !first.message.contains(wanted.as_str())
        {
            faults.push(format!("说明里应有“{wanted}”，实为“{}”", first.message));
        }
        let n_participants = first.participants.len();
        if let Some(wanted) = example.participants
            && wanted != n_participants
        {
            faults.push(format!("应有 {wanted} 个参与的数，实有 {n_participants} 个"));
        }
    }
}

enum Kind {
    Title,
    Heading,
    Paragraph,
    Any,
}

/// What a one-line example is taken as.
fn only_kind(scope: &Scope) -> Kind {
    match scope.parts.as_slice() {
        [ScopePart::Title, ..] => Kind::Title,
        [ScopePart::Headings, ..] => Kind::Heading,
        [ScopePart::Prose | ScopePart::Paragraphs, ..] => Kind::Paragraph,
        [] => Kind::Paragraph,
        _ => Kind::Any,
    }
}
