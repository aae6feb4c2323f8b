//! What is lent, and when it is given back.

use super::*;
use std::collections::BTreeSet;

const MONTH: i64 = 30 * 24 * 3_600;

fn teller() -> Fingerprint {
    Fingerprint::of("bank", "account")
}

fn lent(until: i64) -> Told {
    let loan = Loan { from: jiff::civil::Date::constant(2026, 11, 1), until: at(until) };
    Told::Lent { loans: Loans::from([(teller(), loan)]) }
}

fn read() -> Told {
    Told::Read { tokens: sealed("tokens"), view: sealed("accounts"), has_accounts: true, more_in: None }
}

/// Read a day after it was connected, under terms by which the lines are lent.
fn reading() -> World {
    let mut world = World::active();
    assert!(matches!(world.take(90_000), Taken::Read(_)));
    assert!(world.record(90_001, lent(90_001 + MONTH)).is_some());
    world
}

fn lapses(world: &mut World, second: i64) {
    let Taken::Lapse(bank) = world.take(second) else { panic!("nothing lapses") };
    assert_eq!(bank.lapsed(at(second)), BTreeSet::from([teller()]));
    let view = bank.view.clone();
    world.record(second, Told::Lapsed { tellers: bank.lapsed(at(second)), view });
    assert!(world.bank().lent.is_empty());
}

#[test]
fn what_is_read_again_is_lent_anew_and_what_is_not_lapses() {
    let mut world = reading();
    world.record(90_002, read());
    assert_eq!(world.bank().next_at(), world.bank().due_at, "reading comes first");
    // Paused since: it is looked at, and nothing is read.
    let mut now = 90_002;
    while now < 90_001 + MONTH {
        now += 6 * 3_600;
        match world.take(now) {
            Taken::Read(_) => world.record(now, Told::Lost(Lost::Paused)),
            Taken::Lapse(_) => break,
            other => panic!("{other:?}"),
        };
    }
    assert!(now >= 90_001 + MONTH && now - (90_001 + MONTH) <= 6 * 3_600);
    world.record(now, Told::Lapsed { tellers: BTreeSet::from([teller()]), view: Some(sealed("no accounts")) });
    assert_eq!((world.bank().view.clone(), world.bank().status), (Some(sealed("no accounts")), BankStatus::Active));
}

#[test]
fn once_consent_has_ended_it_is_all_called_in() {
    let ends: [fn(&mut World); 3] = [
        |world| assert_eq!(world.hears(200_003, Hint::Ended(BankTrouble::WithdrawnThere)), Heard::Ended),
        |world| drop(world.record(200_003, Told::Lost(Lost::ForGood(BankTrouble::ConsentEnded)))),
        |world| drop(world.run(200_003, &RevokeBank { user: user("asha"), bank: id() }).unwrap()),
    ];
    for end in ends {
        let mut world = reading();
        world.record(90_002, read());
        assert!(matches!(world.take(200_000), Taken::Read(_)) && world.take(200_001) == Taken::Busy);
        world.record(200_002, read());
        end(&mut world);
        assert!(world.bank().next_at().is_some_and(|next| next <= at(200_003)), "at once");
        lapses(&mut world, 200_003);
        assert!(world.bank().view.is_none());
    }
}

#[test]
fn whoever_is_at_it_may_finish_what_they_write_before_that_is_deleted() {
    let mut world = reading();
    assert_eq!(world.hears(90_010, Hint::Ended(BankTrouble::WithdrawnThere)), Heard::Ended);
    assert!(matches!(world.take(90_011), Taken::Tell(_)), "it is told at once");
    world.record(90_011, Told::Said);
    assert_eq!(world.take(90_012), Taken::Nothing);
    assert_eq!(world.record(90_013, read()), None, "what was read is nobody's");
    assert_eq!(world.run(90_014, &link()), Err(CannotLink::Ending), "it is deleted before there is a new one");
    assert_eq!(world.bank().next_at(), Some(at(90_000 + 60)));
    lapses(&mut world, 90_060);
    assert_eq!(world.take(90_061), Taken::Nothing, "it was told once");
    assert!(world.run(90_062, &link()).is_ok());
}

#[test]
fn a_bank_that_is_told_at_once_does_not_cut_their_time_short() {
    let mut world = reading();
    drop(world.run(90_010, &RevokeBank { user: user("asha"), bank: id() }).unwrap());
    assert!(matches!(world.take(90_011), Taken::Revoke(_)));
    world.record(90_011, Told::Revoked);
    assert_eq!(world.bank().status, BankStatus::Revoked);
    assert_eq!(world.bank().next_at(), Some(at(90_000 + 60)), "a reader may be writing yet");
    assert_eq!(world.take(90_012), Taken::Nothing);
    lapses(&mut world, 90_060);
}

#[test]
fn nothing_is_lent_to_a_connection_that_was_ended_meanwhile() {
    let mut world = World::active();
    assert!(matches!(world.take(90_000), Taken::Read(_)));
    world.hears(90_001, Hint::Ended(BankTrouble::WithdrawnThere));
    assert_eq!(world.record(90_002, lent(MONTH)), None);
    assert!(world.bank().lent.is_empty());
}
