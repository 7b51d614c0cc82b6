//! Today's date: as given, or by the clock.

use std::time::{SystemTime, UNIX_EPOCH};

/// Beijing's hours before UTC, in seconds: what these reports call today is today there.
const BEIJING: u64 = 8 * 3600;

/// Today by the clock, as year, month, day in Beijing; none where the clock stands before 1970.
pub(crate) fn today() -> Option<(i32, u8, u8)> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    civil((seconds + BEIJING) / 86_400)
}

/// The date that `YYYY-MM-DD` says; none where it says none.
pub(crate) fn parse(text: &str) -> Option<(i32, u8, u8)> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    let (year, month, day): (i32, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    (year > 0 && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day)).then_some((year, month, day))
}

fn days_in(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The date of a day counted from 1970-01-01.
fn civil(mut days: u64) -> Option<(i32, u8, u8)> {
    let mut year = 1970;
    loop {
        let in_year = if days_in(year, 2) == 29 { 366 } else { 365 };
        if days < in_year {
            break;
        }
        days -= in_year;
        year += 1;
    }
    let mut month = 1;
    while days >= u64::from(days_in(year, month)) {
        days -= u64::from(days_in(year, month));
        month += 1;
    }
    Some((year, month, u8::try_from(days + 1).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_counted_and_read() {
        assert_eq!(civil(0), Some((1970, 1, 1)));
        assert_eq!(civil(19_782), Some((2024, 2, 29)));
        assert_eq!(civil(19_783), Some((2024, 3, 1)));
        assert_eq!(parse("2026-01-31"), Some((2026, 1, 31)));
        for wrong in ["2026-1-31", "2026-02-29", "2026-13-01", "26-01-01", "2026-01-01-", "今天"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
