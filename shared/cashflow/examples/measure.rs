//! How long one run of the agent's analysis takes:
//! `cargo run --release -p cashflow --example measure`.

use cashflow::news::{Told, news};
use cashflow::{Facts, Movement, WorkDay, analyse};
use jiff::Span;
use jiff::civil::date;
use std::hint::black_box;
use std::time::{Duration, Instant};

const DAYS: i64 = 120;
const MOVEMENTS_A_DAY: usize = 20;
const RUNS: usize = 200;

fn main() {
    let mut rng = fastrand::Rng::with_seed(1);
    let first = date(2026, 8, 1);
    let day = |n: i64| first.saturating_add(Span::new().days(n));
    let kinds = ["food", "fuel", "groceries", "transfer", "mobile", "shopping", ""];
    let mut movements = Vec::new();
    let mut work_days = Vec::new();
    for n in 0..DAYS {
        for at in 0..MOVEMENTS_A_DAY {
            let is_in = at % 5 == 0;
            movements.push(Movement {
                day: day(n),
                at_minute: Some(rng.u16(0..1_440)),
                is_in,
                amount: if is_in { 20_000 } else { 3_000 } + rng.i64(0..20_000),
                what: kinds[rng.usize(0..kinds.len())].to_owned(),
                // Few that are paid often, many now and then.
                party: Some(u128::from(rng.u32(0..20) * rng.u32(0..20))),
                is_platform: is_in,
                is_sum: false,
            });
        }
        for bill in 0..8_i64 {
            if (n - bill) % 30 == 0 {
                let party = 1_000 + bill.unsigned_abs() as u128;
                let bill = Movement {
                    day: day(n),
                    at_minute: None,
                    is_in: false,
                    amount: 50_000 * (bill + 1),
                    what: "bill".into(),
                    party: Some(party),
                    is_platform: false,
                    is_sum: false,
                };
                movements.push(bill);
            }
        }
        for platform in ["swiggy", "zomato", "rapido"] {
            work_days.push(WorkDay {
                day: day(n),
                platform: platform.into(),
                earned: 40_000 + rng.i64(0..20_000),
                minutes: Some(rng.u32(120..300)),
                trips: None,
            });
        }
    }
    let today = day(DAYS - 1);
    let facts = Facts { today, movements: &movements, work_days: &work_days, balance: Some(500_000) };
    let mut runs: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let started = Instant::now();
            let analysis = analyse(black_box(&facts));
            black_box(news(&Told::default(), &analysis));
            started.elapsed()
        })
        .collect();
    runs.sort_unstable();
    let analysis = analyse(&facts);
    println!("{} movements, {} days of work; {} bills found", movements.len(), work_days.len(), analysis.bills.len());
    println!("least {:?}, median {:?}, p99 {:?}", runs[0], runs[RUNS / 2], runs[RUNS * 99 / 100]);
}
