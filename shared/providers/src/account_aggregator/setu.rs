//! Setu: a gateway to several aggregators that makes the keys and decrypts by itself.
//!
//! Source: `account-aggregator.md`, section 8. What it posts to us is not signed, and is not posted
//! twice: a webhook is a reason to look, and what is true is what a look-up says. Data come decrypted,
//! so they are as good as the connection.

mod webhook;
mod wire;

use account_aggregator::licence::Licence;
use account_aggregator::wire::FiDataRange;
use reqwest::header::HeaderValue;
use reqwest::{Method, RequestBuilder};
use serde_json::json;

pub use webhook::{Notice, NoticeKind, parse_notice, verify};
pub use wire::{
    Account, ConsentStatus, FiStatus, Format, FrequencyUnit, LinkedAccount, NewConsent, SessionStatus, SetuBank, SetuConsent, SetuSession,
};

use crate::call::{CallError, Endpoint, Http, SetupError, require};
use crate::secret::Secret;

/// Decrypted data of several accounts.
const DATA_BYTES_MAX: usize = 48 * 1024 * 1024;

/// One product at Setu. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    endpoint: Endpoint,
    id: HeaderValue,
    secret: HeaderValue,
    product: HeaderValue,
    licence: Licence,
}

impl Client {
    /// `base_url` includes the version: `https://fiu.setu.co/v2`.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn with_http(
        http: Http,
        base_url: &str,
        licence: Licence,
        id: &str,
        secret: Secret,
        product_instance_id: &str,
    ) -> Result<Self, SetupError> {
        let header = |text: &str| match text.trim() {
            "" => Err(SetupError::Missing("Setu's client id or product instance id")),
            text => HeaderValue::from_str(text).map_err(|_| SetupError::Unusable("a credential of Setu's")),
        };
        let mut secret = header(secret.expose())?;
        secret.set_sensitive(true);
        Ok(Self { endpoint: Endpoint::new(http, base_url)?, id: header(id)?, secret, product: header(product_instance_id)?, licence })
    }

    /// Whose consents these are: Setu knows it by the product.
    pub fn licence(&self) -> &Licence {
        &self.licence
    }

    /// `POST /consents`: asks for consent, and says where the customer gives it.
    ///
    /// # Errors
    ///
    /// [`CallError`]. After an unknown outcome a second request is harmless: one that nobody consents
    /// to expires.
    pub async fn request_consent(&self, consent: &NewConsent<'_>) -> Result<SetuConsent, CallError> {
        self.endpoint.exchange(self.request(Method::POST, &["consents"]).json(&consent.to_body())).await?.read()
    }

    /// `GET /consents/{id}?expanded=true`.
    ///
    /// # Errors
    ///
    /// [`CallError`]; an answer about another consent is unreadable.
    pub async fn consent(&self, id: &str) -> Result<SetuConsent, CallError> {
        require_id(id, "consent_id")?;
        let request = self.request(Method::GET, &["consents", id]).query(&[("expanded", "true")]);
        let found: SetuConsent = self.endpoint.exchange(request).await?.read()?;
        wire::about(id, &found.id)?;
        Ok(found)
    }

    /// `POST /sessions`: asks for data.
    ///
    /// # Errors
    ///
    /// [`CallError`]. After an unknown outcome a session may be open, and counts as a fetch.
    pub async fn open_session(&self, consent_id: &str, range: FiDataRange, format: Format) -> Result<SetuSession, CallError> {
        require_id(consent_id, "consent_id")?;
        let body = json!({ "consentId": consent_id, "dataRange": range, "format": format });
        self.endpoint.exchange(self.request(Method::POST, &["sessions"]).json(&body)).await?.read()
    }

    /// `GET /sessions/{id}`: how far it is, and the data that came.
    ///
    /// # Errors
    ///
    /// [`CallError`]; an answer about another session is unreadable.
    pub async fn session(&self, id: &str) -> Result<SetuSession, CallError> {
        require_id(id, "session_id")?;
        let found: SetuSession = self.endpoint.download(self.request(Method::GET, &["sessions", id]), DATA_BYTES_MAX).await?.read()?;
        wire::about(id, &found.id)?;
        Ok(found)
    }

    fn request(&self, method: Method, path: &[&str]) -> RequestBuilder {
        self.endpoint
            .request(method, path)
            .header("x-client-id", self.id.clone())
            .header("x-client-secret", self.secret.clone())
            .header("x-product-instance-id", self.product.clone())
    }
}

/// Refuses what cannot be an id, before it becomes part of a path.
fn require_id(id: &str, field: &'static str) -> Result<(), CallError> {
    let fits = (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    require(fits, field, "is not an id")
}

#[cfg(test)]
mod tests;
