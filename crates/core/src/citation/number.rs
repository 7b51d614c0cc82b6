//! Numbers in running text: each shape is tried where a mark of it stands, and read from there.

use super::Kind;
use super::head::{self, IsRecent};
use crate::number::narrow;
use crate::text::Span;

/// A number with its parts. Parts that are not there are none; all lie inside `span`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// What it is.
    pub kind: Kind,
    /// The whole, 文 or 文件 behind it included.
    pub span: Span,
    /// The same without 文 and 文件.
    pub bare: Span,
    /// Who or what numbers it: 国办函, 国务院 of 国务院令第711号, 豫01行初, GB/T.
    pub code: Option<Span>,
    /// The opening and the closing mark around the year, be they right or wrong.
    pub brackets: Option<(Span, Span)>,
    /// The digits of the year.
    pub year: Option<Span>,
    /// 第 before the serial.
    pub di: Option<Span>,
    /// The digits (of an order also Chinese ones) before 号; of a standard what stands before its year.
    pub serial: Option<Span>,
    /// 文 or 文件 behind 号.
    pub tail: Option<Span>,
    /// Whether it is torn in two, the year in brackets of its own behind the code.
    pub is_split: bool,
}

/// The numbers of a text, by place and apart; spans are offset by `base`.
#[must_use]
pub fn numbers(text: &str, base: usize) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let mut floor = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if at >= floor {
            let tried = match c {
                '令' => order(text, floor, at),
                '告' if matches!(before, '公' | '通') => announcement(text, floor, at),
                '第' => reversed(text, floor, at),
                'A'..='Z' if !before.is_ascii_alphanumeric() => standard(text, at),
                c if is_opening(c) => bracketed(text, floor, at),
                _ => None,
            };
            if let Some(number) = tried {
                floor = number.span.end;
                found.push(number);
            }
        }
        before = c;
    }
    found.iter_mut().for_each(|number| number.shift(base));
    found
}

/// Marks that people put around the year, right or wrong; they mix them, too.
fn is_opening(c: char) -> bool {
    matches!(c, '〔' | '[' | '［' | '【' | '（' | '(' | '﹝' | '<' | '＜' | '〈' | '{' | '｛')
}

fn is_closing(c: char) -> bool {
    matches!(c, '〕' | ']' | '］' | '】' | '）' | ')' | '﹞' | '>' | '＞' | '〉' | '}' | '｝')
}

/// Nouns that 号 goes with in other ways: 12号楼, 3号线.
const NOUNS: &str = "楼线院地井路桥门窗台岗站馆库坑厅室车机房区间仓煤矿隧泵池闸堤坝宗";

/// The most digits of a serial, and of a year that may be wrong.
const DIGITS: usize = 6;

/// Reads on from a place in the text. Every step is short.
#[derive(Clone, Copy)]
struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn peek(self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Skips a few blanks.
    fn blanks(&mut self) {
        for _ in 0..4 {
            match self.peek() {
                Some(c @ (' ' | '\u{A0}' | '\u{3000}' | '\t')) => self.at += c.len_utf8(),
                _ => return,
            }
        }
    }

    fn eat(&mut self, is: impl Fn(char) -> bool) -> Option<Span> {
        let c = self.peek().filter(|&c| is(c))?;
        let start = self.at;
        self.at += c.len_utf8();
        Some(Span::new(start, self.at))
    }

    fn word(&mut self, word: &str) -> Option<Span> {
        let start = self.at;
        self.text[start..].starts_with(word).then(|| {
            self.at += word.len();
            Span::new(start, self.at)
        })
    }

    /// One to `most` characters of a kind, and no more of them behind.
    fn run(&mut self, most: usize, is: impl Fn(char) -> bool) -> Option<Span> {
        let start = self.at;
        for _ in 0..most {
            if self.eat(&is).is_none() {
                break;
            }
        }
        let whole = self.at > start && !self.peek().is_some_and(is);
        whole.then(|| Span::new(start, self.at))
    }

    fn digits(&mut self) -> Option<Span> {
        self.run(DIGITS, is_digit)
    }

    /// 第, a serial and 号, blanks between.
    fn serial(&mut self) -> Option<(Option<Span>, Span)> {
        self.blanks();
        let di = self.word("第");
        self.blanks();
        let serial = match di {
            Some(_) if self.peek().is_some_and(is_chinese) => self.run(DIGITS, is_chinese)?,
            _ => self.digits()?,
        };
        self.blanks();
        self.word("号")?;
        Some((di, serial))
    }
}

fn is_digit(c: char) -> bool {
    narrow(c).is_ascii_digit()
}

fn is_chinese(c: char) -> bool {
    "〇零一二三四五六七八九十百千".contains(c)
}

impl Number {
    /// One that ends where the cursor is.
    fn ending(kind: Kind, start: usize, cursor: Cursor<'_>, serial: Span) -> Self {
        let bare = Span::new(start, cursor.at);
        let (code, brackets, year, di) = (None, None, None, None);
        Self { kind, span: bare, bare, code, brackets, year, di, serial: Some(serial), tail: None, is_split: false }
    }

    fn with_tail(mut self, text: &str) -> Self {
        let mut cursor = Cursor { text, at: self.bare.end };
        let Some(word) = cursor.word("文件").or_else(|| cursor.word("文")) else { return self };
        // 12号文化 is no 文.
        if !cursor.peek().is_some_and(|c| "化明物旅艺字体".contains(c)) {
            self.tail = Some(word);
            self.span.end = word.end;
        }
        self
    }

    /// A document number as GB/T 9704—2012, 7.2.5 writes it: 〔〕 around the year, no 第, blank or zero before the serial. None
    /// for numbers of other kinds. `text` is the one that its spans are of.
    #[must_use]
    pub fn in_form(&self, text: &str) -> Option<String> {
        let (code, year, serial) = (self.code?.of(text), self.year?.of(text), self.serial?.of(text));
        let serial: String = serial.chars().map(narrow).collect();
        let year: String = year.chars().map(narrow).collect();
        let is_document = self.kind == Kind::Document;
        is_document.then(|| format!("{code}〔{year}〕{}号", serial.trim_start_matches('0')))
    }

    pub(super) fn shift(&mut self, by: usize) {
        let parts = [&mut self.code, &mut self.year, &mut self.di, &mut self.serial, &mut self.tail];
        parts.into_iter().flatten().for_each(|part| *part = part.shift(by));
        self.brackets = self.brackets.map(|(open, close)| (open.shift(by), close.shift(by)));
        self.span = self.span.shift(by);
        self.bare = self.bare.shift(by);
    }
}

/// Whether nothing, a mark or a closing bracket follows: the number stands by itself in its bracket.
pub(super) fn ends_clause(rest: &str) -> bool {
    rest.trim_start().chars().next().is_none_or(|c| "，,、；;：:）)".contains(c))
}

/// A number with a year in brackets, which open at `at`: 青政办〔2023〕12号, （2020）豫01行初5号, （81）卫防字26号.
fn bracketed(text: &str, floor: usize, at: usize) -> Option<Number> {
    let mut cursor = Cursor { text, at };
    let open = cursor.eat(is_opening)?;
    cursor.blanks();
    let year = cursor.digits()?;
    cursor.blanks();
    let close = cursor.eat(is_closing)?;
    let parts = (open, year, close);
    with_code_before(text, floor, parts, cursor).or_else(|| with_code_behind(text, parts, cursor))
}

type YearParts = (Span, Span, Span);

fn with_code_before(
    text: &str,
    floor: usize,
    (open, year, close): YearParts,
    mut cursor: Cursor<'_>,
) -> Option<Number> {
    let (di, serial) = cursor.serial()?;
    let is_right = open.of(text) == "〔" && close.of(text) == "〕";
    if !is_right
        && (cursor.peek().is_some_and(|c| NOUNS.contains(c)) || ![2, 4].contains(&year.of(text).chars().count()))
    {
        return None;
    }
    let before = text[floor..open.start].trim_end_matches([' ', '\u{A0}', '\u{3000}', '\t']);
    let mut code = head::code_before(text, floor, floor + before.len());
    let is_split = code.is_empty();
    let mut start = code.start;
    if is_split {
        let torn = torn_code(text, floor, floor + before.len())?;
        (start, code) = torn;
        // The closing bracket is part of what was torn.
        cursor.eat(|c| matches!(c, '）' | ')'))?;
    }
    let is_plain = di.is_none() && !serial.of(text).starts_with(['0', '０']);
    let kind = match head::kind_of(code.of(text), is_plain) {
        // 号令: the order says so behind.
        _ if cursor.word("令").is_some() => Kind::Order,
        Kind::Document | Kind::Enforcement | Kind::Other
            if IsRecent::of(year.of(text)) == IsRecent::No && (!is_right || year.len() == 2) =>
        {
            Kind::Historic
        }
        kind => kind,
    };
    let number = Number::ending(kind, start, cursor, serial);
    let number = Number { code: Some(code), brackets: Some((open, close)), year: Some(year), di, is_split, ..number };
    Some(number.with_tail(text))
}

/// The code that stands outside of the brackets which the year opens: where the whole starts, and the code. Only what
/// ends like the code of a document counts, kinds of letters such as 督办函 do not.
fn torn_code(text: &str, floor: usize, end: usize) -> Option<(usize, Span)> {
    let outside = text[floor..end].strip_suffix(['（', '('])?;
    let unmarked = outside.strip_suffix('》');
    let end = floor + unmarked.unwrap_or(outside).len();
    let code = head::code_before(text, floor, end);
    let words = code.of(text);
    let is_letter =
        ["督办函", "催办函", "转办函", "交办函", "承办函", "协办函", "会办函", "提办函", "查办函", "申办函"];
    if !head::is_official(words) || is_letter.iter().any(|letter| words.ends_with(letter)) {
        return None;
    }
    match unmarked {
        None => Some((code.start, code)),
        Some(_) => {
            let mark = text[floor..code.start].strip_suffix('《')?;
            (words.chars().count() <= 8).then_some((floor + mark.len(), code))
        }
    }
}

fn with_code_behind(text: &str, (open, year, close): YearParts, mut cursor: Cursor<'_>) -> Option<Number> {
    cursor.blanks();
    let from = cursor.at;
    let is_letter = |c: char| head::is_han(c) && !matches!(c, '号' | '第');
    // Codes of courts have digits inside: 豫0105执恢.
    while cursor.at - from < 60 {
        if cursor.run(16, is_letter).is_none() {
            break;
        }
        let code = Span::new(from, cursor.at);
        let mut ahead = cursor;
        if let Some((di, serial)) = ahead.serial() {
            let kind = head::kind_behind(code.of(text), IsRecent::of(year.of(text)))?;
            let number = Number::ending(kind, open.start, ahead, serial);
            let (code, brackets, year) = (Some(code), Some((open, close)), Some(year));
            return Some(Number { code, brackets, year, di, ..number });
        }
        cursor.digits()?;
    }
    None
}

/// An order whose 令 stands at `at`: 国务院令第711号, 国令第711号, 国务院令711号.
fn order(text: &str, floor: usize, at: usize) -> Option<Number> {
    let mut cursor = Cursor { text, at };
    cursor.word("令")?;
    let (di, serial) = cursor.serial()?;
    let code = head::code_before(text, floor, at);
    if !head::is_organ(code.of(text)) {
        return None;
    }
    Some(Number { code: Some(code), di, ..Number::ending(Kind::Order, code.start, cursor, serial) })
}

/// An announcement whose 告 stands at `at`: 国家税务总局公告2018年第31号, 青禾县人民政府通告第3号.
fn announcement(text: &str, floor: usize, at: usize) -> Option<Number> {
    let mut cursor = Cursor { text, at };
    cursor.word("告")?;
    let word = "公告".len();
    cursor.blanks();
    let mut ahead = cursor;
    let year = ahead.digits().filter(|_| ahead.word("年").is_some());
    if year.is_some() {
        cursor = ahead;
    }
    let (di, serial) = cursor.serial()?;
    if year.is_none() && di.is_none() {
        return None;
    }
    let code = head::code_before(text, floor, at + "告".len());
    let code = Span::new(code.start.min(at + "告".len() - word), code.end);
    Some(Number { code: Some(code), year, di, ..Number::ending(Kind::Announcement, code.start, cursor, serial) })
}

/// An order or announcement with its word behind, whose 第 stands at `at`: 国务院第711号令, 2018年第31号公告.
fn reversed(text: &str, floor: usize, at: usize) -> Option<Number> {
    let mut cursor = Cursor { text, at };
    let (di, serial) = cursor.serial()?;
    let kind = if cursor.word("令").is_some() {
        Kind::Order
    } else {
        cursor.word("公告").or_else(|| cursor.word("通告"))?;
        Kind::Announcement
    };
    let head = &text[floor..at];
    let dated =
        head.strip_suffix('年').map(|head| (head, head.chars().rev().take_while(|&c| is_digit(c)).take(5).count()));
    let (end, year) = match dated {
        Some((head, 4)) => {
            let start = head.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
            (floor + start, Some(Span::new(floor + start, floor + head.len())))
        }
        _ => (at, None),
    };
    let code = head::code_before(text, floor, end);
    let code = Some(code).filter(|code| head::is_organ(code.of(text)));
    let start = code.map_or(end, |code| code.start);
    Some(Number { code, year, di, ..Number::ending(kind, start, cursor, serial) })
}

/// A standard that starts at `at`: GB/T 9704—2012, DB41/T 2021—2020, ISO 9001:2015.
fn standard(text: &str, at: usize) -> Option<Number> {
    let mut cursor = Cursor { text, at };
    let is_capital = |c: char| c.is_ascii_uppercase();
    cursor.run(5, is_capital)?;
    let mut region = cursor;
    // The region of DB41/T is no serial.
    if region.digits().is_some() && region.peek() == Some('/') {
        cursor = region;
    }
    if cursor.word("/").is_some() {
        cursor.run(8, is_capital)?;
    }
    let code = Span::new(at, cursor.at);
    cursor.blanks();
    let from = cursor.at;
    cursor.digits()?;
    while cursor.at - from < 24 && cursor.word(".").is_some() {
        cursor.digits()?;
    }
    let serial = Span::new(from, cursor.at);
    cursor.blanks();
    cursor.eat(|c| matches!(c, '-' | '—' | '–' | '－' | ':'))?;
    cursor.word("—");
    cursor.blanks();
    let year = cursor.digits().filter(|year| matches!(year.of(text).parse(), Ok(1950..=2099_u32)))?;
    Some(Number { code: Some(code), year: Some(year), ..Number::ending(Kind::Standard, at, cursor, serial) })
}
