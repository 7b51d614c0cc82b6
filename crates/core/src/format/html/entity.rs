//! A stretch of text in a page: characters as they stand, blanks, and characters written as `&…;`.

use html5gum::{Token, Tokenizer};
use std::borrow::Cow;
use std::ops::Range;

/// The longest that a name of a character is looked for, in bytes; the longest there is has 33.
const MAX_NAME: usize = 40;

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Characters that stand for themselves.
    Plain(Range<usize>),
    /// Spaces and line breaks, which a browser shows as one space at most.
    Blank(Range<usize>),
    /// What is written in another way than it reads.
    Reference(Range<usize>, Cow<'static, str>),
}

/// The parts of `raw`, places counted from its start.
pub(super) fn parts(raw: &str) -> impl Iterator<Item = Part> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = raw.as_bytes().get(at..).filter(|rest| !rest.is_empty())?;
        let from = at;
        let n_blank = rest.iter().take_while(|&&byte| is_blank(byte)).count();
        if n_blank > 0 {
            at += n_blank;
            return Some(Part::Blank(from..at));
        }
        if rest[0] == b'&'
            && let Some((len, text)) = reference(&raw[at..])
        {
            at += len;
            let is_blank = !text.is_empty() && text.bytes().all(is_blank);
            return Some(if is_blank { Part::Blank(from..at) } else { Part::Reference(from..at, text) });
        }
        let len = 1 + rest[1..].iter().take_while(|&&byte| byte != b'&' && !is_blank(byte)).count();
        at += len;
        Some(Part::Plain(from..at))
    })
}

/// What a browser folds into one space.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

/// The character that a text opens with by its name or number: how long that is, and what it reads.
fn reference(text: &str) -> Option<(usize, Cow<'static, str>)> {
    const COMMON: [(&str, &str); 6] =
        [("&nbsp;", "\u{A0}"), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&ldquo;", "“"), ("&rdquo;", "”")];
    if let Some((name, reads)) = COMMON.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((name.len(), Cow::Borrowed(*reads)));
    }
    let inner = text[1..].bytes().take(MAX_NAME).take_while(|&byte| byte.is_ascii_alphanumeric() || byte == b'#');
    let mut len = 1 + inner.count();
    len += usize::from(text.as_bytes().get(len) == Some(&b';'));
    let written = &text[..len];
    if len < 3 {
        return None;
    }
    // The names are the tokenizer's; a name without its semicolon may be the start of what stands there.
    let read: String = Tokenizer::new(written)
        .filter_map(|token| match token {
            Ok(Token::String(string)) => Some(String::from_utf8_lossy(&string).into_owned()),
            _ => None,
        })
        .collect();
    if read == written {
        return None;
    }
    let same = written.bytes().rev().zip(read.bytes().rev()).take_while(|(a, b)| a == b && a.is_ascii()).count();
    let (len, reads) = (written.len() - same, read.len() - same);
    (len > 0).then(|| (len, Cow::Owned(read[..reads].to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> String {
        let text = |part| match part {
            Part::Plain(at) | Part::Blank(at) => raw[at].to_owned(),
            Part::Reference(_, text) => text.into_owned(),
        };
        parts(raw).map(text).collect()
    }

    #[test]
    fn names_and_numbers_of_characters_read_as_in_browsers() {
        for (raw, text) in [
            ("收到&nbsp;申请&#49;5件", "收到\u{A0}申请15件"),
            ("&ldquo;&#x4E00;&rdquo;&hellip;", "“一”…"),
            ("A&B&nbsp甲&ampamp;&lt3", "A&B\u{A0}甲&amp;<3"),
            ("&unknown;&;&", "&unknown;&;&"),
            ("&#0;&#xD800;&#99999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("&notit;&notin;", "¬it;∉"),
        ] {
            assert_eq!(read(raw), text, "{raw}");
        }
    }
}
