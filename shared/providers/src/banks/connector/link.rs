//! There and back.

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Url;
use serde::{Deserialize, Serialize};

use super::{Provider, Tokens, foreign_tokens};
use crate::banks::{BankError, demo, mono, okra, plaid, wrong};
use crate::call::{CallError, Unsent};
use crate::sealed;
use crate::secret::Secret;

/// A link that is wanted.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// Ours for the person.
    pub user_id: &'a str,
    /// Mono wants these two; nobody else is told.
    pub name: &'a str,
    pub email: &'a str,
    /// Where the bank sends the person when they are done, with the state in the query.
    pub redirect_uri: &'a str,
    /// The connection that wants a new sign-in, in place of a new connection. The demo bank gives a new
    /// one all the same, after which the old one is revoked.
    pub relink: Option<&'a Tokens>,
}

/// A link that was opened. Does not print where to.
#[derive(Clone)]
pub struct Link {
    /// Where to send the person. It is theirs alone.
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
    #[serde(with = "sealed")]
    state: Secret,
    expires_at: i64,
    redirect_uri: String,
    proof: Proof,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "provider", rename_all = "snake_case")]
enum Proof {
    Demo {
        verifier: demo::Verifier,
    },
    Mono {
        /// The account that is to be mended: another one is not it.
        account_id: Option<String>,
    },
    Plaid {
        #[serde(with = "sealed")]
        link_token: Secret,
        relink: Option<Tokens>,
    },
}

/// What a person came back with, out of the query.
#[derive(Clone, Copy, Default)]
pub struct Back<'a> {
    pub state: &'a str,
    pub code: Option<&'a str>,
    /// In the words of RFC 6749, 4.1.2.1, such as `access_denied`.
    pub error: Option<&'a str>,
}

/// A connection, new or mended.
#[derive(Debug, Clone)]
pub struct Connection {
    /// As [`Tokens::connection_id`].
    pub id: String,
    pub tokens: Tokens,
}

impl From<Tokens> for Connection {
    fn from(tokens: Tokens) -> Self {
        Self { id: tokens.connection_id().to_owned(), tokens }
    }
}

pub(super) async fn start(provider: &Provider, ask: &Ask<'_>, random: &[u8; 64], now: i64) -> Result<Link, BankError> {
    let (of_state, of_proof) = halves(random);
    let state = URL_SAFE_NO_PAD.encode(of_state);
    let back = with_state(ask.redirect_uri, &state)?;
    let (url, expires_at, proof) = match provider {
        Provider::Demo(client) => {
            let verifier = demo::Verifier::new(&of_proof).map_err(|_| wrong("random"))?;
            (client.authorize_url(ask.redirect_uri, &state, &verifier), now.saturating_add(demo::LINK_SECONDS), Proof::Demo { verifier })
        }
        Provider::Mono(client) => {
            let link = mono::NewLink { name: ask.name, email: ask.email, reference: &state, redirect_url: &back };
            let account_id = match ask.relink {
                None => None,
                Some(Tokens::Mono { account_id }) => Some(account_id.clone()),
                Some(_) => return Err(foreign_tokens()),
            };
            let url = match &account_id {
                Some(account_id) => client.reauthorise(account_id, &link).await?,
                None => client.initiate(&link).await?,
            };
            (url, now.saturating_add(mono::CODE_SECONDS), Proof::Mono { account_id })
        }
        Provider::Plaid(client) => {
            let access = match ask.relink {
                None => None,
                Some(Tokens::Plaid { access, .. }) => Some(access),
                Some(_) => return Err(foreign_tokens()),
            };
            let link = plaid::NewLink { client_user_id: ask.user_id, completion_redirect_uri: &back, relink: access };
            let opened = client.open_link(&link).await?;
            (opened.hosted_link_url, opened.expires_at, Proof::Plaid { link_token: opened.link_token, relink: ask.relink.cloned() })
        }
        Provider::Okra => return Err(okra::discontinued()),
    };
    let kept = Secret::new(&state).map_err(|_| wrong("random"))?;
    let pending = Pending { state: kept, expires_at, redirect_uri: ask.redirect_uri.to_owned(), proof };
    Ok(Link { url, state, expires_at, pending })
}

pub(super) async fn complete(provider: &Provider, pending: &Pending, back: &Back<'_>, now: i64) -> Result<Connection, BankError> {
    if verify_slices_are_equal(back.state.as_bytes(), pending.state.expose().as_bytes()).is_err() {
        return Err(BankError::ForeignLink);
    }
    match (provider, &pending.proof) {
        // A page of Plaid's may have been finished in time and told late: Plaid knows.
        (Provider::Plaid(client), Proof::Plaid { link_token, relink }) => match client.link_outcome(link_token).await? {
            plaid::Linked::New { public_token } => {
                let (item_id, access) = client.exchange(&public_token).await?;
                Ok(Tokens::Plaid { item_id, access }.into())
            }
            plaid::Linked::Mended => relink.clone().map(Into::into).ok_or(BankError::LinkDeclined),
        },
        (Provider::Okra, _) => Err(okra::discontinued()),
        _ if back.error.is_some() => Err(BankError::LinkDeclined),
        _ if now >= pending.expires_at => Err(BankError::LinkExpired),
        (Provider::Demo(client), Proof::Demo { verifier }) => {
            let code = back.code.ok_or(BankError::LinkDeclined)?;
            Ok(Tokens::from(client.exchange(code, verifier, &pending.redirect_uri, now).await?).into())
        }
        (Provider::Mono(client), Proof::Mono { account_id }) => {
            let code = back.code.ok_or(BankError::LinkDeclined)?;
            let linked = client.exchange(code).await?;
            if account_id.as_ref().is_some_and(|wanted| *wanted != linked) {
                return Err(BankError::ForeignLink);
            }
            Ok(Tokens::Mono { account_id: linked }.into())
        }
        _ => Err(foreign_tokens()),
    }
}

/// One for the state, one for the proof.
pub(crate) fn halves(random: &[u8; 64]) -> ([u8; 32], [u8; 32]) {
    let (mut first, mut second) = ([0; 32], [0; 32]);
    let (left, right) = random.split_at(32);
    first.copy_from_slice(left);
    second.copy_from_slice(right);
    (first, second)
}

/// The way back, for providers that do not bring a state along by themselves.
fn with_state(redirect_uri: &str, state: &str) -> Result<String, BankError> {
    let invalid = |_| BankError::Misconfigured(CallError::NotSent { why: Unsent::Invalid { field: "redirect_uri", rule: "is no URL" } });
    let mut url = Url::parse(redirect_uri).map_err(invalid)?;
    url.query_pairs_mut().append_pair("state", state);
    Ok(url.into())
}
