//! Waits that grow.

use std::time::Duration;

const FIRST_WAIT_MS: u64 = 1_000;

/// More doublings make no sense for anybody who waits.
const DOUBLINGS_MAX: u32 = 10;

/// How long to wait after the attempt that failed, counted from 1; `None` after the last.
///
/// Waits double from a second, and `random` puts each anywhere in its upper half, so that those who
/// failed together do not come back together. A wait that the provider asked for is kept.
pub(crate) fn wait(attempt: u32, attempts_max: u32, random: u32, asked_ms: u64) -> Option<Duration> {
    if attempt >= attempts_max {
        return None;
    }
    let full_ms = FIRST_WAIT_MS << attempt.saturating_sub(1).min(DOUBLINGS_MAX);
    let half_ms = full_ms / 2;
    let wait_ms = half_ms + u64::from(random) % (half_ms + 1);
    Some(Duration::from_millis(wait_ms.max(asked_ms)))
}
