//! Dates and times as statements print them.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

/// India's only offset; it keeps no summer time.
const INDIA_SECONDS: i32 = 19_800;
/// How far a row may lie ahead: a value date, a clock that is off.
pub const DAYS_AHEAD_MAX: i32 = 3;
/// Longer texts hold more than a date.
const CHARS_MAX: usize = 40;

/// Which of two numbers a file writes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum First {
    /// As all of India does.
    #[default]
    Day,
    /// As a spreadsheet program with American settings saves it.
    Month,
}

/// A date with the time of day behind it, if there is one.
pub fn date_time(text: &str, first: First) -> Option<(Date, Option<Time>)> {
    let text = text.trim();
    if text.len() > CHARS_MAX {
        return None;
    }
    let (date, rest) = leading_date(text, first)?;
    let rest = rest.trim_start_matches([' ', ',', 'T', 't', ':']).trim();
    if rest.is_empty() { Some((date, None)) } else { Some((date, Some(time(rest)?))) }
}

/// A time of day: `14:05`, `2:05:33 PM`, `14:05:33.120`.
pub fn time(text: &str) -> Option<Time> {
    let lower = text.trim().to_ascii_lowercase();
    let (clock, half) = match lower.strip_suffix("pm") {
        Some(clock) => (clock, Some(true)),
        None => lower.strip_suffix("am").map_or((lower.as_str(), None), |clock| (clock, Some(false))),
    };
    let clock = clock.trim().split('.').next()?;
    let mut parts = clock.split(':');
    let mut part = || match parts.next() {
        Some(part) if (1..=2).contains(&part.len()) => part.parse::<i8>().ok().map(Some),
        Some(_) => None,
        None => Some(None),
    };
    let (hour, minute, second) = (part()??, part()??, part()?);
    if parts.next().is_some() {
        return None;
    }
    let hour = match half {
        Some(is_afternoon) if (1..=12).contains(&hour) => hour % 12 + if is_afternoon { 12 } else { 0 },
        Some(_) => return None,
        None => hour,
    };
    Time::new(hour, minute, second.unwrap_or(0), 0).ok()
}

/// At midnight where a bank tells no time.
pub fn in_india(date: Date, time: Option<Time>) -> Option<Timestamp> {
    let india = TimeZone::fixed(Offset::from_seconds(INDIA_SECONDS).ok()?);
    let zoned = DateTime::from_parts(date, time.unwrap_or(Time::midnight())).to_zoned(india).ok()?;
    Some(zoned.timestamp())
}

pub fn is_to_come(date: Date, today: Date) -> bool {
    today.checked_add(DAYS_AHEAD_MAX.days()).is_ok_and(|last| date > last)
}

/// Whether only one of the two readings of the numbers is a date.
pub fn only_reading(text: &str) -> Option<First> {
    match (date_time(text, First::Day), date_time(text, First::Month)) {
        (Some(_), None) => Some(First::Day),
        (None, Some(_)) => Some(First::Month),
        _ => None,
    }
}

fn leading_date(text: &str, first: First) -> Option<(Date, &str)> {
    let (one, rest) = part(text)?;
    let (mark, rest) = between(rest);
    let (two, rest) = part(rest)?;
    let (_, rest) = between(rest);
    let (three, rest) = part(rest)?;
    // `12-11-20261015`, `1.2.3.4`
    if rest.starts_with(|sign: char| sign.is_alphanumeric() && !matches!(sign, 'T' | 't') || matches!(sign, '/' | '.')) {
        return None;
    }
    let date = match (one, two, three) {
        (Part::Number(day, 1 | 2), Part::Month(month), Part::Number(year, digits)) => civil(full(year, digits)?, month, day),
        (Part::Month(month), Part::Number(day, _), Part::Number(year, 4)) => civil(year, month, day),
        (Part::Number(year, 4), Part::Month(month), Part::Number(day, _)) => civil(year, month, day),
        (Part::Number(year, 4), Part::Number(month, _), Part::Number(day, _)) if mark != ' ' => civil(year, month, day),
        (Part::Number(one, 1 | 2), Part::Number(two, 1 | 2), Part::Number(year, digits)) if mark != ' ' => {
            let (day, month) = if first == First::Day { (one, two) } else { (two, one) };
            civil(full(year, digits)?, month, day)
        }
        _ => None,
    }?;
    (2000..2100).contains(&date.year()).then_some((date, rest))
}

enum Part {
    /// With the number of its digits.
    Number(i16, usize),
    Month(i16),
}

/// Digits or letters at the start of the text.
fn part(text: &str) -> Option<(Part, &str)> {
    let is_digit = text.starts_with(|sign: char| sign.is_ascii_digit());
    let end = text.find(|sign: char| sign.is_ascii_digit() != is_digit || !sign.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    if is_digit {
        let number = word.parse().ok().filter(|_| word.len() <= 4)?;
        return Some((Part::Number(number, word.len()), rest));
    }
    let lower = word.to_ascii_lowercase();
    // `20th November 2026` is not seen in statements; `Sept` is.
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let at = MONTHS.iter().position(|month| lower.len() >= 3 && month.starts_with(&lower))?;
    Some((Part::Month(i16::try_from(at).ok()? + 1), rest))
}

fn between(text: &str) -> (char, &str) {
    let mark = text.chars().next().filter(|mark| matches!(mark, '/' | '-' | '.' | ' ' | ',' | '\'')).unwrap_or('\0');
    let rest = text.strip_prefix(mark).unwrap_or(text);
    (mark, rest.trim_start_matches(' '))
}

fn full(year: i16, digits: usize) -> Option<i16> {
    match digits {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

fn civil(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time as clock};

    #[test]
    fn dates_are_read_as_banks_print_them() {
        let day = date(2026, 11, 9);
        for text in [
            "09/11/26",
            "09/11/2026",
            "9/11/2026",
            "09-11-2026",
            "09.11.2026",
            "2026-11-09",
            "2026/11/09",
            "09-Nov-2026",
            "09-NOV-26",
            "09 Nov 2026",
            "9 November 2026",
            "09Nov2026",
            "Nov 09, 2026",
            "09/Nov/2026",
            "09 Nov, 2026",
            "09 Nov'26",
        ] {
            assert_eq!(date_time(text, First::Day), Some((day, None)), "{text}");
        }
        for (text, time) in [
            ("09/11/2026 14:05", clock(14, 5, 0, 0)),
            ("09-11-2026 14:05:33", clock(14, 5, 33, 0)),
            ("2026-11-09T14:05:33", clock(14, 5, 33, 0)),
            ("09 Nov 2026, 02:05 PM", clock(14, 5, 0, 0)),
            ("09/11/2026 12:00:00 AM", clock(0, 0, 0, 0)),
            ("09/11/2026 14:05:33.120", clock(14, 5, 33, 0)),
        ] {
            assert_eq!(date_time(text, First::Day), Some((day, Some(time))), "{text}");
        }
        assert_eq!(date_time("11/09/2026", First::Month), Some((day, None)));
    }

    #[test]
    fn nothing_else_is_a_date() {
        for text in [
            "",
            "-",
            "Total",
            "31/02/2026",
            "13/13/2026",
            "20261109",
            "09/11",
            "09/11/1926",
            "1.2.3.4",
            "12 34 2026",
            "09-Foo-2026",
            "09/11/2026 25:00",
            "09/11/2026 UPI",
            "9999999/1/1",
            "०९/११/२०२६",
            "1/2/333",
        ] {
            assert_eq!(date_time(text, First::Day), None, "{text}");
        }
    }

    #[test]
    fn a_date_that_only_reads_one_way_tells_the_order() {
        assert_eq!(only_reading("11/20/2026"), Some(First::Month));
        assert_eq!(only_reading("20/11/2026"), Some(First::Day));
        assert_eq!(only_reading("09/11/2026"), None);
        assert_eq!(only_reading("09-Nov-2026"), None);
    }
}
