//! Uber's driver API, which Uber opens to an app by application only.
//!
//! Source: `platforms.md`, section 3. A driver allows three things to be read: who they are, what they
//! were paid, and their trips. Payments and trips come in pages by offset, for ten days at most.
//!
//! - A payment is Uber's last word on it until Uber revises it: the last thirty days are to be read again
//!   each week.
//! - Payments of a driver who drives for a fleet are the fleet's, and the driver's own list is empty. That
//!   is [`Finding::FleetDriver`](super::connector::Finding), and no day without earnings.
//! - `cash_collected` is in the driver's hand: the bank's payout is the amount without it.

mod pages;
mod reading;
mod sums;
mod wire;

use std::sync::Arc;

use reqwest::Method;

pub(super) use reading::Reading;

use super::oauth::{ClientAuth, Grant, OAuth, Settings as OAuthSettings};
use super::{PlatformError, Window};
use crate::call::{BaseUrl, Endpoint, Http, SetupError};
use crate::secret::Secret;
use wire::PAGE_ROWS;

/// The most days that may be asked for at once; for more, Uber answers 422.
pub const WINDOW_DAYS_MAX: u16 = 10;

/// \[U\] How long the way to Uber and back may take, in seconds: RFC 6749 wants codes to last ten
/// minutes at most.
pub const LINK_SECONDS: i64 = 600;

const SCOPE: &str = "partner.accounts partner.payments partner.trips";

/// Our app at Uber.
#[derive(Debug, Clone)]
pub struct Settings<'a> {
    /// `https://api.uber.com`, or `https://sandbox-api.uber.com`.
    pub api_url: &'a str,
    /// `https://auth.uber.com`: where we reach it.
    pub auth_url: &'a str,
    /// The same, where a driver's browser does.
    pub page_url: &'a str,
    pub client_id: &'a str,
    pub client_secret: Secret,
    /// The hour in India at which a day of work begins.
    pub day_rollover_hour: u8,
}

/// Uber, as one app. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client(Arc<App>);

#[derive(Debug)]
struct App {
    api: Endpoint,
    page: BaseUrl,
    oauth: OAuth,
    day_rollover_hour: u8,
}

impl Client {
    /// A client on connections and time limits that it shares with others.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn with_http(http: Http, settings: Settings<'_>) -> Result<Self, SetupError> {
        if settings.day_rollover_hour > 23 {
            return Err(SetupError::Unusable("the hour at which Uber's day begins"));
        }
        let auth = BaseUrl::new(settings.auth_url)?;
        let (token_url, revoke_url) = (auth.at(&["oauth", "v2", "token"]), auth.at(&["oauth", "v2", "revoke"]));
        let oauth = OAuthSettings {
            token_url: token_url.as_str(),
            // \[U\] Not in the sheet; Uber documents it with its other OAuth addresses.
            revoke_url: Some(revoke_url.as_str()),
            client_id: settings.client_id,
            client_secret: settings.client_secret,
            scope: SCOPE,
            client_auth: ClientAuth::Form,
        };
        let page = BaseUrl::new(BaseUrl::new(settings.page_url)?.at(&["oauth", "v2", "authorize"]).as_str())?;
        let oauth = OAuth::new(http.clone(), oauth)?;
        let api = Endpoint::new(http, settings.api_url)?;
        Ok(Self(Arc::new(App { api, page, oauth, day_rollover_hour: settings.day_rollover_hour })))
    }

    pub(super) fn authorize_url(&self, redirect_uri: &str, state: &str) -> String {
        self.0.oauth.authorize_url(&self.0.page, redirect_uri, state, None)
    }

    pub(super) async fn exchange(&self, code: &str, redirect_uri: &str, now: i64) -> Result<Grant, PlatformError> {
        self.0.oauth.exchange(code, redirect_uri, None, now).await
    }

    pub(super) async fn renew(&self, refresh: &Secret, now: i64) -> Result<Grant, PlatformError> {
        self.0.oauth.renew(refresh, now).await
    }

    pub(super) async fn revoke(&self, token: &Secret) -> Result<(), PlatformError> {
        self.0.oauth.revoke(token).await
    }

    async fn me(&self, access: &Secret) -> Result<Vec<u8>, PlatformError> {
        self.get(access, "me", &[]).await
    }

    async fn page(&self, access: &Secret, list: &str, window: Window, offset: u32) -> Result<Vec<u8>, PlatformError> {
        let (from, to) = window.moments(self.0.day_rollover_hour)?;
        let query = [
            ("offset", offset.to_string()),
            ("limit", PAGE_ROWS.to_string()),
            ("from_time", from.as_second().to_string()),
            ("to_time", to.as_second().to_string()),
        ];
        self.get(access, list, &query).await
    }

    async fn get(&self, access: &Secret, list: &str, query: &[(&str, String)]) -> Result<Vec<u8>, PlatformError> {
        let request = self.0.api.request(Method::GET, &["v1", "partners", list]).bearer_auth(access.expose()).query(query);
        let body = self.0.api.exchange(request).await?.into_file();
        body.map_err(|error| if PlatformError::is_unauthorized(&error) { PlatformError::TokensStale } else { error.into() })
    }
}

#[cfg(test)]
mod tests;
