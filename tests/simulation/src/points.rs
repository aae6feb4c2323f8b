//! Await points: where a process can die, and everything that it had in mind with it.
//!
//! Every way out of a handler (the table, a queue, a socket, a provider) passes [`pass`] before and
//! after it has its effect. An invocation counts its points and ends at the one it was told to.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

tokio::task_local! {
    static LIFE: Arc<Life>;
}

/// One invocation's life.
pub struct Life {
    /// The number of the point at which it ends, from 1.
    ends_at: Option<usize>,
    passed: AtomicUsize,
    ended: AtomicBool,
    /// Names of the points passed.
    names: Mutex<Vec<String>>,
}

impl Life {
    pub fn new(ends_at: Option<usize>) -> Arc<Self> {
        Arc::new(Self { ends_at, passed: AtomicUsize::new(0), ended: AtomicBool::new(false), names: Mutex::default() })
    }

    /// The points that were passed, in order.
    pub fn names(&self) -> Vec<String> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A point of the invocation that runs here. Outside of invocations there are none.
pub async fn pass(name: &str) {
    let Ok(life) = LIFE.try_with(Arc::clone) else { return };
    life.names.lock().unwrap_or_else(PoisonError::into_inner).push(name.to_owned());
    let number = life.passed.fetch_add(1, Ordering::SeqCst) + 1;
    if life.ends_at == Some(number) {
        life.ended.store(true, Ordering::SeqCst);
        std::future::pending::<()>().await;
    }
}

/// Runs an invocation to its end, or to the point at which its process dies: then `None`, and
/// nothing of it goes on.
pub async fn live<T>(life: Arc<Life>, invocation: impl Future<Output = T>) -> Option<T> {
    let scoped = LIFE.scope(life.clone(), Box::pin(invocation));
    Mortal { life, invocation: Some(Box::pin(scoped)) }.await
}

struct Mortal<F> {
    life: Arc<Life>,
    invocation: Option<Pin<Box<F>>>,
}

impl<F: Future> Future for Mortal<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(invocation) = self.invocation.as_mut() else { return Poll::Ready(None) };
        let polled = invocation.as_mut().poll(context);
        if self.life.ended.load(Ordering::SeqCst) {
            self.invocation = None;
            return Poll::Ready(None);
        }
        polled.map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn three_steps(done: &AtomicUsize) {
        for step in ["first", "second", "third"] {
            pass(step).await;
            done.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[tokio::test]
    async fn an_invocation_ends_at_the_point_it_was_told_to() {
        for (ends_at, steps) in [(Some(1), 0), (Some(3), 2), (Some(4), 3), (None, 3)] {
            let (done, life) = (AtomicUsize::new(0), Life::new(ends_at));
            let ended = live(life.clone(), three_steps(&done)).await;
            assert_eq!((ended.is_some(), done.load(Ordering::SeqCst)), (steps == 3, steps));
            assert_eq!(life.names(), ["first", "second", "third"][..(steps + 1).min(3)]);
        }
    }

    #[tokio::test]
    async fn what_runs_beside_it_dies_with_it() {
        let (one, two) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let both = async { futures::join!(three_steps(&one), three_steps(&two)) };
        assert!(live(Life::new(Some(4)), both).await.is_none());
        assert_eq!(one.load(Ordering::SeqCst) + two.load(Ordering::SeqCst), 3);
    }
}
