//! Coming and going.

use super::*;

const NAMES: [&str; 4] = ["asha", "ravi", "mina", "zoya"];

#[test]
fn anybody_joins_an_open_room_and_sees_all_of_it() {
    let mut world = people(&NAMES);
    let create = group(&world, "asha", &[], true);
    let room = made(&mut world, &create);
    let message = posted(&mut world, &room, "asha", "welcome");
    let command = join(&world, &room, "ravi");
    assert!(!world.run(&command).unwrap().replayed);
    assert!(world.run(&command).unwrap().replayed);
    let ravi = seat(&world, &room, "ravi");
    assert!(ravi.sees(message.seq));
    assert_eq!(ravi.unread(2), 0, "what was there before is no news");
    assert_eq!(
        (sitting(&world, &room, &NAMES), told(&world, &room)),
        (vec!["ASHA".into(), "ravi".into()], vec!["message.posted", "member.joined"])
    );
}

#[test]
fn into_a_closed_room_its_owner_brings_members_who_see_what_comes() {
    let mut world = people(&NAMES);
    let create = group(&world, "asha", &["ravi"], false);
    let room = made(&mut world, &create);
    let before = posted(&mut world, &room, "asha", "between us");
    let command = join(&world, &room, "mina");
    assert_eq!(world.run(&command), Err(CannotJoin::NoRoom(NoRoom)));
    let command = add(&world, &room, "ravi", "mina");
    assert_eq!(world.run(&command), Err(CannotAdd::NotOwner));
    let command = add(&world, &room, "asha", "mina");
    assert!(!world.run(&command).unwrap().replayed);
    assert!(world.run(&command).unwrap().replayed);
    let after = posted(&mut world, &room, "asha", "hello mina");
    let mina = seat(&world, &room, "mina");
    assert_eq!((mina.sees(before.seq), mina.sees(before.seq + 1), mina.sees(after.seq)), (false, true, true));
    assert_eq!(mina.unread(after.seq), 2, "that she was brought in, and the message");
    assert_eq!(world.run(&report(&room, &before, "mina", "")), Err(CannotReport::NoMessage), "she knows nothing of it");
}

#[test]
fn nobody_is_brought_into_a_room_by_whom_they_blocked() {
    let mut world = people(&NAMES);
    let create = group(&world, "asha", &[], false);
    let room = made(&mut world, &create);
    block(&mut world, "ravi", "asha", true);
    for name in ["ravi", "nobody"] {
        let command = add(&world, &room, "asha", name);
        assert_eq!(world.run(&command), Err(CannotAdd::Unreachable { user: user(name) }));
    }
}

#[test]
fn a_room_has_so_many_members_at_most() {
    let mut world = people(&NAMES);
    let create = group(&world, "asha", &["ravi"], true);
    let room = made(&mut world, &create);
    world.rules.room_members_max = 2;
    let (joins, adds) = (join(&world, &room, "mina"), add(&world, &room, "asha", "mina"));
    assert_eq!(world.run(&joins), Err(CannotJoin::Full { max: 2 }));
    assert_eq!(world.run(&adds), Err(CannotAdd::Full { max: 2 }));
    world.run(&leave(&room, "ravi")).unwrap();
    assert!(world.run(&joins).is_ok());
}

#[test]
fn who_leaves_sees_nothing_more_and_can_come_back_to_what_comes_then() {
    let mut world = people(&NAMES);
    let create = group(&world, "asha", &["ravi"], false);
    let room = made(&mut world, &create);
    let first = posted(&mut world, &room, "asha", "one");
    world.run(&leave(&room, "ravi")).unwrap();
    world.run(&leave(&room, "ravi")).unwrap();
    assert_eq!(told(&world, &room), ["message.posted", "member.left"], "leaving twice is leaving once");
    assert!(!seat(&world, &room, "ravi").sees(first.seq));
    assert_eq!(world.run(&mark(&room, "ravi", 1, 1)), Err(NoRoom));
    let missed = posted(&mut world, &room, "asha", "two");
    let command = add(&world, &room, "asha", "ravi");
    world.run(&command).unwrap();
    let back = seat(&world, &room, "ravi");
    assert_eq!((back.sees(first.seq), back.sees(missed.seq), back.unread(missed.seq + 1)), (false, false, 1));
}

#[test]
fn the_room_of_an_owner_who_leaves_is_whose_seat_is_the_oldest() {
    let mut world = people(&NAMES);
    let create = group(&world, "asha", &["ravi", "mina"], true);
    let room = made(&mut world, &create);
    world.run(&leave(&room, "ravi")).unwrap();
    let command = join(&world, &room, "ravi");
    world.run(&command).unwrap();
    assert_eq!(sitting(&world, &room, &NAMES), ["ASHA", "mina", "ravi"]);
    world.run(&leave(&room, "asha")).unwrap();
    assert_eq!(sitting(&world, &room, &NAMES), ["MINA", "ravi"], "Ravi was there before her, and left");
    world.run(&leave(&room, "ravi")).unwrap();
    world.run(&leave(&room, "mina")).unwrap();
    assert!(sitting(&world, &room, &NAMES).is_empty(), "an empty room stays");
    let command = join(&world, &room, "zoya");
    world.run(&command).unwrap();
    assert_eq!(sitting(&world, &room, &NAMES), ["ZOYA"], "and has an owner as soon as somebody comes");
}

#[test]
fn who_is_removed_comes_back_only_by_an_owner() {
    let mut world = people(&NAMES);
    let create = group(&world, "asha", &["ravi", "mina"], true);
    let room = made(&mut world, &create);
    assert_eq!(world.run(&remove(&room, "ravi", "mina")), Err(CannotRemove::NotOwner));
    assert_eq!(world.run(&remove(&room, "asha", "asha")), Err(CannotRemove::Oneself));
    assert_eq!(world.run(&remove(&room, "asha", "zoya")), Err(CannotRemove::NoMember));
    assert!(!world.run(&remove(&room, "asha", "ravi")).unwrap().replayed);
    assert!(world.run(&remove(&room, "asha", "ravi")).unwrap().replayed);
    assert_eq!(told(&world, &room), ["member.left"]);
    let command = join(&world, &room, "ravi");
    assert_eq!(world.run(&command), Err(CannotJoin::NoRoom(NoRoom)), "open as it is");
    let command = add(&world, &room, "asha", "ravi");
    world.run(&command).unwrap();
    assert_eq!(sitting(&world, &room, &NAMES), ["ASHA", "mina", "ravi"]);
}

#[test]
fn who_has_left_is_kept_out_as_well() {
    let mut world = people(&NAMES);
    let create = group(&world, "asha", &["ravi"], true);
    let room = made(&mut world, &create);
    world.run(&leave(&room, "ravi")).unwrap();
    world.run(&remove(&room, "asha", "ravi")).unwrap();
    assert_eq!(told(&world, &room), ["member.left"], "nobody leaves twice");
    let command = join(&world, &room, "ravi");
    assert_eq!(world.run(&command), Err(CannotJoin::NoRoom(NoRoom)));
}

#[test]
fn a_room_of_two_is_not_left_and_takes_no_third() {
    let mut world = people(&NAMES);
    let create = direct(&world, "asha", "ravi");
    let room = made(&mut world, &create);
    assert_eq!(world.run(&leave(&room, "asha")), Err(CannotLeave::Direct));
    let (joins, adds) = (join(&world, &room, "mina"), add(&world, &room, "asha", "mina"));
    assert_eq!(world.run(&joins), Err(CannotJoin::NoRoom(NoRoom)));
    assert_eq!(world.run(&adds), Err(CannotAdd::NotOwner));
    assert_eq!(world.run(&remove(&room, "asha", "ravi")), Err(CannotRemove::NotOwner));
}
