//! New text as it is written into a page.

use super::{entity, flow};
use crate::text::{Edit, Span};

/// Stands in the text for a picture: no edit brings one in.
const LEFT_OUT: char = '\u{FFFC}';
/// How far before an edit a reference could begin that the edit would change.
const REACH: usize = 40;

/// What an edit brings in, with `&` and `<` written so that they stay text; none where a browser would not show it so.
pub(crate) fn written(text: &str, edit: &Edit) -> Option<String> {
    let insert = edit.insert.as_str();
    if insert.contains(['\n', '\r', '\t', '\x0C', '\0', LEFT_OUT]) || insert.contains("  ") {
        return None;
    }
    // A space beside a space, or at the end of a line, is not shown.
    let blank = |c: Option<char>| c.is_none_or(|c| u8::try_from(c).is_ok_and(entity::is_blank));
    let before = blank(text[..edit.span.start].chars().next_back());
    let behind = blank(text[edit.span.end..].chars().next());
    if (before && insert.starts_with(' ')) || (behind && insert.ends_with(' ')) {
        return None;
    }
    let mut out = String::with_capacity(insert.len());
    for c in insert.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{A0}' => out.push_str("&nbsp;"),
            c => out.push(c),
        }
    }
    Some(out)
}

/// The longest edit, in characters of old and new text each, that is taken apart.
const MAX_APART: usize = 120;

/// An edit as edits of what differs: characters that old and new text share in order stay. None where that is the edit
/// itself, or where it is too long to look.
pub(crate) fn parts(text: &str, edit: &Edit) -> Vec<Edit> {
    let old: Vec<(usize, char)> = edit.span.of(text).char_indices().collect();
    let new: Vec<char> = edit.insert.chars().collect();
    if old.len() > MAX_APART || new.len() > MAX_APART {
        return Vec::new();
    }
    // For every pair of ends how many characters they share in order.
    let mut shared = vec![vec![0usize; new.len() + 1]; old.len() + 1];
    for o in (0..old.len()).rev() {
        for n in (0..new.len()).rev() {
            let same = usize::from(old[o].1 == new[n]);
            shared[o][n] = (shared[o + 1][n + 1] + same).max(shared[o + 1][n]).max(shared[o][n + 1]);
        }
    }
    let byte = |o: usize| edit.span.start + old.get(o).map_or(edit.span.len(), |&(at, _)| at);
    let mut parts: Vec<Edit> = Vec::new();
    let (mut o, mut n) = (0, 0);
    let (mut from, mut insert) = (0, String::new());
    loop {
        let same = o < old.len() && n < new.len() && old[o].1 == new[n];
        if same || (o == old.len() && n == new.len()) {
            if from < o || !insert.is_empty() {
                let span = Span::new(byte(from), byte(o));
                parts.push(Edit { span, insert: std::mem::take(&mut insert) });
            }
            if !same {
                return parts;
            }
            (o, n) = (o + 1, n + 1);
            from = o;
        } else if n == new.len() || (o < old.len() && shared[o + 1][n] >= shared[o][n + 1]) {
            o += 1;
        } else {
            insert.push(new[n]);
            n += 1;
        }
    }
}

/// Whether blanks that are not shown at the start and at the end of an edit would be shown after it: line breaks that
/// stood between two Chinese characters, spaces behind a space.
pub(crate) fn shows_blanks(text: &str, edit: &Edit) -> (bool, bool) {
    let (before, behind) = (text[..edit.span.start].chars().next_back(), text[edit.span.end..].chars().next());
    let is_space = |c: char| u8::try_from(c).is_ok_and(entity::is_blank);
    let shown = |left: Option<char>, right: Option<char>| match (left, right) {
        (Some(left), Some(right)) => !(is_space(left) || (flow::is_wide(left) && flow::is_wide(right))),
        _ => false,
    };
    let first = edit.insert.chars().next().or(behind);
    let last = edit.insert.chars().next_back().or(before);
    (shown(before, first), shown(last, behind))
}

/// Whether edits would make a tag or a reference of what was text: `<` or `&` that stood by itself, and what now follows.
pub(crate) fn makes_mark(raw: &str, edits: &[Edit]) -> bool {
    edits.iter().any(|edit| {
        let from = edit.span.start.saturating_sub(REACH);
        let before = &raw.as_bytes()[from..edit.span.start];
        let next = edit.insert.bytes().next().or_else(|| raw.as_bytes().get(edit.span.end).copied());
        let Some(next) = next else { return false };
        let name = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
        let opening = before[..before.len() - name].last();
        let tag = before.ends_with(b"<") || before.ends_with(b"</");
        (opening == Some(&b'&') && (next.is_ascii_alphanumeric() || matches!(next, b'#' | b';')))
            || (tag && (next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?')))
    })
}
