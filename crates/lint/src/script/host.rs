//! A run of a script: what it may use up, what it reported, and the functions that need no handle.

use super::charge;
use super::doc::{self, Doc, Page};
use super::fault::{Hosted, refuse};
use super::room::OPERATIONS;
use super::table::{self, Cell};
use super::text::{self, text_of};
use super::{Script, ScriptFix, ScriptLabel, ScriptParticipant, ScriptReport};
use crate::fault::nearest;
use crate::finding::{FixLevel, Level};
use crate::pattern::Pattern;
use crate::ruleset::{DataTable, RuleInfo};
use gouji_core::label::fold_width;
use gouji_core::number::{read_chinese, read_number};
use gouji_core::text::Span;
use rhai::{Array, Dynamic, Engine, EvalAltResult, Map, NativeCallContext, Position};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The most reports of a run.
const REPORTS: usize = 200;
/// The most labels, and the most numbers, of a report.
const PARTICIPANTS: usize = 2_000;
/// The most fixes of a report.
const FIXES: usize = 64;
/// The most matches of a run.
const MATCHES: u64 = 100_000;
/// The most patterns of a run that are not written out in the script.
const PATTERNS: usize = 64;
/// The heaviest pattern that is kept for the next document; see [`Pattern::weight`].
const KEPT_WEIGHT: usize = 4_096;
/// The words at a number that stand for its path, in characters.
const PATH: usize = 40;

/// The stretches of the document that the rule's `in` means; none: all but table rows.
pub(super) type Within = Option<Vec<Span>>;

/// For each pattern of the script that was looked for beforehand, the blocks in which it may match.
pub(super) type Candidates = BTreeMap<String, Vec<usize>>;

/// Patterns that scripts put together, kept because the next document asks for the same ones: compiling costs more than
/// searching. What a script is charged does not depend on it.
pub(super) type Kept = Arc<Mutex<BTreeMap<String, Arc<Pattern>>>>;

/// How many patterns are kept.
const KEPT: usize = 512;

/// A run.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) page: Arc<Page>,
    pub(super) within: Within,
    pub(super) candidates: Candidates,
    data: Arc<BTreeMap<String, DataTable>>,
    /// The patterns written out in the script.
    patterns: Arc<BTreeMap<String, Arc<Pattern>>>,
    /// Patterns put together by the script.
    made: Mutex<BTreeMap<String, Arc<Pattern>>>,
    /// The same of all scripts and documents.
    kept: Kept,
    level: Level,
    /// Whether the rule has a template for what a report does not say.
    has_say: bool,
    used: AtomicU64,
    n_matches: AtomicU64,
    reports: Mutex<Vec<ScriptReport>>,
}

impl Run {
    pub(super) fn new(
        script: &Script,
        rule: &RuleInfo,
        page: &Arc<Page>,
        (within, candidates): (Within, Candidates),
        data: &Arc<BTreeMap<String, DataTable>>,
        kept: &Kept,
    ) -> Self {
        Self {
            page: Arc::clone(page),
            within,
            candidates,
            data: Arc::clone(data),
            patterns: Arc::clone(&script.patterns),
            made: Mutex::default(),
            kept: Arc::clone(kept),
            level: rule.level,
            has_say: !rule.say.zh.is_empty(),
            used: AtomicU64::new(0),
            n_matches: AtomicU64::new(0),
            reports: Mutex::default(),
        }
    }

    /// What was reported, in order.
    pub(super) fn reports(&self) -> Vec<ScriptReport> {
        std::mem::take(&mut *self.reports.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Charges work of the host: a script must not get for nothing what costs time.
    pub(super) fn charge(&self, operations: u64) -> Hosted<()> {
        if self.used.fetch_add(operations, Ordering::Relaxed) + operations > OPERATIONS {
            return Err(EvalAltResult::ErrorTooManyOperations(Position::NONE).into());
        }
        Ok(())
    }

    /// Counts a match.
    pub(super) fn matched(&self) -> Hosted<()> {
        if self.n_matches.fetch_add(1, Ordering::Relaxed) >= MATCHES {
            return refuse(format!("匹配总共超过 {MATCHES} 处"), format!("more than {MATCHES} matches in all"));
        }
        self.charge(1)
    }

    /// A pattern, parsed once.
    pub(super) fn pattern(&self, source: &str) -> Hosted<Arc<Pattern>> {
        if let Some(pattern) = self.patterns.get(source) {
            return Ok(Arc::clone(pattern));
        }
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pattern) = made.get(source) {
            return Ok(Arc::clone(pattern));
        }
        if made.len() >= PATTERNS {
            return refuse(
                format!("拼出的正则超过 {PATTERNS} 个"),
                format!("more than {PATTERNS} patterns were put together"),
            );
        }
        // Compiling costs about as much as a thousand operations, a large one more.
        self.charge(1_000 + charge::of_text(source))?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let pattern = match kept.get(source) {
            Some(pattern) => Arc::clone(pattern),
            None => match Pattern::parse(source) {
                Ok(pattern) => Arc::new(pattern),
                Err(fault) => return refuse(fault.zh, fault.en),
            },
        };
        self.charge(8 * pattern.weight() as u64)?;
        if kept.len() >= KEPT {
            kept.clear();
        }
        if pattern.weight() <= KEPT_WEIGHT {
            kept.insert(source.to_owned(), Arc::clone(&pattern));
        }
        made.insert(source.to_owned(), Arc::clone(&pattern));
        Ok(pattern)
    }

    /// Whether a text stands whole in a table of facts, in a row that does not say it is unverified.
    fn verifies(&self, text: &str) -> bool {
        let rows = self.data.values().flat_map(|table| &table.rows);
        rows.filter(|row| row.get("verified").is_none_or(|word| word == "yes"))
            .flat_map(BTreeMap::values)
            .any(|value| value == text)
    }

    fn report(&self, map: &Map) -> Hosted<()> {
        self.charge(100)?;
        let keys = ["at", "say", "en", "labels", "numbers", "fix", "level"];
        let report = Reading::of(&keys, map)?.report(self)?;
        self.charge(cost(&report))?;
        let mut reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        if reports.len() >= REPORTS {
            return refuse(format!("报告超过 {REPORTS} 条"), format!("more than {REPORTS} reports"));
        }
        reports.push(report);
        Ok(())
    }

    /// The rows of a table; with a column and a value only those that have it there.
    fn rows(&self, name: &str) -> Hosted<Array> {
        let Some(table) = self.data.get(name) else {
            return refuse(format!("没有数据表“{name}”"), format!("there is no table `{name}` in data/"));
        };
        self.charge(1 + table.rows.len() as u64)?;
        Ok(table.rows.iter().map(to_map).collect())
    }

    /// The rows whose `key` is `value`, or a list `a|b` that holds it.
    fn rows_where(&self, name: &str, key: &str, value: &str) -> Hosted<Array> {
        let Some(table) = self.data.get(name) else {
            return refuse(format!("没有数据表“{name}”"), format!("there is no table `{name}` in data/"));
        };
        self.charge(1 + table.rows.len() as u64 / 16)?;
        let holds =
            |row: &&BTreeMap<String, String>| row.get(key).is_some_and(|own| own.split('|').any(|part| part == value));
        Ok(table.rows.iter().filter(holds).map(to_map).collect())
    }
}

/// What it costs to keep a report.
fn cost(report: &ScriptReport) -> u64 {
    let own = [&report.say, &report.say_en].into_iter().flatten();
    let labels = report.labels.iter().flat_map(|label| std::iter::once(&label.say).chain(&label.say_en));
    let fixes = report.fixes.iter().flat_map(|fix| std::iter::once(&fix.text).chain(&fix.title));
    let numbers = report.numbers.iter().map(|number| &number.name);
    let n_parts = report.labels.len() + report.fixes.len() + report.numbers.len();
    let texts: u64 = own.chain(labels).chain(fixes).chain(numbers).map(|text| charge::of_kept(text)).sum();
    texts + 10 * n_parts as u64
}

/// Whether a report has no more parts of a kind than it may.
fn at_most(limit: usize, n: usize, what: (&str, &str)) -> Hosted<()> {
    if n <= limit {
        return Ok(());
    }
    refuse(format!("一条报告的{}超过 {limit} 个", what.0), format!("a report has more than {limit} {}", what.1))
}

fn to_map(row: &BTreeMap<String, String>) -> Dynamic {
    let row: Map = row.iter().map(|(key, value)| (key.as_str().into(), value.clone().into())).collect();
    Dynamic::from_map(row)
}

/// A map that a script gave, its keys checked.
struct Reading<'a> {
    map: &'a Map,
}

const LEVELS: [(&str, FixLevel); 3] =
    [("safe", FixLevel::Safe), ("unsafe", FixLevel::Unsafe), ("suggest", FixLevel::Suggest)];

impl<'a> Reading<'a> {
    fn of(keys: &[&str], map: &'a Map) -> Hosted<Self> {
        for key in map.keys() {
            if !keys.contains(&key.as_str()) {
                let near = nearest(key, keys.iter().copied());
                let (zh, en) = near.map_or_else(Default::default, |near| {
                    (format!("，是不是“{near}”？"), format!(", did you mean `{near}`?"))
                });
                return refuse(format!("report 没有键“{key}”{zh}"), format!("unknown key `{key}` in a report{en}"));
            }
        }
        Ok(Self { map })
    }

    fn string(&self, key: &str) -> Hosted<Option<String>> {
        let Some(value) = self.map.get(key).filter(|value| !value.is_unit()) else { return Ok(None) };
        match value.clone().into_string() {
            Ok(text) => Ok(Some(text)),
            Err(given) => {
                refuse(format!("“{key}”要一段文字，得到的是 {given}"), format!("`{key}` needs a string, not {given}"))
            }
        }
    }

    fn place(&self) -> Hosted<Span> {
        match self.map.get("at").and_then(text_of) {
            Some(text) => Ok(text.span),
            None => {
                refuse("“at”要一处文字（Text、Match、Heading 或 Cell）", "`at` needs a Text, Match, Heading or Cell")
            }
        }
    }

    /// The maps of a key: an array of them or a single one.
    fn maps(&self, key: &str) -> Hosted<Vec<Map>> {
        let Some(value) = self.map.get(key).filter(|value| !value.is_unit()) else { return Ok(Vec::new()) };
        let items = value.clone().try_cast::<Array>().unwrap_or_else(|| vec![value.clone()]);
        let maps: Option<Vec<Map>> = items.into_iter().map(Dynamic::try_cast::<Map>).collect();
        match maps {
            Some(maps) => Ok(maps),
            None => {
                refuse(format!("“{key}”要写成 #{{…}} 或其数组"), format!("`{key}` needs a map or an array of maps"))
            }
        }
    }

    fn report(&self, run: &Run) -> Hosted<ScriptReport> {
        let span = self.place()?;
        let (say, say_en) = (self.string("say")?, self.string("en")?);
        if say.is_none() && !run.has_say {
            return refuse("report 缺少“say”", "a report lacks `say`");
        }
        let mut labels = Vec::new();
        for map in self.maps("labels")? {
            let label = Reading::of(&["at", "say", "en"], &map)?;
            let say = label.string("say")?.unwrap_or_default();
            labels.push(ScriptLabel { span: label.place()?, say, say_en: label.string("en")? });
        }
        let mut numbers = Vec::new();
        for map in self.maps("numbers")? {
            numbers.push(Reading::of(&["name", "at", "num"], &map)?.participant()?);
        }
        let mut fixes = Vec::new();
        for map in self.maps("fix")? {
            fixes.push(Reading::of(&["title", "safe", "unsafe", "suggest"], &map)?.fix(run)?);
        }
        at_most(PARTICIPANTS, labels.len(), ("标注", "labels"))?;
        at_most(PARTICIPANTS, numbers.len(), ("数", "numbers"))?;
        at_most(FIXES, fixes.len(), ("改法", "fixes"))?;
        Ok(ScriptReport { span, say, say_en, labels, numbers, fixes, level: self.level(run.level)? })
    }

    fn participant(&self) -> Hosted<ScriptParticipant> {
        let cell = self.map.get("at").and_then(|at| at.clone().try_cast::<Cell>());
        let num = self.map.get("num").filter(|value| !value.is_unit());
        let given = num.and_then(|value| value.as_decimal().ok().or_else(|| value.as_int().ok().map(Decimal::from)));
        let Some(value) = given.or_else(|| cell.as_ref().and_then(Cell::value)) else {
            return refuse("“numbers”里每项要有数（num）", "each item of `numbers` needs a number (`num`)");
        };
        let span = self.place()?;
        let words = self.map.get("at").and_then(text_of).map(|text| text.str().chars().take(PATH).collect());
        let path = cell.map_or_else(|| words.unwrap_or_default(), |cell| cell.path());
        let name = self.string("name")?.unwrap_or_else(|| path.clone());
        Ok(ScriptParticipant { name, path, span, value })
    }

    fn fix(&self, run: &Run) -> Hosted<ScriptFix> {
        let mut given = LEVELS.iter().filter(|(word, _)| self.map.contains_key(*word));
        let (Some((word, level)), None) = (given.next(), given.next()) else {
            return refuse("修改要写 safe、unsafe、suggest 之一", "a fix has one of safe, unsafe, suggest");
        };
        let text = self.string(word)?.unwrap_or_default();
        let verified = run.verifies(&text);
        Ok(ScriptFix { title: self.string("title")?, level: *level, text, verified })
    }

    fn level(&self, own: Level) -> Hosted<Option<Level>> {
        let Some(word) = self.string("level")? else { return Ok(None) };
        let known = [Level::Info, Level::Warning, Level::Error];
        match known.into_iter().find(|level| level.word() == word) {
            Some(level) if level <= own => Ok(Some(level)),
            Some(_) => refuse(format!("级别“{word}”高于规则的级别"), format!("level `{word}` is above the rule's")),
            None => refuse(
                format!("没有级别“{word}”，可用：error warning info"),
                format!("unknown level `{word}`: error, warning or info"),
            ),
        }
    }
}

/// The document's handle.
pub(super) fn doc(run: &Arc<Run>) -> Dynamic {
    Dynamic::from(Doc { run: Arc::clone(run) })
}

/// The run that a function without a handle belongs to.
fn run_of(context: &NativeCallContext<'_>) -> Hosted<Arc<Run>> {
    match context.tag().and_then(|tag| tag.clone().try_cast::<Arc<Run>>()) {
        Some(run) => Ok(run),
        None => refuse("只能在检查文档时调用", "this can be called while a document is checked only"),
    }
}

/// The number that a text says. A longer text is none, and is not read.
pub(super) fn number(text: &str) -> Option<Decimal> {
    const LONGEST: usize = 200;
    (text.len() <= LONGEST).then(|| read_number(text)).flatten()
}

/// Days from 1 January of year 0 (proleptic Gregorian); none where there is no such day.
fn day_number(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let lengths = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let month = usize::try_from(month).ok()?.checked_sub(1)?;
    let length = *lengths.get(month)?;
    if !(1..=9999).contains(&year) || !(1..=length).contains(&day) {
        return None;
    }
    let before = year - 1;
    let leaps = before / 4 - before / 100 + before / 400;
    Some(before * 365 + leaps + lengths[..month].iter().sum::<i64>() + day)
}

/// Puts everything of ours into the engine.
pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Arc<Run>>("Run");
    doc::register(engine);
    text::register(engine);
    table::register(engine);
    engine.register_fn("report", |context: NativeCallContext<'_>, map: Map| run_of(&context)?.report(&map));
    engine.register_fn("data", |context: NativeCallContext<'_>, name: &str, key: &str, value: &str| {
        run_of(&context)?.rows_where(name, key, value)
    });
    engine.register_fn("data", |context: NativeCallContext<'_>, name: &str| run_of(&context)?.rows(name));
    engine.register_fn("fold", |context: NativeCallContext<'_>, text: &str| {
        charge::text(&context, text)?;
        Ok::<_, Box<EvalAltResult>>(fold_width(text))
    });
    engine.register_fn("num", |text: &str| number(text).map_or(Dynamic::UNIT, Dynamic::from_decimal));
    engine.register_fn("cn_num", |text: &str| {
        // More than a few characters are no number, and are not read.
        let number = read_chinese(text).and_then(|number| i64::try_from(number).ok());
        number.map_or(Dynamic::UNIT, Dynamic::from_int)
    });
    engine.register_fn("is_date", |year: i64, month: i64, day: i64| day_number(year, month, day).is_some());
    engine.register_fn("days", |y1: i64, m1: i64, d1: i64, y2: i64, m2: i64, d2: i64| {
        match (day_number(y1, m1, d1), day_number(y2, m2, d2)) {
            (Some(first), Some(second)) => Ok(second - first),
            _ => refuse("没有这一天，先用 is_date 判断", "there is no such day: ask is_date first"),
        }
    });
}
