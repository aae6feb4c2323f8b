//! What is written, and what becomes of it.

use super::*;
use crate::{
    id::TransferId,
    testing::amount,
    transfer::{OpenTransfer, Transfer, TransferStatus, VoidTransfer},
};
use jiff::Timestamp;

fn pair() -> (World, Room) {
    let mut world = World::with(&[("asha", 10_000), ("ravi", 0), ("mina", 0)]);
    let create = direct(&world, "asha", "ravi");
    let room = made(&mut world, &create);
    (world, room)
}

#[test]
fn a_resend_is_not_a_second_message() {
    let (mut world, room) = pair();
    let command = says(&world, &room, "asha", "on my way");
    let first = world.run(&command).unwrap();
    world.wait(60);
    let again: Answer<Message> = world.run(&command).unwrap();
    assert!(!first.replayed && again.replayed);
    assert_eq!((first.value, told(&world, &room)), (again.value, vec!["message.posted"]));
    let other = PostMessage { text: Text::parse("not coming").unwrap(), ..command.clone() };
    assert_eq!(world.run(&other), Err(CannotPost::IdReused));
    let theirs = PostMessage { by: user("ravi"), other: Some(user("asha")), ..other };
    assert!(!world.run(&theirs).unwrap().replayed, "another's equal name is another message");
}

#[test]
fn a_resend_of_an_edited_or_deleted_message_finds_what_became_of_it() {
    let (mut world, room) = pair();
    let command = says(&world, &room, "asha", "on my wey");
    let message = world.run(&command).unwrap().value;
    let better = edit(&world, &room, &message, "asha", "on my way");
    world.run(&better).unwrap();
    assert_eq!(world.run(&command).unwrap().value.text.as_str(), "on my way");
    world.run(&delete(&room, &message, "asha")).unwrap();
    let again = world.run(&command).unwrap();
    assert!(again.replayed && again.value.is_deleted() && again.value.text.is_empty());
}

#[test]
fn messages_are_in_the_order_of_their_places_whatever_clocks_say() {
    let (mut world, room) = pair();
    let first = posted(&mut world, &room, "asha", "one");
    world.wait(-30);
    let second = posted(&mut world, &room, "ravi", "two");
    assert_eq!((first.seq, second.seq), (1, 2));
    assert!(second.posted_at >= first.posted_at);
}

#[test]
fn a_message_says_something() {
    let (mut world, room) = pair();
    let empty = says(&world, &room, "asha", " \n ");
    assert_eq!(world.run(&empty), Err(CannotPost::Empty));
    let file = |n: usize| Attachment {
        file: format!("files/{n}"),
        name: FileName::parse("receipt.pdf").unwrap(),
        content_type: "application/pdf".to_owned(),
        bytes: 1_000,
    };
    let many = PostMessage { attachments: (0..11).map(file).collect(), ..empty.clone() };
    assert_eq!(world.run(&many), Err(CannotPost::TooManyAttachments { max: 10 }));
    let files = PostMessage { attachments: (0..10).map(file).collect(), ..empty };
    let message = world.run(&files).unwrap().value;
    assert_eq!((message.attachments.len(), message.text.is_empty()), (10, true));
    let fewer = PostMessage { attachments: (0..9).map(file).collect(), ..files };
    assert_eq!(world.run(&fewer), Err(CannotPost::IdReused), "files are part of what was said");
}

#[test]
fn a_block_of_either_stops_messages_and_edits_and_an_unblock_lets_them_through() {
    for (owner, other) in [("asha", "ravi"), ("ravi", "asha")] {
        let (mut world, room) = pair();
        let messages = [posted(&mut world, &room, "asha", "one"), posted(&mut world, &room, "ravi", "two")];
        block(&mut world, owner, other, true);
        for (by, to, message) in [("asha", "ravi", &messages[0]), ("ravi", "asha", &messages[1])] {
            let (post, change) = (says(&world, &room, by, "hello?"), edit(&world, &room, message, by, "hello?"));
            assert_eq!(world.run(&post), Err(CannotPost::Unreachable { user: user(to) }), "{owner} blocked {other}");
            assert_eq!(world.run(&change), Err(CannotEdit::Unreachable { user: user(to) }));
            assert!(world.run(&delete(&room, message, by)).is_ok(), "one may always take back what one said");
        }
        block(&mut world, owner, other, false);
        let post = says(&world, &room, "asha", "again");
        assert!(world.run(&post).is_ok());
    }
}

#[test]
fn blocks_are_read_of_whom_the_room_is_really_with() {
    let (mut world, room) = pair();
    block(&mut world, "ravi", "asha", true);
    for other in [None, Some(user("mina")), Some(user("asha"))] {
        let command = PostMessage { other, ..says(&world, &room, "asha", "hello") };
        assert_eq!(world.run(&command), Err(CannotPost::NoRoom(NoRoom)));
    }
}

#[test]
fn in_a_group_those_who_blocked_each_other_still_read_each_other() {
    let mut world = people(&["asha", "ravi", "mina"]);
    let create = group(&world, "asha", &["ravi", "mina"], false);
    let room = made(&mut world, &create);
    block(&mut world, "ravi", "mina", true);
    posted(&mut world, &room, "mina", "hello all");
}

#[test]
fn who_wrote_a_message_edits_it_for_a_day() {
    let (mut world, room) = pair();
    let message = posted(&mut world, &room, "asha", "at five");
    let by_another = edit(&world, &room, &message, "ravi", "at six");
    assert_eq!(world.run(&by_another), Err(CannotEdit::NotYours));
    let (same, other) = (edit(&world, &room, &message, "asha", "at five"), edit(&world, &room, &message, "asha", "at six"));
    world.run(&same).unwrap();
    assert_eq!(told(&world, &room), ["message.posted"], "the same text is no edit");
    world.wait(24 * 3600);
    let edited = world.run(&other).unwrap();
    assert_eq!((edited.text.as_str(), edited.edited_at, edited.posted_at, edited.seq), ("at six", Some(world.now), message.posted_at, 1));
    assert_eq!(told(&world, &room), ["message.posted", "message.edited"]);
    world.wait(1);
    let late = edit(&world, &room, &message, "asha", "at seven");
    assert_eq!(world.run(&late), Err(CannotEdit::TooLate { max_s: 86_400 }));
    assert!(world.run(&other).is_ok(), "a retry of what is done is not too late");
    let nothing = edit(&world, &room, &message, "asha", "");
    world.now = message.posted_at;
    assert_eq!(world.run(&nothing), Err(CannotEdit::Empty));
}

#[test]
fn who_wrote_a_message_or_owns_the_group_deletes_it_and_nothing_of_it_is_left() {
    for by in ["asha", "ravi"] {
        let mut world = people(&["asha", "ravi", "mina"]);
        let create = group(&world, "asha", &["ravi", "mina"], false);
        let room = made(&mut world, &create);
        let message = posted(&mut world, &room, "ravi", "secret");
        assert_eq!(world.run(&delete(&room, &message, "mina")), Err(CannotDelete::NotYours));
        world.run(&delete(&room, &message, by)).unwrap();
        let gone = now_is(&world, message.id);
        assert!(gone.text.is_empty() && gone.attachments.is_empty() && gone.attached.is_none());
        assert_eq!((gone.digest, gone.deleted_at), ([0; 16], Some(world.now)), "nor what would prove a guess right");
        world.run(&delete(&room, &message, "asha")).unwrap();
        assert_eq!(told(&world, &room), ["message.posted", "message.deleted"]);
        let change = edit(&world, &room, &message, "ravi", "back");
        assert_eq!(world.run(&change), Err(CannotEdit::Deleted));
    }
    let (mut world, room) = pair();
    let message = posted(&mut world, &room, "ravi", "mine");
    assert_eq!(world.run(&delete(&room, &message, "asha")), Err(CannotDelete::NotYours), "a room of two has no owner");
}

#[test]
fn what_a_room_no_longer_keeps_is_not_there() {
    let (mut world, _) = pair();
    let create = CreateRoom { ephemeral: true, ..direct(&world, "asha", "ravi") };
    let room = made(&mut world, &create);
    let message = posted(&mut world, &room, "asha", "burn after reading");
    world.wait(24 * 3600 - 1);
    assert!(message.is_kept(world.now));
    world.wait(1);
    assert!(!message.is_kept(world.now));
    let change = edit(&world, &room, &message, "asha", "still here?");
    assert_eq!(world.run(&change), Err(CannotEdit::NoMessage));
    assert_eq!(world.run(&delete(&room, &message, "asha")), Err(CannotDelete::NoMessage));
    assert_eq!(world.run(&report(&room, &message, "ravi", "")), Err(CannotReport::NoMessage));
}

fn sent(world: &mut World, from: &str, to: &str, hold_s: Option<i64>) -> Transfer {
    let command = OpenTransfer {
        asked: crate::testing::asked(from, to, to),
        to: user(to),
        amount: amount(500),
        note: None,
        hold_s,
        rules: world.rules.clone(),
    };
    world.run(&command).unwrap().value
}

fn update(room: &Room, message: &Message, transfer: TransferId) -> UpdateAttached {
    UpdateAttached { room: room.id, message: message.id, transfer }
}

#[test]
fn a_transfer_is_shown_in_its_line_as_it_stands() {
    let (mut world, room) = pair();
    let transfer = sent(&mut world, "asha", "ravi", Some(60));
    let command = PostMessage { transfer: Some(transfer.id), ..says(&world, &room, "ravi", "") };
    let message = world.run(&command).unwrap().value;
    assert_eq!(message.attached.as_ref().map(|shown| (shown.amount, shown.status)), Some((500, transfer.status)));
    assert_eq!(world.run(&update(&room, &message, transfer.id)).unwrap(), None, "nothing has changed");
    let ended =
        VoidTransfer { caller: user("asha"), transfer: transfer.id, from: transfer.from, to: transfer.to, request_id: "v".to_owned() };
    world.run(&ended).unwrap();
    let unread = seat(&world, &room, "asha").unread(1);
    let updated = world.run(&update(&room, &message, transfer.id)).unwrap().unwrap();
    assert_eq!((updated.attached.unwrap().status, updated.seq, updated.edited_at), (TransferStatus::Voided, 1, None));
    assert_eq!(world.run(&update(&room, &message, transfer.id)).unwrap(), None);
    assert_eq!((told(&world, &room), unread), (vec!["message.posted", "message.updated"], 1));
    world.run(&delete(&room, &message, "ravi")).unwrap();
    assert_eq!(world.run(&update(&room, &message, transfer.id)).unwrap(), None, "a deleted message shows nothing");
}

#[test]
fn a_transfer_is_shown_only_by_whose_it_is_and_to_whom_it_concerns() {
    let (mut world, room) = pair();
    let elsewhere = sent(&mut world, "asha", "mina", None);
    let between = sent(&mut world, "asha", "ravi", None);
    let forged = TransferId::new(Timestamp::UNIX_EPOCH, between.id.fingerprint());
    for id in [elsewhere.id, forged] {
        let command = PostMessage { transfer: Some(id), ..says(&world, &room, "asha", "look") };
        assert_eq!(world.run(&command), Err(CannotPost::NoTransfer));
    }
    let create = group(&world, "asha", &["ravi", "mina"], false);
    let riders = made(&mut world, &create);
    let command = PostMessage { transfer: Some(between.id), ..says(&world, &riders, "mina", "look") };
    assert_eq!(world.run(&command), Err(CannotPost::NoTransfer));
    let command = PostMessage { transfer: Some(elsewhere.id), ..says(&world, &riders, "mina", "thank you") };
    assert!(world.run(&command).is_ok());
}

#[test]
fn a_message_is_reported_once_by_each_and_kept_as_it_stood() {
    let mut world = people(&["asha", "ravi", "mina"]);
    let create = group(&world, "asha", &["ravi", "mina"], false);
    let room = made(&mut world, &create);
    let message = posted(&mut world, &room, "ravi", "send me your PIN");
    assert_eq!(world.run(&report(&room, &message, "ravi", "")), Err(CannotReport::OwnMessage));
    let first = world.run(&report(&room, &message, "asha", "fraud")).unwrap();
    world.run(&delete(&room, &message, "ravi")).unwrap();
    let again = world.run(&report(&room, &message, "asha", "and rude")).unwrap();
    assert!(!first.replayed && again.replayed);
    assert_eq!((again.value.text.as_str(), again.value.reason.as_str(), again.value.author), ("send me your PIN", "fraud", user("ravi")));
    assert_eq!(world.run(&report(&room, &message, "mina", "")), Err(CannotReport::NoMessage), "there is nothing to look at any more");
    let close = |by: &str| CloseReport { report: first.value.id, by: user(by) };
    let closed = world.run(&close("ops")).unwrap();
    assert_eq!(closed.status, ReportStatus::Closed { by: user("ops"), at: world.now });
    assert_eq!(world.run(&close("another")).unwrap(), closed, "who closed it first stays");
    let forged = crate::id::ReportId::new(Timestamp::UNIX_EPOCH, closed.id.fingerprint());
    assert_eq!(world.run(&CloseReport { report: forged, by: user("ops") }), Err(NoReport));
}

#[test]
fn a_name_that_an_app_gives_is_short_and_plain() {
    assert!(ClientId::parse("0b9f-4c_A").is_ok());
    for bad in ["", "a b", "a\n", "ä", &"a".repeat(65)] {
        assert_eq!(ClientId::parse(bad), Err(BadClientId), "{bad:?}");
    }
}
