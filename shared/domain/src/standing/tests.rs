use super::*;
use crate::{chat::Moves, testing::user};

/// In India, on a day of November 2026.
fn at(day: i8, hour: i8) -> Timestamp {
    at_hour(Date::constant(2026, 11, day), hour)
}

fn terms(amount: i64) -> Terms {
    Terms { moves: Moves::Transfer { to: user("ravi"), label: "Ravi".to_owned() }, amount, fee: 0, note: None }
}

fn set(key: &str, every: &str, amount: i64) -> SetStanding {
    let every = every.parse().unwrap();
    let terms = terms(amount);
    let asked = Keyed::new(user("asha"), key, &format!("{} {every}", terms.canonical()), "req".to_owned());
    SetStanding { asked, terms, every, others: 0 }
}

#[derive(Default)]
struct World(Option<Standing>);

impl World {
    fn run<C: Command>(&mut self, now: Timestamp, command: &C) -> Result<C::Done, C::Refusal> {
        let mut state = Snapshot::default();
        if let Some(standing) = &self.0 {
            state.insert(1, Record::Standing(Box::new(standing.clone())));
        }
        let (plan, done) = command.decide(&state, now)?;
        for record in plan.records() {
            let Record::Standing(standing) = record else { unreachable!("only the standing payment is written") };
            self.0 = Some((**standing).clone());
        }
        Ok(done)
    }

    /// Set up on the 20th, at noon.
    fn with(every: &str) -> Self {
        let mut world = Self::default();
        world.run(at(20, 12), &set("k", every, 50_000)).unwrap();
        world
    }

    fn now(&self) -> &Standing {
        self.0.as_ref().unwrap()
    }

    fn take(&mut self, now: Timestamp) -> Due {
        let id = self.now().id.fingerprint();
        self.run(now, &TakeStanding { user: user("asha"), id }).unwrap()
    }

    fn record(&mut self, now: Timestamp, stood: Stood) {
        let (id, on) = (self.now().id.fingerprint(), self.now().next_on);
        self.run(now, &RecordStanding { user: user("asha"), id, on, stood }).unwrap()
    }
}

#[test]
fn it_is_announced_the_evening_before_and_paid_in_the_morning() {
    let mut world = World::with("month:25");
    assert_eq!(world.take(at(24, 17)), Due::Nothing);
    assert!(matches!(world.take(at(24, 18)), Due::Announce(_)));
    world.record(at(24, 18), Stood::Announced);
    assert_eq!(world.take(at(25, 8)), Due::Nothing);
    let Due::Pay(standing) = world.take(at(25, 9)) else { panic!("it is due") };
    assert_eq!(standing.payment_key().1, "2026-11-25");
    world.record(at(25, 9), Stood::Paid);
    assert_eq!(world.now().last, Some((Date::constant(2026, 11, 25), StandingResult::Paid)));
    assert_eq!(world.now().next_on, Date::constant(2026, 12, 25));
    assert_eq!(world.take(at(25, 10)), Due::Nothing, "once a month");
}

#[test]
fn the_first_payment_is_never_on_the_day_on_which_it_was_set_up() {
    assert_eq!(World::with("month:20").now().next_on, Date::constant(2026, 12, 20));
    assert_eq!(World::with("day").now().next_on, Date::constant(2026, 11, 21));
    // The 20th is a Friday.
    assert_eq!(World::with("week:friday").now().next_on, Date::constant(2026, 11, 27));
}

#[test]
fn a_daily_one_is_not_announced() {
    let mut world = World::with("day");
    assert_eq!(world.take(at(20, 18)), Due::Nothing);
    assert!(matches!(world.take(at(21, 9)), Due::Pay(_)));
}

#[test]
fn where_money_is_short_it_is_tried_until_the_evening() {
    let mut world = World::with("day");
    let mut hour = 9;
    while world.now().next_on == Date::constant(2026, 11, 21) {
        assert!(matches!(world.take(at(21, hour)), Due::Pay(_)), "at {hour}");
        world.record(at(21, hour), Stood::Short);
        hour += 1;
    }
    assert_eq!(hour, 22);
    assert_eq!(world.now().last, Some((Date::constant(2026, 11, 21), StandingResult::ShortOfMoney)));
}

#[test]
fn one_worker_is_at_it_and_a_dead_one_is_followed_by_another() {
    let mut world = World::with("day");
    assert!(matches!(world.take(at(21, 9)), Due::Pay(_)));
    assert_eq!(world.take(at(21, 9)), Due::Nothing);
    let minute_later = at(21, 9).saturating_add(SignedDuration::from_secs(60)).unwrap();
    let Due::Pay(again) = world.take(minute_later) else { panic!("the lease is over") };
    assert_eq!(again.payment_key().1, "2026-11-21", "under the same key");
}

#[test]
fn what_was_missed_is_not_paid_late() {
    let mut world = World::with("week:saturday");
    assert_eq!(world.take(at(23, 9)), Due::Nothing);
    assert_eq!(world.now().last, Some((Date::constant(2026, 11, 21), StandingResult::Missed)));
    assert_eq!(world.now().next_on, Date::constant(2026, 11, 28));
}

#[test]
fn what_was_ended_is_paid_no_more_though_a_worker_had_it() {
    let mut world = World::with("day");
    world.take(at(21, 9));
    let id = world.now().id.fingerprint();
    world.run(at(21, 9), &EndStanding { user: user("asha"), id }).unwrap();
    world.record(at(21, 9), Stood::Short);
    assert_eq!((world.now().status, world.now().due_at), (StandingStatus::Ended, None));
    assert_eq!(world.take(at(22, 9)), Due::Nothing);
}

#[test]
fn asking_again_sets_up_one_and_another_under_its_key_is_refused() {
    let mut world = World::with("day");
    let known = world.now().clone();
    assert_eq!(world.run(at(20, 13), &set("k", "day", 50_000)), Ok(Answer::again(known)));
    assert_eq!(world.run(at(20, 13), &set("k", "day", 60_000)), Err(CannotStand::KeyReused(KeyReused)));
    let many = SetStanding { others: STANDING_MAX, ..set("l", "day", 1_000) };
    assert_eq!(World::default().run(at(20, 13), &many), Err(CannotStand::TooMany));
}
