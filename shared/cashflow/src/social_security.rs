//! The days of work that open the schemes of the Code on Social Security, 2020.
//!
//! Ninety days with one aggregator or 120 with several, in the *last* financial year: so days count
//! from April to March, and help from the next April on. A day counts if anything was earned, and once
//! for each aggregator. Age (16 to 59) is not looked at: the caller knows it.

use crate::calendar;
use crate::movement::WorkDay;
use crate::statistics::count;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// With one aggregator.
pub const DAYS_SINGLE: u32 = 90;
/// With several, each day counted once for each.
pub const DAYS_MULTI: u32 = 120;

/// April to March.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FinancialYear {
    /// The year of its April.
    pub starts: i16,
}

impl FinancialYear {
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self { starts: if day.month() >= 4 { day.year() } else { day.year() - 1 } }
    }

    #[must_use]
    pub fn first_day(self) -> Date {
        calendar::day_of(i64::from(self.starts) * 12 + 3, 1)
    }

    #[must_use]
    pub fn last_day(self) -> Date {
        calendar::day_of(i64::from(self.starts) * 12 + 14, 31)
    }
}

/// What was worked in a financial year, and what is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocialSecurity {
    pub year: FinancialYear,
    /// The platform with most days; of several, the first by name.
    pub platform: Option<String>,
    /// The days with that one.
    pub single: u32,
    /// The days with all of them together.
    pub multi: u32,
    pub is_eligible: bool,
    /// Nothing where it is reached by one of the two.
    pub missing_single: u32,
    pub missing_multi: u32,
    /// Days from today through 31 March on which one can still earn: today counts unless it has earned.
    pub days_left: u32,
    /// Days that still can be added: `days_left` for each platform that has been worked for.
    pub multi_left: u32,
}

impl SocialSecurity {
    /// The fewest counted days that are missing.
    #[must_use]
    pub fn missing(&self) -> u32 {
        self.missing_single.min(self.missing_multi)
    }

    /// Whether it is reached, or can be with the platforms that are worked for.
    #[must_use]
    pub fn is_within_reach(&self) -> bool {
        self.is_eligible || self.missing_single <= self.days_left || self.missing_multi <= self.multi_left
    }
}

/// Counts the days of `year` up to `today`.
#[must_use]
pub fn ss_days(days: &[WorkDay], year: FinancialYear, today: Date) -> SocialSecurity {
    let mut dates: BTreeMap<&str, BTreeSet<Date>> = BTreeMap::new();
    for work in days.iter().filter(|work| work.earned > 0 && work.day <= today && FinancialYear::of(work.day) == year) {
        dates.entry(&work.platform).or_default().insert(work.day);
    }
    let (mut platform, mut single, mut multi) = (None, 0, 0_u32);
    for (&code, dates) in &dates {
        let worked = as_days(count(dates.len()));
        multi = multi.saturating_add(worked);
        if worked > single {
            (platform, single) = (Some(code.to_owned()), worked);
        }
    }
    let left = calendar::days_between(today.max(year.first_day()), year.last_day()) + 1;
    let earned_today = |dates: &BTreeSet<Date>| dates.contains(&today);
    let best_today = platform.as_deref().and_then(|code| dates.get(code)).is_some_and(earned_today);
    let platforms = count(dates.len()).max(1);
    let multi_today = count(dates.values().filter(|dates| earned_today(dates)).count());
    let is_eligible = single >= DAYS_SINGLE || multi >= DAYS_MULTI;
    let missing = |needed: u32, worked: u32| if is_eligible { 0 } else { needed.saturating_sub(worked) };
    SocialSecurity {
        year,
        platform,
        single,
        multi,
        is_eligible,
        missing_single: missing(DAYS_SINGLE, single),
        missing_multi: missing(DAYS_MULTI, multi),
        days_left: as_days(left - i64::from(best_today)),
        multi_left: as_days(left.max(0) * platforms - multi_today),
    }
}

/// None of less than none.
fn as_days(days: i64) -> u32 {
    u32::try_from(days.max(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::worked;
    use jiff::civil::date;

    const YEAR: FinancialYear = FinancialYear { starts: 2026 };
    const LAST: Date = date(2027, 3, 31);

    /// The first `days` days of the year from the `from`-th on.
    fn run(platform: &str, from: i64, days: i64) -> Vec<WorkDay> {
        (from..from + days).map(|n| worked(calendar::plus(YEAR.first_day(), n), platform, 50_000, 400)).collect()
    }

    fn figures(days: &[WorkDay]) -> (u32, u32, bool) {
        let counted = ss_days(days, YEAR, LAST);
        (counted.single, counted.multi, counted.is_eligible)
    }

    #[test]
    fn ninety_dates_with_uber_are_enough() {
        assert_eq!(figures(&run("uber", 0, 90)), (90, 90, true));
    }

    #[test]
    fn sixty_and_fifty_nine_on_the_same_dates_are_119_and_not_enough() {
        assert_eq!(figures(&[run("uber", 0, 60), run("swiggy", 0, 59)].concat()), (60, 119, false));
    }

    #[test]
    fn sixty_and_sixty_are_enough() {
        assert_eq!(figures(&[run("uber", 0, 60), run("swiggy", 0, 60)].concat()), (60, 120, true));
        assert_eq!(figures(&[run("uber", 0, 60), run("swiggy", 100, 60)].concat()), (60, 120, true));
    }

    #[test]
    fn eighty_nine_with_uber_alone_are_not_enough() {
        assert_eq!(figures(&run("uber", 0, 89)), (89, 89, false));
    }

    #[test]
    fn forty_dates_with_three_are_120_and_enough() {
        assert_eq!(figures(&[run("uber", 0, 40), run("swiggy", 0, 40), run("zepto", 0, 40)].concat()), (40, 120, true));
    }

    #[test]
    fn a_date_without_income_does_not_count() {
        let mut days = run("uber", 0, 89);
        days.push(worked(date(2027, 1, 1), "uber", 0, 400));
        days.push(worked(date(2027, 1, 2), "uber", -5_000, 0));
        assert_eq!(figures(&days), (89, 89, false));
        // A correction does not undo that something was earned that day, and a date counts once.
        days.push(worked(date(2026, 4, 1), "uber", -5_000, 0));
        days.push(worked(date(2026, 4, 1), "uber", 70_000, 90));
        assert_eq!(figures(&days), (89, 89, false));
    }

    #[test]
    fn a_financial_year_ends_with_march() {
        assert_eq!(FinancialYear::of(date(2027, 3, 31)), YEAR);
        assert_eq!(FinancialYear::of(date(2027, 4, 1)), FinancialYear { starts: 2027 });
        assert_eq!(FinancialYear::of(date(2028, 2, 29)), FinancialYear { starts: 2027 });
        assert_eq!((YEAR.first_day(), YEAR.last_day()), (date(2026, 4, 1), LAST));
        let mut days = run("uber", 0, 89);
        days.push(worked(date(2026, 3, 31), "uber", 50_000, 400));
        days.push(worked(date(2027, 4, 1), "uber", 50_000, 400));
        assert_eq!(figures(&days), (89, 89, false));
        days.push(worked(LAST, "uber", 50_000, 400));
        assert_eq!(figures(&days), (90, 90, true));
    }

    #[test]
    fn what_is_missing_until_the_end_of_march() {
        let days = [run("uber", 0, 80), run("swiggy", 0, 30)].concat();
        let counted = ss_days(&days, YEAR, date(2027, 3, 22));
        assert_eq!((counted.missing_single, counted.missing_multi, counted.missing()), (10, 10, 10));
        assert_eq!((counted.days_left, counted.multi_left, counted.is_within_reach()), (10, 20, true));
        let counted = ss_days(&run("uber", 0, 80), YEAR, date(2027, 3, 23));
        assert_eq!((counted.days_left, counted.is_within_reach()), (9, false));
        // Who has earned today cannot add today once more.
        let mut days = run("uber", 0, 79);
        days.push(worked(date(2027, 3, 22), "uber", 100, 10));
        let counted = ss_days(&days, YEAR, date(2027, 3, 22));
        assert_eq!((counted.missing_single, counted.days_left, counted.is_within_reach()), (10, 9, false));
        let reached = ss_days(&run("uber", 0, 200), YEAR, LAST);
        assert_eq!((reached.missing(), reached.platform.as_deref()), (0, Some("uber")));
    }

    #[test]
    fn years_that_are_over_or_to_come_have_their_days() {
        let over = ss_days(&run("uber", 0, 89), YEAR, date(2027, 4, 1));
        assert_eq!((over.single, over.days_left, over.is_within_reach()), (89, 0, false));
        let leap = ss_days(&[], FinancialYear { starts: 2027 }, date(2027, 4, 1));
        assert_eq!((leap.days_left, leap.platform.as_deref(), leap.missing()), (366, None, 90));
        assert_eq!(ss_days(&[], FinancialYear { starts: i16::MAX }, Date::MAX).single, 0);
        assert_eq!(ss_days(&[], FinancialYear { starts: i16::MIN }, Date::MIN).single, 0);
    }
}
