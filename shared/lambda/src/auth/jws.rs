//! The compact form of a signed token (RFC 7515, section 7.1).

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, EcdsaKeyPair, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// The one algorithm. Not taken from a token, nor from any setting.
pub(super) const ALGORITHM: &str = "ES256";

/// The header of our tokens. With any other member (`jku`, `jwk`, `x5u`, `x5c`, `crit`, …) a
/// token is not one of ours.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub alg: String,
    pub kid: String,
    pub typ: String,
}

/// A token taken apart; nothing about it is verified yet.
pub(super) struct Parts<'a> {
    /// What the signature is over.
    pub signed: &'a str,
    pub header: Vec<u8>,
    pub claims: Vec<u8>,
    pub signature: Vec<u8>,
}

pub(super) fn take_apart(token: &str) -> Option<Parts<'_>> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
    // A further dot would be in `claims`, where it is no base64.
    Some(Parts { signed, header: decode(header)?, claims: decode(claims)?, signature: decode(signature)? })
}

pub(super) fn signature_is_valid(signed: &str, signature: &[u8], point: &[u8; 65]) -> bool {
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed.as_bytes(), signature).is_ok()
}

/// `None` if the system gives no randomness.
pub(super) fn put_together(header: &[u8], claims: &[u8], pair: &EcdsaKeyPair) -> Option<String> {
    let mut token = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = pair.sign(&SystemRandom::new(), token.as_bytes()).ok()?;
    token.push('.');
    token.push_str(&URL_SAFE_NO_PAD.encode(signature.as_ref()));
    Some(token)
}
