//! Gig platforms: what a worker earned, day by day, told by the platform itself.
//!
//! Source: `platforms.md`, sections 1 to 4. [`uber`] speaks Uber's driver API; [`configured`] is any
//! platform or aggregator that answers in the canonical form, or in one that fields can be named in.
//! [`connector`] is the one port over both, and what it gives are the days of [`earnings`].
//!
//! No platform but Uber publishes an interface for this, and Uber's is by application. Nothing here
//! signs in as a worker: whoever has no interface is not read (`docs/platforms.md`).
//!
//! Nothing in here moves money: what was earned is a platform's word, not a balance. Amounts are `i64`
//! paise and are never a float on their way there.

pub mod configured;
pub mod connector;
mod error;
mod oauth;
pub mod uber;
mod window;

pub use error::{ATTEMPTS_MAX, PlatformError};
pub use window::Window;

use sha2::{Digest, Sha256};

use crate::call::Illegible;

/// An answer that has not at this place what it should have.
fn wrong(place: impl Into<String>) -> PlatformError {
    PlatformError::Quarantined(Illegible::WrongShape { path: place.into() })
}

/// What a reading received, hashed.
#[derive(Default)]
struct Received(Sha256);

impl Received {
    /// Reads a body, and counts it in where it could be read.
    fn read<T>(&mut self, body: &[u8], read: impl FnOnce(&[u8]) -> Result<T, PlatformError>) -> Result<T, PlatformError> {
        let value = read(body)?;
        self.0.update(body);
        Ok(value)
    }

    fn sha256(&self) -> String {
        hex::encode(self.0.clone().finalize())
    }
}
