//! Access tokens: one at a time, shared by all who send.
//!
//! Source: `push.md`, A1.

use std::fmt;
use std::sync::Arc;

use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Mutex;

use super::account::ServiceAccount;
use crate::call::{Answer, CallError, Endpoint, Illegible, Unsent};
use crate::push::{SendError, cannot, wait};
use crate::secret::Secret;

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// How long before its end a token is no longer used.
const RENEWAL_SECONDS: i64 = 300;

/// How long a refusal is believed before Google is asked again: what is refused is our clock or
/// our key, and neither is mended by asking.
const REFUSAL_SECONDS: i64 = 60;

/// Where access tokens come from.
#[derive(Clone)]
pub(super) struct Tokens {
    endpoint: Endpoint,
    account: ServiceAccount,
    /// Held while a token is asked for, so that many senders ask once.
    held: Arc<Mutex<Held>>,
}

#[derive(Default)]
struct Held {
    token: Option<AccessToken>,
    refusal: Option<Refusal>,
    /// How many tokens there have been.
    serial: u64,
}

/// A token to send with.
#[derive(Clone)]
pub(super) struct AccessToken {
    value: Secret,
    usable_until: i64,
    serial: u64,
}

struct Refusal {
    error: SendError,
    until: i64,
}

#[derive(Deserialize)]
struct Reply {
    access_token: String,
    expires_in: i64,
}

impl AccessToken {
    pub(super) fn expose(&self) -> &str {
        self.value.expose()
    }
}

impl Tokens {
    pub(super) fn new(endpoint: Endpoint, account: ServiceAccount) -> Self {
        Self { endpoint, account, held: Arc::default() }
    }

    /// The token in use, or a new one where it ends within five minutes.
    pub(super) async fn current(&self, now: i64) -> Result<AccessToken, SendError> {
        self.held_but(None, now).await
    }

    /// A token other than this one, which was refused: a new one, unless somebody has asked for
    /// it already.
    pub(super) async fn other_than(&self, refused: &AccessToken, now: i64) -> Result<AccessToken, SendError> {
        self.held_but(Some(refused.serial), now).await
    }

    async fn held_but(&self, refused: Option<u64>, now: i64) -> Result<AccessToken, SendError> {
        let mut held = self.held.lock().await;
        if let Some(token) = &held.token
            && now < token.usable_until
            && Some(token.serial) != refused
        {
            return Ok(token.clone());
        }
        if let Some(refusal) = &held.refusal
            && now < refusal.until
        {
            return Err(refusal.error.clone());
        }
        let reply = self.ask(now).await.inspect_err(|error| {
            if matches!(error, SendError::Ours { .. }) {
                held.refusal = Some(Refusal { error: error.clone(), until: now.saturating_add(REFUSAL_SECONDS) });
            }
        })?;
        let value = Secret::new(&reply.access_token)
            .map_err(|_| unobtained(CallError::Unreadable { why: Illegible::WrongShape { path: "access_token".to_owned() } }))?;
        held.serial += 1;
        let usable_until = now.saturating_add(reply.expires_in).saturating_sub(RENEWAL_SECONDS);
        let token = AccessToken { value, usable_until, serial: held.serial };
        held.token = Some(token.clone());
        held.refusal = None;
        Ok(token)
    }

    async fn ask(&self, now: i64) -> Result<Reply, SendError> {
        let assertion = self.account.assertion(now).ok_or_else(|| SendError::Ours { cause: cannot("assertion", "cannot be signed") })?;
        let request = self.endpoint.request(Method::POST, &[]).form(&[("grant_type", GRANT_TYPE), ("assertion", assertion.as_str())]);
        let answer = self.endpoint.exchange(request).await.map_err(unobtained)?;
        let code = oauth_code(&answer);
        answer.read().map_err(|error| match error {
            CallError::Refused { status, reason, description, field, .. } => {
                SendError::Ours { cause: CallError::Refused { status, code, reason, description, field } }
            }
            other => unobtained(other),
        })
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("account", &self.account).finish_non_exhaustive()
    }
}

/// Why there is no token for now. Whatever became of *that* call, no message was sent.
fn unobtained(error: CallError) -> SendError {
    let after = wait(&error);
    SendError::Retry { after, cause: CallError::NotSent { why: Unsent::Unreachable(format!("no access token: {error}")) } }
}

/// The word of RFC 6749, section 5.2, for a refusal.
fn oauth_code(answer: &Answer) -> Option<String> {
    const CODES: [&str; 6] =
        ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope"];
    let body: Value = serde_json::from_slice(answer.body()?).ok()?;
    let said = body.get("error")?.as_str()?;
    CODES.iter().find(|code| **code == said).map(|code| (*code).to_owned())
}
