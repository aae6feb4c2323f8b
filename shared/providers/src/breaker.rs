//! Leaving a provider alone that is down.
//!
//! Source: `banks.md`, section 6.7. What one process has seen counts for that process only: it spares
//! a batch from waiting for the same time limit again and again, and no more.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// After how many failures in a row.
const FAILURES_MAX: u32 = 5;

/// How long a provider is left alone, in seconds.
const OPEN_SECONDS: i64 = 60;

/// Counts how often in a row a provider was down. Clones count together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Breaker(Arc<Mutex<Seen>>);

/// It is being left alone, for so long yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LeftAlone {
    pub(crate) after_ms: u64,
}

/// A failure that may say that a provider is down, and not only what was asked of it.
pub(crate) trait Outage {
    fn is_outage(&self) -> bool;
}

#[derive(Debug, Default)]
struct Seen {
    failures: u32,
    /// Unix seconds.
    open_until: i64,
}

impl Breaker {
    /// # Errors
    ///
    /// [`LeftAlone`], while it is.
    pub(crate) fn admit(&self, now: i64) -> Result<(), LeftAlone> {
        let left = self.lock().open_until.saturating_sub(now);
        match u64::try_from(left) {
            Ok(1..) => Err(LeftAlone { after_ms: left.unsigned_abs().saturating_mul(1_000) }),
            _ => Ok(()),
        }
    }

    /// An answer of whatever kind says that the provider is there.
    pub(crate) fn note<T, E: Outage>(&self, outcome: &Result<T, E>, now: i64) {
        let mut seen = self.lock();
        if !outcome.as_ref().is_err_and(Outage::is_outage) {
            seen.failures = 0;
            return;
        }
        seen.failures = seen.failures.saturating_add(1);
        // After the pause one more failure is enough for the next.
        if seen.failures >= FAILURES_MAX {
            seen.open_until = now.saturating_add(OPEN_SECONDS);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        // Whoever panicked here left numbers, and any are good enough.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    enum Failed {
        Down,
        Refused,
    }

    impl Outage for Failed {
        fn is_outage(&self) -> bool {
            matches!(self, Self::Down)
        }
    }

    fn down() -> Result<(), Failed> {
        Err(Failed::Down)
    }

    #[test]
    fn after_five_failures_in_a_row_it_is_left_alone_for_a_minute() {
        let breaker = Breaker::default();
        for _ in 1..FAILURES_MAX {
            breaker.note(&down(), 100);
            assert_eq!(breaker.admit(100), Ok(()));
        }
        breaker.note(&down(), 100);
        assert_eq!(breaker.admit(101), Err(LeftAlone { after_ms: 59_000 }));
        assert_eq!(breaker.clone().admit(159), Err(LeftAlone { after_ms: 1_000 }));
        assert_eq!(breaker.admit(160), Ok(()));
        breaker.note(&down(), 160);
        assert!(breaker.admit(161).is_err(), "it was tried once, and is still down");
        breaker.note::<_, Failed>(&Ok(()), 220);
        breaker.note(&down(), 221);
        assert_eq!(breaker.admit(221), Ok(()), "it was back");
    }

    #[test]
    fn a_refusal_is_an_answer() {
        let breaker = Breaker::default();
        for _ in 0..20 {
            breaker.note::<(), _>(&Err(Failed::Refused), 100);
        }
        assert_eq!(breaker.admit(100), Ok(()));
    }
}
