//! Invented people, from a seed. Their chances are floats, which only tests may use.
#![allow(dead_code, reason = "each test program uses a part of this")]

use cashflow::{Movement, WorkDay};
use fastrand::Rng;
use jiff::civil::{Date, Weekday, date};
use jiff::{Span, ToSpan};

pub const FIRST: Date = date(2026, 1, 5);

pub fn day(first: Date, days: i64) -> Date {
    first.saturating_add(Span::new().days(days))
}

pub fn normal(rng: &mut Rng) -> f64 {
    (-2.0 * (1.0 - rng.f64()).ln()).sqrt() * (std::f64::consts::TAU * rng.f64()).cos()
}

/// How long until the next of events that do not know of each other.
pub fn until_next(rng: &mut Rng, mean_days: f64) -> i64 {
    (-mean_days * (1.0 - rng.f64()).ln()).ceil().max(1.0) as i64
}

/// About `usual`, to a whole rupee.
pub fn about(rng: &mut Rng, usual_rupees: f64, sigma: f64) -> i64 {
    (usual_rupees * (sigma * normal(rng)).exp()).round().max(1.0) as i64 * 100
}

pub fn payment(day: Date, amount: i64, party: u128, what: &str) -> Movement {
    Movement { day, at_minute: None, is_in: false, amount, what: what.to_owned(), party: Some(party), is_platform: false, is_sum: false }
}

/// A bill as it truly is.
#[derive(Debug, Clone)]
pub struct TrueBill {
    pub party: u128,
    pub kind: &'static str,
    pub payments: usize,
    pub next_due: Date,
}

pub struct Person {
    pub movements: Vec<Movement>,
    pub bills: Vec<TrueBill>,
    pub today: Date,
}

/// A day of each month, or of every so many; the last of a shorter month.
fn month_days(first: Date, on: i8, months: i32) -> impl Iterator<Item = Date> {
    let month = first.first_of_month();
    (0..).map(move |n: i32| month.saturating_add((n * months).months())).map(move |month| {
        let on = on.min(month.days_in_month());
        day(month, i64::from(on) - 1)
    })
}

/// The bank is closed: it is taken on the next day that it is open.
fn banking_day(mut due: Date) -> Date {
    while matches!(due.weekday(), Weekday::Saturday | Weekday::Sunday) {
        due = day(due, 1);
    }
    due
}

impl Person {
    /// With `days` of history, bills of every kind and the shops of a neighbourhood.
    pub fn invent(seed: u64, days: i64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let first = day(date(2025, 9, 1), rng.i64(0..700));
        let mut person = Self { movements: Vec::new(), bills: Vec::new(), today: day(first, days) };
        person.bills_of_months(&mut rng, first);
        person.bills_of_days(&mut rng, first);
        person.shops(&mut rng, first, days);
        person.movements.retain(|movement| movement.day <= person.today);
        rng.shuffle(&mut person.movements);
        person
    }

    fn bills_of_months(&mut self, rng: &mut Rng, first: Date) {
        let kinds: [(&'static str, f64, f64, i64, i32); 5] = [
            ("rent", 6_500.0, 0.0, 3, 1),
            ("electricity", 900.0, 0.25, 3, 1),
            ("loan", 3_200.0, 0.0, 0, 1),
            ("fees", 1_500.0, 0.02, 2, 1),
            ("insurance", 1_100.0, 0.0, 2, 3),
        ];
        for (at, (kind, usual, varies, late_max, months)) in kinds.into_iter().enumerate() {
            let party = 100 + at as u128;
            let on = rng.i8(1..=31);
            let base = usual * (0.6 + rng.f64());
            let missing = rng.bool().then(|| rng.usize(1..8));
            let mut payments = 0;
            let mut dues = month_days(first, on, months).filter(|&due| due >= first).enumerate();
            let next_due = loop {
                let Some((at, due)) = dues.next() else { break Date::MAX };
                let taken = if late_max == 0 { banking_day(due) } else { day(due, rng.i64(-1..=late_max)) };
                // Not due yet, or due and not paid yet.
                if due > self.today || taken > self.today {
                    break due;
                }
                if Some(at) == missing && months == 1 {
                    continue;
                }
                payments += 1;
                let amount = (base * (1.0 + varies * (2.0 * rng.f64() - 1.0))).round() as i64 * 100;
                self.movements.push(payment(taken, amount, party, kind));
            };
            self.bills.push(TrueBill { party, kind, payments, next_due });
        }
    }

    fn bills_of_days(&mut self, rng: &mut Rng, first: Date) {
        for (at, (kind, every, rupees)) in [("mobile", 28, 299), ("chit fund", 7, 500), ("cook", 14, 750)].into_iter().enumerate() {
            let party = 200 + at as u128;
            let mut due = day(first, rng.i64(0..every));
            let mut payments = 0;
            while due <= self.today {
                // A plan runs from when it was bought: a late payment moves those after it.
                let late = i64::from(rng.u8(0..10) == 0);
                let taken = day(due, late);
                if taken <= self.today {
                    payments += 1;
                    self.movements.push(payment(taken, rupees * 100, party, kind));
                } else {
                    break;
                }
                due = day(if kind == "mobile" { taken } else { due }, every);
            }
            self.bills.push(TrueBill { party, kind, payments, next_due: due });
        }
    }

    /// What is no bill: tea, petrol, groceries, lunch, friends, shops that are visited now and then.
    fn shops(&mut self, rng: &mut Rng, first: Date, days: i64) {
        for n in 0..days {
            if rng.u8(0..10) < 9 {
                self.movements.push(payment(day(first, n), 2_000 + 1_000 * rng.i64(0..2), 1, "tea"));
            }
            if rng.u8(0..10) < 7 {
                let amount = about(rng, 90.0, 0.3);
                let lunch = Movement { party: None, ..payment(day(first, n), amount, 0, "food") };
                self.movements.push(lunch);
            }
        }
        let fuel = [200, 300, 500][rng.usize(0..3)] * 100;
        let mut at = 0;
        while at < days {
            self.movements.push(payment(day(first, at), fuel, 2, "fuel"));
            at += rng.i64(2..6);
        }
        for shop in 0..25_u128 {
            let usual = 60.0 + 600.0 * rng.f64();
            // Some have one price (a ticket, a haircut), most do not.
            let sigma = if rng.u8(0..4) == 0 { 0.0 } else { 0.2 + 0.6 * rng.f64() };
            let often = 4.0 + 40.0 * rng.f64();
            let mut at = until_next(rng, often);
            while at < days {
                let amount = about(rng, usual, sigma);
                self.movements.push(payment(day(first, at), amount, 1_000 + shop, "shopping"));
                at += until_next(rng, often);
            }
        }
    }
}

/// What one platform pays an hour, on an average day, in paise.
pub const RATE: f64 = 12_000.0;

/// Weeks of work: `noise` is the deviation of a day's rate that no weekday explains, `swing` that of weekdays.
pub struct Work {
    pub weeks: i64,
    pub days_a_week: usize,
    pub noise: f64,
    pub swing: f64,
    /// From which week on, and the share that is taken.
    pub cut: Option<(i64, f64)>,
}

impl Work {
    pub fn invent(&self, rng: &mut Rng) -> Vec<WorkDay> {
        // Four plain weekdays, a Friday, a weekend that pays: of mean 0 and deviation 1.
        const WEEK: [f64; 7] = [-0.70, -0.85, -0.80, -0.65, 0.10, 1.30, 1.60];
        let free = rng.usize(0..7);
        let mut days = Vec::new();
        for n in 0..self.weeks * 7 {
            let weekday = (n % 7) as usize;
            let is_free = (0..7 - self.days_a_week).any(|more| (free + more * 2) % 7 == weekday);
            if is_free || rng.u8(0..100) < 3 {
                continue;
            }
            let kept = self.cut.filter(|&(week, _)| n / 7 >= week).map_or(1.0, |(_, cut)| 1.0 - cut);
            let rate = RATE * kept * (1.0 + self.swing * WEEK[weekday]) * (self.noise * normal(rng)).exp();
            let minutes = rng.u32(240..660);
            let earned = (rate * f64::from(minutes) / 60.0) as i64;
            days.push(WorkDay { day: day(FIRST, n), platform: "swiggy".into(), earned, minutes: Some(minutes), trips: None });
        }
        days
    }
}
