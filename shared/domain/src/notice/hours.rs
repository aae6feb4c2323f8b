//! Hours of a user's day, in their own time zone, and their language.

use jiff::{SignedDuration, Timestamp, civil::Time, tz::TimeZone};
use std::fmt;

/// A time zone by its IANA name.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// Not the name of a time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be the IANA name of a time zone, such as `Asia/Kolkata`")]
pub struct BadZone;

impl Zone {
    pub fn parse(name: &str) -> Result<Self, BadZone> {
        let zone = TimeZone::get(name).map_err(|_| BadZone)?;
        if zone.is_unknown() || zone.iana_name().is_none() { Err(BadZone) } else { Ok(Self(zone)) }
    }

    /// India's, where nearly all users are.
    pub fn india() -> Self {
        Self::parse("Asia/Kolkata").unwrap_or(Self(TimeZone::UTC))
    }

    /// Its name, as the database of time zones spells it.
    pub fn as_str(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// What clocks show there.
    pub fn time_at(&self, at: Timestamp) -> Time {
        self.0.to_datetime(at).time()
    }

    /// The next moment after `now` at which clocks show this time.
    ///
    /// Where clocks jump over it, the moment that it would have been; where they show it twice, the
    /// first that is still to come.
    pub fn next(&self, time: Time, now: Timestamp) -> Timestamp {
        let local = self.0.to_datetime(now);
        let date = if local.time() < time { Ok(local.date()) } else { local.date().tomorrow() };
        let moment = date.map(|date| self.0.to_ambiguous_timestamp(date.to_datetime(time)));
        let first = moment.clone().and_then(|moment| moment.compatible()).ok().filter(|at| *at > now);
        let found = first.or_else(|| moment.and_then(|moment| moment.later()).ok());
        // Only at the end of representable time.
        found.unwrap_or_else(|| now.saturating_add(SignedDuration::from_hours(24)).unwrap_or(now))
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A part of each day, which may reach across midnight. Where it ends as it begins, there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    pub from: Time,
    pub to: Time,
}

impl Hours {
    /// From one full hour to another.
    pub const fn new(from: i8, to: i8) -> Self {
        Self { from: Time::constant(from, 0, 0, 0), to: Time::constant(to, 0, 0, 0) }
    }

    pub fn contains(self, time: Time) -> bool {
        if self.from <= self.to { self.from <= time && time < self.to } else { self.from <= time || time < self.to }
    }
}

/// A language code such as `en`, `hi` or `en_US`. Which there are is the templates' to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language(String);

/// Not a language code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a language code such as `en` or `hi`")]
pub struct BadLanguage;

impl Language {
    /// Two or three lower-case letters, and perhaps a region or script of two to four letters.
    pub fn parse(code: &str) -> Result<Self, BadLanguage> {
        let (language, rest) = code.split_once(['-', '_']).map_or((code, None), |(language, rest)| (language, Some(rest)));
        let fits = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
        let rest_fits = rest.is_none_or(|rest| (2..=4).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_alphabetic()));
        if fits && rest_fits { Ok(Self(code.to_owned())) } else { Err(BadLanguage) }
    }

    pub fn english() -> Self {
        Self("en".to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    #[test]
    fn a_zone_is_known_by_its_iana_name_and_no_other() {
        assert_eq!(Zone::parse("Asia/Kolkata").unwrap().as_str(), "Asia/Kolkata");
        assert_eq!(Zone::parse("asia/kolkata").unwrap(), Zone::india());
        assert_ne!(Zone::india(), Zone(TimeZone::UTC), "time zones are part of the program");
        for bad in ["", "IST", "+05:30", "Asia/Atlantis", "Etc/Unknown", "../../etc/passwd", "Asia/Kolkata\0"] {
            assert_eq!(Zone::parse(bad), Err(BadZone), "{bad}");
        }
    }

    #[test]
    fn hours_reach_across_midnight_and_there_are_none_where_they_end_as_they_begin() {
        let night = Hours::new(22, 7);
        for (at, within) in [("21:59:59", false), ("22:00", true), ("23:59", true), ("00:00", true), ("06:59", true), ("07:00", false)] {
            assert_eq!(night.contains(time(at)), within, "{at}");
        }
        let day = Hours::new(10, 21);
        for (at, within) in [("09:59", false), ("10:00", true), ("20:59", true), ("21:00", false)] {
            assert_eq!(day.contains(time(at)), within, "{at}");
        }
        assert!((0..24).all(|hour| !Hours::new(9, 9).contains(Time::constant(hour, 0, 0, 0))));
    }

    #[test]
    fn the_next_time_is_today_or_tomorrow_in_the_zone() {
        let india = Zone::india();
        assert_eq!(india.next(time("07:00"), at("2026-11-21T17:00:00Z")), at("2026-11-22T01:30:00Z"), "22:30 there");
        assert_eq!(india.next(time("07:00"), at("2026-11-22T01:29:59Z")), at("2026-11-22T01:30:00Z"));
        assert_eq!(india.next(time("07:00"), at("2026-11-22T01:30:00Z")), at("2026-11-23T01:30:00Z"), "always later than now");
    }

    #[test]
    fn a_time_that_clocks_skip_comes_when_it_would_have_been() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        // 2026-03-29: 02:00 becomes 03:00.
        assert_eq!(berlin.next(time("02:30"), at("2026-03-28T22:00:00Z")), at("2026-03-29T01:30:00Z"));
        assert_eq!(berlin.next(time("07:00"), at("2026-03-28T22:00:00Z")), at("2026-03-29T05:00:00Z"), "an hour sooner");
    }

    #[test]
    fn a_time_that_clocks_show_twice_comes_the_first_time_that_is_still_to_come() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        // 2026-10-25: 03:00 becomes 02:00.
        assert_eq!(berlin.next(time("02:30"), at("2026-10-24T22:00:00Z")), at("2026-10-25T00:30:00Z"));
        assert_eq!(berlin.next(time("02:30"), at("2026-10-25T01:15:00Z")), at("2026-10-25T01:30:00Z"), "02:15 for the second time");
        assert_eq!(berlin.next(time("07:00"), at("2026-10-24T21:00:00Z")), at("2026-10-25T06:00:00Z"), "an hour later");
    }

    #[test]
    fn a_language_is_a_short_code() {
        for good in ["en", "hi", "en_US", "sat", "hi-Latn"] {
            assert_eq!(Language::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "e", "EN", "english", "en_", "en_USA_x", "en\n", "हि"] {
            assert_eq!(Language::parse(bad), Err(BadLanguage), "{bad}");
        }
    }
}
