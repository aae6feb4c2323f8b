//! Notifications on a person's device: to apps through Firebase Cloud Messaging ([`fcm`]), to
//! browsers by Web Push ([`web`]).
//!
//! Neither takes an idempotency key, so a push that is sent again may be shown twice, unless the
//! later one takes the place of the earlier: an app's by its `tag`, a browser's as its service
//! worker decides. Accepted means that the service took it, not that anybody saw it.

mod base64url;
pub mod fcm;
mod jwt;
pub mod web;

use std::time::Duration;

use crate::call::{CallError, Doubt, Unsent};

/// The least to wait after being turned away, where the service does not say.
///
/// Source: `push.md`, A3, `QUOTA_EXCEEDED`.
const THROTTLED_WAIT: Duration = Duration::from_secs(60);

/// The least to wait for a service that is not well. \[U\] What Google recommends (`push.md`, A3).
const UNWELL_WAIT: Duration = Duration::from_secs(10);

/// The least to wait where the service was not reached, or did not answer. Source: `push.md`, A3.
const UNANSWERED_WAIT: Duration = Duration::from_secs(1);

/// Why a push was not accepted, by what there is to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Nothing sent there will ever arrive: remove the subscription.
    #[error("the subscription is gone: {why}")]
    Gone { why: Gone },
    /// Not now. `after` is the least to wait; from one attempt to the next, wait longer.
    #[error("not accepted for now: {cause}")]
    Retry { after: Duration, cause: CallError },
    /// This message will never do: a bug of ours. The subscription is as good as it was.
    #[error("the message will not do: {cause}")]
    Payload { cause: CallError },
    /// Our credentials or configuration: no message gets through until somebody looks.
    #[error("our credentials or configuration will not do: {cause}")]
    Ours { cause: CallError },
}

/// What became of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Gone {
    /// The app was removed, or the permission withdrawn; or it never existed.
    #[error("it is not registered")]
    Unregistered,
    /// It was made for another project or VAPID key. Where one is, that is its own affair; where
    /// all are, ours are not the credentials they were made for, and removing them is no cure.
    #[error("it belongs to another sender")]
    OtherSender,
}

impl SendError {
    /// Whether somebody should look: it does not end with this subscription or this minute.
    #[must_use]
    pub fn alerts(&self) -> bool {
        match self {
            Self::Gone { why } => match why {
                Gone::OtherSender => true,
                Gone::Unregistered => false,
            },
            Self::Payload { .. } | Self::Ours { .. } => true,
            Self::Retry { .. } => false,
        }
    }

    /// Whether the push may be on its way all the same.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        match self {
            Self::Retry { cause, .. } => !cause.certainly_nothing_happened(),
            Self::Gone { .. } | Self::Payload { .. } | Self::Ours { .. } => false,
        }
    }

    /// The same, with the wait that the service asked for, where it did.
    fn not_before(self, asked: Option<Duration>) -> Self {
        match self {
            Self::Retry { after, cause } => Self::Retry { after: asked.unwrap_or(after), cause },
            Self::Gone { .. } | Self::Payload { .. } | Self::Ours { .. } => self,
        }
    }

    fn later(cause: CallError) -> Self {
        Self::Retry { after: wait(&cause), cause }
    }
}

impl From<CallError> for SendError {
    /// By the status alone, where the service has said nothing that we know.
    fn from(cause: CallError) -> Self {
        match &cause {
            // Credentials; or a path that is not there, which is a wrong base URL.
            CallError::Refused { status: 401 | 403 | 404 | 407, .. } => Self::Ours { cause },
            // Redirects are not followed, so this lasts until somebody changes the address.
            CallError::Unknown { why: Doubt::Status(300..=399) } => Self::Ours { cause },
            CallError::Refused { .. } | CallError::NotSent { why: Unsent::Invalid { .. } } => Self::Payload { cause },
            CallError::Unknown { .. }
            | CallError::NotSent { why: Unsent::Unreachable(_) }
            | CallError::Throttled { .. }
            | CallError::Unreadable { .. } => Self::later(cause),
        }
    }
}

/// The least to wait before the same again.
fn wait(cause: &CallError) -> Duration {
    match cause {
        CallError::Throttled { retry_after_ms: Some(ms) } => Duration::from_millis(*ms),
        CallError::Throttled { retry_after_ms: None } | CallError::Refused { .. } => THROTTLED_WAIT,
        CallError::Unknown { why: Doubt::Status(_) | Doubt::ProviderFault(_) | Doubt::KeyReused } => UNWELL_WAIT,
        CallError::Unknown { why: Doubt::TimedOut | Doubt::ConnectionBroke(_) }
        | CallError::NotSent { .. }
        | CallError::Unreadable { .. } => UNANSWERED_WAIT,
    }
}

/// What keeps a push from being sent at all, though it is no one's input.
fn cannot(field: &'static str, rule: &'static str) -> CallError {
    CallError::NotSent { why: Unsent::Invalid { field, rule } }
}
