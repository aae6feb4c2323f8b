//! Signatures of messages: RS256, detached from the body in `x-jws-signature`, or around the consent
//! artefact (`account-aggregator.md`, section 2.1).
//!
//! A signature is over the exact bytes that travelled. Its header decides which of the two encodings
//! it is in, and nothing else: the algorithm is always RS256, and the key is one that the registry gave,
//! never one that a message brings.

mod keys;

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::json;

pub use keys::{BadJwk, Jwk, KeySet, Keys, VerifyingKey};

/// Where a detached signature stands.
pub const SIGNATURE_HEADER: &str = "x-jws-signature";

/// A header of ours is a hundred bytes.
const HEADER_BYTES_MAX: usize = 4 * 1024;
/// What an RSA key of 8192 bits makes, in base64.
const SIGNATURE_CHARACTERS_MAX: usize = 1_366;
/// An artefact names accounts; a hundred of them are some ten thousand bytes.
const COMPACT_BYTES_MAX: usize = 512 * 1024;

/// The two ways in which a body is signed. Which one to send is a setting of each aggregator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// RFC 7797: `"b64": false`, and the body as it is.
    Unencoded,
    /// RFC 7515, appendix F: base64url of the body.
    Base64Url,
}

/// Why a signature proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSignature {
    #[error("there is no signature")]
    Missing,
    #[error("the signature is not spelled as one")]
    Form,
    #[error("the signature's header cannot be read")]
    Header,
    #[error("the signature is not RS256")]
    Algorithm,
    #[error("the signature asks for an extension that is not known here")]
    Extension,
    #[error("the signature's key is not known")]
    UnknownKey,
    #[error("the signature is of something else")]
    Mismatch,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signing key is no RSA key in PKCS #8, or cannot sign")]
pub struct CannotSign;

/// Our own key. Cheap to clone; does not print.
#[derive(Clone)]
pub struct SigningKey {
    kid: String,
    encoding: Encoding,
    key: Arc<RsaKeyPair>,
}

impl SigningKey {
    /// From `-----BEGIN PRIVATE KEY-----`, whose line ends may have been written as `\n`.
    ///
    /// # Errors
    ///
    /// [`CannotSign`] where that is no RSA key of 2048 bits and more.
    pub fn from_pem(kid: &str, pem: &str, encoding: Encoding) -> Result<Self, CannotSign> {
        let pem = pem.replace("\\n", "\n");
        let body = pem.trim().strip_prefix("-----BEGIN PRIVATE KEY-----").and_then(|rest| rest.strip_suffix("-----END PRIVATE KEY-----"));
        let der = STANDARD.decode(body.ok_or(CannotSign)?.split_whitespace().collect::<String>()).map_err(|_| CannotSign)?;
        Self::from_pkcs8(kid, &der, encoding)
    }

    /// # Errors
    ///
    /// As of [`Self::from_pem`].
    pub fn from_pkcs8(kid: &str, der: &[u8], encoding: Encoding) -> Result<Self, CannotSign> {
        let key = RsaKeyPair::from_pkcs8(der).map_err(|_| CannotSign)?;
        if kid.is_empty() || key.public_modulus_len() < 256 {
            return Err(CannotSign);
        }
        Ok(Self { kid: kid.to_owned(), encoding, key: Arc::new(key) })
    }

    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The same key in the other encoding.
    #[must_use]
    pub fn in_encoding(self, encoding: Encoding) -> Self {
        Self { encoding, ..self }
    }

    /// The public half, as the registry shows it.
    pub fn jwk(&self) -> Jwk {
        use aws_lc_rs::signature::KeyPair as _;
        let public = self.key.public_key();
        Jwk::of(&self.kid, public.modulus().big_endian_without_leading_zero(), public.exponent().big_endian_without_leading_zero())
    }

    /// `header..signature` for a body.
    ///
    /// # Errors
    ///
    /// [`CannotSign`] where the library fails.
    pub fn sign_detached(&self, body: &[u8]) -> Result<String, CannotSign> {
        let header = match self.encoding {
            Encoding::Unencoded => json!({ "alg": "RS256", "kid": self.kid, "b64": false, "crit": ["b64"] }),
            Encoding::Base64Url => json!({ "alg": "RS256", "kid": self.kid }),
        };
        let header = URL_SAFE_NO_PAD.encode(header.to_string());
        let signature = self.sign(&signing_input(&header, body, self.encoding))?;
        Ok(format!("{header}..{signature}"))
    }

    /// `header.payload.signature`, as an artefact is signed.
    ///
    /// # Errors
    ///
    /// [`CannotSign`] where the library fails.
    pub fn sign_compact(&self, payload: &[u8]) -> Result<String, CannotSign> {
        let header = URL_SAFE_NO_PAD.encode(json!({ "alg": "RS256", "kid": self.kid }).to_string());
        let signature = self.sign(&signing_input(&header, payload, Encoding::Base64Url))?;
        Ok(format!("{header}.{}.{signature}", URL_SAFE_NO_PAD.encode(payload)))
    }

    fn sign(&self, input: &[u8]) -> Result<String, CannotSign> {
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input, &mut signature).map_err(|_| CannotSign)?;
        Ok(URL_SAFE_NO_PAD.encode(signature))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.kid).field("encoding", &self.encoding).finish_non_exhaustive()
    }
}

/// Checks the signature of a body, in whichever encoding.
///
/// # Errors
///
/// [`BadSignature`]: the body is not to be believed.
pub fn verify_detached(signature: &str, body: &[u8], keys: &(impl Keys + ?Sized)) -> Result<(), BadSignature> {
    if signature.trim().is_empty() {
        return Err(BadSignature::Missing);
    }
    let (header, signature) = signature.trim().split_once("..").ok_or(BadSignature::Form)?;
    let (encoding, key) = read_header(header, keys)?;
    check(key, &signing_input(header, body, encoding), signature)
}

/// The payload of a signed artefact.
///
/// # Errors
///
/// [`BadSignature`]: nothing in it is to be believed.
pub fn verify_compact(jws: &str, keys: &(impl Keys + ?Sized)) -> Result<Vec<u8>, BadSignature> {
    if jws.len() > COMPACT_BYTES_MAX {
        return Err(BadSignature::Form);
    }
    let mut parts = jws.trim().split('.');
    let (Some(header), Some(payload), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(BadSignature::Form);
    };
    // Only a detached body can be left as it is: one within the token has no other way to be written.
    let (Encoding::Base64Url, key) = read_header(header, keys)? else { return Err(BadSignature::Extension) };
    check(key, format!("{header}.{payload}").as_bytes(), signature)?;
    URL_SAFE_NO_PAD.decode(payload).map_err(|_| BadSignature::Form)
}

/// The third segment of a signed artefact, which a data request repeats as `digitalSignature`.
pub fn signature_of(jws: &str) -> Option<&str> {
    let (_, signature) = jws.trim().rsplit_once('.')?;
    (!signature.is_empty()).then_some(signature)
}

fn signing_input(header: &str, body: &[u8], encoding: Encoding) -> Vec<u8> {
    let mut input = Vec::with_capacity(header.len() + 1 + body.len() * 4 / 3 + 4);
    input.extend_from_slice(header.as_bytes());
    input.push(b'.');
    match encoding {
        Encoding::Unencoded => input.extend_from_slice(body),
        Encoding::Base64Url => input.extend_from_slice(URL_SAFE_NO_PAD.encode(body).as_bytes()),
    }
    input
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    b64: Option<bool>,
    crit: Option<Vec<String>>,
}

fn read_header<'k>(header: &str, keys: &'k (impl Keys + ?Sized)) -> Result<(Encoding, &'k VerifyingKey), BadSignature> {
    if header.len() > HEADER_BYTES_MAX {
        return Err(BadSignature::Form);
    }
    let bytes = URL_SAFE_NO_PAD.decode(header).map_err(|_| BadSignature::Form)?;
    let header: Header = serde_json::from_slice(&bytes).map_err(|_| BadSignature::Header)?;
    if header.alg != "RS256" {
        return Err(BadSignature::Algorithm);
    }
    if header.crit.as_ref().is_some_and(|names| names.is_empty() || names.iter().any(|name| name != "b64")) {
        return Err(BadSignature::Extension);
    }
    let encoding = match (header.b64, header.crit.is_some()) {
        (None, false) | (Some(true), true) => Encoding::Base64Url,
        (Some(false), true) => Encoding::Unencoded,
        // Critical names that are not there, or `b64` that is not critical (RFC 7797, section 6).
        (None, true) | (Some(_), false) => return Err(BadSignature::Header),
    };
    Ok((encoding, keys.key(header.kid.as_deref()).ok_or(BadSignature::UnknownKey)?))
}

fn check(key: &VerifyingKey, input: &[u8], signature: &str) -> Result<(), BadSignature> {
    if signature.len() > SIGNATURE_CHARACTERS_MAX {
        return Err(BadSignature::Form);
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| BadSignature::Form)?;
    if key.verifies(input, &signature) { Ok(()) } else { Err(BadSignature::Mismatch) }
}

#[cfg(test)]
mod tests;
