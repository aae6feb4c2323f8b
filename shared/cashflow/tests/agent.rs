//! The whole analysis, day after day, as the agent runs it.

mod invented;

use cashflow::news::{Notice, Told, news};
use cashflow::{Facts, Movement, WorkDay, analyse};
use fastrand::Rng;
use invented::{FIRST, Person, Work, day};
use jiff::civil::Date;

/// A person with bills, shops, and work on six days a week that pays for them.
fn invent(seed: u64, days: i64) -> (Vec<Movement>, Vec<WorkDay>, Date) {
    let person = Person::invent(seed, days);
    let first = day(person.today, -days);
    let mut rng = Rng::with_seed(seed);
    let work = Work { weeks: days / 7 + 1, days_a_week: 6, noise: 0.13, swing: 0.152, cut: None }.invent(&mut rng);
    let shift = (first - FIRST).get_days();
    let work: Vec<WorkDay> =
        work.into_iter().map(|work| WorkDay { day: day(work.day, i64::from(shift)), earned: work.earned * 8 / 5, ..work }).collect();
    let pay = |work: &WorkDay| Movement {
        day: work.day,
        at_minute: Some(1_320),
        is_in: true,
        amount: work.earned,
        what: work.platform.clone(),
        party: Some(500),
        is_platform: true,
        is_sum: false,
    };
    let movements = person.movements.iter().cloned().chain(work.iter().map(pay)).collect();
    (movements, work, person.today)
}

#[test]
fn the_order_of_facts_changes_nothing() {
    for seed in 0..40 {
        let (mut movements, mut work_days, today) = invent(seed, 120);
        let balance = Some(300_000);
        let mut first = analyse(&Facts { today, movements: &movements, work_days: &work_days, balance });
        let mut rng = Rng::with_seed(seed);
        rng.shuffle(&mut movements);
        rng.shuffle(&mut work_days);
        let mut second = analyse(&Facts { today, movements: &movements, work_days: &work_days, balance });
        // Where a debit stands among them is all that may differ.
        for debit in first.unusual.iter_mut().chain(&mut second.unusual) {
            debit.at = 0;
        }
        assert_eq!(first, second, "seed {seed}");
        assert_eq!(news(&Told::default(), &first), news(&Told::default(), &second));
    }
}

#[test]
fn what_has_not_happened_changes_nothing() {
    for seed in 0..20 {
        let (movements, work_days, end) = invent(seed, 120);
        let today = day(end, -30);
        let before = |day: Date| day <= today;
        let known: Vec<Movement> = movements.iter().filter(|movement| before(movement.day)).cloned().collect();
        let worked: Vec<WorkDay> = work_days.iter().filter(|work| before(work.day)).cloned().collect();
        let all = analyse(&Facts { today, movements: &movements, work_days: &work_days, balance: Some(0) });
        let past = analyse(&Facts { today, movements: &known, work_days: &worked, balance: Some(0) });
        assert_eq!(all.bills, past.bills);
        assert_eq!(
            (all.totals, all.runway, all.pay_cuts, all.social_security),
            (past.totals, past.runway, past.pay_cuts, past.social_security)
        );
        assert_eq!(all.unusual.len(), past.unusual.len());
    }
}

/// A year of ordinary life: bills are told, once each; little else is, and nothing twice.
#[test]
fn ordinary_lives_are_left_in_peace() {
    let (mut years, mut of_kind) = (0, [0; 5]);
    for seed in 0..8 {
        let (mut movements, mut work_days, end) = invent(seed, 365);
        // By day, so that each morning's facts are a prefix.
        movements.sort_by_key(|movement| movement.day);
        work_days.sort_by_key(|work| work.day);
        let (mut told, mut keys, mut balance, mut at) = (Told::default(), Vec::new(), 1_000_000_i64, 0);
        for n in (0..=365).rev() {
            let today = day(end, -n);
            while let Some(movement) = movements.get(at).filter(|movement| movement.day <= today) {
                balance += if movement.is_in { movement.amount } else { -movement.amount };
                at += 1;
            }
            let known = &movements[..at];
            let worked = &work_days[..work_days.partition_point(|work| work.day <= today)];
            let analysis = analyse(&Facts { today, movements: known, work_days: worked, balance: Some(balance) });
            let (notices, after) = news(&told, &analysis);
            assert_eq!(news(&after, &analysis).0, [], "seed {seed}, {today}");
            for notice in &notices {
                of_kind[match notice {
                    Notice::BillDue { .. } => 0,
                    Notice::ShortSoon { .. } => 1,
                    Notice::Unusual(_) => 2,
                    Notice::PayCut(_) => 3,
                    Notice::SocialSecurity { .. } => 4,
                }] += 1;
                assert!(!keys.contains(&notice.key()), "{notice:?} again, seed {seed}, {today}");
                keys.push(notice.key());
            }
            told = after;
        }
        years += 1;
    }
    let [bills, shorts, unusual, cuts, social_security] = of_kind;
    println!("in {years} years: {bills} bills, {shorts} short, {unusual} unusual, {cuts} pay cuts, {social_security} social security");
    assert!(bills >= years * 60 && bills <= years * 130, "{bills}");
    assert!(unusual <= years * 3 && cuts <= 2 && shorts <= years * 6, "{of_kind:?}");
    assert!(social_security >= years * 2);
}

#[test]
fn nothing_is_known_of_nobody() {
    let today = jiff::civil::date(2026, 11, 21);
    let analysis = analyse(&Facts { today, movements: &[], work_days: &[], balance: None });
    assert!(analysis.bills.is_empty() && analysis.runway.is_none() && analysis.unusual.is_empty() && analysis.pay_cuts.is_empty());
    assert_eq!((analysis.totals.month.left(), analysis.social_security.multi), (0, 0));
}

/// What comes is anything: the ends of the calendar, of amounts, of hashes.
#[test]
fn any_history_has_an_answer() {
    let mut rng = Rng::with_seed(7);
    let amounts = [i64::MIN, -1, 0, 1, 19_999, 20_000, 5_000_000, i64::MAX];
    for _ in 0..300 {
        let wide = rng.bool();
        let any_day = |rng: &mut Rng| match rng.u8(0..8) {
            0 if wide => Date::MIN,
            1 if wide => Date::MAX,
            _ => day(FIRST, rng.i64(0..200)),
        };
        let movements: Vec<Movement> = (0..rng.usize(0..200))
            .map(|_| Movement {
                day: any_day(&mut rng),
                at_minute: rng.bool().then(|| rng.u16(..)),
                is_in: rng.bool(),
                amount: amounts[rng.usize(0..amounts.len())],
                what: ["", "food", "चाय"][rng.usize(0..3)].to_owned(),
                party: rng.bool().then(|| [0, 1, u128::MAX][rng.usize(0..3)]),
                is_platform: rng.bool(),
                is_sum: false,
            })
            .collect();
        let work_days: Vec<WorkDay> = (0..rng.usize(0..200))
            .map(|_| WorkDay {
                day: any_day(&mut rng),
                platform: ["", "uber"][rng.usize(0..2)].to_owned(),
                earned: amounts[rng.usize(0..amounts.len())],
                minutes: rng.bool().then(|| [0, 1, 480, u32::MAX][rng.usize(0..4)]),
                trips: None,
            })
            .collect();
        let balance = rng.bool().then(|| amounts[rng.usize(0..amounts.len())]);
        let today = any_day(&mut rng);
        let analysis = analyse(&Facts { today, movements: &movements, work_days: &work_days, balance });
        let (notices, told) = news(&Told::default(), &analysis);
        assert_eq!(news(&told, &analysis).0, []);
        assert!(notices.len() <= movements.len() + work_days.len() + 1);
    }
}
