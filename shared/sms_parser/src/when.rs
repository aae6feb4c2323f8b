//! The day and time that a message tells, in India.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use crate::lexicon::{MONTH, NOUN, REVERSE};
use crate::token::Tokens;

/// India's only offset; it keeps no summer time.
const INDIA_SECONDS: i32 = 19_800;
/// How far a message's day may lie after its arrival: a clock that is off, a value date.
const DAYS_AHEAD_MAX: i32 = 3;
/// An older day in a message is of something else.
const DAYS_BEHIND_MAX: i32 = 400;

/// The time of a movement, and whether the text tells its time of day. Without one it is midnight, or the
/// arrival's where that was on the same day; without a day it is the arrival's.
pub fn when(tokens: &Tokens<'_>, end: usize, received_at: Option<Timestamp>) -> Option<(Zoned, bool)> {
    let zone = TimeZone::fixed(Offset::from_seconds(INDIA_SECONDS).ok()?);
    let received = received_at.map(|at| at.to_zoned(zone.clone()));
    let today = received.as_ref().map(Zoned::date);
    let mut found = None;
    let mut at = 0;
    while at < end {
        let Some((date, next)) = date(tokens, at, today).filter(|(date, _)| is_near(*date, today)) else {
            at += 1;
            continue;
        };
        let until = until(tokens, next, today);
        let is_of_something_else = until.is_some() || is_of_earlier(tokens, at);
        if !is_of_something_else {
            found = Some((date, next));
            break;
        }
        // When something arrived is nearer to when it moved than the days that it is for.
        found = found.or(Some((date, next)).filter(|_| today.is_none()));
        at = until.unwrap_or(next);
    }
    let Some((date, next)) = found else {
        let time = (0..end).find_map(|at| time(tokens, at)).zip(today);
        let told = time.and_then(|(time, date)| DateTime::from_parts(date, time).to_zoned(zone).ok()).map(|told| (told, true));
        return told.or(received.map(|received| (received, false)));
    };
    // 2026-11-19:14:05:33
    let glued = if tokens.is_mark(next, b':') { clock(tokens, next + 1) } else { None };
    let time = glued
        .or_else(|| (next..(next + 8).min(tokens.len())).find_map(|at| time(tokens, at)))
        .or_else(|| (0..end).find_map(|at| time(tokens, at)));
    match (time, received) {
        (None, Some(received)) if received.date() == date => Some((received, false)),
        (time, _) => {
            let at = DateTime::from_parts(date, time.unwrap_or(Time::midnight())).to_zoned(zone).ok()?;
            Some((at, time.is_some()))
        }
    }
}

/// "refund for your transaction dt 02/11/26", "payment to ASHA dated 12Nov26 has been reversed": the day of what is undone.
fn is_of_earlier(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_undone_after = || (at..tokens.len()).any(|at| tokens.has(at, REVERSE));
    at > 1
        && matches!(tokens.word(at - 1), "dt" | "dtd" | "dated")
        && (tokens.has(at - 2, NOUN) && tokens.any(REVERSE) || is_undone_after())
}

/// "for 02 Nov - 08 Nov": the days that something is for. Where the day that they last until ends, after the first of them.
fn until(tokens: &Tokens<'_>, next: usize, today: Option<Date>) -> Option<usize> {
    if !matches!(tokens.word(next), "-" | "to" | "till" | "until") {
        return None;
    }
    date(tokens, next + 1, today).map(|(_, next)| next)
}

fn is_near(date: Date, today: Option<Date>) -> bool {
    let Some(today) = today else { return (2000..2100).contains(&date.year()) };
    let days = (date - today).get_days();
    (-DAYS_BEHIND_MAX..=DAYS_AHEAD_MAX).contains(&days)
}

/// A date that starts at `at`, and the token after it.
fn date(tokens: &Tokens<'_>, at: usize, today: Option<Date>) -> Option<(Date, usize)> {
    if let Some((day, month, year)) = dotted(tokens, at) {
        return Some((civil(year, month, day)?, at + 1));
    }
    if tokens.has(at, MONTH) {
        // March 19, 2025; the first of "Nov 02 - Nov 08, 2025"
        let day = number(tokens, at + 1, 2)?;
        let comma = usize::from(tokens.is_mark(at + 2, b','));
        let month = month(tokens, at)?;
        return match year(tokens, at + 2 + comma).filter(|_| tokens.word(at + 2 + comma).len() == 4) {
            Some(year) => Some((civil(year, month, day)?, at + 3 + comma)),
            None if tokens.has(at + 3, MONTH) => Some((of_this_year(month, day, today?)?, at + 2)),
            None => None,
        };
    }
    if !tokens.is_digits(at) || tokens.joined(at) && !is_start(tokens, at) {
        return None;
    }
    let gap = |at: usize| usize::from(matches!(tokens.word(at), "-" | "/" | "'" | "," | ":" | "." | "st" | "nd" | "rd" | "th"));
    let second = at + 1 + gap(at + 1);
    if tokens.has(second, MONTH) {
        // 19-Nov-26, 19NOV26, 19 November 2026, 19 Nov
        let day = number(tokens, at, 2)?;
        let third = second + 1 + gap(second + 1);
        // "02 Nov - 08 Nov"
        return match year(tokens, third).filter(|_| !is_clock(tokens, third) && !tokens.has(third + 1, MONTH)) {
            Some(year) => Some((civil(year, month(tokens, second)?, day)?, third + 1)),
            None => Some((of_this_year(month(tokens, second)?, day, today?)?, second + 1)),
        };
    }
    let mark = tokens.word(at + 1);
    let is_joined = tokens.joined(at + 1) && tokens.joined(at + 2);
    if !matches!(mark, "-" | "/" | ":") || !is_joined || !tokens.is_digits(at + 2) {
        return None;
    }
    let has_third = tokens.word(at + 3) == mark && tokens.joined(at + 3) && tokens.joined(at + 4) && tokens.is_digits(at + 4);
    let (first, middle) = (number(tokens, at, 4)?, number(tokens, at + 2, 2)?);
    if !has_third {
        // "02-08 Nov": days of that month.
        if tokens.has(at + 3, MONTH) {
            return None;
        }
        let is_whole = !(tokens.joined(at + 3) && matches!(tokens.word(at + 3), "-" | "/"));
        return if mark != ":" && is_whole && tokens.word(at).len() == 2 && tokens.word(at + 2).len() == 2 {
            Some((of_this_year(middle, first, today?)?, at + 3))
        } else {
            None
        };
    }
    if tokens.word(at).len() == 4 {
        return Some((civil(first, middle, number(tokens, at + 4, 2)?)?, at + 5));
    }
    let year = if mark == ":" { return None } else { year(tokens, at + 4)? };
    // Days come first in India; a month that cannot be one is a day after all. A day that lies ahead is due then,
    // and no day of the other order.
    Some((civil(year, middle, first).or_else(|| civil(year, first, middle))?, at + 5))
}

/// `on19-11-26` and `(19-11-26` start a date, `XX19-11` does not.
fn is_start(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    matches!(tokens.word(before), "on" | "(" | "," | "." | ":" | "date" | "dt" | "-" | "~" | "@" | ";")
        && !tokens.is_digits(before.wrapping_sub(1))
        || tokens.is_mark(before, b',')
}

/// `14.02.2026`
fn dotted(tokens: &Tokens<'_>, at: usize) -> Option<(i16, i16, i16)> {
    let mut parts = tokens.word(at).split('.');
    if !tokens.is_number(at) {
        return None;
    }
    let (day, month, year, rest) = (parts.next()?, parts.next()?, parts.next()?, parts.next());
    if rest.is_some() || day.len() > 2 || month.len() > 2 || !matches!(year.len(), 2 | 4) {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    Some((day.parse().ok()?, month.parse().ok()?, if year < 100 { 2000 + year } else { year }))
}

fn civil(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A day without its year: the last such day that is not after the arrival.
fn of_this_year(month: i16, day: i16, today: Date) -> Option<Date> {
    let this = civil(today.year(), month, day)?;
    if (this - today).get_days() <= DAYS_AHEAD_MAX { Some(this) } else { civil(today.year() - 1, month, day) }
}

fn number(tokens: &Tokens<'_>, at: usize, digits_max: usize) -> Option<i16> {
    let word = tokens.word(at);
    (tokens.is_digits(at) && word.len() <= digits_max).then(|| word.parse().ok())?
}

fn year(tokens: &Tokens<'_>, at: usize) -> Option<i16> {
    let year = number(tokens, at, 4)?;
    match tokens.word(at).len() {
        2 => Some(2000 + year),
        4 if (2000..2100).contains(&year) => Some(year),
        _ => None,
    }
}

fn month(tokens: &Tokens<'_>, at: usize) -> Option<i16> {
    const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";
    let place = MONTHS.find(tokens.word(at).get(..3)?)?;
    i16::try_from(place / 3 + 1).ok()
}

fn is_clock(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.word(at).len() <= 2 && tokens.is_mark(at + 1, b':') && tokens.joined(at + 1) && tokens.is_digits(at + 2)
}

/// A time of day that is no part of something longer.
fn time(tokens: &Tokens<'_>, at: usize) -> Option<Time> {
    let is_inside = tokens.joined(at) && at > 1 && matches!(tokens.word(at - 1), ":" | "-") && tokens.is_digits(at - 2);
    if is_inside { None } else { clock(tokens, at).or_else(|| dotted_clock(tokens, at)) }
}

/// `12.30 PM`
fn dotted_clock(tokens: &Tokens<'_>, at: usize) -> Option<Time> {
    let (hour, minute) = tokens.word(at).split_once('.').filter(|(_, minute)| tokens.is_number(at) && minute.len() == 2)?;
    let hour: i8 = hour.parse().ok().filter(|hour| (1..=12).contains(hour))?;
    let hour = match tokens.word(at + 1) {
        "am" => hour % 12,
        "pm" => hour % 12 + 12,
        _ => return None,
    };
    Time::new(hour, minute.parse().ok()?, 0, 0).ok()
}

/// `14:05`, `14:05:33`, `2:05 PM`.
fn clock(tokens: &Tokens<'_>, at: usize) -> Option<Time> {
    if !is_clock(tokens, at) || !tokens.is_digits(at) || tokens.word(at + 2).len() != 2 || !tokens.joined(at + 2) {
        return None;
    }
    let (mut hour, minute) = (number(tokens, at, 2)?, number(tokens, at + 2, 2)?);
    let has_second = tokens.is_mark(at + 3, b':') && tokens.joined(at + 3) && tokens.joined(at + 4) && tokens.word(at + 4).len() == 2;
    let second = if has_second { number(tokens, at + 4, 2)? } else { 0 };
    let next = if has_second { at + 5 } else { at + 3 };
    let half = tokens.word(next);
    let half = if matches!(half, "a" | "p") && matches!(tokens.word(next + 1), "m" | ".") {
        half
    } else {
        half.strip_suffix('m').unwrap_or_default()
    };
    if half == "p" && hour < 12 {
        hour += 12;
    } else if half == "a" && hour == 12 {
        hour = 0;
    }
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()
}
