//! The key of a session, and what it opens and seals.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce as Iv, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use zeroize::Zeroizing;

use super::key_material::{Nonce, Peer};
use super::keys::{BadKey, PrivateKey};
use super::text;

const SALT_BYTES: usize = 20;

/// How long what one account's data are sealed in may be, in characters of base64: three years of a busy
/// account are a fraction of it.
const SEALED_CHARACTERS_MAX: usize = 24 * 1024 * 1024;

/// The key that both sides of a session derive. Does not print.
pub struct SessionKey {
    key: Zeroizing<[u8; 32]>,
    iv: [u8; NONCE_LEN],
}

/// Nothing was decrypted. Where the seal is broken, the data, a key or a nonce is not what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotOpen {
    #[error("there is nothing to decrypt")]
    Empty,
    #[error("there is more to decrypt than {SEALED_CHARACTERS_MAX} characters")]
    TooLong,
    #[error("what is encrypted is not base64")]
    NotBase64,
    #[error("the seal is broken")]
    Seal,
    #[error("what was encrypted is not text")]
    NotText,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nothing can be encrypted")]
pub struct CannotSeal;

impl SessionKey {
    /// # Errors
    ///
    /// [`BadKey`] where the peer's key is of another curve than ours, or of small order.
    pub fn derive(own: &PrivateKey, own_nonce: &Nonce, peer: &Peer) -> Result<Self, BadKey> {
        let secret = own.agree(&peer.key)?;
        let both = own_nonce.xor(&peer.nonce);
        let (salt, iv) = both.split_at(SALT_BYTES);
        let mut key = Zeroizing::new([0; 32]);
        let derived = Salt::new(HKDF_SHA256, salt).extract(secret.as_slice());
        derived.expand(&[], Bytes32).and_then(|okm| okm.fill(key.as_mut_slice())).map_err(|_| BadKey::Form)?;
        Ok(Self { key, iv: iv.try_into().map_err(|_| BadKey::Form)? })
    }

    /// `encryptedFI` as text: XML or JSON.
    ///
    /// # Errors
    ///
    /// [`CannotOpen`].
    pub fn open(&self, sealed: &str) -> Result<Zeroizing<String>, CannotOpen> {
        if sealed.trim().is_empty() {
            return Err(CannotOpen::Empty);
        }
        if sealed.len() > SEALED_CHARACTERS_MAX {
            return Err(CannotOpen::TooLong);
        }
        let mut bytes = Zeroizing::new(text::from_base64(sealed).ok_or(CannotOpen::NotBase64)?);
        let cipher = self.cipher().ok_or(CannotOpen::Seal)?;
        let length = cipher.open_in_place(self.iv(), Aad::empty(), &mut bytes).map_err(|_| CannotOpen::Seal)?.len();
        bytes.truncate(length);
        String::from_utf8(std::mem::take(&mut bytes)).map(Zeroizing::new).map_err(|_| CannotOpen::NotText)
    }

    /// What [`Self::open`] opens: for whoever plays a bank. All that one session seals shares its
    /// initialisation vector, as the protocol has it.
    ///
    /// # Errors
    ///
    /// [`CannotSeal`] where the library fails.
    pub fn seal(&self, text: &str) -> Result<String, CannotSeal> {
        let mut bytes = text.as_bytes().to_vec();
        let cipher = self.cipher().ok_or(CannotSeal)?;
        cipher.seal_in_place_append_tag(self.iv(), Aad::empty(), &mut bytes).map_err(|_| CannotSeal)?;
        Ok(text::to_base64(&bytes))
    }

    fn cipher(&self) -> Option<LessSafeKey> {
        UnboundKey::new(&AES_256_GCM, self.key.as_slice()).ok().map(LessSafeKey::new)
    }

    fn iv(&self) -> Iv {
        Iv::assume_unique_for_key(self.iv)
    }

    #[cfg(test)]
    pub(super) fn parts(&self) -> (&[u8; 32], &[u8; NONCE_LEN]) {
        (&self.key, &self.iv)
    }
}

impl std::fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionKey(..)")
    }
}

struct Bytes32;

impl KeyType for Bytes32 {
    fn len(&self) -> usize {
        32
    }
}
