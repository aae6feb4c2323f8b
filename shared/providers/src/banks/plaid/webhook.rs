//! What Plaid tells unasked, and that it is Plaid who does.
//!
//! Source: `banks.md`, 3.5 and 3.6. The header is a token signed with a key of Plaid's, which names
//! the hash of the body: of the bytes as they came, so nothing is parsed before.

mod event;
mod keys;
mod token;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use sha2::{Digest, Sha256};

pub use event::{Event, parse_event};

use super::Client;
use crate::banks::BankError;
use crate::signature::Verified;
use keys::Keys;
use token::Token;

/// The header with the token, in any case.
pub const SIGNATURE_HEADER: &str = "plaid-verification";

/// How old a delivery may be, in seconds (`banks.md`, 3.6).
const AGE_SECONDS_MAX: i64 = 300;

/// How far ahead of ours Plaid's clock may be, in seconds.
const CLOCK_SKEW_SECONDS: i64 = 30;

/// Why a delivery is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the header is no token that Plaid makes")]
    Malformed,
    #[error("it is too old, or of the future")]
    Untimely,
    #[error("its body is another than the signed one")]
    Body,
    #[error("its key is not Plaid's, or no longer")]
    Key,
    #[error("the signature is not Plaid's")]
    Signature,
    /// The key could not be had. Later it may be, so Plaid had better send again.
    #[error("its key cannot be fetched")]
    KeyAway(#[source] BankError),
}

impl Refused {
    /// Whether the same delivery may be believed later.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::KeyAway(_) => true,
            Self::Malformed | Self::Untimely | Self::Body | Self::Key | Self::Signature => false,
        }
    }
}

/// Believes what Plaid posts. Keep one for as long as the process lives: clones share its keys.
#[derive(Debug, Clone)]
pub struct Verifier {
    client: Client,
    keys: Keys,
}

impl Verifier {
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client, keys: Keys::default() }
    }

    /// Verifies a delivery by the header that came with it, at `now` (Unix seconds).
    ///
    /// A header that is missing is the empty string. What costs a request, the key, is looked at
    /// last: who has not even the body's hash right learns nothing from us.
    ///
    /// # Errors
    ///
    /// [`Refused`], which says whether it may be believed later.
    pub async fn verify<'a>(&self, body: &'a [u8], header: &str, now: i64) -> Result<Verified<'a>, Refused> {
        let token = Token::parse(header).ok_or(Refused::Malformed)?;
        let age = now.saturating_sub(token.issued_at);
        if !(-CLOCK_SKEW_SECONDS..=AGE_SECONDS_MAX).contains(&age) {
            return Err(Refused::Untimely);
        }
        let hash = hex::encode(Sha256::digest(body));
        verify_slices_are_equal(hash.as_bytes(), token.body_sha256.as_bytes()).map_err(|_| Refused::Body)?;
        let key = self.keys.get(&self.client, &token.key_id, now).await?;
        if !key.signed(token.signed.as_bytes(), &token.signature) {
            return Err(Refused::Signature);
        }
        Ok(Verified::by_other_scheme(body))
    }
}

#[cfg(test)]
mod tests;
