//! Access tokens: one at a time, shared by all who ask, whoever gives them out.

use std::fmt;
use std::sync::Arc;

use reqwest::RequestBuilder;
use tokio::sync::Mutex;

use crate::call::{Answer, CallError, Endpoint, Unsent};
use crate::secret::Secret;

const UNAUTHORIZED: u16 = 401;

/// Who gives out access tokens.
pub(crate) trait Issuer: Send + Sync {
    /// Asks for a token. `now` is in Unix seconds, as are all times here.
    fn issue(&self, now: i64) -> impl Future<Output = Result<Issued, CallError>> + Send;
}

/// A token as it was given out.
pub(crate) struct Issued {
    pub(crate) value: Secret,
    /// From when another one is asked for. Until `usable_until` this one serves if none is to be had.
    pub(crate) renew_at: i64,
    pub(crate) usable_until: i64,
}

/// Where access tokens come from. Clones hold the same one.
#[derive(Clone)]
pub(crate) struct Tokens<I> {
    issuer: I,
    /// Held while a token is asked for, so that many ask once.
    held: Arc<Mutex<Held>>,
}

#[derive(Default)]
struct Held {
    token: Option<Kept>,
    /// How many tokens there have been.
    serial: u64,
}

struct Kept {
    token: AccessToken,
    renew_at: i64,
    usable_until: i64,
}

#[derive(Clone)]
pub(crate) struct AccessToken {
    value: Secret,
    serial: u64,
}

impl AccessToken {
    pub(crate) fn expose(&self) -> &str {
        self.value.expose()
    }
}

impl<I: Issuer> Tokens<I> {
    pub(crate) fn new(issuer: I) -> Self {
        Self { issuer, held: Arc::default() }
    }

    /// The token in use, or a new one where it is time for one.
    ///
    /// # Errors
    ///
    /// [`CallError`], as for the call that it was wanted for: without a token nothing is sent.
    pub(crate) async fn current(&self, now: i64) -> Result<AccessToken, CallError> {
        self.held_but(None, now).await
    }

    /// A token other than this one, which was refused: a new one, unless somebody has asked already.
    ///
    /// # Errors
    ///
    /// As [`Tokens::current`].
    pub(crate) async fn other_than(&self, refused: &AccessToken, now: i64) -> Result<AccessToken, CallError> {
        self.held_but(Some(refused.serial), now).await
    }

    /// Sends what `request` makes with a token. One that is refused is replaced once: whoever is turned away at the door
    /// has done nothing.
    ///
    /// # Errors
    ///
    /// As [`Tokens::current`]. A new token that is refused is a refusal of us and not of what was asked for: a refund or
    /// a payment that was never looked at has not failed.
    pub(crate) async fn send(
        &self,
        endpoint: &Endpoint,
        now: i64,
        request: impl Fn(&AccessToken) -> RequestBuilder,
    ) -> Result<Answer, CallError> {
        let token = self.current(now).await?;
        let answer = endpoint.exchange(request(&token)).await?;
        if answer.status() != UNAUTHORIZED {
            return Ok(answer);
        }
        let token = self.other_than(&token, now).await?;
        let answer = endpoint.exchange(request(&token)).await?;
        if answer.status() == UNAUTHORIZED {
            return Err(CallError::NotSent { why: Unsent::Unreachable("a new access token is refused".to_owned()) });
        }
        Ok(answer)
    }

    async fn held_but(&self, refused: Option<u64>, now: i64) -> Result<AccessToken, CallError> {
        let mut held = self.held.lock().await;
        let usable = held.token.as_ref().filter(|kept| now < kept.usable_until && Some(kept.token.serial) != refused);
        if let Some(kept) = usable
            && now < kept.renew_at
        {
            return Ok(kept.token.clone());
        }
        let issued = match (self.issuer.issue(now).await, usable) {
            (Ok(issued), _) => issued,
            (Err(_), Some(kept)) => return Ok(kept.token.clone()),
            (Err(error), None) => return Err(unobtained(error)),
        };
        held.serial += 1;
        let token = AccessToken { value: issued.value, serial: held.serial };
        held.token = Some(Kept { token: token.clone(), renew_at: issued.renew_at, usable_until: issued.usable_until });
        Ok(token)
    }
}

impl<I: fmt::Debug> fmt::Debug for Tokens<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// Whatever became of *that* call, what the token was wanted for was not sent. A refusal stays one,
/// since asking again does not mend our credentials.
fn unobtained(error: CallError) -> CallError {
    match error {
        refused @ (CallError::Refused { .. } | CallError::Throttled { .. } | CallError::NotSent { .. }) => refused,
        other @ (CallError::Unknown { .. } | CallError::Unreadable { .. }) => {
            CallError::NotSent { why: Unsent::Unreachable(format!("no access token: {other}")) }
        }
    }
}
