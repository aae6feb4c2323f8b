//! Banks that are reached otherwise than by Account Aggregator: the demo bank of the local cloud,
//! Mono, Plaid, and Okra, which is no more.
//!
//! Source: `banks.md`. Each client speaks its provider's API; [`connector`] is the one port that a
//! caller has over all of them, and what it gives are the types of [`bank_feed`].
//!
//! Nothing in here moves money: it reads. So a call that failed may be made again, with one
//! exception, which is linking: a code is good for one exchange. Money is an integer of the
//! currency's minor unit, and is never a float on its way there.

pub mod connector;
pub mod demo;
mod error;
pub mod mono;
pub mod okra;
pub mod plaid;

pub use error::{ATTEMPTS_MAX, BankError};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::call::{CallError, Illegible, require};

/// The same for every delivery of the same event. None of the providers here names its events, so
/// whoever keeps these does a thing once (`banks.md`, section 1, "Webhooks").
#[must_use]
pub fn delivery_key(raw_body: &[u8]) -> String {
    hex::encode(Sha256::digest(raw_body))
}

/// The moment of those Unix seconds.
fn moment(seconds: i64, place: &'static str) -> Result<Timestamp, BankError> {
    Timestamp::from_second(seconds).map_err(|_| wrong(place))
}

/// An answer that has not at this place what it should have.
fn wrong(place: &str) -> BankError {
    BankError::Unreadable(Illegible::WrongShape { path: place.to_owned() })
}

/// Refuses what cannot be a provider's id, before it becomes part of a path or a body.
fn require_id(id: &str, field: &'static str) -> Result<(), CallError> {
    let fits = (1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    require(fits, field, "is not an id")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_body_twice_is_the_same_delivery() {
        let body = br#"{"event":"mono.events.account_updated"}"#;
        assert_eq!(delivery_key(body), delivery_key(body));
        assert_ne!(delivery_key(body), delivery_key(b"{}"));
        assert_eq!(delivery_key(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn an_id_cannot_reach_out_of_its_path() {
        assert!(require_id("5f171a530295e231abca1153", "account_id").is_ok());
        for id in ["", "..", "a/b", "a?b", "a b", "é", &"x".repeat(129)] {
            assert!(require_id(id, "account_id").is_err(), "{id}");
        }
    }
}
