//! Access tokens: who is speaking, and what they may do.
//!
//! Tokens are JWTs signed with ES256 and nothing else. The few lines of RFC 7515 that this takes
//! are written out in [`verify`], because each thing a general library is lenient about (other
//! algorithms, keys named by the token, duplicate members, its own clock) would have to be turned
//! off and proven off.

pub mod bearer;
pub mod claims;
pub mod generate;
pub mod jwks;
mod jws;
pub mod keys;
pub mod role;
pub mod sign;
pub mod verify;

pub use claims::Claims;
pub use keys::KeySet;
pub use role::{Permission, Role};
pub use sign::{Signed, Signer, Subject};
pub use verify::{TokenError, Verifier};
