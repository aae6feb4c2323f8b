//! Reaching Twilio: base URLs, credentials, and its endpoints.

use reqwest::{Method, RequestBuilder};
use serde::Deserialize;

use super::super::phone::E164;
use super::errors::SendError;
use super::message::{Accepted, Outgoing, is_sid};
use crate::call::{CallError, Endpoint, Http, Illegible, SetupError, Timeouts};
use crate::secret::Secret;
use crate::wire::{absent, wire_enum};

const API_VERSION: &str = "2010-04-01";

/// An account. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    pub(super) api: Endpoint,
    lookups: Endpoint,
    account_sid: String,
    /// The account itself, or the sid of an API key of it.
    username: String,
    password: Secret,
}

/// What the account has left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// Millionths of the currency's unit; below zero where it owes.
    pub micros: i64,
    /// Such as `USD`.
    pub currency: String,
}

wire_enum! {
    /// What a number is the number of.
    LineType {
        Mobile = "mobile",
        Landline = "landline",
        FixedVoip = "fixedVoip",
        NonFixedVoip = "nonFixedVoip",
        TollFree = "tollFree",
    }
}

/// What Twilio knows of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    pub standing: PhoneStanding,
    /// Such as `IN`.
    pub country_code: Option<String>,
    /// `None` where it was not asked for, or nobody knows.
    pub line_type: Option<LineType>,
}

/// Whether a number can be one at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhoneStanding {
    Valid,
    /// In Twilio's words, such as `TOO_SHORT`.
    Invalid(Vec<String>),
}

#[derive(Deserialize)]
struct BalanceReply {
    balance: String,
    currency: String,
}

#[derive(Deserialize)]
struct LookupReply {
    valid: bool,
    #[serde(default, deserialize_with = "crate::wire::null_as_default")]
    validation_errors: Vec<String>,
    #[serde(default, deserialize_with = "absent")]
    country_code: Option<String>,
    #[serde(default)]
    line_type_intelligence: Option<LineTypeReply>,
}

#[derive(Deserialize)]
struct LineTypeReply {
    #[serde(default, rename = "type", deserialize_with = "absent")]
    kind: Option<LineType>,
}

impl Client {
    /// A client of its own, with the default [`Timeouts`], on the account's own token.
    ///
    /// The base URLs are `https://api.twilio.com` and `https://lookups.twilio.com`.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn new(api_url: &str, lookups_url: &str, account_sid: &str, auth_token: Secret) -> Result<Self, SetupError> {
        Self::with_http(Http::new(Timeouts::default())?, api_url, lookups_url, account_sid, (account_sid, auth_token))
    }

    /// A client on connections and time limits that it shares with others. `credentials` are those
    /// of the account, or of an API key of it (`SK…`), which can be revoked alone.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn with_http(
        http: Http,
        api_url: &str,
        lookups_url: &str,
        account_sid: &str,
        credentials: (&str, Secret),
    ) -> Result<Self, SetupError> {
        if !is_sid("AC", account_sid) {
            return Err(SetupError::Unusable("the Twilio account sid"));
        }
        let (username, password) = credentials;
        if username != account_sid && !is_sid("SK", username) {
            return Err(SetupError::Unusable("the Twilio API key's sid"));
        }
        let api = Endpoint::new(http.clone(), api_url)?;
        let lookups = Endpoint::new(http, lookups_url)?;
        Ok(Self { api, lookups, account_sid: account_sid.to_owned(), username: username.to_owned(), password })
    }

    /// `POST /2010-04-01/Accounts/{sid}/Messages.json`.
    ///
    /// There is no idempotency key: after an unknown answer the message may be on its way.
    ///
    /// # Errors
    ///
    /// [`SendError`], which says whether to send again and whether it may have been sent.
    pub async fn send(&self, message: &Outgoing<'_>) -> Result<Accepted, SendError> {
        let form = message.form()?;
        let path = [API_VERSION, "Accounts", &self.account_sid, "Messages.json"];
        let request = self.signed_in(self.api.request(Method::POST, &path)).form(&form);
        let answer = self.api.exchange(request).await?;
        match SendError::read(&answer) {
            Some(error) => Err(error),
            None => Ok(answer.read()?),
        }
    }

    /// `GET /2010-04-01/Accounts/{sid}/Balance.json`.
    ///
    /// # Errors
    ///
    /// [`CallError`]; an amount that is none is unreadable.
    pub async fn balance(&self) -> Result<Balance, CallError> {
        let path = [API_VERSION, "Accounts", &self.account_sid, "Balance.json"];
        let request = self.signed_in(self.api.request(Method::GET, &path));
        let reply: BalanceReply = self.api.exchange(request).await?.read()?;
        let micros =
            micros(&reply.balance).ok_or_else(|| CallError::Unreadable { why: Illegible::WrongShape { path: "balance".to_owned() } })?;
        Ok(Balance { micros, currency: reply.currency })
    }

    /// `GET /v2/PhoneNumbers/{number}`: whether it can be one, for nothing; and what kind of line it
    /// is where that is asked for, which costs.
    ///
    /// # Errors
    ///
    /// [`CallError`]. That a number is invalid is an answer.
    pub async fn lookup(&self, number: &E164, with_line_type: bool) -> Result<Lookup, CallError> {
        let mut request = self.signed_in(self.lookups.request(Method::GET, &["v2", "PhoneNumbers", number.as_str()]));
        if with_line_type {
            request = request.query(&[("Fields", "line_type_intelligence")]);
        }
        let reply: LookupReply = self.lookups.exchange(request).await?.read()?;
        let standing = if reply.valid { PhoneStanding::Valid } else { PhoneStanding::Invalid(reply.validation_errors) };
        Ok(Lookup { standing, country_code: reply.country_code, line_type: reply.line_type_intelligence.and_then(|line| line.kind) })
    }

    pub(super) fn signed_in(&self, request: RequestBuilder) -> RequestBuilder {
        request.basic_auth(&self.username, Some(self.password.expose()))
    }
}

/// Reads a decimal such as `-0.0075`. What is smaller than a millionth is left out.
fn micros(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(part) {
        return None;
    }
    let part = format!("{:0<6}", part.get(..6).unwrap_or(part));
    let micros = whole.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(part.parse().ok()?)?;
    Some(if negative { -micros } else { micros })
}

#[cfg(test)]
mod tests;
