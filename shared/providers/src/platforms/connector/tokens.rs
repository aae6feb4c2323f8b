//! What a connection is read with.

use serde::{Deserialize, Serialize};

use crate::platforms::PlatformError;
use crate::platforms::oauth::Grant;
use crate::sealed;
use crate::secret::Secret;

/// How long before its end an access token is renewed, in seconds: longer than a reading takes.
const RENEWAL_SECONDS: i64 = 120;

/// Serialises with its credentials in clear, so whoever keeps it encrypts it as a whole. It does not
/// print them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Tokens {
    /// Of a worker's own consent.
    Consent {
        platform: String,
        #[serde(with = "sealed")]
        access: Secret,
        #[serde(default, with = "refresh")]
        refresh: Option<Secret>,
        /// Unix seconds.
        access_until: i64,
    },
    /// A worker's account, which is read with our own key and is worth nothing without it.
    Account {
        platform: String,
        #[serde(with = "sealed")]
        account: Secret,
    },
}

impl Tokens {
    pub(in crate::platforms) fn of(platform: &str, grant: Grant) -> Self {
        Self::Consent { platform: platform.to_owned(), access: grant.access, refresh: grant.refresh, access_until: grant.access_until }
    }

    /// Whether they are to be renewed before the next reading. `now` is Unix seconds.
    #[must_use]
    pub fn end_soon(&self, now: i64) -> bool {
        match self {
            Self::Consent { access_until, refresh, .. } => refresh.is_some() && now >= access_until.saturating_sub(RENEWAL_SECONDS),
            Self::Account { .. } => false,
        }
    }

    #[must_use]
    pub fn platform(&self) -> &str {
        match self {
            Self::Consent { platform, .. } | Self::Account { platform, .. } => platform,
        }
    }

    /// Refuses those of another platform, which are not sent to this one.
    pub(super) fn require(&self, platform: &str) -> Result<(), PlatformError> {
        if self.platform() == platform { Ok(()) } else { Err(foreign()) }
    }
}

pub(super) fn foreign() -> PlatformError {
    PlatformError::invalid("tokens", "are another platform's")
}

/// As [`sealed`], where there may be none.
mod refresh {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de};

    use crate::secret::Secret;

    pub(super) fn serialize<S: Serializer>(secret: &Option<Secret>, serializer: S) -> Result<S::Ok, S::Error> {
        secret.as_ref().map(Secret::expose).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
        let text = Option::<String>::deserialize(deserializer).map_err(|_| de::Error::custom("a credential is a text"))?;
        text.map(Secret::new).transpose().map_err(de::Error::custom)
    }
}
