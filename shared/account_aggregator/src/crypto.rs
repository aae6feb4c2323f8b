//! How the bank's data are encrypted on their way through the aggregator, who cannot read them.
//!
//! Each side makes a key pair and a nonce for one data session and sends the public parts as
//! [`KeyMaterial`]. From the agreed secret and both nonces comes one AES-256-GCM key and one
//! initialisation vector (`account-aggregator.md`, section 6). All accounts of one bank in one answer
//! share both; a key pair and a nonce of ours are never used for a second session.

mod field;
mod key_material;
mod keys;
mod session;
mod text;
mod weierstrass;
mod x25519;

pub use key_material::{BadKeyMaterial, DhPublicKey, KeyMaterial, Nonce, Peer};
pub use keys::{BadKey, Curve, PrivateKey, PublicKey};
pub use session::{CannotOpen, CannotSeal, SessionKey};

#[cfg(test)]
mod tests;
