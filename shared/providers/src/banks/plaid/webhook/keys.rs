//! Plaid's keys, by their ids.
//!
//! Source: `banks.md`, 3.6, step 2.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::json;

use super::Refused;
use crate::banks::BankError;
use crate::banks::plaid::Client;

/// A few, for the change from one to the next. Only keys that Plaid has are kept, so made-up ids
/// fill no memory.
const KEYS_MAX: usize = 8;

/// How long a key is believed before Plaid is asked whether it is still good, in seconds.
const KEY_SECONDS: i64 = 60 * 60;

#[derive(Clone, Default)]
pub(super) struct Keys(Arc<Mutex<Vec<Known>>>);

#[derive(Clone)]
struct Known {
    key_id: String,
    key: PublicKey,
    until: i64,
}

/// A point on P-256: `0x04 ‖ x ‖ y`.
#[derive(Clone)]
pub(super) struct PublicKey([u8; 65]);

impl PublicKey {
    pub(super) fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &self.0).verify(message, signature).is_ok()
    }
}

#[derive(Deserialize)]
struct Reply {
    key: Jwk,
}

#[derive(Deserialize)]
struct Jwk {
    alg: String,
    crv: String,
    kty: String,
    #[serde(rename = "use")]
    purpose: String,
    kid: String,
    x: String,
    y: String,
    #[serde(default)]
    expired_at: Option<i64>,
}

impl Jwk {
    fn read(&self, key_id: &str) -> Option<PublicKey> {
        let is_ours = (self.alg.as_str(), self.crv.as_str(), self.kty.as_str(), self.purpose.as_str()) == ("ES256", "P-256", "EC", "sig");
        if !is_ours || self.kid != key_id || self.expired_at.is_some() {
            return None;
        }
        let mut point = vec![0x04];
        for half in [&self.x, &self.y] {
            point.extend(URL_SAFE_NO_PAD.decode(half).ok().filter(|half| half.len() == 32)?);
        }
        point.try_into().ok().map(PublicKey)
    }
}

impl Keys {
    pub(super) async fn get(&self, client: &Client, key_id: &str, now: i64) -> Result<PublicKey, Refused> {
        let known = self.lock().iter().find(|known| known.key_id == key_id && now < known.until).cloned();
        if let Some(known) = known {
            return Ok(known.key);
        }
        let asked = client.post::<Reply>(&["webhook_verification_key", "get"], &json!({ "key_id": key_id })).await;
        let read = match asked {
            Ok(reply) => reply.key.read(key_id).ok_or(Refused::Key),
            // Plaid has no such key. A wrong secret of ours would look the same, and shows elsewhere.
            Err(BankError::Misconfigured(_)) => Err(Refused::Key),
            Err(error) => Err(Refused::KeyAway(error)),
        };
        let mut keys = self.lock();
        keys.retain(|known| known.key_id != key_id);
        let key = read?;
        if keys.len() >= KEYS_MAX {
            keys.remove(0);
        }
        keys.push(Known { key_id: key_id.to_owned(), key: key.clone(), until: now.saturating_add(KEY_SECONDS) });
        Ok(key)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Known>> {
        // Whoever panicked while holding it had at most left a key out.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({})", self.lock().len())
    }
}
