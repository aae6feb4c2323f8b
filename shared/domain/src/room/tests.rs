//! Rooms, as their members find them.

mod marks;
mod members;
mod messages;
mod rooms;

use super::*;
use crate::{
    engine::{Answer, Key, Record},
    id::MessageId,
    social::SetBlocked,
    testing::{World, asked, user},
};

/// A world with these people in it.
fn people(names: &[&str]) -> World {
    World::with(&names.iter().map(|name| (*name, 0)).collect::<Vec<_>>())
}

fn direct(world: &World, by: &str, with: &str) -> CreateRoom {
    let wanted = NewRoom::Direct { with: user(with) };
    CreateRoom { asked: asked(by, "direct", with), wanted, ephemeral: false, rules: world.rules.clone() }
}

fn group(world: &World, by: &str, members: &[&str], open: bool) -> CreateRoom {
    let name = RoomName::parse("Riders").unwrap();
    let wanted = NewRoom::Group { name, open, members: members.iter().map(|name| user(name)).collect() };
    CreateRoom { asked: asked(by, "group", &format!("{members:?} {open}")), wanted, ephemeral: false, rules: world.rules.clone() }
}

#[track_caller]
fn made(world: &mut World, command: &CreateRoom) -> Room {
    world.run(command).unwrap().value
}

fn says(world: &World, room: &Room, by: &str, text: &str) -> PostMessage {
    PostMessage {
        room: room.id,
        other: room.other(user(by)),
        by: user(by),
        client_id: ClientId::parse(&format!("c-{}", world.bulletins(&room.board()).len())).unwrap(),
        text: Text::parse(text).unwrap(),
        attachments: Vec::new(),
        transfer: None,
        rules: world.rules.clone(),
    }
}

#[track_caller]
fn posted(world: &mut World, room: &Room, by: &str, text: &str) -> Message {
    let command = says(world, room, by, text);
    world.run(&command).unwrap().value
}

fn edit(world: &World, room: &Room, message: &Message, by: &str, text: &str) -> EditMessage {
    let (by, text) = (user(by), Text::parse(text).unwrap());
    EditMessage { room: room.id, other: room.other(by), message: message.id, by, text, rules: world.rules.clone() }
}

fn delete(room: &Room, message: &Message, by: &str) -> DeleteMessage {
    DeleteMessage { room: room.id, message: message.id, by: user(by) }
}

fn join(world: &World, room: &Room, name: &str) -> JoinRoom {
    JoinRoom { room: room.id, user: user(name), rules: world.rules.clone() }
}

fn add(world: &World, room: &Room, by: &str, name: &str) -> AddMember {
    AddMember { room: room.id, by: user(by), user: user(name), rules: world.rules.clone() }
}

fn leave(room: &Room, name: &str) -> LeaveRoom {
    LeaveRoom { room: room.id, user: user(name) }
}

fn remove(room: &Room, by: &str, name: &str) -> RemoveMember {
    RemoveMember { room: room.id, by: user(by), user: user(name) }
}

fn mark(room: &Room, name: &str, delivered_through: u64, read_through: u64) -> MarkSeat {
    MarkSeat { room: room.id, user: user(name), delivered_through, read_through }
}

fn report(room: &Room, message: &Message, by: &str, reason: &str) -> ReportMessage {
    ReportMessage { room: room.id, message: message.id, by: user(by), reason: Reason::parse(reason).unwrap() }
}

fn block(world: &mut World, owner: &str, other: &str, blocked: bool) {
    let command = SetBlocked { owner: user(owner), other: user(other), blocked, rules: world.rules.clone() };
    world.run(&command).unwrap();
}

#[track_caller]
fn seat(world: &World, room: &Room, name: &str) -> Seat {
    match world.record(&Key::Seat(user(name), room.id)) {
        Some(Record::Seat(seat)) => seat.clone(),
        other => panic!("{name} has no seat: {other:?}"),
    }
}

#[track_caller]
fn now_is(world: &World, message: MessageId) -> Message {
    match world.record(&Key::Message(message.fingerprint())) {
        Some(Record::Message(message)) => message.clone(),
        other => panic!("no message: {other:?}"),
    }
}

/// The room as it is now.
#[track_caller]
fn room_now(world: &World, room: &Room) -> Room {
    match world.record(&Key::Room(room.id.fingerprint())) {
        Some(Record::Room(room)) => room.clone(),
        other => panic!("no room: {other:?}"),
    }
}

/// Who sits there, with owners in capitals, longest first.
fn sitting(world: &World, room: &Room, names: &[&str]) -> Vec<String> {
    let name_of = |member: &Member| {
        let name = names.iter().find(|name| user(name) == member.user).unwrap();
        if member.role == MemberRole::Owner { name.to_uppercase() } else { (*name).to_owned() }
    };
    room_now(world, room).members.iter().map(name_of).collect()
}

/// What stands on the room's board.
fn told(world: &World, room: &Room) -> Vec<&'static str> {
    world.bulletins(&room.board()).iter().map(|bulletin| bulletin.kind.code()).collect()
}
