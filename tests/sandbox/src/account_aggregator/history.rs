//! What happened in a customer's accounts: the life of somebody who delivers.
//!
//! A line depends on the customer's number, the bank and the day alone, so that a history that is
//! fetched again tomorrow is the same with a day more. At the first bank: a platform pays every
//! Wednesday, and another one on most days; fuel, food, people, cash, a phone's recharge, rent on the
//! 2nd, an instalment on the 5th and, on the 6th, something put aside at the second bank, where it arrives
//! under the same reference. The third bank sees a bill a month. No account is overdrawn: what it has not,
//! is not spent.

use fastrand::Rng;
use jiff::civil::Date;
use jiff::tz::{self, TimeZone};
use jiff::{Span, Timestamp};

use super::banks::{BANKS, seed};

/// Where every history begins.
const BEGINNING: Date = jiff::civil::date(2025, 6, 1);
const OPENING_PAISE: i64 = 400_000;
/// What is left when nothing more is spent.
const LEAST_PAISE: i64 = 10_000;
/// How far back banks tell.
pub const DAYS_MAX: i64 = 180;

/// One line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: String,
    pub at: Timestamp,
    pub date: Date,
    /// Negative: money out.
    pub paise: i64,
    pub balance_paise: i64,
    pub mode: &'static str,
    pub narration: String,
    pub reference: String,
}

struct Plan {
    minute: i64,
    paise: i64,
    mode: &'static str,
    narration: String,
    reference: String,
}

pub fn india() -> TimeZone {
    TimeZone::fixed(tz::offset(5).saturating_add(Span::new().minutes(30)))
}

/// Everything up to then, oldest first.
pub fn lines(customer: &str, fip_id: &str, until: Timestamp) -> Vec<Line> {
    let place = BANKS.iter().position(|bank| bank.fip_id == fip_id).unwrap_or_default();
    let last = until.to_zoned(india()).date();
    let mut balance_paise = OPENING_PAISE;
    let mut lines = Vec::new();
    let days = std::iter::successors(Some(BEGINNING), |day| day.tomorrow().ok()).take_while(|day| *day <= last);
    for date in days {
        let mut plans = match place {
            0 => first_bank(customer, date),
            1 => second_bank(customer, date),
            _ => third_bank(customer, date),
        };
        plans.sort_by_key(|plan| plan.minute);
        for (number, plan) in plans.into_iter().enumerate() {
            let at =
                date.at(0, 0, 0, 0).to_zoned(india()).ok().and_then(|midnight| midnight.checked_add(Span::new().minutes(plan.minute)).ok());
            let Some(at) = at.map(|at| at.timestamp()).filter(|at| *at <= until) else { continue };
            if plan.paise < 0 && balance_paise + plan.paise < LEAST_PAISE {
                continue;
            }
            balance_paise += plan.paise;
            lines.push(Line {
                // As of real banks: the same ids at each of them.
                id: format!("S{}{number:02}", date.strftime("%y%m%d")),
                at,
                date,
                paise: plan.paise,
                balance_paise,
                mode: plan.mode,
                narration: plan.narration,
                reference: plan.reference,
            });
        }
    }
    lines
}

fn rng(words: &[&str]) -> Rng {
    let digest = seed(words);
    Rng::with_seed(digest.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

fn rrn(date: Date, rng: &mut Rng) -> String {
    format!("{}{:03}{:08}", date.year().rem_euclid(10), date.day_of_year(), rng.u32(0..100_000_000))
}

/// Whole rupees, in paise.
fn rupees(rng: &mut Rng, from: i64, to: i64) -> i64 {
    rng.i64(from..=to) * 100
}

/// The first bank's way to write a UPI payment.
fn upi(date: Date, rng: &mut Rng, minute: i64, paise: i64, name: &str, vpa: &str, note: &str) -> Plan {
    let reference = rrn(date, rng);
    let narration = format!("UPI-{name}-{vpa}-HDFC0000240-{reference}-{note}");
    Plan { minute, paise, mode: "OTHERS", narration, reference }
}

fn first_bank(customer: &str, date: Date) -> Vec<Plan> {
    const PEOPLE: [(&str, &str); 4] = [
        ("RAVI KUMAR", "ravik@okaxis"),
        ("SUNITA DEVI", "sunita91@ybl"),
        ("MOHAMMED IRFAN", "irfan.m@paytm"),
        ("LAKSHMI S", "lakshmis@okicici"),
    ];
    const KITCHENS: [(&str, &str); 3] =
        [("ANNAPURNA MESS", "annapurna@ybl"), ("CHAI POINT", "chaipoint@hdfcbank"), ("SRI SAI TIFFINS", "q55120@ybl")];
    let weekly = [("BUNDL TECHNOLOGIES", "HDFC0000240"), ("ETERNAL LIMITED", "ICIC0000104")];
    let (payer, ifsc) = weekly[usize::from(seed(&[customer])[0]) % weekly.len()];
    let rng = &mut rng(&[customer, BANKS[0].fip_id, &date.to_string()]);
    let mut plans = Vec::new();
    if date.weekday() == jiff::civil::Weekday::Wednesday {
        let reference = format!("HDFCN{}{:03}", date.strftime("%Y%m%d"), rng.u32(0..1000));
        let narration = format!("NEFT Cr-{ifsc}-{payer}-WEEKLY PAYOUT-{reference}");
        plans.push(Plan {
            minute: 11 * 60 + rng.i64(0..40),
            paise: rupees(rng, 3_400, 6_400) + rng.i64(0..100),
            mode: "FT",
            narration,
            reference,
        });
    }
    if rng.u32(0..7) < 5 {
        let paise = rupees(rng, 300, 1_100);
        plans.push(upi(date, rng, 21 * 60 + 20, paise, "UBER INDIA", "uberindia@hdfcbank", "trips"));
    }
    if rng.u32(0..5) < 2 {
        let paise = -rupees(rng, 150, 400);
        plans.push(upi(date, rng, 8 * 60 + 5, paise, "HP PETROL PUMP", "hpcl.0042@icici", "fuel"));
    }
    if rng.u32(0..10) < 7 {
        let (name, vpa) = KITCHENS[rng.usize(0..KITCHENS.len())];
        let paise = -rupees(rng, 40, 180);
        plans.push(upi(date, rng, 13 * 60 + 30, paise, name, vpa, "food"));
    }
    if rng.u32(0..10) < 2 {
        let (name, vpa) = PEOPLE[rng.usize(0..PEOPLE.len())];
        let paise = rupees(rng, 100, 2_000) * if rng.u32(0..4) == 0 { 1 } else { -1 };
        plans.push(upi(date, rng, 18 * 60 + 45, paise, name, vpa, "NA"));
    }
    if rng.u32(0..9) == 0 {
        let narration = format!("ATW-416021XXXXXX{:04}-S1ACPN12-PUNE", rng.u32(0..10_000));
        plans.push(Plan { minute: 19 * 60 + 10, paise: -50_000 * rng.i64(1..=4), mode: "ATM", narration, reference: String::new() });
    }
    if date.day() == 1 {
        let reference = rrn(date, rng);
        let narration = format!("UPI-AIRTEL PREPAID-airtel@icici-ICIC0000104-{reference}-recharge");
        plans.push(Plan { minute: 10 * 60, paise: -29_900, mode: "UPI", narration, reference });
    }
    if date.day() == 2 {
        plans.push(upi(date, rng, 9 * 60, -750_000, "GANESH PATIL", "ganesh.patil@okhdfcbank", "room rent"));
    }
    if date.day() == 5 {
        let narration = "ACH D- BAJAJ FINANCE LTD-P400PMB8891".to_owned();
        plans.push(Plan { minute: 6 * 60 + 30, paise: -345_000, mode: "OTHERS", narration, reference: "P400PMB8891".to_owned() });
    }
    if date.day() == 6 {
        let reference = aside(customer, date);
        let narration = format!("IMPS-{reference}-SELF-{}-SAVINGS", BANKS[1].ifsc);
        plans.push(Plan { minute: 12 * 60, paise: -200_000, mode: "FT", narration, reference });
    }
    plans
}

/// The reference under which money is put aside: the same at both banks.
fn aside(customer: &str, date: Date) -> String {
    rrn(date, &mut rng(&[customer, "aside", &date.to_string()]))
}

fn second_bank(customer: &str, date: Date) -> Vec<Plan> {
    let rng = &mut rng(&[customer, BANKS[1].fip_id, &date.to_string()]);
    let mut plans = Vec::new();
    if date.day() == 6 {
        let reference = aside(customer, date);
        let narration = format!("IMPS/P2A/{reference}/SELF/SHYD/SAVINGS");
        plans.push(Plan { minute: 12 * 60 + 1, paise: 200_000, mode: "FT", narration, reference });
    }
    if date.weekday() == jiff::civil::Weekday::Sunday {
        let reference = rrn(date, rng);
        let narration = format!("UPI/DR/{reference}/DMART READY/UTIB/dmart@axisbank");
        plans.push(Plan { minute: 17 * 60, paise: -rupees(rng, 150, 450), mode: "OTHERS", narration, reference });
    }
    if date.day() == 1 && date.month() % 3 == 1 {
        let narration = "Int.Pd: quarter".to_owned();
        plans.push(Plan { minute: 5, paise: rng.i64(1_200..4_000), mode: "OTHERS", narration, reference: String::new() });
    }
    plans
}

fn third_bank(customer: &str, date: Date) -> Vec<Plan> {
    let rng = &mut rng(&[customer, BANKS[2].fip_id, &date.to_string()]);
    match date.day() {
        9 => {
            let narration = "CASH DEPOSIT SELF".to_owned();
            vec![Plan { minute: 15 * 60, paise: rupees(rng, 700, 1_200), mode: "CASH", narration, reference: String::new() }]
        }
        10 => {
            let reference = rrn(date, rng);
            let narration = format!("UPI/DR/{reference}/MSEDCL BILL/SBIN/msedcl@sbi");
            vec![Plan { minute: 10 * 60 + 15, paise: -(rupees(rng, 450, 900) + 37), mode: "UPI", narration, reference }]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUSTOMER: &str = "9876543210@sandbox-aa";

    fn until(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_history_grows_and_never_changes() {
        let now = lines(CUSTOMER, BANKS[0].fip_id, until("2026-11-20T10:00:00Z"));
        let later = lines(CUSTOMER, BANKS[0].fip_id, until("2026-11-25T10:00:00Z"));
        assert!(later.len() > now.len() && later.starts_with(&now));
        assert_ne!(now, lines("9876543211@sandbox-aa", BANKS[0].fip_id, until("2026-11-20T10:00:00Z")));
    }

    #[test]
    fn balances_add_up_and_are_never_below_nought() {
        for bank in &BANKS {
            let lines = lines(CUSTOMER, bank.fip_id, until("2026-11-20T10:00:00Z"));
            let mut balance = OPENING_PAISE;
            for line in &lines {
                balance += line.paise;
                assert!(line.balance_paise == balance && balance >= LEAST_PAISE && line.paise != 0, "{line:?}");
            }
            assert!(lines.is_sorted_by_key(|line| line.at), "{}", bank.name);
        }
    }

    #[test]
    fn half_a_year_has_work_rent_an_instalment_and_people() {
        let lines = lines(CUSTOMER, BANKS[0].fip_id, until("2026-11-20T10:00:00Z"));
        let count = |word: &str| {
            lines
                .iter()
                .rev()
                .take_while(|line| line.date >= jiff::civil::date(2026, 5, 24))
                .filter(|line| line.narration.contains(word))
                .count()
        };
        assert!(count("WEEKLY PAYOUT") >= 24 && count("UBER") >= 90 && count("fuel") >= 40 && count("food") >= 90);
        assert!(count("rent") >= 5 && count("BAJAJ") >= 5 && count("ATW-") >= 8);
        assert!(lines.len() > 1_000);
    }

    #[test]
    fn what_is_put_aside_has_one_reference_at_both_banks() {
        let references = |bank: usize| -> Vec<String> {
            let lines = lines(CUSTOMER, BANKS[bank].fip_id, until("2026-11-20T10:00:00Z"));
            lines.into_iter().filter(|line| line.narration.contains("SELF")).map(|line| line.reference).collect()
        };
        let (out, arrived) = (references(0), references(1));
        assert!(out.len() >= 12 && out.iter().all(|reference| arrived.contains(reference)));
    }
}
