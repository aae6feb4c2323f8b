//! Verifies access tokens.

use super::claims::Claims;
use super::jws::{self, ALGORITHM, Header, Parts};
use super::keys::KeySet;
use crate::http::{shape, strict};

/// How far clocks may be apart, in seconds.
pub const LEEWAY_S: i64 = 30;

/// Ours have about 500. What is longer is not worth decoding.
const TOKEN_CHARS_MAX: usize = 4096;

/// The type of an access token (RFC 9068, section 2.1).
pub(super) const TYPE: &str = "at+jwt";

/// Knows the keys, and for whom a token must be.
#[derive(Debug, Clone)]
pub struct Verifier {
    keys: KeySet,
    issuer: String,
    audience: String,
}

/// Why a token is refused. For our log: a caller only learns that it is, or that it has expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    #[error("not a token")]
    Malformed,
    #[error("not signed with {ALGORITHM}")]
    Algorithm,
    #[error("signed with a key that is not ours")]
    UnknownKey,
    #[error("the signature does not match")]
    Signature,
    #[error("the claims are not those of an access token")]
    Claims,
    #[error("issued by somebody else")]
    Issuer,
    #[error("meant for somebody else")]
    Audience,
    #[error("not valid yet")]
    NotYetValid,
    #[error("expired")]
    Expired,
}

impl Verifier {
    pub fn new(keys: KeySet, issuer: impl Into<String>, audience: impl Into<String>) -> Self {
        Self { keys, issuer: issuer.into(), audience: audience.into() }
    }

    /// Says who holds this token, if it is one of ours and good at `now_s` (seconds since 1970).
    ///
    /// # Errors
    ///
    /// The first of [`TokenError`] that applies, in the order of its variants: nothing that a
    /// token states is looked at before its signature.
    pub fn verify(&self, token: &str, now_s: i64) -> Result<Claims, TokenError> {
        if token.len() > TOKEN_CHARS_MAX {
            return Err(TokenError::Malformed);
        }
        let Parts { signed, header, claims, signature } = jws::take_apart(token).ok_or(TokenError::Malformed)?;
        let header: Header = serde_json::from_slice(&header).map_err(|_| TokenError::Malformed)?;
        if header.typ != TYPE {
            return Err(TokenError::Malformed);
        }
        if header.alg != ALGORITHM {
            return Err(TokenError::Algorithm);
        }
        let key = self.keys.find(&header.kid).ok_or(TokenError::UnknownKey)?;
        if !jws::signature_is_valid(signed, &signature, &key.public.point) {
            return Err(TokenError::Signature);
        }
        self.stated(&claims, now_s)
    }

    fn stated(&self, claims: &[u8], now_s: i64) -> Result<Claims, TokenError> {
        let text = std::str::from_utf8(claims).map_err(|_| TokenError::Claims)?;
        // serde refuses a second `sub`; this refuses any second member, also of a claim that a
        // newer version of ours writes and this one does not know.
        let value = shape::parse(text).map_err(|_| TokenError::Claims)?;
        let claims: Claims = strict::from_value(value).map_err(|_| TokenError::Claims)?;
        if claims.iss != self.issuer {
            return Err(TokenError::Issuer);
        }
        if claims.aud != self.audience {
            return Err(TokenError::Audience);
        }
        if claims.nbf.is_some_and(|nbf| now_s < nbf.saturating_sub(LEEWAY_S)) {
            return Err(TokenError::NotYetValid);
        }
        if now_s >= claims.exp.saturating_add(LEEWAY_S) {
            return Err(TokenError::Expired);
        }
        Ok(claims)
    }
}

#[cfg(test)]
mod tests;
