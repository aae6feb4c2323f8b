//! What a browser hands to the page that subscribes, and the page to us: input from outside.
//!
//! Source: `push.md`, B1.

use std::fmt;

use aws_lc_rs::agreement::{ECDH_P256, ParsedPublicKey, UnparsedPublicKey};
use reqwest::Url;
use serde::Deserialize;
use serde_json::json;

use super::Services;
use crate::call::{Illegible, read_json_object};
use crate::personal::Personal;
use crate::push::base64url;

/// Ours: several times what any service's address takes.
const ENDPOINT_BYTES_MAX: usize = 2048;

/// A browser that can be sent to, by a service on the list. Does not print: whoever knows the
/// address can send to it.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    url: Url,
    origin: String,
    /// The browser's point, uncompressed.
    pub(super) public: [u8; 65],
    pub(super) auth: [u8; 16],
}

/// Why it is none. Never says what was in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubscriptionRefused {
    #[error("the subscription cannot be read: {0}")]
    Unreadable(Illegible),
    #[error("the endpoint is not an address at a push service that we know")]
    Endpoint,
    #[error("keys.p256dh is not a point of P-256, 65 bytes in base64")]
    PublicKey,
    #[error("keys.auth is not 16 bytes in base64")]
    AuthSecret,
}

#[derive(Deserialize)]
struct Wire {
    endpoint: String,
    keys: Keys,
}

#[derive(Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

impl Subscription {
    /// Reads what `JSON.stringify` makes of a `PushSubscription`.
    ///
    /// # Errors
    ///
    /// [`SubscriptionRefused`]; of several faults the first in the order of its variants.
    pub fn from_json(json: &[u8], services: &Services) -> Result<Self, SubscriptionRefused> {
        let wire: Wire = read_json_object(json).map_err(SubscriptionRefused::Unreadable)?;
        let url = address(&wire.endpoint, services).ok_or(SubscriptionRefused::Endpoint)?;
        let origin = url.origin().ascii_serialization();
        let public = point(&wire.keys.p256dh).ok_or(SubscriptionRefused::PublicKey)?;
        let auth =
            base64url::decode_lenient(&wire.keys.auth).and_then(|bytes| bytes.try_into().ok()).ok_or(SubscriptionRefused::AuthSecret)?;
        Ok(Self { url, origin, public, auth })
    }

    /// The same in one spelling, to be stored; [`Subscription::from_json`] reads it again.
    #[must_use]
    pub fn to_json(&self) -> Personal {
        let keys = json!({ "p256dh": base64url::encode(self.public), "auth": base64url::encode(self.auth) });
        Personal::from(json!({ "endpoint": self.url.as_str(), "keys": keys }).to_string())
    }

    /// The address, by which two subscriptions are the same one.
    #[must_use]
    pub fn endpoint(&self) -> Personal {
        Personal::from(self.url.as_str().to_owned())
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    /// Scheme, host and, unless it is the scheme's own, port: the audience of a token.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription").field("origin", &self.origin).finish_non_exhaustive()
    }
}

fn address(endpoint: &str, services: &Services) -> Option<Url> {
    if endpoint.len() > ENDPOINT_BYTES_MAX {
        return None;
    }
    let url = Url::parse(endpoint).ok()?;
    let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    // Parsing escapes some characters, and what is stored is read again.
    let short = url.as_str().len() <= ENDPOINT_BYTES_MAX;
    (bare && short && services.include(&url)).then_some(url)
}

/// A point that is on the curve: with another one, an exchange of keys would give ours away.
fn point(text: &str) -> Option<[u8; 65]> {
    let point: [u8; 65] = base64url::decode_lenient(text)?.try_into().ok()?;
    // The library reads other forms as well, X.509 among them.
    let uncompressed = point.starts_with(&[0x04]);
    let on_curve = ParsedPublicKey::try_from(UnparsedPublicKey::new(&ECDH_P256, &point)).is_ok();
    (uncompressed && on_curve).then_some(point)
}

#[cfg(test)]
mod tests;
