//! How many of the bills of invented people are found, and how many of those found are bills.
//!
//! Each person has eight bills (one quarterly), tea and petrol of one price, lunches, and 25 shops that
//! are visited at random, a quarter of them always for the same amount.

mod invented;

use cashflow::recurring::{Payee, bills};
use invented::Person;
use std::collections::BTreeMap;

const PEOPLE: u64 = 400;

#[derive(Default)]
struct Score {
    truly: u32,
    found: u32,
    /// Due within four days of the true day.
    day_right: u32,
}

struct Survey {
    by_kind: BTreeMap<&'static str, Score>,
    told: u32,
    right: u32,
    /// Of those that would be told to a person.
    sure: u32,
    sure_right: u32,
}

fn permille(part: u32, whole: u32) -> u32 {
    part * 1_000 / whole.max(1)
}

fn survey(days: i64) -> Survey {
    let mut survey = Survey { by_kind: BTreeMap::new(), told: 0, right: 0, sure: 0, sure_right: 0 };
    for seed in 0..PEOPLE {
        let person = Person::invent(seed, days);
        let found = bills(&person.movements, person.today);
        for bill in person.bills.iter().filter(|bill| bill.payments >= 3) {
            let score = survey.by_kind.entry(bill.kind).or_default();
            score.truly += 1;
            if let Some(found) = found.iter().find(|found| found.payee == Payee::Party(bill.party)) {
                score.found += 1;
                score.day_right += u32::from((found.next_due - bill.next_due).get_days().abs() <= 4);
            }
        }
        for found in &found {
            let is_right = u32::from(person.bills.iter().any(|bill| found.payee == Payee::Party(bill.party)));
            let is_sure = u32::from(found.confidence_percent >= 75);
            survey.told += 1;
            survey.right += is_right;
            survey.sure += is_sure;
            survey.sure_right += is_sure * is_right;
        }
    }
    println!(
        "{days} days: {} of {} found are bills; of the surer ones {} of {}",
        survey.right, survey.told, survey.sure_right, survey.sure
    );
    for (kind, score) in &survey.by_kind {
        let (found, day) = (permille(score.found, score.truly), permille(score.day_right, score.found));
        println!("  {kind}: {found} of 1000 found, of these {day} due when they are");
    }
    survey
}

#[test]
fn four_months_of_history_have_nearly_all_bills_and_little_else() {
    let survey = survey(120);
    assert!(permille(survey.right, survey.told) >= 975 && permille(survey.sure_right, survey.sure) >= 980);
    for (kind, score) in &survey.by_kind {
        // Three or four payments that differ in day and amount are told from chance less surely.
        let found_min = if *kind == "electricity" { 850 } else { 950 };
        assert!(score.truly >= 390 && permille(score.found, score.truly) >= found_min, "{kind}");
        assert!(permille(score.day_right, score.found) >= 930, "{kind}");
    }
}

#[test]
fn ten_months_of_history_have_all() {
    let survey = survey(300);
    assert!(permille(survey.right, survey.told) >= 980);
    assert!(survey.by_kind.contains_key("insurance"));
    for (kind, score) in &survey.by_kind {
        assert!(score.truly >= 390 && permille(score.found, score.truly) >= 990, "{kind}");
        assert!(permille(score.day_right, score.found) >= 990, "{kind}");
    }
}

#[test]
fn who_has_no_bills_is_told_of_few() {
    let (mut people, mut found) = (0, 0);
    for seed in 1_000..1_000 + PEOPLE {
        let mut person = Person::invent(seed, 120);
        let bills_of = |party: Option<u128>| person.bills.iter().any(|bill| party == Some(bill.party));
        person.movements = person.movements.iter().filter(|movement| !bills_of(movement.party)).cloned().collect();
        people += 1;
        found += bills(&person.movements, person.today).iter().filter(|bill| bill.confidence_percent >= 75).count();
    }
    println!("{found} bills of {people} people who have none");
    assert!(found * 10 <= people);
}
