//! Today's date by the clock, and how long things take.

use gouji_lint::date::{Date, days_in};
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Beijing's hours before UTC, in seconds: what these reports call today is today there.
const BEIJING: u64 = 8 * 3600;

/// Today by the clock, as year, month, day in Beijing; none where the clock stands before 1970.
pub(crate) fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    civil((seconds + BEIJING) / 86_400)
}

/// The time since the first call: to tell how long things take.
pub(crate) fn elapsed() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// The date of a day counted from 1970-01-01.
fn civil(mut days: u64) -> Option<Date> {
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
    fn days_are_counted() {
        assert_eq!(civil(0), Some((1970, 1, 1)));
        assert_eq!(civil(19_782), Some((2024, 2, 29)));
        assert_eq!(civil(19_783), Some((2024, 3, 1)));
    }
}
