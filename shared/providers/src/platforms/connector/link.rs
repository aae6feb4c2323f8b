//! There and back.

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Url;
use serde::{Deserialize, Serialize};

use super::tokens::foreign;
use super::{Back, Platform, Tokens};
use crate::banks::connector::halves;
use crate::pkce::Verifier;
use crate::platforms::{PlatformError, uber, wrong};
use crate::sealed;
use crate::secret::Secret;

/// A link that was opened. Does not print where to.
#[derive(Clone)]
pub struct Link {
    /// Where to send the worker. It is theirs alone.
    pub url: String,
    /// What they come back with: find what was kept by it. Of one use.
    pub state: String,
    /// Unix seconds.
    pub expires_at: i64,
    /// To be kept until they are back, encrypted as a whole.
    pub pending: Pending,
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// What is known of a link between there and back. Serialises with its secrets in clear, so whoever
/// keeps it encrypts it. It does not print them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pending {
    platform: String,
    #[serde(with = "sealed")]
    state: Secret,
    expires_at: i64,
    redirect_uri: String,
    proof: Proof,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
enum Proof {
    Code {
        verifier: Option<Verifier>,
    },
    /// Our name for the worker at the platform. Nothing that comes back can name another.
    Account {
        #[serde(with = "sealed")]
        account: Secret,
    },
}

/// A connection, new or mended.
#[derive(Debug, Clone)]
pub struct Connection {
    pub tokens: Tokens,
}

pub(super) fn start(platform: &Platform, redirect_uri: &str, random: &[u8; 64], now: i64) -> Result<Link, PlatformError> {
    if Url::parse(redirect_uri).is_err() {
        return Err(PlatformError::invalid("redirect_uri", "is no URL"));
    }
    let (of_state, of_proof) = halves(random);
    let state = URL_SAFE_NO_PAD.encode(of_state);
    let (url, proof) = match platform {
        Platform::Uber(client) => (client.authorize_url(redirect_uri, &state), Proof::Code { verifier: None }),
        Platform::Configured(client) if client.asks_for_consent() => {
            let verifier = Verifier::new(&of_proof).map_err(|_| wrong("random"))?;
            let verifier = Some(verifier).filter(|_| client.proves_by_key());
            (client.authorize_url(redirect_uri, &state, verifier.as_ref())?, Proof::Code { verifier })
        }
        Platform::Configured(client) => {
            let account = URL_SAFE_NO_PAD.encode(of_proof);
            let url = client.link_page(redirect_uri, &state, &account)?;
            (url, Proof::Account { account: Secret::new(account).map_err(|_| wrong("random"))? })
        }
    };
    let expires_at = now.saturating_add(uber::LINK_SECONDS);
    let kept = Secret::new(&state).map_err(|_| wrong("random"))?;
    let pending = Pending { platform: platform.name().to_owned(), state: kept, expires_at, redirect_uri: redirect_uri.to_owned(), proof };
    Ok(Link { url, state, expires_at, pending })
}

pub(super) async fn complete(platform: &Platform, pending: &Pending, back: &Back<'_>, now: i64) -> Result<Connection, PlatformError> {
    if verify_slices_are_equal(back.state.as_bytes(), pending.state.expose().as_bytes()).is_err() {
        return Err(PlatformError::ForeignLink);
    }
    if pending.platform != platform.name() {
        return Err(foreign());
    }
    if back.error.is_some() {
        return Err(PlatformError::LinkDeclined);
    }
    if now >= pending.expires_at {
        return Err(PlatformError::LinkExpired);
    }
    let (code, redirect_uri) = (back.code.ok_or(PlatformError::LinkDeclined), pending.redirect_uri.as_str());
    let tokens = match (platform, &pending.proof) {
        (Platform::Uber(client), Proof::Code { .. }) => Tokens::of(platform.name(), client.exchange(code?, redirect_uri, now).await?),
        (Platform::Configured(client), Proof::Code { verifier }) => {
            Tokens::of(platform.name(), client.exchange(code?, redirect_uri, verifier.as_ref(), now).await?)
        }
        (Platform::Configured(_), Proof::Account { account }) => {
            Tokens::Account { platform: platform.name().to_owned(), account: account.clone() }
        }
        (Platform::Uber(_), Proof::Account { .. }) => return Err(foreign()),
    };
    Ok(Connection { tokens })
}

pub(super) fn adopt(platform: &Platform, account: &str) -> Result<Connection, PlatformError> {
    match platform {
        Platform::Configured(client) if !client.asks_for_consent() => {
            let fits =
                (1..=128).contains(&account.len()) && account.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
            let account = Secret::new(account).ok().filter(|_| fits);
            let account = account.ok_or_else(|| PlatformError::invalid("account", "is not an id"))?;
            Ok(Connection { tokens: Tokens::Account { platform: platform.name().to_owned(), account } })
        }
        _ => Err(PlatformError::invalid("account", "is the worker's to open, by a link")),
    }
}
