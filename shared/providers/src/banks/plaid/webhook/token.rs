//! The token of a delivery (RFC 7515, section 7.1), read without trusting any of it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Several times what one takes.
const CHARS_MAX: usize = 4096;

/// `r ‖ s` on P-256.
const SIGNATURE_BYTES: usize = 64;

pub(super) struct Token<'a> {
    /// What the signature is over.
    pub(super) signed: &'a str,
    pub(super) signature: Vec<u8>,
    pub(super) key_id: String,
    pub(super) issued_at: i64,
    pub(super) body_sha256: String,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
}

#[derive(Deserialize)]
struct Claims {
    iat: i64,
    request_body_sha256: String,
}

impl<'a> Token<'a> {
    /// `None` for what is not of the one kind that Plaid makes. Another algorithm is not: which one
    /// is used is not for the sender to say.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        if text.len() > CHARS_MAX {
            return None;
        }
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header: Header = json(header)?;
        let claims: Claims = json(claims)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok().filter(|bytes| bytes.len() == SIGNATURE_BYTES)?;
        let names_a_key =
            (1..=64).contains(&header.kid.len()) && header.kid.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (header.alg == "ES256" && names_a_key).then_some(Self {
            signed,
            signature,
            key_id: header.kid,
            issued_at: claims.iat,
            body_sha256: claims.request_body_sha256,
        })
    }
}

fn json<T: DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}
