//! What a process has shown, told to the others now and then rather than with each event.

use domain::Timestamp;
use std::sync::{Mutex, PoisonError};
use store::Shown;

/// How long what was shown is kept here at most, as long as more is shown.
const KEPT_MS: i64 = 5_000;

#[derive(Debug, Default)]
pub struct Tally(Mutex<(Shown, Option<Timestamp>)>);

impl Tally {
    /// Counts one more; what is to be told now, if anything.
    pub fn add(&self, lag_ms: u64, now: Timestamp) -> Option<Shown> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.0.events += 1;
        kept.0.lag_ms += lag_ms;
        if kept.1.is_some_and(|told| now.as_millisecond() - told.as_millisecond() < KEPT_MS) {
            return None;
        }
        kept.1 = Some(now);
        Some(std::mem::take(&mut kept.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_told_at_once_and_the_rest_together() {
        let (tally, at) = (Tally::default(), |ms| Timestamp::from_millisecond(ms).unwrap());
        assert_eq!(tally.add(10, at(0)), Some(Shown { events: 1, lag_ms: 10 }));
        assert_eq!((tally.add(20, at(1)), tally.add(20, at(4_999))), (None, None));
        assert_eq!(tally.add(30, at(5_000)), Some(Shown { events: 3, lag_ms: 70 }));
    }
}
