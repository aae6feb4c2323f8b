//! Meta's webhooks: the envelope, statuses and messages. Source: the WhatsApp sheet, A3 to A5.

use std::sync::Arc;

use serde_json::{Value, json};

use super::inbox::{Channel, Number};
use super::people::{Outcome, Written};
use crate::clock;
use crate::config::Messaging;
use crate::provider::Provider;
use crate::razorpay::events::Event;
use crate::world::World;

/// A message of ours that Meta took.
pub struct Taken {
    pub id: String,
    pub to: Number,
    /// Where it went to a user id, that.
    pub user_id: Option<String>,
    pub callback_data: Option<String>,
    pub is_template: bool,
    /// Outside the window, where only a template may go.
    pub is_too_late: bool,
}

/// Tells what becomes of a message, a status at a time.
pub fn follow(world: &Arc<World>, taken: Taken, outcome: Outcome) {
    let failure = match outcome {
        _ if taken.is_too_late => Some((131_047, "Re-engagement message")),
        Outcome::Unreachable => Some((131_026, "Message undeliverable")),
        Outcome::OptedOut => Some((131_050, "User has stopped marketing messages")),
        Outcome::Read
        | Outcome::Delivered
        | Outcome::Sent
        | Outcome::SkipsDelivered
        | Outcome::AtOnce
        | Outcome::Backwards
        | Outcome::WindowToldLate => None,
    };
    let statuses = if failure.is_some() { vec!["failed"] } else { outcome.statuses(Channel::Whatsapp) };
    tell(world, taken, statuses.into_iter(), failure);
}

/// One status, and the next only after it: what is told first is made first.
fn tell(
    world: &Arc<World>,
    taken: Taken,
    mut statuses: impl Iterator<Item = &'static str> + Send + 'static,
    failure: Option<(u32, &'static str)>,
) {
    let Some(status) = statuses.next() else { return };
    world.after(world.config().timing.message_ms, move |world| {
        world.announce([status_of(&world.config().messaging, &taken, status, failure)]);
        tell(world, taken, statuses, failure);
    });
}

fn status_of(config: &Messaging, taken: &Taken, status: &'static str, failure: Option<(u32, &str)>) -> Event {
    let mut told = json!({ "id": taken.id, "status": status, "timestamp": clock::unix_seconds().to_string() });
    match &taken.user_id {
        Some(user_id) => told["recipient_user_id"] = json!(user_id),
        None => told["recipient_id"] = json!(taken.to.digits()),
    }
    if let Some(data) = &taken.callback_data {
        told["biz_opaque_callback_data"] = json!(data);
    }
    match failure {
        Some((code, title)) => {
            let details = json!({ "details": title });
            told["errors"] = json!([{ "code": code, "title": title, "message": title, "error_data": details }]);
        }
        None => {
            let category = if taken.is_template { "utility" } else { "service" };
            told["pricing"] = json!({ "billable": taken.is_template, "pricing_model": "PMP", "category": category });
        }
    }
    event(config, status, json!({ "statuses": [told] }))
}

/// A message from somebody.
pub fn message(config: &Messaging, from: &Number, written: &Written, id: &str, at: i64) -> Event {
    let mut contact = json!({ "profile": { "name": written.name.as_deref().unwrap_or("Ravi") } });
    let mut message = json!({ "id": id, "timestamp": at.to_string() });
    if !written.without_number {
        contact["wa_id"] = json!(from.digits());
        message["from"] = json!(from.digits());
    }
    if let Some(user_id) = &written.user_id {
        contact["user_id"] = json!(user_id);
        message["from_user_id"] = json!(user_id);
    }
    if let Some(text) = &written.text {
        message["type"] = json!("text");
        message["text"] = json!({ "body": text });
    }
    for (name, value) in written.message.iter().flatten() {
        message[name] = value.clone();
    }
    event(config, "message", json!({ "contacts": [contact], "messages": [message] }))
}

fn event(config: &Messaging, name: &'static str, told: Value) -> Event {
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": config.whatsapp_number, "phone_number_id": config.whatsapp_phone_number_id,
        },
    });
    for (name, part) in told.as_object().into_iter().flatten() {
        value[name] = part.clone();
    }
    let body = json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": config.whatsapp_account_id, "changes": [{ "field": "messages", "value": value }] }],
    });
    Event { provider: Provider::Whatsapp, name, body: body.to_string(), url: None }
}
