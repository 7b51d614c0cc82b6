//! A written document, what must be found in it, and what came of it.

use super::FOLDER;
use crate::checking;
use crate::repository;
use gouji_core::document::Document;
use gouji_core::text::Span;
use gouji_lint::date;
use gouji_lint::engine::{self, CheckOptions};
use gouji_lint::finding::{Finding, FixLevel, Level};
use gouji_lint::ruleset::RuleSet;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A document as it stands in a file of cases: `text`, or `report` with a `change`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    /// The document. One line alone is put below a title.
    text: Option<String>,
    /// A report without fault, by its file name in `reports`.
    report: Option<String>,
    /// What stands in that report exactly once, and what stands there instead.
    change: BTreeMap<String, String>,
    given: Given,
    /// The code of a rule, and where it must find something: a quotation for each finding, empty for any place.
    expect: BTreeMap<String, Places>,
    /// The code of a rule that does not find what it must, or the code and one of the places, and why.
    missed: BTreeMap<String, String>,
    /// The code of a rule that finds what it must not, and why.
    alarms: BTreeMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Given {
    year: Option<i32>,
    organ: Option<String>,
    form: Option<String>,
    today: Option<String>,
    /// Whether the rules speak that only do under the strict profile.
    strict: bool,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Places {
    One(String),
    Many(Vec<String>),
}

impl Places {
    fn all(&self) -> &[String] {
        match self {
            Self::One(place) => std::slice::from_ref(place),
            Self::Many(places) => places,
        }
    }
}

/// A document and what must be found in it.
#[derive(Debug)]
pub struct Case {
    name: String,
    file: String,
    text: String,
    written: Written,
}

/// Something that must be found.
#[derive(Debug)]
pub struct Expected {
    /// The rule that must find it.
    pub rule: String,
    /// Whether it did.
    pub is_found: bool,
}

/// What came of a document.
#[derive(Debug, Default)]
pub struct Judged {
    /// What had to be found.
    pub expected: Vec<Expected>,
    /// The rules that found something beside it, one for each finding.
    pub alarms: Vec<String>,
    /// What the case does not say itself: misses and alarms not marked as such, marks that are out of date.
    pub surprises: Vec<String>,
}

/// The cases of all files in a folder, in order.
///
/// # Panics
/// When a file is no list of cases, or a case is no document.
#[must_use]
pub fn cases(folder: &str) -> Vec<Case> {
    let mut all = Vec::new();
    for (path, text) in repository::files(folder, ".yaml") {
        let list: Vec<Written> = serde_yaml::from_str(&text).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        all.extend(list.into_iter().enumerate().map(|(at, written)| Case::new(&format!("{path}[{at}]"), written)));
    }
    all
}

impl Case {
    fn new(place: &str, written: Written) -> Self {
        let text = match (&written.text, &written.report) {
            (Some(text), None) if !text.trim_end().contains('\n') => format!("关于有关工作情况的报告\n\n{text}\n"),
            (Some(text), None) => text.clone(),
            (None, Some(report)) => changed(place, report, &written.change),
            _ => panic!("{place}: either text or report"),
        };
        let is_markdown = match &written.report {
            Some(report) => report.ends_with(".md"),
            None => text.lines().any(|line| line.starts_with(['|', '#'])),
        };
        let words = written.change.values().next().or(written.text.as_ref()).map_or("", String::as_str);
        let short: String = words.chars().take(24).collect();
        let file = if is_markdown { "case.md" } else { "case.txt" };
        Self { name: format!("{place} {}", short.replace('\n', " ")), file: file.to_owned(), text, written }
    }

    /// A report in which nothing is wrong.
    pub(super) fn whole(path: String, text: String) -> Self {
        Self { name: path.clone(), file: path, text, written: Written::default() }
    }

    fn is_whole(&self) -> bool {
        self.written.text.is_none() && self.written.report.is_none()
    }

    fn options(&self) -> CheckOptions {
        let Given { year, organ, form, today, .. } = &self.written.given;
        let day = |today: &String| date::parse(today).unwrap_or_else(|| panic!("{}: {today} is no day", self.name));
        CheckOptions {
            year: *year,
            organ: organ.clone(),
            form: form.clone(),
            today: today.as_ref().map(day),
            ..CheckOptions::default()
        }
    }

    /// What the rules find in it, against what must be found.
    ///
    /// # Panics
    /// When it expects something of a rule that there is not.
    #[must_use]
    pub fn judge(&self, strict: &RuleSet) -> Judged {
        let rules = if self.written.given.strict { strict } else { checking::rules() };
        let document =
            gouji_core::read(&self.file, self.text.as_bytes(), rules.known_labels()).expect("a text is a document");
        let mut findings = engine::check(&document, rules, &self.options()).findings;
        findings.retain(Finding::is_open);
        let mut claims = Claims::new(&findings);
        let mut judged = Judged::default();
        for (rule, places) in &self.written.expect {
            assert!(strict.infos().any(|info| *info.id == **rule), "{}: there is no rule {rule}", self.name);
            for place in places.all() {
                if !document.text.contains(place) {
                    judged.surprises.push(format!("{}: no 「{place}」 in the text", self.name));
                }
                let is_found = claims.claim(&document, rule, place);
                judged.expected.push(Expected { rule: rule.clone(), is_found });
                if is_found == self.is_missed(rule, place) {
                    let told = if is_found { "is found and marked as missed" } else { "is missed" };
                    judged.surprises.push(format!("{}: {rule} 「{place}」 {told}", self.name));
                }
            }
        }
        self.add_alarms(&document, claims, &mut judged);
        judged
    }

    /// Whether the case says that this is not found.
    fn is_missed(&self, rule: &str, place: &str) -> bool {
        let missed = &self.written.missed;
        missed.contains_key(rule) || missed.contains_key(&format!("{rule} {place}"))
    }

    /// What was found beside what must be.
    fn add_alarms(&self, document: &Document, claims: Claims<'_>, judged: &mut Judged) {
        // Whole reports may hold what a hint would mend.
        let is_right = self.written.expect.is_empty() && !self.is_whole();
        for finding in claims.rest() {
            let is_mended = is_right && finding.fixes.iter().any(|fix| fix.level == FixLevel::Safe);
            if finding.level >= Level::Warning || is_mended {
                if !self.written.alarms.contains_key(&*finding.rule) {
                    judged.surprises.push(format!("{}: also {}", self.name, checking::told(document, finding)));
                }
                judged.alarms.push(finding.rule.to_string());
            }
        }
        for rule in self.written.alarms.keys().filter(|rule| !judged.alarms.contains(rule)) {
            judged.surprises.push(format!("{}: {rule} says nothing, and is marked as an alarm", self.name));
        }
    }
}

/// The report with its changes.
fn changed(place: &str, report: &str, change: &BTreeMap<String, String>) -> String {
    let path = repository::root().join(FOLDER).join("reports").join(report);
    let mut text = std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{place}: {report}: {fault}"));
    for (old, new) in change {
        let count = text.matches(old.as_str()).count();
        assert_eq!(count, 1, "{place}: 「{old}」 stands {count} times in {report}");
        text = text.replace(old.as_str(), new);
    }
    text
}

/// Every place of every finding, and whether it was expected.
struct Claims<'a> {
    findings: &'a [Finding],
    /// The place of a finding in the list, its span, whether it was expected.
    places: Vec<(usize, Span, bool)>,
}

impl<'a> Claims<'a> {
    fn new(findings: &'a [Finding]) -> Self {
        let of = |(at, finding): (usize, &Finding)| {
            let further = finding.places.iter().map(|place| place.span);
            std::iter::once(finding.span).chain(further).map(move |span| (at, span, false)).collect::<Vec<_>>()
        };
        Self { findings, places: findings.iter().enumerate().flat_map(of).collect() }
    }

    /// Takes the first place of a rule at the quoted words, or a whole finding where nothing is quoted.
    fn claim(&mut self, document: &Document, rule: &str, quoted: &str) -> bool {
        let touches = |span: Span| {
            let mut words = document.text.match_indices(quoted);
            quoted.is_empty() || words.any(|(at, _)| at <= span.end && span.start <= at + quoted.len())
        };
        let free =
            |&(at, span, taken): &(usize, Span, bool)| !taken && *self.findings[at].rule == *rule && touches(span);
        let Some(first) = self.places.iter().position(free) else { return false };
        let finding = self.places[first].0;
        for (idx, (at, _, taken)) in self.places.iter_mut().enumerate() {
            *taken |= idx == first || quoted.is_empty() && *at == finding;
        }
        true
    }

    /// The findings with a place that was not expected.
    fn rest(self) -> impl Iterator<Item = &'a Finding> {
        let (findings, places) = (self.findings, self.places);
        let is_left = move |at: usize| places.iter().any(|(own, _, taken)| *own == at && !taken);
        findings.iter().enumerate().filter(move |(at, _)| is_left(*at)).map(|(_, finding)| finding)
    }
}
