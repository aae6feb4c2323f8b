//! Days until short: what the balance comes to in the next thirty days.
//!
//! Three things change it: income as it usually comes on that weekday, spending as on a usual day, and
//! the bills that are due. All of it is whole paise.

use crate::calendar;
use crate::movement::{Movement, known};
use crate::recurring::Bill;
use crate::statistics::{count, median, scale, sum};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;

/// How far it is looked ahead, in days.
pub const DAYS_AHEAD: i64 = 30;
/// What is usual is read from the last eight weeks, today not among them: it is not over.
const DAYS_BACK: i64 = 56;
/// With less of a history nothing is told.
const DAYS_BACK_MIN: i64 = 14;
/// From how many on a weekday's own income is its measure.
const WEEKDAY_INCOMES_MIN: usize = 4;

/// A sum, and the day on which it is so.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub day: Date,
    /// In paise.
    pub amount: i64,
}

/// What lies ahead.
#[derive(Clone, PartialEq, Eq)]
pub struct Runway {
    /// The first day on which there is less than nothing, and how much is missing then.
    pub short: Option<Point>,
    /// The least that there will be: the first such day.
    pub low: Point,
    /// What a usual day's spending is, without bills.
    pub daily_spending: i64,
    /// What is expected to come in on each weekday, Monday first.
    pub weekday_income: [i64; 7],
}

impl fmt::Debug for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Point").field("day", &self.day).finish_non_exhaustive()
    }
}

impl fmt::Debug for Runway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runway").field("short", &self.short).field("low", &self.low).finish_non_exhaustive()
    }
}

impl Runway {
    /// Days from `today` to the day that is short.
    #[must_use]
    pub fn days_until_short(&self, today: Date) -> Option<i64> {
        self.short.map(|short| calendar::days_between(today, short.day))
    }
}

/// What `balance`, as it is now, comes to. Nothing is told of less than two weeks of history.
///
/// On each day bills are paid first, out of what there was the evening before; then the day's income
/// and spending come together, since people who live from day to day spend what they earn. Of today
/// only the bills are still to come.
#[must_use]
pub fn runway(balance: i64, movements: &[Movement], bills: &[Bill], today: Date) -> Option<Runway> {
    let history = History::of(movements, bills, today)?;
    let (weekday_income, daily_spending) = (history.weekday_income(), history.daily_spending());
    let mut due: BTreeMap<Date, i64> = BTreeMap::new();
    let through = calendar::plus(today, DAYS_AHEAD);
    for bill in bills {
        for day in bill.due_days(today, through) {
            let sum = due.entry(day).or_default();
            *sum = sum.saturating_add(bill.amount);
        }
    }

    let mut left = balance;
    let mut low = Point { day: today, amount: left };
    let mut short = None;
    for ahead in 0..=DAYS_AHEAD {
        let day = calendar::plus(today, ahead);
        let mut stands_at = |left: i64| {
            if left < low.amount {
                low = Point { day, amount: left };
            }
            if left < 0 && short.is_none() {
                short = Some(Point { day, amount: left.saturating_neg() });
            }
        };
        left = left.saturating_sub(due.get(&day).copied().unwrap_or(0));
        stands_at(left);
        if ahead > 0 {
            let income = weekday_income.get(calendar::weekday(calendar::number(day))).copied().unwrap_or(0);
            left = left.saturating_add(income).saturating_sub(daily_spending);
            stands_at(left);
        }
    }
    Some(Runway { short, low, daily_spending, weekday_income })
}

/// The sums of each day from the first that is known.
struct History {
    /// The number of the first day.
    first: i64,
    income: Vec<i64>,
    spending: Vec<i64>,
}

impl History {
    fn of(movements: &[Movement], bills: &[Bill], today: Date) -> Option<Self> {
        let end = calendar::number(today);
        let oldest = known(movements, today).map(|movement| calendar::number(movement.day)).min()?;
        let first = oldest.max(end - DAYS_BACK);
        let length = usize::try_from(end - first).ok().filter(|_| end - first >= DAYS_BACK_MIN)?;
        // Whom a platform pays lives on that: a loan from a friend will not come again.
        let by_platform = known(movements, today).any(|movement| movement.is_in && movement.is_platform);
        let mut history = Self { first, income: vec![0; length], spending: vec![0; length] };
        for movement in known(movements, today) {
            let counts =
                if movement.is_in { movement.is_platform || !by_platform } else { !bills.iter().any(|bill| bill.covers(movement)) };
            let days = if movement.is_in { &mut history.income } else { &mut history.spending };
            let at = usize::try_from(calendar::number(movement.day) - first).ok();
            if let Some(day) = at.filter(|_| counts).and_then(|at| days.get_mut(at)) {
                *day = day.saturating_add(movement.amount);
            }
        }
        Some(history)
    }

    /// For each weekday: what a day with income brings, by the share of these weekdays that had one.
    /// Whoever is paid once a week so has it on that day alone.
    fn weekday_income(&self) -> [i64; 7] {
        let mut incomes: Vec<i64> = self.income.iter().copied().filter(|&amount| amount > 0).collect();
        let usual = median(&mut incomes).unwrap_or(0);
        let mut expected = [0; 7];
        for (weekday, expected) in expected.iter_mut().enumerate() {
            let of_weekday = || (self.first..).zip(&self.income).filter(move |&(day, _)| calendar::weekday(day) == weekday);
            let mut incomes: Vec<i64> = of_weekday().map(|(_, &amount)| amount).filter(|&amount| amount > 0).collect();
            let own = if incomes.len() < WEEKDAY_INCOMES_MIN { None } else { median(&mut incomes) };
            *expected = scale(own.unwrap_or(usual), count(incomes.len()), count(of_weekday().count()));
        }
        expected
    }

    /// The mean, where no day counts for more than nine of ten do: a hospital's bill is not usual, and
    /// a median would forget the weekly groceries.
    fn daily_spending(&self) -> i64 {
        let mut sorted = self.spending.clone();
        sorted.sort_unstable();
        let Some(&most) = sorted.get(sorted.len() * 9 / 10) else { return 0 };
        sum(sorted.iter().map(|&amount| amount.min(most))) / count(sorted.len()).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recurring::bills;
    use crate::testing::{income, paid, spent};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 21);

    fn day(before_today: i64) -> Date {
        calendar::plus(TODAY, -before_today)
    }

    /// Eight weeks of 800 rupees a day, Sundays free, of which 500 are spent.
    fn steady() -> Vec<Movement> {
        let works = |&back: &i64| calendar::weekday(calendar::number(day(back))) != 6;
        let mut history: Vec<Movement> = (1..=56).filter(works).map(|back| income(day(back), 80_000)).collect();
        history.extend((1..=56).map(|back| paid(day(back), 50_000, 7)));
        history
    }

    fn rent(history: &mut Vec<Movement>, amount: i64) {
        for month in [date(2026, 8, 25), date(2026, 9, 25), date(2026, 10, 25)] {
            history.push(paid(month, amount, 9));
        }
    }

    #[test]
    fn who_earns_more_than_is_spent_is_not_short() {
        let ahead = runway(10_000, &steady(), &[], TODAY).unwrap();
        assert_eq!((ahead.weekday_income, ahead.daily_spending), ([80_000, 80_000, 80_000, 80_000, 80_000, 80_000, 0], 50_000));
        // Tomorrow is a Sunday, and 100 rupees are not enough for it.
        assert_eq!(ahead.short, Some(Point { day: day(-1), amount: 40_000 }));
        assert_eq!(ahead.days_until_short(TODAY), Some(1));
        let ahead = runway(50_000, &steady(), &[], TODAY).unwrap();
        assert_eq!((ahead.short, ahead.low), (None, Point { day: day(-1), amount: 0 }));
    }

    #[test]
    fn a_rent_that_is_due_makes_the_day_short() {
        let mut history = steady();
        rent(&mut history, 600_000);
        let bills = bills(&history, TODAY);
        assert_eq!(bills.len(), 1);
        let ahead = runway(300_000, &history, &bills, TODAY).unwrap();
        // 3,000 - 500 (Sunday) + 2 · 300 until Tuesday evening; then the rent of Wednesday the 25th.
        assert_eq!(ahead.short, Some(Point { day: date(2026, 11, 25), amount: 600_000 - 310_000 }));
        assert_eq!(ahead.low, Point { day: date(2026, 11, 25), amount: -290_000 });
        assert_eq!(ahead.daily_spending, 50_000);
        assert_eq!(runway(600_000, &history, &bills, TODAY).unwrap().short, None);
    }

    #[test]
    fn a_bill_that_is_late_is_due_today() {
        let mut history = steady();
        rent(&mut history, 600_000);
        let today = date(2026, 11, 27);
        history.extend((0..6).map(|back| paid(calendar::plus(today, -back), 50_000, 7)));
        let bills = bills(&history, today);
        assert_eq!(bills.first().map(|bill| bill.next_due), Some(date(2026, 11, 25)));
        let ahead = runway(500_000, &history, &bills, today).unwrap();
        assert_eq!(ahead.short, Some(Point { day: today, amount: 100_000 }));
    }

    #[test]
    fn a_weekly_payout_is_expected_on_its_day_alone() {
        let history: Vec<Movement> = (1..=56)
            .filter(|&back| calendar::weekday(calendar::number(day(back))) == 2)
            .map(|back| income(day(back), 560_000))
            .chain((1..=56).map(|back| spent(day(back), 50_000)))
            .collect();
        let ahead = runway(0, &history, &[], TODAY).unwrap();
        assert_eq!(ahead.weekday_income, [0, 0, 560_000, 0, 0, 0, 0]);
        assert_eq!(ahead.short, Some(Point { day: day(-1), amount: 50_000 }));
    }

    #[test]
    fn a_friends_loan_and_a_hospitals_bill_are_not_usual() {
        let mut history = steady();
        history.push(Movement { is_platform: false, ..income(day(3), 5_000_000) });
        history.push(paid(day(2), 4_000_000, 8));
        let usual = runway(100_000, &steady(), &[], TODAY).unwrap();
        assert_eq!(runway(100_000, &history, &[], TODAY).unwrap(), usual);
    }

    #[test]
    fn of_little_history_nothing_is_told() {
        assert_eq!(runway(100, &[], &[], TODAY), None);
        let week: Vec<Movement> = steady().into_iter().filter(|movement| movement.day > day(14)).collect();
        assert_eq!(runway(100, &week, &[], TODAY), None);
    }

    #[test]
    fn sums_that_do_not_fit_do_not_turn_round() {
        let mut history = steady();
        history.extend((1..=14).map(|back| spent(day(back), i64::MAX)));
        let ahead = runway(i64::MIN, &history, &[], TODAY).unwrap();
        assert_eq!(ahead.low.amount, i64::MIN);
        assert_eq!(ahead.short, Some(Point { day: TODAY, amount: i64::MAX }));
        assert!(runway(i64::MAX, &steady(), &[], TODAY).unwrap().short.is_none());
        assert_eq!(runway(0, &steady(), &[], Date::MAX).map(|ahead| ahead.daily_spending), Some(0));
    }
}
