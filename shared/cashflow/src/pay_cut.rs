//! Whether a platform pays a worker less per hour than it did, and since when.
//!
//! The worker's own days are compared, in ranks (Mann–Whitney), so neither a day of great luck nor
//! the platform's average matters. What each weekday usually brings is taken out first.

use crate::calendar;
use crate::movement::WorkDay;
use crate::statistics::{count, median, scale, sum};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;

/// How far back days are compared, in weeks.
const WEEKS_MAX: i64 = 26;
/// A fall of fewer weeks is not told.
const WEEKS_AFTER_MIN: usize = 3;
const WEEKS_BEFORE_MIN: usize = 6;
const DAYS_AFTER_MIN: usize = 9;
const DAYS_BEFORE_MIN: usize = 24;
/// Of a shorter day the rate says little.
const MINUTES_MIN: i64 = 60;
/// A smaller fall is not told, in thousandths.
const FALL_MIN: i64 = 50;
/// How often a weekday must have been worked. Others are left out: nobody knows what they usually bring.
const WEEKDAY_DAYS_MIN: usize = 4;
/// In thousandths of a standard deviation. Weeks are looked at one after the other and at each week a
/// cut may have begun, so chance has many tries: this bar keeps all of them together below 2 %.
const SCORE_MIN: i64 = 3_050;
/// Steady work shows it in 1.4 % of half years, and the one above in 3.7 % (`tests/pay.rs`).
const SCORE_SURE: i64 = 3_400;
/// By so much more, in the same unit, a younger fall explains the days.
const YOUNGER_SCORE: i64 = 700;
/// The last week is so much above the rest of the fall that it seems over.
const RECOVERY_SCORE: i64 = 2_300;

/// A platform pays less per hour than it did.
#[derive(Clone, PartialEq, Eq)]
pub struct PayCut {
    pub platform: String,
    /// The Monday of the first week with less.
    pub since: Date,
    /// The median day's pay of an hour before, in paise, without what is a weekday's own.
    pub before_per_hour: i64,
    pub after_per_hour: i64,
    /// In thousandths of what it was.
    pub fall_permille: u16,
    pub days_before: u32,
    pub days_after: u32,
    /// In how many of a hundred half years of steady work no week looks like this.
    pub sure_percent: u8,
}

impl fmt::Debug for PayCut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PayCut")
            .field("platform", &self.platform)
            .field("since", &self.since)
            .field("sure_percent", &self.sure_percent)
            .finish_non_exhaustive()
    }
}

/// The cuts in force, by platform. Whole weeks before that of `today` are compared.
pub fn pay_cuts(days: &[WorkDay], today: Date) -> Vec<PayCut> {
    let end = calendar::week(calendar::number(today));
    by_platform(days, end).into_iter().filter_map(|(platform, days)| cut(platform, &days)).collect()
}

/// A day's rate in paise per hour.
#[derive(Clone, Copy)]
struct Rate {
    day: i64,
    paise: i64,
}

/// Sums of each day, of whole weeks only. A day of which not all minutes are known has no rate.
fn by_platform(days: &[WorkDay], end: i64) -> BTreeMap<&str, Vec<Rate>> {
    let mut sums: BTreeMap<(&str, i64), (i64, Option<i64>)> = BTreeMap::new();
    for work in days {
        let day = calendar::number(work.day);
        let week = calendar::week(day);
        if week >= end || week < end - WEEKS_MAX {
            continue;
        }
        let sum = sums.entry((&work.platform, day)).or_insert((0, Some(0)));
        sum.0 = sum.0.saturating_add(work.earned);
        sum.1 = sum.1.zip(work.minutes).map(|(minutes, more)| minutes + i64::from(more));
    }
    let mut rates: BTreeMap<&str, Vec<Rate>> = BTreeMap::new();
    for ((platform, day), (earned, minutes)) in sums {
        if let Some(minutes) = minutes.filter(|&minutes| minutes >= MINUTES_MIN) {
            rates.entry(platform).or_default().push(Rate { day, paise: scale(earned.max(0), 60, minutes) });
        }
    }
    rates
}

fn cut(platform: &str, rates: &[Rate]) -> Option<PayCut> {
    let rates = without_weekdays(rates);
    let ranks = Ranks::of(&rates);
    let starts = week_starts(&rates);
    let is_long = |&at: &usize| {
        let weeks = starts.partition_point(|&start| start < at);
        weeks >= WEEKS_BEFORE_MIN && starts.len() - weeks >= WEEKS_AFTER_MIN && at >= DAYS_BEFORE_MIN && rates.len() - at >= DAYS_AFTER_MIN
    };
    let splits = starts.iter().copied().filter(is_long);
    let (score, at) = splits.filter_map(|at| Some((fall_score(&rates, &ranks, at)?, at))).max()?;
    // If the fall seems to have begun in one of the last weeks, it is still too young.
    let younger = starts.iter().filter(|&&start| start > at && !is_long(&start)).map(|&start| ranks.score(start)).max();
    let is_young = younger.is_some_and(|younger| younger >= score + YOUNGER_SCORE);
    if score < SCORE_MIN || is_young || is_recovering(rates.get(at..)?) {
        return None;
    }
    let (before, after) = levels(&rates, at)?;
    let since = calendar::monday(calendar::week(rates.get(at)?.day));
    Some(PayCut {
        platform: platform.to_owned(),
        since: calendar::date(since),
        before_per_hour: before,
        after_per_hour: after,
        fall_permille: u16::try_from(fall(before, after)).unwrap_or(u16::MAX),
        days_before: u32::try_from(at).unwrap_or(u32::MAX),
        days_after: u32::try_from(rates.len() - at).unwrap_or(u32::MAX),
        sure_percent: if score < SCORE_SURE { 96 } else { 98 },
    })
}

/// Each day's rate at the level of an average weekday.
fn without_weekdays(rates: &[Rate]) -> Vec<Rate> {
    let Some(level) = usual_rate(rates.iter().map(|rate| rate.paise).collect()) else { return Vec::new() };
    let mut of_weekday: [Vec<i64>; 7] = Default::default();
    for rate in rates {
        if let Some(list) = of_weekday.get_mut(calendar::weekday(rate.day)) {
            list.push(rate.paise);
        }
    }
    let usual = of_weekday.map(|list| if list.len() < WEEKDAY_DAYS_MIN { None } else { usual_rate(list).filter(|&usual| usual > 0) });
    let adjusted = |rate: &Rate| {
        let usual = usual.get(calendar::weekday(rate.day)).copied().flatten()?;
        Some(Rate { day: rate.day, paise: scale(rate.paise, level, usual) })
    };
    rates.iter().filter_map(adjusted).collect()
}

/// The mean without the least and the greatest eighth: of few days it is steadier than a median.
fn usual_rate(mut paise: Vec<i64>) -> Option<i64> {
    paise.sort_unstable();
    let cut = paise.len().div_ceil(8);
    let middle = paise.get(cut..paise.len().checked_sub(cut)?)?;
    sum(middle.iter().copied()).checked_div(count(middle.len()))
}

/// Where each week begins.
fn week_starts(rates: &[Rate]) -> Vec<usize> {
    let week = |at: usize| rates.get(at).map(|rate| calendar::week(rate.day));
    (0..rates.len()).filter(|&at| at == 0 || week(at) != week(at - 1)).collect()
}

/// Twice each day's rank from below, so that shared ranks stay whole; and what ties take from the variance.
struct Ranks {
    doubled: Vec<i64>,
    ties: i64,
}

impl Ranks {
    fn of(rates: &[Rate]) -> Self {
        let mut order: Vec<usize> = (0..rates.len()).collect();
        let paise = |&at: &usize| rates.get(at).map_or(0, |rate| rate.paise);
        order.sort_by_key(paise);
        let (mut doubled, mut ties, mut below) = (vec![0; rates.len()], 0, 0_i64);
        for tied in order.chunk_by(|a, b| paise(a) == paise(b)) {
            let tied_count = count(tied.len());
            for &at in tied {
                if let Some(rank) = doubled.get_mut(at) {
                    *rank = 2 * below + tied_count + 1;
                }
            }
            ties += tied_count.pow(3) - tied_count;
            below += tied_count;
        }
        Self { doubled, ties }
    }

    /// By how many standard deviations, in thousandths, the days from `at` on rank below the others.
    fn score(&self, at: usize) -> i64 {
        let (all, before) = (count(self.doubled.len()), count(at));
        let after = all - before;
        let ranks: i64 = self.doubled.iter().skip(at).sum();
        let below = i128::from(after * (all + 1) - ranks);
        let variance = i128::from(before) * i128::from(after) * i128::from(all.pow(3) - all - self.ties);
        // (below / 2)² / (before · after · (n³ - n - ties) / (12 · n · (n - 1)))
        let Some(square) = (below * below * 3_000_000 * i128::from(all * (all - 1))).checked_div(variance) else { return 0 };
        let score = i64::try_from(square.unsigned_abs().isqrt()).unwrap_or(i64::MAX);
        if below < 0 { -score } else { score }
    }
}

fn fall_score(rates: &[Rate], ranks: &Ranks, at: usize) -> Option<i64> {
    let (before, after) = levels(rates, at)?;
    (fall(before, after) >= FALL_MIN).then(|| ranks.score(at))
}

fn levels(rates: &[Rate], at: usize) -> Option<(i64, i64)> {
    let (before, after) = rates.split_at_checked(at)?;
    let level = |rates: &[Rate]| median(&mut rates.iter().map(|rate| rate.paise).collect::<Vec<_>>());
    level(before).zip(level(after))
}

/// In thousandths.
fn fall(before: i64, after: i64) -> i64 {
    scale(before.saturating_sub(after), 1_000, before)
}

/// Whether the last week is clearly above the weeks of the fall before it.
fn is_recovering(after: &[Rate]) -> bool {
    let Some(last) = after.last().map(|rate| calendar::week(rate.day)) else { return false };
    let at = after.partition_point(|rate| calendar::week(rate.day) < last);
    at > 0 && Ranks::of(after).score(at) <= -RECOVERY_SCORE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::worked;
    use jiff::civil::date;

    /// A Monday.
    const FIRST: Date = date(2026, 6, 1);

    /// Days of 8 hours; how much they differ is no chance: thirteen steps of one hundredth.
    fn weeks(count: i64, rate: impl Fn(i64, usize) -> i64) -> Vec<WorkDay> {
        (0..count * 7)
            .map(|n| {
                let day = calendar::plus(FIRST, n);
                let weekday = calendar::weekday(calendar::number(day));
                worked(day, "swiggy", rate(n / 7, weekday) * 8 * (94 + n * 5 % 13) / 100, 480)
            })
            .collect()
    }

    fn found(days: &[WorkDay], week: i64) -> Vec<PayCut> {
        pay_cuts(days, calendar::plus(FIRST, week * 7))
    }

    #[test]
    fn a_cut_is_told_with_its_week_and_both_rates() {
        let days = weeks(14, |week, _| if week < 11 { 12_000 } else { 10_200 });
        let [cut] = &found(&days, 14)[..] else { panic!("not one") };
        assert_eq!((cut.since, cut.platform.as_str(), cut.sure_percent), (calendar::plus(FIRST, 77), "swiggy", 98));
        assert!((11_900..=12_100).contains(&cut.before_per_hour) && (10_100..=10_300).contains(&cut.after_per_hour));
        assert!((140..=160).contains(&cut.fall_permille), "{}", cut.fall_permille);
        assert_eq!((cut.days_before, cut.days_after), (77, 21));
    }

    #[test]
    fn a_fall_of_two_weeks_or_of_less_than_a_twentieth_is_not_told() {
        let days = weeks(14, |week, _| if week < 11 { 12_000 } else { 9_000 });
        assert_eq!(found(&days, 13), []);
        // The third week is not over on its Sunday.
        assert_eq!(pay_cuts(&days, calendar::plus(FIRST, 14 * 7 - 1)), []);
        assert_eq!(found(&days, 14).len(), 1);
        assert_eq!(found(&weeks(14, |week, _| if week < 8 { 12_000 } else { 11_500 }), 14), []);
    }

    #[test]
    fn weeks_that_are_over_are_no_cut() {
        let dip = weeks(16, |week, _| if (11..13).contains(&week) { 7_500 } else { 12_000 });
        assert!((12..=16).all(|week| found(&dip, week).is_empty()));
    }

    #[test]
    fn a_rise_is_no_cut() {
        assert_eq!(found(&weeks(14, |week, _| if week < 11 { 12_000 } else { 14_000 }), 14), []);
    }

    #[test]
    fn who_changes_from_weekends_to_weekdays_is_not_paid_less() {
        let rate = |_, weekday| if weekday >= 5 { 15_000 } else { 11_000 };
        let is_weekend = |work: &WorkDay| calendar::weekday(calendar::number(work.day)) >= 4;
        for week in 13..=20 {
            let days: Vec<WorkDay> =
                weeks(20, rate).into_iter().filter(|work| is_weekend(work) == (work.day < calendar::plus(FIRST, 70))).collect();
            assert_eq!(found(&days, week), []);
        }
    }

    #[test]
    fn platforms_are_looked_at_each_for_itself() {
        let fallen = weeks(14, |week, _| if week < 11 { 12_000 } else { 10_000 });
        let steady = weeks(14, |_, _| 20_000).into_iter().map(|work| WorkDay { platform: "zomato".into(), ..work });
        let both: Vec<WorkDay> = fallen.into_iter().chain(steady).collect();
        assert_eq!(found(&both, 14).iter().map(|cut| cut.platform.as_str()).collect::<Vec<_>>(), ["swiggy"]);
    }

    #[test]
    fn a_day_of_several_facts_is_one_and_without_its_minutes_it_is_none() {
        let days = weeks(14, |week, _| if week < 11 { 12_000 } else { 10_000 });
        let halves: Vec<WorkDay> = days
            .iter()
            .flat_map(|work| {
                let half = WorkDay { earned: work.earned / 2, minutes: Some(240), ..work.clone() };
                [half.clone(), half]
            })
            .collect();
        assert_eq!(found(&halves, 14), found(&days, 14));
        let unknown: Vec<WorkDay> = days.iter().map(|work| WorkDay { minutes: None, ..work.clone() }).collect();
        assert_eq!(found(&unknown, 14), []);
    }

    #[test]
    fn what_says_nothing_says_nothing() {
        assert_eq!(found(&[], 14), []);
        assert_eq!(found(&weeks(14, |_, _| 0), 14), []);
        assert_eq!(found(&weeks(2, |_, _| 12_000), 2), []);
        let greatest: Vec<WorkDay> =
            weeks(14, |_, _| 0).into_iter().map(|work| WorkDay { earned: i64::MAX, minutes: Some(u32::MAX), ..work }).collect();
        assert_eq!(found(&greatest, 14), []);
        let least: Vec<WorkDay> = greatest.into_iter().map(|work| WorkDay { earned: i64::MIN, ..work }).collect();
        assert_eq!(found(&least, 14), []);
        assert_eq!(pay_cuts(&weeks(14, |_, _| 1), Date::MAX), []);
    }
}
