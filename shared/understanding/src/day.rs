//! Days as people say them: `kal`, `5 nov`, `05/11`, `3 days ago`, `5 tareekh`.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::language::Tongue;
use crate::lexicon::Lexicon;
use crate::number::number_at;
use crate::token::Token;

/// A day before it is known whether the text speaks of what was or of what will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Days from today.
    Offset(i64),
    /// Either side of today: `kal` by one day, `parso` by two.
    EitherSide(i64),
    Weekday(Weekday),
    /// 1 to 31, of any month.
    OfMonth(i8),
    OfYear {
        day: i8,
        month: i8,
        year: Option<i16>,
    },
}

/// There is a 31st at least every other month.
const MONTHS_MAX: i64 = 3;

impl Day {
    /// The date, `None` where there is no such day.
    pub fn date(self, now: Date, looks_back: bool) -> Option<Date> {
        match self {
            Self::Offset(days) => now.checked_add(days.days()).ok(),
            Self::EitherSide(days) => now.checked_add((if looks_back { -days } else { days }).days()).ok(),
            Self::Weekday(weekday) => {
                if looks_back && now.weekday() == weekday {
                    return Some(now);
                }
                now.nth_weekday(if looks_back { -1 } else { 1 }, weekday).ok()
            }
            Self::OfMonth(day) => (0..MONTHS_MAX).find_map(|months| {
                let month = now.first_of_month().checked_add((if looks_back { -months } else { months }).months()).ok()?;
                let date = Date::new(month.year(), month.month(), day).ok()?;
                (if looks_back { date <= now } else { date >= now }).then_some(date)
            }),
            Self::OfYear { day, month, year: Some(year) } => Date::new(year, month, day).ok(),
            Self::OfYear { day, month, year: None } => {
                let this_year = Date::new(now.year(), month, day).ok()?;
                let shift: i16 = match looks_back {
                    true if this_year > now => -1,
                    false if this_year < now => 1,
                    _ => 0,
                };
                Date::new(now.year().checked_add(shift)?, month, day).ok()
            }
        }
    }
}

/// The day that starts at a token, and how many tokens it takes.
pub fn day_at(lexicon: &Lexicon, words: &[Token<'_>], start: usize, tongue: Option<Tongue>) -> Option<(Day, usize)> {
    numeric(words, start)
        .or_else(|| ago(lexicon, words, start, tongue))
        .or_else(|| with_month(lexicon, words, start))
        .or_else(|| of_month(lexicon, words, start, tongue))
        .or_else(|| named(lexicon, words, start, tongue))
}

/// `05/11`, `5-11-2026`, `2026-11-05`, `05.11.2026`.
fn numeric(words: &[Token<'_>], start: usize) -> Option<(Day, usize)> {
    let first = words.get(start).filter(|word| word.is_number())?;
    let dotted: Vec<&str> = first.surface.split('.').collect();
    if let [day, month, year] = dotted.as_slice() {
        return Some((of_year(day, month, Some(year))?, 1));
    }
    let sign = words.get(start + 1).filter(|word| word.glued && (word.is("/") || word.is("-")))?;
    let second = words.get(start + 2).filter(|word| word.glued && word.is_number())?;
    let third = words
        .get(start + 3)
        .filter(|word| word.glued && word.surface == sign.surface)
        .and(words.get(start + 4))
        .filter(|word| word.glued && word.is_number());
    match third {
        Some(third) if first.surface.len() == 4 => Some((of_year(third.surface, second.surface, Some(first.surface))?, 5)),
        Some(third) => Some((of_year(first.surface, second.surface, Some(third.surface))?, 5)),
        None if sign.is("/") => Some((of_year(first.surface, second.surface, None)?, 3)),
        None => None,
    }
}

fn of_year(day: &str, month: &str, year: Option<&str>) -> Option<Day> {
    let (day, month): (i8, i8) = (day.parse().ok()?, month.parse().ok()?);
    let year = match year {
        Some(year) => Some(match (year.len(), year.parse::<i16>().ok()?) {
            (2, short) => 2000 + short,
            (4, long) => long,
            _ => return None,
        }),
        None => None,
    };
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(Day::OfYear { day, month, year })
}

/// `3 days ago`, `teen din pehle`.
fn ago(lexicon: &Lexicon, words: &[Token<'_>], start: usize, tongue: Option<Tongue>) -> Option<(Day, usize)> {
    const DAYS_MAX: i64 = 366;
    let number = number_at(lexicon, words, start, tongue)?;
    let suffix = lexicon.at(words, start + number.length)?;
    suffix.of("day").filter(|entry| entry.value == "day_ago")?;
    let days = number.hundredths / 100;
    (1..=DAYS_MAX).contains(&days).then_some((Day::Offset(-days), number.length + suffix.length))
}

/// `5 nov`, `5th of november 2026`, `nov 5`.
fn with_month(lexicon: &Lexicon, words: &[Token<'_>], start: usize) -> Option<(Day, usize)> {
    let day_of = |at: usize| {
        words
            .get(at)
            .filter(|word| word.is_number() && word.surface.len() <= 2)?
            .surface
            .parse::<i8>()
            .ok()
            .filter(|day| (1..=31).contains(day))
    };
    let month_of = |at: usize| {
        let found = lexicon.at(words, at)?;
        Some((found.of("month")?.value.parse::<i8>().ok()?, found.length))
    };
    let (day, month, mut end) = if let Some(day) = day_of(start) {
        let mut at = start + 1;
        at += usize::from(words.get(at).is_some_and(|word| word.glued && matches!(word.folded.as_str(), "st" | "nd" | "rd" | "th")));
        at += usize::from(words.get(at).is_some_and(|word| matches!(word.folded.as_str(), "of" | "-")));
        let (month, length) = month_of(at)?;
        (day, month, at + length)
    } else {
        let (month, length) = month_of(start)?;
        let at = start + length;
        let day = day_of(at)?;
        // "nov 20 rupees" has no day.
        if lexicon.at(words, at + 1).is_some_and(|found| found.of("unit").is_some()) {
            return None;
        }
        let ordinal = words.get(at + 1).is_some_and(|word| word.glued && matches!(word.folded.as_str(), "st" | "nd" | "rd" | "th"));
        (day, month, at + 1 + usize::from(ordinal))
    };
    let year = words.get(end).filter(|word| word.is_number() && word.surface.len() == 4 && word.surface.starts_with("20"));
    end += usize::from(year.is_some());
    Some((Day::OfYear { day, month, year: year.and_then(|word| word.surface.parse().ok()) }, end - start))
}

/// `5 tareekh`, `5ನೇ ತಾರೀಖು`, `pehli tareekh`, `on the 5th`, and `5 ko` after `har mahine`.
fn of_month(lexicon: &Lexicon, words: &[Token<'_>], start: usize, tongue: Option<Tongue>) -> Option<(Day, usize)> {
    let means = |at: usize, kind: &str| lexicon.at(words, at).filter(|found| found.of(kind).is_some());
    if let Some(first) = means(start, "ordinal") {
        let next = start + first.length;
        let length = match means(next, "date_word") {
            Some(date) => first.length + date.length,
            None => words.get(next).is_some_and(|word| word.is("of")).then_some(first.length)?,
        };
        return Some((Day::OfMonth(first.of("ordinal")?.value.parse().ok()?), length));
    }
    let number = number_at(lexicon, words, start, tongue).filter(|number| !number.has_multiplier && number.hundredths % 100 == 0)?;
    let day = i8::try_from(number.hundredths / 100).ok().filter(|day| (1..=31).contains(day))?;
    let mut end = start + number.length;
    let is_ordinal = number.in_digits && words.get(end).is_some_and(is_ordinal);
    end += usize::from(is_ordinal);
    if let Some(date) = means(end, "date_word") {
        return Some((Day::OfMonth(day), end + date.length - start));
    }
    let before = start.checked_sub(1).and_then(|at| words.get(at)).map_or("", |word| word.folded.as_str());
    let after = words.get(end).map_or("", |word| word.folded.as_str());
    let is_marked = matches!(
        after,
        "ko" | "को"
            | "ge"
            | "ಗೆ"
            | "kke"
            | "ಕ್ಕೆ"
            | "ku"
            | "க்கு"
            | "ki"
            | "కి"
            | "na"
            | "న"
            | "e"
            | "এ"
            | "la"
            | "ला"
    );
    let stands_alone = is_ordinal
        && (matches!(before, "on" | "the" | "by" | "from" | "every" | "each" | "till" | "har" | "हर")
            && !words.get(end).is_some_and(|word| {
                word.is_word() && !is_marked && !matches!(after, "of" | "each" | "every" | "to" | "for" | "send" | "pay")
            })
            || after == "of");
    let in_each_month = number.in_digits && number.length == 1 && is_marked && follows_each_month(lexicon, words, start);
    (stands_alone || in_each_month).then_some((Day::OfMonth(day), end - start))
}

/// `5th`, `5 ವೇ`: the ending that counts.
fn is_ordinal(word: &Token<'_>) -> bool {
    let glued = matches!(word.folded.as_str(), "st" | "nd" | "rd" | "th" | "ne" | "va" | "ve" | "am" | "vi" | "ம்" | "వ" | "ই" | "লা" | "শে");
    glued && word.glued || matches!(word.folded.as_str(), "ನೇ" | "ನೆಯ" | "ஆம்" | "ஆந்" | "aam" | "వ" | "వీ" | "वीं" | "वी" | "व्या")
}

fn follows_each_month(lexicon: &Lexicon, words: &[Token<'_>], start: usize) -> bool {
    (1..=3).filter_map(|length| Some((length, start.checked_sub(length)?))).any(|(length, from)| {
        lexicon.at(words, from).is_some_and(|found| found.length == length && found.of("every").is_some_and(|entry| entry.value == "month"))
    })
}

fn named(lexicon: &Lexicon, words: &[Token<'_>], start: usize, tongue: Option<Tongue>) -> Option<(Day, usize)> {
    let found = lexicon.at(words, start)?;
    let days = || found.entries.iter().filter(|entry| entry.kind == "day");
    let entry = days().find(|entry| entry.tongue == tongue).or_else(|| days().next())?;
    let word = words.get(start)?;
    // Three Latin letters mean something in most languages: `sat`, `mon`, `aj`.
    if found.length == 1 && word.surface.is_ascii() && word.surface.len() <= 3 && tongue.is_some() && entry.tongue != tongue {
        return None;
    }
    let day = match entry.value {
        "today" => Day::Offset(0),
        "yesterday" => Day::Offset(-1),
        "tomorrow" => Day::Offset(1),
        "kal" => Day::EitherSide(1),
        "day_before_yesterday" => Day::EitherSide(2),
        "monday" => Day::Weekday(Weekday::Monday),
        "tuesday" => Day::Weekday(Weekday::Tuesday),
        "wednesday" => Day::Weekday(Weekday::Wednesday),
        "thursday" => Day::Weekday(Weekday::Thursday),
        "friday" => Day::Weekday(Weekday::Friday),
        "saturday" => Day::Weekday(Weekday::Saturday),
        "sunday" => Day::Weekday(Weekday::Sunday),
        _ => return None,
    };
    Some((day, found.length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::clean;
    use crate::token::tokens;

    #[track_caller]
    fn date(text: &str, looks_back: bool) -> Option<String> {
        let text = clean(text);
        let (day, _) = day_at(&Lexicon::built_in(), &tokens(&text), 0, None)?;
        day.date(jiff::civil::date(2026, 11, 21), looks_back).map(|date| date.to_string())
    }

    #[test]
    fn kal_is_yesterday_for_what_was_and_tomorrow_for_what_will_be() {
        assert_eq!(date("kal", true).as_deref(), Some("2026-11-20"));
        assert_eq!(date("कल", false).as_deref(), Some("2026-11-22"));
        assert_eq!(date("parso", true).as_deref(), Some("2026-11-19"));
    }

    #[test]
    fn a_day_of_the_year_is_the_nearest_one() {
        for text in ["5 nov", "05/11", "nov 5", "5th november", "05.11.2026", "2026-11-05", "5/11/26"] {
            assert_eq!(date(text, true).as_deref(), Some("2026-11-05"), "{text}");
        }
        assert_eq!(date("5 nov", false).as_deref(), Some("2027-11-05"));
        assert_eq!(date("31/02", true), None);
        assert_eq!(date("45/99", true), None);
    }

    #[test]
    fn a_day_of_a_month_is_the_next_or_the_last_one() {
        for text in ["5 tareekh", "5 तारीख", "5ನೇ ತಾರೀಖು", "5ஆம் தேதி", "5వ తేదీ", "5 তারিখ", "5 तारखेला", "5th of the month"]
        {
            assert_eq!(date(text, false).as_deref(), Some("2026-12-05"), "{text}");
            assert_eq!(date(text, true).as_deref(), Some("2026-11-05"), "{text}");
        }
        assert_eq!(date("pehli tareekh", false).as_deref(), Some("2026-12-01"));
        assert_eq!(date("31 tareekh", false).as_deref(), Some("2026-12-31"));
        assert_eq!(date("32 tareekh", false), None);
        assert_eq!(date("5th class", false), None);
    }

    #[test]
    fn days_of_the_week_and_days_ago() {
        assert_eq!(date("monday", true).as_deref(), Some("2026-11-16"));
        assert_eq!(date("monday", false).as_deref(), Some("2026-11-23"));
        assert_eq!(date("3 days ago", true).as_deref(), Some("2026-11-18"));
    }
}
