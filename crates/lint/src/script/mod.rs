//! Scripts of rules: Rhai in a closed room. The only folder that names the script library.
//! The tables below are also `docs/script-api.md`; a test holds them against each other and against what there is.
//!
//! A script is the body of a rule: it looks at the checked document and calls `report` for what is wrong. It can not
//! read files, wait, ask the clock or end the program; every run is limited ([`Room`]). Numbers are exact: whole ones
//! and decimals (`1/3` of whole numbers is 0, of decimals `0.333…`). A variable, function or property that is not there and
//! a bad pattern in `find("…")` are errors when the rule is loaded.
//!
//! Scripts never handle byte offsets: texts, matches, headings and cells are handles that know their place.
//! What may be absent is `()`: test with `if x != () { … }`. A function (`fn`) sees `doc`, `rule`, `today`, `prev` and `params`
//! (those of a lib have no `params`), and of all else only what it is given.
//!
//! | name | what |
//! |---|---|
//! | `doc` | the document |
//! | `prev` | last year's report, as `doc`; `()` where none was given. Nothing can be reported there, but its numbers may take part |
//! | `rule` | `#{id, name}` |
//! | `today` | `#{year, month, day}`, the date of the check; absent where it was not given (`needs: today`) |
//! | `params` | the rule's parameters: `params.name`; words are an array of strings |
//! | `data(name)` | the rows of `data/NAME.yaml`: an array of maps of strings |
//! | `data(name, key, value)` | those whose `key` is `value`, or a list `a\|b` that holds it |
//! | `report(#{…})` | says what is wrong, see below |
//! | `tie(lhs, rhs, say)` | compares two numbers, and reports where they differ; gives whether they agree |
//! | `fold(s)` | width folded, blanks gone |
//! | `num(s)` | the number a text says (`１２`, `1,200`, `3万`, `一百零九`), or `()` |
//! | `cn_num(s)` | the number that Chinese numerals say, or `()` |
//! | `to_cn(n)` | Chinese numerals for 0 to 9,999, or `()` |
//! | `pct(part, whole, n)` | Num: the share in per cent, rounded to `n` places |
//! | `escape(s)` | the text as a pattern that matches it, to be put into another |
//! | `is_date(y, m, d)` | whether there is such a day |
//! | `days(y1, m1, d1, y2, m2, d2)` | days from the first to the second |
//! | `debug(x)` | kept with its place, for `--trace`; the first 200 of a run, 500 characters each |
//!
//! | of `doc` | what |
//! |---|---|
//! | `text`, `title` | Text; `title` may be absent |
//! | `organ`, `form` | string, may be absent |
//! | `year` | whole number, may be absent |
//! | `path`, `format` | string: the file as given, and `txt` or `md` |
//! | `blocks()` | array of Text: title lines, headings, paragraphs; no table rows |
//! | `paragraphs()`, `prose()` | array of Text: every paragraph; those that are prose, without a run-in heading |
//! | `headings()`, `sections()` | array of Heading; of Section |
//! | `section(name)` | Section by the form's short name, else by the words of its heading; may be absent |
//! | `find(re)` | array of Match: all matches in the rule's `in`, without one in title, headings and paragraphs; none across two blocks |
//! | `sentences()`, `nums()`, `dates()`, `cites()` | array of Text, Num, Date, Cite, looked for where `find` looks |
//! | `field(name)` | Text behind `name：` up to the next mark or blank; may be absent |
//! | `table(name)`, `tables()` | Table by the form's short name, may be absent; array of all, those of no form too |
//!
//! | of a Text | what |
//! |---|---|
//! | `str`, `len` | its words; how many characters |
//! | `find(re)` | array of Match within it |
//! | `sentences()`, `nums()`, `dates()`, `cites()` | as of `doc`, within it; `nums()` are those in digits |
//! | `slice(from, to)` | Text of its characters `from..to` (from 0) |
//! | `before(n)`, `after(n)` | string: at most `n` characters of the block right before or behind it |
//! | `block` | Text of the whole block it starts in |
//! | `contains(s)`, `starts_with(s)`, `ends_with(s)` | truth |
//! | `is_before(x)`, `overlaps(x)`, `same_block(x)` | how it stands to another handle |
//! | `to_string()` | as `str` |
//!
//! A Match and a Section are Texts too, and both have `text` (themselves as a plain Text).
//!
//! | of a Match | what |
//! |---|---|
//! | `cap(name)`, `span(name)` | Text of a capture, or `()` |
//! | `num(name)` | Num of a capture, or `()` |
//!
//! | of a Section | what |
//! |---|---|
//! | `title`, `path` | string: the words of its heading; of all headings down to it, joined by ` > ` |
//! | `heading` | Heading |
//! | `level`, `index` | depth from 1; which section from 0 |
//! | `parent()`, `children()` | Section or `()`; array of Section |
//! | `paras()`, `tables()` | array of Text, of Table |
//!
//! | of a Heading | what |
//! |---|---|
//! | `text`, `str` | the words without enumerator, as Text and as string |
//! | `whole` | Text of the whole heading |
//! | `enumerator` | Text such as `（一）`; may be absent |
//! | `number`, `rank` | what the enumerator says; 1 一、 2 （一） 3 1. 4 （1） 5 ①; both absent without one |
//! | `mark` | Text of the mark behind a run-in one; empty without |
//! | `level`, `index` | depth from 1; which heading from 0 |
//! | `run_in` | whether text follows on the line |
//! | `parent` | the Heading above, or `()` |
//!
//! | of a Table | what |
//! |---|---|
//! | `name` | string; absent where it is none of the form's |
//! | `text`, `section` | Text; Section, may be absent |
//! | `rows()`, `cols()` | array of Axis |
//! | `row(path)`, `col(path)` | Axis by label path; `()` when none or several match |
//! | `rows_like(path)`, `cols_like(path)` | array of Axis: all that match |
//! | `has_row(path)`, `has_col(path)` | truth |
//! | `lacks_row(path)`, `lacks_col(path)` | whether the form has one there that the table has not |
//! | `cell(row, col)` | Cell by label paths; `()` when none or several match |
//! | `cells()` | array of Cell |
//!
//! | of an Axis (a row or a column) | what |
//! |---|---|
//! | `label`, `path` | string: its own label, the whole path |
//! | `index` | which one from 0 |
//! | `text` | Text of its label |
//! | `cells()`, `nums()` | array of Cell; of Num, cells without a number left out |
//! | `sum()` | Num; a cell without a number leaves the rule undetermined |
//! | `except(path)` | the same without the cells whose other label matches |
//!
//! | of a Cell | what |
//! |---|---|
//! | `str`, `text` | what is written, as string and as Text |
//! | `num`, `is_blank` | its Num, or `()`; whether nothing is written |
//! | `row`, `col` | label paths |
//!
//! `+ - * /` and comparisons take Num, Cell and plain numbers, and give a Num that knows which numbers it was computed from. A
//! Cell without a number in them leaves the rule *undetermined*, not failed.
//!
//! | of a Num | what |
//! |---|---|
//! | `value`, `unit` | plain decimal; the character behind it such as `件` or `%`, may be absent |
//! | `text` | Text where it stands; absent when it was computed |
//! | `round(n)`, `abs()` | half away from zero; without its sign |
//! | `to_string()`, `to_int()` | string; whole number, the rest cut off |
//!
//! | of a Date | what |
//! |---|---|
//! | `text`, `str` | 2024年1月5日 |
//! | `y`, `m`, `d` | whole numbers |
//! | `is_real` | whether there is such a day |
//! | `days_to(date)` | days from this one to the other |
//!
//! | of a Cite | what |
//! |---|---|
//! | `text`, `str` | 《…》（国办函〔2020〕109号）, or the title or number alone; a title with several numbers comes once with each |
//! | `title`, `marked` | Text of the title without and with its marks; absent where the number belongs to none |
//! | `number`, `code`, `year`, `serial` | Text: 国办函〔2020〕109号, 国办函, 2020, 109 as they are written; each may be absent |
//! | `kind` | what the number is: `document`, `order`, `announcement`, `case`, `enforcement`, `procurement`, `standard`, `historic`, `other`; absent without one |
//! | `stands` | how it stands to the title: `bracketed`, `bare`, `leading`, `split`, else `alone` |
//! | `in_form` | string: a document number as the standard writes it, slips mended; absent for any other |
//!
//! | key of `report` | what |
//! |---|---|
//! | `at` | where: any handle with a place; must be there |
//! | `say`, `en` | the message; needed where the rule has no `say`; the same in English |
//! | `help`, `help_en` | what to do, instead of the rule's |
//! | `labels` | further places: `#{at, say, en}`, an array of them; 2,000 at most |
//! | `numbers` | those that took part: Num, Cell or `#{name, en, at, num}` (`num` may be left out for a Cell), an array of them; 2,000 at most |
//! | `fix` | `#{safe: text}` (or `unsafe`, `suggest`; with `title` and `en`), an array of several; replaces `at`; 64 at most |
//! | `suggest` | a text or `#{title, en, text}`, an array of several: shown only |
//! | `level` | lower than the rule's |
//!
//! `tie(lhs, rhs, #{…})` takes the same keys, `tie(lhs, rhs)` the rule's `say`. Without `at` the report is placed at the only side
//! that is a single number, else at the first number on the right.

mod array;
mod charge;
mod debug;
mod doc;
mod fault;
mod functions;
mod host;
mod judge;
mod load;
mod mention;
mod num;
mod report;
mod room;
mod section;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod vocabulary;

pub(crate) use doc::Pages;
pub use functions::Functions;
pub(crate) use judge::judge;
pub use room::Room;

use crate::finding::{FixLevel, Level};
use crate::pattern::Pattern;
use gouji_core::text::Span;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A checked script.
#[derive(Debug)]
pub struct Script {
    /// The script as written, and behind it the files of functions that it names.
    source: String,
    /// Where each of these files starts.
    parts: Vec<(usize, Arc<Functions>)>,
    program: rhai::AST,
    /// The patterns written out in calls of `find`.
    patterns: Arc<BTreeMap<String, Arc<Pattern>>>,
    /// The parameters of its rule that it asks for.
    params_used: BTreeSet<String>,
    /// Whether it can only report where one of its patterns matches.
    needs_match: bool,
    /// Where each line of the script starts in the rule file; empty until it was placed there.
    lines: Vec<Span>,
}

impl Script {
    /// The patterns written out in calls of `find`, in an order of their own.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = (&str, &Pattern)> {
        self.patterns.iter().map(|(source, pattern)| (source.as_str(), pattern.as_ref()))
    }

    /// The names of the parameters that it asks for.
    pub(crate) fn params_used(&self) -> impl Iterator<Item = &str> {
        self.params_used.iter().map(String::as_str)
    }

    /// Tells where the lines of the script, which is `written` in the rule, stand in the rule file: `place` maps a span of it.
    pub(crate) fn put(&mut self, written: &str, place: impl Fn(Span) -> Span) {
        let mut at = 0;
        for line in written.split('\n') {
            self.lines.push(place(Span::new(at, at + line.len())));
            at += line.len() + 1;
        }
    }

    /// The place in a file of a span of the source that lies in one line.
    fn place(&self, span: Span) -> Place {
        if let Some((start, lib)) = self.parts.iter().rfind(|(start, _)| *start <= span.start) {
            return Place { span: Span::new(span.start - start, span.end - start), lib: Some(Arc::clone(lib)) };
        }
        let before = &self.source[..span.start];
        let Some(line) = self.lines.get(before.matches('\n').count()) else { return Place { span, lib: None } };
        let column = span.start - before.rfind('\n').map_or(0, |at| at + 1);
        let words = self.source.split('\n').nth(before.matches('\n').count()).unwrap_or_default();
        if line.len() != words.len() {
            // The script stands elsewhere: the whole of what stands for it here.
            return Place { span: *line, lib: None };
        }
        let start = (line.start + column).min(line.end);
        Place { span: Span::new(start, (start + span.len()).min(line.end).max(start)), lib: None }
    }
}

/// A place in the rule file, or in a file of functions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    span: Span,
    lib: Option<Arc<Functions>>,
}

/// What a script reported. All spans are of the document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptReport {
    /// Where.
    pub span: Span,
    /// What it says; none: the rule's own template.
    pub say: Option<String>,
    /// The same in English.
    pub say_en: Option<String>,
    /// What to do; none: the rule's own.
    pub help: Option<String>,
    /// The same in English.
    pub help_en: Option<String>,
    /// Further places.
    pub labels: Vec<ScriptLabel>,
    /// The numbers that took part.
    pub numbers: Vec<ScriptParticipant>,
    /// The two sides that a `tie` found to differ.
    pub sides: Option<(Decimal, Decimal)>,
    /// What may mend it: each replaces [`ScriptReport::span`].
    pub fixes: Vec<ScriptFix>,
    /// A lower level than the rule's.
    pub level: Option<Level>,
}

/// A further place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptLabel {
    /// Where.
    pub span: Span,
    /// What to say there.
    pub say: String,
    /// The same in English.
    pub say_en: Option<String>,
}

/// A number that took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptParticipant {
    /// Its name.
    pub name: String,
    /// The same in English.
    pub name_en: Option<String>,
    /// Row and column label path for a cell, else the words at its place.
    pub path: String,
    /// Where it stands.
    pub span: Span,
    /// The file of last year's report, where it stands there.
    pub file: Option<Arc<str>>,
    /// Its value.
    pub value: Decimal,
    /// How it counts on its side: 1 or -1.
    pub sign: i8,
    /// Whether it stands on the right side of a `tie`.
    pub right: bool,
}

/// A way to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptFix {
    /// What it does; none: 改为“…”.
    pub title: Option<String>,
    /// The same in English.
    pub title_en: Option<String>,
    /// How sure the author is.
    pub level: FixLevel,
    /// What takes the place.
    pub text: String,
}

/// Why a script failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    /// Where.
    pub place: Place,
    /// Why, in Chinese.
    pub message: String,
    /// The same in English.
    pub message_en: String,
}
