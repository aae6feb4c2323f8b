//! `KeyMaterial`: what either side tells of its key pair and nonce.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::keys::{BadKey, Curve, PublicKey};
use super::text;
use crate::time;

const PARAMS: &str = "cipher=AES/GCM/NoPadding;KeyPairGenerator=ECDH";

/// As it stands in requests and answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyMaterial {
    #[serde(rename = "cryptoAlg")]
    pub crypto_alg: String,
    #[serde(default)]
    pub curve: String,
    #[serde(default)]
    pub params: String,
    #[serde(rename = "DHPublicKey")]
    pub dh_public_key: DhPublicKey,
    #[serde(rename = "Nonce")]
    pub nonce: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DhPublicKey {
    pub expiry: String,
    #[serde(rename = "Parameters", default)]
    pub parameters: String,
    #[serde(rename = "KeyValue")]
    pub key_value: String,
}

/// What a nonce is: 32 bytes, base64 on the wire. A UUID, as an example of the specification shows, is none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Nonce([u8; 32]);

impl Nonce {
    /// From as many random bytes, drawn for one session.
    pub fn from_random(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// `None` unless it is base64 of 32 bytes.
    pub fn parse(text: &str) -> Option<Self> {
        // 44 characters, and a few of white space.
        if text.len() > 64 {
            return None;
        }
        text::from_base64(text)?.try_into().map(Self).ok()
    }

    pub fn to_text(self) -> String {
        text::to_base64(&self.0)
    }

    pub(super) fn xor(&self, other: &Self) -> [u8; 32] {
        let mut both = self.0;
        for (byte, other) in both.iter_mut().zip(other.0) {
            *byte ^= other;
        }
        both
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Nonce").field(&self.to_text()).finish()
    }
}

/// Why a session cannot be encrypted with that key material. The code towards an aggregator is `InvalidKey`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKeyMaterial {
    #[error("neither `cryptoAlg` nor `curve` names a curve that is known here")]
    Curve,
    #[error("`expiry` is not a time")]
    Expiry,
    #[error("the key expired at {at}")]
    Expired { at: Timestamp },
    #[error("the nonce is not base64 of 32 bytes")]
    Nonce,
    #[error(transparent)]
    Key(#[from] BadKey),
}

/// The other side of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    pub key: PublicKey,
    pub nonce: Nonce,
    pub expires_at: Timestamp,
}

impl KeyMaterial {
    pub fn new(key: &PublicKey, nonce: Nonce, expires_at: Timestamp) -> Self {
        let (crypto_alg, curve) = match key.curve() {
            Curve::Weierstrass => ("ECDH", "Curve25519"),
            Curve::X25519 => ("ECDH", "X25519"),
        };
        Self {
            crypto_alg: crypto_alg.into(),
            curve: curve.into(),
            params: PARAMS.into(),
            dh_public_key: DhPublicKey { expiry: time::to_text(expires_at), parameters: String::new(), key_value: key.to_key_value() },
            nonce: nonce.to_text(),
        }
    }

    /// # Errors
    ///
    /// [`BadKeyMaterial`]: nothing may be encrypted for this peer, nor believed to come from it.
    pub fn read(&self, now: Timestamp) -> Result<Peer, BadKeyMaterial> {
        let expires_at = time::parse(&self.dh_public_key.expiry).ok_or(BadKeyMaterial::Expiry)?;
        if expires_at <= now {
            return Err(BadKeyMaterial::Expired { at: expires_at });
        }
        let nonce = Nonce::parse(&self.nonce).ok_or(BadKeyMaterial::Nonce)?;
        let key = PublicKey::parse(self.read_curve()?, &self.dh_public_key.key_value)?;
        Ok(Peer { key, nonce, expires_at })
    }

    /// The library says `X25519` as the algorithm and leaves the curve empty, the specification as the curve.
    fn read_curve(&self) -> Result<Curve, BadKeyMaterial> {
        let is = |text: &str, name: &str| text.trim().eq_ignore_ascii_case(name);
        if is(&self.curve, "X25519") || (is(&self.crypto_alg, "X25519") && self.curve.trim().is_empty()) {
            Ok(Curve::X25519)
        } else if is(&self.crypto_alg, "ECDH") && is(&self.curve, "Curve25519") {
            Ok(Curve::Weierstrass)
        } else {
            Err(BadKeyMaterial::Curve)
        }
    }
}
