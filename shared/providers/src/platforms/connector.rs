//! One port over all platforms, as `platforms.md`, section 2, asks for.
//!
//! A link goes out and comes back: [`Connector::link_start`] gives a page and a [`Pending`] to be kept,
//! [`Connector::link_complete`] takes both what came back and the [`Pending`].
//!
//! A stretch of days is read window by window. [`Connector::open`] begins one, [`Connector::read`] reads
//! it, and [`Read::next_from`] is where the next begins. A [`Reading`] that was stopped goes on where it
//! stood: after [`PlatformError::TokensStale`] comes [`Connector::renew`], whose new [`Tokens`] are kept
//! before anything else, and then the same reading with them. Nothing of a window is given before all of
//! it is read. Nothing is repeated here: [`PlatformError::wait`] says when to come back, and a platform
//! that is down is left alone for a minute.

mod link;
mod read;
mod tokens;

use jiff::Timestamp;

pub use crate::banks::connector::Back;
pub use link::{Connection, Link, Pending};
pub use read::{Finding, Read, Reading, Wanted, Worker};
pub use tokens::Tokens;

use super::{PlatformError, configured, uber};
use crate::breaker::Breaker;
use crate::standing::Standing;

/// A platform with its access.
#[derive(Debug, Clone)]
pub enum Platform {
    Uber(uber::Client),
    Configured(configured::Client),
}

/// One platform. Cheap to clone; clones share connections and what is known of outages.
#[derive(Debug, Clone)]
pub struct Connector {
    platform: Platform,
    breaker: Breaker,
}

/// How Uber is called where platforms are named.
pub const UBER: &str = "uber";

impl Platform {
    /// The platform's name, the same in configuration, tokens and days.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Uber(_) => UBER,
            Self::Configured(client) => client.platform(),
        }
    }
}

impl Connector {
    #[must_use]
    pub fn new(platform: Platform) -> Self {
        Self { platform, breaker: Breaker::default() }
    }

    #[must_use]
    pub fn name(&self) -> &str {
        self.platform.name()
    }

    /// Opens a link: where to send the worker, and what to keep until they come back. No call is made.
    ///
    /// `random` is of a cryptographic source, and of this link alone; `now` is Unix seconds.
    ///
    /// # Errors
    ///
    /// [`PlatformError::Misconfigured`] for a platform that has no page, or a way back that is no URL.
    pub fn link_start(&self, redirect_uri: &str, random: &[u8; 64], now: i64) -> Result<Link, PlatformError> {
        link::start(&self.platform, redirect_uri, random, now)
    }

    /// Takes what came back for the link that was kept.
    ///
    /// # Errors
    ///
    /// [`PlatformError::ForeignLink`] where it is of another link, [`PlatformError::LinkExpired`],
    /// [`PlatformError::LinkDeclined`], and what is wrong with the platform.
    pub async fn link_complete(&self, pending: &Pending, back: &Back<'_>, now: i64) -> Result<Connection, PlatformError> {
        self.breaker.admit(now)?;
        let completed = link::complete(&self.platform, pending, back, now).await;
        self.breaker.note(&completed, now);
        completed
    }

    /// The connection of an account that the platform's own server has told us of, for platforms that are
    /// read with our key. Never of one that a browser has brought: it would be anybody's.
    ///
    /// # Errors
    ///
    /// [`PlatformError::Misconfigured`] where that is no account, or the platform wants a worker's consent.
    pub fn adopt(&self, account: &str) -> Result<Connection, PlatformError> {
        link::adopt(&self.platform, account)
    }

    /// New tokens in place of these; `None` for tokens that do not end.
    ///
    /// The old ones may be over with that, so the new ones are kept before they are used, and a connection
    /// is renewed by one caller at a time.
    ///
    /// # Errors
    ///
    /// [`PlatformError::NeedsReauth`] where there is nothing to renew with; after an error that says nothing
    /// final the old tokens may be tried again.
    pub async fn renew(&self, tokens: &Tokens, now: i64) -> Result<Option<Tokens>, PlatformError> {
        tokens.require(self.name())?;
        let Tokens::Consent { refresh, .. } = tokens else { return Ok(None) };
        let refresh = refresh.as_ref().ok_or(PlatformError::NeedsReauth)?;
        self.breaker.admit(now)?;
        let renewed = match &self.platform {
            Platform::Uber(client) => client.renew(refresh, now).await,
            Platform::Configured(client) => client.renew(refresh, now).await,
        };
        self.breaker.note(&renewed, now);
        Ok(Some(Tokens::of(self.name(), renewed?)))
    }

    /// Begins to read a stretch of days. No call is made.
    ///
    /// # Errors
    ///
    /// [`PlatformError::Misconfigured`] where the stretch has no day that may be asked for.
    pub fn open(&self, wanted: &Wanted<'_>, now: i64) -> Result<Reading, PlatformError> {
        let now = Timestamp::from_second(now).map_err(|_| PlatformError::invalid("now", "is outside of the calendar"))?;
        Reading::open(&self.platform, wanted, now)
    }

    /// Reads it to its end, or goes on with it.
    ///
    /// # Errors
    ///
    /// [`PlatformError`]; after [`PlatformError::TokensStale`] and what is
    /// [`retryable`](PlatformError::retryable), the same reading may go on; [`PlatformError::EndedMeanwhile`].
    pub async fn read(&self, reading: &mut Reading, tokens: &Tokens, standing: &dyn Standing, now: i64) -> Result<Read, PlatformError> {
        tokens.require(self.name())?;
        self.breaker.admit(now)?;
        let read = reading.go_on(&self.platform, tokens, standing, now).await;
        self.breaker.note(&read, now);
        read
    }

    /// Ends the access at the platform, where it can be told. One that has ended is as good.
    ///
    /// # Errors
    ///
    /// [`PlatformError`].
    pub async fn revoke(&self, tokens: &Tokens, now: i64) -> Result<(), PlatformError> {
        tokens.require(self.name())?;
        let Tokens::Consent { access, refresh, .. } = tokens else { return Ok(()) };
        let token = refresh.as_ref().unwrap_or(access);
        self.breaker.admit(now)?;
        let revoked = match &self.platform {
            Platform::Uber(client) => client.revoke(token).await,
            Platform::Configured(client) => client.revoke(token).await,
        };
        self.breaker.note(&revoked, now);
        revoked
    }
}

#[cfg(test)]
mod tests;
