//! What came in and went out: today, this week, this month.

use crate::calendar;
use crate::movement::{Movement, known};
use jiff::civil::Date;
use std::fmt;

/// Sums of a period, in paise.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    pub income: i64,
    pub expenses: i64,
}

/// From each period's first day through today.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PeriodTotals {
    pub today: Totals,
    /// From Monday on.
    pub week: Totals,
    pub month: Totals,
}

impl Totals {
    /// What is left of the income; below nothing where more was spent.
    #[must_use]
    pub fn left(&self) -> i64 {
        self.income.saturating_sub(self.expenses)
    }

    fn add(&mut self, movement: &Movement) {
        let sum = if movement.is_in { &mut self.income } else { &mut self.expenses };
        *sum = sum.saturating_add(movement.amount);
    }
}

impl fmt::Debug for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Totals").finish_non_exhaustive()
    }
}

impl fmt::Debug for PeriodTotals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PeriodTotals").finish_non_exhaustive()
    }
}

#[must_use]
pub fn totals(movements: &[Movement], today: Date) -> PeriodTotals {
    let monday = calendar::date(calendar::monday(calendar::week(calendar::number(today))));
    let mut sums = PeriodTotals { today: Totals::default(), week: Totals::default(), month: Totals::default() };
    for movement in known(movements, today) {
        if movement.day == today {
            sums.today.add(movement);
        }
        if movement.day >= monday {
            sums.week.add(movement);
        }
        if movement.day >= today.first_of_month() {
            sums.month.add(movement);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{income, spent};
    use jiff::civil::date;

    fn figures(totals: Totals) -> (i64, i64, i64) {
        (totals.income, totals.expenses, totals.left())
    }

    #[test]
    fn a_week_goes_from_monday_to_sunday_and_a_month_by_the_calendar() {
        // 30 November 2026 is a Monday, 1 December its Tuesday.
        let history = [
            income(date(2026, 11, 29), 70_000),
            income(date(2026, 11, 30), 50_000),
            spent(date(2026, 11, 30), 20_000),
            income(date(2026, 12, 1), 40_000),
            spent(date(2026, 12, 1), 45_000),
        ];
        let sums = totals(&history, date(2026, 12, 1));
        assert_eq!(figures(sums.today), (40_000, 45_000, -5_000));
        assert_eq!(figures(sums.week), (90_000, 65_000, 25_000));
        assert_eq!(figures(sums.month), (40_000, 45_000, -5_000));
        let before = totals(&history, date(2026, 11, 30));
        assert_eq!(figures(before.week), (50_000, 20_000, 30_000));
        assert_eq!(figures(before.month), (120_000, 20_000, 100_000));
    }

    #[test]
    fn a_leap_days_month_and_week_have_it() {
        let history = [spent(date(2028, 2, 29), 100), spent(date(2028, 2, 1), 10)];
        assert_eq!(totals(&history, date(2028, 2, 29)).month.expenses, 110);
        let sums = totals(&history, date(2028, 3, 1));
        assert_eq!((sums.month.expenses, sums.week.expenses), (0, 100));
    }

    #[test]
    fn what_is_no_amount_or_has_not_happened_does_not_count() {
        let today = date(2026, 11, 21);
        let history = [spent(today, 0), spent(today, -500), income(today, i64::MIN), income(date(2026, 11, 22), 900)];
        assert_eq!(figures(totals(&history, today).month), (0, 0, 0));
        assert_eq!(figures(totals(&[], today).week), (0, 0, 0));
    }

    #[test]
    fn sums_that_do_not_fit_stay_the_greatest() {
        let today = date(2026, 11, 21);
        let history = [income(today, i64::MAX), income(today, i64::MAX), spent(today, i64::MAX), spent(today, 1)];
        assert_eq!(figures(totals(&history, today).today), (i64::MAX, i64::MAX, 0));
        assert_eq!(figures(totals(&history, Date::MAX).today), (0, 0, 0));
        assert_eq!(figures(totals(&history, Date::MIN).today), (0, 0, 0));
    }
}
