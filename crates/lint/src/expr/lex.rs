//! An expression's characters as tokens with places.

use crate::fault::Fault;
use gouji_core::text::Span;
use rust_decimal::Decimal;

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Number(Decimal),
    Text(String),
    /// A name, a function or one of `and or not in`.
    Word(String),
    /// An operator or bracket.
    Mark(&'static str),
    End,
}

/// Longest first.
const MARKS: [&str; 14] = ["==", "!=", "<=", ">=", "..", "<", ">", "+", "-", "*", "/", "(", ")", ","];

/// What people type by mistake, and what they mean.
const SLIPS: [(&str, &str); 10] = [
    ("&&", "and"),
    ("||", "or"),
    ("=", "=="),
    ("×", "*"),
    ("÷", "/"),
    ("（", "("),
    ("）", ")"),
    ("，", ","),
    ("＝", "=="),
    ("＋", "+"),
];

/// All tokens, the last one [`Token::End`].
pub(super) fn tokens(source: &str) -> Result<Vec<(Token, Span)>, Fault> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, len) = if first.is_ascii_digit() {
            number(rest, at)?
        } else if first == '"' || first == '\'' {
            let Some(len) = rest[1..].find(first) else {
                return Err(Fault::new(Span::new(at, source.len()), "引号没有闭合", "a quotation mark is not closed"));
            };
            (Token::Text(rest[1..=len].to_owned()), len + 2)
        } else if is_word(first) {
            let len = rest.find(|c: char| !is_word(c) && !c.is_ascii_digit()).unwrap_or(rest.len());
            (Token::Word(rest[..len].to_owned()), len)
        } else if let Some(mark) = MARKS.iter().find(|mark| rest.starts_with(**mark)) {
            (Token::Mark(mark), mark.len())
        } else {
            let slip = SLIPS.iter().find(|(slip, _)| rest.starts_with(slip));
            let len = slip.map_or(first.len_utf8(), |(slip, _)| slip.len());
            let fault = Fault::new(
                Span::new(at, at + len),
                format!("算式里不认识“{}”", &rest[..len]),
                format!("unexpected `{}` in an expression", &rest[..len]),
            );
            return Err(fault.meaning(slip.map(|(_, meant)| *meant)));
        };
        tokens.push((token, Span::new(at, at + len)));
        at += len;
    }
    tokens.push((Token::End, Span::empty(source.len())));
    Ok(tokens)
}

/// Names may be Chinese, digits of any width included; they do not start with an ASCII digit.
fn is_word(c: char) -> bool {
    c == '_' || c.is_alphabetic() || (!c.is_ascii() && c.is_numeric())
}

fn number(rest: &str, at: usize) -> Result<(Token, usize), Fault> {
    let digits = |from: usize| from + rest[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut len = digits(0);
    let point = rest[len..].starts_with('.') && rest[len + 1..].starts_with(|c: char| c.is_ascii_digit());
    if point {
        len = digits(len + 1);
    }
    match Decimal::from_str_exact(&rest[..len]) {
        Ok(number) => Ok((Token::Number(number), len)),
        Err(_) => Err(Fault::new(Span::new(at, at + len), "数太长，最多 28 位", "a number has more than 28 digits")),
    }
}
