//! WhatsApp, through Meta's Cloud API: texts and templates.
//!
//! Source: `whatsapp.md`, A6 for sending and A9 for errors. A text reaches only somebody who
//! wrote to us within the last 24 hours; everybody else gets a template. That a message is
//! accepted says nothing of its arrival: that comes by webhook, under the `wamid`.

mod errors;
pub mod media;
mod message;
pub mod webhook;

use reqwest::Method;
use serde::Deserialize;

pub use errors::{ErrorClass, SendError};
pub use message::{Choice, Component, Content, Outgoing, Parameter, ParameterValue, Recipient};

use crate::call::{BaseUrl, CallError, Endpoint, Http, Illegible, SetupError, Timeouts};
use crate::secret::Secret;
use crate::wire::{absent, wire_enum};
use message::Envelope;

/// The version of the API that this was written for.
pub const API_VERSION: &str = "v26.0";

/// A number of ours. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    endpoint: Endpoint,
    version: String,
    phone_number_id: String,
    token: Secret,
    media_origin: Option<BaseUrl>,
}

wire_enum! {
    /// What Meta did with a message it took.
    MessageStatus {
        Accepted = "accepted",
        /// A new template is watched first; it goes out later, or not at all.
        HeldForQualityAssessment = "held_for_quality_assessment",
        Paused = "paused",
    }
}

/// A message that Meta took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The message's id, which its statuses name.
    pub wamid: String,
    pub status: Option<MessageStatus>,
}

#[derive(Deserialize)]
struct Reply {
    messages: Vec<ReplyMessage>,
}

#[derive(Deserialize)]
struct ReplyMessage {
    id: String,
    #[serde(default, deserialize_with = "absent")]
    message_status: Option<MessageStatus>,
}

impl Client {
    /// A client of its own, with the default [`Timeouts`] and [`API_VERSION`].
    ///
    /// `base_url` is without the version: `https://graph.facebook.com`.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn new(base_url: &str, phone_number_id: &str, token: Secret) -> Result<Self, SetupError> {
        let http = Http::new(Timeouts::default())?;
        Self::with_http(http, base_url, API_VERSION, phone_number_id, token)
    }

    /// A client on connections and time limits that it shares with others, and for another
    /// version, since Meta ends each after two years.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn with_http(http: Http, base_url: &str, version: &str, phone_number_id: &str, token: Secret) -> Result<Self, SetupError> {
        let numbers = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if !version.strip_prefix('v').is_some_and(numbers) {
            return Err(SetupError::Unusable("the WhatsApp API version"));
        }
        if phone_number_id.is_empty() || !phone_number_id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SetupError::Unusable("the WhatsApp phone number id"));
        }
        let endpoint = Endpoint::new(http, base_url)?;
        Ok(Self { endpoint, version: version.to_owned(), phone_number_id: phone_number_id.to_owned(), token, media_origin: None })
    }

    /// `POST /{version}/{phone_number_id}/messages`.
    ///
    /// There is no idempotency key: after an unknown answer wait for a status that carries our
    /// `callback_data`, rather than send again.
    ///
    /// # Errors
    ///
    /// [`SendError`], which says whether to send again and whether it may have been sent.
    pub async fn send(&self, message: &Outgoing<'_>) -> Result<Accepted, SendError> {
        message.require_within_limits()?;
        let request = self
            .endpoint
            .request(Method::POST, &[&self.version, &self.phone_number_id, "messages"])
            .bearer_auth(self.token.expose())
            .json(&Envelope::from(message));
        let answer = self.endpoint.exchange(request).await?;
        if let Some(error) = SendError::read(&answer) {
            return Err(error);
        }
        let reply: Reply = answer.read()?;
        let first = reply
            .messages
            .into_iter()
            .next()
            .ok_or_else(|| CallError::Unreadable { why: Illegible::WrongShape { path: "messages[0]".to_owned() } })?;
        Ok(Accepted { wamid: first.id, status: first.message_status })
    }

    /// Shows that a message was read, and that an answer is being written: until it comes, or for 25 s.
    ///
    /// # Errors
    ///
    /// [`SendError`]; nothing depends on it.
    pub async fn mark_read(&self, wamid: &str) -> Result<(), SendError> {
        let body = serde_json::json!({
            "messaging_product": "whatsapp", "status": "read", "message_id": wamid, "typing_indicator": { "type": "text" },
        });
        let request = self
            .endpoint
            .request(Method::POST, &[&self.version, &self.phone_number_id, "messages"])
            .bearer_auth(self.token.expose())
            .json(&body);
        let answer = self.endpoint.exchange(request).await?;
        SendError::read(&answer).map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests;
