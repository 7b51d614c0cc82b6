//! What kind of slip turns the right number into the one that was written: within one keystroke (the restricted
//! Damerau-Levenshtein distance of Scholtus 2009), or a number that stands nearby.

use crate::say::Reason;
use gouji_core::document::Document;
use gouji_core::text::Span;
use rust_decimal::Decimal;

/// A kind of slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// Two digits that stand side by side changed places.
    Swapped,
    /// Ten, a hundred or a thousand times as much or as little.
    Shifted,
    /// A digit is another.
    Wrong,
    /// A digit is missing.
    Missing,
    /// A digit is too much.
    TooMany,
    /// A total without one of its parts, whose path this is.
    LeftOut(String),
    /// A total with one of its parts, whose path this is, twice.
    Twice(String),
    /// The number of the cell beside, in the same row.
    Beside,
    /// The number of the cell above or below.
    AboveOrBelow,
}

impl Slip {
    /// Whether one keystroke makes it.
    pub(super) fn is_keystroke(&self) -> bool {
        matches!(self, Self::Swapped | Self::Wrong | Self::Missing | Self::TooMany)
    }

    pub(super) fn words(&self) -> Reason {
        let (zh, en) = match self {
            Self::LeftOut(path) => return (format!("可能漏加了“{path}”"), format!("{path} may have been left out")),
            Self::Twice(path) => {
                return (format!("可能多加了一次“{path}”"), format!("{path} may have been added twice"));
            }
            Self::Swapped => ("相邻两位数字颠倒", "two digits swapped"),
            Self::Shifted => ("多写或少写了零", "noughts too many or too few"),
            Self::Wrong => ("一位数字不同", "one digit wrong"),
            Self::Missing => ("漏写一位数字", "a digit left out"),
            Self::TooMany => ("多写一位数字", "a digit too many"),
            Self::Beside => ("与左右相邻的数相同，可能填错了列", "the number of the next column"),
            Self::AboveOrBelow => ("与上下相邻的数相同，可能填错了行", "the number of the next row"),
        };
        (zh.to_owned(), en.to_owned())
    }
}

/// The slip that made `to` into `from`, which is written at `span`; none where it is of no known kind. `parts`: what the
/// number is the total of, as paths and values; without a document nothing is known of the cells beside it.
pub(super) fn slip(
    document: Option<&Document>,
    span: Span,
    (from, to): (Decimal, Decimal),
    parts: &[(&str, Decimal)],
) -> Option<Slip> {
    keystroke(&digits(from), &digits(to)).or_else(|| part(from, to, parts)).or_else(|| neighbour(document?, span, from))
}

/// How `to` may have been mistyped as `from`, in words.
pub(crate) fn mistyped(from: Decimal, to: Decimal) -> Option<Reason> {
    keystroke(&digits(from), &digits(to)).map(|slip| slip.words())
}

/// A number as it is typed.
fn digits(number: Decimal) -> Vec<u8> {
    number.normalize().to_string().into_bytes()
}

/// Whether the difference is one of the parts; more than one of that value tells nothing.
fn part(from: Decimal, to: Decimal, parts: &[(&str, Decimal)]) -> Option<Slip> {
    // One cell against one other is no total.
    (parts.len() > 1).then_some(())?;
    let difference = to.checked_sub(from)?;
    let mut alike = parts.iter().filter(|(_, value)| *value == difference.abs());
    let (path, _) = alike.next()?;
    let path = (*path).to_owned();
    match (alike.next(), difference.is_sign_negative()) {
        (Some(_), _) => None,
        (None, false) => Some(Slip::LeftOut(path)),
        (None, true) => Some(Slip::Twice(path)),
    }
}

fn keystroke(from: &[u8], to: &[u8]) -> Option<Slip> {
    let is_shift = |long: &[u8], short: &[u8]| {
        short != b"0" && long.strip_prefix(short).is_some_and(|rest| rest.iter().all(|&digit| digit == b'0'))
    };
    if is_shift(from, to) || is_shift(to, from) {
        return Some(Slip::Shifted);
    }
    if from.len() == to.len() {
        let differ: Vec<usize> = (0..from.len()).filter(|&at| from[at] != to[at]).collect();
        return match differ.as_slice() {
            // A number of one digit is another number, not a slip of the finger.
            [_] if from.len() > 1 => Some(Slip::Wrong),
            &[a, b] if b == a + 1 && from[a] == to[b] && from[b] == to[a] => Some(Slip::Swapped),
            _ => None,
        };
    }
    let without_one = |long: &[u8], short: &[u8]| {
        long.len() == short.len() + 1
            && (0..long.len()).any(|at| long[..at] == short[..at] && long[at + 1..] == short[at..])
    };
    if without_one(to, from) && from.len() > 1 {
        return Some(Slip::Missing);
    }
    (without_one(from, to) && to.len() > 1).then_some(Slip::TooMany)
}

/// Whether a cell beside it, or above or below, has the same number; not for numbers of one digit, which stand everywhere.
fn neighbour(document: &Document, span: Span, from: Decimal) -> Option<Slip> {
    if from < Decimal::TEN {
        return None;
    }
    let table = document.tables.iter().find(|table| table.span.contains(span))?;
    let at = |row: usize, column: usize| {
        let own = table.rows.get(row)?;
        table.columns_of(own).contains(&column).then(|| table.cell(row, column))?
    };
    let (row, column) = table.rows.iter().enumerate().find_map(|(row, own)| {
        let column = table.columns_of(own).find(|&column| at(row, column).is_some_and(|cell| cell.span == span))?;
        Some((row, column))
    })?;
    let has = |row: Option<usize>, column: Option<usize>| {
        let cell = row.zip(column).and_then(|(row, column)| at(row, column));
        cell.is_some_and(|cell| cell.value == Some(from))
    };
    if has(Some(row), column.checked_sub(1)) || has(Some(row), Some(column + 1)) {
        return Some(Slip::Beside);
    }
    (has(row.checked_sub(1), Some(column)) || has(Some(row + 1), Some(column))).then_some(Slip::AboveOrBelow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_keystroke_or_a_shift() {
        let of = |from: &str, to: &str| keystroke(from.as_bytes(), to.as_bytes());
        assert_eq!(of("63", "36"), Some(Slip::Swapped));
        assert_eq!(of("1213", "1123"), Some(Slip::Swapped));
        assert_eq!(of("120", "12"), Some(Slip::Shifted));
        assert_eq!(of("3", "300"), Some(Slip::Shifted));
        assert_eq!(of("128", "126"), Some(Slip::Wrong));
        assert_eq!(of("12", "152"), Some(Slip::Missing));
        assert_eq!(of("1522", "152"), Some(Slip::TooMany));
        for (from, to) in [("3", "5"), ("12", "21345"), ("0", "10"), ("10", "0"), ("1234", "4321"), ("5", "52")] {
            assert_eq!(of(from, to), None, "{from} for {to}");
        }
    }

    #[test]
    fn a_total_that_lacks_a_part_or_has_it_twice() {
        let number = |n: i64| Decimal::from(n);
        let parts = [("甲", number(30)), ("乙", number(7)), ("丙", number(7))];
        assert_eq!(part(number(14), number(44), &parts), Some(Slip::LeftOut("甲".to_owned())));
        assert_eq!(part(number(74), number(44), &parts), Some(Slip::Twice("甲".to_owned())));
        // Which of two equal parts it is can not be told.
        assert_eq!(part(number(37), number(44), &parts), None);
    }
}
