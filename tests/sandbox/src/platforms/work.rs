//! What a worker does and is paid for on a day, made up: the same for the same platform, worker and day,
//! always. A day of work begins at seven and may end at half past two, of which both count to the day on which it
//! began. Amounts are paise, times Unix seconds.

use std::collections::BTreeMap;

use fastrand::Rng;
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

use crate::banks::history::{midnight, seed};
use crate::clock;

/// When a day of work ends at the latest, in hours after its midnight.
const LAST_HOUR: i64 = 26;

#[derive(Clone, Debug)]
pub struct Payment {
    pub id: Option<String>,
    pub category: String,
    pub at: i64,
    pub trip_id: Option<String>,
    pub amount: i64,
    pub cash_collected: i64,
    pub breakdown: BTreeMap<&'static str, i64>,
}

#[derive(Clone, Debug)]
pub struct Trip {
    pub id: String,
    pub status: &'static str,
    pub accepted_at: i64,
    pub picked_up_at: i64,
    pub dropped_off_at: i64,
    pub metres: i64,
}

#[derive(Clone, Debug, Default)]
pub struct Day {
    pub payments: Vec<Payment>,
    pub trips: Vec<Trip>,
}

/// All of one day, oldest first.
pub fn of_day(platform: &str, worker: &str, date: Date) -> Day {
    let mut rng = Rng::with_seed(seed(&["work", platform, worker, &date.to_string()]));
    let mut day = Day::default();
    if rng.u32(..7) == 0 {
        return day;
    }
    let mut at = midnight(date) + rng.i64(7 * 3600..11 * 3600);
    for number in 0..rng.u32(6..=16) {
        let id = id("trip", &[platform, worker, &date.to_string(), &number.to_string()]);
        let accepted_at = at;
        let picked_up_at = accepted_at + rng.i64(120..900);
        let seconds = rng.i64(480..2_400);
        let dropped_off_at = picked_up_at + seconds;
        if dropped_off_at > midnight(date) + LAST_HOUR * 3600 {
            break;
        }
        let is_completed = rng.u32(..12) != 0;
        let status = if is_completed { "completed" } else { "rider_canceled" };
        day.trips.push(Trip { id: id.clone(), status, accepted_at, picked_up_at, dropped_off_at, metres: seconds * 6 });
        if is_completed {
            day.payments.push(fare(&mut rng, id, dropped_off_at + 45));
        }
        at = dropped_off_at + rng.i64(300..3_600);
    }
    beside_fares(&mut rng, &mut day, date, &[platform, worker]);
    day
}

fn fare(rng: &mut Rng, trip_id: String, at: i64) -> Payment {
    let gross = rng.i64(5_500..34_000);
    let mut breakdown = BTreeMap::from([("service_fee", -(gross * rng.i64(15..=25) / 100))]);
    for (name, one_in, range) in [("toll", 9, 3_000..9_000), ("tip", 6, 1_000..6_000), ("surge", 4, 1_500..9_000), ("other", 15, 100..900)]
    {
        if rng.u32(..one_in) == 0 {
            breakdown.insert(name, rng.i64(range));
        }
    }
    let amount = gross + breakdown.values().sum::<i64>();
    // The rider paid in cash, the fee included.
    let cash_collected = if rng.u32(..3) == 0 { gross } else { 0 };
    let id = Some(id("payment", &[&trip_id]));
    Payment { id, category: "fare".into(), at, trip_id: Some(trip_id), amount, cash_collected, breakdown }
}

/// What is paid and taken that is no fare.
fn beside_fares(rng: &mut Rng, day: &mut Day, date: Date, of: &[&str]) {
    let Some(last) = day.payments.last().map(|payment| payment.at) else { return };
    let mut add = |category: &str, amount: i64| {
        let id = id("payment", &[of.join("/").as_str(), &date.to_string(), category]);
        day.payments.push(Payment {
            id: Some(id),
            category: category.into(),
            at: last + 60,
            trip_id: None,
            amount,
            cash_collected: 0,
            breakdown: BTreeMap::new(),
        });
    };
    if date.weekday() == Weekday::Sunday {
        add("quest_incentive", rng.i64(20..=60) * 1_000);
    }
    if date.day() == 3 {
        add("device_subscription", -9_900);
    }
    if rng.u32(..8) == 0 {
        add("cancellation_penalty", -2_000);
    }
}

/// Everything in this stretch of time that is not to come, newest first.
pub fn between(platform: &str, worker: &str, from: i64, to: i64, now: i64) -> Day {
    let mut all = Day::default();
    for date in dates(from, to.min(now)) {
        let day = of_day(platform, worker, date);
        all.payments.extend(day.payments.into_iter().filter(|payment| (from..to.min(now)).contains(&payment.at)));
        all.trips.extend(day.trips.into_iter().filter(|trip| (from..to.min(now)).contains(&trip.dropped_off_at)));
    }
    all.payments.sort_by_key(|payment| std::cmp::Reverse(payment.at));
    all.trips.sort_by_key(|trip| std::cmp::Reverse(trip.dropped_off_at));
    all
}

/// The days of work that may reach into a stretch of time.
fn dates(from: i64, to: i64) -> Vec<Date> {
    let date = |at: i64| Timestamp::from_second(at).map(|at| clock::of_india(at).date()).ok();
    let (Some(first), Some(last)) = (date(from - LAST_HOUR * 3600), date(to)) else { return Vec::new() };
    first.series(jiff::Span::new().days(1)).take_while(|date| *date <= last).take(800).collect()
}

/// In the form of a UUID.
pub fn id(kind: &str, parts: &[&str]) -> String {
    let (high, low) = (seed(&[&[kind, "high"], parts].concat()), seed(&[&[kind, "low"], parts].concat()));
    let digits = format!("{high:016x}{low:016x}");
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_same_whenever_it_is_asked_for() {
        let date: Date = "2026-11-20".parse().unwrap();
        let day = of_day("uber", "9876543210", date);
        let (from, to) = (midnight(date), midnight(date) + 30 * 3600);
        let again = between("uber", "9876543210", from, to, i64::MAX);
        let of = |payments: &[Payment]| payments.iter().filter(|payment| payment.at >= from).map(|payment| payment.amount).sum::<i64>();
        let before = between("uber", "9876543210", from, from + 4 * 3600, i64::MAX);
        assert!(of(&again.payments) >= of(&day.payments) && !again.payments.is_empty() || day.payments.is_empty());
        assert!(before.payments.len() < again.payments.len());
        assert!(day.payments.iter().all(|payment| (from..from + LAST_HOUR * 3600 + 200).contains(&payment.at)));
    }

    #[test]
    fn most_days_are_worked_and_no_two_platforms_pay_alike() {
        let first: Date = "2026-10-01".parse().unwrap();
        let days: Vec<_> = first.series(jiff::Span::new().days(1)).take(50).collect();
        let worked = |platform| days.iter().filter(|date| !of_day(platform, "9876543210", **date).payments.is_empty()).count();
        assert!((35..50).contains(&worked("uber")), "{}", worked("uber"));
        let total = |platform| days.iter().flat_map(|date| of_day(platform, "9876543210", *date).payments).map(|p| p.amount).sum::<i64>();
        assert_ne!(total("uber"), total("swiggy"));
    }
}
