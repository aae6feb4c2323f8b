//! One HTTP call to a provider, and what can be known about it afterwards.
//!
//! The outcome of a call that moves money is one of three: it happened, it certainly did not,
//! or nobody here knows. [`CallError`] keeps the last two apart, since only after a certain
//! *no* may held money be released or another rail be tried. *Unknown* is a state of its own,
//! never a guess.
//!
//! Nothing here logs. Errors hold no body, URL, credential or personal data: what a provider
//! writes for people to read goes through a scrubber first.

mod answer;
mod error;
mod http;
mod json;
mod refusal;
mod scrub;

pub use error::{CallError, Doubt, Illegible, Unsent};
pub use http::{Carrier, Http, SetupError, Timeouts};

pub(crate) use answer::Answer;
pub(crate) use http::{BaseUrl, Endpoint};
pub(crate) use json::{read_json, read_json_object};

/// Refuses input that the provider would refuse, before it is sent.
pub(crate) fn require(holds: bool, field: &'static str, rule: &'static str) -> Result<(), CallError> {
    if holds { Ok(()) } else { Err(CallError::NotSent { why: Unsent::Invalid { field, rule } }) }
}
