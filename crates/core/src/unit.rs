//! Units that amounts are reckoned in: a power of ten and what is counted, as 万元 is ten thousand 元.

use crate::label::fold_width;
use rust_decimal::Decimal;

/// A unit: 元, 万元, 亿元, 万人次, %.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// As written.
    words: String,
    /// The power of ten: 4 for 万元.
    power: u32,
    /// What is counted, width folded: 元.
    base: String,
}

const POWERS: [(char, u32); 5] = [('十', 1), ('百', 2), ('千', 3), ('万', 4), ('亿', 8)];

/// The power of ten of a character, where it is one.
fn power_of(c: char) -> Option<u32> {
    POWERS.iter().find(|(own, _)| *own == c).map(|(_, power)| *power)
}

impl Unit {
    /// Reads a unit; none where nothing is counted, as in `万`, and beyond 万亿.
    #[must_use]
    pub fn parse(words: &str) -> Option<Self> {
        let folded = fold_width(words);
        let base = folded.trim_start_matches(|c| power_of(c).is_some());
        let power = folded[..folded.len() - base.len()].chars().filter_map(power_of).sum();
        (!base.is_empty() && power <= 12).then(|| Self { words: words.to_owned(), power, base: base.to_owned() })
    }

    /// As written.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The power of ten.
    #[must_use]
    pub fn power(&self) -> u32 {
        self.power
    }

    /// The power of ten of the unit that a folded text starts with, where it counts the same: 8 for `亿元，`. None where
    /// it starts with anything else.
    #[must_use]
    pub fn power_at_start(&self, text: &str) -> Option<u32> {
        let rest = text.trim_start_matches(|c| power_of(c).is_some());
        let power = text[..text.len() - rest.len()].chars().filter_map(power_of).sum();
        rest.starts_with(self.base.as_str()).then_some(power)
    }

    /// The power of ten of the unit that a label or caption tells, where it counts the same: 4 for `预算数（万元）`,
    /// `单位：万元`, `万元`. The first one where it tells several.
    #[must_use]
    pub fn power_told(&self, text: &str) -> Option<u32> {
        let text = fold_width(text);
        text.match_indices(self.base.as_str()).find_map(|(at, base)| {
            let before = text[..at].trim_end_matches(|c| power_of(c).is_some());
            let power = text[before.len()..at].chars().filter_map(power_of).sum();
            let before = before.strip_suffix("人民币").unwrap_or(before);
            let opens = before.is_empty() || before.ends_with(['(', ':', '：', '/', '位', '、']);
            let behind = &text[at + base.len()..];
            let closes = behind.is_empty() || behind.starts_with([')', ',', '，', ';', '；', '、', '/']);
            (opens && closes).then_some(power)
        })
    }

    /// A number of 10 to the `power` of what is counted, in this unit. Exact; none where it is too large.
    #[must_use]
    pub fn reckon(&self, number: Decimal, power: u32) -> Option<Decimal> {
        if power == self.power {
            return Some(number);
        }
        let factor = match power.checked_sub(self.power) {
            Some(up) => Decimal::from(10u64.checked_pow(up)?),
            None => Decimal::new(1, self.power - power),
        };
        Some(number.checked_mul(factor)?.normalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_read_where_they_stand() {
        let unit = Unit::parse("万元").unwrap();
        assert_eq!((unit.power(), unit.base.as_str()), (4, "元"));
        assert_eq!((Unit::parse("万"), Unit::parse("")), (None, None));
        for (text, power) in
            [("亿元，其中", Some(8)), ("元", Some(0)), ("百万元", Some(6)), ("件", None), ("亿", None), ("", None)]
        {
            assert_eq!(unit.power_at_start(text), power, "{text}");
        }
        for (text, power) in [
            ("预算数（万元）", Some(4)),
            ("单位：亿元", Some(8)),
            ("金额单位：人民币千元", Some(3)),
            ("元", Some(0)),
            ("金额 / 万元", Some(4)),
            ("（单位：件、万元）", Some(4)),
            ("五十元以上的罚款", None),
            ("公元年数", None),
            ("占比（%）", None),
        ] {
            assert_eq!(unit.power_told(text), power, "{text}");
        }
    }

    #[test]
    fn amounts_are_reckoned_exactly() {
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        let unit = Unit::parse("万元").unwrap();
        for (number, power, expected) in [("1.2", 8, "12000"), ("123456.78", 0, "12.345678"), ("12.50", 4, "12.50")] {
            assert_eq!(unit.reckon(decimal(number), power).unwrap().to_string(), expected, "{number}");
        }
        assert_eq!(Unit::parse("亿元").unwrap().reckon(decimal("12000"), 4), Some(decimal("1.2")));
        assert_eq!(unit.reckon(Decimal::MAX, 12), None);
    }
}
