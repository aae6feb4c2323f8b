//! When nobody is disturbed. F45.

use super::*;

const NIGHT: &str = "2026-11-21T17:30:00Z"; // 23:00 in India
const MORNING: &str = "2026-11-22T01:30:00Z"; // 07:00 in India

fn held_until(stage: Stage) -> Option<(Timestamp, HeldFor)> {
    match stage {
        Stage::Held { until, why } => Some((until, why)),
        Stage::Climbing { .. } | Stage::Done { .. } => None,
    }
}

#[test]
fn what_comes_at_night_is_held_across_midnight_and_released_in_the_morning() {
    let mut asha = Asha::reachable().at(NIGHT);
    let id = asha.open(&payment("e"));
    assert_eq!(held_until(asha.stage(id)), Some((utc(MORNING), HeldFor::QuietHours)));
    assert!(!asha.asks_for_work(id) && asha.notice(id).due_at() == Some(utc(MORNING)));
    asha.world.wait(3_600);
    let before = asha.notice(id);
    assert_eq!(asha.waits(id), 7 * 3_600);
    assert_eq!(asha.notice(id), before, "an early look changes nothing");
    assert_eq!(asha.tries(id), Channel::Push);
    assert_eq!(asha.statuses(id), [(Channel::Push, "queued")], "held is neither dropped nor failed");
}

#[test]
fn fraud_money_at_risk_and_the_law_go_through_at_night_and_an_urgent_offer_does_not() {
    let mut asha = Asha::reachable().at(NIGHT);
    asha.set(Settings { offers: true, ..Settings::default() });
    let critical = |open: OpenNotice| OpenNotice { priority: Priority::Critical, ..open };
    for open in [fraud("fraud"), critical(payment("money")), OpenNotice { category: Category::Legal, ..payment("law") }] {
        let id = asha.open(&open);
        assert!(asha.asks_for_work(id));
        assert_eq!(asha.tries(id), Channel::Push);
    }
    let offered = asha.open(&critical(offer("offer")));
    assert!(held_until(asha.stage(offered)).is_some());
}

#[test]
fn quiet_hours_that_end_as_they_begin_are_none() {
    let mut asha = Asha::reachable().at(NIGHT);
    asha.set(Settings { quiet: Hours::new(9, 9), ..Settings::default() });
    let id = asha.open(&payment("e"));
    assert_eq!(asha.tries(id), Channel::Push);
}

#[test]
fn who_has_flown_west_is_left_alone_until_their_own_morning() {
    let mut asha = Asha::reachable().at(NIGHT);
    let id = asha.open(&payment("e"));
    asha.set(Settings { zone: Zone::parse("Europe/London").unwrap(), ..Settings::default() });
    asha.world.now = utc(MORNING);
    assert_eq!(asha.waits(id), 5 * 3_600 + 1_800, "half past one there");
    assert_eq!((asha.world.now, asha.tries(id)), (utc("2026-11-22T07:00:00Z"), Channel::Push));
}

#[test]
fn who_has_flown_east_or_wants_no_quiet_hours_any_more_need_not_wait_for_the_old_morning() {
    for settings in [
        Settings { zone: Zone::parse("Asia/Tokyo").unwrap(), quiet: Hours::new(22, 2), ..Settings::default() },
        Settings { quiet: Hours::new(0, 0), ..Settings::default() },
    ] {
        let mut asha = Asha::reachable().at(NIGHT);
        let id = asha.open(&payment("e"));
        asha.set(settings);
        assert_eq!(asha.tries(id), Channel::Push);
    }
}

#[test]
fn a_night_in_which_clocks_change_ends_by_the_new_clocks() {
    let berlin = Settings { zone: Zone::parse("Europe/Berlin").unwrap(), ..Settings::default() };
    for (evening, morning) in [("2027-03-27T22:00:00Z", "2027-03-28T05:00:00Z"), ("2026-10-24T21:00:00Z", "2026-10-25T06:00:00Z")] {
        let mut asha = Asha::reachable().at(evening);
        asha.set(berlin.clone());
        let id = asha.open(&OpenNotice { expires_at: utc("2027-04-01T00:00:00Z"), ..payment("e") });
        assert_eq!(held_until(asha.stage(id)), Some((utc(morning), HeldFor::QuietHours)));
    }
}

#[test]
fn the_next_rung_waits_for_the_morning_too() {
    let mut asha = Asha::reachable().at("2026-11-21T16:25:00Z"); // 21:55
    let id = asha.open(&payment("e"));
    assert_eq!(asha.tries(id), Channel::Push);
    asha.sent(id, Channel::Push);
    assert_eq!(asha.waits(id), 600);
    asha.waits(id);
    assert_eq!((asha.world.now, asha.tries(id)), (utc(MORNING), Channel::Whatsapp));
}

#[test]
fn an_offer_is_sent_between_ten_and_nine_and_only_to_who_asked_for_it() {
    let mut asha = Asha::reachable().at("2026-11-21T02:30:00Z"); // 08:00
    let unasked = asha.open(&offer("a"));
    asha.set(Settings { offers: true, ..Settings::default() });
    let asked = asha.open(&offer("b"));
    assert_eq!(held_until(asha.stage(asked)), Some((utc("2026-11-21T04:30:00Z"), HeldFor::PromotionalHours)));
    asha.set(Settings::default());
    asha.world.now = utc("2026-11-21T04:30:00Z");
    assert!(matches!(asha.climb(unasked), Climbed::Ended(_)));
    asha.set(Settings { offers: true, ..Settings::default() });
    assert_eq!((asha.ended(unasked), asha.tries(asked)), (Ended::SwitchedOff, Channel::Push));
    asha.world.now = utc("2026-11-21T15:31:00Z"); // 21:01
    let late = asha.open(&offer("c"));
    assert_eq!(held_until(asha.stage(late)), Some((utc("2026-11-22T04:30:00Z"), HeldFor::PromotionalHours)));
}

#[test]
fn what_is_held_beyond_its_time_expires_and_what_is_stale_is_not_opened() {
    let mut asha = Asha::reachable().at(NIGHT);
    let id = asha.open(&OpenNotice { expires_at: utc("2026-11-21T20:00:00Z"), ..payment("e") });
    asha.world.now = utc(MORNING);
    assert!(matches!(asha.climb(id), Climbed::Ended(_)));
    assert_eq!(asha.ended(id), Ended::Expired);
    assert_eq!(asha.world.run(&OpenNotice { expires_at: utc(MORNING), ..payment("f") }), Err(Stale));
}
