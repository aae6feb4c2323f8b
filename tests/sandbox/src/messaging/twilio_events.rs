//! Twilio's callbacks and the messages it takes to us. Source: the WhatsApp sheet, B2 and B4.

use std::sync::Arc;

use form_urlencoded::Serializer;

use super::inbox::{Channel, Number};
use super::people::{Outcome, WrittenByTwilio};
use crate::config::Messaging;
use crate::provider::Provider;
use crate::razorpay::events::Event;
use crate::world::World;

const API_VERSION: &str = "2010-04-01";

/// A message of ours that Twilio took, and where it tells what becomes of it.
pub struct Taken {
    pub sid: String,
    pub channel: Channel,
    /// Both ends as they were written.
    pub from: String,
    pub to: String,
    pub status_callback: String,
    /// By WhatsApp, outside the window, and no template.
    pub is_too_late: bool,
}

/// Tells what becomes of a message, a status at a time.
pub fn follow(world: &Arc<World>, taken: Taken, outcome: Outcome) {
    let statuses = if taken.is_too_late {
        vec![("failed", Some(63_016))]
    } else if outcome == Outcome::Unreachable {
        match taken.channel {
            Channel::Sms => vec![("sent", None), ("undelivered", Some(30_003))],
            Channel::Whatsapp => vec![("undelivered", Some(63_024))],
        }
    } else {
        outcome.statuses(taken.channel).into_iter().map(|status| (status, None)).collect()
    };
    tell(world, taken, statuses.into_iter());
}

/// One status, and the next only after it: what is told first is made first.
fn tell(world: &Arc<World>, taken: Taken, mut statuses: impl Iterator<Item = (&'static str, Option<u32>)> + Send + 'static) {
    let Some((status, error)) = statuses.next() else { return };
    world.after(world.config().timing.message_ms, move |world| {
        world.announce([status_of(&world.config().messaging, &taken, status, error)]);
        tell(world, taken, statuses);
    });
}

fn status_of(config: &Messaging, taken: &Taken, status: &'static str, error: Option<u32>) -> Event {
    let mut form = Serializer::new(String::new());
    form.extend_pairs([("MessageSid", taken.sid.as_str()), ("SmsSid", &taken.sid), ("MessageStatus", status), ("SmsStatus", status)]);
    form.extend_pairs([("To", &taken.to), ("From", &taken.from), ("AccountSid", &config.twilio_account_sid)]);
    form.append_pair("ApiVersion", API_VERSION);
    if taken.channel == Channel::Whatsapp {
        form.append_pair("ChannelPrefix", "whatsapp");
    }
    if status == "read" {
        form.append_pair("EventType", "READ");
    }
    if let Some(code) = error {
        form.append_pair("ErrorCode", &code.to_string());
    }
    Event { provider: Provider::Twilio, name: status, body: form.finish(), url: Some(taken.status_callback.clone()) }
}

/// A message from somebody.
pub fn message(config: &Messaging, from: &Number, channel: Channel, written: &WrittenByTwilio, sid: &str) -> Event {
    let mut form = Serializer::new(String::new());
    form.extend_pairs([("MessageSid", sid), ("SmsSid", sid), ("SmsMessageSid", sid), ("SmsStatus", "received")]);
    form.extend_pairs([("AccountSid", config.twilio_account_sid.as_str()), ("ApiVersion", API_VERSION), ("NumSegments", "1")]);
    form.append_pair("Body", &written.text);
    let prefix = match channel {
        Channel::Sms => "",
        Channel::Whatsapp => {
            form.extend_pairs([("ProfileName", written.name.as_deref().unwrap_or("Ravi")), ("WaId", from.digits())]);
            if !written.form.contains_key("MessageType") {
                form.append_pair("MessageType", "text");
            }
            "whatsapp:"
        }
    };
    form.append_pair("From", &format!("{prefix}+{}", from.digits()));
    form.append_pair("To", &format!("{prefix}{}", config.twilio_number));
    if !written.form.contains_key("NumMedia") {
        form.append_pair("NumMedia", "0");
    }
    form.extend_pairs(&written.form);
    Event { provider: Provider::Twilio, name: "message", body: form.finish(), url: None }
}
