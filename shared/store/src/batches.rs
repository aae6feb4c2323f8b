//! The lines of a batch.

use crate::{
    Store,
    error::StoreError,
    items::{record_item, record_of},
    keys,
};
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use domain::{
    batch::{BatchLine, LineStatus, Tally},
    engine::Record,
    id::SheetId,
};
use futures::stream::{self, StreamExt, TryStreamExt};
use std::collections::HashMap;

/// Rows of one write request.
const WRITE_MAX: usize = 25;
/// Ten thousand lines are to be written within one API call.
const WRITES_AT_ONCE: usize = 16;
const ROUNDS_MAX: u32 = 8;

impl Store {
    /// Writes the lines of a batch that is about to be opened. A sheet without a batch is never
    /// looked at.
    pub async fn put_lines(&self, lines: &[BatchLine]) -> Result<(), StoreError> {
        let writes = lines.chunks(WRITE_MAX).map(|chunk| self.put_chunk(chunk));
        stream::iter(writes).buffer_unordered(WRITES_AT_ONCE).try_collect().await
    }

    async fn put_chunk(&self, lines: &[BatchLine]) -> Result<(), StoreError> {
        let write = |line: &BatchLine| {
            let put = PutRequest::builder().set_item(Some(record_item(&Record::BatchLine(line.clone()), 1)?)).build();
            let put = put.map_err(|error| StoreError::Rejected { what: error.to_string() })?;
            Ok(WriteRequest::builder().put_request(put).build())
        };
        self.write_all(lines.iter().map(write).collect::<Result<_, StoreError>>()?).await
    }

    pub(crate) async fn write_all(&self, mut writes: Vec<WriteRequest>) -> Result<(), StoreError> {
        for round in 0..ROUNDS_MAX {
            if round > 0 {
                crate::execute::pause(round).await;
            }
            let answer = self.db.batch_write_item().set_request_items(Some(HashMap::from([(self.table.clone(), writes)]))).send().await?;
            writes = answer.unprocessed_items.and_then(|mut tables| tables.remove(&self.table)).unwrap_or_default();
            if writes.is_empty() {
                return Ok(());
            }
        }
        Err(StoreError::Unavailable { what: "throttled".to_owned() })
    }

    /// Lines of a batch after a number, in order.
    pub async fn lines(&self, sheet: SheetId, after: u32, limit: i32) -> Result<Vec<BatchLine>, StoreError> {
        let answer = self
            .db
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND sk >= :first")
            .expression_attribute_values(":pk", AttributeValue::S(keys::sheet_partition(sheet)))
            .expression_attribute_values(":first", AttributeValue::S(keys::batch_line(sheet, after.saturating_add(1)).sk))
            .consistent_read(true)
            .limit(limit)
            .send()
            .await?;
        let lines = answer.items.unwrap_or_default().into_iter().map(|item| match record_of(item)? {
            (_, Record::BatchLine(line)) => Ok(line),
            (_, other) => Err(StoreError::Corrupt { key: format!("{:?}", other.key()), why: "not a batch line".to_owned() }),
        });
        lines.collect()
    }

    /// How far a batch is.
    pub async fn tally(&self, sheet: SheetId) -> Result<Tally, StoreError> {
        let (mut tally, mut after) = (Tally::default(), 0);
        loop {
            let lines = self.lines(sheet, after, 500).await?;
            let Some(last) = lines.last() else { return Ok(tally) };
            after = last.number;
            for line in &lines {
                match line.status {
                    LineStatus::Waiting => tally.waiting += 1,
                    LineStatus::Opened => tally.opened += 1,
                    LineStatus::Failed => tally.failed += 1,
                    LineStatus::Paid | LineStatus::Returned => {
                        tally.paid += 1;
                        tally.amount_paid += line.amount;
                    }
                }
            }
        }
    }
}
