//! What a masking rule hit is not told on: neither where it stands nor in what other rules say of it.
//!
//! A masked text has as many bytes as the text itself, character by character, so that every span, line and column
//! holds in it; outputs are handed masked documents and need not know.

mod report;

use aho_corasick::AhoCorasick;
use gouji_core::document::Document;
use gouji_core::fold::Folded;
use gouji_core::label::is_blank;
use gouji_core::number::Oddity;
use gouji_core::table::{Label, Table};
use gouji_core::text::Span;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A secret of at least so many characters keeps a few that are legible, for those who look for it in their text.
const LONG: usize = 8;
/// The characters of a long secret that stay legible at its start and at its end.
const LEGIBLE: (usize, usize) = (3, 2);
/// Of numbers and codes up to this length what a cut has left of them is known again, too.
const CUT: usize = 40;
/// The shortest piece of a secret that is masked.
const PIECE: usize = 6;

/// So many secrets of a document are looked for one by one wherever they come again. Where there are more, every number
/// of many digits is one.
const MOST: usize = 1_000;
/// The longest that is looked for, in bytes: an automaton for ten megabytes of digits takes minutes.
const LONGEST: usize = 1_000;
/// How many digits a number that nobody knows of has to have to be taken for a secret.
const SUSPECT: usize = 7;

/// Every number of many digits, of either width, with single blanks and strokes between them.
pub(crate) fn long_numbers(text: &str) -> Vec<Span> {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let mut numbers = Vec::new();
    let (mut run, mut n_digits, mut gap) = (Span::empty(0), 0, 0);
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        if is_digit(c) {
            let start = if n_digits == 0 { at } else { run.start };
            (run, n_digits, gap) = (Span::new(start, at + c.len_utf8()), n_digits + 1, 0);
        } else if n_digits > 0 && gap == 0 && matches!(c, ' ' | '-' | '\u{3000}') {
            gap = 1;
        } else {
            if n_digits >= SUSPECT {
                numbers.push(run);
            }
            n_digits = 0;
        }
    }
    numbers
}

/// The secrets of a document.
#[derive(Clone, Debug, Default)]
pub struct Mask {
    /// Where they stand in its text.
    places: Vec<Span>,
    /// Finds them, folded, and the starts and ends of them that a cut may have left.
    search: Option<AhoCorasick>,
    /// So many of the patterns of `search`, the first, are whole secrets.
    n_whole: usize,
    /// Whether `search` lacks some, so that every long number is masked.
    numbers: bool,
}

/// A stretch of a text that is masked.
#[derive(Clone, Copy, Debug)]
struct Hidden {
    span: Span,
    /// Whether it is a whole secret; of a piece nothing is legible.
    whole: bool,
}

impl Mask {
    /// The mask of what stands at these places of a document, and of further words that are quoted beside it.
    pub(crate) fn new(document: &Document, places: Vec<Span>, further: &[&str]) -> Self {
        let own = places.iter().map(|place| place.of(&document.text));
        let words: BTreeSet<String> =
            own.chain(further.iter().copied()).map(|word| Folded::new(word, 0).text).collect();
        // One character alone would blacken the report; it is masked where it was found.
        let mut patterns: Vec<String> = words.into_iter().filter(|word| word.chars().nth(1).is_some()).collect();
        let n_all = patterns.len();
        patterns.retain(|word| word.len() <= LONGEST);
        patterns.truncate(MOST);
        let is_cut = patterns.len() < n_all;
        let n_whole = patterns.len();
        let pieces: BTreeSet<String> = patterns.iter().flat_map(|word| pieces(word)).collect();
        patterns.extend(pieces);
        let search = (!patterns.is_empty()).then(|| AhoCorasick::new(&patterns));
        let numbers = is_cut || search.as_ref().is_some_and(Result::is_err);
        Self { places, search: search.and_then(Result::ok), n_whole, numbers }
    }

    /// Whether there is nothing to mask.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.search.is_none() && !self.numbers
    }

    /// A text in which the secrets are masked, however they are spaced and in whatever width they are written.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.found(text) {
            hidden if hidden.is_empty() => Cow::Borrowed(text),
            hidden => Cow::Owned(masked(text, hidden)),
        }
    }

    /// A document as it may be shown. Its spans are those of the document itself; rules are not run on it.
    #[must_use]
    pub fn document(&self, mut document: Document) -> Document {
        if self.is_empty() {
            return document;
        }
        let places = self.places.iter().map(|&place| document.raw_span(place).on_characters(&document.raw));
        let raw = self.at(&document.raw, places);
        let text = self.view(&document);
        for table in &mut document.tables {
            self.table(table, &document.text, &text);
        }
        (document.raw, document.text) = (raw, text);
        document
    }

    /// The text of a document, masked.
    pub(crate) fn view(&self, document: &Document) -> String {
        self.at(&document.text, self.places.iter().copied())
    }

    /// Whether a place of the document is part of a secret.
    fn touches(&self, span: Span) -> bool {
        self.places.iter().any(|place| place.overlaps(span))
    }

    /// A text masked at these places and wherever else a secret stands.
    fn at(&self, text: &str, places: impl Iterator<Item = Span>) -> String {
        let places = places.map(|span| Hidden { span, whole: true });
        masked(text, self.found(text).into_iter().chain(places).collect())
    }

    fn table(&self, table: &mut Table, text: &str, view: &str) {
        let of_columns = table.columns.iter_mut().flat_map(|column| &mut column.path);
        let of_headers = table.bands.iter_mut().flat_map(|band| &mut band.header);
        let of_rows = table.rows.iter_mut().flat_map(|row| &mut row.path);
        for Label { text, key, .. } in of_columns.chain(of_headers).chain(of_rows) {
            *text = self.text(text).into_owned();
            *key = self.text(key).into_owned();
        }
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if cell.span.of(text) != cell.span.of(view) {
                (cell.value, cell.odd) = (None, Some(Oddity::Text));
            }
        }
    }

    /// Where secrets, or pieces of them, stand in a text.
    fn found(&self, text: &str) -> Vec<Hidden> {
        let numbers = if self.numbers { long_numbers(text) } else { Vec::new() };
        let mut hidden: Vec<Hidden> = numbers.into_iter().map(|span| Hidden { span, whole: true }).collect();
        let Some(search) = &self.search else { return hidden };
        let folded = Folded::new(text, 0);
        let hits = search.find_overlapping_iter(&folded.text);
        hidden.extend(hits.map(|hit| Hidden {
            span: folded.source(Span::new(hit.start(), hit.end())),
            whole: hit.pattern().as_usize() < self.n_whole,
        }));
        hidden
    }
}

/// What a cut may leave of a number or code: its starts and its ends. Of Chinese words a piece may be anything: the start
/// of an address is the name of a county.
fn pieces(word: &str) -> Vec<String> {
    if !word.is_ascii() || word.len() > CUT {
        return Vec::new();
    }
    let lengths = PIECE..word.len();
    lengths.flat_map(|n| [&word[..n], &word[word.len() - n..]]).map(str::to_owned).collect()
}

/// The text with every character that is hidden replaced by one of as many bytes; blanks and line breaks stay.
fn masked(text: &str, mut hidden: Vec<Hidden>) -> String {
    hidden.sort_by_key(|hidden| hidden.span);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for Hidden { span, whole } in hidden.into_iter().fold(Vec::new(), merged) {
        out.push_str(&text[done..span.start]);
        let words = span.of(text);
        let n = words.chars().filter(|c| !stays(*c)).count();
        let (head, tail) = match n {
            _ if !whole => (0, 0),
            LONG.. => LEGIBLE,
            2.. => (1, 0),
            _ => (0, 0),
        };
        let mut nth = 0;
        for c in words.chars() {
            if stays(c) {
                out.push(c);
                continue;
            }
            out.push(if nth < head || nth >= n - tail { c } else { star(c) });
            nth += 1;
        }
        done = span.end;
    }
    out.push_str(&text[done..]);
    out
}

/// Adds a stretch to those before it; what shares a character is one.
fn merged(mut all: Vec<Hidden>, next: Hidden) -> Vec<Hidden> {
    match all.last_mut() {
        Some(last) if next.span.start < last.span.end => {
            last.span = last.span.cover(next.span);
            last.whole |= next.whole;
        }
        _ => all.push(next),
    }
    all
}

fn stays(c: char) -> bool {
    is_blank(c) || c.is_control()
}

/// What stands for a character: as many bytes of the same looks.
fn star(c: char) -> char {
    match c.len_utf8() {
        1 => '*',
        2 => '×',
        3 => '＊',
        _ => '🞶',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(text: &str, secrets: &[&str]) -> (Mask, Document) {
        let document = gouji_core::plain("a.txt", text);
        let place = |secret: &&str| {
            let at = document.text.find(secret).expect("the secret stands in the text");
            Span::new(at, at + secret.len())
        };
        (Mask::new(&document, secrets.iter().map(place).collect(), &[]), document)
    }

    #[test]
    fn a_secret_is_masked_in_whatever_width_and_spacing_it_comes_again() {
        let (mask, _) = mask("手机13900000017，再见", &["13900000017"]);
        assert_eq!(mask.text("139 0000 0017"), "139 **** **17");
        assert_eq!(mask.text("１３９００００００１７。"), "１３９＊＊＊＊＊＊１７。");
        assert_eq!(mask.text("没有号码"), "没有号码");
        assert_eq!(mask.text("…话1390000"), "…话*******");
        assert_eq!(mask.text("00017收到"), "00017收到");
        assert_eq!(mask.text("000017收到"), "******收到");
    }

    #[test]
    fn where_there_are_very_many_every_long_number_is_one() {
        let all: Vec<String> = (0..=MOST).map(|n| format!("1390000{n:04}")).collect();
        let text = all.join("，");
        let (mask, _) = mask(&text, &all.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(mask.text("13900001000和15912345678，共1001个"), "139******00和159******78，共1001个");
    }

    #[test]
    fn a_masked_text_is_as_long_character_by_character() {
        let text = "甲é1\t𠮷 号\r\n乙٣b";
        let all = Hidden { span: Span::new(0, text.len()), whole: true };
        let view = masked(text, vec![all]);
        assert_eq!(view, "甲é1\t🞶 ＊\r\n＊×b".replace("＊×b", "＊٣b"));
        assert!(text.chars().map(char::len_utf8).eq(view.chars().map(char::len_utf8)));
    }

    #[test]
    fn long_numbers_are_found_in_either_width_and_with_gaps() {
        let text = "电话139 0736 1234，〔2024〕12号，０７３６-７７００１２３，1234567，123456。\n13907361234";
        let found: Vec<&str> = long_numbers(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["139 0736 1234", "０７３６-７７００１２３", "1234567", "13907361234"]);
    }

    #[test]
    fn names_keep_one_character_and_overlapping_secrets_are_one() {
        let (mask, document) = mask("申请人王小明住青禾县幸福路12号", &["王小明", "青禾县幸福路", "幸福路12号"]);
        assert_eq!(mask.view(&document), "申请人王＊＊住青禾县＊＊＊*2号");
        assert_eq!(mask.document(document).raw, "申请人王＊＊住青禾县＊＊＊*2号");
    }
}
