//! The set of keys that access tokens are signed and verified with.
//!
//! It is one secret: `{"signing_kid": "2026-08", "keys": [{"kid": "2026-08", "private_pkcs8_pem":
//! "-----BEGIN PRIVATE KEY-----…", "public_jwk": {"kty": "EC", "crv": "P-256", "x": …, "y": …}}]}`.
//! A key without its private half only verifies.
//!
//! To rotate, add the new key and wait for longer than a set is cached (five minutes) before
//! `signing_kid` names it; take the old key away once its last token has expired. Otherwise a
//! token is refused by functions that do not know its key yet.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize};

/// The keys we know. Does not print its private halves.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Wire")]
pub struct KeySet {
    signing_kid: String,
    keys: Vec<Key>,
}

/// Why a set of keys is not one. Never says what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeySetError {
    #[error("the signing key is not in the set")]
    NoSigningKey,
    #[error("two keys have the same kid")]
    DuplicateKid,
    #[error("a kid is empty or longer than 64 characters")]
    Kid,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Key {
    pub kid: String,
    #[serde(rename = "private_pkcs8_pem")]
    pub private: Option<PrivateKey>,
    #[serde(rename = "public_jwk")]
    pub public: PublicJwk,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    signing_kid: String,
    keys: Vec<Key>,
}

impl TryFrom<Wire> for KeySet {
    type Error = KeySetError;

    fn try_from(wire: Wire) -> Result<Self, KeySetError> {
        for (i, key) in wire.keys.iter().enumerate() {
            if key.kid.is_empty() || key.kid.len() > 64 {
                return Err(KeySetError::Kid);
            }
            if wire.keys[..i].iter().any(|other| other.kid == key.kid) {
                return Err(KeySetError::DuplicateKid);
            }
        }
        let set = Self { signing_kid: wire.signing_kid, keys: wire.keys };
        if set.find(&set.signing_kid).is_none() {
            return Err(KeySetError::NoSigningKey);
        }
        Ok(set)
    }
}

impl KeySet {
    /// The key of that name. `kid` comes from a token: it is compared and never opened, joined
    /// or fetched.
    pub(super) fn find(&self, kid: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.kid == kid)
    }

    pub(super) fn signing_key(&self) -> Option<&Key> {
        self.find(&self.signing_kid)
    }

    pub(super) fn keys(&self) -> &[Key] {
        &self.keys
    }
}

/// The private half of a P-256 key.
#[derive(Clone)]
pub(super) struct PrivateKey(pub Arc<EcdsaKeyPair>);

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}

impl<'de> Deserialize<'de> for PrivateKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let pem = String::deserialize(deserializer)?;
        let pair = der_of(&pem)
            .and_then(|der| EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der).ok())
            .ok_or_else(|| serde::de::Error::custom("not a P-256 key in PKCS #8, as PEM"))?;
        Ok(Self(Arc::new(pair)))
    }
}

fn der_of(pem: &str) -> Option<Vec<u8>> {
    let body = pem.trim().strip_prefix("-----BEGIN PRIVATE KEY-----")?.strip_suffix("-----END PRIVATE KEY-----")?;
    let joined: String = body.split_ascii_whitespace().collect();
    STANDARD.decode(joined).ok()
}

/// The public half, as a JSON Web Key (RFC 7518, section 6.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct PublicJwk {
    pub kty: &'static str,
    pub crv: &'static str,
    pub x: String,
    pub y: String,
    /// Both coordinates as an uncompressed point.
    #[serde(skip)]
    pub point: [u8; 65],
}

impl PublicJwk {
    pub fn from_point(point: [u8; 65]) -> Self {
        Self { kty: "EC", crv: "P-256", x: URL_SAFE_NO_PAD.encode(&point[1..33]), y: URL_SAFE_NO_PAD.encode(&point[33..]), point }
    }
}

impl<'de> Deserialize<'de> for PublicJwk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Wire {
            kty: String,
            crv: String,
            x: String,
            y: String,
        }
        let wire = Wire::deserialize(deserializer)?;
        let coordinate = |text: &str| URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() == 32);
        match (wire.kty.as_str(), wire.crv.as_str(), coordinate(&wire.x), coordinate(&wire.y)) {
            ("EC", "P-256", Some(x), Some(y)) => {
                // 4: both coordinates follow (SEC 1, section 2.3.3).
                let mut point = [4; 65];
                point[1..33].copy_from_slice(&x);
                point[33..].copy_from_slice(&y);
                Ok(Self::from_point(point))
            }
            _ => Err(serde::de::Error::custom("not a P-256 public key")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::KeySet;
    use crate::auth::generate::key_set;

    fn set() -> Value {
        serde_json::from_str(&key_set("k1").unwrap()).unwrap()
    }

    fn parse(set: &Value) -> Result<KeySet, String> {
        serde_json::from_value(set.clone()).map_err(|error: serde_json::Error| error.to_string())
    }

    #[test]
    fn a_set_prints_no_private_key() {
        let set = set();
        let printed = format!("{:?}", parse(&set).unwrap());
        assert!(printed.contains("[hidden]"));
        let pem = set["keys"][0]["private_pkcs8_pem"].as_str().unwrap();
        assert!(pem.lines().filter(|line| line.len() > 20).all(|line| !printed.contains(line)));
    }

    #[test]
    fn a_set_that_does_not_hang_together_is_refused() {
        let mut other = set();
        other["signing_kid"] = json!("k2");
        assert!(parse(&other).unwrap_err().contains("signing key"));
        let mut other = set();
        let key = other["keys"][0].clone();
        other["keys"].as_array_mut().unwrap().push(key);
        assert!(parse(&other).unwrap_err().contains("same kid"));
        let mut other = set();
        other["keys"] = json!([]);
        assert!(parse(&other).is_err());
    }

    #[test]
    fn a_malformed_key_is_refused_without_being_said() {
        for (field, value) in [
            ("private_pkcs8_pem", json!("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n")),
            ("private_pkcs8_pem", json!("c2VjcmV0")),
            ("public_jwk", json!({"kty": "EC", "crv": "P-256", "x": "c2VjcmV0", "y": "c2VjcmV0"})),
            ("public_jwk", json!({"kty": "RSA", "crv": "P-256", "x": "c2VjcmV0", "y": "c2VjcmV0"})),
        ] {
            let mut other = set();
            other["keys"][0][field] = value;
            let error = parse(&other).unwrap_err();
            assert!(!error.contains("c2VjcmV0"), "{error}");
        }
    }

    #[test]
    fn a_key_may_lack_its_private_half() {
        let mut other = set();
        other["keys"][0]["private_pkcs8_pem"] = Value::Null;
        assert!(parse(&other).is_ok());
    }
}
