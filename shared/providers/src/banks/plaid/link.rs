//! Linking by Plaid's own page (Hosted Link).
//!
//! Source: `banks.md`, 3.1 and 3.2. The page tells its outcome to Plaid and not to us: whether a
//! person has finished is asked for by the link token, when they come back or a webhook says so.

use std::fmt;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::Client;
use crate::banks::{BankError, wrong};
use crate::call::require;
use crate::secret::Secret;
use crate::wire::null_as_default;

/// A link to be opened.
#[derive(Debug, Clone, Copy)]
pub struct NewLink<'a> {
    /// Ours for the person, and no name of theirs.
    pub client_user_id: &'a str,
    /// Where the page sends them when they are done.
    pub completion_redirect_uri: &'a str,
    /// An access that wants a new sign-in, in place of a new one.
    pub relink: Option<&'a Secret>,
}

/// A page that waits for a person. Does not print where: whoever has the address may link.
#[derive(Clone)]
pub struct Opened {
    /// What its outcome is asked for by.
    pub link_token: Secret,
    pub hosted_link_url: String,
    /// Unix seconds.
    pub expires_at: i64,
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// How a page ended.
#[derive(Debug, Clone)]
pub enum Linked {
    /// With an access of its own: exchange it.
    New { public_token: Secret },
    /// With nothing new, as a page ends that mended an access.
    Mended,
}

#[derive(Deserialize)]
struct LinkToken {
    link_token: String,
    expiration: Timestamp,
    hosted_link_url: String,
}

#[derive(Deserialize)]
struct State {
    #[serde(default, deserialize_with = "null_as_default")]
    link_sessions: Vec<Session>,
}

#[derive(Deserialize)]
struct Session {
    #[serde(default)]
    finished_at: Option<String>,
    #[serde(default)]
    results: Option<Results>,
    /// Said where the person left without an outcome. What it says is of no use to us.
    #[serde(default)]
    exit: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Results {
    #[serde(default, deserialize_with = "null_as_default")]
    item_add_results: Vec<ItemAdded>,
}

#[derive(Deserialize)]
struct ItemAdded {
    public_token: String,
}

#[derive(Deserialize)]
pub(super) struct Exchanged {
    pub(super) access_token: String,
    pub(super) item_id: String,
}

impl Client {
    /// `/link/token/create`, with a page of Plaid's own.
    ///
    /// # Errors
    ///
    /// [`BankError`].
    pub async fn open_link(&self, link: &NewLink<'_>) -> Result<Opened, BankError> {
        require(!link.client_user_id.is_empty(), "client_user_id", "is empty")?;
        let settings = &self.settings;
        let mut body = json!({
            "client_name": settings.client_name,
            "language": settings.language,
            "country_codes": settings.country_codes,
            "user": { "client_user_id": link.client_user_id },
            "hosted_link": { "completion_redirect_uri": link.completion_redirect_uri },
        });
        match link.relink {
            // Mending takes no products: they are those of the access.
            Some(access) => body["access_token"] = access.expose().into(),
            None => {
                body["products"] = json!(["transactions"]);
                body["transactions"] = json!({ "days_requested": settings.history_days });
            }
        }
        if let Some(url) = &settings.webhook_url {
            body["webhook"] = url.as_str().into();
        }
        let made: LinkToken = self.post(&["link", "token", "create"], &body).await?;
        Ok(Opened {
            link_token: Secret::new(made.link_token).map_err(|_| wrong("link_token"))?,
            hosted_link_url: made.hosted_link_url,
            expires_at: made.expiration.as_second(),
        })
    }

    /// `/link/token/get`: how it ended.
    ///
    /// # Errors
    ///
    /// [`BankError::LinkUnfinished`] while nobody has finished, [`BankError::LinkDeclined`] where who
    /// did has linked nothing.
    pub async fn link_outcome(&self, link_token: &Secret) -> Result<Linked, BankError> {
        let state: State = self.post(&["link", "token", "get"], &json!({ "link_token": link_token.expose() })).await?;
        let added = state.link_sessions.iter().filter_map(|session| session.results.as_ref()).flat_map(|results| &results.item_add_results);
        if let Some(added) = added.last() {
            let public_token = Secret::new(&added.public_token).map_err(|_| wrong("link_sessions[].results"))?;
            return Ok(Linked::New { public_token });
        }
        // A page may be opened again after it was left, so one session that goes on counts for more.
        let finished = !state.link_sessions.is_empty() && state.link_sessions.iter().all(|session| session.finished_at.is_some());
        match state.link_sessions.last() {
            Some(last) if finished && last.exit.is_none() => Ok(Linked::Mended),
            Some(_) if finished => Err(BankError::LinkDeclined),
            _ => Err(BankError::LinkUnfinished),
        }
    }

    /// `/item/public_token/exchange`: the item's id and its access token.
    ///
    /// # Errors
    ///
    /// [`BankError::LinkExpired`] for one that was used or is too old.
    pub async fn exchange(&self, public_token: &Secret) -> Result<(String, Secret), BankError> {
        let body = json!({ "public_token": public_token.expose() });
        let exchanged: Exchanged = self.post(&["item", "public_token", "exchange"], &body).await?;
        let access = Secret::new(&exchanged.access_token).map_err(|_| wrong("access_token"))?;
        Ok((exchanged.item_id, access))
    }
}
