//! Who gets which room, and who gets none.

use super::*;
use crate::request::KeyReused;
use jiff::{SignedDuration, Timestamp};

#[test]
fn two_people_who_open_a_room_with_each_other_have_one() {
    let mut world = people(&["asha", "ravi", "mina"]);
    let (hers, his) = (direct(&world, "asha", "ravi"), direct(&world, "ravi", "asha"));
    let first = world.run(&hers).unwrap();
    world.wait(5);
    let second = world.run(&his).unwrap();
    assert!(!first.replayed && second.replayed);
    assert_eq!(first.value, second.value);
    assert_eq!((first.value.other(user("asha")), first.value.other(user("ravi"))), (Some(user("ravi")), Some(user("asha"))));
    let elsewhere = direct(&world, "asha", "mina");
    assert_ne!(made(&mut world, &elsewhere).id, first.value.id);
}

#[test]
fn a_room_that_forgets_after_a_day_is_another_room() {
    let mut world = people(&["asha", "ravi"]);
    let lasting = direct(&world, "asha", "ravi");
    let lasting = made(&mut world, &lasting);
    let forgetful = CreateRoom { ephemeral: true, ..direct(&world, "ravi", "asha") };
    let forgetful = made(&mut world, &forgetful);
    assert_ne!(lasting.id, forgetful.id);
    assert_eq!((lasting.keeps_s, forgetful.keeps_s), (365 * 86_400, 86_400));
}

#[test]
fn what_a_room_keeps_is_fixed_when_it_is_made() {
    let mut world = people(&["asha", "ravi"]);
    let create = direct(&world, "asha", "ravi");
    let room = made(&mut world, &create);
    world.rules.room_keeps_s = 60;
    let message = posted(&mut world, &room, "asha", "hello");
    assert_eq!(message.keeps_until, world.now + SignedDuration::from_secs(365 * 86_400));
    assert_eq!(world.bulletins(&room.board())[0].kept_until, message.keeps_until, "row and bulletin go together");
}

#[test]
fn a_group_is_made_once_for_its_key_and_its_maker_owns_it() {
    let mut world = people(&["asha", "ravi", "mina"]);
    let create = group(&world, "asha", &["ravi", "mina", "ravi", "asha"], false);
    let first = world.run(&create).unwrap();
    assert!(world.run(&create).unwrap().replayed);
    assert_eq!(sitting(&world, &first.value, &["asha", "ravi", "mina"]), ["ASHA", "ravi", "mina"], "each once");
    let other = group(&world, "asha", &["ravi"], false);
    assert_eq!(world.run(&other), Err(CannotCreate::KeyReused(KeyReused)));
}

#[test]
fn a_group_begins_with_so_many_at_most_and_that_fits_one_transaction() {
    let names: Vec<String> = (0..51).map(|n| format!("rider{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut world = people(&names);
    world.run(&crate::account::OpenAccount { owner: user("asha"), request_id: "open".to_owned() }).unwrap();
    let too_many = group(&world, "asha", &names, false);
    assert_eq!(world.run(&too_many), Err(CannotCreate::TooManyMembers { max: 50 }));
    let fits = group(&world, "asha", &names[..50], false);
    assert_eq!(made(&mut world, &fits).members.len(), 51);
}

#[test]
fn nobody_opens_a_room_with_themselves_or_with_nobody() {
    let mut world = people(&["asha", "ravi"]);
    let oneself = direct(&world, "asha", "asha");
    assert_eq!(world.run(&oneself), Err(CannotCreate::WithOneself));
    let nobody = CannotCreate::Unreachable { user: user("nobody") };
    let (alone, in_group) = (direct(&world, "asha", "nobody"), group(&world, "asha", &["ravi", "nobody"], true));
    assert_eq!(world.run(&alone), Err(nobody.clone()));
    assert_eq!(world.run(&in_group), Err(nobody));
    world.close("ravi");
    let closed = direct(&world, "asha", "ravi");
    assert_eq!(world.run(&closed), Err(CannotCreate::Unreachable { user: user("ravi") }));
}

#[test]
fn a_block_keeps_a_room_from_being_made_and_does_not_say_whose_it_is() {
    for (owner, other) in [("asha", "ravi"), ("ravi", "asha")] {
        let mut world = people(&["asha", "ravi"]);
        block(&mut world, owner, other, true);
        let command = direct(&world, "asha", "ravi");
        assert_eq!(world.run(&command), Err(CannotCreate::Unreachable { user: user("ravi") }));
    }
    let mut world = people(&["asha", "ravi"]);
    block(&mut world, "ravi", "asha", true);
    let command = group(&world, "asha", &["ravi"], false);
    assert_eq!(world.run(&command), Err(CannotCreate::Unreachable { user: user("ravi") }), "nobody is pulled in by whom they blocked");
}

/// A row is found by half of an id; with the other half made up, there is nothing.
#[test]
fn whoever_is_no_member_cannot_tell_a_room_from_none() {
    let mut world = people(&["asha", "ravi", "mina"]);
    let create = group(&world, "asha", &["ravi"], false);
    let room = made(&mut world, &create);
    let message = posted(&mut world, &room, "asha", "hello");
    let forged = Room { id: RoomId::new(Timestamp::UNIX_EPOCH, room.id.fingerprint()), ..room.clone() };
    let none = Room { id: RoomId::new(world.now, Fingerprint::of("no", "room")), ..room.clone() };
    for (room, name) in [(&room, "mina"), (&none, "mina"), (&forged, "mina"), (&forged, "asha")] {
        let post = says(&world, room, name, "let me in");
        assert_eq!(world.run(&post), Err(CannotPost::NoRoom(NoRoom)));
        let command = join(&world, room, name);
        assert_eq!(world.run(&command), Err(CannotJoin::NoRoom(NoRoom)));
        let command = add(&world, room, name, "mina");
        assert_eq!(world.run(&command), Err(CannotAdd::NoRoom(NoRoom)));
        assert_eq!(world.run(&remove(room, name, "ravi")), Err(CannotRemove::NoRoom(NoRoom)));
        assert_eq!(world.run(&leave(room, name)), Err(CannotLeave::NoRoom(NoRoom)));
        assert_eq!(world.run(&mark(room, name, 1, 1)), Err(NoRoom));
        let command = edit(&world, room, &message, name, "mine");
        assert_eq!(world.run(&command), Err(CannotEdit::NoRoom(NoRoom)));
        assert_eq!(world.run(&delete(room, &message, name)), Err(CannotDelete::NoRoom(NoRoom)));
        assert_eq!(world.run(&report(room, &message, name, "")), Err(CannotReport::NoRoom(NoRoom)));
    }
}

#[test]
fn a_forged_message_id_names_no_message() {
    let mut world = people(&["asha", "ravi"]);
    let create = direct(&world, "asha", "ravi");
    let room = made(&mut world, &create);
    let message = posted(&mut world, &room, "asha", "hello");
    let forged = Message { id: MessageId::new(Timestamp::UNIX_EPOCH, message.id.fingerprint()), ..message };
    let command = edit(&world, &room, &forged, "asha", "changed");
    assert_eq!(world.run(&command), Err(CannotEdit::NoMessage));
    assert_eq!(world.run(&delete(&room, &forged, "asha")), Err(CannotDelete::NoMessage));
    assert_eq!(world.run(&report(&room, &forged, "ravi", "")), Err(CannotReport::NoMessage));
}
