//! Dates as configurations and arguments give them: 2026-01-31.

/// Year, month, day.
pub type Date = (i32, u8, u8);

/// The date that `YYYY-MM-DD` says; none where it says none.
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    let (year, month, day): (i32, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    (year > 0 && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day)).then_some((year, month, day))
}

/// Whether it says a month: `2026-11`.
pub(crate) fn is_month(text: &str) -> bool {
    parse(&format!("{text}-01")).is_some()
}

/// How many days a month has.
#[must_use]
pub fn days_in(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The date as [`parse`] takes it.
#[must_use]
pub fn text((year, month, day): Date) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_are_in_the_calendar() {
        assert_eq!(parse("2026-01-31"), Some((2026, 1, 31)));
        assert_eq!(parse("2024-02-29").map(text).as_deref(), Some("2024-02-29"));
        assert!(is_month("2026-11") && !is_month("2026-13") && !is_month("2026-11-1"));
        for wrong in ["2026-1-31", "2026-02-29", "2026-13-01", "26-01-01", "2026-01-01-", "今天"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
