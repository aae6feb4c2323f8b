//! When an invocation ends, wanted or not.

use std::time::{Duration, SystemTime};

/// 2014-01-01, before Lambda was there, in milliseconds since 1970.
const EARLIEST_MS: u64 = 1_388_534_400_000;

/// The moment at which Lambda stops an invocation.
///
/// A handler that has more to do than fits looks at it between two steps, never in the middle
/// of one: what it protects must hold if the process stops anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline(Option<SystemTime>);

impl Deadline {
    /// For tests, and for what runs outside Lambda.
    pub const fn never() -> Self {
        Self(None)
    }

    /// In milliseconds since 1970, as Lambda says it. `cargo lambda watch` says them from now on,
    /// which is less than any time that Lambda has seen.
    pub fn at_ms(ms: u64) -> Self {
        if ms < EARLIEST_MS {
            return Self::after(Duration::from_millis(ms));
        }
        Self(SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(ms)))
    }

    /// This long from now.
    pub fn after(left: Duration) -> Self {
        Self(SystemTime::now().checked_add(left))
    }

    /// What is left; `None` if there is no end.
    pub fn remaining(self) -> Option<Duration> {
        self.0.map(|at| at.duration_since(SystemTime::now()).unwrap_or(Duration::ZERO))
    }

    /// What is left, in milliseconds; [`u64::MAX`] if there is no end.
    pub fn remaining_ms(self) -> u64 {
        self.remaining().map_or(u64::MAX, |left| u64::try_from(left.as_millis()).unwrap_or(u64::MAX))
    }

    /// Whether at least this much is left.
    pub fn leaves(self, needed: Duration) -> bool {
        self.remaining().is_none_or(|left| left >= needed)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Deadline, EARLIEST_MS};

    #[test]
    fn a_small_number_is_a_time_from_now() {
        let left = Deadline::at_ms(600_000);
        assert!(left.leaves(Duration::from_secs(590)) && !left.leaves(Duration::from_secs(601)));
    }

    #[test]
    fn a_deadline_that_has_passed_leaves_nothing() {
        assert_eq!(Deadline::at_ms(EARLIEST_MS).remaining_ms(), 0);
        assert!(!Deadline::at_ms(EARLIEST_MS).leaves(Duration::from_millis(1)));
        assert!(Deadline::never().leaves(Duration::MAX));
        let soon = Deadline::after(Duration::from_secs(60));
        assert!(soon.leaves(Duration::from_secs(50)) && !soon.leaves(Duration::from_secs(61)));
    }
}
