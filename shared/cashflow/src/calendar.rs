//! Days as numbers. Rhythms, weeks and windows are plain arithmetic on them; only months need the
//! calendar.

use jiff::{SignedDuration, civil::Date};

const EPOCH: Date = Date::constant(1970, 1, 1);
const DAY_SECONDS: i64 = 86_400;
/// More days than lie between any two dates.
const DAYS_MAX: i64 = 10_000_000;

/// Days since 1 January 1970.
pub fn number(date: Date) -> i64 {
    date.duration_since(EPOCH).as_secs().div_euclid(DAY_SECONDS)
}

/// The date of a number; the calendar's first or last where it has none.
pub fn date(number: i64) -> Date {
    EPOCH.saturating_add(SignedDuration::from_secs(number.clamp(-DAYS_MAX, DAYS_MAX) * DAY_SECONDS))
}

pub fn plus(from: Date, days: i64) -> Date {
    date(number(from).saturating_add(days))
}

pub fn days_between(from: Date, to: Date) -> i64 {
    number(to) - number(from)
}

/// 0 is Monday.
pub fn weekday(number: i64) -> usize {
    usize::try_from((number + 3).rem_euclid(7)).unwrap_or(0)
}

/// Weeks from Monday to Sunday, counted through all years.
pub fn week(number: i64) -> i64 {
    (number + 3).div_euclid(7)
}

/// The number of a week's Monday.
pub fn monday(week: i64) -> i64 {
    week * 7 - 3
}

/// Months, counted through all years.
pub fn month(date: Date) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month()) - 1
}

/// A day of a month; its last where the month is shorter.
pub fn day_of(month: i64, day: i8) -> Date {
    let outside = if month < 0 { Date::MIN } else { Date::MAX };
    let (Ok(year), Ok(of_year)) = (i16::try_from(month.div_euclid(12)), i8::try_from(month.rem_euclid(12) + 1)) else { return outside };
    let Ok(first) = Date::new(year, of_year, 1) else { return outside };
    Date::new(year, of_year, day.clamp(1, first.days_in_month())).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date as day};

    #[test]
    fn numbers_and_dates_are_each_others_inverse() {
        for n in -800_000..800_000 {
            if n % 97 == 0 {
                assert_eq!(number(date(n)), n);
            }
        }
        assert_eq!(date(i64::MAX), Date::MAX);
        assert_eq!(date(i64::MIN), Date::MIN);
        assert_eq!(plus(Date::MAX, 1), Date::MAX);
    }

    #[test]
    fn weeks_begin_on_mondays() {
        let monday_of = |date_: Date| date(monday(week(number(date_))));
        assert_eq!(monday_of(day(2026, 11, 22)), day(2026, 11, 16));
        assert_eq!(monday_of(day(2026, 11, 16)), day(2026, 11, 16));
        assert_eq!(monday_of(day(2027, 1, 1)), day(2026, 12, 28));
        assert_eq!(weekday(number(day(2026, 11, 16))), 0);
        assert_eq!(day(2026, 11, 16).weekday(), Weekday::Monday);
    }

    #[test]
    fn the_thirty_first_is_a_short_months_last() {
        let of = |year: i64, month: i64, day| day_of(year * 12 + month - 1, day);
        assert_eq!(of(2026, 2, 31), day(2026, 2, 28));
        assert_eq!(of(2028, 2, 31), day(2028, 2, 29));
        assert_eq!(of(2026, 4, 31), day(2026, 4, 30));
        assert_eq!(of(2026, 12, 31), day(2026, 12, 31));
        assert_eq!(of(2026, 2, 0), day(2026, 2, 1));
        assert_eq!(day_of(i64::MAX, 1), Date::MAX);
        assert_eq!(day_of(i64::MIN, 1), Date::MIN);
    }
}
