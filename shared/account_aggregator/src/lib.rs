//! India's Account Aggregators, as one who asks for data (a FIU) sees them: ReBIT's messages, their
//! signatures, the encryption of bank data, the documents within, and the rules of the ecosystem.
//!
//! Pure: no network, no clock, no chance. Times and random bytes are arguments. What comes from
//! outside is bounded, and what is wrong with it is a value. Source of every fact: `account-aggregator.md`.

pub mod crypto;
pub mod delivery;
pub mod fair_use;
pub mod fi;
pub mod jws;
pub mod licence;
pub mod notification;
pub mod reply;
pub mod state;
pub mod time;
pub mod wire;

#[cfg(test)]
mod test_keys;
