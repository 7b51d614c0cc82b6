//! What a script reports: `report(#{…})` and `tie(…)`, their keys and values looked over.

use super::charge;
use super::fault::{Hosted, did_you_mean, refuse};
use super::host::{Run, run_of};
use super::num::Num;
use super::table::Cell;
use super::text::text_of;
use super::{ScriptFix, ScriptLabel, ScriptParticipant, ScriptReport};
use crate::fault::nearest;
use crate::finding::{FixLevel, Level};
use gouji_core::text::Span;
use rhai::{Array, Dynamic, Engine, Map, NativeCallContext};
use std::sync::Arc;

/// The most labels, and the most numbers, of a report.
const PARTICIPANTS: usize = 2_000;
/// The most fixes of a report.
const FIXES: usize = 64;
/// The words at a number that stand for its path, in characters.
const PATH: usize = 40;
/// The keys of a report.
pub(super) const KEYS: [&str; 10] =
    ["at", "say", "en", "help", "help_en", "labels", "numbers", "fix", "suggest", "level"];

/// A map that a script gave, its keys checked.
struct Reading<'a> {
    map: &'a Map,
}

impl<'a> Reading<'a> {
    fn of(keys: &[&str], map: &'a Map) -> Hosted<Self> {
        for key in map.keys() {
            if !keys.contains(&key.as_str()) {
                let (zh, en) = did_you_mean(nearest(key, keys.iter().copied()));
                return refuse(format!("report 没有键“{key}”{zh}"), format!("unknown key `{key}` in a report{en}"));
            }
        }
        Ok(Self { map })
    }

    /// The items of an array; anything else is an item of its own, nothing is none.
    fn items(&self, key: &str) -> Array {
        let Some(value) = self.map.get(key).filter(|value| !value.is_unit()) else { return Array::new() };
        value.clone().try_cast::<Array>().unwrap_or_else(|| vec![value.clone()])
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

    /// A place in the report under check.
    fn place(&self) -> Hosted<Span> {
        match self.any_place()? {
            (span, None) => Ok(span),
            (_, Some(_)) => refuse(
                "“at”在上年年报里，报告的位置要在本报告里",
                "`at` lies in last year's report: a report is placed in the one under check",
            ),
        }
    }

    /// A place, and the file of last year's report where it lies there.
    fn any_place(&self) -> Hosted<(Span, Option<Arc<str>>)> {
        match self.map.get("at").and_then(text_of) {
            Some(text) => Ok((text.span, text.run.page.file.clone())),
            None => refuse("“at”要一处文字（Text、Match、Cell 等）", "`at` needs a place (Text, Match, Cell …)"),
        }
    }

    /// The maps of a key: an array of them or a single one.
    fn maps(&self, key: &str) -> Hosted<Vec<Map>> {
        let maps: Option<Vec<Map>> = self.items(key).into_iter().map(Dynamic::try_cast::<Map>).collect();
        match maps {
            Some(maps) => Ok(maps),
            None => {
                refuse(format!("“{key}”要写成 #{{…}} 或其数组"), format!("`{key}` needs a map or an array of maps"))
            }
        }
    }

    fn report(&self, run: &Run, span: Span) -> Hosted<ScriptReport> {
        let (say, say_en) = (self.string("say")?, self.string("en")?);
        if say.is_none() && !run.has_say {
            return refuse("缺少“say”，规则也没有 say", "`say` is missing, and the rule has none");
        }
        let mut labels = Vec::new();
        for map in self.maps("labels")? {
            let label = Reading::of(&["at", "say", "en"], &map)?;
            let say = label.string("say")?.unwrap_or_default();
            labels.push(ScriptLabel { span: label.place()?, say, say_en: label.string("en")? });
        }
        let mut numbers = Vec::new();
        for value in self.items("numbers") {
            match value.clone().try_cast::<Map>() {
                Some(map) => numbers.push(Reading::of(&["name", "en", "at", "num"], &map)?.participant()?),
                None => numbers.extend(Num::of(&value)?.participants(false)),
            }
            at_most(PARTICIPANTS, numbers.len(), ("数", "numbers"))?;
        }
        let mut fixes = Vec::new();
        for map in self.maps("fix")? {
            fixes.push(Reading::of(&["title", "en", "safe", "unsafe", "suggest"], &map)?.fix()?);
        }
        for value in self.items("suggest") {
            fixes.push(suggestion(&value)?);
        }
        at_most(PARTICIPANTS, labels.len(), ("标注", "labels"))?;
        at_most(PARTICIPANTS, numbers.len(), ("数", "numbers"))?;
        at_most(FIXES, fixes.len(), ("改法", "fixes"))?;
        let (help, help_en) = (self.string("help")?, self.string("help_en")?);
        let level = self.level(run.level)?;
        Ok(ScriptReport { span, say, say_en, help, help_en, labels, numbers, sides: None, fixes, level })
    }

    fn participant(&self) -> Hosted<ScriptParticipant> {
        let cell = self.map.get("at").and_then(|at| at.clone().try_cast::<Cell>());
        let num = self.map.get("num").filter(|value| !value.is_unit());
        let given = num.map(Num::of).transpose()?.map(|num| num.value);
        let Some(value) = given.or_else(|| cell.as_ref().and_then(Cell::value)) else {
            return refuse("“numbers”里每项要有数（num）", "each item of `numbers` needs a number (`num`)");
        };
        let (span, file) = self.any_place()?;
        let words = self.map.get("at").and_then(text_of).map(|text| text.str().chars().take(PATH).collect());
        let path = cell.map_or_else(|| words.unwrap_or_default(), |cell| cell.path());
        let name = self.string("name")?.unwrap_or_else(|| path.clone());
        Ok(ScriptParticipant { name, name_en: self.string("en")?, path, span, file, value, sign: 1, right: false })
    }

    fn fix(&self) -> Hosted<ScriptFix> {
        let mut given = FixLevel::WORDS.iter().filter(|(word, _)| self.map.contains_key(*word));
        let (Some((word, level)), None) = (given.next(), given.next()) else {
            return refuse("修正要写 safe、unsafe、suggest 之一", "a fix has one of safe, unsafe, suggest");
        };
        let text = self.string(word)?.unwrap_or_default();
        Ok(ScriptFix { title: self.string("title")?, title_en: self.string("en")?, level: *level, text })
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

/// A text, or `#{title, en, text}`.
fn suggestion(value: &Dynamic) -> Hosted<ScriptFix> {
    let (title, title_en, text) = match value.clone().try_cast::<Map>() {
        Some(map) => {
            let own = Reading::of(&["title", "en", "text"], &map)?;
            (own.string("title")?, own.string("en")?, own.string("text")?)
        }
        None => (None, None, value.clone().into_string().ok()),
    };
    match text {
        Some(text) => Ok(ScriptFix { title, title_en, level: FixLevel::Suggest, text }),
        None => refuse("“suggest”要一段文字，或 #{title, en, text}", "`suggest` needs a string or #{title, en, text}"),
    }
}

fn report(run: &Run, map: &Map) -> Hosted<()> {
    let own = Reading::of(&KEYS, map)?;
    run.keep(own.report(run, own.place()?)?)
}

/// Compares two sides; where they differ, reports it with the numbers of both. Gives whether they agree.
fn tie(run: &Run, lhs: &Dynamic, rhs: &Dynamic, map: &Map) -> Hosted<bool> {
    let (lhs, rhs) = (Num::of(lhs)?, Num::of(rhs)?);
    if lhs.value == rhs.value {
        return Ok(true);
    }
    let own = Reading::of(&KEYS, map)?;
    let span = match (map.contains_key("at"), Num::place(&lhs, &rhs)) {
        (false, Some(span)) => span,
        (true, _) => own.place()?,
        (false, None) => {
            return refuse("两边的数都没有出处，要写“at”", "neither side stands in the document: `at` is needed");
        }
    };
    let mut report = own.report(run, span)?;
    report.numbers.extend(lhs.participants(false));
    report.numbers.extend(rhs.participants(true));
    at_most(PARTICIPANTS, report.numbers.len(), ("数", "numbers"))?;
    report.sides = Some((lhs.value, rhs.value));
    run.keep(report)?;
    Ok(false)
}

/// Puts `report` and `tie` into the engine.
pub(super) fn register(engine: &mut Engine) {
    engine.register_fn("report", |context: NativeCallContext<'_>, map: Map| report(&*run_of(&context)?, &map));
    engine.register_fn("tie", |context: NativeCallContext<'_>, lhs: Dynamic, rhs: Dynamic| {
        tie(&*run_of(&context)?, &lhs, &rhs, &Map::new())
    });
    engine.register_fn("tie", |context: NativeCallContext<'_>, lhs: Dynamic, rhs: Dynamic, map: Map| {
        tie(&*run_of(&context)?, &lhs, &rhs, &map)
    });
    engine.register_fn("tie", |context: NativeCallContext<'_>, lhs: Dynamic, rhs: Dynamic, say: &str| {
        let map = Map::from([("say".into(), Dynamic::from(say.to_owned()))]);
        tie(&*run_of(&context)?, &lhs, &rhs, &map)
    });
}

/// What it costs to keep a report.
pub(super) fn cost(report: &ScriptReport) -> u64 {
    let own = [&report.say, &report.say_en, &report.help, &report.help_en].into_iter().flatten();
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
