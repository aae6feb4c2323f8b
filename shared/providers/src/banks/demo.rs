//! The demo bank: a bank of the local cloud's own, whose customers, accounts and statements are made
//! up. It is what shows and tests the way from a bank to the wallet without a bank.
//!
//! It speaks OAuth 2 with PKCE (RFC 7636, S256 only) for consent, and gives entries since a cursor,
//! as [`plaid`](super::plaid) does. Its sandbox documents the API; the shapes are in `wire.rs`.
//! Amounts are `i64` of the minor unit, times are Unix seconds.
//!
//! - A code is good once, for ten minutes. An access token lasts an hour.
//! - Every renewal gives a new refresh token in place of the old. Where the answer got lost, the old
//!   one may be used again until the new access token was; used later, it ends the whole consent,
//!   since then two have it.

mod errors;
mod wire;

use bank_feed::{Changes, State};
use reqwest::header::ACCEPT;
use reqwest::{Method, RequestBuilder};
use serde::de::DeserializeOwned;

pub use crate::pkce::Verifier;

use super::{BankError, wrong};
use crate::call::{Answer, BaseUrl, Endpoint, Http, SetupError};
use crate::secret::Secret;
use crate::standing::{self, Standing};
use errors::Asked;
use wire::{Accounts, Page, Reply};

/// How long the way to the bank and back may take, in seconds: what its codes last.
pub const LINK_SECONDS: i64 = 600;

const SCOPE: &str = "accounts transactions";

const PAGE_ENTRIES: &str = "500";

/// Far more than the half year that the demo bank makes up.
const PAGES_MAX: usize = 100;

/// Our registration at the demo bank. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    endpoint: Endpoint,
    page: BaseUrl,
    client_id: String,
    client_secret: Secret,
}

/// What a consent is read with. To be sealed as a whole.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The bank's name for the consent, the same after every renewal.
    pub consent_id: String,
    pub access: Secret,
    pub refresh: Secret,
    /// Unix seconds.
    pub access_until: i64,
}

impl Client {
    /// A client on connections and time limits that it shares with others.
    ///
    /// `base_url` is where we reach the bank, `page_url` where a person's browser does; both end in
    /// `/demo-bank`.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn with_http(http: Http, base_url: &str, page_url: &str, client_id: &str, client_secret: Secret) -> Result<Self, SetupError> {
        if client_id.is_empty() {
            return Err(SetupError::Missing("the demo bank's client id"));
        }
        let page = BaseUrl::new(page_url)?;
        Ok(Self { endpoint: Endpoint::new(http, base_url)?, page, client_id: client_id.to_owned(), client_secret })
    }

    /// The page on which a person picks accounts and allows us to read them.
    #[must_use]
    pub fn authorize_url(&self, redirect_uri: &str, state: &str, verifier: &Verifier) -> String {
        let mut url = self.page.at(&["authorize"]);
        url.query_pairs_mut().extend_pairs([
            ("response_type", "code"),
            ("client_id", self.client_id.as_str()),
            ("redirect_uri", redirect_uri),
            ("state", state),
            ("scope", SCOPE),
            ("code_challenge", verifier.challenge().as_str()),
            ("code_challenge_method", "S256"),
        ]);
        url.into()
    }

    /// `POST /token` for a code.
    ///
    /// # Errors
    ///
    /// [`BankError::LinkExpired`] for a code that was used, is too old, or is not of this link.
    pub async fn exchange(&self, code: &str, verifier: &Verifier, redirect_uri: &str, now: i64) -> Result<Grant, BankError> {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", verifier.secret().expose()),
        ];
        self.token(&form, Asked::Exchange, now).await
    }

    /// `POST /token` for a refresh token, which is over with this.
    ///
    /// # Errors
    ///
    /// [`BankError`].
    pub async fn renew(&self, refresh: &Secret, now: i64) -> Result<Grant, BankError> {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", refresh.expose())], Asked::Renewal, now).await
    }

    /// Everything since the cursor, to its end.
    ///
    /// # Errors
    ///
    /// [`BankError`]; [`BankError::TokensStale`] where the access token is over.
    pub async fn changes(&self, access: &Secret, cursor: Option<&str>, standing: &dyn Standing) -> Result<Changes, BankError> {
        let accounts: Accounts = self.get(access, &["accounts"], &[]).await?;
        let mut changes = Changes {
            accounts: accounts.read()?,
            added: Vec::new(),
            modified: Vec::new(),
            removed: Vec::new(),
            cursor: cursor.map(str::to_owned),
            state: State::Complete,
        };
        for _ in 0..PAGES_MAX {
            standing::require(standing, BankError::EndedMeanwhile).await?;
            let mut query = vec![("limit", PAGE_ENTRIES)];
            query.extend(changes.cursor.as_deref().map(|cursor| ("cursor", cursor)));
            let page: Page = self.get(access, &["transactions"], &query).await?;
            let has_more = page.has_more;
            page.add_to(&mut changes)?;
            if !has_more {
                return Ok(changes);
            }
        }
        Err(wrong("has_more"))
    }

    /// `POST /revoke`: ends the consent. One that has ended is as good.
    ///
    /// # Errors
    ///
    /// [`BankError`].
    pub async fn revoke(&self, refresh: &Secret) -> Result<(), BankError> {
        let answer = self.post(&["revoke"], &[("token", refresh.expose())]).await?;
        errors::weigh::<serde::de::IgnoredAny>(answer, Asked::Revocation).map(|_| ())
    }

    async fn token(&self, form: &[(&str, &str)], asked: Asked, now: i64) -> Result<Grant, BankError> {
        let reply: Reply = errors::weigh(self.post(&["token"], form).await?, asked)?;
        reply.read(now)
    }

    async fn post(&self, path: &[&str], form: &[(&str, &str)]) -> Result<Answer, BankError> {
        let request = self.endpoint.request(Method::POST, path).basic_auth(&self.client_id, Some(self.client_secret.expose()));
        Ok(self.endpoint.exchange(request.form(form)).await?)
    }

    async fn get<T: DeserializeOwned>(&self, access: &Secret, path: &[&str], query: &[(&str, &str)]) -> Result<T, BankError> {
        let request: RequestBuilder = self.endpoint.request(Method::GET, path).bearer_auth(access.expose());
        let answer = self.endpoint.exchange(request.header(ACCEPT, "application/json").query(query)).await?;
        errors::weigh(answer, Asked::Reading)
    }
}

#[cfg(test)]
mod tests;
