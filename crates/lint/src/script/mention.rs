//! What running text mentions: sentences, numbers, dates, cited documents.

use super::fault::{Hosted, refuse};
use super::host::day_number;
use super::num::Num;
use super::room::ARRAY;
use super::text::{Text, or_unit};
use crate::pattern::Pattern;
use gouji_core::citation::{self, Citation, Number, Title};
use gouji_core::number::figures;
use gouji_core::text::Span;
use rhai::{Array, Dynamic, Engine, EvalAltResult};

/// The pattern by which dates are told. Made once a room.
#[derive(Debug)]
pub(super) struct Mentions {
    date: Pattern,
}

impl Default for Mentions {
    fn default() -> Self {
        let date = Pattern::parse("(?<y>[0-9]{4}) ?年 ?(?<m>[0-9]{1,2}) ?月 ?(?<d>[0-9]{1,2}) ?日");
        Self { date: date.expect("the pattern is right") }
    }
}

/// A day in the text.
#[derive(Clone, Debug)]
pub(super) struct Date {
    text: Text,
    year: i64,
    month: i64,
    day: i64,
}

/// A cited document.
#[derive(Clone, Debug)]
pub(super) struct Cite {
    text: Text,
    cited: Citation,
}

/// Gathers what `find` finds in each block of a stretch.
fn gather(text: &Text, find: impl Fn(&Text, &mut Array)) -> Hosted<Array> {
    let mut found = Array::new();
    for block in text.run.page.blocks_within(text.span) {
        text.run.charge(1 + block.len() as u64 / 16)?;
        find(&text.at(block), &mut found);
        if found.len() > ARRAY {
            return refuse(format!("超过 {ARRAY} 处"), format!("more than {ARRAY} of them"));
        }
    }
    Ok(found)
}

/// The sentences of a text.
pub(super) fn sentences_of(text: &Text) -> Hosted<Array> {
    gather(text, sentences)
}

/// The numbers of a text that are written in digits.
pub(super) fn nums_of(text: &Text) -> Hosted<Array> {
    gather(text, nums)
}

/// The days of a text.
pub(super) fn dates_of(text: &Text) -> Hosted<Array> {
    gather(text, dates)
}

/// The documents that a text cites.
pub(super) fn cites_of(text: &Text) -> Hosted<Array> {
    gather(text, cites)
}

/// Sentences with their final mark and the closing marks behind it.
fn sentences(block: &Text, found: &mut Array) {
    let words = block.str();
    let mut put = |from: usize, to: usize| {
        let sentence = words[from..to].trim();
        if !sentence.is_empty() {
            let span = Span::of_slice(words, sentence);
            found.push(Dynamic::from(block.at(span.shift(block.span.start))));
        }
    };
    let mut start = 0;
    let mut marks = words.char_indices().peekable();
    while let Some((at, c)) = marks.next() {
        let is_end = |c: char| matches!(c, '。' | '！' | '？' | '；' | '\n');
        let closes = |c: char| is_end(c) || matches!(c, '”' | '’' | '）' | '》');
        if !is_end(c) || marks.peek().is_some_and(|&(_, next)| closes(next)) {
            continue;
        }
        put(start, at + c.len_utf8());
        start = at + c.len_utf8();
    }
    put(start, words.len());
}

fn nums(block: &Text, found: &mut Array) {
    for figure in figures(block.str(), block.span.start) {
        found.push(Dynamic::from(Num::written(&block.at(figure.span), figure.value, figure.unit)));
    }
}

fn dates(block: &Text, found: &mut Array) {
    for captures in block.run.mentions.date.regex().captures_iter(block.str()) {
        let part = |name: &str| captures.name(name).and_then(|part| part.as_str().parse().ok());
        let (Some(whole), Some(year), Some(month), Some(day)) = (captures.get(0), part("y"), part("m"), part("d"))
        else {
            continue;
        };
        let text = block.at(Span::from(whole.range()).shift(block.span.start));
        found.push(Dynamic::from(Date { text, year, month, day }));
    }
}

fn cites(block: &Text, found: &mut Array) {
    for cited in citation::within(&block.run.page.citations, block.span) {
        found.push(Dynamic::from(Cite { text: block.at(cited.span), cited: cited.clone() }));
    }
}

impl Date {
    fn number(&self) -> Option<i64> {
        day_number(self.year, self.month, self.day)
    }

    fn days_to(&self, other: &Self) -> Hosted<i64> {
        match (self.number(), other.number()) {
            (Some(own), Some(other)) => Ok(other - own),
            _ => refuse("没有这一天，先用 is_real 判断", "there is no such day: ask is_real first"),
        }
    }
}

impl Cite {
    /// A part of its number.
    fn part(&self, part: impl Fn(&Number) -> Option<Span>) -> Dynamic {
        or_unit(self.cited.number.as_ref().and_then(part).map(|span| self.text.at(span)))
    }

    /// A part of its title.
    fn titled(&self, part: impl Fn(Title) -> Span) -> Dynamic {
        or_unit(self.cited.title.map(|title| self.text.at(part(title))))
    }

    /// A word about its number.
    fn word(&self, word: impl Fn(&Number) -> Option<String>) -> Dynamic {
        or_unit(self.cited.number.as_ref().and_then(word))
    }
}

/// The mentions of a kind, for a text or whatever is one.
pub(super) fn both<T: Clone + Send + Sync + 'static>(
    engine: &mut Engine,
    text: impl Fn(&mut T) -> Text + Copy + Send + Sync + 'static,
) {
    engine.register_fn("sentences", move |own: &mut T| sentences_of(&text(own)));
    engine.register_fn("nums", move |own: &mut T| nums_of(&text(own)));
    engine.register_fn("dates", move |own: &mut T| dates_of(&text(own)));
    engine.register_fn("cites", move |own: &mut T| cites_of(&text(own)));
}

/// Puts dates and cited documents into the engine.
pub(super) fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Date>("Date");
    engine.register_get("text", |date: &mut Date| date.text.clone());
    engine.register_get("str", |date: &mut Date| date.text.str().to_owned());
    engine.register_get("y", |date: &mut Date| date.year);
    engine.register_get("m", |date: &mut Date| date.month);
    engine.register_get("d", |date: &mut Date| date.day);
    engine.register_get("is_real", |date: &mut Date| date.number().is_some());
    engine.register_fn("days_to", |date: &mut Date, other: Date| date.days_to(&other));
    engine.register_type_with_name::<Cite>("Cite");
    engine.register_get("text", |cite: &mut Cite| cite.text.clone());
    engine.register_get("str", |cite: &mut Cite| Ok::<_, Box<EvalAltResult>>(cite.text.words()?.to_owned()));
    engine.register_get("title", |cite: &mut Cite| cite.titled(|title| title.words));
    engine.register_get("marked", |cite: &mut Cite| cite.titled(|title| title.span));
    engine.register_get("number", |cite: &mut Cite| cite.part(|number| Some(number.bare)));
    engine.register_get("code", |cite: &mut Cite| cite.part(|number| number.code));
    engine.register_get("year", |cite: &mut Cite| cite.part(|number| number.year));
    engine.register_get("serial", |cite: &mut Cite| cite.part(|number| number.serial));
    engine.register_get("kind", |cite: &mut Cite| cite.word(|number| Some(number.kind.word().to_owned())));
    engine.register_get("stands", |cite: &mut Cite| cite.cited.stands.word().to_owned());
    engine.register_get("in_form", |cite: &mut Cite| cite.word(|number| number.in_form(&cite.text.run.page.text)));
}

/// The place of a date or a cited document.
pub(super) fn text_of(value: &Dynamic) -> Option<Text> {
    let date = value.read_lock::<Date>().map(|date| date.text.clone());
    date.or_else(|| value.read_lock::<Cite>().map(|cite| cite.text.clone()))
}
