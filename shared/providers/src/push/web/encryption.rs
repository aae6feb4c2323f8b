//! The message, for one browser's eyes: `aes128gcm` (RFC 8188) under keys of RFC 8291.
//!
//! Source: `push.md`, B4, whose steps and names these are.

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use aws_lc_rs::rand;

use super::Subscription;
use crate::call::{CallError, require};
use crate::push::cannot;

/// The longest payload. A service takes bodies of 4096 bytes, of which 103 are not payload; some
/// take less (`push.md`, B4).
pub const PAYLOAD_BYTES_MAX: usize = 3000;

/// The record size that is declared; ours is the one record, and shorter.
const RECORD_BYTES: u32 = 4096;

/// Says that a record is the last one.
const LAST_RECORD: u8 = 2;

/// A point, uncompressed.
pub(super) type Point = [u8; 65];

/// A body that only this subscription's browser can read, with a key and a salt of its own.
///
/// # Errors
///
/// [`CallError::NotSent`] where the payload is too long.
pub fn encrypt(to: &Subscription, payload: &[u8]) -> Result<Vec<u8>, CallError> {
    require(payload.len() <= PAYLOAD_BYTES_MAX, "payload", "is longer than 3000 bytes")?;
    let sealed = PrivateKey::generate(&ECDH_P256).and_then(|as_private| {
        let mut salt = [0; 16];
        rand::fill(&mut salt)?;
        seal(to, payload, &salt, &as_private)
    });
    sealed.map_err(|Unspecified| cannot("payload", "cannot be encrypted"))
}

/// As [`encrypt`], under a given salt and key, which must never be used twice.
pub(super) fn seal(to: &Subscription, payload: &[u8], salt: &[u8; 16], as_private: &PrivateKey) -> Result<Vec<u8>, Unspecified> {
    let as_public: Point = as_private.compute_public_key()?.as_ref().try_into().map_err(|_| Unspecified)?;
    let prk_key =
        agree(as_private, UnparsedPublicKey::new(&ECDH_P256, &to.public), Unspecified, |ecdh_secret| Ok(prk_key(&to.auth, ecdh_secret)))?;
    let prk = prk(salt, &ikm(&prk_key, &to.public, &as_public));
    let mut record = [payload, &[LAST_RECORD]].concat();
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &cek(&prk))?);
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce(&prk)), Aad::empty(), &mut record)?;
    Ok([header(salt, &as_public).as_slice(), &record].concat())
}

fn header(salt: &[u8; 16], as_public: &Point) -> Vec<u8> {
    [salt.as_slice(), &RECORD_BYTES.to_be_bytes(), &[65], as_public].concat()
}

pub(super) fn prk_key(auth_secret: &[u8; 16], ecdh_secret: &[u8]) -> [u8; 32] {
    mac(auth_secret, &[ecdh_secret])
}

fn key_info(ua_public: &Point, as_public: &Point) -> Vec<u8> {
    [b"WebPush: info\0".as_slice(), ua_public, as_public].concat()
}

pub(super) fn ikm(prk_key: &[u8; 32], ua_public: &Point, as_public: &Point) -> [u8; 32] {
    mac(prk_key, &[&key_info(ua_public, as_public), &[1]])
}

pub(super) fn prk(salt: &[u8; 16], ikm: &[u8; 32]) -> [u8; 32] {
    mac(salt, &[ikm])
}

pub(super) fn cek(prk: &[u8; 32]) -> [u8; 16] {
    first(&mac(prk, &[b"Content-Encoding: aes128gcm\0", &[1]]))
}

pub(super) fn nonce(prk: &[u8; 32]) -> [u8; 12] {
    first(&mac(prk, &[b"Content-Encoding: nonce\0", &[1]]))
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(&hmac::Key::new(HMAC_SHA256, key));
    parts.iter().for_each(|part| context.update(part));
    first(context.sign().as_ref())
}

/// The first `N` of at least as many bytes.
fn first<const N: usize>(bytes: &[u8]) -> [u8; N] {
    std::array::from_fn(|at| bytes[at])
}

#[cfg(test)]
pub(super) mod opening;
#[cfg(test)]
mod tests;
