//! Debits that stand out from a person's own history.
//!
//! Two reasons make one: it is far more than this kind of thing has cost this person (median and
//! median deviation of logarithms, so that a few dear days do not move the measure), or somebody who
//! was never paid before got a large part of all there was.

use crate::calendar;
use crate::movement::{Movement, known};
use crate::recurring::Bill;
use crate::statistics::{BIT, fingerprint, log2, median, median_and_spread, scale};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Below it nothing is unusual: ₹200, in paise.
pub const AMOUNT_MIN: i64 = 20_000;
/// How far back is compared, in days.
const DAYS_BACK: i64 = 180;
/// How many debits of its category must be known.
const DEBITS_MIN: usize = 12;
/// How many deviations above the median, in tenths.
const DEVIATIONS_TENTHS: i64 = 45;
/// A normal deviation is 1.4826 median deviations.
const NORMAL_PER_MEDIAN: (i64, i64) = (14_826, 10_000);
/// Nobody's spending is more regular than by a quarter of a bit (19 %): who always buys for ₹100 may buy for ₹150.
const DEVIATION_MIN: i64 = BIT / 4;
/// And at least so many times the median, in tenths.
const TIMES_TENTHS_MIN: i64 = 25;
/// Of a bill, which is known better: 1.6 times.
const TIMES_TENTHS_BILL: i64 = 16;
/// A first payment to somebody takes this share of what there was, in per cent,
const SHARE_PERCENT_MIN: i64 = 40;
/// is this many times a usual debit,
const TIMES_NEW_PAYEE: i64 = 5;
/// and comes after so many debits, over so many days, to those who are known.
const DEBITS_BEFORE_MIN: usize = 20;
const DAYS_BEFORE_MIN: i64 = 30;

/// A debit that stands out.
#[derive(Clone, PartialEq, Eq)]
pub struct Unusual {
    /// Its place in the movements that were given.
    pub at: usize,
    pub day: Date,
    /// In paise.
    pub amount: i64,
    pub what: String,
    pub reason: Reason,
    /// The same for the same debit, however the movements are ordered.
    pub key: u64,
}

/// Why it stands out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Its category costs this, usually, in paise.
    MuchMoreThanUsual { usual: i64 },
    /// The bill is this, usually, in paise.
    BillMuchHigher { usual: i64 },
    /// Never paid before, and this much of all there was.
    NewPayee { share_percent: u8 },
}

impl fmt::Debug for Unusual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unusual").field("day", &self.day).field("reason", &self.reason).finish_non_exhaustive()
    }
}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MuchMoreThanUsual { .. } => "MuchMoreThanUsual",
            Self::BillMuchHigher { .. } => "BillMuchHigher",
            Self::NewPayee { .. } => "NewPayee",
        })
    }
}

/// The debits from `since` through `today` that stand out from those of earlier days, in their order.
///
/// `bills` are those found *before* these debits were (a bill that has doubled is compared with what it
/// was), or without them. Without a `balance` (as it is now) shares of it are not looked at.
#[must_use]
pub fn unusual(movements: &[Movement], bills: &[Bill], balance: Option<i64>, since: Date, today: Date) -> Vec<Unusual> {
    let mut debits: Vec<(usize, &Movement)> = movements
        .iter()
        .enumerate()
        .filter(|(_, movement)| movement.is_out() && !movement.is_sum && movement.amount >= AMOUNT_MIN)
        .filter(|(_, movement)| (since..=today).contains(&movement.day))
        .collect();
    debits.sort_by(|a, b| order(a.1).cmp(&order(b.1)));
    let mut pasts: BTreeMap<Date, Past<'_>> = BTreeMap::new();
    let mut found = Vec::new();
    for (at, debit) in debits {
        let past = pasts.entry(debit.day).or_insert_with(|| Past::before(debit.day, movements));
        let bill = bills.iter().find(|bill| bill.covers(debit));
        let reason = match bill {
            Some(bill) => more_than_bill(debit, bill),
            None => past.more_than_usual(debit).or_else(|| {
                let balance = balance?;
                past.new_payee(debit, || balance_before(debit, balance, movements, today))
            }),
        };
        if let Some(reason) = reason {
            found.push(Unusual { at, day: debit.day, amount: debit.amount, what: debit.what.clone(), reason, key: key(debit) });
        }
    }
    found
}

/// What was known before a day.
struct Past<'a> {
    /// Logarithms of the amounts, by category.
    categories: BTreeMap<&'a str, Vec<i64>>,
    parties: BTreeSet<u128>,
    amounts: Vec<i64>,
    days: i64,
}

impl<'a> Past<'a> {
    fn before(day: Date, movements: &'a [Movement]) -> Self {
        let mut past = Self { categories: BTreeMap::new(), parties: BTreeSet::new(), amounts: Vec::new(), days: 0 };
        for movement in known(movements, day).filter(|movement| movement.is_out() && !movement.is_sum && movement.day < day) {
            // Who was ever paid is known, however long ago.
            past.parties.extend(movement.party);
            let days = calendar::days_between(movement.day, day);
            if days <= DAYS_BACK {
                past.categories.entry(&movement.what).or_default().push(log2(movement.amount.unsigned_abs()));
                past.amounts.push(movement.amount);
                past.days = past.days.max(days);
            }
        }
        for logarithms in past.categories.values_mut() {
            logarithms.sort_unstable();
        }
        past.amounts.sort_unstable();
        past
    }

    fn more_than_usual(&self, debit: &Movement) -> Option<Reason> {
        let mut logarithms = self.categories.get(debit.what.as_str()).filter(|known| known.len() >= DEBITS_MIN)?.clone();
        let (middle, spread) = median_and_spread(&mut logarithms)?;
        let deviation = scale(spread, NORMAL_PER_MEDIAN.0, NORMAL_PER_MEDIAN.1).max(DEVIATION_MIN);
        let above = log2(debit.amount.unsigned_abs()) - middle;
        let is_far = above * 10 >= deviation * DEVIATIONS_TENTHS;
        let is_many_times = above >= log2(TIMES_TENTHS_MIN.unsigned_abs()) - log2(10);
        (is_far && is_many_times).then(|| Reason::MuchMoreThanUsual { usual: power(middle) })
    }

    fn new_payee(&self, debit: &Movement, balance_before: impl FnOnce() -> i64) -> Option<Reason> {
        let is_new = debit.party.is_some_and(|party| !self.parties.contains(&party));
        if !is_new || self.amounts.len() < DEBITS_BEFORE_MIN || self.days < DAYS_BEFORE_MIN {
            return None;
        }
        let usual = median(&mut self.amounts.clone())?;
        let share = scale(debit.amount, 100, balance_before().max(debit.amount));
        let is_large = debit.amount >= usual.saturating_mul(TIMES_NEW_PAYEE) && share >= SHARE_PERCENT_MIN;
        is_large.then(|| Reason::NewPayee { share_percent: u8::try_from(share.clamp(0, 100)).unwrap_or(100) })
    }
}

fn more_than_bill(debit: &Movement, bill: &Bill) -> Option<Reason> {
    let is_higher = debit.amount >= scale(bill.amount, TIMES_TENTHS_BILL, 10) && debit.amount - bill.amount >= AMOUNT_MIN;
    is_higher.then_some(Reason::BillMuchHigher { usual: bill.amount })
}

/// The amount of a logarithm, to about a thousandth.
fn power(logarithm: i64) -> i64 {
    let (mut least, mut most) = (1_i64, i64::MAX);
    while least < most {
        let middle = least.midpoint(most);
        if log2(middle.unsigned_abs()) < logarithm { least = middle + 1 } else { most = middle }
    }
    least
}

type Order<'a> = (Date, Option<u16>, i64, &'a str, Option<u128>);

/// By time, and then by what else there is: it does not depend on the order in which facts came.
fn order(movement: &Movement) -> Order<'_> {
    (movement.day, movement.at_minute, movement.amount, &movement.what, movement.party)
}

/// What there was just before a debit: the balance of now, without all that came with it and after it.
fn balance_before(debit: &Movement, balance: i64, movements: &[Movement], today: Date) -> i64 {
    known(movements, today).filter(|movement| order(movement) >= order(debit)).fold(balance, |balance, movement| {
        if movement.is_in { balance.saturating_sub(movement.amount) } else { balance.saturating_add(movement.amount) }
    })
}

fn key(debit: &Movement) -> u64 {
    let party = debit.party.map(u128::to_le_bytes);
    let minute = debit.at_minute.map(u16::to_le_bytes);
    let bytes = calendar::number(debit.day)
        .to_le_bytes()
        .into_iter()
        .chain(debit.amount.to_le_bytes())
        .chain(minute.into_iter().flatten())
        .chain([0xff])
        .chain(party.into_iter().flatten())
        .chain([0xff])
        .chain(debit.what.bytes());
    fingerprint(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recurring::bills;
    use crate::testing::{bought, paid};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 21);

    fn day(back: i64) -> Date {
        calendar::plus(TODAY, -back)
    }

    /// Two months of lunches for 80 to 140 rupees, and of petrol for 300.
    fn usual() -> Vec<Movement> {
        let lunch = |back: i64| Movement { party: Some(1), ..bought(day(back), 8_000 + back % 4 * 2_000, "food") };
        let petrol = |back: i64| Movement { party: Some(2), ..bought(day(back), 30_000, "fuel") };
        (1..=60).map(lunch).chain((1..=60).step_by(3).map(petrol)).collect()
    }

    fn reason(history: &[Movement], debit: Movement, balance: Option<i64>) -> Option<Reason> {
        let mut all = history.to_vec();
        all.push(debit);
        let found = unusual(&all, &[], balance, TODAY, TODAY);
        assert!(found.iter().all(|found| found.at == history.len()));
        found.first().map(|found| found.reason)
    }

    #[test]
    fn what_costs_far_more_than_its_kind_stands_out() {
        let food = |amount| Movement { party: Some(1), ..bought(TODAY, amount, "food") };
        assert_eq!(reason(&usual(), food(30_000), None), None);
        let Some(Reason::MuchMoreThanUsual { usual: middle }) = reason(&usual(), food(90_000), None) else { panic!("not found") };
        assert!((10_900..=11_000).contains(&middle), "{middle}");
        // What is always 300 may be 600, not 800.
        let fuel = |amount| Movement { party: Some(2), ..bought(TODAY, amount, "fuel") };
        assert_eq!(reason(&usual(), fuel(60_000), None), None);
        assert!(reason(&usual(), fuel(80_000), None).is_some());
    }

    #[test]
    fn little_money_and_little_history_never_stand_out() {
        let tea = |back| bought(day(back), 1_000, "tea");
        let teas: Vec<Movement> = (1..60).map(tea).collect();
        assert_eq!(reason(&teas, bought(TODAY, AMOUNT_MIN - 1, "tea"), None), None);
        assert!(reason(&teas, bought(TODAY, AMOUNT_MIN, "tea"), None).is_some());
        let few: Vec<Movement> = (1..12).map(tea).collect();
        assert_eq!(reason(&few, bought(TODAY, 500_000, "tea"), None), None);
        assert_eq!(reason(&usual(), bought(TODAY, 500_000, "hospital"), None), None);
        assert!(unusual(&[], &[], Some(0), TODAY, TODAY).is_empty());
    }

    #[test]
    fn a_stranger_who_gets_much_of_the_balance_stands_out() {
        let stranger = |amount| Movement { party: Some(99), ..bought(TODAY, amount, "transfer") };
        // 4,000 of 5,000 rupees, of which 1,000 are left.
        assert_eq!(reason(&usual(), stranger(400_000), Some(100_000)), Some(Reason::NewPayee { share_percent: 80 }));
        assert_eq!(reason(&usual(), stranger(400_000), Some(1_000_000)), None);
        assert_eq!(reason(&usual(), stranger(400_000), None), None);
        assert_eq!(reason(&usual(), Movement { party: Some(1), ..stranger(400_000) }, Some(100_000)), None);
        // A first lunch at a new place, on a poor day.
        assert_eq!(reason(&usual(), stranger(25_000), Some(0)), None);
        assert_eq!(reason(&usual()[..10], stranger(400_000), Some(100_000)), None);
    }

    #[test]
    fn the_balance_is_the_one_before_the_debit() {
        let mut history = usual();
        let stranger = Movement { party: Some(99), at_minute: Some(600), ..bought(TODAY, 400_000, "transfer") };
        history.push(stranger);
        // Since then 20,000 rupees came: of the 4,500 before, 4,000 went.
        history.push(Movement { is_in: true, at_minute: Some(700), ..paid(TODAY, 2_000_000, 5) });
        let found = unusual(&history, &[], Some(2_050_000), TODAY, TODAY);
        assert_eq!(found.iter().map(|found| found.reason).collect::<Vec<_>>(), [Reason::NewPayee { share_percent: 88 }]);
    }

    #[test]
    fn a_bill_is_compared_with_itself() {
        let mut history = usual();
        history.extend([date(2026, 8, 20), date(2026, 9, 20), date(2026, 10, 20)].map(|day| paid(day, 100_000, 50)));
        let bills = bills(&history, day(1));
        assert_eq!(bills.len(), 1);
        let reason = |amount| {
            let mut all = history.clone();
            all.push(paid(TODAY, amount, 50));
            unusual(&all, &bills, Some(0), TODAY, TODAY).first().map(|found| found.reason)
        };
        assert_eq!(reason(130_000), None);
        assert_eq!(reason(170_000), Some(Reason::BillMuchHigher { usual: 100_000 }));
    }

    #[test]
    fn the_order_of_facts_changes_nothing() {
        let mut history = usual();
        history.push(bought(TODAY, 90_000, "food"));
        history.push(bought(TODAY, 95_000, "food"));
        let keys = |history: &[Movement]| unusual(history, &[], None, TODAY, TODAY).iter().map(|found| found.key).collect::<Vec<_>>();
        let first = keys(&history);
        assert_eq!(first.len(), 2);
        history.reverse();
        assert_eq!(keys(&history), first);
    }

    #[test]
    fn the_greatest_amounts_are_amounts() {
        let mut history = usual();
        history.extend([bought(TODAY, i64::MAX, "food"), Movement { party: Some(77), ..bought(TODAY, i64::MAX, "x") }]);
        let found = unusual(&history, &[], Some(i64::MIN), TODAY, TODAY);
        assert_eq!(found.len(), 2);
        assert_eq!(power(63 * BIT), i64::MAX);
        assert_eq!((power(0), power(10 * BIT)), (1, 1_024));
    }
}
