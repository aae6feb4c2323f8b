//! What webhooks say.

use serde_json::{Value, json};

use crate::provider::Provider;
use crate::razorpay::events::Event;
use crate::{clock, ids};

pub fn fetched(view: &Value) -> Event {
    event("BILL_FETCH", view)
}

pub fn paid(view: &Value) -> Event {
    event("BILL_PAY", view)
}

pub fn disputed(view: &Value) -> Event {
    event("BILL_DISPUTE", view)
}

fn event(name: &'static str, data: &Value) -> Event {
    let body = json!({ "event": name, "traceId": ids::alphanumeric(20), "timeStamp": clock::rfc3339_in_india(), "data": data });
    Event { provider: Provider::Bills, name, body: body.to_string(), url: None }
}
