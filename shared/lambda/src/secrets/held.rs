//! How long a value that was read may be used.

use std::time::{Duration, SystemTime};

use super::hidden::Hidden;

/// For how long a value is used without a second look, in seconds.
pub const FRESH_S: u64 = 5 * 60;

/// For how long a value is used at all, in seconds, where it cannot be read again.
pub const STALE_S: u64 = 60 * 60;

/// How long to leave the service alone after it failed, in seconds, while there is a value.
pub const RETRY_S: u64 = 15;

pub(super) struct Held {
    pub value: Hidden,
    read_at: SystemTime,
    /// After a failure: use what is there until then.
    retry_at: Option<SystemTime>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Age {
    /// Use it.
    Fresh,
    /// Read it again; use it if that fails.
    Stale,
    /// Do not use it.
    Expired,
}

impl Held {
    pub fn new(value: Hidden, now: SystemTime) -> Self {
        Self { value, read_at: now, retry_at: None }
    }

    pub fn retry_later(&mut self, now: SystemTime) {
        self.retry_at = now.checked_add(Duration::from_secs(RETRY_S));
    }

    pub fn age(&self, now: SystemTime) -> Age {
        // A clock that went back says nothing about the age: read again, trust it meanwhile.
        let Ok(age) = now.duration_since(self.read_at) else {
            return Age::Stale;
        };
        if age >= Duration::from_secs(STALE_S) {
            Age::Expired
        } else if age < Duration::from_secs(FRESH_S) || self.retry_at.is_some_and(|retry_at| now < retry_at) {
            Age::Fresh
        } else {
            Age::Stale
        }
    }
}
