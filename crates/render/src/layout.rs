//! Text measured in terminal columns: how wide it is, where it may break, how it is shortened and padded.
//!
//! Whatever comes out of here is safe to print: control and direction characters of a report never reach the
//! terminal as such.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Marks that may not begin a line.
const NO_START: &str = "，。、；：？！）》〉」』”’】〕％%)]},.;:?!…—";
/// Marks that may not end a line.
const NO_END: &str = "（《〈「『“‘【〔([{";

/// The columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// What is printed for a character of a report: control and direction characters as visible stand-ins.
pub(crate) fn visible(character: char) -> char {
    match character {
        '\t' => '\t',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => '\u{fffd}',
        _ => character,
    }
}

/// A text on one line, safe to print: line breaks and tabs as blanks.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            '\r' => {}
            '\n' | '\t' => out.push(' '),
            _ => out.push(visible(character)),
        }
    }
    out
}

/// Lines of at most `columns` columns. Chinese breaks between any two characters but around marks; a run of
/// letters or digits is kept together where it can be.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(8);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for piece in pieces(text) {
        let wide = width(piece);
        if used + wide > columns && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0;
            if piece.trim().is_empty() {
                continue;
            }
        }
        if wide > columns {
            for character in piece.chars() {
                let wide = character.width().unwrap_or(0);
                if used + wide > columns {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(character);
                used += wide;
            }
        } else {
            line.push_str(piece);
            used += wide;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// A text in lines of at most `columns` columns, with `first` before the first and `rest` before each other one.
pub(crate) fn hung(first: &str, rest: &str, text: &str, columns: usize) -> String {
    let lead = |at: usize| if at == 0 { first } else { rest };
    wrap(text, columns).iter().enumerate().map(|(at, line)| format!("{}{line}\n", lead(at))).collect()
}

/// The stretches of a text that no line break may part.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, character)) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(character);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

fn may_break(before: char, after: char) -> bool {
    if NO_START.contains(after) || NO_END.contains(before) {
        return false;
    }
    let word = |c: char| c.is_ascii() && c != ' ';
    !(word(before) && word(after) || after == ' ')
}

/// A text of at most `columns` columns, cut at its end with `…`.
pub(crate) fn cut_right(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for character in text.chars() {
        used += character.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(character);
    }
    out.push('…');
    out
}

/// A text of at most `columns` columns, cut at its start with `…`: of a label path the end says most.
pub(crate) fn cut_left(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut start = text.len();
    let mut used = 1;
    for (at, character) in text.char_indices().rev() {
        used += character.width().unwrap_or(0);
        if used > columns {
            break;
        }
        start = at;
    }
    format!("…{}", &text[start..])
}

/// A text filled with blanks on the right to `columns` columns.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// A text filled with blanks on the left to `columns` columns.
pub(crate) fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_keeps_marks_with_their_words_and_words_whole() {
        let lines = wrap("依据：国办公开办函〔2021〕30号，见表三。annual-report", 14);
        assert!(lines.iter().all(|line| width(line) <= 14), "{lines:?}");
        assert!(lines.iter().all(|line| !line.starts_with(['，', '。', '〕'])), "{lines:?}");
        assert!(lines.contains(&"annual-report".to_owned()), "{lines:?}");
    }

    #[test]
    fn cutting_keeps_the_width() {
        assert_eq!(cut_left("本年度办理结果 > 不予公开 > 总计", 12), "…公开 > 总计");
        assert_eq!(cut_right("本年度办理结果", 7), "本年度…");
        assert_eq!(pad("总计", 6), "总计  ");
        assert_eq!(pad_left("12", 4), "  12");
    }

    #[test]
    fn no_control_character_reaches_the_terminal() {
        assert_eq!(one_line("甲\u{1b}[31m\n乙\u{202e}"), "甲␛[31m 乙\u{fffd}");
    }
}
