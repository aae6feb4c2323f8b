//! Functions behind a queue.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use futures::StreamExt;
use futures::stream;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tracing::Instrument;

use super::api::ms_since;
use super::app::{App, Exit};
use super::attempt::{Attempt, attempt};
use super::batch::BatchReply;
use super::deadline::Deadline;
use super::failed::Failed;
use super::serve;
use crate::log::chain::Chain;
use crate::log::trace::{self, Trace};
use crate::metrics::{Metric, emit};

/// How many messages of a batch are worked on at once. They mostly wait for others, and each of
/// those others counts our connections.
pub const AT_ONCE_MAX: usize = 5;

/// A message is not begun with less than this left: it would be cut off in its middle.
const NEEDED: Duration = Duration::from_secs(1);

/// What is kept of an invocation's time to report what was done.
const KEPT: Duration = Duration::from_millis(500);

/// One message of a queue.
#[derive(Debug, Clone)]
pub struct Message {
    pub id: String,
    pub body: String,
    /// 1 the first time. Approximate, as SQS says itself.
    pub receive_count: u32,
    /// In milliseconds since 1970.
    pub sent_at_ms: u64,
    pub attributes: BTreeMap<String, String>,
    pub queue_arn: String,
    /// Of FIFO queues: messages of one group come in order.
    pub group_id: Option<String>,
    /// When Lambda ends this invocation.
    pub deadline: Deadline,
}

impl Message {
    /// A message received for the first time; for tests, and for the simulation.
    pub fn new(id: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            body: body.into(),
            receive_count: 1,
            sent_at_ms: 0,
            attributes: BTreeMap::new(),
            queue_arn: String::new(),
            group_id: None,
            deadline: Deadline::never(),
        }
    }

    /// The body as one of our own messages.
    ///
    /// # Errors
    ///
    /// [`Failed::bug`], naming the place and quoting nothing; after some tries the message is
    /// dead-lettered as it is.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Failed> {
        let mut deserializer = serde_json::Deserializer::from_str(&self.body);
        serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let kind = error.inner().classify();
            Failed::bug(format!("the body is not a message of ours ({kind:?} at {})", error.path()))
        })
    }

    /// Where this message came from, or nowhere that is known.
    pub fn trace(&self) -> Trace {
        self.attributes.get(trace::ATTRIBUTE).and_then(|value| Trace::from_attribute(value)).unwrap_or_default()
    }

    fn is_fifo(&self) -> bool {
        self.queue_arn.ends_with(".fifo")
    }
}

/// The messages of an event of SQS.
pub fn messages(event: &[u8]) -> Result<Vec<Message>, Failed> {
    let event: Event = serde_json::from_slice(event).map_err(|error| Failed::event("SQS", &error))?;
    Ok(event.records.into_iter().map(Message::from).collect())
}

/// The `main` of a function behind a queue.
pub fn queue<D: App, H>(handler: H) -> Exit
where
    H: AsyncFn(&D, Message) -> Result<(), Failed> + 'static,
{
    serve::run(move |deps: &'static D| {
        let handler: &'static H = Box::leak(Box::new(handler));
        Box::new(move |invocation| {
            Box::pin(async move {
                let messages = messages(invocation.bytes())?;
                serve::written(&work(deps, handler, messages, invocation.deadline).await)
            })
        })
    })
}

/// Runs a handler on each message of a batch, and says which failed.
///
/// Messages of a standard queue are worked on [`AT_ONCE_MAX`] at a time. Those of a FIFO queue in
/// order: at the first that fails it and all after it are given back, or a later one would
/// overtake it.
pub async fn work<D, H>(deps: &D, handler: &H, messages: Vec<Message>, deadline: Deadline) -> BatchReply
where
    H: AsyncFn(&D, Message) -> Result<(), Failed>,
{
    let began = Instant::now();
    let count = messages.len();
    let failed = if messages.iter().any(Message::is_fifo) {
        in_order(deps, handler, messages, deadline).await
    } else {
        at_once(deps, handler, messages, deadline).await
    };
    let outcome = if failed.is_empty() { "done" } else { "partly failed" };
    tracing::info!(messages = count, failed = failed.len(), ms = ms_since(began), outcome, "done");
    BatchReply::of(failed)
}

async fn in_order<D, H>(deps: &D, handler: &H, messages: Vec<Message>, deadline: Deadline) -> Vec<String>
where
    H: AsyncFn(&D, Message) -> Result<(), Failed>,
{
    let mut messages = messages.into_iter();
    while let Some(message) = messages.next() {
        let id = message.id.clone();
        if !is_done(deps, handler, message, deadline).await {
            return std::iter::once(id).chain(messages.map(|message| message.id)).collect();
        }
    }
    Vec::new()
}

async fn at_once<D, H>(deps: &D, handler: &H, messages: Vec<Message>, deadline: Deadline) -> Vec<String>
where
    H: AsyncFn(&D, Message) -> Result<(), Failed>,
{
    stream::iter(messages)
        .map(async |message| {
            let id = message.id.clone();
            (!is_done(deps, handler, message, deadline).await).then_some(id)
        })
        .buffer_unordered(AT_ONCE_MAX)
        .filter_map(std::future::ready)
        .collect()
        .await
}

async fn is_done<D, H>(deps: &D, handler: &H, mut message: Message, deadline: Deadline) -> bool
where
    H: AsyncFn(&D, Message) -> Result<(), Failed>,
{
    let trace = message.trace();
    let span = tracing::info_span!(
        "message",
        message_id = message.id,
        receive_count = message.receive_count,
        request_id = tracing::field::Empty,
        event_id = trace.event_id,
        user = tracing::field::Empty
    );
    // Only where it is known: otherwise the invocation's own stands.
    if !trace.request_id.is_empty() {
        span.record("request_id", trace.request_id);
    }
    message.deadline = deadline;
    async {
        if !deadline.leaves(NEEDED) {
            tracing::warn!("not begun: too little time is left");
            return false;
        }
        let attempt = attempt(deadline, KEPT, async { handler(deps, message).await }).await;
        noted(attempt)
    }
    .instrument(span)
    .await
}

/// Logs how it ended; says whether that was well.
pub(super) fn noted(attempt: Attempt<Result<(), Failed>>) -> bool {
    match attempt {
        Attempt::Done(Ok(())) => return true,
        Attempt::Done(Err(failed)) if failed.retryable() => tracing::warn!(cause = %Chain(&failed), "failed"),
        Attempt::Done(Err(failed)) => {
            tracing::error!(cause = %Chain(&failed), "failed");
            emit(Metric::Failures, 1.0, &[("code", "bug")]);
        }
        Attempt::Panicked => {
            tracing::error!("failed: panicked");
            emit(Metric::Failures, 1.0, &[("code", "panic")]);
        }
        Attempt::OutOfTime => tracing::warn!("failed: out of time"),
    }
    false
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "Records")]
    records: Vec<Record>,
}

/// Source: "Using Lambda with Amazon SQS" in the Lambda guide.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    message_id: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    attributes: SystemAttributes,
    #[serde(default)]
    message_attributes: BTreeMap<String, Attribute>,
    #[serde(default, rename = "eventSourceARN")]
    event_source_arn: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct SystemAttributes {
    approximate_receive_count: String,
    sent_timestamp: String,
    message_group_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attribute {
    /// Binary ones have none, and we send none of those.
    string_value: Option<String>,
}

impl From<Record> for Message {
    fn from(record: Record) -> Self {
        let attributes = record.message_attributes.into_iter();
        Self {
            id: record.message_id,
            body: record.body,
            receive_count: record.attributes.approximate_receive_count.parse().unwrap_or(1),
            sent_at_ms: record.attributes.sent_timestamp.parse().unwrap_or(0),
            attributes: attributes.filter_map(|(name, value)| Some((name, value.string_value?))).collect(),
            queue_arn: record.event_source_arn,
            group_id: record.attributes.message_group_id,
            deadline: Deadline::never(),
        }
    }
}

#[cfg(test)]
mod tests;
