//! How often a bill comes, and which rhythm the days of payments keep.

use crate::calendar;
use crate::statistics::{BIT, count, log2};
use jiff::civil::Date;

/// How often a bill comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rhythm {
    Weekly,
    Fortnightly,
    /// Every 28 days, as prepaid plans of mobiles are.
    FourWeekly,
    /// On a day of the month; on a shorter month's last.
    Monthly {
        day: i8,
    },
    Quarterly {
        day: i8,
    },
}

impl Rhythm {
    /// Its length in days; the longest where months differ.
    #[must_use]
    pub fn days(self) -> i64 {
        match self {
            Self::Weekly => 7,
            Self::Fortnightly => 14,
            Self::FourWeekly => 28,
            Self::Monthly { .. } => 31,
            Self::Quarterly { .. } => 92,
        }
    }

    /// The due day that comes after `due`, which is one itself.
    #[must_use]
    pub fn after(self, due: Date) -> Date {
        self.step(due, 1)
    }

    /// The months of a period; none where it is of days.
    fn months(self) -> Option<(i64, i8)> {
        match self {
            Self::Weekly | Self::Fortnightly | Self::FourWeekly => None,
            Self::Monthly { day } => Some((1, day)),
            Self::Quarterly { day } => Some((3, day)),
        }
    }

    fn step(self, due: Date, times: i64) -> Date {
        match self.months() {
            None => calendar::plus(due, self.days().saturating_mul(times)),
            Some((months, day)) => calendar::day_of(calendar::month(due).saturating_add(times.saturating_mul(months)), day),
        }
    }

    /// How many days a payment may be from its due day: what is due on a Sunday or a holiday comes
    /// later, and people pay before or after.
    fn slack(self) -> i64 {
        match self {
            Self::Weekly => 1,
            Self::Fortnightly | Self::FourWeekly => 2,
            Self::Monthly { .. } => 4,
            Self::Quarterly { .. } => 7,
        }
    }

    /// What is due in a month is taken on a Monday where the due day was of the weekend: that is no delay.
    fn without_weekend(self, day: i64, away: i64) -> i64 {
        let saturday = 5;
        let is_put_off = match calendar::weekday(day - away) {
            5 => away <= 2,
            6 => away == 1,
            _ => false,
        };
        if self.months().is_some() && away > 0 && is_put_off && calendar::weekday(day) < saturday { 0 } else { away }
    }

    /// Which due day is nearest to `day`, counted from the one of `origin`, and how far it is.
    fn nearest(self, origin: Origin, day: Day) -> (i64, i64) {
        let Some((months, of_month)) = self.months() else {
            let from_origin = day.number - origin.number;
            let slot = (from_origin + self.days() / 2).div_euclid(self.days());
            return (slot, from_origin - slot * self.days());
        };
        let guess = (day.month - origin.month).div_euclid(months);
        let away = |slot: i64| day.number - calendar::number(calendar::day_of(origin.month + slot * months, of_month));
        // Mostly the first look is enough: asking the calendar is what takes time here.
        let at_guess = away(guess);
        if at_guess.abs() <= self.slack() {
            return (guess, at_guess);
        }
        let neighbour = if at_guess < 0 { guess - 1 } else { guess + 1 };
        let at_neighbour = away(neighbour);
        if at_neighbour.abs() < at_guess.abs() { (neighbour, at_neighbour) } else { (guess, at_guess) }
    }
}

/// A day of a payment.
#[derive(Clone, Copy)]
struct Day {
    number: i64,
    month: i64,
}

/// A due day that the others are counted from.
type Origin = Day;

impl Day {
    fn of(number: i64) -> Self {
        Self { number, month: calendar::month(calendar::date(number)) }
    }
}

/// Days that keep a rhythm.
pub struct Kept {
    pub rhythm: Rhythm,
    /// The due day of the last payment.
    pub last_due: Date,
    /// The payments that came when they were due, by their place.
    pub kept: Vec<usize>,
    /// How surely this is no chance: [`BIT`]s. Each payment that comes when it is due counts, more so
    /// where few days would have done; what is missing or comes between counts against.
    pub evidence: i64,
}

/// A missed or a stray payment, in bits against.
const FAULT_BITS: i64 = 2;
const PAYMENTS_MIN: usize = 3;

/// The rhythm that these days keep, if they keep one. Days rise, none comes twice.
pub fn of_days(days: &[i64]) -> Option<Kept> {
    let days: Vec<Day> = days.iter().map(|&number| Day::of(number)).collect();
    candidates(&days).filter_map(|(rhythm, origin)| keep(rhythm, origin, &days)).max_by_key(|kept| (kept.evidence, kept.rhythm))
}

/// Rhythms of which the right number of days lies in the span, each from where it may begin.
fn candidates(days: &[Day]) -> impl Iterator<Item = (Rhythm, Origin)> {
    let first = days.first().map_or(0, |day| day.number);
    let span = days.last().map_or(0, |day| day.number) - first;
    let payments = count(days.len());
    let fits = move |length: i64| {
        let due = (span + length / 2) / length + 1;
        payments <= due + payments / 6 && payments + missing_max(due) + 1 >= due
    };
    let by_days = [Rhythm::Weekly, Rhythm::Fortnightly, Rhythm::FourWeekly].into_iter().filter(move |rhythm| fits(rhythm.days()));
    let by_days = by_days.flat_map(move |rhythm| (0..rhythm.days()).map(move |shift| (rhythm, Origin { number: first + shift, month: 0 })));
    // The first payment is near its due day; where strays are allowed at all, it may be one.
    let near = days.iter().take(if days.len() < 6 { 1 } else { 2 }).filter(move |_| fits(30) || fits(91));
    let by_months = near.flat_map(|day| (-7..=7).map(move |shift| (shift, day.number + shift)));
    let by_months = by_months.flat_map(move |(shift, number)| {
        let (origin, date) = (Origin::of(number), calendar::date(number));
        let last = if date == date.last_of_month() { 31 } else { date.day() };
        (date.day()..=last).flat_map(move |day| {
            let monthly = Some(Rhythm::Monthly { day }).filter(|rhythm| fits(30) && i64::abs(shift) <= rhythm.slack());
            let quarterly = Some(Rhythm::Quarterly { day }).filter(|rhythm| fits(91) && i64::abs(shift) <= rhythm.slack());
            monthly.into_iter().chain(quarterly).map(move |rhythm| (rhythm, origin))
        })
    });
    by_days.chain(by_months)
}

fn missing_max(due: i64) -> i64 {
    (due / 6).max(1)
}

fn keep(rhythm: Rhythm, origin: Origin, days: &[Day]) -> Option<Kept> {
    let stray_max = days.len() / 6;
    let mut kept: Vec<(i64, usize, i64)> = Vec::with_capacity(days.len());
    for (at, &day) in days.iter().enumerate() {
        let (slot, away) = rhythm.nearest(origin, day);
        let away = rhythm.without_weekend(day.number, away);
        if at - kept.len() > stray_max {
            return None;
        }
        if away.abs() > rhythm.slack() {
            continue;
        }
        match kept.last_mut() {
            Some(last) if last.0 == slot => {
                if away.abs() < last.2.abs() {
                    *last = (slot, at, away);
                }
            }
            _ => kept.push((slot, at, away)),
        }
    }
    let (first, last) = (kept.first()?.0, kept.last()?.0);
    let due = last - first + 1;
    let missed = due - count(kept.len());
    let stray = days.len() - kept.len();
    if kept.len() < PAYMENTS_MIN || stray > stray_max || missed > missing_max(due) {
        return None;
    }
    let away_max = kept.iter().map(|&(_, _, away)| away.abs()).max()?;
    let away_sum: i64 = kept.iter().map(|&(_, _, away)| away.abs()).sum();
    let would_do = log2(rhythm.days().unsigned_abs()) - log2((2 * away_max + 1).unsigned_abs());
    // The sum only decides between beginnings that explain alike.
    let evidence = (count(kept.len()) - 1) * would_do - FAULT_BITS * BIT * (missed + count(stray)) - away_sum;
    let last_due = rhythm.step(calendar::date(origin.number), last);
    Some(Kept { rhythm, last_due, kept: kept.into_iter().map(|(_, at, _)| at).collect(), evidence })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn of(dates: &[Date]) -> Option<(Rhythm, Date)> {
        let days: Vec<i64> = dates.iter().map(|&date| calendar::number(date)).collect();
        of_days(&days).map(|kept| (kept.rhythm, kept.rhythm.after(kept.last_due)))
    }

    #[test]
    fn the_thirty_first_comes_back_after_february() {
        let history = [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)];
        assert_eq!(of(&history), Some((Rhythm::Monthly { day: 31 }, date(2027, 3, 31))));
        let leap = [date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31)];
        assert_eq!(of(&leap), Some((Rhythm::Monthly { day: 31 }, date(2028, 4, 30))));
        let thirtieth = [date(2026, 12, 30), date(2027, 1, 30), date(2027, 2, 28), date(2027, 3, 30)];
        assert_eq!(of(&thirtieth), Some((Rhythm::Monthly { day: 30 }, date(2027, 4, 30))));
    }

    #[test]
    fn a_weekend_puts_a_payment_off_and_not_the_rhythm() {
        // The 5th of September and December 2026 are a Saturday each.
        let history = [date(2026, 9, 7), date(2026, 10, 5), date(2026, 11, 5), date(2026, 12, 7), date(2027, 1, 5)];
        assert_eq!(of(&history), Some((Rhythm::Monthly { day: 5 }, date(2027, 2, 5))));
    }

    #[test]
    fn each_rhythm_is_told_from_its_neighbours() {
        let every = |days: i64, times: i64| (0..times).map(|n| calendar::plus(date(2026, 1, 6), n * days)).collect::<Vec<_>>();
        assert_eq!(of(&every(7, 4)).map(|found| found.0), Some(Rhythm::Weekly));
        assert_eq!(of(&every(14, 4)).map(|found| found.0), Some(Rhythm::Fortnightly));
        assert_eq!(of(&every(28, 4)), Some((Rhythm::FourWeekly, date(2026, 4, 28))));
        assert_eq!(of(&every(30, 4)).map(|found| found.0.days()), Some(31));
        let quarters = [date(2026, 1, 31), date(2026, 4, 30), date(2026, 7, 31)];
        assert_eq!(of(&quarters), Some((Rhythm::Quarterly { day: 31 }, date(2026, 10, 31))));
        assert_eq!(of(&every(3, 20)), None);
        assert_eq!(of(&every(45, 6)), None);
    }

    #[test]
    fn one_may_be_missing() {
        let history = [date(2026, 1, 3), date(2026, 2, 3), date(2026, 4, 3), date(2026, 5, 3)];
        assert_eq!(of(&history), Some((Rhythm::Monthly { day: 3 }, date(2026, 6, 3))));
        assert_eq!(of(&[date(2026, 1, 3), date(2026, 4, 3), date(2026, 8, 3)]), None);
    }

    #[test]
    fn the_ends_of_the_calendar_are_days_like_others() {
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[Date::MAX]), None);
        assert_eq!(of(&[date(9999, 10, 31), date(9999, 11, 30), Date::MAX]).map(|found| found.1), Some(Date::MAX));
        assert!(of(&[Date::MIN, calendar::plus(Date::MIN, 7), calendar::plus(Date::MIN, 14)]).is_some());
    }
}
