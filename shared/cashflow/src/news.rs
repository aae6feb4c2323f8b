//! Which of an analysis is news: something changed, it matters, and it was not told yet.
//!
//! What was told is a state of plain fields that the caller keeps. The same analysis after the state
//! that it led to is never news.

use crate::analysis::Analysis;
use crate::calendar;
use crate::pay_cut::PayCut;
use crate::recurring::{Bill, Payee};
use crate::rhythm::Rhythm;
use crate::runway::{Point, Runway};
use crate::social_security::{FinancialYear, SocialSecurity};
use crate::statistics::{fingerprint, scale};
use crate::unusual::Unusual;
use jiff::civil::Date;
use std::fmt;

/// A bill is told so many days before it is due,
const BILL_DAYS: i64 = 3;
/// a weekly one the day before.
const BILL_DAYS_WEEKLY: i64 = 1;
/// Smaller bills are not told: ₹100, in paise.
const BILL_MIN: i64 = 10_000;
/// One that may be none is shown, not told.
const BILL_CONFIDENCE_PERCENT_MIN: u8 = 75;
/// Short is told when it is so near, in days: what lies farther ahead is guessed too roughly.
const SHORT_DAYS: i64 = 14;
/// And from ₹100 on that are missing at the lowest; it is over with ₹100 to spare.
const SHORT_MIN: i64 = 10_000;
/// It is told again if it has come nearer by so many days.
const SHORT_NEARER_DAYS: i64 = 3;
/// It went away if it is not within sight, or so many days later than was told and than today.
const SHORT_AWAY_DAYS: i64 = 14;
/// The same cut is seen to begin a week or two earlier or later as days are added.
const CUT_SAME_DAYS: i64 = 28;
/// A further fall of what was told, in thousandths. Medians of few weeks differ by half of it by chance.
const CUT_DEEPER: i64 = 100;
/// Amounts of one bill, in hundredths of each other: a payee may have several.
const BILL_SAME: i64 = 170;
/// Told when so few days are missing.
const SOCIAL_SECURITY_NEAR_DAYS: u32 = 10;
/// How long it is known what was told, in days. Nothing older can be told again.
const KEPT_DAYS: i64 = 60;
const CUT_KEPT_DAYS: i64 = 400;

/// What a person is to be told.
#[derive(Clone, PartialEq, Eq)]
pub enum Notice {
    /// There will be less than nothing on `day`; `by` is what is missing then, in paise, and `low` the
    /// least that there will be in the days ahead. Warnings are counted, since one that went away may
    /// come back with the same day.
    ShortSoon {
        day: Date,
        by: i64,
        low: Point,
        warning: u32,
    },
    Unusual(Unusual),
    BillDue {
        payee: Payee,
        what: String,
        due: Date,
        amount: i64,
    },
    PayCut(PayCut),
    SocialSecurity {
        year: FinancialYear,
        milestone: Milestone,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Milestone {
    /// So many days are missing, and there are enough left.
    Near {
        missing: u32,
    },
    Reached,
}

/// What was told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The day that was told to be short. None once it went away.
    pub short: Option<Date>,
    /// How many such warnings there were.
    pub short_warnings: u32,
    pub bills: Vec<ToldBill>,
    pub unusual: Vec<ToldDebit>,
    pub pay_cuts: Vec<ToldCut>,
    /// The years of which each was told.
    pub social_security_near: Option<FinancialYear>,
    pub social_security_reached: Option<FinancialYear>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ToldBill {
    /// [`Payee::key`].
    pub payee: u64,
    pub due: Date,
    pub amount: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ToldDebit {
    pub key: u64,
    pub day: Date,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ToldCut {
    pub platform: String,
    pub since: Date,
    pub after_per_hour: i64,
}

impl Notice {
    /// The same for the same news, and for no other.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::ShortSoon { day, warning, .. } => format!("short:{warning}:{day}"),
            Self::Unusual(debit) => format!("unusual:{:016x}", debit.key),
            Self::BillDue { payee, due, amount, .. } => {
                let stream = payee.key().to_le_bytes().into_iter().chain(amount.to_le_bytes());
                format!("bill:{:016x}:{due}", fingerprint(stream))
            }
            Self::PayCut(cut) => format!("pay-cut:{}:{}", cut.platform, cut.since),
            Self::SocialSecurity { year, milestone: Milestone::Near { .. } } => format!("social-security:{}:near", year.starts),
            Self::SocialSecurity { year, milestone: Milestone::Reached } => format!("social-security:{}:reached", year.starts),
        }
    }
}

impl fmt::Debug for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ShortSoon { day, .. } => f.debug_struct("ShortSoon").field("day", day).finish_non_exhaustive(),
            Self::Unusual(debit) => debit.fmt(f),
            Self::BillDue { due, .. } => f.debug_struct("BillDue").field("due", due).finish_non_exhaustive(),
            Self::PayCut(cut) => cut.fmt(f),
            Self::SocialSecurity { year, milestone } => {
                f.debug_struct("SocialSecurity").field("year", &year.starts).field("milestone", milestone).finish()
            }
        }
    }
}

impl fmt::Debug for ToldBill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ToldBill").field("due", &self.due).finish_non_exhaustive()
    }
}

impl fmt::Debug for ToldCut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ToldCut").field("platform", &self.platform).field("since", &self.since).finish_non_exhaustive()
    }
}

/// What is to be told of an analysis, the most pressing first, and what will then have been told.
#[must_use]
pub fn news(told: &Told, analysis: &Analysis) -> (Vec<Notice>, Told) {
    let today = analysis.today;
    let mut told = told.clone();
    let mut notices = Vec::new();
    if let Some(runway) = &analysis.runway {
        notices.extend(short_soon(&mut told, runway, today));
    }
    notices.extend(analysis.unusual.iter().filter_map(|debit| unusual(&mut told.unusual, debit)));
    notices.extend(analysis.bills.iter().filter_map(|bill| bill_due(&mut told.bills, bill, today)));
    notices.extend(analysis.pay_cuts.iter().filter_map(|cut| pay_cut(&mut told.pay_cuts, cut)));
    notices.extend(social_security(&mut told, &analysis.social_security));
    told.forget(today);
    (notices, told)
}

fn short_soon(told: &mut Told, runway: &Runway, today: Date) -> Option<Notice> {
    let Some(Point { day, amount: by }) = runway.short else {
        if runway.low.amount >= SHORT_MIN {
            told.short = None;
        }
        return None;
    };
    // Who stays short for weeks was told: that the day is never later than tomorrow is no coming back.
    if told.short.is_some_and(|before| calendar::days_between(before.max(today), day) >= SHORT_AWAY_DAYS) {
        told.short = None;
    }
    let is_news = told.short.is_none_or(|before| calendar::days_between(day, before) >= SHORT_NEARER_DAYS);
    let matters = calendar::days_between(today, day) <= SHORT_DAYS && runway.low.amount <= -SHORT_MIN;
    if !is_news || !matters {
        return None;
    }
    told.short = Some(day);
    told.short_warnings = told.short_warnings.saturating_add(1);
    Some(Notice::ShortSoon { day, by, low: runway.low, warning: told.short_warnings })
}

fn unusual(told: &mut Vec<ToldDebit>, debit: &Unusual) -> Option<Notice> {
    if told.iter().any(|before| before.key == debit.key) {
        return None;
    }
    told.push(ToldDebit { key: debit.key, day: debit.day });
    Some(Notice::Unusual(debit.clone()))
}

fn bill_due(told: &mut Vec<ToldBill>, bill: &Bill, today: Date) -> Option<Notice> {
    let days = calendar::days_between(today, bill.next_due);
    let days_max = if bill.rhythm == Rhythm::Weekly { BILL_DAYS_WEEKLY } else { BILL_DAYS };
    if !(0..=days_max).contains(&days) || bill.amount < BILL_MIN || bill.confidence_percent < BILL_CONFIDENCE_PERCENT_MIN {
        return None;
    }
    let payee = bill.payee.key();
    // The day of a bill is an estimate: a day or two to either side is the same bill.
    let is_same = |before: &ToldBill| {
        let apart = calendar::days_between(before.due, bill.next_due).abs();
        let (least, most) = (before.amount.min(bill.amount), before.amount.max(bill.amount));
        before.payee == payee && apart * 2 < bill.rhythm.days() && most <= scale(least, BILL_SAME, 100)
    };
    if told.iter().any(is_same) {
        return None;
    }
    told.push(ToldBill { payee, due: bill.next_due, amount: bill.amount });
    Some(Notice::BillDue { payee: bill.payee.clone(), what: bill.what.clone(), due: bill.next_due, amount: bill.amount })
}

fn pay_cut(told: &mut Vec<ToldCut>, cut: &PayCut) -> Option<Notice> {
    let before = told.iter().filter(|before| before.platform == cut.platform).max();
    let is_known = before.is_some_and(|before| {
        let is_same = calendar::days_between(before.since, cut.since) < CUT_SAME_DAYS;
        is_same && cut.after_per_hour > scale(before.after_per_hour, 1_000 - CUT_DEEPER, 1_000)
    });
    if is_known {
        return None;
    }
    told.retain(|before| before.platform != cut.platform);
    told.push(ToldCut { platform: cut.platform.clone(), since: cut.since, after_per_hour: cut.after_per_hour });
    Some(Notice::PayCut(cut.clone()))
}

fn social_security(told: &mut Told, days: &SocialSecurity) -> Option<Notice> {
    let year = days.year;
    let milestone = if days.is_eligible {
        Milestone::Reached
    } else if days.missing() <= SOCIAL_SECURITY_NEAR_DAYS && days.is_within_reach() {
        Milestone::Near { missing: days.missing() }
    } else {
        return None;
    };
    let before = match milestone {
        Milestone::Reached => &mut told.social_security_reached,
        Milestone::Near { .. } => &mut told.social_security_near,
    };
    if *before == Some(year) {
        return None;
    }
    *before = Some(year);
    Some(Notice::SocialSecurity { year, milestone })
}

impl Told {
    /// The state does not grow with the years.
    fn forget(&mut self, today: Date) {
        let is_kept = |day: Date, days: i64| calendar::days_between(day, today) <= days;
        self.bills.retain(|bill| is_kept(bill.due, KEPT_DAYS));
        self.unusual.retain(|debit| is_kept(debit.day, KEPT_DAYS));
        self.pay_cuts.retain(|cut| is_kept(cut.since, CUT_KEPT_DAYS));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Facts, analyse};
    use crate::testing::{bought, income, paid, worked};
    use crate::unusual::Reason;
    use crate::{Movement, WorkDay};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 21);

    fn day(ahead: i64) -> Date {
        calendar::plus(TODAY, ahead)
    }

    fn nothing(today: Date) -> Analysis {
        analyse(&Facts { today, movements: &[], work_days: &[], balance: Some(0) })
    }

    fn short_on(today: i64, short: Option<i64>) -> Analysis {
        let point = short.map(|short| Point { day: day(short), amount: 50_000 });
        let low = Point { day: day(today + 20), amount: if short.is_some() { -50_000 } else { 50_000 } };
        let runway = Runway { short: point, low, daily_spending: 0, weekday_income: [0; 7] };
        Analysis { runway: Some(runway), ..nothing(day(today)) }
    }

    /// Which of a course of analyses are told.
    fn course(analyses: impl IntoIterator<Item = Analysis>) -> Vec<Vec<String>> {
        let mut told = Told::default();
        let mut tell = |analysis: Analysis| {
            let (notices, after) = news(&told, &analysis);
            assert_eq!(news(&after, &analysis), (Vec::new(), after.clone()), "told twice");
            told = after;
            notices.iter().map(Notice::key).collect()
        };
        analyses.into_iter().map(&mut tell).collect()
    }

    fn shorts(days: &[(i64, Option<i64>)]) -> Vec<bool> {
        course(days.iter().map(|&(today, short)| short_on(today, short))).iter().map(|notices| !notices.is_empty()).collect()
    }

    #[test]
    fn nothing_is_no_news() {
        assert_eq!(news(&Told::default(), &nothing(TODAY)), (Vec::new(), Told::default()));
    }

    #[test]
    fn short_is_told_once_and_again_when_it_is_three_days_nearer() {
        assert_eq!(
            shorts(&[(0, Some(12)), (1, Some(12)), (2, Some(10)), (3, Some(14)), (4, Some(9)), (5, Some(8))]),
            [true, false, false, false, true, false]
        );
    }

    #[test]
    fn short_that_went_away_and_came_back_is_told_again() {
        assert_eq!(shorts(&[(0, Some(12)), (1, None), (2, Some(12))]), [true, false, true]);
        assert_eq!(shorts(&(0..60).map(|today| (today, Some(today + 1))).collect::<Vec<_>>()).iter().filter(|&&told| told).count(), 1);
        assert_eq!(shorts(&[(0, Some(5)), (4, Some(25)), (6, Some(18)), (7, Some(18))]), [true, false, true, false]);
    }

    #[test]
    fn short_that_is_far_or_little_is_not_told() {
        assert_eq!(shorts(&[(0, Some(15)), (1, Some(15))]), [false, true]);
        let mut little = short_on(0, Some(3));
        little.runway.as_mut().unwrap().low.amount = -SHORT_MIN + 1;
        assert!(news(&Told::default(), &little).0.is_empty());
        // Around nothing: it neither comes nor goes.
        let mut barely = short_on(1, None);
        barely.runway.as_mut().unwrap().low.amount = SHORT_MIN - 1;
        let told = course([short_on(0, Some(9)), barely, short_on(2, Some(9))]);
        assert_eq!(told.iter().map(Vec::len).collect::<Vec<_>>(), [1, 0, 0]);
    }

    #[test]
    fn without_a_balance_what_was_told_stays_told() {
        let blind = Analysis { runway: None, ..nothing(day(1)) };
        let told = course([short_on(0, Some(9)), blind, short_on(2, Some(9))]);
        assert_eq!(told, [vec!["short:1:2026-11-30".to_owned()], vec![], vec![]]);
    }

    fn rents(amount: i64) -> Vec<Movement> {
        [date(2026, 8, 24), date(2026, 9, 24), date(2026, 10, 24)].map(|day| paid(day, amount, 9)).to_vec()
    }

    fn of(movements: &[Movement], today: Date) -> Analysis {
        analyse(&Facts { today, movements, work_days: &[], balance: None })
    }

    #[test]
    fn a_bill_is_told_three_days_before_and_once() {
        let mut history = rents(600_000);
        let days = (20..=30).map(|n| date(2026, 11, n));
        let told = course(days.map(|today| of(&history, today)));
        assert_eq!(told.iter().map(Vec::len).collect::<Vec<_>>(), [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        // The next month's is another.
        history.push(paid(date(2026, 11, 25), 600_000, 9));
        let told = course([of(&rents(600_000), date(2026, 11, 22)), of(&history, date(2026, 11, 25)), of(&history, date(2026, 12, 22))]);
        assert_eq!(told.iter().map(Vec::len).collect::<Vec<_>>(), [1, 0, 1]);
        assert!(course([of(&rents(BILL_MIN - 100), date(2026, 11, 22))]).iter().all(Vec::is_empty));
    }

    #[test]
    fn two_bills_of_one_payee_are_two() {
        let history =
            [rents(600_000), rents(30_000).into_iter().map(|bill| Movement { day: calendar::plus(bill.day, 1), ..bill }).collect()];
        let (notices, _) = news(&Told::default(), &of(&history.concat(), date(2026, 11, 23)));
        let amounts: Vec<i64> =
            notices.iter().filter_map(|notice| if let Notice::BillDue { amount, .. } = notice { Some(*amount) } else { None }).collect();
        assert_eq!(amounts, [600_000, 30_000]);
    }

    #[test]
    fn an_unusual_debit_is_told_once() {
        let mut history: Vec<Movement> = (1..=40).map(|back| bought(day(-back), 9_000, "food")).collect();
        history.push(bought(TODAY, 200_000, "food"));
        let told = course([of(&history, TODAY), of(&history, day(1)), of(&history, day(2)), of(&history, day(3))]);
        assert_eq!(told.iter().map(Vec::len).collect::<Vec<_>>(), [1, 0, 0, 0]);
    }

    fn cut(since: Date, after_per_hour: i64) -> Analysis {
        let cut = PayCut {
            platform: "swiggy".into(),
            since,
            before_per_hour: 12_000,
            after_per_hour,
            fall_permille: 150,
            days_before: 60,
            days_after: 20,
            sure_percent: 96,
        };
        Analysis { pay_cuts: vec![cut], ..nothing(TODAY) }
    }

    #[test]
    fn a_pay_cut_is_told_again_only_when_it_is_another_or_deeper() {
        let since = date(2026, 10, 5);
        let later = |days| calendar::plus(since, days);
        let told = course([
            cut(since, 10_000),
            cut(later(7), 10_200),
            cut(later(-7), 9_500),
            nothing(TODAY),
            cut(since, 9_900),
            cut(since, 9_000),
            cut(later(28), 8_500),
        ]);
        assert_eq!(told.iter().map(Vec::len).collect::<Vec<_>>(), [1, 0, 0, 0, 0, 1, 1]);
    }

    #[test]
    fn days_for_social_security_are_told_when_they_are_near_and_when_they_are_reached() {
        let run =
            |days: i64| -> Vec<WorkDay> { (0..days).map(|n| worked(calendar::plus(date(2026, 4, 1), n), "uber", 50_000, 0)).collect() };
        let of = |days: i64, today| analyse(&Facts { today, movements: &[], work_days: &run(days), balance: None });
        let told = course([79, 80, 81, 89, 90, 91].map(|days| of(days, TODAY)));
        assert_eq!(told.iter().map(Vec::len).collect::<Vec<_>>(), [0, 1, 0, 0, 1, 0]);
        assert_eq!(told[4], ["social-security:2026:reached"]);
        // On 25 March there are not ten days left; in April a new year begins.
        assert!(course([of(80, date(2027, 3, 25))]).iter().all(Vec::is_empty));
        assert!(course([of(89, date(2027, 4, 1))]).iter().all(Vec::is_empty));
    }

    #[test]
    fn what_was_told_long_ago_is_forgotten() {
        let mut told = Told { bills: vec![ToldBill { payee: 1, due: TODAY, amount: 1 }], ..Told::default() };
        told.unusual.push(ToldDebit { key: 1, day: TODAY });
        told.pay_cuts.push(ToldCut { platform: "x".into(), since: TODAY, after_per_hour: 1 });
        assert_eq!(news(&told, &nothing(day(60))).1, told);
        assert_eq!(news(&told, &nothing(day(401))).1, Told::default());
        assert_eq!(news(&told, &nothing(Date::MAX)).1, Told::default());
    }

    #[test]
    fn nothing_about_a_person_is_printed() {
        let mut history: Vec<Movement> = (1..=40).map(|back| bought(day(-back), 9_137, "hospital")).collect();
        history.push(bought(TODAY, 271_828, "hospital"));
        history.extend(rents(314_159));
        history.push(income(TODAY, 161_803));
        let analysis = of(&history, date(2026, 11, 22));
        let (notices, told) = news(&Told::default(), &analysis);
        assert!(notices.iter().any(|notice| matches!(notice, Notice::Unusual(Unusual { reason: Reason::MuchMoreThanUsual { .. }, .. }))));
        assert!(notices.iter().any(|notice| matches!(notice, Notice::BillDue { .. })));
        let printed = format!("{analysis:?} {notices:?} {told:?} {history:?}");
        for secret in ["hospital", "9137", "271828", "314159", "161803"] {
            assert!(!printed.contains(secret), "{secret} in {printed}");
        }
    }
}
