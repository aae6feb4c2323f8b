use super::*;
use crate::{
    account::{CannotSpend, SetPaused},
    erasure::AskErasure,
    limits::Limit,
    request::KeyReused,
    testing::{World, amount, asked, user, wallet},
};

fn open(world: &World, key: &str, minor: i64, hold_s: Option<i64>) -> OpenTransfer {
    let asked = asked("asha", key, &format!("transfer ravi {minor} {hold_s:?}"));
    OpenTransfer { asked, to: user("ravi"), amount: amount(minor), note: None, hold_s, rules: world.rules.clone() }
}

fn held(world: &mut World, minor: i64) -> Transfer {
    let command = open(world, "hold", minor, Some(60));
    world.run(&command).unwrap().value
}

fn post(transfer: &Transfer, key: &str, minor: Option<i64>) -> PostTransfer {
    let asked = asked("asha", key, &format!("post {} {minor:?}", transfer.id));
    PostTransfer { asked, transfer: transfer.id, to: transfer.to, amount: minor.map(amount) }
}

fn void(transfer: &Transfer, caller: &str) -> VoidTransfer {
    VoidTransfer { caller: user(caller), transfer: transfer.id, from: transfer.from, to: transfer.to, request_id: "void".to_owned() }
}

fn expire(transfer: &Transfer) -> ExpireTransfer {
    ExpireTransfer { transfer: transfer.id, from: transfer.from, to: transfer.to }
}

#[test]
fn a_transfer_moves_money_at_once_and_tells_both_sides() {
    let mut world = World::with(&[("asha", 1_000), ("ravi", 0)]);
    let command = open(&world, "k", 400, None);
    let sent = world.run(&command).unwrap();
    assert_eq!(sent.value.status, TransferStatus::Posted { posted: 400 });
    assert_eq!((world.money("asha"), world.money("ravi")), ((600, 0), (400, 0)));
    assert_eq!(world.kinds("asha").last(), Some(&"transfer.sent"));
    assert_eq!(world.kinds("ravi").last(), Some(&"transfer.received"));
}

#[test]
fn the_same_key_and_body_has_one_effect_and_the_first_answer() {
    let mut world = World::with(&[("asha", 1_000), ("ravi", 0)]);
    let command = open(&world, "k", 400, Some(60));
    let first = world.run(&command).unwrap();
    world.wait(5);
    world.run(&post(&first.value, "p", None)).unwrap();
    let again = world.run(&command).unwrap();
    assert!(again.replayed);
    assert_eq!((again.value.id, again.value.status, again.value.updated_at), (first.value.id, first.value.status, first.value.updated_at));
    let other = open(&world, "k", 401, Some(60));
    assert_eq!(world.run(&other), Err(OpenRefusal::KeyReused(KeyReused)));
    assert_eq!(world.money("ravi"), (400, 0));
}

#[test]
fn another_users_equal_key_is_independent() {
    let mut world = World::with(&[("asha", 1_000), ("ravi", 1_000)]);
    let ours = open(&world, "k", 400, None);
    world.run(&ours).unwrap();
    let theirs = OpenTransfer { asked: asked("ravi", "k", "transfer asha 1"), to: user("asha"), amount: amount(1), ..ours };
    assert!(!world.run(&theirs).unwrap().replayed);
    assert_eq!((world.money("asha"), world.money("ravi")), ((601, 0), (1_399, 0)));
}

#[test]
fn a_held_part_is_posted_and_the_rest_is_the_senders_again() {
    let mut world = World::with(&[("asha", 1_000), ("ravi", 0)]);
    let transfer = held(&mut world, 800);
    assert_eq!((world.money("asha"), world.account("asha").spending.transfers), ((1_000, 800), 800));
    assert_eq!(world.run(&post(&transfer, "hold", Some(300))), Err(CannotFinish::KeyReused(KeyReused)), "the hold's own key");
    assert_eq!(world.run(&post(&transfer, "more", Some(801))), Err(CannotFinish::MoreThanHeld { held: 800 }));
    let posted = world.run(&post(&transfer, "part", Some(300))).unwrap();
    assert_eq!(posted.value.status, TransferStatus::Posted { posted: 300 });
    assert_eq!((world.money("asha"), world.money("ravi")), ((700, 0), (300, 0)));
    assert_eq!(world.account("asha").spending.transfers, 300);
    assert!(world.run(&post(&transfer, "part", Some(300))).unwrap().replayed);
    assert_eq!(world.run(&post(&transfer, "part", Some(301))), Err(CannotFinish::KeyReused(KeyReused)));
    assert_eq!(
        world.run(&post(&transfer, "again", Some(300))),
        Err(CannotFinish::NotHeld { status: "posted" }),
        "another key is another wish"
    );
    assert_eq!(world.run(&post(&transfer, "rest", Some(500))), Err(CannotFinish::NotHeld { status: "posted" }));
}

#[test]
fn either_side_voids_a_hold_and_a_stranger_does_not() {
    for caller in ["asha", "ravi"] {
        let mut world = World::with(&[("asha", 1_000), ("ravi", 0), ("mina", 0)]);
        let transfer = held(&mut world, 800);
        assert_eq!(world.run(&void(&transfer, "mina")), Err(CannotFinish::NoSuchTransfer));
        assert_eq!(world.run(&void(&transfer, caller)).unwrap().status, TransferStatus::Voided);
        assert_eq!((world.money("asha"), world.account("asha").spending.total), ((1_000, 0), 0));
        let facts = world.kinds("asha").len();
        world.run(&void(&transfer, caller)).unwrap();
        assert_eq!(world.kinds("asha").len(), facts, "voiding again tells nothing");
    }
}

#[test]
fn a_hold_expires_at_its_time_and_is_not_posted_after_it() {
    let mut world = World::with(&[("asha", 1_000), ("ravi", 0)]);
    let transfer = held(&mut world, 800);
    world.wait(59);
    assert_eq!(world.run(&expire(&transfer)).unwrap().status, transfer.status, "too early");
    world.wait(1);
    assert_eq!(world.run(&post(&transfer, "late", None)), Err(CannotFinish::NotHeld { status: "expired" }));
    assert_eq!(world.run(&expire(&transfer)).unwrap().status, TransferStatus::Expired);
    assert_eq!(world.money("asha"), (1_000, 0));
    world.run(&expire(&transfer)).unwrap();
    assert_eq!(world.kinds("ravi"), ["account.opened", "transfer.held", "transfer.expired"]);
}

/// F28: whichever of post, void and expire comes first stands; the others change nothing.
#[test]
fn of_post_void_and_expire_one_happens_once_in_any_order() {
    for order in crate::testing::permutations(&["post", "void", "expire"]) {
        for seconds in [0, 60] {
            let mut world = World::with(&[("asha", 1_000), ("ravi", 0)]);
            let transfer = held(&mut world, 800);
            world.wait(seconds);
            for step in &order {
                let _refused_or_done = match *step {
                    "post" => world.run(&post(&transfer, "p", None)).is_ok(),
                    "void" => world.run(&void(&transfer, "asha")).is_ok(),
                    _ => world.run(&expire(&transfer)).is_ok(),
                };
            }
            let first = order.iter().find(|step| if seconds == 0 { **step != "expire" } else { **step != "post" });
            let ravi = if first == Some(&"post") { 800 } else { 0 };
            assert_eq!((world.money("asha"), world.money("ravi")), ((1_000 - ravi, 0), (ravi, 0)), "{order:?} after {seconds} s");
            assert_eq!(world.kinds("ravi").len(), 3, "opened, held and one end: {order:?} after {seconds} s");
        }
    }
}

#[test]
fn nobody_sends_to_themselves_or_to_nobody() {
    let mut world = World::with(&[("asha", 1_000), ("ravi", 0)]);
    let to_self = OpenTransfer { to: user("asha"), ..open(&world, "k", 1, None) };
    assert_eq!(world.run(&to_self), Err(OpenRefusal::ToSelf));
    let to_nobody = OpenTransfer { to: user("nobody"), ..open(&world, "k", 1, None) };
    assert_eq!(world.run(&to_nobody), Err(OpenRefusal::NoRecipient));
    world.close("ravi");
    let to_closed = open(&world, "k", 1, None);
    assert_eq!(world.run(&to_closed), Err(OpenRefusal::NoRecipient));
    let nobody = OpenTransfer { asked: asked("nobody", "k", "x"), ..open(&world, "k", 1, None) };
    assert_eq!(world.run(&nobody), Err(OpenRefusal::NoAccount));
}

#[test]
fn a_hold_has_a_length_within_bounds() {
    let mut world = World::with(&[("asha", 1_000), ("ravi", 0)]);
    let max = world.rules.hold_s_max;
    for seconds in [i64::MIN, -1, 0, max + 1, i64::MAX] {
        let command = open(&world, "k", 1, Some(seconds));
        assert_eq!(world.run(&command), Err(OpenRefusal::HoldLength { max }), "{seconds}");
    }
}

#[test]
fn held_money_cannot_be_spent_again() {
    let mut world = World::with(&[("asha", 1_000), ("ravi", 0)]);
    held(&mut world, 800);
    let command = open(&world, "k", 201, None);
    let short = CannotSpend::NotEnough { short: 1, available: 200 };
    assert_eq!(world.run(&command), Err(OpenRefusal::Cannot(short)));
}

#[test]
fn the_days_limit_counts_holds_and_forgets_at_indias_midnight() {
    let mut world = World::with(&[("asha", 20_000), ("ravi", 0)]);
    world.rules.transfer_day_limit = 1_000;
    held(&mut world, 800);
    let command = open(&world, "k", 300, None);
    let Err(OpenRefusal::Cannot(CannotSpend::OverLimit { over })) = world.run(&command) else { panic!("not refused") };
    assert_eq!((over.limit, over.excess, over.resets_at), (Limit::TransferDay, 100, "2026-11-21T18:30:00Z".parse().unwrap()));
    world.now = over.resets_at;
    assert!(world.run(&command).is_ok());
}

#[test]
fn a_paused_account_sends_nothing_and_still_receives() {
    let mut world = World::with(&[("asha", 1_000), ("ravi", 1_000)]);
    let transfer = held(&mut world, 500);
    world.run(&SetPaused { owner: user("asha"), paused: true, request_id: "panic".to_owned() }).unwrap();
    let command = open(&world, "k", 1, None);
    assert_eq!(world.run(&command), Err(OpenRefusal::Cannot(CannotSpend::Paused)));
    assert_eq!(world.run(&post(&transfer, "p", None)), Err(CannotFinish::Cannot(CannotSpend::Paused)));
    let back = OpenTransfer { asked: asked("ravi", "r", "r"), to: user("asha"), ..open(&world, "x", 100, None) };
    world.run(&back).unwrap();
    assert_eq!(world.money("asha"), (1_100, 500));
}

#[test]
fn a_post_names_the_real_recipient() {
    let mut world = World::with(&[("asha", 1_000), ("ravi", 0), ("mina", 0)]);
    let transfer = held(&mut world, 500);
    let elsewhere = PostTransfer { to: wallet("mina"), ..post(&transfer, "p", None) };
    assert_eq!(world.run(&elsewhere), Err(CannotFinish::NoSuchTransfer));
}

#[test]
fn what_is_held_for_an_account_that_was_closed_is_the_senders_again() {
    let mut world = World::with(&[("asha", 1_000), ("ravi", 0)]);
    let transfer = held(&mut world, 500);
    world.run(&AskErasure { user: user("ravi"), request_id: "r".to_owned() }).unwrap();
    assert_eq!(world.run(&post(&transfer, "p", None)), Err(CannotFinish::Gone));
    world.now += jiff::SignedDuration::from_secs(61);
    world.run(&expire(&transfer)).unwrap();
    assert_eq!((world.money("asha"), world.money("ravi")), ((1_000, 0), (0, 0)));
}
