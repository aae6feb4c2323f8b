//! Stretches of service days.

use earnings::{MONTHS_BACK_MAX, service_date};
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::PlatformError;

/// India's only offset.
const INDIA_SECONDS: i32 = 19_800;

/// Service days in India, both ends among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub from: Date,
    pub until: Date,
}

impl Window {
    /// As many days of the stretch as may be asked for at once, and where the next begins. What is to
    /// come is left out, as is what is older than two years.
    ///
    /// # Errors
    ///
    /// [`PlatformError::Misconfigured`] where nothing remains.
    pub(super) fn first(wanted: Self, now: Timestamp, day_rollover_hour: u8, days_max: u16) -> Result<(Self, Option<Date>), PlatformError> {
        let outside = || PlatformError::invalid("now", "is outside of the calendar");
        let today = service_date(now, day_rollover_hour).ok_or_else(outside)?;
        let oldest = today.checked_sub(MONTHS_BACK_MAX.months()).map_err(|_| outside())?;
        let (from, until) = (wanted.from.max(oldest), wanted.until.min(today));
        if from > until {
            return Err(PlatformError::invalid("window", "has no day of the last two years"));
        }
        let last = from.checked_add(i64::from(days_max.max(1) - 1).days()).map_err(|_| outside())?;
        if last >= until {
            return Ok((Self { from, until }, None));
        }
        Ok((Self { from, until: last }, Some(last.tomorrow().map_err(|_| outside())?)))
    }

    pub(super) fn contains(&self, date: Date) -> bool {
        (self.from..=self.until).contains(&date)
    }

    /// When its first day begins, and when the day after its last does.
    ///
    /// # Errors
    ///
    /// [`PlatformError::Misconfigured`] at the calendar's end.
    pub(super) fn moments(&self, day_rollover_hour: u8) -> Result<(Timestamp, Timestamp), PlatformError> {
        let start = |date: Date| {
            let india = TimeZone::fixed(Offset::from_seconds(INDIA_SECONDS)?);
            date.to_zoned(india)?.timestamp().checked_add(SignedDuration::from_hours(i64::from(day_rollover_hour)))
        };
        let moments = start(self.from).and_then(|from| Ok((from, start(self.until.tomorrow()?)?)));
        moments.map_err(|_| PlatformError::invalid("window", "is outside of the calendar"))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T12:00:00+05:30".parse().unwrap()
    }

    #[test]
    fn thirty_days_are_three_windows_of_ten_without_a_gap() {
        let (mut windows, mut from) = (Vec::new(), date(2026, 10, 23));
        loop {
            let (window, next) = Window::first(Window { from, until: date(2026, 11, 21) }, now(), 4, 10).unwrap();
            windows.push(window.moments(4).unwrap());
            match next {
                Some(next) => from = next,
                None => break,
            }
        }
        let ends: Vec<_> = windows.iter().map(|(from, to)| (to.as_second() - from.as_second()) / 86_400).collect();
        assert_eq!(ends, [10, 10, 10]);
        assert!(windows.windows(2).all(|pair| pair[0].1 == pair[1].0));
        assert_eq!(windows[0].0.to_string(), "2026-10-22T22:30:00Z", "four in the morning in India");
    }

    #[test]
    fn neither_tomorrow_nor_what_is_long_gone_is_asked_for() {
        let wide = Window { from: date(2020, 1, 1), until: date(2030, 1, 1) };
        let (window, next) = Window::first(wide, now(), 0, 1_000).unwrap();
        assert_eq!((window.from, window.until, next), (date(2024, 11, 21), date(2026, 11, 21), None));
        let early: Timestamp = "2026-11-21T03:59:59+05:30".parse().unwrap();
        assert_eq!(Window::first(wide, early, 4, 1_000).unwrap().0.until, date(2026, 11, 20), "the day has not begun");
        for (from, until) in [(date(2026, 11, 22), date(2026, 11, 23)), (date(2026, 11, 3), date(2026, 11, 2))] {
            assert_eq!(Window::first(Window { from, until }, now(), 0, 10).unwrap_err().code(), "MISCONFIGURED");
        }
    }
}
