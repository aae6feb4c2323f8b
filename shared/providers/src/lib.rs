//! The outside APIs that Kamai speaks to: one module per provider, each with its wire types,
//! its signatures and a client.
//!
//! What a provider is reached by (a base URL and credentials) is configuration, so the same
//! code talks to the real one and to the local cloud's sandbox. Nothing here decides: this
//! crate knows no domain types, and callers translate what they read here into commands.
//!
//! - Money is `i64` paise, and says so in its name. Times are Unix seconds.
//! - A call ends in a value or a [`call::CallError`], which says whether asking again can help
//!   and whether anything can have happened at all.
//! - Secrets ([`secret::Secret`]) and what is about a person ([`personal::Personal`]) are types
//!   that do not print, so a `{:?}` of anything in this crate may be logged.

pub mod account_aggregator;
mod backoff;
pub mod banks;
pub mod bills;
mod breaker;
pub mod call;
pub mod email;
mod exact;
pub mod files;
pub mod llm;
pub mod messaging;
pub mod personal;
pub mod phonepe;
mod pkce;
pub mod platforms;
pub mod push;
pub mod razorpay;
pub mod razorpayx;
mod sealed;
pub mod secret;
pub mod signature;
pub mod standing;
mod tokens;
mod wire;

#[cfg(test)]
mod test_server;
