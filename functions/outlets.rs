//! Where a function sends things to, other than the tables: queues, the topic of facts, sockets.

mod aws;

pub use aws::AwsOutlets;

use crate::table::Queue;
use lambda::{BoxError, Trace};
use serde::{Deserialize, Serialize};
use std::{future::Future, pin::Pin};

pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Messages of one batch: as many as SQS takes.
pub const BATCH_MAX: usize = 10;

/// What became of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posted {
    Delivered,
    /// Nobody is there any more: the connection is to be forgotten.
    Gone,
    /// Not delivered now; the reader catches up from the feed.
    Failed,
}

/// A message that was given up.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeadLetter {
    pub id: String,
    pub body: String,
    pub trace: Trace,
    pub sent_at_ms: i64,
    pub receipt: String,
}

pub trait Outlets: Send + Sync {
    /// Sends a message to a queue.
    fn send<'a>(&'a self, queue: Queue, body: String, trace: &'a Trace) -> Pending<'a, Result<(), BoxError>> {
        self.send_later(queue, body, 0, trace)
    }
    /// Sends a message that its consumer sees after so many seconds: 900 at most.
    fn send_later<'a>(&'a self, queue: Queue, body: String, delay_s: u32, trace: &'a Trace) -> Pending<'a, Result<(), BoxError>>;
    /// Sends up to [`BATCH_MAX`] messages to a queue at once, and returns how many of them were not taken.
    fn send_batch<'a>(&'a self, queue: Queue, bodies: Vec<String>, trace: &'a Trace) -> Pending<'a, usize> {
        Box::pin(async move {
            let sends = bodies.into_iter().map(|body| self.send(queue, body, trace));
            futures::future::join_all(sends).await.iter().filter(|sent| sent.is_err()).count()
        })
    }
    /// Publishes a message to the topic of facts, for the queue that it is meant for.
    fn publish<'a>(&'a self, queue: Queue, body: String, trace: &'a Trace) -> Pending<'a, Result<(), BoxError>>;
    /// Posts a frame to a connection.
    fn post<'a>(&'a self, connection: &'a str, frame: String) -> Pending<'a, Posted>;
    /// Closes a connection: whoever is at its other end comes back and catches up.
    fn cut<'a>(&'a self, connection: &'a str) -> Pending<'a, ()>;
    /// Up to ten dead letters of a queue, hidden from others for `hide_s` seconds.
    fn dead_letters(&self, queue: Queue, hide_s: i32) -> Pending<'_, Result<Vec<DeadLetter>, BoxError>>;
    /// How many dead letters a queue has, about.
    fn dead_letter_count(&self, queue: Queue) -> Pending<'_, Result<u64, BoxError>>;
    /// Removes a dead letter that was sent on.
    fn bury<'a>(&'a self, queue: Queue, receipt: &'a str) -> Pending<'a, Result<(), BoxError>>;
}
