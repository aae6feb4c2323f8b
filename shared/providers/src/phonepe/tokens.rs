//! `POST /v1/oauth/token`, a form; answered with `{"access_token", "issued_at", "expires_at"}`.
//!
//! Source: `upi.md`, section 3.2: a token is renewed after half of its life, and serves on where that
//! fails.

use std::fmt;

use reqwest::Method;
use serde::Deserialize;

use crate::call::{CallError, Endpoint, Illegible};
use crate::secret::Secret;
use crate::tokens::{Issued, Issuer};
use crate::wire::null_as_default;

/// How long before its end a token is no longer used: longer than a call takes.
const MARGIN_SECONDS: i64 = 30;

/// Who we are to PhonePe.
#[derive(Clone)]
pub(super) struct Credentials {
    pub(super) endpoint: Endpoint,
    pub(super) client_id: String,
    pub(super) client_secret: Secret,
    pub(super) client_version: String,
}

#[derive(Deserialize)]
struct Reply {
    access_token: String,
    /// Unix seconds, by their clock.
    expires_at: i64,
    #[serde(default, deserialize_with = "null_as_default")]
    issued_at: Option<i64>,
}

impl Issuer for Credentials {
    async fn issue(&self, now: i64) -> Result<Issued, CallError> {
        let form = [
            ("client_id", self.client_id.as_str()),
            ("client_secret", self.client_secret.expose()),
            ("client_version", self.client_version.as_str()),
            ("grant_type", "client_credentials"),
        ];
        let request = self.endpoint.request(Method::POST, &["v1", "oauth", "token"]).form(&form);
        let reply: Reply = self.endpoint.exchange(request).await?.read()?;
        let unreadable = || CallError::Unreadable { why: Illegible::WrongShape { path: "access_token".to_owned() } };
        let value = Secret::new(&reply.access_token).map_err(|_| unreadable())?;
        // Both times are theirs, so that a clock that differs from ours does not shorten its life.
        let life = reply.expires_at.saturating_sub(reply.issued_at.unwrap_or(now)).max(0);
        let usable_until = now.saturating_add(life.saturating_sub(MARGIN_SECONDS));
        Ok(Issued { value, renew_at: now.saturating_add(life / 2).min(usable_until), usable_until })
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
