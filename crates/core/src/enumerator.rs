//! Enumerators at the start of headings and labels: 一、 （二） 3. (4) ①, in either width, with or without blanks.

use crate::number::narrow;

/// An enumerator read from the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// 1 for 一、; 2 for （一）; 3 for 1. and 1、; 4 for （1）; 5 for ①.
    pub rank: u8,
    /// The number it says.
    pub number: u32,
    /// Its length in bytes, marks included, blanks behind it not.
    pub len: usize,
}

/// Reads the enumerator that `text` starts with. A decimal (`1.5`) and a date (`2024.1`) are none.
#[must_use]
pub fn parse(text: &str) -> Option<Parsed> {
    let first = text.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        let number = first as u32 - '①' as u32 + 1;
        return Some(Parsed { rank: 5, number, len: first.len_utf8() });
    }
    let bracketed = narrow(first) == '(';
    let body = if bracketed { skip_blanks(&text[first.len_utf8()..]) } else { text };
    let (number, chinese, rest) = read_ordinal(body)?;
    let rest = skip_blanks(rest);
    let mark = rest.chars().next()?;
    let behind = &rest[mark.len_utf8()..];
    let rank = match (bracketed, chinese, narrow(mark)) {
        (true, true, ')') => 2,
        (true, false, ')') => 4,
        (false, true, '、' | '.') => 1,
        (false, false, '.' | '、') if !behind.starts_with(|c| narrow(c).is_ascii_digit()) => 3,
        (false, false, ')') => 4,
        _ => return None,
    };
    Some(Parsed { rank, number, len: text.len() - behind.len() })
}

fn skip_blanks(text: &str) -> &str {
    text.trim_start_matches([' ', '\u{3000}', '\u{A0}'])
}

/// One to three Chinese numerals or one to two digits, and what follows them.
fn read_ordinal(text: &str) -> Option<(u32, bool, &str)> {
    let is_chinese = |c: char| "一二三四五六七八九十百".contains(c);
    let first = text.chars().next()?;
    let chinese = is_chinese(first);
    let member = |c: char| {
        if chinese { is_chinese(c) } else { narrow(c).is_ascii_digit() }
    };
    let end = text.char_indices().take(5).find(|&(_, c)| !member(c)).map_or(text.len(), |(i, _)| i);
    let word = &text[..end];
    let n_chars = word.chars().count();
    if n_chars == 0 || n_chars > if chinese { 4 } else { 2 } {
        return None;
    }
    let number = if chinese {
        u32::try_from(crate::number::read_chinese(word)?).ok()?
    } else {
        word.chars().map(narrow).collect::<String>().parse().ok()?
    };
    Some((number, chinese, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_widths_and_blanks() {
        for (text, rank, number, len) in [
            ("一、总体情况", 1, 1, 6),
            ("十二、其他", 1, 12, 9),
            ("（一）主动公开", 2, 1, 9),
            ("(二) 依申请", 2, 2, 5),
            ("1.属于", 3, 1, 2),
            ("１．属于", 3, 1, 6),
            ("2、其他", 3, 2, 4),
            ("（3）条", 4, 3, 7),
            ("④其他", 5, 4, 3),
        ] {
            assert_eq!(parse(text), Some(Parsed { rank, number, len }), "{text}");
        }
        for text in ["1.5万元", "2024.1.5", "一是加强", "（以下简称", "12345热线", "一", "", "十四五"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
