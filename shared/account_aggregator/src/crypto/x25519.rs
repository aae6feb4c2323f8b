//! X25519 as RFC 7748 has it (`account-aggregator.md`, section 6.1 b).

use aws_lc_rs::agreement::{self, UnparsedPublicKey};
use zeroize::Zeroizing;

use super::keys::BadKey;

/// What stands before the 32 bytes of a public key in DER.
const SPKI_PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x03, 0x21, 0x00];

pub fn from_spki(der: &[u8]) -> Result<[u8; 32], BadKey> {
    let key = der.strip_prefix(SPKI_PREFIX.as_slice()).ok_or(BadKey::Form)?;
    key.try_into().map_err(|_| BadKey::Form)
}

pub fn to_spki(key: [u8; 32]) -> Vec<u8> {
    [SPKI_PREFIX.as_slice(), &key].concat()
}

pub fn public_of(private: &[u8; 32]) -> Result<[u8; 32], BadKey> {
    let key = own(private)?.compute_public_key().map_err(|_| BadKey::Scalar)?;
    key.as_ref().try_into().map_err(|_| BadKey::Scalar)
}

/// Refuses a public key of small order, of which the secret is nought.
pub fn agree(private: &[u8; 32], peer: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, BadKey> {
    let peer = UnparsedPublicKey::new(&agreement::X25519, peer);
    agreement::agree(&own(private)?, peer, BadKey::SmallOrder, |secret| {
        secret.try_into().map(Zeroizing::new).map_err(|_| BadKey::SmallOrder)
    })
}

fn own(private: &[u8; 32]) -> Result<agreement::PrivateKey, BadKey> {
    agreement::PrivateKey::from_private_key(&agreement::X25519, private).map_err(|_| BadKey::Scalar)
}
