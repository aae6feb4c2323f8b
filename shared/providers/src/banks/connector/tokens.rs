//! What a connection is read with.

use serde::{Deserialize, Serialize};

use crate::banks::demo;
use crate::sealed;
use crate::secret::Secret;

/// How long before its end an access token is renewed, in seconds: longer than a reading takes.
const RENEWAL_SECONDS: i64 = 120;

/// Serialises with its credentials in clear, so whoever keeps it encrypts it as a whole. It does not
/// print them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "provider", rename_all = "snake_case")]
pub enum Tokens {
    Demo {
        consent_id: String,
        #[serde(with = "sealed")]
        access: Secret,
        #[serde(with = "sealed")]
        refresh: Secret,
        /// Unix seconds.
        access_until: i64,
    },
    /// An account's id, which is worth nothing without our own secret.
    Mono { account_id: String },
    Plaid {
        item_id: String,
        #[serde(with = "sealed")]
        access: Secret,
    },
}

impl Tokens {
    /// Whether they are to be renewed before the next reading. `now` is Unix seconds.
    #[must_use]
    pub fn end_soon(&self, now: i64) -> bool {
        match self {
            Self::Demo { access_until, .. } => now >= access_until.saturating_sub(RENEWAL_SECONDS),
            Self::Mono { .. } | Self::Plaid { .. } => false,
        }
    }

    /// What the provider calls the connection, in its events too. No credential, and the same for as
    /// long as the connection lasts.
    #[must_use]
    pub fn connection_id(&self) -> &str {
        match self {
            Self::Demo { consent_id, .. } => consent_id,
            Self::Mono { account_id } => account_id,
            Self::Plaid { item_id, .. } => item_id,
        }
    }
}

impl From<demo::Grant> for Tokens {
    fn from(grant: demo::Grant) -> Self {
        Self::Demo { consent_id: grant.consent_id, access: grant.access, refresh: grant.refresh, access_until: grant.access_until }
    }
}
