//! Titles in 《》: GB/T 15834—2011, 4.15.

use crate::text::Span;

/// A title in title marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Title {
    /// With its marks.
    pub span: Span,
    /// Without them.
    pub words: Span,
}

impl Title {
    pub(super) fn shift(self, by: usize) -> Self {
        Self { span: self.span.shift(by), words: self.words.shift(by) }
    }
}

/// The titles of a text that lie in no other, by place; spans are offset by `base`. One that is not closed is none.
#[must_use]
pub fn titles(text: &str, base: usize) -> Vec<Title> {
    let mut open = Vec::new();
    let mut found: Vec<Title> = Vec::new();
    for (at, mark) in text.match_indices(['《', '》']) {
        let end = at + mark.len();
        if mark == "《" {
            open.push(at);
        } else if let Some(start) = open.pop() {
            // Those inside were closed before.
            while found.last().is_some_and(|inner| inner.span.start > start) {
                found.pop();
            }
            found.push(Title { span: Span::new(start, end), words: Span::new(start + mark.len(), at) });
        }
    }
    found.into_iter().map(|title| title.shift(base)).collect()
}

/// The inside of the brackets behind a title that hold the byte `at`; brackets before it such as （试行） are passed
/// over. None where `at` is not in brackets that belong to the title.
pub(super) fn bracket_behind(text: &str, end: usize, at: usize) -> Option<Span> {
    let mut from = end;
    loop {
        let rest = &text[from..];
        let open = rest.chars().next().filter(|c| matches!(c, '（' | '('))?;
        let start = from + open.len_utf8();
        let close = start + closing(&text[start..], at.checked_sub(start)?)?;
        if at <= close {
            let free = !text[start..at].contains(['《', '》']);
            return free.then(|| Span::new(start, close));
        }
        from = close + text[close..].chars().next().map_or(0, char::len_utf8);
    }
}

/// How far behind the place asked for a bracket may still close, in bytes.
const FAR: usize = 600;

/// The closing bracket of one that was opened right before `text`; it must not be much behind `at`.
fn closing(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0;
    for (byte, c) in text.char_indices().take_while(|&(byte, _)| byte <= at + FAR) {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' if depth == 0 => return Some(byte),
            '）' | ')' => depth -= 1,
            _ => {}
        }
    }
    None
}
