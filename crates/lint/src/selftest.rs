//! The tests that rules carry in their own files: each case run, and what is not as it expects.

mod case;
mod expect;
mod mutate;

use crate::fault::Fault;
use crate::finding::{FaultKind, Lang, Report, RuleError, Status};
use crate::rule::{Example, ExampleText, Rule};
use crate::ruleset::{Bilingual, RuleSet};
use case::Case;
pub(crate) use case::as_all_see_it;
use gouji_core::ReadError;
use gouji_core::document::Document;
use gouji_core::text::{Lines, Span};
pub use mutate::{Change, Mutant, MutantEnd, mutate};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The bytes of the files that tests name, by path. The shell reads them; lint never does.
pub type Fixtures = BTreeMap<String, Vec<u8>>;

/// What a rule says of each of its own wrong examples in a language, with the example as read: for tests of its texts.
/// Examples in files are left out.
#[must_use]
pub fn said(rules: &RuleSet, rule: &Rule, lang: Lang) -> Vec<(Document, Report)> {
    let mut said = Vec::new();
    for example in &rule.tests.bad {
        let Some(mut case) = Case::new(rules, rule, example, &Fixtures::new()) else { continue };
        case.options.lang = lang;
        let Ok(document) = case.read() else { continue };
        let report = case.report(&document);
        said.push((document, report));
    }
    said
}

/// How one case of one rule went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseResult {
    /// The rule.
    pub rule: Arc<str>,
    /// The file it stands in.
    pub file: String,
    /// The line of the case in that file, from 1.
    pub line: usize,
    /// `ok[0]`, `bad[2]`, `todo.ok[0]`.
    pub case: String,
    /// Whether it is known not to pass yet.
    pub todo: bool,
    /// What is not as expected; empty when it passed.
    pub faults: Vec<Mismatch>,
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseEnd {
    /// As expected.
    Passed,
    /// Not as expected.
    Failed,
    /// Not as expected, and known to be so.
    Todo,
    /// As expected, though it was not thought to be: the case can be moved.
    Overdue,
}

impl CaseResult {
    /// How it ended.
    #[must_use]
    pub fn end(&self) -> CaseEnd {
        match (self.todo, self.faults.is_empty()) {
            (false, true) => CaseEnd::Passed,
            (false, false) => CaseEnd::Failed,
            (true, false) => CaseEnd::Todo,
            (true, true) => CaseEnd::Overdue,
        }
    }
}

/// Something that is not as a case expects it. Messages of findings are Chinese, as the cases expect them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// The bytes are no document.
    Unreadable(ReadError),
    /// A right example was reported.
    Unwanted {
        /// The text at the finding.
        text: String,
        /// What the finding says.
        message: String,
    },
    /// The rule did not come to judge a right example.
    Unjudged {
        /// How it ended.
        status: Status,
        /// Why.
        why: Bilingual,
    },
    /// A wrong example has another number of findings.
    Count {
        /// How many were expected; none: at least one.
        expected: Option<usize>,
        /// How many there are.
        actual: usize,
        /// What the rule says of not judging; empty where it says nothing.
        why: Bilingual,
    },
    /// The first finding is another.
    Differs {
        /// The key of the case: `at`, `row`, `message`…
        key: &'static str,
        /// As the case has it.
        expected: String,
        /// As it is.
        actual: String,
    },
    /// The fixes bring forth new findings for ever.
    Endless,
}

/// Runs all cases of all rules, in order of code. A case whose file is not among the fixtures is left out:
/// [`missing_fixtures`] tells of it.
#[must_use]
pub fn run(rules: &RuleSet, fixtures: &Fixtures) -> Vec<CaseResult> {
    rules.rules().iter().flat_map(|rule| run_rule(rules, rule, fixtures)).collect()
}

/// Runs all cases of one rule. A rule without cases gives none.
#[must_use]
pub fn run_rule(rules: &RuleSet, rule: &Rule, fixtures: &Fixtures) -> Vec<CaseResult> {
    let lines = Lines::new(&rule.source.text);
    let result = |name: String, example: &Example, todo: bool, faults: Vec<Mismatch>| CaseResult {
        rule: rule.info.id.clone(),
        file: rule.info.file.clone(),
        line: lines.place(&rule.source.text, example.span.start).line,
        case: name,
        todo,
        faults,
    };
    let tests = &rule.tests;
    let kinds = [
        ("ok", &tests.ok, false, false),
        ("bad", &tests.bad, true, false),
        ("todo.ok", &tests.todo_ok, false, true),
        ("todo.bad", &tests.todo_bad, true, true),
    ];
    let mut results = Vec::new();
    for (kind, examples, is_wrong, todo) in kinds {
        for (at, example) in examples.iter().enumerate() {
            let Some(case) = Case::new(rules, rule, example, fixtures) else { continue };
            let faults = if is_wrong { case.expect_findings(example) } else { case.expect_nothing() };
            results.push(result(format!("{kind}[{at}]"), example, todo, faults));
        }
    }
    results
}

/// The paths of all files that the tests of a rule name.
pub fn fixtures_of(rule: &Rule) -> impl Iterator<Item = &str> {
    rule.tests.all().filter_map(|example| Some(file_of(example)?.0))
}

/// A fault for every file that tests name and that is not among the fixtures.
#[must_use]
pub fn missing_fixtures(rules: &RuleSet, fixtures: &Fixtures) -> Vec<RuleError> {
    let mut faults = Vec::new();
    for rule in rules.rules() {
        for (path, span) in rule.tests.all().filter_map(file_of).filter(|(path, _)| !fixtures.contains_key(*path)) {
            let fault = Fault::new(
                span,
                format!("测试用的文件 {path} 不存在或无法读取"),
                format!("the file {path} of this test is not there or can not be read"),
            )
            .with_help("file 写规则文件旁边的文件名", "`file` is the name of a file beside the rule file");
            faults.push(fault.in_file(FaultKind::Rules, &Arc::from(rule.info.file.as_str()), &rule.source.text));
        }
    }
    faults
}

fn file_of(example: &Example) -> Option<(&str, Span)> {
    match &example.text {
        ExampleText::File { path, span } => Some((path, *span)),
        ExampleText::Written(_) => None,
    }
}
