//! Plaid, for banks elsewhere than in India, which it does not serve.
//!
//! Source: `banks.md`, section 3 (the API of 2020-09-14). Every call is a POST of JSON under our
//! client id and secret, in headers. An access token does not expire, so it is sealed where it is kept.

mod country;
mod errors;
mod link;
mod sync;
mod webhook;
mod wire;

use reqwest::Method;
use reqwest::header::HeaderValue;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub use country::is_served;
pub use link::{Linked, NewLink, Opened};
pub use webhook::{Event, Refused, SIGNATURE_HEADER, Verifier, parse_event};

use super::BankError;
use crate::call::{Answer, Endpoint, Http, SetupError};
use crate::secret::Secret;

/// Five hundred entries take a megabyte and more.
const PAGE_BYTES_MAX: usize = 8 * 1024 * 1024;

/// What we are, at Plaid.
#[derive(Debug, Clone)]
pub struct Settings {
    pub client_id: String,
    pub secret: Secret,
    /// What a person reads on Plaid's page; at most 30 characters.
    pub client_name: String,
    /// ISO 639-1, in lower case.
    pub language: String,
    /// Where the banks are; see [`is_served`].
    pub country_codes: Vec<String>,
    /// Where Plaid takes its webhooks; without one, changes are only found by asking.
    pub webhook_url: Option<String>,
    /// How far back a history is wanted, in days: 1 to 730.
    pub history_days: u16,
}

/// Our keys at Plaid. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    endpoint: Endpoint,
    client_id: HeaderValue,
    secret: HeaderValue,
    settings: Settings,
}

impl Client {
    /// A client on connections and time limits that it shares with others.
    ///
    /// `base_url` is that of the environment: `https://production.plaid.com`.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work, which a country is that Plaid does not serve.
    pub fn with_http(http: Http, base_url: &str, settings: Settings) -> Result<Self, SetupError> {
        if !(1..=30).contains(&settings.client_name.chars().count()) {
            return Err(SetupError::Unusable("Plaid's client name, which is not 1 to 30 characters,"));
        }
        if settings.country_codes.is_empty() || !settings.country_codes.iter().all(|code| is_served(code)) {
            return Err(SetupError::Unusable("a country that Plaid does not serve"));
        }
        if !(1..=730).contains(&settings.history_days) {
            return Err(SetupError::Unusable("Plaid's history, which is not 1 to 730 days,"));
        }
        let header = |text: &str, what| {
            let mut value = HeaderValue::from_str(text).map_err(|_| SetupError::Unusable(what))?;
            value.set_sensitive(true);
            Ok(value)
        };
        if settings.client_id.is_empty() {
            return Err(SetupError::Missing("Plaid's client id"));
        }
        let client_id = header(&settings.client_id, "Plaid's client id")?;
        let secret = header(settings.secret.expose(), "Plaid's secret")?;
        Ok(Self { endpoint: Endpoint::new(http, base_url)?, client_id, secret, settings })
    }

    /// `/item/remove`: ends the access. One that has ended is as good.
    ///
    /// # Errors
    ///
    /// [`BankError`].
    pub async fn remove_item(&self, access: &Secret) -> Result<(), BankError> {
        match self.post::<Value>(&["item", "remove"], &json!({ "access_token": access.expose() })).await {
            Ok(_) | Err(BankError::AccessWithdrawn) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn post<T: DeserializeOwned>(&self, path: &[&str], body: &impl Serialize) -> Result<T, BankError> {
        errors::weigh(self.answer(path, body).await?)
    }

    async fn answer(&self, path: &[&str], body: &impl Serialize) -> Result<Answer, BankError> {
        let request = self.endpoint.request(Method::POST, path).json(body);
        let request = request.header("PLAID-CLIENT-ID", self.client_id.clone()).header("PLAID-SECRET", self.secret.clone());
        Ok(self.endpoint.download(request, PAGE_BYTES_MAX).await?)
    }
}

#[cfg(test)]
mod tests;
