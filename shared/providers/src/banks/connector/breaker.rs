//! Leaving a provider alone that is down.
//!
//! Source: `banks.md`, section 6.7. What one process has seen counts for that process only: it spares
//! a batch from waiting for the same time limit again and again, and no more.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::banks::{ATTEMPTS_MAX, BankError};

/// How long a provider is left alone, in seconds.
const OPEN_SECONDS: i64 = 60;

/// Counts how often in a row a provider was down. Clones count together.
#[derive(Debug, Clone, Default)]
pub(super) struct Breaker(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    failures: u32,
    /// Unix seconds.
    open_until: i64,
}

impl Breaker {
    /// # Errors
    ///
    /// [`BankError::TryLater`] while it is left alone.
    pub(super) fn admit(&self, now: i64) -> Result<(), BankError> {
        let left = self.lock().open_until.saturating_sub(now);
        match u64::try_from(left) {
            Ok(1..) => Err(BankError::TryLater { after_ms: Some(left.unsigned_abs().saturating_mul(1_000)) }),
            _ => Ok(()),
        }
    }

    /// An answer of whatever kind says that the provider is there; a bank of its that is down does too.
    pub(super) fn note<T>(&self, outcome: &Result<T, BankError>, now: i64) {
        let mut seen = self.lock();
        if !matches!(outcome, Err(BankError::ProviderDown(_))) {
            seen.failures = 0;
            return;
        }
        seen.failures = seen.failures.saturating_add(1);
        // After the pause one more failure is enough for the next.
        if seen.failures >= ATTEMPTS_MAX {
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
    use crate::call::{CallError, Doubt};

    fn down() -> Result<(), BankError> {
        Err(BankError::ProviderDown(CallError::Unknown { why: Doubt::TimedOut }))
    }

    #[test]
    fn after_five_failures_in_a_row_it_is_left_alone_for_a_minute() {
        let breaker = Breaker::default();
        for _ in 1..ATTEMPTS_MAX {
            breaker.note(&down(), 100);
            assert_eq!(breaker.admit(100), Ok(()));
        }
        breaker.note(&down(), 100);
        assert_eq!(breaker.admit(101), Err(BankError::TryLater { after_ms: Some(59_000) }));
        assert_eq!(breaker.clone().admit(159), Err(BankError::TryLater { after_ms: Some(1_000) }));
        assert_eq!(breaker.admit(160), Ok(()));
        breaker.note(&down(), 160);
        assert!(breaker.admit(161).is_err(), "it was tried once, and is still down");
        breaker.note::<()>(&Ok(()), 220);
        breaker.note(&down(), 221);
        assert_eq!(breaker.admit(221), Ok(()), "it was back");
    }

    #[test]
    fn a_refusal_and_a_bank_that_is_down_are_answers() {
        let breaker = Breaker::default();
        for _ in 0..20 {
            breaker.note::<()>(&Err(BankError::BankDown), 100);
            breaker.note::<()>(&Err(BankError::SignInAgain), 100);
        }
        assert_eq!(breaker.admit(100), Ok(()));
    }
}
