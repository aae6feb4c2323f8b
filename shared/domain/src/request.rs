//! Who asks for something that moves money, and with which key.

use crate::{
    fact::Cause,
    id::{AccountId, Fingerprint, UserId},
};
use sha2::{Digest as _, Sha256};

/// Stands for the whole of what was asked, to tell a retry from another wish with the same key.
pub type Digest = [u8; 16];

/// A request that must have one effect, however often it arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    pub caller: UserId,
    /// Finds the record of this request. Two users' equal keys have nothing to do with each other.
    pub fingerprint: Fingerprint,
    pub digest: Digest,
    /// For logs and the explanation of a movement.
    pub request_id: String,
}

impl Keyed {
    /// By the caller's `Idempotency-Key`; `what` is the operation and all its parameters in a
    /// canonical form.
    pub fn new(caller: UserId, key: &str, what: &str, request_id: String) -> Self {
        Self { caller, fingerprint: Fingerprint::of(&caller.to_string(), key), digest: digest_of(what), request_id }
    }

    /// One part of a larger request (a line of a batch), which has no key of its own.
    pub fn part(caller: UserId, whole: &str, part: &str, what: &str, request_id: String) -> Self {
        Self { caller, fingerprint: Fingerprint::of(whole, part), digest: digest_of(what), request_id }
    }

    pub fn cause(&self) -> Cause {
        Cause::Request { request_id: self.request_id.clone() }
    }

    pub fn account(&self) -> AccountId {
        AccountId::wallet_of(self.caller)
    }

    /// Whether a record that exists under this key is this very request.
    ///
    /// # Errors
    ///
    /// [`KeyReused`] where it was asked for something else.
    pub fn check(&self, recorded: &Digest) -> Result<(), KeyReused> {
        if *recorded == self.digest { Ok(()) } else { Err(KeyReused) }
    }
}

/// The key was used before, for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this Idempotency-Key was used before, for another request")]
pub struct KeyReused;

pub fn digest_of(what: &str) -> Digest {
    let mut digest = [0; 16];
    digest.copy_from_slice(&Sha256::digest(what)[..16]);
    digest
}
