//! Bills that nobody has entered: payments of the past that come back.
//!
//! What one party was paid (or, where no party is known, what a category cost) is a bill if its days
//! keep a rhythm and its amounts are alike. Shops are visited often too, so both must hold, and more
//! strictly for a part of what a party was paid than for all of it.

use crate::calendar;
use crate::movement::{Movement, known};
use crate::rhythm::{self, Kept, Rhythm};
use crate::statistics::{BIT, count, fingerprint, median, scale};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;

/// Smaller ones are no bill, in paise.
const AMOUNT_MIN: i64 = 2_000;
/// The greatest amount of a bill over its smallest, in hundredths: a quarter more and less than usual.
const SPREAD_MAX: i64 = 170;
/// Of the part of a party's payments that are alike.
const SPREAD_PART_MAX: i64 = 110;
const PAYMENTS_MIN: usize = 3;
const EVIDENCE_MIN: i64 = 5 * BIT;
const EVIDENCE_PART_MIN: i64 = 9 * BIT;
/// How many of the last payments an amount is expected from: rents rise.
const AMOUNTS: usize = 5;

/// Who is paid.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Payee {
    Party(u128),
    /// A category, where the party is not known.
    Category(String),
}

/// A payment that comes back.
#[derive(Clone, PartialEq, Eq)]
pub struct Bill {
    pub payee: Payee,
    /// The category of its last payment.
    pub what: String,
    pub rhythm: Rhythm,
    /// In paise: the median of its last payments.
    pub amount: i64,
    pub last_paid: Date,
    /// Before today where it is late, by half a period at most: then it is over.
    pub next_due: Date,
    pub confidence_percent: u8,
    payments: u32,
    least: i64,
    most: i64,
}

impl Bill {
    /// How many payments it was found from.
    #[must_use]
    pub fn payments(&self) -> u32 {
        self.payments
    }

    /// Whether a movement is one of its payments.
    #[must_use]
    pub fn covers(&self, movement: &Movement) -> bool {
        movement.is_out() && (self.least..=self.most).contains(&movement.amount) && self.payee.is_of(movement)
    }

    /// The days on which it is due from `from` through `through`. If it is late by then, it is due on
    /// `from`, once.
    pub fn due_days(&self, from: Date, through: Date) -> impl Iterator<Item = Date> {
        let rhythm = self.rhythm;
        let late = (self.next_due < from && from <= through).then_some(from);
        let due = std::iter::successors(Some(self.next_due), move |&due| Some(rhythm.after(due)).filter(|&next| next > due));
        late.into_iter().chain(due.skip_while(move |&due| due < from).take_while(move |&due| due <= through))
    }
}

impl Payee {
    /// A number for it, the same in every build: for states that are kept.
    #[must_use]
    pub fn key(&self) -> u64 {
        match self {
            Self::Party(party) => fingerprint(party.to_le_bytes().into_iter().chain([1])),
            Self::Category(what) => fingerprint(what.bytes().chain([2])),
        }
    }

    fn is_of(&self, movement: &Movement) -> bool {
        match self {
            Self::Party(party) => movement.party == Some(*party),
            Self::Category(what) => movement.party.is_none() && movement.what == *what,
        }
    }

    fn of(movement: &Movement) -> Option<Self> {
        let category = || (!movement.what.is_empty()).then(|| Self::Category(movement.what.clone()));
        movement.party.map(Self::Party).or_else(category)
    }
}

/// Whom a person pays, and what, is theirs.
impl fmt::Debug for Payee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Party(_) => "Party(..)",
            Self::Category(_) => "Category(..)",
        })
    }
}

impl fmt::Debug for Bill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bill")
            .field("rhythm", &self.rhythm)
            .field("next_due", &self.next_due)
            .field("confidence_percent", &self.confidence_percent)
            .finish_non_exhaustive()
    }
}

/// What was paid on one day.
#[derive(Clone, Copy)]
struct Payment<'a> {
    day: i64,
    amount: i64,
    what: &'a str,
}

/// The bills that are still paid, the next first.
#[must_use]
pub fn bills(movements: &[Movement], today: Date) -> Vec<Bill> {
    let mut found = Vec::new();
    for (payee, payments) in by_payee(movements, today) {
        match bill(&payee, &payments, &Bounds::WHOLE) {
            Some(whole) => found.push(whole),
            None => found.extend(parts(&payments).iter().filter_map(|part| bill(&payee, part, &Bounds::of(part)))),
        }
    }
    found.retain(|bill| !is_over(bill, today));
    found.sort_by(|a, b| (a.next_due, &a.payee, a.amount, a.least).cmp(&(b.next_due, &b.payee, b.amount, b.least)));
    found
}

fn by_payee(movements: &[Movement], today: Date) -> BTreeMap<Payee, Vec<Payment<'_>>> {
    let mut payees: BTreeMap<Payee, Vec<Payment<'_>>> = BTreeMap::new();
    for movement in known(movements, today).filter(|movement| movement.is_out() && !movement.is_sum) {
        if let Some(payee) = Payee::of(movement) {
            let payment = Payment { day: calendar::number(movement.day), amount: movement.amount, what: &movement.what };
            payees.entry(payee).or_default().push(payment);
        }
    }
    payees.retain(|_, payments| payments.len() >= PAYMENTS_MIN);
    payees
}

/// A bill is sometimes paid in two halves.
fn by_day<'a>(payments: &[Payment<'a>]) -> Vec<Payment<'a>> {
    let mut sorted = payments.to_vec();
    sorted.sort_by_key(|payment| (payment.day, payment.amount, payment.what));
    let mut days: Vec<Payment<'a>> = Vec::with_capacity(sorted.len());
    for payment in sorted {
        match days.last_mut() {
            Some(last) if last.day == payment.day => last.amount = last.amount.saturating_add(payment.amount),
            _ => days.push(payment),
        }
    }
    days
}

/// Runs of alike amounts, where a payee is paid for several things.
fn parts<'a>(payments: &[Payment<'a>]) -> Vec<Vec<Payment<'a>>> {
    let mut sorted = payments.to_vec();
    sorted.sort_by_key(|payment| (payment.amount, payment.day, payment.what));
    let mut parts: Vec<Vec<Payment<'a>>> = Vec::new();
    for payment in sorted {
        match parts.last_mut() {
            Some(part) if part.first().is_some_and(|first| spread(first.amount, payment.amount) <= SPREAD_PART_MAX) => part.push(payment),
            _ => parts.push(vec![payment]),
        }
    }
    parts.retain(|part| part.len() >= PAYMENTS_MIN);
    parts
}

/// What the payments of a bill must be like.
struct Bounds {
    least: i64,
    most: i64,
    spread_max: i64,
    evidence_min: i64,
}

impl Bounds {
    /// All that a payee is paid.
    const WHOLE: Self = Self { least: 0, most: i64::MAX, spread_max: SPREAD_MAX, evidence_min: EVIDENCE_MIN };

    fn of(part: &[Payment<'_>]) -> Self {
        let amounts = || part.iter().map(|payment| payment.amount);
        Self {
            least: amounts().min().unwrap_or(0),
            most: amounts().max().unwrap_or(0),
            spread_max: SPREAD_PART_MAX,
            evidence_min: EVIDENCE_PART_MIN,
        }
    }
}

fn bill(payee: &Payee, payments: &[Payment<'_>], bounds: &Bounds) -> Option<Bill> {
    let payments = by_day(payments);
    kept_bill(payee, &payments, bounds).or_else(|| kept_bill(payee, since_pause(&payments)?, bounds))
}

/// What came after the last long pause, if it is most of the payments: a connection that was cut, a
/// plan that was taken up again.
fn since_pause<'p, 'a>(payments: &'p [Payment<'a>]) -> Option<&'p [Payment<'a>]> {
    let gaps: Vec<i64> = payments.windows(2).map(|two| two.iter().map(|payment| payment.day).reduce(|a, b| b - a).unwrap_or(0)).collect();
    let usual = median(&mut gaps.clone())?;
    let last_pause = gaps.iter().rposition(|&gap| gap > usual * 3)?;
    payments.get(last_pause + 1..).filter(|since| since.len() * 2 >= payments.len())
}

fn kept_bill(payee: &Payee, payments: &[Payment<'_>], bounds: &Bounds) -> Option<Bill> {
    // Amounts are looked at first: it is cheap, and most shops go no further.
    let spread = usual_spread(payments.iter().map(|payment| payment.amount).collect());
    if payments.len() < PAYMENTS_MIN || spread > bounds.spread_max {
        return None;
    }
    let days: Vec<i64> = payments.iter().map(|payment| payment.day).collect();
    let Kept { rhythm, last_due, kept, evidence } = rhythm::of_days(&days)?;
    let kept: Vec<&Payment<'_>> = kept.into_iter().filter_map(|at| payments.get(at)).collect();
    let evidence = evidence + alike(spread) * (count(kept.len()) - 1).min(4);
    let last = kept.last()?;
    let amount = median(&mut kept.iter().rev().take(AMOUNTS).map(|payment| payment.amount).collect::<Vec<_>>())?;
    if evidence < bounds.evidence_min || amount < AMOUNT_MIN {
        return None;
    }
    Some(Bill {
        payee: payee.clone(),
        what: last.what.to_owned(),
        rhythm,
        amount,
        last_paid: calendar::date(last.day),
        next_due: rhythm.after(last_due),
        confidence_percent: confidence(evidence),
        payments: u32::try_from(kept.len()).unwrap_or(u32::MAX),
        least: bounds.least,
        most: bounds.most,
    })
}

/// In hundredths.
fn spread(least: i64, most: i64) -> i64 {
    scale(most, 100, least)
}

/// Of the four fifths that are most alike: one month in summer is dear.
fn usual_spread(mut amounts: Vec<i64>) -> i64 {
    amounts.sort_unstable();
    let usual = if amounts.len() < 5 { amounts.len() } else { amounts.len() * 4 / 5 };
    amounts.windows(usual.max(1)).filter_map(|window| Some(spread(*window.first()?, *window.last()?))).min().unwrap_or(i64::MAX)
}

/// What each further payment says for a bill by its amount, in [`BIT`]s. Tea has a fixed price too,
/// so it is not much.
fn alike(spread: i64) -> i64 {
    match spread {
        ..=102 => BIT,
        103..=110 => BIT * 6 / 10,
        111..=130 => BIT * 3 / 10,
        _ => BIT / 10,
    }
}

/// `1 - 2^(-evidence / 3)`, between the tenths of the table.
fn confidence(evidence: i64) -> u8 {
    const PERCENT: [u8; 21] = [0, 21, 37, 50, 60, 69, 75, 80, 84, 88, 90, 92, 94, 95, 96, 97, 98, 98, 98, 99, 99];
    let bits = usize::try_from(evidence / BIT).unwrap_or(0);
    PERCENT.get(bits).copied().unwrap_or(99)
}

/// Did not come for one and a half periods.
fn is_over(bill: &Bill, today: Date) -> bool {
    calendar::days_between(bill.last_paid, today) * 2 > bill.rhythm.days() * 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{bought, income, paid};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 21);

    fn every(days: i64, times: i64, amount: i64, party: u128) -> Vec<Movement> {
        (0..times).map(|n| paid(calendar::plus(TODAY, -1 - n * days), amount, party)).collect()
    }

    fn found(history: &[Movement], today: Date) -> Vec<(Rhythm, i64, Date)> {
        bills(history, today).into_iter().map(|bill| (bill.rhythm, bill.amount, bill.next_due)).collect()
    }

    #[test]
    fn a_rent_is_found_from_three_payments() {
        let rent = [date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)].map(|day| paid(day, 650_000, 1));
        assert_eq!(found(&rent, TODAY), [(Rhythm::Monthly { day: 31 }, 650_000, date(2026, 11, 30))]);
        assert_eq!(found(&rent[1..], TODAY), []);
    }

    #[test]
    fn electricity_varies_by_a_quarter() {
        let days = [date(2026, 7, 11), date(2026, 8, 13), date(2026, 9, 12), date(2026, 10, 12), date(2026, 11, 12)];
        let amounts = [120_000, 82_000, 100_000, 77_000, 95_000];
        let history: Vec<Movement> = days.into_iter().zip(amounts).map(|(day, amount)| paid(day, amount, 1)).collect();
        assert_eq!(found(&history, TODAY), [(Rhythm::Monthly { day: 12 }, 95_000, date(2026, 12, 12))]);
    }

    #[test]
    fn tea_and_shops_are_no_bills() {
        assert_eq!(found(&every(1, 90, 2_000, 1), TODAY), []);
        assert_eq!(found(&every(3, 40, 20_000, 1), TODAY), []);
        // On the same weekday, and never for the same.
        let groceries = (0..12).map(|n| paid(calendar::plus(TODAY, -n * 7), 30_000 + n * n % 7 * 25_000, 1));
        assert_eq!(found(&groceries.collect::<Vec<_>>(), TODAY), []);
        // Now and then, always for the same.
        let haircut = [3, 20, 51, 63, 101].map(|back| paid(calendar::plus(TODAY, -back), 10_000, 1));
        assert_eq!(found(&haircut, TODAY), []);
        assert_eq!(found(&every(30, 4, AMOUNT_MIN - 1, 1), TODAY), []);
    }

    #[test]
    fn income_is_no_bill() {
        let salary = [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)].map(|day| income(day, 500_000));
        assert_eq!(found(&salary, TODAY), []);
    }

    #[test]
    fn a_bill_is_over_after_one_and_a_half_periods() {
        let plan = [date(2026, 7, 5), date(2026, 8, 5), date(2026, 9, 5)].map(|day| paid(day, 49_900, 1));
        let due = |today| found(&plan, today).first().map(|bill| bill.2);
        assert_eq!(due(date(2026, 10, 4)), Some(date(2026, 10, 5)));
        assert_eq!(due(date(2026, 10, 21)), Some(date(2026, 10, 5)));
        assert_eq!(due(date(2026, 10, 22)), None);
        // One that comes after all is the same bill, with one missing.
        let late = [plan.to_vec(), vec![paid(date(2026, 11, 5), 49_900, 1)]].concat();
        assert_eq!(found(&late, TODAY), [(Rhythm::Monthly { day: 5 }, 49_900, date(2026, 12, 5))]);
    }

    #[test]
    fn what_was_taken_up_again_is_a_bill_again() {
        let mut plan = every(28, 4, 29_900, 1);
        plan.extend(every(28, 3, 29_900, 1).into_iter().map(|old| Movement { day: calendar::plus(old.day, -300), ..old }));
        assert_eq!(found(&plan, TODAY), [(Rhythm::FourWeekly, 29_900, calendar::plus(TODAY, 27))]);
    }

    #[test]
    fn a_payee_of_several_bills_has_several() {
        let earlier = |payment: Movement| Movement { day: calendar::plus(payment.day, -3), ..payment };
        let history = [every(28, 5, 29_900, 1), every(14, 8, 79_900, 1).into_iter().map(earlier).collect()].concat();
        let mut rhythms: Vec<_> = found(&history, TODAY).into_iter().map(|bill| (bill.0, bill.1)).collect();
        rhythms.sort();
        assert_eq!(rhythms, [(Rhythm::Fortnightly, 79_900), (Rhythm::FourWeekly, 29_900)]);
        // Each knows its own payments.
        let bills = bills(&history, TODAY);
        assert!(history.iter().all(|payment| bills.iter().filter(|bill| bill.covers(payment)).count() == 1));
    }

    #[test]
    fn where_no_party_is_known_the_category_is() {
        let loan = [date(2026, 9, 7), date(2026, 10, 5), date(2026, 11, 5)].map(|day| bought(day, 320_000, "loan"));
        assert_eq!(found(&loan, TODAY), [(Rhythm::Monthly { day: 5 }, 320_000, date(2026, 12, 5))]);
        assert_eq!(bills(&loan, TODAY).first().map(|bill| bill.payee.clone()), Some(Payee::Category("loan".into())));
        let nameless = loan.map(|payment| Movement { what: String::new(), ..payment });
        assert_eq!(found(&nameless, TODAY), []);
    }

    #[test]
    fn two_halves_of_a_day_are_one_payment() {
        let halves: Vec<Movement> = every(7, 5, 25_000, 1).into_iter().flat_map(|half| [half.clone(), half]).collect();
        assert_eq!(found(&halves, TODAY).first().map(|bill| bill.1), Some(50_000));
    }

    #[test]
    fn due_days_go_on_and_what_is_late_is_due_at_once() {
        let rent = [date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)].map(|day| paid(day, 650_000, 1));
        let bill = bills(&rent, TODAY).remove(0);
        let due = |from, through| bill.due_days(from, through).collect::<Vec<_>>();
        assert_eq!(due(TODAY, date(2027, 2, 28)), [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]);
        assert_eq!(due(date(2026, 12, 4), date(2026, 12, 30)), [date(2026, 12, 4)]);
        assert_eq!(due(date(2027, 3, 4), date(2027, 3, 31)), [date(2027, 3, 4), date(2027, 3, 31)]);
        assert_eq!(due(TODAY, date(2026, 11, 29)), []);
        assert_eq!(due(Date::MAX, Date::MAX), [Date::MAX, Date::MAX]);
        assert_eq!(due(date(2027, 3, 4), TODAY), []);
    }

    #[test]
    fn the_greatest_amounts_are_amounts() {
        let history = [every(7, 6, i64::MAX, 1), every(7, 6, i64::MAX, 1)].concat();
        assert_eq!(found(&history, TODAY).first().map(|bill| bill.1), Some(i64::MAX));
        assert_eq!(found(&[], TODAY), []);
        assert_eq!(found(&every(7, 5, 0, 1), TODAY), []);
        assert_eq!(found(&every(7, 5, i64::MIN, 1), TODAY), []);
    }
}
