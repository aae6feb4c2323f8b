//! Who sent these bytes: HMAC-SHA256 over the raw body, in lower-case hex.
//!
//! Source: `razorpay.md`, sections 2 and 4; `whatsapp.md`, A2. Both sign what they send byte
//! for byte, so the body is verified before it is parsed and is never serialised again.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::secret::Secret;

/// The length of a signature in hex digits.
const HEX_DIGITS: usize = 64;

/// Bytes whose sender is known.
///
/// Only verifying makes one, and only one of these can be parsed, so the order cannot slip.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Verified<'a>(&'a [u8]);

impl<'a> Verified<'a> {
    /// Bytes that were verified when they arrived and stored as they were. By the time they are
    /// worked on, the secret that signed them may have been rotated away.
    #[must_use]
    pub fn stored(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Bytes that another scheme than HMAC-SHA256 over the body has just verified.
    pub(crate) fn by_other_scheme(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The bytes exactly as they were received.
    #[must_use]
    pub fn bytes(self) -> &'a [u8] {
        self.0
    }
}

impl std::fmt::Debug for Verified<'_> {
    /// Says how much there is, not what: a body holds personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Verified({} bytes)", self.0.len())
    }
}

/// The secret in use, and the one before it while a rotation is under way.
///
/// Source: `razorpay.md`, section 4: "already queued events keep the old signature: accept
/// old+new for a grace period". The overlap ends when the configuration drops the previous one.
#[derive(Debug, Clone)]
pub struct Secrets {
    current: Secret,
    previous: Option<Secret>,
}

impl Secrets {
    #[must_use]
    pub fn new(current: Secret, previous: Option<Secret>) -> Self {
        Self { current, previous }
    }

    #[must_use]
    pub fn only(current: Secret) -> Self {
        Self::new(current, None)
    }

    /// Whether what somebody shows is one of them, in a time that does not tell how much of it was right.
    #[must_use]
    pub fn has(&self, shown: &str) -> bool {
        self.any(|secret| verify_slices_are_equal(shown.as_bytes(), secret.expose().as_bytes()).is_ok())
    }

    /// Whether `signature` is the code of `message` under one of the secrets.
    pub(crate) fn signed(&self, message: &[u8], signature: &[u8; HEX_DIGITS / 2]) -> bool {
        self.any(|secret| signed_with(secret, message, signature))
    }

    /// Whether something holds of one of the secrets.
    ///
    /// Both are always tried, so that the time taken does not say which one fitted.
    pub(crate) fn any(&self, holds: impl Fn(&Secret) -> bool) -> bool {
        let of_current = holds(&self.current);
        let of_previous = self.previous.as_ref().is_some_and(holds);
        of_current | of_previous
    }
}

/// Why a delivery is not believed. None of these gets better by trying again as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureRefused {
    #[error("the signature is not {HEX_DIGITS} lower-case hex digits")]
    Malformed,
    #[error("the signature is not ours")]
    Wrong,
}

/// Verifies a body against the header that came with it.
///
/// # Errors
///
/// [`SignatureRefused`]; a header that is missing is the empty string, which is malformed.
pub fn verify<'a>(body: &'a [u8], header: &str, secrets: &Secrets) -> Result<Verified<'a>, SignatureRefused> {
    let signature = decode(header)?;
    if secrets.signed(body, &signature) { Ok(Verified(body)) } else { Err(SignatureRefused::Wrong) }
}

/// As [`verify`], for a header that names its algorithm first, such as Meta's `sha256=…`.
///
/// # Errors
///
/// [`SignatureRefused`]; another prefix is malformed.
pub fn verify_prefixed<'a>(body: &'a [u8], header: &str, prefix: &str, secrets: &Secrets) -> Result<Verified<'a>, SignatureRefused> {
    let digits = header.strip_prefix(prefix).ok_or(SignatureRefused::Malformed)?;
    verify(body, digits, secrets)
}

/// Verifies a body by a secret that is shown with it and says nothing of it.
pub(crate) fn shown<'a>(body: &'a [u8], told: &str, secrets: &Secrets) -> Result<Verified<'a>, SignatureRefused> {
    if told.is_empty() {
        return Err(SignatureRefused::Malformed);
    }
    if secrets.has(told) { Ok(Verified(body)) } else { Err(SignatureRefused::Wrong) }
}

/// Reads a signature. Upper-case digits are refused: no provider sends them, and one spelling
/// for each signature leaves nothing to vary.
pub(crate) fn decode(text: &str) -> Result<[u8; HEX_DIGITS / 2], SignatureRefused> {
    let mut signature = [0; HEX_DIGITS / 2];
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err(SignatureRefused::Malformed);
    }
    hex::decode_to_slice(text, &mut signature).map_err(|_| SignatureRefused::Malformed)?;
    Ok(signature)
}

fn signed_with(secret: &Secret, message: &[u8], signature: &[u8]) -> bool {
    // HMAC takes a key of any length; should that ever change, nothing is believed.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) else {
        return false;
    };
    mac.update(message);
    // Compares in constant time.
    mac.verify_slice(signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vector 1 of `razorpay.md`, section 4.
    const BODY: &[u8] = br#"{"a":1,"b":2,"c":{"d":3}}"#;
    const SIGNATURE: &str = "2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbc";

    fn secret(text: &str) -> Secret {
        Secret::new(text).unwrap()
    }

    #[test]
    fn the_sheets_webhook_vector_is_believed() {
        let verified = verify(BODY, SIGNATURE, &Secrets::only(secret("123456"))).unwrap();
        assert_eq!(verified.bytes(), BODY);
    }

    /// The vector of `whatsapp.md`, A2.
    #[test]
    fn metas_vector_is_believed_with_its_prefix_only() {
        let body = include_bytes!("../fixtures/meta_webhook.json");
        let secrets = Secrets::only(secret("1222e786b144d0e85b9f365372d93676"));
        let header = "sha256=54edfa1d7259e0eb13c677cc7d73d1b5c86cfa12433d19156e058ab9251bc441";
        assert!(verify_prefixed(body, header, "sha256=", &secrets).is_ok());
        assert_eq!(verify(body, header, &secrets), Err(SignatureRefused::Malformed));
        assert_eq!(verify_prefixed(body, &header[7..], "sha256=", &secrets), Err(SignatureRefused::Malformed));
    }

    #[test]
    fn both_secrets_are_believed_during_a_rotation_and_the_old_one_not_after_it() {
        let during = Secrets::new(secret("new"), Some(secret("123456")));
        assert!(verify(BODY, SIGNATURE, &during).is_ok());
        let after = Secrets::only(secret("new"));
        assert_eq!(verify(BODY, SIGNATURE, &after), Err(SignatureRefused::Wrong));
    }

    #[test]
    fn one_changed_byte_is_refused() {
        let secrets = Secrets::only(secret("123456"));
        for at in 0..BODY.len() {
            let mut body = BODY.to_vec();
            body[at] ^= 1;
            assert_eq!(verify(&body, SIGNATURE, &secrets), Err(SignatureRefused::Wrong));
        }
        let longer = [BODY, b"\n"].concat();
        assert_eq!(verify(&longer, SIGNATURE, &secrets), Err(SignatureRefused::Wrong));
    }

    #[test]
    fn a_malformed_header_is_refused() {
        let secrets = Secrets::only(secret("123456"));
        let upper = SIGNATURE.to_uppercase();
        let long = format!("{SIGNATURE}00");
        let spaced = format!(" {SIGNATURE}");
        let foreign = format!("{}é", &SIGNATURE[..62]);
        for header in ["", "0", &SIGNATURE[..62], &upper, &long, &spaced, &foreign, "null"] {
            assert_eq!(verify(BODY, header, &secrets), Err(SignatureRefused::Malformed), "{header}");
        }
    }

    #[test]
    fn a_verified_body_does_not_print() {
        let verified = verify(BODY, SIGNATURE, &Secrets::only(secret("123456"))).unwrap();
        assert_eq!(format!("{verified:?}"), "Verified(25 bytes)");
    }
}
