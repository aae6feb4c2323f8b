//! On which days a standing payment falls.

use jiff::{ToSpan as _, civil::Date, civil::Weekday};
use std::{fmt, str::FromStr};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    Day,
    /// On this day of the week.
    Week(Weekday),
    /// On this day of the month, 1 to 31; on the last where a month has fewer.
    Month(i8),
}

/// A text that is no rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be `day`, `week:` and a weekday (`week:monday`), or `month:` and a day of the month (`month:5`)")]
pub struct BadRhythm;

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

impl Every {
    /// The first of its days after this one.
    pub fn after(self, day: Date) -> Date {
        match self {
            Self::Day => day.saturating_add(1.day()),
            Self::Week(weekday) => {
                let ahead = (weekday.to_monday_zero_offset() - day.weekday().to_monday_zero_offset()).rem_euclid(7);
                day.saturating_add(i32::from(if ahead == 0 { 7 } else { ahead }).days())
            }
            Self::Month(on) => {
                let of = |month: Date| month.saturating_add(i32::from(on.min(month.days_in_month()) - 1).days());
                let this = of(day.first_of_month());
                if this > day { this } else { of(day.first_of_month().saturating_add(1.month())) }
            }
        }
    }
}

impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day => f.write_str("day"),
            Self::Week(weekday) => {
                let name = WEEKDAYS.iter().find(|(_, known)| known == weekday).map_or("monday", |(name, _)| *name);
                write!(f, "week:{name}")
            }
            Self::Month(on) => write!(f, "month:{on}"),
        }
    }
}

impl FromStr for Every {
    type Err = BadRhythm;

    fn from_str(text: &str) -> Result<Self, BadRhythm> {
        match text.split_once(':') {
            None if text == "day" => Ok(Self::Day),
            Some(("week", name)) => {
                WEEKDAYS.iter().find(|(known, _)| *known == name).map(|(_, weekday)| Self::Week(*weekday)).ok_or(BadRhythm)
            }
            Some(("month", on)) => on.parse().ok().filter(|on| (1..=31).contains(on)).map(Self::Month).ok_or(BadRhythm),
            _ => Err(BadRhythm),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_next_day_is_never_the_same_day() {
        for (every, from, next) in [
            ("day", "2026-11-22", "2026-11-23"),
            ("week:sunday", "2026-11-22", "2026-11-29"),
            ("week:friday", "2026-11-22", "2026-11-27"),
            ("month:22", "2026-11-22", "2026-12-22"),
            ("month:23", "2026-11-22", "2026-11-23"),
            ("month:1", "2026-12-31", "2027-01-01"),
        ] {
            assert_eq!(every.parse::<Every>().unwrap().after(day(from)), day(next), "{every} after {from}");
        }
    }

    #[test]
    fn a_month_without_that_day_has_it_on_its_last() {
        let last = Every::Month(31);
        assert_eq!(last.after(day("2027-01-31")), day("2027-02-28"));
        assert_eq!(last.after(day("2027-02-28")), day("2027-03-31"));
        assert_eq!(last.after(day("2027-03-31")), day("2027-04-30"));
    }

    #[test]
    fn a_rhythm_is_written_as_it_is_read() {
        for text in ["day", "week:monday", "week:sunday", "month:1", "month:31"] {
            assert_eq!(text.parse::<Every>().unwrap().to_string(), text);
        }
        for bad in ["", "days", "week", "week:", "week:mon", "month:0", "month:32", "month:-1", "month:x", "year:1"] {
            assert_eq!(bad.parse::<Every>(), Err(BadRhythm), "{bad}");
        }
    }
}
