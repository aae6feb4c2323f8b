//! Frames that the server sends over a socket.

use domain::fact::Fact;
use serde_json::{Value, json};

/// A fact as a frame on one of its channels. `prev_seq` is the fact before it on this channel, so
/// that a reader of a narrower channel can tell a lost frame from a fact that is not shown there.
pub fn event(fact: &Fact, channel: &str, prev_seq: u64) -> Value {
    json!({
        "type": "event",
        "channel": channel,
        "seq": fact.seq,
        "prev_seq": prev_seq,
        "id": fact.id().to_string(),
        "event": fact.kind.code(),
        "data": data(fact),
        "at": fact.at.to_string(),
    })
}

fn data(fact: &Fact) -> Value {
    let detail = &fact.detail;
    let mut data = json!({
        "account_id": fact.account.to_string(),
        "currency": "INR",
        "balance_amount": fact.balance_after,
        "held_amount": fact.held_after,
        "available_amount": fact.available_after(),
    });
    let optional = [
        ("transaction_id", fact.operation.map(|id| id.to_string()).map(Value::from)),
        ("amount", detail.amount.map(Value::from)),
        ("status", detail.status.clone().map(Value::from)),
        ("direction", detail.direction.clone().map(Value::from)),
        ("counterparty", detail.counterparty.clone().map(Value::from)),
        ("note", detail.note.clone().map(Value::from)),
        ("reference", detail.reference.clone().map(Value::from)),
        ("reason", detail.reason.clone().map(Value::from)),
    ];
    if let Some(object) = data.as_object_mut() {
        object.extend(optional.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    }
    data
}

/// The end of a subscription's catching up. `recovered` is false where there is more to fetch:
/// the client subscribes again after `seq`.
pub fn subscribed(channel: &str, seq: u64, recovered: bool) -> Value {
    json!({ "type": "subscribed", "channel": channel, "seq": seq, "recovered": recovered })
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
