//! How many of the bills of invented people are found, and how many of those found are bills.

mod invented;

use cashflow::recurring::{self, Payee};
use invented::{Person, TrueBill};
use std::collections::BTreeMap;

#[derive(Default)]
struct Score {
    truly: u32,
    found: u32,
    day_right: u32,
}

#[test]
fn survey() {
    for days in [120, 300] {
        let (mut by_kind, mut false_ones, mut all) = (BTreeMap::<&str, Score>::new(), BTreeMap::<String, u32>::new(), 0);
        let mut conf = BTreeMap::<u8, (u32, u32)>::new();
        for seed in 0..400 {
            let person = Person::invent(seed, days);
            let found = recurring::bills(&person.movements, person.today);
            all += found.len();
            let of = |bill: &TrueBill| found.iter().find(|f| f.payee == Payee::Party(bill.party));
            for bill in person.bills.iter().filter(|b| b.payments >= 3) {
                let s = by_kind.entry(bill.kind).or_default();
                s.truly += 1;
                if let Some(f) = of(bill) {
                    s.found += 1;
                    let away = (f.next_due - bill.next_due).get_days().abs();
                    if away <= 4 {
                        s.day_right += 1
                    }
                }
            }
            for f in &found {
                let t = person.bills.iter().any(|b| f.payee == Payee::Party(b.party));
                let c = conf.entry(f.confidence_percent / 5 * 5).or_default();
                c.0 += 1;
                c.1 += u32::from(t);
                if !t {
                    *false_ones.entry(format!("{:?} {} {:?}", f.what, f.payments(), std::mem::discriminant(&f.rhythm))).or_default() += 1;
                }
            }
        }
        println!("days {days}: found {all}");
        for (k, s) in by_kind {
            println!("{k}: {} found {:.3} day {:.3}", s.truly, s.found as f64 / s.truly as f64, s.day_right as f64 / s.truly as f64);
        }
        println!("false {} {false_ones:?}", false_ones.values().sum::<u32>());
        println!("{conf:?}");
    }
}
