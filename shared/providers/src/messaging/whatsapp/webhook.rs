//! What Meta tells us unasked: messages from people, and what became of ours.
//!
//! Source: `whatsapp.md`, A1 to A5. One POST holds any number of changes, in any order, some of
//! them told before: a message is told by its id, a status by its id and word. What cannot be read
//! stands beside what can, as [`What::Unreadable`], and never takes it along.
//!
//! Whatever Meta may add is left alone, and strings are cut to what they may be in life.

mod decode;
mod kind;
mod place;
mod status;
mod user;

use aws_lc_rs::constant_time::verify_slices_are_equal;

pub use decode::read;
pub use kind::{Kind, Location, Media, System};
pub use place::Unreadable;
pub use status::{DeliveryStatus, Pricing, Problem, Status};
pub use user::User;

use crate::personal::Personal;
use crate::secret::Secret;
use crate::signature::{Secrets, SignatureRefused, Verified, verify_prefixed};

/// The header with the signature over the raw body.
pub const SIGNATURE_HEADER: &str = "x-hub-signature-256";

/// What the signature begins with.
const ALGORITHM: &str = "sha256=";

/// No challenge is longer; it is sent back as it came.
const CHALLENGE_CHARS_MAX: usize = 1024;

/// Whoever asks to subscribe does not know our token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a subscription with our verify token")]
pub struct NotSubscribed;

/// Answers Meta's question before it sends anything: the text to send back as it is, with 200. The
/// query is the raw one; to anything else answer 403.
///
/// # Errors
///
/// [`NotSubscribed`], whatever is wrong with it.
pub fn challenge(raw_query: &str, verify_token: &Secret) -> Result<String, NotSubscribed> {
    let value = |wanted| form_urlencoded::parse(raw_query.as_bytes()).find(|(name, _)| name == wanted).map(|(_, value)| value);
    let token = value("hub.verify_token").unwrap_or_default();
    let ours = verify_slices_are_equal(token.as_bytes(), verify_token.expose().as_bytes()).is_ok();
    if !ours || value("hub.mode").is_none_or(|mode| mode != "subscribe") {
        return Err(NotSubscribed);
    }
    let challenge = value("hub.challenge").filter(|text| !text.is_empty() && text.chars().count() <= CHALLENGE_CHARS_MAX);
    challenge.map(Into::into).ok_or(NotSubscribed)
}

/// Verifies a body against the header that came with it. The secrets are the app's.
///
/// # Errors
///
/// [`SignatureRefused`]; a header that is missing is the empty string, which is malformed.
pub fn verify<'a>(body: &'a [u8], header: &str, secrets: &Secrets) -> Result<Verified<'a>, SignatureRefused> {
    verify_prefixed(body, header, ALGORITHM, secrets)
}

/// One thing that a POST tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Which of our numbers it is about. One app may serve others' numbers too: leave those alone.
    pub phone_number_id: Option<String>,
    pub what: What,
}

/// What is told.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    Message(Box<Message>),
    Status(Box<Status>),
    /// Something went wrong that is about no message of ours.
    Problem(Problem),
    /// Something that we do not act upon, by the name of its field.
    Ignored(String),
    Unreadable(Unreadable),
}

/// A message from a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its `wamid`: the same message may be told again.
    pub id: String,
    pub from: User,
    /// Unix seconds. The window of 24 hours counts from the latest of these.
    pub sent_at: Option<i64>,
    pub kind: Kind,
    /// The message that this one answers or reacts to with a button.
    pub reply_to: Option<String>,
    pub forwarded: bool,
    /// The group that it was written in.
    pub group_id: Option<Personal>,
    /// With [`Kind::Unsupported`], why.
    pub problems: Vec<Problem>,
}

#[cfg(test)]
mod tests;
