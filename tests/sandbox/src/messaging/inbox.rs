//! A phone, as its owner sees it.
//!
//! - `GET /phones/{e164}/messages`: `{"items":[{id, channel, from, to, text, template, at,
//!   content}]}`, newest last. `channel` is `sms` or `whatsapp`; `template` is the DLT template's
//!   id, the WhatsApp template's name or Twilio's content sid, else null; `text` is what there is
//!   to read, of a WhatsApp template its body's parameters with a space between; `content` is a
//!   WhatsApp message's own object (buttons, lists, links, files), else null. A file itself: [`super::files`].
//! - `DELETE /phones/{e164}/messages`: 204.
//!
//! The number with or without its plus, which may be percent-encoded.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock;
use crate::reply::{self, Refused};
use crate::world::World;

#[derive(Clone, Default)]
pub struct Inboxes {
    by_number: HashMap<Number, Vec<Message>>,
}

/// A telephone number: a plus and its digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Number(String);

#[derive(Clone, Serialize)]
pub struct Message {
    pub id: String,
    pub channel: Channel,
    pub from: String,
    pub to: Number,
    pub text: String,
    pub template: Option<String>,
    pub at: String,
    pub content: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    Sms,
    Whatsapp,
}

impl Number {
    /// E.164, the plus optional: 8 to 15 digits, no zero in front.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+').unwrap_or(text);
        let fits = (8..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|c| c.is_ascii_digit());
        fits.then(|| Self(format!("+{digits}")))
    }

    pub fn is_indian_mobile(&self) -> bool {
        self.0.strip_prefix("+91").is_some_and(|rest| rest.len() == 10 && rest.starts_with(['6', '7', '8', '9']))
    }

    pub fn is_indian(&self) -> bool {
        self.0.starts_with("+91")
    }

    pub fn digits(&self) -> &str {
        self.0.trim_start_matches('+')
    }
}

impl Message {
    pub fn new(id: String, channel: Channel, from: &str, to: Number, text: String) -> Self {
        Self { id, channel, from: from.to_owned(), to, text, template: None, at: clock::rfc3339(), content: None }
    }
}

impl Message {
    /// The file of a WhatsApp message that names one by its id, rather than by a link.
    pub fn file_id(&self) -> Option<&str> {
        self.content.as_ref()?.get("id")?.as_str()
    }
}

impl Inboxes {
    pub fn message(&self, to: &Number, id: &str) -> Option<&Message> {
        self.by_number.get(to)?.iter().find(|message| message.id == id)
    }

    pub fn deliver(&mut self, message: Message) {
        self.by_number.entry(message.to.clone()).or_default().push(message);
    }
}

pub fn router() -> Router<Arc<World>> {
    Router::new().route("/phones/{e164}/messages", get(read).delete(empty))
}

async fn read(State(world): State<Arc<World>>, Path(number): Path<String>) -> Result<Json<Value>, Refused> {
    let number = number_of(&number)?;
    let book = world.book();
    let messages = book.inboxes.by_number.get(&number);
    Ok(reply::items(messages.into_iter().flatten().map(|message| json!(message)).collect()))
}

async fn empty(State(world): State<Arc<World>>, Path(number): Path<String>) -> Result<StatusCode, Refused> {
    let number = number_of(&number)?;
    world.book().inboxes.by_number.remove(&number);
    Ok(StatusCode::NO_CONTENT)
}

pub fn number_of(text: &str) -> Result<Number, Refused> {
    Number::parse(text).ok_or_else(|| Refused::bad_request(format!("{text} is no number in E.164: +919876543210")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_with_its_plus_and_without() {
        assert_eq!(Number::parse("+919876543210"), Number::parse("919876543210"));
        for text in ["", "+", "++919876543210", "98765 43210", "0919876543210", "+91987654321012345"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn mobile_numbers_of_india_begin_with_six_to_nine() {
        let is_mobile = |text| Number::parse(text).unwrap().is_indian_mobile();
        assert!(is_mobile("+919876543210"));
        assert!(is_mobile("+916000000000"));
        assert!(!is_mobile("+915987654321"));
        assert!(!is_mobile("+14158675309"));
        assert!(!is_mobile("+9198765432"));
    }
}
