//! Signed tokens in their compact form (RFC 7515, section 7.1).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// A token taken apart; nothing about it is verified yet.
pub struct Parts<'a> {
    /// What the signature is over.
    pub signed: &'a str,
    pub header: Value,
    pub claims: Value,
    pub signature: Vec<u8>,
}

pub fn take_apart(token: &str) -> Option<Parts<'_>> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
    let json = |part| serde_json::from_slice(&decode(part)?).ok();
    Some(Parts { signed, header: json(header)?, claims: json(claims)?, signature: decode(signature)? })
}
