//! What goes on after an answer was given: progress of payouts, deliveries of webhooks.

use std::future::Future;
use std::sync::{Mutex, PoisonError};

use tokio::task::JoinSet;

/// Tasks that end when the sandbox is reset or stops, so that nothing of one test reaches the next.
#[derive(Default)]
pub struct Tasks {
    running: Mutex<JoinSet<()>>,
}

impl Tasks {
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        // The finished ones are let go here, or they would pile up.
        while running.try_join_next().is_some() {}
        running.spawn(task);
    }

    /// Returns once every one has ended: nothing is half-way afterwards.
    pub async fn stop_all(&self) {
        let mut running = std::mem::take(&mut *self.running.lock().unwrap_or_else(PoisonError::into_inner));
        running.shutdown().await;
    }
}
