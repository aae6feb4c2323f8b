//! Key pairs of either curve.

use std::fmt;

use zeroize::Zeroizing;

use super::weierstrass::{self, Point};
use super::{text, x25519};

/// The two encodings that are in use. A bank answers in the one that it was asked in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curve {
    /// `Curve25519` as BouncyCastle has it: Weierstrass form, big-endian, not clamped. The common one.
    Weierstrass,
    /// RFC 7748.
    X25519,
}

/// Why a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    #[error("the public key is not spelled as one of its curve")]
    Form,
    #[error("the public key is not on its curve")]
    OffCurve,
    #[error("the public key is of small order")]
    SmallOrder,
    #[error("the private key is outside its range")]
    Scalar,
}

/// A private key for one data session. It is wiped from memory when it is dropped, and does not print.
pub struct PrivateKey {
    curve: Curve,
    bytes: Zeroizing<[u8; 32]>,
}

impl PrivateKey {
    /// A key of 32 bytes that are as good as chance can make them.
    ///
    /// # Errors
    ///
    /// [`BadKey::Scalar`] with a chance of 2^-250: draw again.
    pub fn from_random(curve: Curve, random: &[u8; 32]) -> Result<Self, BadKey> {
        let bytes = match curve {
            Curve::Weierstrass => weierstrass::scalar_from_random(random)?,
            Curve::X25519 => Zeroizing::new(*random),
        };
        Ok(Self { curve, bytes })
    }

    /// The key that [`Self::expose`] showed: big-endian for [`Curve::Weierstrass`], little-endian and
    /// clamped when used for [`Curve::X25519`].
    ///
    /// # Errors
    ///
    /// [`BadKey::Scalar`] where it is not 32 bytes, or outside the range of the curve's scalars.
    pub fn from_bytes(curve: Curve, bytes: &[u8]) -> Result<Self, BadKey> {
        let bytes = Zeroizing::new(<[u8; 32]>::try_from(bytes).map_err(|_| BadKey::Scalar)?);
        if curve == Curve::Weierstrass {
            weierstrass::require_scalar(&bytes)?;
        }
        Ok(Self { curve, bytes })
    }

    /// The key itself, to be kept encrypted, and no longer than its session.
    pub fn expose(&self) -> &[u8; 32] {
        &self.bytes
    }

    pub fn curve(&self) -> Curve {
        self.curve
    }

    /// # Errors
    ///
    /// [`BadKey::Scalar`] where the library refuses the key.
    pub fn public(&self) -> Result<PublicKey, BadKey> {
        match self.curve {
            Curve::Weierstrass => Ok(PublicKey(Key::Weierstrass(weierstrass::public_of(&self.bytes)))),
            Curve::X25519 => Ok(PublicKey(Key::X25519(x25519::public_of(&self.bytes)?))),
        }
    }

    /// The secret that both sides find.
    pub(super) fn agree(&self, peer: &PublicKey) -> Result<Zeroizing<[u8; 32]>, BadKey> {
        match (self.curve, &peer.0) {
            (Curve::Weierstrass, Key::Weierstrass(point)) => weierstrass::agree(&self.bytes, point),
            (Curve::X25519, Key::X25519(key)) => x25519::agree(&self.bytes, key),
            (Curve::Weierstrass, Key::X25519(_)) | (Curve::X25519, Key::Weierstrass(_)) => Err(BadKey::Form),
        }
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey").field("curve", &self.curve).finish_non_exhaustive()
    }
}

/// A public key that may be used: on its curve, and for [`Curve::Weierstrass`] of no small order. (For
/// [`Curve::X25519`] that shows when the secret is agreed on.)
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(Key);

#[derive(Clone, PartialEq, Eq)]
enum Key {
    Weierstrass(Point),
    X25519([u8; 32]),
}

impl PublicKey {
    /// Reads `KeyValue`: PEM on one line or several, bare base64 and, for [`Curve::X25519`], 64
    /// hexadecimal digits.
    ///
    /// # Errors
    ///
    /// [`BadKey`] says what is wrong with it.
    pub fn parse(curve: Curve, key_value: &str) -> Result<Self, BadKey> {
        if key_value.len() > KEY_VALUE_BYTES_MAX {
            return Err(BadKey::Form);
        }
        let der = || text::from_pem(key_value).ok_or(BadKey::Form);
        match curve {
            Curve::Weierstrass => Ok(Self(Key::Weierstrass(Point::from_spki(&der()?)?))),
            Curve::X25519 => {
                let mut raw = [0; 32];
                // 64 digits are base64 as well, but of no key's length.
                match hex::decode_to_slice(key_value.trim(), &mut raw) {
                    Ok(()) => Ok(Self(Key::X25519(raw))),
                    Err(_) => Ok(Self(Key::X25519(x25519::from_spki(&der()?)?))),
                }
            }
        }
    }

    /// As `KeyValue` has it: PEM on one line.
    pub fn to_key_value(&self) -> String {
        text::to_pem(&match &self.0 {
            Key::Weierstrass(point) => point.to_spki(),
            Key::X25519(key) => x25519::to_spki(*key),
        })
    }

    pub fn curve(&self) -> Curve {
        match self.0 {
            Key::Weierstrass(_) => Curve::Weierstrass,
            Key::X25519(_) => Curve::X25519,
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PublicKey").field(&self.to_key_value()).finish()
    }
}

/// A key of 309 bytes is 412 characters, and its PEM not much more.
const KEY_VALUE_BYTES_MAX: usize = 2048;
