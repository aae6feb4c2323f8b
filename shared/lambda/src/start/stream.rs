//! Functions behind the stream of a table.

use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::api::ms_since;
use super::app::{App, Exit};
use super::attempt::{Attempt, attempt};
use super::batch::BatchReply;
use super::deadline::Deadline;
use super::failed::Failed;
use super::queue::noted;
use super::serve;

/// What is kept of an invocation's time to report how far it came.
const KEPT: Duration = Duration::from_millis(500);

/// An item as the stream has it: DynamoDB JSON, `{"pk": {"S": "…"}, …}`.
pub type Image = Map<String, Value>;

/// One change of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The same each time this change is delivered.
    pub event_id: String,
    pub change: Change,
    pub keys: Image,
    pub new_image: Option<Image>,
    pub old_image: Option<Image>,
    pub sequence: String,
    /// When it was written, in whole seconds since 1970.
    pub written_at_s: i64,
    /// Removed by its TTL, and by nobody.
    pub expired: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Change {
    Insert,
    Modify,
    Remove,
}

/// How far a batch came: up to the record before this one.
#[derive(Debug, thiserror::Error)]
#[error("at record {sequence}")]
pub struct FailedAt {
    pub sequence: String,
    #[source]
    pub failed: Failed,
}

impl FailedAt {
    pub fn new(record: &Record, failed: Failed) -> Self {
        Self { sequence: record.sequence.clone(), failed }
    }
}

/// The records of an event of DynamoDB Streams, in order.
pub fn records(event: &[u8]) -> Result<Vec<Record>, Failed> {
    let event: Event = serde_json::from_slice(event).map_err(|error| Failed::event("DynamoDB Streams", &error))?;
    Ok(event.records.into_iter().map(Record::from).collect())
}

/// The `main` of a function behind a table's stream.
pub fn stream<D: App, H>(handler: H) -> Exit
where
    H: AsyncFn(&D, &[Record]) -> Result<(), FailedAt> + 'static,
{
    serve::run(move |deps: &'static D| {
        let handler: &'static H = Box::leak(Box::new(handler));
        Box::new(move |invocation| {
            Box::pin(async move {
                let records = records(invocation.bytes())?;
                let reply = work(deps, handler, &records, invocation.deadline).await;
                // The whole batch fails rather than a part of it: handlers of streams may see a record
                // twice, AWS bisects the batch, and an emulator that ignores partial failures would
                // lose records.
                match reply.ids().first() {
                    None => serve::written(&reply),
                    Some(sequence) => Err(Failed::later(format!("failed at record {sequence}"))),
                }
            })
        })
    })
}

/// Runs a handler on a batch, and says at which record it failed. That one and all after it come
/// again; after a panic, or out of time, the whole batch.
pub async fn work<D, H>(deps: &D, handler: &H, records: &[Record], deadline: Deadline) -> BatchReply
where
    H: AsyncFn(&D, &[Record]) -> Result<(), FailedAt>,
{
    let Some(first) = records.first() else {
        return BatchReply::default();
    };
    let began = Instant::now();
    let mut failed_at = first.sequence.clone();
    let attempt = match attempt(deadline, KEPT, async { handler(deps, records).await }).await {
        Attempt::Done(Ok(())) => Attempt::Done(Ok(())),
        Attempt::Done(Err(at)) => {
            failed_at = at.sequence;
            Attempt::Done(Err(at.failed))
        }
        Attempt::Panicked => Attempt::Panicked,
        Attempt::OutOfTime => Attempt::OutOfTime,
    };
    if noted(attempt) {
        tracing::info!(records = records.len(), ms = ms_since(began), outcome = "done", "done");
        return BatchReply::default();
    }
    tracing::info!(records = records.len(), sequence = failed_at, ms = ms_since(began), outcome = "failed", "done");
    BatchReply::of([failed_at])
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "Records")]
    records: Vec<WireRecord>,
}

/// Source: "Using Lambda with DynamoDB" in the Lambda guide.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireRecord {
    #[serde(rename = "eventID")]
    event_id: String,
    event_name: Change,
    dynamodb: WireChange,
    #[serde(default)]
    user_identity: Option<UserIdentity>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WireChange {
    keys: Image,
    #[serde(default)]
    new_image: Option<Image>,
    #[serde(default)]
    old_image: Option<Image>,
    sequence_number: String,
    /// AWS writes whole seconds, emulators also fractions.
    #[serde(default)]
    approximate_creation_date_time: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UserIdentity {
    #[serde(default)]
    principal_id: String,
}

impl From<WireRecord> for Record {
    fn from(wire: WireRecord) -> Self {
        Self {
            event_id: wire.event_id,
            change: wire.event_name,
            keys: wire.dynamodb.keys,
            new_image: wire.dynamodb.new_image,
            old_image: wire.dynamodb.old_image,
            sequence: wire.dynamodb.sequence_number,
            // A time, and saturating; no amount comes this way.
            written_at_s: wire.dynamodb.approximate_creation_date_time as i64,
            expired: wire.user_identity.is_some_and(|identity| identity.principal_id == "dynamodb.amazonaws.com"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Change, FailedAt, Record, records, work};
    use crate::{Deadline, Failed};

    fn recorded() -> Vec<Record> {
        records(include_bytes!("../../fixtures/stream-three-records.json")).unwrap()
    }

    #[test]
    fn a_recorded_event_becomes_records() {
        let records = recorded();
        assert_eq!(records.iter().map(|r| r.change).collect::<Vec<_>>(), [Change::Insert, Change::Modify, Change::Remove]);
        assert_eq!(records[0].keys["pk"]["S"], "ACCOUNT#acc_1");
        assert_eq!(records[0].new_image.as_ref().unwrap()["amount"]["N"], "9223372036854775807");
        assert_eq!((records[0].old_image.as_ref(), records[0].written_at_s), (None, 1_786_961_730));
        assert!(records[2].expired && !records[0].expired && records[2].new_image.is_none());
    }

    #[tokio::test]
    async fn a_batch_that_is_done_has_no_failures() {
        let ok = async |_: &(), records: &[Record]| {
            assert_eq!(records.len(), 3);
            Ok(())
        };
        let reply = work(&(), &ok, &recorded(), Deadline::never()).await;
        assert_eq!(serde_json::to_string(&reply).unwrap(), r#"{"batchItemFailures":[]}"#);
        assert!(work(&(), &ok, &[], Deadline::never()).await.failures.is_empty());
    }

    #[tokio::test]
    async fn a_batch_comes_again_from_where_it_failed() {
        let fails = async |_: &(), records: &[Record]| Err(FailedAt::new(&records[1], Failed::later("down")));
        let reply = work(&(), &fails, &recorded(), Deadline::never()).await;
        assert_eq!(serde_json::to_string(&reply).unwrap(), r#"{"batchItemFailures":[{"itemIdentifier":"112"}]}"#);
        let panics = async |_: &(), _: &[Record]| panic!("+919876543210");
        assert_eq!(work(&(), &panics, &recorded(), Deadline::never()).await.ids(), ["111"]);
        let hangs = async |_: &(), _: &[Record]| std::future::pending().await;
        assert_eq!(work(&(), &hangs, &recorded(), Deadline::after(Duration::from_millis(510))).await.ids(), ["111"]);
    }
}
