//! Runs a handler so that whatever it does, the invocation ends in an answer of ours.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt;

use super::deadline::Deadline;

/// How a handler ended.
pub(super) enum Attempt<T> {
    Done(T),
    /// The panic itself was logged by the hook of [`super::serve`], as far as it may be.
    Panicked,
    OutOfTime,
}

/// Runs `work` until `kept` before the deadline.
///
/// Work that is cut off has stopped at one of its await points, which every handler has to
/// survive anyway; the other way to end, Lambda's own, takes the rest of a batch with it.
///
/// A panic leaves shared state whole: handlers share clients and caches, and nobody holds a lock
/// of theirs that poisons.
pub(super) async fn attempt<T>(deadline: Deadline, kept: Duration, work: impl Future<Output = T>) -> Attempt<T> {
    // Boxed: a handler's future is deep, and the compiler bounds the depth of what it lays out at once.
    let work = Box::pin(AssertUnwindSafe(work).catch_unwind());
    let ended = match deadline.remaining() {
        None => Ok(work.await),
        Some(left) => tokio::time::timeout(left.saturating_sub(kept), work).await,
    };
    match ended {
        Ok(Ok(value)) => Attempt::Done(value),
        Ok(Err(_panic)) => Attempt::Panicked,
        Err(_elapsed) => Attempt::OutOfTime,
    }
}
