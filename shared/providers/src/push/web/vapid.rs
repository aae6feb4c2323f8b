//! Who sends: a token that the service checks by the key the browser subscribed with (RFC 8292).
//!
//! Source: `push.md`, B3.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use reqwest::Url;
use serde_json::json;

use crate::call::SetupError;
use crate::push::jwt::Unsigned;
use crate::push::{SendError, base64url, cannot};
use crate::secret::Secret;

/// Services take up to 24 hours.
const TOKEN_SECONDS: i64 = 12 * 60 * 60;

/// How long before its end a token is no longer used.
const RENEWAL_SECONDS: i64 = 60 * 60;

/// Ours. There are a handful of services, but one may have any number of names.
const TOKENS_MAX: usize = 100;

/// Our key and name as a sender. A subscription is bound to the key it was made with: another one
/// invalidates all. Cheap to clone; clones share their tokens.
#[derive(Clone)]
pub struct Vapid {
    key: Arc<EcdsaKeyPair>,
    public_key: String,
    subject: String,
    by_audience: Arc<Mutex<HashMap<String, Token>>>,
}

struct Token {
    authorization: String,
    usable_until: i64,
}

impl Vapid {
    /// `public_key` and `private_key` are a P-256 pair in base64 for URLs, point and scalar;
    /// `subject` is where a service's operator can reach us: `mailto:` or `https:`.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the two are no pair, or the subject is one that services refuse.
    pub fn new(public_key: &str, private_key: &Secret, subject: &str) -> Result<Self, SetupError> {
        let point = base64url::decode_lenient(public_key)
            .filter(|point| point.len() == 65 && point.starts_with(&[0x04]))
            .ok_or(SetupError::Unusable("the VAPID public key"))?;
        let scalar = scalar(private_key).ok_or(SetupError::Unusable("the VAPID private key"))?;
        let key = EcdsaKeyPair::from_private_key_and_public_key(&ECDSA_P256_SHA256_FIXED_SIGNING, &scalar, &point)
            .map_err(|_| SetupError::Unusable("the VAPID key pair"))?;
        if !(is_mail_address(subject) || is_web_address(subject)) {
            return Err(SetupError::Unusable("the VAPID subject"));
        }
        let public_key = base64url::encode(key.public_key());
        Ok(Self { key: Arc::new(key), public_key, subject: subject.to_owned(), by_audience: Arc::default() })
    }

    /// What a page subscribes with: its `applicationServerKey`.
    #[must_use]
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    /// The `Authorization` for a service, by its origin. One is signed for twelve hours and used
    /// for eleven.
    pub(super) fn authorization(&self, audience: &str, now: i64) -> Result<String, SendError> {
        // Whoever panicked here left whole tokens, or none.
        let mut tokens = self.by_audience.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(token) = tokens.get(audience)
            && now < token.usable_until
        {
            return Ok(token.authorization.clone());
        }
        if tokens.len() >= TOKENS_MAX {
            tokens.clear();
        }
        let expires = now.saturating_add(TOKEN_SECONDS);
        let authorization = format!("vapid t={}, k={}", self.sign(audience, expires)?, self.public_key);
        let token = Token { authorization: authorization.clone(), usable_until: expires.saturating_sub(RENEWAL_SECONDS) };
        tokens.insert(audience.to_owned(), token);
        Ok(authorization)
    }

    fn sign(&self, audience: &str, expires: i64) -> Result<String, SendError> {
        let token =
            Unsigned::new(&json!({ "typ": "JWT", "alg": "ES256" }), &json!({ "aud": audience, "exp": expires, "sub": self.subject }));
        let signature = self
            .key
            .sign(&SystemRandom::new(), token.input())
            .map_err(|_| SendError::Ours { cause: cannot("authorization", "cannot be signed") })?;
        Ok(token.signed(signature.as_ref()))
    }
}

impl fmt::Debug for Vapid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vapid").field("public_key", &self.public_key).field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// The 32 bytes of a private key, of which some tools leave out leading zeros.
fn scalar(private_key: &Secret) -> Option<[u8; 32]> {
    let bytes = base64url::decode_lenient(private_key.expose())?;
    let mut scalar = [0; 32];
    scalar.get_mut(32_usize.checked_sub(bytes.len())?..)?.copy_from_slice(&bytes);
    Some(scalar)
}

/// Apple refuses a name without a dot, spaces and angle brackets (`push.md`, B3).
fn is_mail_address(subject: &str) -> bool {
    let Some((name, host)) = subject.strip_prefix("mailto:").and_then(|address| address.split_once('@')) else {
        return false;
    };
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'@' | b'?' | b','));
    !name.is_empty() && plain(name) && plain(host) && is_host(host)
}

fn is_web_address(subject: &str) -> bool {
    let plain = subject.bytes().all(|byte| byte.is_ascii_graphic());
    plain && Url::parse(subject).is_ok_and(|url| url.scheme() == "https" && url.domain().is_some_and(is_host))
}

fn is_host(host: &str) -> bool {
    host.contains('.') && host.split('.').all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests;
