//! Issues access tokens.

use std::fmt;

use super::claims::{ACCESS_TOKEN_S, Claims};
use super::jws::{self, ALGORITHM, Header};
use super::keys::{KeySet, PrivateKey};
use super::role::Role;

/// Signs with the one key of the set that is meant for it.
#[derive(Debug)]
pub struct Signer {
    kid: String,
    key: PrivateKey,
    issuer: String,
    audience: String,
}

/// Whom a token is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub user_id: String,
    pub role: Role,
    pub scope: String,
    pub session_id: Option<String>,
}

/// A token that was just issued. Does not print itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Signed {
    pub token: String,
    /// In seconds.
    pub expires_in: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    #[error("the signing key has no private half")]
    NoPrivateKey,
    #[error("the private and public halves of the signing key do not belong together")]
    KeysDoNotMatch,
    #[error("a token could not be signed")]
    Failed,
}

impl Signer {
    /// Tries the key once, so that a set with halves that do not match is found here and not by
    /// the first user.
    pub fn new(keys: &KeySet, issuer: impl Into<String>, audience: impl Into<String>) -> Result<Self, SignError> {
        let key = keys.signing_key().ok_or(SignError::NoPrivateKey)?;
        let private = key.private.clone().ok_or(SignError::NoPrivateKey)?;
        let trial = jws::put_together(b"{}", b"{}", &private.0).ok_or(SignError::Failed)?;
        let parts = jws::take_apart(&trial).ok_or(SignError::Failed)?;
        if !jws::signature_is_valid(parts.signed, &parts.signature, &key.public.point) {
            return Err(SignError::KeysDoNotMatch);
        }
        Ok(Self { kid: key.kid.clone(), key: private, issuer: issuer.into(), audience: audience.into() })
    }

    /// Issues a token. `jti` is new and random; `now_s` is in seconds since 1970.
    pub fn sign(&self, subject: &Subject, jti: &str, now_s: i64) -> Result<Signed, SignError> {
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            sub: subject.user_id.clone(),
            role: subject.role,
            scope: subject.scope.clone(),
            iat: now_s,
            exp: now_s.saturating_add(ACCESS_TOKEN_S),
            nbf: None,
            jti: jti.to_owned(),
            sid: subject.session_id.clone(),
        };
        // RFC 9068, section 2.1: the type keeps an access token from passing for another kind.
        let header = Header { alg: ALGORITHM.to_owned(), kid: self.kid.clone(), typ: super::verify::TYPE.to_owned() };
        let (Ok(header), Ok(claims)) = (serde_json::to_vec(&header), serde_json::to_vec(&claims)) else {
            return Err(SignError::Failed);
        };
        let token = jws::put_together(&header, &claims, &self.key.0).ok_or(SignError::Failed)?;
        Ok(Signed { token, expires_in: ACCESS_TOKEN_S })
    }
}

impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signed {{ token: [hidden], expires_in: {} }}", self.expires_in)
    }
}
