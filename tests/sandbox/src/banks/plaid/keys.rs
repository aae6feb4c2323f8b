//! The key that Plaid signs its webhooks with.
//!
//! Source: the sheet on banks, 3.6.

use std::sync::OnceLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{clock, ids};

/// One key for as long as the sandbox is up, resets included. Made when it is first wanted, since few
/// want one.
#[derive(Default)]
pub struct Signer(OnceLock<Option<Made>>);

struct Made {
    id: String,
    key: EcdsaKeyPair,
    created_at: i64,
}

impl Signer {
    /// The header of a delivery of this body that leaves now; empty where no key can be made.
    pub fn header(&self, body: &str) -> String {
        let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let Some(made) = self.made() else { return String::new() };
        let claims = json!({ "iat": clock::unix_seconds(), "request_body_sha256": hex::encode(Sha256::digest(body)) });
        let signed = format!("{}.{}", part(json!({ "alg": "ES256", "kid": made.id, "typ": "JWT" })), part(claims));
        let signature = made.key.sign(&SystemRandom::new(), signed.as_bytes());
        signature.map(|signature| format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))).unwrap_or_default()
    }

    fn made(&self) -> Option<&Made> {
        let made = self.0.get_or_init(|| match EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING) {
            Ok(key) => Some(Made { id: ids::uuid(), key, created_at: clock::unix_seconds() }),
            Err(_) => {
                tracing::error!("no key can be made: Plaid's webhooks are not signed");
                None
            }
        });
        made.as_ref()
    }

    /// The key of this id, as whoever checks a signature asks for it.
    pub fn view(&self, key_id: &str) -> Option<Value> {
        let made = self.made().filter(|made| key_id == made.id)?;
        let point = made.key.public_key().as_ref();
        let (x, y) = (point.get(1..33)?, point.get(33..65)?);
        Some(json!({
            "alg": "ES256", "crv": "P-256", "kid": made.id, "kty": "EC", "use": "sig",
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y), "created_at": made.created_at, "expired_at": null,
        }))
    }
}
