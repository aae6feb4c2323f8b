//! Access tokens: one at a time, shared by all who ask.
//!
//! `POST /auth/token {"clientID", "secret"}` is answered with `{"token", "expiresIn"}`, ten minutes
//! in the samples.

use std::fmt;
use std::sync::Arc;

use reqwest::Method;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use crate::call::{CallError, Endpoint, Illegible, Unsent};
use crate::secret::Secret;

/// How long before its end a token is no longer used: longer than a call takes.
const RENEWAL_SECONDS: i64 = 60;

/// Where access tokens come from.
#[derive(Clone)]
pub(super) struct Tokens {
    endpoint: Endpoint,
    client_id: String,
    client_secret: Secret,
    /// Held while a token is asked for, so that many ask once.
    held: Arc<Mutex<Held>>,
}

#[derive(Default)]
struct Held {
    token: Option<AccessToken>,
    /// How many tokens there have been.
    serial: u64,
}

#[derive(Clone)]
pub(super) struct AccessToken {
    value: Secret,
    usable_until: i64,
    serial: u64,
}

#[derive(Serialize)]
struct Ask<'a> {
    #[serde(rename = "clientID")]
    client_id: &'a str,
    secret: &'a str,
}

#[derive(Deserialize)]
struct Reply {
    token: String,
    #[serde(rename = "expiresIn")]
    expires_in: i64,
}

impl AccessToken {
    pub(super) fn expose(&self) -> &str {
        self.value.expose()
    }
}

impl Tokens {
    pub(super) fn new(endpoint: Endpoint, client_id: &str, client_secret: Secret) -> Self {
        Self { endpoint, client_id: client_id.to_owned(), client_secret, held: Arc::default() }
    }

    /// The token in use, or a new one where it ends within a minute.
    ///
    /// # Errors
    ///
    /// [`CallError`], as for the call that it was wanted for: without a token nothing is sent.
    pub(super) async fn current(&self, now: i64) -> Result<AccessToken, CallError> {
        self.held_but(None, now).await
    }

    /// A token other than this one, which was refused: a new one, unless somebody has asked already.
    pub(super) async fn other_than(&self, refused: &AccessToken, now: i64) -> Result<AccessToken, CallError> {
        self.held_but(Some(refused.serial), now).await
    }

    async fn held_but(&self, refused: Option<u64>, now: i64) -> Result<AccessToken, CallError> {
        let mut held = self.held.lock().await;
        if let Some(token) = &held.token
            && now < token.usable_until
            && Some(token.serial) != refused
        {
            return Ok(token.clone());
        }
        let reply = self.ask().await.map_err(unobtained)?;
        let value = Secret::new(&reply.token).map_err(|_| {
            let why = Illegible::WrongShape { path: "token".to_owned() };
            unobtained(CallError::Unreadable { why })
        })?;
        held.serial += 1;
        let usable_until = now.saturating_add(reply.expires_in).saturating_sub(RENEWAL_SECONDS);
        let token = AccessToken { value, usable_until, serial: held.serial };
        held.token = Some(token.clone());
        Ok(token)
    }

    async fn ask(&self) -> Result<Reply, CallError> {
        let body = Ask { client_id: &self.client_id, secret: self.client_secret.expose() };
        let request = self.endpoint.request(Method::POST, &["auth", "token"]).json(&body);
        self.endpoint.exchange(request).await?.read()
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// Whatever became of *that* call, what the token was wanted for was not sent. A refusal stays one,
/// since asking again does not mend our credentials.
fn unobtained(error: CallError) -> CallError {
    match error {
        refused @ (CallError::Refused { .. } | CallError::Throttled { .. } | CallError::NotSent { .. }) => refused,
        other @ (CallError::Unknown { .. } | CallError::Unreadable { .. }) => {
            CallError::NotSent { why: Unsent::Unreachable(format!("no access token: {other}")) }
        }
    }
}
