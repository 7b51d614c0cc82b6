//! Numbers as they are written in cells and in running text, read exactly.

use crate::text::Span;
use rust_decimal::Decimal;

/// What is unusual in how a cell is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// Nothing stands there.
    Blank,
    /// A mark instead of a number: `/`, `-`, `—`, `无`.
    Mark,
    /// Thousands marks: `1,234`.
    Thousands,
    /// Full-width digits: `１２`.
    FullWidth,
    /// A unit in the cell: `251000元`.
    Unit,
    /// Blanks inside the number: `1 234`.
    Spaced,
    /// Not a number at all.
    Text,
}

/// Marks that people write where a number is missing.
const MARKS: [&str; 12] = ["/", "／", "\\", "-", "－", "—", "——", "–", "―", "无", "零", "*"];

/// Units that are found behind numbers in cells.
const CELL_UNITS: [&str; 16] =
    ["万元", "亿元", "元", "件", "个", "条", "项", "宗", "起", "次", "篇", "人", "份", "页", "%", "％"];

/// Longest number that is read: beyond it, it is text. Keeps sums of any table exact.
const MAX_DIGITS: usize = 18;

/// Reads a cell: its value where it is a number, and what is odd about it.
#[must_use]
pub fn read_cell(text: &str) -> (Option<Decimal>, Option<Oddity>) {
    let text = text.trim();
    if text.is_empty() {
        return (None, Some(Oddity::Blank));
    }
    // Most cells are a few plain digits.
    if text.len() < MAX_DIGITS && text.bytes().all(|b| b.is_ascii_digit()) {
        return (text.parse().ok(), None);
    }
    if MARKS.contains(&text) {
        return (None, Some(Oddity::Mark));
    }
    if text.chars().count() > 40 {
        return (None, Some(Oddity::Text));
    }
    let mut odd = None;
    let mut bare = text;
    if let Some(stripped) = CELL_UNITS.iter().find_map(|unit| bare.strip_suffix(unit)) {
        bare = stripped.trim_end();
        odd = Some(Oddity::Unit);
    }
    let mut plain = String::with_capacity(bare.len());
    for (i, c) in bare.chars().enumerate() {
        match c {
            '0'..='9' | '.' => plain.push(c),
            '０'..='９' => {
                odd = odd.or(Some(Oddity::FullWidth));
                plain.push(narrow(c));
            }
            '-' | '－' | '−' if i == 0 => plain.push('-'),
            ',' | '，' if i > 0 => odd = odd.or(Some(Oddity::Thousands)),
            c if c.is_whitespace() => odd = odd.or(Some(Oddity::Spaced)),
            _ => return (None, Some(Oddity::Text)),
        }
    }
    match parse_plain(&plain) {
        Some(value) => (Some(value), odd),
        None => (None, Some(Oddity::Text)),
    }
}

fn parse_plain(plain: &str) -> Option<Decimal> {
    let n_digits = plain.bytes().filter(u8::is_ascii_digit).count();
    let digits_at_ends = plain.ends_with(|c: char| c.is_ascii_digit())
        && plain.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
    if n_digits == 0 || n_digits > MAX_DIGITS || !digits_at_ends {
        return None;
    }
    plain.parse().ok()
}

/// The half-width form of a full-width ASCII character; any other character as it is.
#[must_use]
pub fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// The longest number of running text, in characters.
const MAX_CHARS: usize = 40;

/// A number in running text: digits of either width with thousands marks, a decimal point, 万 and 亿 behind or between
/// (`1.2亿`, `1亿2000万`), or Chinese numerals (`一百零九`, `两千`, `九十九点五`). None where it is no number.
#[must_use]
pub fn read_number(text: &str) -> Option<Decimal> {
    if text.chars().nth(MAX_CHARS).is_some() {
        return None;
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return read_digits(&text);
    }
    let Some((whole, decimals)) = text.split_once('点') else {
        return read_chinese(&text).map(Decimal::from);
    };
    let decimals: Option<String> = decimals.chars().map(|c| chinese_digit(c).map(|d| d.to_string())).collect();
    parse_plain(&format!("{}.{}", read_chinese(whole)?, decimals?))
}

/// Digits with 亿 and 万; what stands behind one of them counts less than one of it.
fn read_digits(text: &str) -> Option<Decimal> {
    for (mark, scale) in [('亿', 100_000_000), ('万', 10_000)] {
        let Some((head, tail)) = text.split_once(mark) else { continue };
        let scale = Decimal::from(scale);
        let head = read_digits(head)?.checked_mul(scale)?;
        let tail = if tail.is_empty() { Decimal::ZERO } else { read_digits(tail)? };
        let fits = tail < scale && (tail.is_zero() || !(head.is_sign_negative() || tail.is_sign_negative()));
        return fits.then(|| head.checked_add(tail).map(|sum| sum.normalize())).flatten();
    }
    let plain: String = text.chars().filter(|&c| c != ',').collect();
    if plain.contains(|c: char| !c.is_ascii_digit() && c != '.' && c != '-') {
        return None;
    }
    parse_plain(&plain)
}

/// A single Chinese digit.
fn chinese_digit(c: char) -> Option<u64> {
    let digit = "零一二三四五六七八九".chars().position(|d| d == c).or(match c {
        '〇' => Some(0),
        '两' => Some(2),
        _ => None,
    });
    digit.map(|digit| digit as u64)
}

/// A whole number in Chinese numerals, units or digits: `一百零九`, `十二`, `两万三千`, `二〇二四`.
#[must_use]
pub fn read_chinese(text: &str) -> Option<u64> {
    if text.is_empty() || text.chars().count() > 24 {
        return None;
    }
    let digit = chinese_digit;
    if text.chars().count() > 1 && text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0u64, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut section, mut pending) = (0u64, 0u64, None);
    for c in text.chars() {
        if let Some(d) = digit(c) {
            if pending.is_some_and(|p| p != 0) {
                return None;
            }
            pending = Some(d);
            continue;
        }
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '万' => 10_000,
            '亿' => 100_000_000,
            _ => return None,
        };
        if unit < 10_000 {
            let n = pending.take().filter(|&n| n != 0).unwrap_or(1);
            section = section.checked_add(n * unit)?;
        } else {
            section = section.checked_add(pending.take().unwrap_or(0))?;
            // A lone 万 counts nothing.
            if section == 0 && total == 0 {
                return None;
            }
            // 亿 counts all that stands before it, 万 only what stands since the last 亿.
            total = if unit == 10_000 {
                total.checked_add(section.checked_mul(unit)?)?
            } else {
                total.checked_add(section)?.checked_mul(unit)?
            };
            section = 0;
        }
    }
    total.checked_add(section)?.checked_add(pending.unwrap_or(0))
}

/// A number in running text with the measure word behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The number's digits and marks.
    pub span: Span,
    /// Its value.
    pub value: Decimal,
    /// The Chinese character or `%` right behind it, blanks skipped; none at an end.
    pub unit: Option<char>,
}

/// The numbers written in digits in `text`, in order; spans are offset by `base`.
#[must_use]
pub fn figures(text: &str, base: usize) -> Vec<Figure> {
    let is_digit = |c: char| narrow(c).is_ascii_digit();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(is_digit) {
        let start = at + found;
        let mut end = start;
        let mut chars = text[start..].char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let inner = matches!(c, '.' | ',') && chars.peek().is_some_and(|&(_, next)| is_digit(next));
            if !is_digit(c) && !inner {
                break;
            }
            end = start + i + c.len_utf8();
        }
        if let Some(value) = read_number(&text[start..end]) {
            let unit = text[end..].chars().find(|c| !c.is_whitespace());
            out.push(Figure { span: Span::new(start, end).shift(base), value, unit });
        }
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(n: i64) -> Option<Decimal> {
        Some(Decimal::from(n))
    }

    #[test]
    fn cells_read_as_numbers_with_their_oddities() {
        assert_eq!(read_cell("12"), (value(12), None));
        assert_eq!(read_cell(" 0 "), (value(0), None));
        assert_eq!(read_cell("１２"), (value(12), Some(Oddity::FullWidth)));
        assert_eq!(read_cell("1,234"), (value(1234), Some(Oddity::Thousands)));
        assert_eq!(read_cell("251000元"), (value(251_000), Some(Oddity::Unit)));
        assert_eq!(read_cell("-3"), (value(-3), None));
        assert_eq!(read_cell("59237.2449"), (Some("59237.2449".parse().unwrap()), None));
        assert_eq!(read_cell("/"), (None, Some(Oddity::Mark)));
        assert_eq!(read_cell(""), (None, Some(Oddity::Blank)));
        for text in ["1.属于国家秘密", "自然人", "1.2.3", "件", "12."] {
            assert_eq!(read_cell(text), (None, Some(Oddity::Text)), "{text}");
        }
    }

    #[test]
    fn numbers_of_running_text() {
        for (text, n) in [
            ("一百零九", 109),
            ("十二", 12),
            ("二十", 20),
            ("两万三千", 23_000),
            ("二〇二四", 2024),
            ("3万", 30_000),
            ("１，２３４", 1234),
            ("零", 0),
            ("一亿零五万", 100_050_000),
            ("1.2万", 12_000),
            ("1.2亿", 120_000_000),
            ("1亿2000万", 120_000_000),
            ("３万5,000", 35_000),
            ("3万亿", 3_000_000_000_000),
            ("-2万", -20_000),
        ] {
            assert_eq!(read_number(text), value(n), "{text}");
        }
        assert_eq!(read_number("一二三十"), None);
        assert_eq!(read_number("条"), None);
        assert_eq!(read_number("九十九点五"), Some("99.5".parse().unwrap()));
        assert_eq!(read_number("28.40"), Some("28.40".parse().unwrap()));
        for text in ["万", "亿", "2万30000", "-1亿2000万", "三点", "点五", "1.2.3万"] {
            assert_eq!(read_number(text), None, "{text}");
        }
        assert_eq!(read_number(&"1亿".repeat(100_000)), None);
    }

    #[test]
    fn figures_carry_their_unit() {
        let found = figures("共109 条，占12.5%", 0);
        let told: Vec<_> = found.iter().map(|f| (f.value.to_string(), f.unit)).collect();
        assert_eq!(told, [("109".into(), Some('条')), ("12.5".into(), Some('%'))]);
    }
}
