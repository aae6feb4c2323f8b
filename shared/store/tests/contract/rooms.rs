//! Rooms: what is written is read back, what happens at once happens as if in turn, and what is no
//! longer kept is not there.

use crate::world::*;
use domain::{
    Timestamp,
    channel::Board,
    engine::{Key, Record},
    id::{AccountId, MessageId, RoomId, TransferId},
    room::{
        Attachment, ClientId, CloseReport, CreateRoom, DeleteMessage, EditMessage, FileName, JoinRoom, LeaveRoom, MarkSeat, Message,
        NewRoom, PostMessage, Reason, RemoveMember, ReportMessage, Room, RoomName, Text, UpdateAttached,
    },
    social::{PresencePrivacy, SetBlocked, SetPresencePrivacy},
    transfer::{OpenTransfer, VoidTransfer},
};
use std::time::Duration;
use store::{OpenClass, Store};

const DAY: Duration = Duration::from_secs(24 * 3600);

async fn same(store: &Store, record: Record) {
    assert_eq!(store.record(&record.key()).await.unwrap(), Some(record));
}

fn direct(by: &str, with: &str) -> CreateRoom {
    CreateRoom { asked: asked(by, "direct", with), wanted: NewRoom::Direct { with: user(with) }, ephemeral: false, rules: rules() }
}

fn group(by: &str, key: &str, members: &[&str]) -> CreateRoom {
    let members = members.iter().map(|name| user(name)).collect();
    let wanted = NewRoom::Group { name: RoomName::parse("Pune riders").unwrap(), open: true, members };
    CreateRoom { asked: asked(by, key, key), wanted, ephemeral: false, rules: rules() }
}

fn says(room: &Room, by: &str, client_id: &str, text: &str) -> PostMessage {
    PostMessage {
        room: room.id,
        other: room.other(user(by)),
        by: user(by),
        client_id: ClientId::parse(client_id).unwrap(),
        text: Text::parse(text).unwrap(),
        attachments: Vec::new(),
        transfer: None,
        rules: rules(),
    }
}

async fn made(store: &Store, command: &CreateRoom) -> Room {
    run(store, command).await.done.value
}

async fn posted(store: &Store, room: &Room, by: &str, client_id: &str) -> Message {
    run(store, &says(room, by, client_id, client_id)).await.done.value
}

#[tokio::test]
async fn every_record_of_a_room_survives_a_write_and_a_read() {
    let store = store_with(&[("asha", 10_000), ("ravi", 0), ("mina", 0)]).await;
    let held = run(&store, &OpenTransfer { hold_s: Some(60), ..transfer("asha", "ravi", "h", 500) }).await.done.value;
    let room = made(&store, &direct("asha", "ravi")).await;
    let name = FileName::parse("रसीद.pdf").unwrap();
    let file = Attachment { file: "chat/1".to_owned(), name, content_type: "application/pdf".to_owned(), bytes: 1_000 };
    let whole = PostMessage { attachments: vec![file], transfer: Some(held.id), ..says(&room, "asha", "one", "देखो\n<b>this</b>") };
    let message = run(&store, &whole).await.done.value;
    same(&store, Record::Message(message.clone())).await;

    let reason = Reason::parse("spam").unwrap();
    let report = run(&store, &ReportMessage { room: room.id, message: message.id, by: user("ravi"), reason }).await.done.value;
    same(&store, Record::Report(report.clone())).await;
    same(&store, Record::Report(run(&store, &CloseReport { report: report.id, by: user("ops") }).await.done)).await;

    let text = Text::parse("बदला").unwrap();
    let other = room.other(user("asha"));
    let edit = EditMessage { room: room.id, other, message: message.id, by: user("asha"), text, rules: rules() };
    same(&store, Record::Message(run(&store, &edit).await.done)).await;
    let delete = DeleteMessage { room: room.id, message: message.id, by: user("asha") };
    same(&store, Record::Message(run(&store, &delete).await.done)).await;
    same(&store, Record::Room(room)).await;

    let riders = made(&store, &group("asha", "g", &["ravi"])).await;
    run(&store, &JoinRoom { room: riders.id, user: user("mina"), rules: rules() }).await;
    // Sent before Ravi has read what is there: his own is read beyond his cursor.
    posted(&store, &riders, "ravi", "reply").await;
    let ravi = store.seat(user("ravi"), riders.id).await.unwrap().unwrap();
    assert_eq!((ravi.read.beyond.as_slice(), ravi.unread(2)), ([(2, 2)].as_slice(), 1));
    same(&store, Record::Seat(ravi)).await;
    let removed = run(&store, &RemoveMember { room: riders.id, by: user("asha"), user: user("ravi") }).await.done.value;
    same(&store, Record::Room(removed.clone())).await;
    assert_eq!(store.room(riders.id).await.unwrap(), Some(removed));

    run(&store, &SetBlocked { owner: user("asha"), other: user("mina"), blocked: true, rules: rules() }).await;
    let social = run(&store, &SetPresencePrivacy { owner: user("asha"), presence: PresencePrivacy::Nobody }).await.done;
    assert_eq!(store.social(user("asha")).await.unwrap(), social);
    assert!(store.social(user("mina")).await.unwrap().blocked.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_who_open_a_room_at_once_have_one() {
    let store = store_with(&[("asha", 0), ("ravi", 0)]).await;
    let opens = (0..8).map(|n| {
        let store = store.clone();
        let (by, with) = if n % 2 == 0 { ("asha", "ravi") } else { ("ravi", "asha") };
        tokio::spawn(async move { run(&store, &direct(by, with)).await.done })
    });
    let mut answers = Vec::new();
    for open in opens.collect::<Vec<_>>() {
        answers.push(open.await.unwrap());
    }
    assert!(answers.iter().all(|answer| answer.value.id == answers[0].value.id));
    assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 1);
    assert_eq!(store.seats(user("ravi"), None, 10).await.unwrap().seats.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_sent_at_once_are_each_there_once_and_in_one_order() {
    let store = store_with(&[("asha", 0), ("ravi", 0)]).await;
    let room = made(&store, &direct("asha", "ravi")).await;
    // Each is sent twice.
    let posts = (0..16).map(|n| {
        let (store, room) = (store.clone(), room.clone());
        let by = if n % 2 == 0 { "asha" } else { "ravi" };
        tokio::spawn(async move { run(&store, &says(&room, by, &format!("c{}", n % 8), "hello")).await.done })
    });
    let mut first = 0;
    for post in posts.collect::<Vec<_>>() {
        first += usize::from(!post.await.unwrap().replayed);
    }
    let bulletins = store.bulletins_after(&room.board(), 0, 100, now()).await.unwrap();
    assert_eq!((first, bulletins.iter().map(|bulletin| bulletin.seq).collect::<Vec<_>>()), (8, (1..=8).collect()));
    let asha = run(&store, &MarkSeat { room: room.id, user: user("asha"), delivered_through: 0, read_through: 0 }).await.done;
    assert_eq!((asha.head, asha.unread), (8, 4), "her own are no news to her");
}

#[tokio::test]
async fn a_message_costs_eight_units() {
    let store = store_with(&[("asha", 0), ("ravi", 0)]).await;
    let room = made(&store, &direct("asha", "ravi")).await;
    assert_eq!(run(&store, &says(&room, "asha", "c", &"a".repeat(500))).await.write_units, 8);
}

#[tokio::test]
async fn a_users_rooms_come_in_pages_without_those_they_left() {
    let store = store_with(&[("asha", 0), ("ravi", 0)]).await;
    let mut rooms = Vec::new();
    for n in 0..5u64 {
        let made = store.execute(&group("asha", &format!("g{n}"), &["ravi"]), now() + Duration::from_secs(n)).await.unwrap();
        rooms.insert(0, made.done.value.id);
    }
    run(&store, &LeaveRoom { room: rooms.remove(2), user: user("ravi") }).await;
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = store.seats(user("ravi"), after, 2).await.unwrap();
        assert!(page.seats.len() <= 2);
        seen.extend(page.seats.into_iter().map(|seat| seat.room));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, rooms, "the last made first");
    assert!(store.seats(user("nobody"), None, 10).await.unwrap().seats.is_empty());
}

#[tokio::test]
async fn the_seats_of_a_rooms_members_are_read_at_once_and_in_their_order() {
    let names: Vec<String> = (0..50).map(|n| format!("rider{n}")).collect();
    let store = store_with(&names.iter().map(|name| (name.as_str(), 0)).collect::<Vec<_>>()).await;
    let room = made(&store, &group("asha", "g", &names.iter().map(String::as_str).collect::<Vec<_>>())).await;
    let seats = store.seats_of(&room).await.unwrap();
    let users = room.members.iter().map(|member| member.user).collect::<Vec<_>>();
    assert_eq!(seats.iter().map(|seat| seat.user).collect::<Vec<_>>(), users);
}

#[tokio::test]
async fn messages_are_read_by_their_ids_in_the_order_asked_for() {
    let store = store_with(&[("asha", 0), ("ravi", 0), ("mina", 0)]).await;
    let (room, other) = (made(&store, &direct("asha", "ravi")).await, made(&store, &direct("asha", "mina")).await);
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.insert(0, posted(&store, &room, "asha", &format!("c{n}")).await.id);
    }
    let elsewhere = posted(&store, &other, "asha", "c0").await.id;
    let forged = MessageId::new(Timestamp::UNIX_EPOCH, ids[0].fingerprint());
    let found = store.messages(room.id, &[&ids[..], &[elsewhere, forged]].concat(), now()).await.unwrap();
    assert_eq!(found.iter().map(|message| message.id).collect::<Vec<_>>(), ids, "of this room, and by the whole id");
    let forged = RoomId::new(Timestamp::UNIX_EPOCH, room.id.fingerprint());
    assert_eq!(store.room(forged).await.unwrap(), None);
}

#[tokio::test]
async fn what_a_room_no_longer_keeps_is_not_read_though_its_row_is_there() {
    let store = store_with(&[("asha", 0), ("ravi", 0)]).await;
    let room = made(&store, &CreateRoom { ephemeral: true, ..direct("asha", "ravi") }).await;
    let message = posted(&store, &room, "asha", "c").await;
    let found = async |at| {
        let messages = store.messages(room.id, &[message.id], at).await.unwrap().len();
        (messages, store.bulletins_after(&Board::Room(room.id), 0, 10, at).await.unwrap().len())
    };
    assert_eq!(found(now() + DAY - Duration::from_secs(1)).await, (1, 1));
    assert_eq!(found(now() + DAY).await, (0, 0));
    assert!(store.record(&Key::Message(message.id.fingerprint())).await.unwrap().is_some());
}

async fn showing(store: &Store, transfer: TransferId, at: Timestamp) -> Vec<MessageId> {
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = store.messages_attached_to(transfer, after, 2, at).await.unwrap();
        seen.extend(page.messages.into_iter().map(|message| message.id));
        after = page.next;
        if after.is_none() {
            return seen;
        }
    }
}

#[tokio::test]
async fn a_transfer_finds_the_messages_that_show_it() {
    let store = store_with(&[("asha", 10_000), ("ravi", 0)]).await;
    let held = run(&store, &OpenTransfer { hold_s: Some(60), ..transfer("asha", "ravi", "h", 500) }).await.done.value;
    let room = made(&store, &direct("asha", "ravi")).await;
    let mut ids = Vec::new();
    for n in 0..3u64 {
        let command = PostMessage { transfer: Some(held.id), ..says(&room, "asha", &format!("c{n}"), "") };
        let message = store.execute(&command, now() + Duration::from_secs(n)).await.unwrap().done.value;
        run(&store, &command).await;
        ids.insert(0, message.id);
    }
    posted(&store, &room, "asha", "unrelated").await;
    assert_eq!(showing(&store, held.id, now()).await, ids);
    assert!(showing(&store, held.id, now() + 400 * DAY).await.is_empty());

    let (from, to) = (AccountId::wallet_of(user("asha")), AccountId::wallet_of(user("ravi")));
    let void = VoidTransfer { caller: user("asha"), transfer: held.id, from, to, request_id: "v".to_owned() };
    run(&store, &void).await;
    run(&store, &DeleteMessage { room: room.id, message: ids[0], by: user("asha") }).await;
    assert_eq!(showing(&store, held.id, now()).await, ids[1..], "a deleted message shows nothing");
    for message in &ids {
        let update = UpdateAttached { room: room.id, message: *message, transfer: held.id };
        let updated = run(&store, &update).await;
        assert_eq!((updated.done.is_some(), updated.bulletins.len()), (*message != ids[0], usize::from(*message != ids[0])));
        assert_eq!(run(&store, &update).await.write_units, 0);
    }
}

#[tokio::test]
async fn operators_find_a_report_until_it_is_closed() {
    let store = store_with(&[("asha", 0), ("ravi", 0)]).await;
    let room = made(&store, &direct("asha", "ravi")).await;
    let message = posted(&store, &room, "asha", "c").await;
    let ask = ReportMessage { room: room.id, message: message.id, by: user("ravi"), reason: Reason::default() };
    let report = run(&store, &ask).await.done.value;
    run(&store, &ask).await;
    let open = async || store.open(OpenClass::Report, Timestamp::UNIX_EPOCH, now() + DAY, 10).await.unwrap();
    let found: Vec<Record> = open().await.into_iter().map(|item| item.record).collect();
    assert_eq!(found, [Record::Report(report.clone())]);
    run(&store, &CloseReport { report: report.id, by: user("ops") }).await;
    assert!(open().await.is_empty());
}
