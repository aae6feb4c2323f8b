//! One port over all of them, as `banks.md`, section 5, asks for.
//!
//! A link goes out and comes back: [`Connector::link_start`] gives a page and a [`Pending`] to be
//! kept, [`Connector::link_complete`] takes both what came back and the [`Pending`]. Reading is
//! [`Connector::refresh`]; before it, where [`Tokens::end_soon`], and after a
//! [`BankError::TokensStale`], comes [`Connector::renew`], whose new [`Tokens`] are kept before
//! anything else. Before each page of a reading [`Standing`] is asked. Nothing is repeated here: [`BankError::wait`] says when to come back, and a provider
//! that is down is left alone for a minute.

mod heard;
mod link;
mod tokens;

use bank_feed::Changes;

pub use heard::Heard;
pub(crate) use link::halves;
pub use link::{Ask, Back, Connection, Link, Pending};
pub use tokens::Tokens;

use super::{BankError, demo, mono, okra, plaid};
use crate::breaker::Breaker;
use crate::call::{CallError, Unsent};
use crate::standing::Standing;

/// A provider with its access.
#[derive(Debug, Clone)]
pub enum Provider {
    Demo(demo::Client),
    Mono(mono::Client),
    Plaid(plaid::Client),
    /// Shut down: configured, it answers that it is.
    Okra,
}

/// A configuration that asks for what cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CountryRefused {
    #[error("a country is two capital letters")]
    NoCountry,
    #[error("{provider} has no banks in {country}")]
    NotServed { provider: &'static str, country: String },
}

/// A provider in a country. Cheap to clone; clones share connections and what is known of outages.
#[derive(Debug, Clone)]
pub struct Connector {
    provider: Provider,
    breaker: Breaker,
}

impl Provider {
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Demo(_) => "demo",
            Self::Mono(_) => "mono",
            Self::Plaid(_) => "plaid",
            Self::Okra => "okra",
        }
    }

    fn serves(&self, country: &str) -> bool {
        match self {
            Self::Demo(_) => true,
            // \[U\] Where else Mono has banks; that it has none in India is verified.
            Self::Mono(_) | Self::Okra => country != "IN",
            Self::Plaid(_) => plaid::is_served(country),
        }
    }
}

impl Connector {
    /// `country` is where the deployment's banks are: ISO 3166-1, two capital letters.
    ///
    /// # Errors
    ///
    /// [`CountryRefused`] where the provider has no banks there, as only the demo bank has in India.
    pub fn new(provider: Provider, country: &str) -> Result<Self, CountryRefused> {
        if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(CountryRefused::NoCountry);
        }
        if !provider.serves(country) {
            return Err(CountryRefused::NotServed { provider: provider.name(), country: country.to_owned() });
        }
        Ok(Self { provider, breaker: Breaker::default() })
    }

    #[must_use]
    pub fn name(&self) -> &'static str {
        self.provider.name()
    }

    /// Opens a link: where to send the person, and what to keep until they come back.
    ///
    /// `random` is of a cryptographic source, and of this link alone; `now` is Unix seconds.
    ///
    /// # Errors
    ///
    /// [`BankError`].
    pub async fn link_start(&self, ask: &Ask<'_>, random: &[u8; 64], now: i64) -> Result<Link, BankError> {
        self.breaker.admit(now)?;
        let started = link::start(&self.provider, ask, random, now).await;
        self.breaker.note(&started, now);
        started
    }

    /// Takes what came back for the link that was kept.
    ///
    /// # Errors
    ///
    /// [`BankError::ForeignLink`] where it is of another link, [`BankError::LinkExpired`],
    /// [`BankError::LinkDeclined`], [`BankError::LinkUnfinished`], and what is wrong with the provider.
    pub async fn link_complete(&self, pending: &Pending, back: &Back<'_>, now: i64) -> Result<Connection, BankError> {
        self.breaker.admit(now)?;
        let completed = link::complete(&self.provider, pending, back, now).await;
        self.breaker.note(&completed, now);
        completed
    }

    /// New tokens in place of these; `None` for a provider whose tokens do not end.
    ///
    /// The old ones are over with that, so the new ones are kept before they are used, and a connection
    /// is renewed by one caller at a time: of two, each would end what the other got.
    ///
    /// # Errors
    ///
    /// [`BankError`]; after one that says nothing final the old tokens may be tried again.
    pub async fn renew(&self, tokens: &Tokens, now: i64) -> Result<Option<Tokens>, BankError> {
        let (Provider::Demo(client), Tokens::Demo { refresh, .. }) = (&self.provider, tokens) else {
            return Ok(None);
        };
        self.breaker.admit(now)?;
        let renewed = client.renew(refresh, now).await;
        self.breaker.note(&renewed, now);
        Ok(Some(renewed?.into()))
    }

    /// Everything since the cursor, which is the last one that was applied, or `None` at first.
    ///
    /// # Errors
    ///
    /// [`BankError`]; [`BankError::TokensStale`] where [`Connector::renew`] has to come first, and
    /// [`BankError::EndedMeanwhile`].
    pub async fn refresh(&self, tokens: &Tokens, cursor: Option<&str>, standing: &dyn Standing, now: i64) -> Result<Changes, BankError> {
        self.breaker.admit(now)?;
        let read = match (&self.provider, tokens) {
            (Provider::Demo(_), Tokens::Demo { access_until, .. }) if now >= *access_until => Err(BankError::TokensStale),
            (Provider::Demo(client), Tokens::Demo { access, .. }) => client.changes(access, cursor, standing).await,
            (Provider::Mono(client), Tokens::Mono { account_id }) => client.changes(account_id, cursor, standing, now).await,
            (Provider::Plaid(client), Tokens::Plaid { access, .. }) => client.changes(access, cursor, standing).await,
            (Provider::Okra, _) => Err(okra::discontinued()),
            _ => Err(foreign_tokens()),
        };
        self.breaker.note(&read, now);
        read
    }

    /// Ends the access at the provider. One that has ended is as good.
    ///
    /// # Errors
    ///
    /// [`BankError`].
    pub async fn revoke(&self, tokens: &Tokens, now: i64) -> Result<(), BankError> {
        self.breaker.admit(now)?;
        let revoked = match (&self.provider, tokens) {
            (Provider::Demo(client), Tokens::Demo { refresh, .. }) => client.revoke(refresh).await,
            (Provider::Mono(client), Tokens::Mono { account_id }) => client.unlink(account_id).await,
            (Provider::Plaid(client), Tokens::Plaid { access, .. }) => client.remove_item(access).await,
            (Provider::Okra, _) => Err(okra::discontinued()),
            _ => Err(foreign_tokens()),
        };
        self.breaker.note(&revoked, now);
        revoked
    }
}

/// Tokens of another provider than the one that is configured.
fn foreign_tokens() -> BankError {
    BankError::Misconfigured(CallError::NotSent { why: Unsent::Invalid { field: "tokens", rule: "are another provider's" } })
}

#[cfg(test)]
mod tests;
