//! Queues without a way: what an operation sends is worked on by itself, at once.

use functions::{
    outlets::{DeadLetter, Outlets, Pending, Posted},
    table::Queue,
};
use lambda::{BoxError, Trace};
use std::{cell::RefCell, future::ready};

tokio::task_local! {
    /// What the task's own operation has sent.
    static SENT: RefCell<Vec<(Queue, String)>>;
}

/// Runs an operation that sends to queues.
pub async fn with_queues<T>(operation: impl Future<Output = T>) -> T {
    SENT.scope(RefCell::default(), operation).await
}

/// What was sent to this queue and not taken yet.
pub fn take(queue: Queue) -> Vec<String> {
    SENT.with(|sent| {
        let (taken, left) = sent.take().into_iter().partition(|(to, _)| *to == queue);
        sent.replace(left);
        let taken: Vec<(Queue, String)> = taken;
        taken.into_iter().map(|(_, body)| body).collect()
    })
}

pub struct Handed;

fn refused<T: Send + 'static>() -> Pending<'static, Result<T, BoxError>> {
    Box::pin(ready(Err("the load tool has no such thing".into())))
}

impl Outlets for Handed {
    fn send_later<'a>(&'a self, queue: Queue, body: String, _: u32, _: &'a Trace) -> Pending<'a, Result<(), BoxError>> {
        let sent = SENT.try_with(|sent| sent.borrow_mut().push((queue, body))).map_err(BoxError::from);
        Box::pin(ready(sent))
    }

    fn publish<'a>(&'a self, _: Queue, _: String, _: &'a Trace) -> Pending<'a, Result<(), BoxError>> {
        refused()
    }

    fn post<'a>(&'a self, _: &'a str, _: String) -> Pending<'a, Posted> {
        Box::pin(ready(Posted::Delivered))
    }

    fn cut<'a>(&'a self, _: &'a str) -> Pending<'a, ()> {
        Box::pin(ready(()))
    }

    fn dead_letters(&self, _: Queue, _: i32) -> Pending<'_, Result<Vec<DeadLetter>, BoxError>> {
        refused()
    }

    fn dead_letter_count(&self, _: Queue) -> Pending<'_, Result<u64, BoxError>> {
        refused()
    }

    fn bury<'a>(&'a self, _: Queue, _: &'a str) -> Pending<'a, Result<(), BoxError>> {
        refused()
    }
}
