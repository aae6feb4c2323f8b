//! Functions that run every so many minutes.

use std::time::{Duration, Instant};

use super::api::ms_since;
use super::app::{App, Exit};
use super::attempt::{Attempt, attempt};
use super::deadline::Deadline;
use super::failed::Failed;
use super::serve;
use crate::log::chain::Chain;

/// What is kept of an invocation's time to report a run that takes too long.
const KEPT: Duration = Duration::from_millis(500);

/// The `main` of a scheduled function. It takes no input: it reads what is due, and may run twice.
pub fn schedule<D: App, H>(handler: H) -> Exit
where
    H: AsyncFn(&D, Deadline) -> Result<(), Failed> + 'static,
{
    serve::run(move |deps: &'static D| {
        let handler: &'static H = Box::leak(Box::new(handler));
        Box::new(move |invocation| {
            Box::pin(async move {
                work(deps, handler, invocation.deadline).await?;
                serve::written(&())
            })
        })
    })
}

/// Runs a handler once.
///
/// # Errors
///
/// The run failed, panicked, or did not end in time; Lambda counts it, and an alarm follows.
pub async fn work<D, H>(deps: &D, handler: &H, deadline: Deadline) -> Result<(), Failed>
where
    H: AsyncFn(&D, Deadline) -> Result<(), Failed>,
{
    let began = Instant::now();
    let ended = match attempt(deadline, KEPT, async { handler(deps, deadline).await }).await {
        Attempt::Done(result) => result,
        Attempt::Panicked => Err(Failed::bug("the handler panicked")),
        Attempt::OutOfTime => Err(Failed::later("out of time; what is left stays due")),
    };
    match &ended {
        Ok(()) => tracing::info!(ms = ms_since(began), outcome = "done", "done"),
        Err(failed) => tracing::error!(ms = ms_since(began), cause = %Chain(failed), outcome = "failed", "done"),
    }
    ended
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::work;
    use crate::{Deadline, Failed};

    #[tokio::test]
    async fn a_run_ends_well_or_fails_and_says_so() {
        let in_time = Deadline::after(Duration::from_millis(550));
        let ok = async |_: &(), deadline: Deadline| {
            assert_eq!(deadline, in_time);
            Ok(())
        };
        assert!(work(&(), &ok, in_time).await.is_ok());
        let later = async |_: &(), _| Err(Failed::later("down"));
        assert!(work(&(), &later, in_time).await.unwrap_err().retryable());
        let panics = async |_: &(), _| panic!("+919876543210");
        assert!(!work(&(), &panics, in_time).await.unwrap_err().retryable());
        let hangs = async |_: &(), _| std::future::pending().await;
        assert!(work(&(), &hangs, in_time).await.unwrap_err().retryable());
    }
}
