//! Platforms and aggregators that are described by configuration: where they are, how they are asked, and
//! where their answers keep what the canonical response names.
//!
//! Source: `platforms.md`, sections 2 and 4. `docs/platforms.md` shows how one is described, and
//! `platforms.example.json` beside this file has two. A description is checked whole when it is
//! [`load`]ed. An answer that is not as described is refused whole, whatever of it is good.

mod access;
mod description;
mod reading;
mod reshape;
mod template;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use reqwest::header::ACCEPT;
use reqwest::{Method, RequestBuilder, Url};

pub use description::{BadDescription, load};
pub(super) use reading::Reading;

use super::connector::Tokens;
use super::oauth::Grant;
use super::{PlatformError, Window, wrong};
use crate::call::{BaseUrl, CallError, Endpoint, Unsent};
use crate::pkce::Verifier;
use crate::secret::Secret;
use access::Access;
use reshape::Shape;
use template::{Hole, Template};

/// One platform, as it is described. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client(Arc<Described>);

#[derive(Debug)]
struct Described {
    platform: String,
    endpoint: Endpoint,
    path: Vec<Template>,
    query: BTreeMap<String, Template>,
    access: Access,
    link_page: Option<LinkPage>,
    day_rollover_hour: u8,
    window_days_max: u16,
    next: Next,
    shape: Shape,
}

/// A page of the platform's own, on which a worker lets us read by the name that we give them.
#[derive(Debug)]
struct LinkPage {
    url: BaseUrl,
    query: BTreeMap<String, Template>,
}

/// What an answer's `next_cursor` is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Next {
    /// What `{cursor}` stands for in the next question.
    #[default]
    Cursor,
    /// The address of the next page, of the same host.
    Url,
}

impl Client {
    #[must_use]
    pub fn platform(&self) -> &str {
        &self.0.platform
    }

    pub(super) fn asks_for_consent(&self) -> bool {
        matches!(self.0.access, Access::Consent { .. })
    }

    pub(super) fn proves_by_key(&self) -> bool {
        matches!(self.0.access, Access::Consent { pkce: true, .. })
    }

    pub(super) fn authorize_url(&self, redirect_uri: &str, state: &str, verifier: Option<&Verifier>) -> Result<String, PlatformError> {
        let (page, oauth) = self.0.access.consent()?;
        Ok(oauth.authorize_url(page, redirect_uri, state, verifier))
    }

    pub(super) fn link_page(&self, redirect_uri: &str, state: &str, account: &str) -> Result<String, PlatformError> {
        let page = self.0.link_page.as_ref().ok_or_else(|| PlatformError::invalid("link_page", "is not described"))?;
        let mut url = page.url.at(&[]);
        for (name, template) in &page.query {
            let value = template.fill(|hole| match hole {
                Hole::RedirectUri => Some(redirect_uri.to_owned()),
                Hole::State => Some(state.to_owned()),
                Hole::Account => Some(account.to_owned()),
                _ => None,
            });
            url.query_pairs_mut().append_pair(name, &value.unwrap_or_default());
        }
        Ok(url.into())
    }

    pub(super) async fn exchange(
        &self,
        code: &str,
        redirect_uri: &str,
        verifier: Option<&Verifier>,
        now: i64,
    ) -> Result<Grant, PlatformError> {
        self.0.access.consent()?.1.exchange(code, redirect_uri, verifier, now).await
    }

    pub(super) async fn renew(&self, refresh: &Secret, now: i64) -> Result<Grant, PlatformError> {
        self.0.access.consent()?.1.renew(refresh, now).await
    }

    pub(super) async fn revoke(&self, token: &Secret) -> Result<(), PlatformError> {
        self.0.access.consent()?.1.revoke(token).await
    }

    fn window(&self, wanted: Window, now: Timestamp) -> Result<(Window, Option<jiff::civil::Date>), PlatformError> {
        Window::first(wanted, now, self.0.day_rollover_hour, self.0.window_days_max)
    }

    /// Asks for a page: the one that a cursor names, or the first.
    async fn page(&self, tokens: &Tokens, window: Window, cursor: Option<&str>, now: i64) -> Result<Vec<u8>, PlatformError> {
        let request = match (self.0.next, cursor) {
            (Next::Url, Some(address)) => self.at_address(address)?,
            (Next::Url, None) | (Next::Cursor, _) => self.question(tokens, window, cursor)?,
        };
        let request = request.header(ACCEPT, "application/json");
        let body = self.0.endpoint.exchange(self.0.access.sign(request, tokens, now).await?).await?.into_file();
        body.map_err(|error| self.0.access.refused(error))
    }

    fn question(&self, tokens: &Tokens, window: Window, cursor: Option<&str>) -> Result<RequestBuilder, PlatformError> {
        let (from, to) = window.moments(self.0.day_rollover_hour)?;
        let value = |hole: Hole| match hole {
            Hole::Account => match tokens {
                Tokens::Account { account, .. } => Some(account.expose().to_owned()),
                Tokens::Consent { .. } => None,
            },
            Hole::From => Some(window.from.to_string()),
            Hole::To => Some(window.until.to_string()),
            Hole::FromTime => Some(from.to_string()),
            Hole::ToTime => Some(to.to_string()),
            Hole::FromUnix => Some(from.as_second().to_string()),
            Hole::ToUnix => Some(to.as_second().to_string()),
            Hole::Cursor => cursor.map(str::to_owned),
            Hole::RedirectUri | Hole::State => None,
        };
        let path: Option<Vec<String>> = self.0.path.iter().map(|segment| segment.fill(value)).collect();
        let path = path.ok_or_else(|| PlatformError::invalid("tokens", "name no account"))?;
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        // What cannot be filled is left out: the cursor of a first page.
        let query: Vec<_> = self.0.query.iter().filter_map(|(name, template)| Some((name, template.fill(value)?))).collect();
        Ok(self.0.endpoint.request(Method::GET, &path).query(&query))
    }

    /// An address that the platform gave: our key goes to its own host and nowhere else.
    fn at_address(&self, address: &str) -> Result<RequestBuilder, PlatformError> {
        let url = Url::parse(address).ok().filter(|url| self.0.endpoint.is_origin_of(url));
        Ok(self.0.endpoint.get(url.ok_or_else(|| wrong("next_cursor"))?))
    }
}

impl Described {
    /// Whether its questions name days, or only how far was read.
    fn asks_for_days(&self) -> bool {
        let days = [Hole::From, Hole::To, Hole::FromTime, Hole::ToTime, Hole::FromUnix, Hole::ToUnix];
        self.path.iter().chain(self.query.values()).any(|template| days.into_iter().any(|hole| template.has(hole)))
    }
}

/// A configuration that only a bug of ours can bring about.
fn unsent(field: &'static str, rule: &'static str) -> CallError {
    CallError::NotSent { why: Unsent::Invalid { field, rule } }
}

#[cfg(test)]
mod tests;
