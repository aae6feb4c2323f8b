//! The owner of a phone: what becomes of messages to it, and what its owner writes to us.
//!
//! | request | what it plays |
//! |---|---|
//! | `PUT /phones/{e164}/outcome` `{"outcome"}` | what becomes of messages from now on; 204 |
//! | `POST /phones/{e164}/whatsapp` `{text?, message?, name?, user_id?, without_number?, age_seconds?, id?}` | a message by WhatsApp to our number at Meta; 202 `{"id"}` |
//! | `POST /phones/{e164}/twilio` `{channel?, text?, form?, media?, name?, age_seconds?, id?}` | a message by way of Twilio, `whatsapp` unless it is `sms`; 202 `{"id"}` |
//!
//! `message` is a WhatsApp message's own members, such as `{"type":"button","button":{…}}`, in place
//! of a text; `form` has further parameters of Twilio's, and `media` the ids of
//! [`super::files`] that are sent with it. With `user_id` the owner is known by that
//! too, and `without_number` by that alone. A message of `age_seconds` was written so long ago, from
//! when the window of 24 hours counts. The same `id` again is the same message told twice.
//!
//! | outcome | by Meta, and by Twilio on WhatsApp | an SMS by Twilio |
//! |---|---|---|
//! | `read` (unless told or set otherwise) | sent, delivered, read | sent, delivered |
//! | `delivered` | sent, delivered | sent, delivered |
//! | `sent` | sent | sent |
//! | `skips_delivered` | sent, read | sent |
//! | `at_once` | read | delivered |
//! | `backwards` | read, delivered, sent | delivered, sent |
//! | `unreachable` | failed: 131026, 63024 | sent, undelivered: 30003 |
//! | `opted_out` | failed: 131050; Twilio refuses at once, 21610 | refused at once, 21610 |
//! | `window_told_late` | as `read`, but Meta takes what is outside the window and fails it later | as `read` |

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::inbox::{self, Channel, Number};
use super::{twilio_events, twilio_media, whatsapp_events};
use crate::provider::Provider;
use crate::reply::{self, Refused};
use crate::world::World;
use crate::{clock, ids};

const WINDOW_SECONDS: i64 = 24 * 60 * 60;

/// What phones' owners did and want.
#[derive(Clone, Default)]
pub struct People {
    outcomes: HashMap<Number, Outcome>,
    /// When they last wrote, by WhatsApp, to our number at this provider.
    wrote_at: HashMap<(Provider, Number), i64>,
    by_user_id: HashMap<String, Number>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    #[default]
    Read,
    Delivered,
    Sent,
    SkipsDelivered,
    /// One status, which says all.
    AtOnce,
    Backwards,
    Unreachable,
    OptedOut,
    WindowToldLate,
}

impl Outcome {
    /// The statuses of a message that arrives, in the order in which they are told.
    pub fn statuses(self, channel: Channel) -> Vec<&'static str> {
        let mut statuses = match self {
            Self::Read | Self::WindowToldLate => vec!["sent", "delivered", "read"],
            Self::Delivered => vec!["sent", "delivered"],
            Self::Sent => vec!["sent"],
            Self::SkipsDelivered => vec!["sent", "read"],
            Self::AtOnce if channel == Channel::Whatsapp => vec!["read"],
            Self::AtOnce => vec!["delivered"],
            Self::Backwards => vec!["read", "delivered", "sent"],
            Self::Unreachable | Self::OptedOut => Vec::new(),
        };
        statuses.retain(|status| channel == Channel::Whatsapp || *status != "read");
        statuses
    }
}

impl People {
    /// What was told of a number, if anything was.
    pub fn outcome(&self, number: &Number) -> Option<Outcome> {
        self.outcomes.get(number).copied()
    }

    /// Whether anything may be written to them, and not only templates.
    pub fn window_is_open(&self, provider: Provider, number: &Number) -> bool {
        let wrote_at = self.wrote_at.get(&(provider, number.clone()));
        wrote_at.is_some_and(|at| clock::unix_seconds() - at < WINDOW_SECONDS)
    }

    pub fn with_user_id(&self, user_id: &str) -> Option<Number> {
        self.by_user_id.get(user_id).cloned()
    }

    fn wrote(&mut self, provider: Provider, number: &Number, at: i64) {
        let latest = self.wrote_at.entry((provider, number.clone())).or_insert(at);
        *latest = at.max(*latest);
    }
}

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/phones/{e164}/outcome", put(set_outcome))
        .route("/phones/{e164}/whatsapp", post(write_to_meta))
        .route("/phones/{e164}/twilio", post(write_to_twilio))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    outcome: Outcome,
}

async fn set_outcome(State(world): State<Arc<World>>, Path(number): Path<String>, body: Bytes) -> Result<StatusCode, Refused> {
    let number = inbox::number_of(&number)?;
    let wish: Wish = reply::parse(&body)?;
    world.book().people.outcomes.insert(number, wish.outcome);
    Ok(StatusCode::NO_CONTENT)
}

/// What somebody writes by WhatsApp.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Written {
    pub text: Option<String>,
    pub message: Option<Map<String, Value>>,
    pub name: Option<String>,
    pub user_id: Option<String>,
    pub without_number: bool,
    pub age_seconds: i64,
    pub id: Option<String>,
}

async fn write_to_meta(
    State(world): State<Arc<World>>,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Refused> {
    let number = inbox::number_of(&number)?;
    let written: Written = reply::parse(&body)?;
    if written.text.is_some() == written.message.is_some() {
        return Err(Refused::bad_request("either `text` or `message`"));
    }
    if written.without_number && written.user_id.is_none() {
        return Err(Refused::bad_request("`without_number` needs a `user_id`"));
    }
    let at = clock::unix_seconds() - written.age_seconds;
    let id = written.id.clone().unwrap_or_else(ids::wamid);
    {
        let mut book = world.book();
        book.people.wrote(Provider::Whatsapp, &number, at);
        if let Some(user_id) = &written.user_id {
            book.people.by_user_id.insert(user_id.clone(), number.clone());
        }
    }
    world.announce([whatsapp_events::message(&world.config().messaging, &number, &written, &id, at)]);
    Ok((StatusCode::ACCEPTED, Json(json!({ "id": id }))))
}

/// What somebody writes by way of Twilio.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct WrittenByTwilio {
    pub channel: Option<Channel>,
    pub text: String,
    pub form: HashMap<String, String>,
    pub media: Vec<String>,
    pub name: Option<String>,
    pub age_seconds: i64,
    pub id: Option<String>,
}

impl WrittenByTwilio {
    /// Puts where its files are into the form.
    fn attach(&mut self, world: &World, sid: &str) -> Result<(), Refused> {
        for (place, file_id) in self.media.iter().enumerate() {
            let file = world.book().files.get(file_id).ok_or_else(|| Refused::bad_request(format!("no file {file_id}")))?;
            self.form.insert(format!("MediaUrl{place}"), twilio_media::url_of(world.config(), sid, file_id));
            self.form.insert(format!("MediaContentType{place}"), file.content_type);
        }
        if !self.media.is_empty() {
            self.form.insert("NumMedia".into(), self.media.len().to_string());
        }
        Ok(())
    }
}

async fn write_to_twilio(
    State(world): State<Arc<World>>,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Refused> {
    let number = inbox::number_of(&number)?;
    let mut written: WrittenByTwilio = reply::parse(&body)?;
    let channel = written.channel.unwrap_or(Channel::Whatsapp);
    let id = written.id.clone().unwrap_or_else(ids::twilio_message);
    written.attach(&world, &id)?;
    if channel == Channel::Whatsapp {
        world.book().people.wrote(Provider::Twilio, &number, clock::unix_seconds() - written.age_seconds);
    }
    world.announce([twilio_events::message(&world.config().messaging, &number, channel, &written, &id)]);
    Ok((StatusCode::ACCEPTED, Json(json!({ "id": id }))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_open_for_a_day_after_the_latest_message() {
        let mut people = People::default();
        let number = Number::parse("+919876543210").unwrap();
        let now = clock::unix_seconds();
        assert!(!people.window_is_open(Provider::Whatsapp, &number));
        people.wrote(Provider::Whatsapp, &number, now - WINDOW_SECONDS);
        assert!(!people.window_is_open(Provider::Whatsapp, &number));
        people.wrote(Provider::Whatsapp, &number, now - 60);
        people.wrote(Provider::Whatsapp, &number, now - WINDOW_SECONDS);
        assert!(people.window_is_open(Provider::Whatsapp, &number), "an older one that comes later closes nothing");
        assert!(!people.window_is_open(Provider::Twilio, &number), "another number of ours");
    }

    #[test]
    fn an_sms_is_never_read() {
        assert_eq!(Outcome::default().statuses(Channel::Whatsapp), ["sent", "delivered", "read"]);
        assert_eq!(Outcome::default().statuses(Channel::Sms), ["sent", "delivered"]);
        assert_eq!(Outcome::Backwards.statuses(Channel::Sms), ["delivered", "sent"]);
    }
}
