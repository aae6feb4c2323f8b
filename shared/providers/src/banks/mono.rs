//! Mono, for banks in Nigeria. It has none in India.
//!
//! Source: `banks.md`, section 1 (API v2). Money is an integer of the lowest denomination: 100 kobo
//! are a naira. A link is of one account, whose id is all that it is read with: beside our secret it
//! is no credential, and it does not expire.

mod errors;
mod webhook;
mod wire;

use bank_feed::{Changes, State};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, civil::Date};
use reqwest::header::HeaderValue;
use reqwest::{Method, RequestBuilder};
use serde::de::DeserializeOwned;
use serde_json::json;

pub use webhook::{Event, Mode, SIGNATURE_HEADER, parse_event, verify};

use super::{BankError, moment, require_id, wrong};
use crate::call::{Endpoint, Http, SetupError, require};
use crate::secret::Secret;
use crate::standing::{self, Standing};
use errors::Asked;
use wire::{Details, Either, Id, Initiated, Page};

/// How long a code is good for, in seconds.
pub const CODE_SECONDS: i64 = 600;

const SECRET_HEADER: &str = "mono-sec-key";

/// Days before the last reading that are read again: banks book late, and Mono tells no changes.
/// \[U\] How late is not documented.
const OVERLAP_DAYS: i64 = 5;

/// How much is asked for at first. \[U\] What Mono's own statement offers at most.
const HISTORY_DAYS: i64 = 180;

/// \[U\] Its pages hold 50 entries or so.
const PAGES_MAX: u32 = 400;

/// How Mono writes a day.
const DAY: &str = "%d-%m-%Y";

/// How a cursor of ours writes it.
const CURSOR: &str = "%Y-%m-%d";

/// Our key at Mono. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    endpoint: Endpoint,
    secret: HeaderValue,
}

/// A link to be opened.
#[derive(Debug, Clone, Copy)]
pub struct NewLink<'a> {
    pub name: &'a str,
    pub email: &'a str,
    /// Ours, and unguessable: Mono shows it in its events.
    pub reference: &'a str,
    pub redirect_url: &'a str,
}

impl Client {
    /// A client on connections and time limits that it shares with others.
    ///
    /// `base_url` is without the version: `https://api.withmono.com`.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn with_http(http: Http, base_url: &str, secret: &Secret) -> Result<Self, SetupError> {
        let mut value = HeaderValue::from_str(secret.expose()).map_err(|_| SetupError::Unusable("Mono's secret"))?;
        value.set_sensitive(true);
        Ok(Self { endpoint: Endpoint::new(http, base_url)?, secret: value })
    }

    /// `POST /v2/accounts/initiate`: the page on which a person links an account.
    ///
    /// # Errors
    ///
    /// [`BankError`].
    pub async fn initiate(&self, link: &NewLink<'_>) -> Result<String, BankError> {
        let customer = json!({ "name": link.name, "email": link.email });
        let meta = json!({ "ref": link.reference });
        let body = json!({ "customer": customer, "meta": meta, "scope": "auth", "redirect_url": link.redirect_url });
        self.open_page(&body).await
    }

    /// The same for an account whose bank wants its customer to sign in again.
    ///
    /// \[U\] That it is asked for in this way.
    ///
    /// # Errors
    ///
    /// [`BankError`].
    pub async fn reauthorise(&self, account_id: &str, link: &NewLink<'_>) -> Result<String, BankError> {
        require_id(account_id, "account_id")?;
        let meta = json!({ "ref": link.reference });
        let body = json!({ "account": account_id, "meta": meta, "scope": "reauth", "redirect_url": link.redirect_url });
        self.open_page(&body).await
    }

    /// `POST /v2/accounts/auth`: the account that a code is for.
    ///
    /// # Errors
    ///
    /// [`BankError::LinkExpired`] for a code that was used, is older than ten minutes, or never was.
    pub async fn exchange(&self, code: &str) -> Result<String, BankError> {
        require((1..=256).contains(&code.len()), "code", "is not 1 to 256 characters")?;
        let request = self.request(Method::POST, &["v2", "accounts", "auth"]).json(&json!({ "code": code }));
        let id: Either<Id> = self.answer(request, Asked::Exchange).await?;
        let id = id.into_inner().id;
        require_id(&id, "id").map_err(|_| wrong("id"))?;
        Ok(id)
    }

    /// The account, and what was booked since the cursor, with the days before it once more.
    ///
    /// Mono tells what there is and not what changed: all of it comes as added, and what was told
    /// before is known again by its key. Nothing is read while Mono is still fetching.
    ///
    /// # Errors
    ///
    /// [`BankError`].
    pub async fn changes(&self, account_id: &str, cursor: Option<&str>, standing: &dyn Standing, now: i64) -> Result<Changes, BankError> {
        require_id(account_id, "account_id")?;
        let today = moment(now, "now")?.to_zoned(TimeZone::UTC).date();
        let from = self.first_day(cursor, today)?;
        let read: Either<Details> = self.get(&["v2", "accounts", account_id], &[]).await?;
        let details = read.into_inner();
        let (currency, state) = (details.currency()?, details.state());
        let mut changes = Changes {
            accounts: vec![details.read(account_id, Timestamp::from_second(now).ok())?],
            added: Vec::new(),
            modified: Vec::new(),
            removed: Vec::new(),
            cursor: cursor.map(str::to_owned),
            state,
        };
        if state != State::Complete {
            return Ok(changes);
        }
        let (start, end) = (from.strftime(DAY).to_string(), today.strftime(DAY).to_string());
        for number in 1..=PAGES_MAX {
            standing::require(standing, BankError::EndedMeanwhile).await?;
            let number = number.to_string();
            let query = [("start", start.as_str()), ("end", end.as_str()), ("paginate", "true"), ("page", number.as_str())];
            let page: Page = self.get(&["v2", "accounts", account_id, "transactions"], &query).await?;
            let has_none = page.data.is_empty();
            let total = page.total();
            for entry in page.data {
                changes.added.push(entry.read(account_id, currency)?);
            }
            if has_none || total.is_some_and(|total| changes.added.len() as u64 >= total) {
                changes.cursor = Some(today.strftime(CURSOR).to_string());
                return Ok(changes);
            }
        }
        Err(wrong("meta.total"))
    }

    /// `POST /v2/accounts/{id}/unlink`. One that is not linked any more is as good.
    ///
    /// # Errors
    ///
    /// [`BankError`].
    pub async fn unlink(&self, account_id: &str) -> Result<(), BankError> {
        require_id(account_id, "account_id")?;
        let request = self.request(Method::POST, &["v2", "accounts", account_id, "unlink"]);
        match self.answer::<serde::de::IgnoredAny>(request, Asked::Account).await {
            Ok(_) | Err(BankError::AccessWithdrawn) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn first_day(&self, cursor: Option<&str>, today: Date) -> Result<Date, BankError> {
        let back = |from: Date, days: i64| from.checked_sub(Span::new().days(days)).map_err(|_| wrong("now"));
        match cursor {
            None => back(today, HISTORY_DAYS),
            Some(text) => {
                let last = Date::strptime(CURSOR, text);
                require(last.is_ok(), "cursor", "is not a day")?;
                back(last.unwrap_or(today).min(today), OVERLAP_DAYS)
            }
        }
    }

    async fn open_page(&self, body: &serde_json::Value) -> Result<String, BankError> {
        let request = self.request(Method::POST, &["v2", "accounts", "initiate"]).json(body);
        let initiated: Either<Initiated> = self.answer(request, Asked::Account).await?;
        Ok(initiated.into_inner().mono_url)
    }

    async fn get<T: DeserializeOwned>(&self, path: &[&str], query: &[(&str, &str)]) -> Result<T, BankError> {
        self.answer(self.request(Method::GET, path).query(query), Asked::Account).await
    }

    async fn answer<T: DeserializeOwned>(&self, request: RequestBuilder, asked: Asked) -> Result<T, BankError> {
        errors::weigh(self.endpoint.exchange(request).await?, asked)
    }

    fn request(&self, method: Method, path: &[&str]) -> RequestBuilder {
        self.endpoint.request(method, path).header(SECRET_HEADER, self.secret.clone())
    }
}

#[cfg(test)]
mod tests;
