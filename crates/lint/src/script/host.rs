//! A run of a script: what it may use up, what it reported, and the functions that need no handle.

use super::charge;
use super::debug::{self, Said};
use super::doc::{self, Doc, Page, Pages};
use super::fault::{Hosted, refuse};
use super::mention::Mentions;
use super::room::OPERATIONS;
use super::{Script, ScriptReport, mention, num, report, section, table, text};
use crate::date::Date;
use crate::finding::Level;
use crate::pattern::Pattern;
use crate::rule::ParamValue;
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
/// The most matches of a run.
const MATCHES: u64 = 100_000;
/// The most patterns of a run that are not written out in the script.
const PATTERNS: usize = 64;
/// The heaviest pattern that is kept for the next document; see [`Pattern::weight`].
const KEPT_WEIGHT: usize = 4_096;

/// The stretches of the document that the rule's `in` means, each with its block; none: all but table rows.
pub(super) type Within = Option<Arc<[(usize, Span)]>>;

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
    pub(super) mentions: Arc<Mentions>,
    pub(super) level: Level,
    id: Arc<str>,
    name: String,
    today: Option<Date>,
    /// The rule's parameters.
    params: Map,
    /// Whether the rule has a template for what a report does not say.
    pub(super) has_say: bool,
    /// The same over last year's report: where its handles look. What they use up is counted apart.
    prev: Option<Arc<Run>>,
    used: AtomicU64,
    n_matches: AtomicU64,
    reports: Mutex<Vec<ScriptReport>>,
    said: Mutex<Vec<Said>>,
}

impl Run {
    pub(super) fn new(
        script: &Script,
        rule: &RuleInfo,
        pages: &Pages,
        (within, candidates): (Within, Candidates),
        data: &Arc<BTreeMap<String, DataTable>>,
        (kept, mentions): (&Kept, &Arc<Mentions>),
        today: Option<Date>,
    ) -> Self {
        let over = |page: &Arc<Page>, places, prev| {
            Self::over(script, rule, (page, places, prev), data, (kept, mentions), today)
        };
        let prev = pages.prev.as_ref().map(|page| Arc::new(over(page, (None, Candidates::new()), None)));
        over(&pages.own, (within, candidates), prev)
    }

    fn over(
        script: &Script,
        rule: &RuleInfo,
        (page, (within, candidates), prev): (&Arc<Page>, (Within, Candidates), Option<Arc<Self>>),
        data: &Arc<BTreeMap<String, DataTable>>,
        (kept, mentions): (&Kept, &Arc<Mentions>),
        today: Option<Date>,
    ) -> Self {
        Self {
            page: Arc::clone(page),
            within,
            candidates,
            data: Arc::clone(data),
            patterns: Arc::clone(&script.patterns),
            made: Mutex::default(),
            kept: Arc::clone(kept),
            mentions: Arc::clone(mentions),
            level: rule.level,
            id: Arc::clone(&rule.id),
            name: rule.name.zh.clone(),
            today,
            params: rule.params.iter().map(|param| (param.name.as_str().into(), of_param(&param.value))).collect(),
            has_say: !rule.say.zh.is_empty(),
            prev,
            used: AtomicU64::new(0),
            n_matches: AtomicU64::new(0),
            reports: Mutex::default(),
            said: Mutex::default(),
        }
    }

    /// What was reported, in order.
    pub(super) fn reports(&self) -> Vec<ScriptReport> {
        std::mem::take(&mut *self.reports.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How much work of the host was charged.
    pub(super) fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
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
            None => match Pattern::solid(source) {
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

    /// Keeps a report.
    pub(super) fn keep(&self, report: ScriptReport) -> Hosted<()> {
        self.charge(100 + report::cost(&report))?;
        let mut reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        if reports.len() >= REPORTS {
            return refuse(format!("报告超过 {REPORTS} 条"), format!("more than {REPORTS} reports"));
        }
        reports.push(report);
        Ok(())
    }

    /// Keeps what was said with `debug`.
    pub(super) fn hear(&self, said: Said) {
        debug::keep(&mut self.said.lock().unwrap_or_else(PoisonError::into_inner), said);
    }

    /// What was said with `debug`, in order.
    pub(super) fn said(&self) -> Vec<Said> {
        std::mem::take(&mut *self.said.lock().unwrap_or_else(PoisonError::into_inner))
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

fn to_map(row: &BTreeMap<String, String>) -> Dynamic {
    let row: Map = row.iter().map(|(key, value)| (key.as_str().into(), value.clone().into())).collect();
    Dynamic::from_map(row)
}

/// What is always there, by its name.
pub(super) const ALWAYS: [&str; 5] = ["doc", "rule", "today", "prev", "params"];

/// The value of what is always there; none for any other name.
pub(super) fn always(run: &Arc<Run>, name: &str) -> Option<Dynamic> {
    let map = |pairs: &[(&str, Dynamic)]| {
        Dynamic::from_map(pairs.iter().map(|(key, value)| ((*key).into(), value.clone())).collect())
    };
    Some(match name {
        "doc" => Dynamic::from(Doc { run: Arc::clone(run) }),
        "rule" => map(&[("id", run.id.to_string().into()), ("name", run.name.clone().into())]),
        "today" => run.today.map_or(Dynamic::UNIT, |(year, month, day)| {
            map(&[("year", i64::from(year).into()), ("month", i64::from(month).into()), ("day", i64::from(day).into())])
        }),
        "prev" => run.prev.as_ref().map_or(Dynamic::UNIT, |prev| Dynamic::from(Doc { run: Arc::clone(prev) })),
        "params" => Dynamic::from_map(run.params.clone()),
        _ => return None,
    })
}

/// The value of a parameter as scripts see it.
fn of_param(value: &ParamValue) -> Dynamic {
    match value {
        ParamValue::Integer(number) => Dynamic::from(*number),
        ParamValue::Decimal(number) => Dynamic::from(*number),
        ParamValue::Text(text) => Dynamic::from(text.clone()),
        ParamValue::Truth(truth) => Dynamic::from(*truth),
        ParamValue::Words(words) => Dynamic::from_array(words.iter().cloned().map(Dynamic::from).collect()),
    }
}

/// The run that a function without a handle belongs to.
pub(super) fn run_of(context: &NativeCallContext<'_>) -> Hosted<Arc<Run>> {
    match context.tag().and_then(|tag| tag.read_lock::<Arc<Run>>().map(|run| Arc::clone(&run))) {
        Some(run) => Ok(run),
        None => refuse("只能在检查文档时调用", "this can be called while a document is checked only"),
    }
}

/// A whole number below 10,000 in Chinese numerals: 109 is 一百零九.
fn chinese(number: u64) -> Option<String> {
    const UNITS: [(u64, &str); 4] = [(1_000, "千"), (100, "百"), (10, "十"), (1, "")];
    let digit = |at: u64| "零一二三四五六七八九".chars().nth(usize::try_from(at).ok()?);
    if number == 0 || number >= 10_000 {
        return (number == 0).then(|| "零".to_owned());
    }
    let mut out = String::new();
    let mut gap = false;
    for (unit, word) in UNITS {
        match number / unit % 10 {
            0 => gap = !out.is_empty(),
            // 12 is 十二, 112 is 一百一十二.
            1 if unit == 10 && out.is_empty() => out.push_str(word),
            at => {
                if std::mem::take(&mut gap) {
                    out.push('零');
                }
                out.push(digit(at)?);
                out.push_str(word);
            }
        }
    }
    Some(out)
}

/// The number that a text says. A longer text is none, and is not read.
pub(super) fn number(text: &str) -> Option<Decimal> {
    const LONGEST: usize = 200;
    (text.len() <= LONGEST).then(|| read_number(text)).flatten()
}

/// Days from 1 January of year 0 (proleptic Gregorian); none where there is no such day.
pub(super) fn day_number(year: i64, month: i64, day: i64) -> Option<i64> {
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
    num::register(engine);
    section::register(engine);
    mention::register(engine);
    report::register(engine);
    debug::register(engine);
    engine.register_fn("escape", |text: &str| regex::escape(text));
    engine.register_fn("to_cn", |number: i64| {
        u64::try_from(number).ok().and_then(chinese).map_or(Dynamic::UNIT, Dynamic::from)
    });
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
