//! What the browser does with a body, for tests.

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};

use super::{Point, cek, ikm, nonce, prk, prk_key};

/// A browser's keys.
pub(crate) struct Browser {
    private: PrivateKey,
    pub(crate) public: Point,
    pub(crate) auth: [u8; 16],
}

impl Browser {
    pub(crate) fn new(private: &[u8], auth: [u8; 16]) -> Self {
        let private = PrivateKey::from_private_key(&ECDH_P256, private).unwrap();
        let public = private.compute_public_key().unwrap().as_ref().try_into().unwrap();
        Self { private, public, auth }
    }

    /// The payload of a body of one record; panics where it is none for us.
    #[track_caller]
    pub(crate) fn open(&self, body: &[u8]) -> Vec<u8> {
        let (header, record) = body.split_at(86);
        let salt = header[..16].try_into().unwrap();
        assert_eq!(header[16..21], [0, 0, 16, 0, 65], "records of 4096 bytes, a key id of 65");
        let as_public: Point = header[21..].try_into().unwrap();
        let sender = UnparsedPublicKey::new(&ECDH_P256, &as_public);
        let prk_key = agree(&self.private, sender, (), |secret| Ok(prk_key(&self.auth, secret))).unwrap();
        let prk = prk(&salt, &ikm(&prk_key, &self.public, &as_public));
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &cek(&prk)).unwrap());
        let mut record = record.to_vec();
        let padded = key.open_in_place(Nonce::assume_unique_for_key(nonce(&prk)), Aad::empty(), &mut record).unwrap();
        let end = padded.iter().rposition(|byte| *byte != 0).unwrap();
        assert_eq!(padded[end], 2, "the last record");
        padded[..end].to_vec()
    }
}
