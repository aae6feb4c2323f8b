//! Makes a set of keys: for a new environment, a local one, or a test.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::keys::PublicJwk;

/// The system would give no randomness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key could not be generated")]
pub struct GenerateError;

/// The JSON of a set with one new key, which signs. See [`super::keys`] for its form.
pub fn key_set(kid: &str) -> Result<String, GenerateError> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| GenerateError)?;
    let der = pair.to_pkcs8v1().map_err(|_| GenerateError)?;
    let point: [u8; 65] = pair.public_key().as_ref().try_into().map_err(|_| GenerateError)?;
    let set = json!({
        "signing_kid": kid,
        "keys": [{
            "kid": kid,
            "private_pkcs8_pem": pem(der.as_ref()),
            "public_jwk": PublicJwk::from_point(point),
        }],
    });
    Ok(set.to_string())
}

fn pem(der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let lines: Vec<&str> = (0..body.len()).step_by(64).filter_map(|at| body.get(at..(at + 64).min(body.len()))).collect();
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"))
}
