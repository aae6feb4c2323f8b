//! Frames that the server sends over a socket, beside events (`body::live::EventBody`).

use crate::body::{notifications::UnreadBody, rooms::MessageBody};
use domain::{
    Timestamp,
    channel::Channel,
    id::UserId,
    presence::Presence,
    room::{Room, SeatMarking},
};
use lambda::Problem;
use serde::Serialize;
use serde_json::{Value, json};

/// As it is sent. Text and numbers alone: nothing of ours has no JSON.
pub fn text(frame: &impl Serialize) -> String {
    serde_json::to_string(frame).unwrap_or_default()
}

/// The end of a subscription's catching up. `recovered` is false where there is more to fetch:
/// the client subscribes again after `seq`.
pub fn subscribed(channel: &str, seq: u64, recovered: bool) -> Value {
    json!({ "type": "subscribed", "channel": channel, "seq": seq, "recovered": recovered })
}

/// What the user has read by now, wherever they read it.
pub fn read(channel: &str, unread: &UnreadBody) -> Value {
    json!({ "type": "read", "channel": channel, "data": unread })
}

/// Whether somebody is there. In no feed: the newest that came is what holds.
pub fn presence(channel: &Channel, presence: Presence, last_seen: Option<Timestamp>) -> Value {
    let last_seen = last_seen.map(|at| at.to_string());
    json!({ "type": "presence", "channel": channel.to_string(), "data": { "presence": presence.code(), "last_seen_at": last_seen } })
}

/// What has reached a member of a room, and what they have read. In no feed.
pub fn receipt(channel: &Channel, marking: &SeatMarking) -> Value {
    let seat = &marking.seat;
    let data = json!({
        "user_id": seat.user.to_string(), "delivered_through_seq": seat.delivered_through, "read_through_seq": seat.read.through,
    });
    json!({ "type": "receipt", "channel": channel.to_string(), "data": data })
}

/// The user was brought into a room. In no feed: they find it among their rooms.
pub fn room(channel: &str, room: &Room) -> Value {
    json!({ "type": "room", "channel": channel, "data": { "room_id": room.id.to_string(), "channel": room.board().to_string() } })
}

/// Somebody writes in a room. It holds for five seconds.
pub fn typing(channel: &Channel, user: UserId) -> Value {
    json!({ "type": "typing", "channel": channel.to_string(), "data": { "user_id": user.to_string() } })
}

/// A message was posted that came over this connection: what its sender's own name for it has become.
pub fn posted(channel: &Channel, message: &MessageBody) -> Value {
    json!({ "type": "posted", "channel": channel.to_string(), "client_id": message.client_id, "data": message })
}

/// A frame was refused that its sender had a name for.
pub fn not_posted(client_id: &str, problem: &Problem) -> Value {
    let retry = problem.is_retryable();
    json!({ "type": "error", "code": problem.code().name, "detail": problem.detail(), "client_id": client_id, "retryable": retry })
}

pub fn unsubscribed(channel: &str) -> Value {
    json!({ "type": "unsubscribed", "channel": channel })
}

pub fn pong() -> Value {
    json!({ "type": "pong" })
}

pub fn error(code: &str, detail: &str) -> Value {
    json!({ "type": "error", "code": code, "detail": detail })
}

/// A subscription was refused.
pub fn not_subscribed(channel: &str, problem: &Problem) -> Value {
    json!({ "type": "error", "code": problem.code().name, "detail": problem.detail(), "channel": channel })
}
