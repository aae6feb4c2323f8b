//! Secrets, read when they are first needed and kept for a while.
//!
//! A function asks for a secret by its name on every use; what that costs is a look into a map.
//! Behind it a secret is read again after [`FRESH_S`]. If Secrets Manager fails then, the last
//! good value serves on for up to [`STALE_S`] in all, so that its bad hour is not ours.

mod held;
mod hidden;
mod source;

use std::collections::HashMap;
use std::fmt;
use std::time::SystemTime;

use serde::de::DeserializeOwned;
use tokio::sync::Mutex;

use self::held::{Age, Held};
use self::source::Source;
use crate::BoxError;

pub use self::held::{FRESH_S, RETRY_S, STALE_S};
pub use self::hidden::Hidden;

/// Where secrets come from. Prints none of them.
pub struct Secrets {
    source: Source,
    /// Held while a secret is read, so that a batch of messages reads it once.
    known: Mutex<HashMap<String, Held>>,
}

/// Why a secret cannot be had. Names it, and never says what is in it.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error("secret {secret} cannot be read")]
    Unavailable {
        secret: String,
        #[source]
        cause: BoxError,
    },
    #[error("secret {secret} does not exist")]
    Missing { secret: String },
    #[error("secret {secret} is not as it must be, at {field}")]
    Malformed { secret: String, field: String },
}

impl SecretError {
    /// Whether the same may succeed later without anybody doing anything.
    pub fn retryable(&self) -> bool {
        match self {
            Self::Unavailable { .. } => true,
            Self::Missing { .. } | Self::Malformed { .. } => false,
        }
    }
}

impl Secrets {
    pub fn from_service(config: &aws_types::SdkConfig) -> Self {
        Self::from_source(Source::Service(aws_sdk_secretsmanager::Client::new(config)))
    }

    /// Secrets that are just given: for tests, and for the simulation.
    pub fn in_memory<N: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (N, V)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.into(), Hidden::new(value))).collect();
        Self::from_source(Source::Memory(values))
    }

    fn from_source(source: Source) -> Self {
        Self { source, known: Mutex::new(HashMap::new()) }
    }

    /// A secret that is JSON of this type.
    ///
    /// # Errors
    ///
    /// As [`Secrets::text`]; [`SecretError::Malformed`] names the field that does not parse.
    pub async fn json<T: DeserializeOwned>(&self, name: &str) -> Result<T, SecretError> {
        let text = self.text(name).await?;
        let mut deserializer = serde_json::Deserializer::from_str(text.expose());
        // What serde says may quote the value, so only the place is kept.
        serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let field = match error.path().to_string() {
                path if path == "." => "its outermost level".to_owned(),
                path => path,
            };
            SecretError::Malformed { secret: name.to_owned(), field }
        })
    }

    /// A secret as it is.
    pub async fn text(&self, name: &str) -> Result<Hidden, SecretError> {
        // The time of day, not a monotonic clock: that one stands still while Lambda freezes us,
        // and a secret would look fresh after hours.
        self.text_at(name, SystemTime::now()).await
    }

    async fn text_at(&self, name: &str, now: SystemTime) -> Result<Hidden, SecretError> {
        let mut known = self.known.lock().await;
        if let Some(held) = known.get(name)
            && held.age(now) == Age::Fresh
        {
            return Ok(held.value.clone());
        }
        match self.source.read(name).await {
            Ok(value) => {
                known.insert(name.to_owned(), Held::new(value.clone(), now));
                Ok(value)
            }
            Err(error) => match known.get_mut(name) {
                // Gone for good, or not to be used any longer: an old value would hide that.
                Some(held) if error.retryable() && held.age(now) == Age::Stale => {
                    tracing::warn!(secret = name, "a secret cannot be read again; its last value serves on");
                    held.retry_later(now);
                    Ok(held.value.clone())
                }
                Some(_) | None => Err(error),
            },
        }
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}

#[cfg(test)]
mod tests;
