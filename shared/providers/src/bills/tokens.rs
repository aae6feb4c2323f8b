//! `POST /auth/token {"clientID", "secret"}` is answered with `{"token", "expiresIn"}`, ten minutes
//! in the samples.

use std::fmt;

use reqwest::Method;
use serde::{Deserialize, Serialize};

use crate::call::{CallError, Endpoint, Illegible};
use crate::secret::Secret;
use crate::tokens::{Issued, Issuer};

/// How long before its end a token is no longer used: longer than a call takes.
const RENEWAL_SECONDS: i64 = 60;

/// Who we are to the provider of bills.
#[derive(Clone)]
pub(super) struct Login {
    pub(super) endpoint: Endpoint,
    pub(super) client_id: String,
    pub(super) client_secret: Secret,
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

impl Issuer for Login {
    async fn issue(&self, now: i64) -> Result<Issued, CallError> {
        let body = Ask { client_id: &self.client_id, secret: self.client_secret.expose() };
        let request = self.endpoint.request(Method::POST, &["auth", "token"]).json(&body);
        let reply: Reply = self.endpoint.exchange(request).await?.read()?;
        let value =
            Secret::new(&reply.token).map_err(|_| CallError::Unreadable { why: Illegible::WrongShape { path: "token".to_owned() } })?;
        let usable_until = now.saturating_add(reply.expires_in).saturating_sub(RENEWAL_SECONDS);
        Ok(Issued { value, renew_at: usable_until, usable_until })
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
