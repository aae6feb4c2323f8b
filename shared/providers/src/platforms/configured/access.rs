//! How a platform knows that it is us who ask, and for whom.

use std::sync::{Arc, Mutex, PoisonError};

use reqwest::RequestBuilder;
use reqwest::header::{HeaderName, HeaderValue};

use super::unsent;
use crate::call::{BaseUrl, CallError};
use crate::platforms::PlatformError;
use crate::platforms::connector::Tokens;
use crate::platforms::oauth::{Grant, OAuth};
use crate::secret::Secret;

/// How long before its end a token of our own is not used any more, in seconds.
const RENEWAL_SECONDS: i64 = 60;

#[derive(Debug)]
pub(super) enum Access {
    /// A key of ours; the account is in the question.
    Bearer(Secret),
    Header {
        name: HeaderName,
        value: HeaderValue,
    },
    Basic {
        username: String,
        password: Secret,
    },
    /// A token of ours, by OAuth's client credentials.
    OurToken {
        oauth: OAuth,
        kept: Kept,
    },
    /// Each worker's own consent, by OAuth's code.
    Consent {
        oauth: OAuth,
        page: BaseUrl,
        pkce: bool,
    },
}

/// Our token while it lasts.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<Option<Arc<Grant>>>);

impl Kept {
    fn get(&self, now: i64) -> Option<Arc<Grant>> {
        self.lock().clone().filter(|grant| now < grant.access_until.saturating_sub(RENEWAL_SECONDS))
    }

    fn put(&self, grant: Option<Arc<Grant>>) {
        *self.lock() = grant;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Arc<Grant>>> {
        // Whoever panicked here left a token or none, and either is good enough.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Access {
    /// The page of consent and where its codes are exchanged.
    pub(super) fn consent(&self) -> Result<(&BaseUrl, &OAuth), PlatformError> {
        match self {
            Self::Consent { oauth, page, .. } => Ok((page, oauth)),
            _ => Err(PlatformError::invalid("auth", "is no worker's consent")),
        }
    }

    pub(super) async fn sign(&self, request: RequestBuilder, tokens: &Tokens, now: i64) -> Result<RequestBuilder, PlatformError> {
        Ok(match (self, tokens) {
            (Self::Consent { .. }, Tokens::Consent { access, .. }) => request.bearer_auth(access.expose()),
            (Self::Bearer(key), Tokens::Account { .. }) => request.bearer_auth(key.expose()),
            (Self::Header { name, value }, Tokens::Account { .. }) => request.header(name.clone(), value.clone()),
            (Self::Basic { username, password }, Tokens::Account { .. }) => request.basic_auth(username, Some(password.expose())),
            (Self::OurToken { oauth, kept }, Tokens::Account { .. }) => {
                let grant = match kept.get(now) {
                    Some(grant) => grant,
                    None => {
                        let grant = Arc::new(oauth.ours(now).await?);
                        kept.put(Some(Arc::clone(&grant)));
                        grant
                    }
                };
                request.bearer_auth(grant.access.expose())
            }
            _ => return Err(unsent("tokens", "are of another kind than the platform's").into()),
        })
    }

    /// What a refusal means, by whose access it is. No worker can mend a key of ours.
    pub(super) fn refused(&self, error: CallError) -> PlatformError {
        if !PlatformError::is_unauthorized(&error) {
            return error.into();
        }
        match self {
            Self::Consent { .. } => PlatformError::TokensStale,
            // Given up early: the next attempt gets a new one.
            Self::OurToken { kept, .. } => {
                kept.put(None);
                PlatformError::TryLater { after_ms: None }
            }
            Self::Bearer(_) | Self::Header { .. } | Self::Basic { .. } => PlatformError::Misconfigured(without_words(error)),
        }
    }
}

/// A refusal without what it says to people.
fn without_words(error: CallError) -> CallError {
    match error {
        CallError::Refused { status, code, reason, field, .. } => CallError::Refused { status, code, reason, description: None, field },
        error => error,
    }
}
