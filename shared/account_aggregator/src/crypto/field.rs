//! Numbers modulo 2^255 − 19. The library's operations take the same time whatever the values.

use crypto_bigint::modular::ConstMontyForm;
use crypto_bigint::{U256, const_monty_params};

const_monty_params!(P25519, U256, "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed", "2^255 − 19");

pub type Field = ConstMontyForm<P25519, { U256::LIMBS }>;

const PRIME: U256 = U256::from_be_hex("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");
const PRIME_LESS_TWO: U256 = U256::from_be_hex("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeb");

pub const fn constant(hex: &str) -> Field {
    Field::new(&U256::from_be_hex(hex))
}

pub const fn small(number: u64) -> Field {
    Field::new(&U256::from_u64(number))
}

/// `None` where the number is not below the prime: each has one spelling only.
pub fn from_be_bytes(bytes: [u8; 32]) -> Option<Field> {
    let number = U256::from_be_slice(&bytes);
    (number < PRIME).then(|| Field::new(&number))
}

pub fn to_be_bytes(number: &Field) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(number.retrieve().to_be_bytes().as_ref());
    bytes
}

/// 1/n, by Fermat. Of zero it is zero.
pub fn inverse(number: &Field) -> Field {
    number.pow(&PRIME_LESS_TWO)
}
