//! What a queue or stream is told about a batch.

use serde::Serialize;

/// The items that failed; all others are done.
///
/// Source: "Implementing partial batch responses" in the Lambda guide. The event source has to be
/// set up with `ReportBatchItemFailures`, or failures would pass for successes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BatchReply {
    #[serde(rename = "batchItemFailures")]
    pub failures: Vec<ItemFailure>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemFailure {
    /// A message's id, or a record's sequence number.
    #[serde(rename = "itemIdentifier")]
    pub id: String,
}

impl BatchReply {
    pub fn of<I: Into<String>>(ids: impl IntoIterator<Item = I>) -> Self {
        Self { failures: ids.into_iter().map(|id| ItemFailure { id: id.into() }).collect() }
    }

    pub fn ids(&self) -> Vec<&str> {
        self.failures.iter().map(|failure| failure.id.as_str()).collect()
    }
}
