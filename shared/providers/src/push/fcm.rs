//! Firebase Cloud Messaging, HTTP v1: pushes to apps on Android and iOS.
//!
//! Source: `push.md`, part A. Each call goes to one device, under an access token that is had from
//! Google for an hour by a signed assertion. Times are Unix seconds.

mod account;
mod errors;
mod message;
mod tokens;

use reqwest::Method;
use serde::Deserialize;

pub use account::ServiceAccount;
pub use message::{Message, Priority, Target};

use super::SendError;
use crate::call::{Answer, Endpoint, Http, SetupError};
use errors::Code;
use message::Envelope;
use tokens::{AccessToken, Tokens};

/// Google's own, for the configuration that names no other.
pub const BASE_URL: &str = "https://fcm.googleapis.com";
pub const TOKEN_URL: &str = "https://oauth2.googleapis.com/token";

/// A Firebase project. Keep one for as long as the process lives: clones share their connections
/// and the access token, a new one asks Google for another.
#[derive(Debug, Clone)]
pub struct Client {
    endpoint: Endpoint,
    project_id: String,
    tokens: Tokens,
}

/// A push that Google took.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Accepted {
    /// `projects/{project}/messages/{id}`.
    pub name: String,
}

impl Client {
    /// A client on connections and time limits that it shares with others.
    ///
    /// `base_url` is without the version, as [`BASE_URL`]; access tokens are asked for at
    /// `token_url`, whatever audience the account's assertions name.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn with_http(http: Http, base_url: &str, token_url: &str, account: ServiceAccount) -> Result<Self, SetupError> {
        let endpoint = Endpoint::new(http.clone(), base_url)?;
        let project_id = account.project_id().to_owned();
        Ok(Self { endpoint, project_id, tokens: Tokens::new(Endpoint::new(http, token_url)?, account) })
    }

    /// `POST /v1/projects/{project_id}/messages:send`.
    ///
    /// An access token that is refused is replaced once.
    ///
    /// # Errors
    ///
    /// [`SendError`], which says what to do.
    pub async fn send(&self, message: &Message<'_>, now: i64) -> Result<Accepted, SendError> {
        let envelope = message.envelope(now)?;
        let token = self.tokens.current(now).await?;
        let mut answer = self.post(&envelope, &token).await?;
        if Code::read(&answer) == Some(Code::Unauthenticated) {
            let token = self.tokens.other_than(&token, now).await?;
            answer = self.post(&envelope, &token).await?;
        }
        errors::weigh(answer, now)
    }

    async fn post(&self, envelope: &Envelope<'_>, token: &AccessToken) -> Result<Answer, SendError> {
        let path = ["v1", "projects", &self.project_id, "messages:send"];
        let request = self.endpoint.request(Method::POST, &path).bearer_auth(token.expose()).json(envelope);
        Ok(self.endpoint.exchange(request).await?)
    }
}

#[cfg(test)]
mod tests;
