//! When two sides of a comparison count as equal: exactly, within a tolerance, or by rounding interval.

use super::check::Linear;
use super::eval::{both, gap};
use super::{Bound, Comparison, Datum, Lookup, Op, Truth, Why};
use rust_decimal::Decimal;

/// How far apart two sides may be and still count as equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Closeness {
    /// Not at all.
    #[default]
    Exact,
    /// By this much, in the unit of the numbers.
    Within(Decimal),
    /// By this fraction of the side that is larger by absolute value: `0.5%` is 0.005.
    Fraction(Decimal),
    /// As far as rounding explains. A cell or mention that is added or subtracted, with or without a constant factor,
    /// was rounded to this many decimals, or to as many as it is printed with where these are more: it stands for all
    /// numbers up to half a unit of that place away. A side that is no such sum is taken as it computes.
    Rounded(u32),
}

/// Decimals beyond which nothing is printed; keeps half a unit within what a [`Decimal`] holds.
const MAX_PLACES: u32 = 20;

impl Closeness {
    /// How far the sides of a comparison may be apart. None where that is too large a number.
    fn slack(self, of: &Comparison, sides: (Decimal, Decimal), lookup: &dyn Lookup) -> Option<Decimal> {
        match self {
            Self::Exact => Some(Decimal::ZERO),
            Self::Within(distance) => Some(distance),
            Self::Fraction(fraction) => sides.0.abs().max(sides.1.abs()).checked_mul(fraction),
            Self::Rounded(places) => {
                let half = |side: &Option<Linear>| match side {
                    Some(linear) => half_width(linear, places, lookup),
                    None => Some(Decimal::ZERO),
                };
                half(&of.lhs_linear)?.checked_add(half(&of.rhs_linear)?)
            }
        }
    }
}

/// Half the width of the interval that a sum of rounded numbers stands for: half a unit for each, times its factor.
fn half_width(linear: &Linear, places: u32, lookup: &dyn Lookup) -> Option<Decimal> {
    let mut width = Decimal::ZERO;
    for (name, factor) in &linear.terms {
        let data = match lookup.get(name) {
            Bound::One(datum) => vec![datum],
            Bound::Many(data) => data,
        };
        for datum in data {
            let Datum::Number(number) = datum else { continue };
            let half = Decimal::new(5, places.max(number.scale()).min(MAX_PLACES) + 1);
            width = width.checked_add(half.checked_mul(factor.abs())?)?;
        }
    }
    Some(width)
}

impl Comparison {
    /// Whether it holds when sides this close count as equal. Meant for `==`, `<=` and `>=` between numbers.
    #[must_use]
    pub fn truth(&self, closeness: Closeness, lookup: &dyn Lookup) -> Truth {
        let sides = match both(self.lhs.number(lookup), self.rhs.number(lookup)) {
            Ok(sides) => sides,
            Err(gaps) => return Truth::Undetermined(gaps),
        };
        let slack = closeness.slack(self, sides, lookup);
        let Some((delta, slack)) = sides.0.checked_sub(sides.1).zip(slack) else {
            return Truth::Undetermined(gap("", Why::Overflow));
        };
        let holds = match self.op {
            Op::Le => delta <= slack,
            Op::Ge => -delta <= slack,
            _ => delta.abs() <= slack,
        };
        if holds { Truth::True } else { Truth::False }
    }
}
