//! Reckoning with moments.

use jiff::{SignedDuration, Timestamp};

/// A moment some seconds from now.
pub(crate) fn after(now: Timestamp, seconds: i64) -> Timestamp {
    now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(now)
}
