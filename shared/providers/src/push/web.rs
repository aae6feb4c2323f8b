//! Web Push: to browsers, through whichever service the browser's maker runs.
//!
//! Source: `push.md`, part B. The message is encrypted for the browser ([`encrypt`]) and the sender
//! names itself by a signed token ([`Vapid`]); the service sees neither text nor recipient. Where
//! to send is the browser's word, so a [`Subscription`] is made only for the services of a list
//! ([`Services`]), and redirects are not followed. Times are Unix seconds.

mod encryption;
mod refusal;
mod services;
mod subscription;
mod vapid;

use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, RequestBuilder};

pub use encryption::{PAYLOAD_BYTES_MAX, encrypt};
pub use services::Services;
pub use subscription::{Subscription, SubscriptionRefused};
pub use vapid::Vapid;

use super::{SendError, cannot};
use crate::call::{CallError, Endpoint, Http, require};

/// What services commonly keep a message for at most (`push.md`, B2).
const TTL_SECONDS_MAX: u32 = 28 * 24 * 60 * 60;
const TOPIC_CHARS_MAX: usize = 32;

/// A sender of Web Push. Cheap to clone; clones share their connections and tokens.
#[derive(Debug, Clone)]
pub struct Client {
    http: Http,
    vapid: Vapid,
}

/// How a push is to be treated on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options<'a> {
    /// How long it may wait for the browser: at most four weeks; 0 is now or never.
    pub ttl_seconds: u32,
    pub urgency: Urgency,
    /// Of several that wait, only the last of a topic is delivered: at most 32 characters of
    /// base64 for URLs. The service reads it.
    pub topic: Option<&'a str>,
}

/// What a push is worth to a device's battery (RFC 8030, section 5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    VeryLow,
    Low,
    Normal,
    High,
}

impl Urgency {
    fn as_str(self) -> &'static str {
        match self {
            Self::VeryLow => "very-low",
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
        }
    }
}

impl Client {
    /// A client on connections and time limits that it shares with others.
    #[must_use]
    pub fn new(http: Http, vapid: Vapid) -> Self {
        Self { http, vapid }
    }

    /// Encrypts the payload and hands it to the subscription's service; an empty one merely wakes
    /// the service worker.
    ///
    /// # Errors
    ///
    /// [`SendError`], which says what to do.
    pub async fn send(&self, to: &Subscription, payload: &[u8], options: &Options<'_>, now: i64) -> Result<(), SendError> {
        options.require_within_limits()?;
        let endpoint = Endpoint::new(self.http.clone(), to.origin()).map_err(|_| cannot("endpoint", "is no push service's"))?;
        let mut authorization = HeaderValue::from_str(&self.vapid.authorization(to.origin(), now)?)
            .map_err(|_| SendError::Ours { cause: cannot("authorization", "cannot be put into HTTP") })?;
        authorization.set_sensitive(true);
        let mut request = post_to(&endpoint, to)?
            .header("ttl", options.ttl_seconds)
            .header("urgency", options.urgency.as_str())
            .header(AUTHORIZATION, authorization);
        if let Some(topic) = options.topic {
            request = request.header("topic", topic);
        }
        let request = if payload.is_empty() {
            request.header(CONTENT_LENGTH, 0)
        } else {
            let body = encrypt(to, payload)?;
            request.header(CONTENT_ENCODING, "aes128gcm").header(CONTENT_TYPE, "application/octet-stream").body(body)
        };
        refusal::weigh(endpoint.exchange(request).await?, now)
    }
}

/// A request for the subscription's address byte for byte: its path and query are the service's
/// own writing, and a different spelling may be a different address.
fn post_to(endpoint: &Endpoint, to: &Subscription) -> Result<RequestBuilder, CallError> {
    let (client, request) = endpoint.request(Method::POST, &[]).build_split();
    let mut request = request.map_err(|_| cannot("endpoint", "cannot be put into HTTP"))?;
    *request.url_mut() = to.url().clone();
    Ok(RequestBuilder::from_parts(client, request))
}

impl Options<'_> {
    fn require_within_limits(&self) -> Result<(), CallError> {
        require(self.ttl_seconds <= TTL_SECONDS_MAX, "ttl", "is longer than four weeks")?;
        let fits = |topic: &str| {
            (1..=TOPIC_CHARS_MAX).contains(&topic.len())
                && topic.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        require(self.topic.is_none_or(fits), "topic", "is not 1 to 32 characters of base64 for URLs")
    }
}

#[cfg(test)]
mod tests;
