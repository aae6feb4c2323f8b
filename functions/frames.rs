//! Frames that the server sends over a socket, beside events (`body::live::EventBody`).

use crate::body::notifications::UnreadBody;
use domain::{Timestamp, channel::Channel, presence::Presence};
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

pub fn unsubscribed(channel: &str) -> Value {
    json!({ "type": "unsubscribed", "channel": channel })
}

pub fn pong() -> Value {
    json!({ "type": "pong" })
}

pub fn error(code: &str, detail: &str) -> Value {
    json!({ "type": "error", "code": code, "detail": detail })
}
