//! What a service's answer asks of us.
//!
//! Source: `push.md`, B5.

use serde::de::IgnoredAny;

use crate::call::Answer;
use crate::push::{Gone, SendError};

/// \[U\] How services say that a subscription was made with another key, in order: Chrome's with
/// 403, Firefox's with 401, Apple's with 400 or 403. In other words, it is ours to look into.
const OTHER_KEY: [&str; 3] = ["do not correspond to the credentials used to create", "VAPID public key mismatch", "VapidPkHashMismatch"];

pub(super) fn weigh(answer: Answer, now: i64) -> Result<(), SendError> {
    match answer.status() {
        // What is said beside it, a `Location` or nothing at all, is of no use to us.
        200..=299 => return Ok(()),
        404 | 410 => return Err(SendError::Gone { why: Gone::Unregistered }),
        400 | 401 | 403 if names_another_key(&answer) => return Err(SendError::Gone { why: Gone::OtherSender }),
        _ => {}
    }
    let asked = answer.retry_after(now);
    answer.read::<IgnoredAny>().map(|_| ()).map_err(|cause| SendError::from(cause).not_before(asked))
}

fn names_another_key(answer: &Answer) -> bool {
    let body = String::from_utf8_lossy(answer.body().unwrap_or_default());
    OTHER_KEY.iter().any(|words| body.contains(words))
}
