//! Texts and matches as scripts see them: a run, a place, and no offsets.

use super::doc::Heading;
use super::fault::{Hosted, did_you_mean, refuse};
use super::host::{self, Run};
use super::num::Num;
use super::room::ARRAY;
use super::section::Section;
use super::table::{Axis, Cell, Table};
use super::{charge, mention};
use crate::fault::nearest;
use crate::pattern::Pattern;
use gouji_core::text::Span;
use rhai::{Array, Dynamic, Engine, EvalAltResult};
use std::sync::Arc;

/// A stretch of the document.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) run: Arc<Run>,
    pub(super) span: Span,
}

/// A match of a pattern.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) text: Text,
    pattern: Arc<Pattern>,
    /// The places of the pattern's captures, by the order of their names.
    captures: Arc<[Option<Span>]>,
}

impl Text {
    pub(super) fn str(&self) -> &str {
        self.span.of(&self.run.page.text)
    }

    /// Its words, charged: a loop over a long text must not be for nothing.
    pub(super) fn words(&self) -> Hosted<&str> {
        self.run.charge(charge::of_text(self.str()))?;
        Ok(self.str())
    }

    pub(super) fn at(&self, span: Span) -> Self {
        Self { run: Arc::clone(&self.run), span }
    }

    /// The block it starts in.
    fn block(&self) -> Self {
        self.at(self.run.page.block_around(self.span))
    }

    fn before(&self, n: i64) -> Hosted<String> {
        let block = self.block().span;
        let text = Span::new(block.start.min(self.span.start), self.span.start).of(&self.run.page.text);
        self.run.charge(charge::of_text(text))?;
        let n = usize::try_from(n).unwrap_or(0);
        let skip = text.chars().count().saturating_sub(n);
        Ok(text.chars().skip(skip).collect())
    }

    fn after(&self, n: i64) -> Hosted<String> {
        let block = self.run.page.block_around(Span::empty(self.span.end));
        let text = Span::new(self.span.end, block.end.max(self.span.end)).of(&self.run.page.text);
        let words: String = text.chars().take(usize::try_from(n).unwrap_or(0)).collect();
        self.run.charge(charge::of_text(&words))?;
        Ok(words)
    }

    fn slice(&self, from: i64, to: i64) -> Hosted<Self> {
        let text = self.words()?;
        let byte = |at: i64| {
            let at = usize::try_from(at).ok()?;
            text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(at)
        };
        match (byte(from), byte(to)) {
            (Some(start), Some(end)) if start <= end => Ok(self.at(Span::new(start, end).shift(self.span.start))),
            _ => refuse(
                format!("slice({from}, {to}) 超出了这段文字"),
                format!("slice({from}, {to}) is outside of the text"),
            ),
        }
    }

    /// All matches within it, none across two blocks.
    pub(super) fn find(&self, source: &str) -> Hosted<Array> {
        let pattern = self.run.pattern(source)?;
        let mut found = Array::new();
        for block in self.run.page.blocks_within(self.span) {
            self.at(block).matches(&pattern, &mut found)?;
        }
        Ok(found)
    }

    /// Adds the matches within this stretch of one block.
    pub(super) fn matches(&self, pattern: &Arc<Pattern>, found: &mut Array) -> Hosted<()> {
        let text = self.str();
        // At worst a search looks at every state for every character.
        self.run.charge(1 + text.len() as u64 / 64 * (1 + pattern.weight() as u64 / 1_024))?;
        if !pattern.required().is_empty() && !pattern.required().iter().any(|literal| text.contains(literal)) {
            return Ok(());
        }
        for captures in pattern.regex().captures_iter(text) {
            let place = |found: regex::Match<'_>| Span::from(found.range()).shift(self.span.start);
            let own = pattern.names().iter().map(|name| captures.name(name).map(place)).collect();
            let whole = captures.get(0).map_or(Span::empty(self.span.start), place);
            self.run.matched()?;
            if found.len() >= ARRAY {
                return refuse(format!("匹配超过 {ARRAY} 处"), format!("more than {ARRAY} matches"));
            }
            found.push(Dynamic::from(Match { text: self.at(whole), pattern: Arc::clone(pattern), captures: own }));
        }
        Ok(())
    }
}

impl Match {
    pub(super) fn cap(&self, name: &str) -> Hosted<Option<Text>> {
        let names = self.pattern.names();
        match names.iter().position(|own| own == name) {
            Some(at) => Ok(self.captures[at].map(|span| self.text.at(span))),
            None => {
                let near = nearest(name, names.iter().map(String::as_str));
                let (zh, en) = did_you_mean(near);
                refuse(format!("正则里没有捕获组“{name}”{zh}"), format!("the pattern has no capture `{name}`{en}"))
            }
        }
    }

    fn num(&self, name: &str) -> Hosted<Dynamic> {
        let text = self.cap(name)?;
        let num = text.and_then(|text| Some(Num::written(&text, host::number(text.str())?, None)));
        Ok(or_unit(num))
    }
}

/// A handle's text: what `at` and comparisons of places take.
pub(super) fn text_of(value: &Dynamic) -> Option<Text> {
    fn read<T: Clone + Send + Sync + 'static>(value: &Dynamic, text: impl Fn(&T) -> Text) -> Option<Text> {
        value.read_lock::<T>().map(|own| text(&own))
    }
    read(value, Text::clone)
        .or_else(|| read(value, |found: &Match| found.text.clone()))
        .or_else(|| read(value, Cell::text))
        .or_else(|| read(value, Heading::whole))
        .or_else(|| read(value, |section: &Section| section.heading().whole()))
        .or_else(|| value.read_lock::<Axis>().and_then(|axis| axis.text()))
        .or_else(|| read(value, Table::text))
        .or_else(|| value.read_lock::<Num>().and_then(|num| num.text()))
        .or_else(|| mention::text_of(value))
}

/// Absent is `()`.
pub(super) fn or_unit<T: Clone + Send + Sync + 'static>(value: Option<T>) -> Dynamic {
    value.map_or(Dynamic::UNIT, Dynamic::from)
}

fn other(value: &Dynamic) -> Hosted<Text> {
    match text_of(value) {
        Some(text) => Ok(text),
        None => refuse(
            format!("这里要一处文字（Text、Match、Cell 等），得到的是 {}", value.type_name()),
            format!("a place is needed here (Text, Match, Cell …), not {}", value.type_name()),
        ),
    }
}

/// Puts texts and matches into the engine. A match has all that a text has.
pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Text>("Text");
    engine.register_type_with_name::<Match>("Match");
    both(engine, |text: &mut Text| text.clone());
    both(engine, |found: &mut Match| found.text.clone());
    mention::both(engine, |text: &mut Text| text.clone());
    mention::both(engine, |found: &mut Match| found.text.clone());
    engine.register_fn("span", |found: &mut Match, name: &str| found.cap(name).map(or_unit));
    engine.register_get("text", |found: &mut Match| found.text.clone());
    engine.register_fn("cap", |found: &mut Match, name: &str| found.cap(name).map(or_unit));
    engine.register_fn("num", |found: &mut Match, name: &str| found.num(name));
}

/// What texts and matches have in common.
pub(super) fn both<T: Clone + Send + Sync + 'static>(
    engine: &mut Engine,
    text: impl Fn(&mut T) -> Text + Copy + Send + Sync + 'static,
) {
    engine.register_get("str", move |own: &mut T| text(own).words().map(str::to_owned));
    engine.register_get("len", move |own: &mut T| {
        let n_chars = text(own).words()?.chars().count();
        Ok::<i64, Box<EvalAltResult>>(i64::try_from(n_chars).expect("a document has fewer characters"))
    });
    engine.register_get("block", move |own: &mut T| text(own).block());
    engine.register_fn("find", move |own: &mut T, source: &str| text(own).find(source));
    engine.register_fn("slice", move |own: &mut T, from: i64, to: i64| text(own).slice(from, to));
    engine.register_fn("before", move |own: &mut T, n: i64| text(own).before(n));
    engine.register_fn("after", move |own: &mut T, n: i64| text(own).after(n));
    engine.register_fn("contains", move |own: &mut T, words: &str| {
        Ok::<_, Box<EvalAltResult>>(text(own).words()?.contains(words))
    });
    engine.register_fn("starts_with", move |own: &mut T, words: &str| text(own).str().starts_with(words));
    engine.register_fn("ends_with", move |own: &mut T, words: &str| text(own).str().ends_with(words));
    engine.register_fn("to_string", move |own: &mut T| text(own).words().map(str::to_owned));
    engine.register_fn("is_before", move |own: &mut T, value: Dynamic| {
        Ok::<bool, Box<EvalAltResult>>(text(own).span.end <= other(&value)?.span.start)
    });
    engine.register_fn("overlaps", move |own: &mut T, value: Dynamic| {
        Ok::<bool, Box<EvalAltResult>>(text(own).span.overlaps(other(&value)?.span))
    });
    engine.register_fn("same_block", move |own: &mut T, value: Dynamic| {
        Ok::<bool, Box<EvalAltResult>>(text(own).block().span == other(&value)?.block().span)
    });
}
