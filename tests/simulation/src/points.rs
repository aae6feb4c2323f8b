//! Await points: where a process can die, and everything that it had in mind with it.
//!
//! Every way out of a handler (the table, a queue, a socket, a provider) passes [`pass`] before and
//! after it has its effect. An invocation counts its points and ends at the one it was told to.

use std::{
    collections::BTreeMap,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

/// Of points of one name within one invocation, so many are told apart.
const ALIKE_MAX: usize = 3;

tokio::task_local! {
    static LIFE: Arc<Life>;
}

/// Where an invocation's process dies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    Never,
    /// At the so-manieth point, from 1.
    AtNumber(usize),
    /// At the first point of this name.
    At(String),
}

/// One invocation's life.
pub struct Life {
    end: End,
    passed: Mutex<Passed>,
}

#[derive(Default)]
struct Passed {
    /// In order, as they are told: `before PutItem`, `before PutItem (2)`.
    names: Vec<String>,
    died: bool,
    alike: BTreeMap<String, usize>,
}

impl Life {
    pub fn new(end: End) -> Arc<Self> {
        Arc::new(Self { end, passed: Mutex::default() })
    }

    fn passed(&self) -> MutexGuard<'_, Passed> {
        self.passed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The points that were passed, in order; where the process died, up to there.
    pub fn names(&self) -> Vec<String> {
        self.passed().names.clone()
    }

    /// Notes a point; whether the process dies there, or has died already: what ran beside the
    /// part that died goes no further.
    fn pass(&self, name: &str) -> bool {
        let mut passed = self.passed();
        if passed.died {
            return true;
        }
        let alike = passed.alike.entry(name.to_owned()).or_default();
        *alike = (*alike + 1).min(ALIKE_MAX);
        let told = if *alike == 1 { name.to_owned() } else { format!("{name} ({alike})") };
        passed.names.push(told.clone());
        passed.died = match &self.end {
            End::Never => false,
            End::AtNumber(number) => passed.names.len() == *number,
            End::At(point) => told == *point,
        };
        passed.died
    }
}

/// A point of the invocation that runs here. Outside of invocations there are none.
pub async fn pass(name: &str) {
    let Ok(life) = LIFE.try_with(Arc::clone) else { return };
    if life.pass(name) {
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
        if self.life.passed().died {
            self.invocation = None;
            return Poll::Ready(None);
        }
        polled.map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    async fn three_steps(done: &AtomicUsize) {
        for step in ["first", "second", "third"] {
            pass(step).await;
            done.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[tokio::test]
    async fn an_invocation_ends_at_the_point_it_was_told_to() {
        let at = |name: &str| End::At(name.to_owned());
        for (end, steps) in [(End::AtNumber(1), 0), (at("third"), 2), (at("first (2)"), 3), (End::AtNumber(4), 3), (End::Never, 3)] {
            let (done, life) = (AtomicUsize::new(0), Life::new(end));
            let ended = live(life.clone(), three_steps(&done)).await;
            assert_eq!((ended.is_some(), done.load(Ordering::SeqCst)), (steps == 3, steps));
            assert_eq!(life.names(), ["first", "second", "third"][..(steps + 1).min(3)]);
        }
    }

    #[tokio::test]
    async fn points_of_one_name_are_told_apart_up_to_the_third() {
        let life = Life::new(End::Never);
        live(life.clone(), async {
            for _ in 0..4 {
                pass("write").await;
            }
        })
        .await;
        assert_eq!(life.names(), ["write", "write (2)", "write (3)", "write (3)"]);
    }

    #[tokio::test]
    async fn what_runs_beside_it_dies_with_it() {
        let (one, two) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let both = async { futures::join!(three_steps(&one), three_steps(&two)) };
        assert!(live(Life::new(End::AtNumber(4)), both).await.is_none());
        assert_eq!(one.load(Ordering::SeqCst) + two.load(Ordering::SeqCst), 3);
    }
}
