//! Two RSA keys, made once for all tests of a process.

use std::sync::OnceLock;

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{KeyPair, KeySize};

use crate::jws::{Encoding, SigningKey};

pub fn make(kid: &str) -> SigningKey {
    let key = KeyPair::generate(KeySize::Rsa2048).unwrap();
    SigningKey::from_pkcs8(kid, key.as_der().unwrap().as_ref(), Encoding::Unencoded).unwrap()
}

pub fn first() -> SigningKey {
    static KEY: OnceLock<SigningKey> = OnceLock::new();
    KEY.get_or_init(|| make("aa-1-key")).clone()
}

pub fn second() -> SigningKey {
    static KEY: OnceLock<SigningKey> = OnceLock::new();
    KEY.get_or_init(|| make("aa-2-key")).clone()
}
