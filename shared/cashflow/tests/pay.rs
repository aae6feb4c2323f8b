//! How often steady work looks like a pay cut, and how often a pay cut is seen.
//!
//! Rates vary as those of the one real driver whose days are known do: in 120 days by 13 % from day to
//! day, once weekdays are taken out (12.8 % is the median of such stretches, 14 % the most). Weekdays
//! add what brings the whole to 20 %. Six days a week are worked.

mod invented;

use cashflow::WorkDay;
use cashflow::pay_cut::{PayCut, pay_cuts};
use fastrand::Rng;
use invented::{FIRST, Work, day};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

const HISTORIES: u64 = 1_000;
/// 120 days.
const WEEKS: i64 = 17;
const FALSE_MAX: u32 = 20;
const FALSE_HALF_YEAR_MAX: u32 = 45;
/// Of a cut of 15 %, in its three weeks: on the Monday after the third at the latest.
const SEEN_MIN: u32 = 900;
const SEEN_A_WEEK_LATER_MIN: u32 = 960;

fn steady(weeks: i64) -> Work {
    Work { weeks, days_a_week: 6, noise: 0.13, swing: 0.152, cut: None }
}

/// What was known on the Monday after so many weeks.
fn after(days: &[WorkDay], weeks: i64) -> Vec<PayCut> {
    pay_cuts(days, day(FIRST, weeks * 7))
}

fn deviation_percent(rates: &[f64]) -> f64 {
    let count = rates.len() as f64;
    let mean = rates.iter().sum::<f64>() / count;
    (rates.iter().map(|rate| (rate - mean).powi(2)).sum::<f64>() / count).sqrt() / mean * 100.0
}

#[test]
fn the_noise_is_what_it_is_said_to_be() {
    let days = steady(1_000).invent(&mut Rng::with_seed(1));
    let rates: Vec<f64> = days.iter().map(|work| work.earned as f64 / f64::from(work.minutes.unwrap())).collect();
    let deviation = deviation_percent(&rates);
    assert!((19.0..21.0).contains(&deviation), "{deviation}");
}

/// Looked at after every week, as the agent does: one wrong week of a history is a wrong history.
#[test]
fn steady_work_is_seldom_told_to_be_a_cut() {
    let mut wrong = [0, 0];
    for seed in 0..HISTORIES {
        let mut rng = Rng::with_seed(seed);
        for (wrong, weeks) in wrong.iter_mut().zip([WEEKS, 26]) {
            let days = steady(weeks).invent(&mut rng);
            *wrong += u32::from((1..=weeks).any(|week| !after(&days, week).is_empty()));
        }
    }
    println!("wrong of {HISTORIES}: {} in {WEEKS} weeks, {} in 26", wrong[0], wrong[1]);
    assert!(wrong[0] <= FALSE_MAX && wrong[1] <= FALSE_HALF_YEAR_MAX, "{wrong:?}");
}

#[test]
fn a_cut_of_fifteen_per_cent_is_seen_within_three_weeks() {
    let (mut seen, mut weeks_off, mut rates_off) = ([0; 4], 0, 0);
    for seed in 0..HISTORIES {
        let cut_week = WEEKS - 3;
        let work = Work { weeks: WEEKS + 3, cut: Some((cut_week, 0.15)), ..steady(0) };
        let days = work.invent(&mut Rng::with_seed(seed));
        for (later, seen) in seen.iter_mut().enumerate() {
            let known = (cut_week + 1..=WEEKS + later as i64).find_map(|week| after(&days, week).pop());
            *seen += u32::from(known.is_some());
        }
        if let Some(cut) = after(&days, WEEKS).pop() {
            let week = (cut.since - day(FIRST, cut_week * 7)).get_days() / 7;
            weeks_off += u32::from(week.abs() > 2);
            rates_off += u32::from(!(80..=250).contains(&cut.fall_permille));
        }
    }
    println!("seen of {HISTORIES} within 3, 4, 5, 6 weeks: {seen:?}; by more than two weeks off: {weeks_off}; far from 15 %: {rates_off}");
    assert!(seen[0] >= SEEN_MIN && seen[1] >= SEEN_A_WEEK_LATER_MIN, "{seen:?}");
    assert!(weeks_off * 10 <= seen[0] && rates_off * 20 <= seen[0], "{weeks_off} {rates_off}");
}

/// What is lost where days differ more: it takes longer, and is not more often wrong.
#[test]
fn more_noise_delays_and_does_not_mislead() {
    let noisy = |cut, weeks| Work { weeks, noise: 0.2, swing: 0.0, cut, ..steady(0) };
    let (mut wrong, mut seen) = (0, [0, 0]);
    for seed in 0..HISTORIES {
        let mut rng = Rng::with_seed(seed);
        let days = noisy(None, WEEKS).invent(&mut rng);
        wrong += u32::from((1..=WEEKS).any(|week| !after(&days, week).is_empty()));
        let days = noisy(Some((WEEKS - 3, 0.15)), WEEKS + 5).invent(&mut rng);
        for (seen, last) in seen.iter_mut().zip([WEEKS, WEEKS + 5]) {
            *seen += u32::from((WEEKS..=last).any(|week| !after(&days, week).is_empty()));
        }
    }
    println!("with 20 % that no weekday explains: wrong {wrong}, seen after 3 and 8 weeks: {seen:?} of {HISTORIES}");
    assert!(wrong <= FALSE_MAX && seen[0] >= 450 && seen[1] >= 900, "{wrong} {seen:?}");
}

fn driver_days() -> Option<PathBuf> {
    let data = std::env::var_os("KAMAI_SHARED_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    Some(data.join("earnings/driver_days.csv")).filter(|path| path.is_file())
}

/// Nothing of this file is in the project; without it nothing is checked.
fn real_driver(path: &Path) -> Option<Vec<WorkDay>> {
    let text = std::fs::read_to_string(path).ok()?;
    text.lines()
        .skip(1)
        .map(|line| {
            let [driver, date, earnings, trips, hours] = line.split(',').collect::<Vec<_>>()[..] else { return None };
            Some(WorkDay {
                day: date.parse::<Date>().ok()?,
                platform: driver.to_owned(),
                earned: (earnings.parse::<f64>().ok()? * 100.0).round() as i64,
                minutes: Some((hours.parse::<f64>().ok()? * 60.0).round() as u32),
                trips: Some(trips.parse().ok()?),
            })
        })
        .collect()
}

#[test]
fn a_real_drivers_twenty_months_have_no_cut_until_one_is_made() {
    let Some(path) = driver_days() else { return };
    let days = real_driver(&path).expect("a row that is not as its description says");
    let (first, last) = (days[0].day, days[days.len() - 1].day);
    let mondays = || (0..).map(|week| day(first, week * 7)).take_while(move |&monday| monday <= last);
    let told = |days: &[WorkDay]| -> Vec<PayCut> { mondays().flat_map(|today| pay_cuts(days, today)).collect() };
    let steady = told(&days);
    println!("{} days: {steady:?}", days.len());
    assert!(steady.len() <= 1, "{steady:?}");

    let (mut made, mut seen) = (0, 0);
    for begins in mondays().filter(|&begins| days.iter().filter(|work| work.day < begins).count() >= 100) {
        let cut: Vec<WorkDay> = days
            .iter()
            .map(|work| WorkDay { earned: if work.day < begins { work.earned } else { work.earned * 85 / 100 }, ..work.clone() })
            .collect();
        let (within, after) = (day(begins, 21), day(begins, 43));
        if after > last {
            break;
        }
        made += 1;
        seen += u32::from((0..).map(|n| day(within, n)).take_while(|&today| today <= after).any(|today| !pay_cuts(&cut, today).is_empty()));
    }
    println!("of {made} cuts that were made, {seen} are seen within six weeks");
    assert!(seen * 10 >= made * 8, "{seen} of {made}");
}
