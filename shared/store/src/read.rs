//! Reading records by their keys.

use crate::{
    Store,
    error::StoreError,
    items::{Item, key_attributes, record_of, row_key},
    keys::{self, RowKey},
};
use aws_sdk_dynamodb::types::KeysAndAttributes;
use domain::engine::{Key, Record, Snapshot};
use std::collections::{HashMap, HashSet};

/// How many rows one request may name.
const BATCH_MAX: usize = 100;
/// How often what a throttled request left out is asked for again.
const ROUNDS_MAX: u32 = 5;

impl Store {
    /// The records with these keys that exist, each as of its latest commit.
    pub async fn read(&self, keys: &[Key]) -> Result<Snapshot, StoreError> {
        let rows: Vec<RowKey> = keys.iter().map(keys::row).collect();
        let mut snapshot = Snapshot::default();
        for item in self.rows(&self.table, rows).await? {
            let (version, record) = record_of(item)?;
            snapshot.insert(version, record);
        }
        Ok(snapshot)
    }

    /// One record, if it exists.
    pub async fn record(&self, key: &Key) -> Result<Option<Record>, StoreError> {
        let row = keys::row(key);
        let item = self.row(&self.table, &row).await?;
        item.map(record_of).transpose().map(|found| found.map(|(_, record)| record))
    }

    /// One row, strongly consistent.
    pub(crate) async fn row(&self, table: &str, key: &RowKey) -> Result<Option<Item>, StoreError> {
        let request = self.db.get_item().table_name(table).set_key(Some(key_attributes(key))).consistent_read(true);
        Ok(request.send().await?.item)
    }

    /// Several rows, strongly consistent, in no order; those that do not exist are left out.
    pub(crate) async fn rows(&self, table: &str, keys: Vec<RowKey>) -> Result<Vec<Item>, StoreError> {
        let mut found = Vec::with_capacity(keys.len());
        let mut seen = HashSet::new();
        let mut left: Vec<RowKey> = keys.into_iter().filter(|key| seen.insert(key.clone())).collect();
        if let [only] = left.as_slice() {
            return Ok(self.row(table, only).await?.into_iter().collect());
        }
        let mut rounds = 0;
        while !left.is_empty() {
            let asked = left.split_off(left.len().saturating_sub(BATCH_MAX));
            let names = KeysAndAttributes::builder()
                .set_keys(Some(asked.iter().map(key_attributes).collect()))
                .consistent_read(true)
                .build()
                .map_err(|error| StoreError::Rejected { what: error.to_string() })?;
            let answer = self.db.batch_get_item().set_request_items(Some(HashMap::from([(table.to_owned(), names)]))).send().await?;
            found.extend(answer.responses.and_then(|mut tables| tables.remove(table)).unwrap_or_default());
            let unread = answer.unprocessed_keys.and_then(|mut tables| tables.remove(table));
            let unread = unread.map(|unread| unread.keys).unwrap_or_default();
            if !unread.is_empty() {
                rounds += 1;
                if rounds > ROUNDS_MAX {
                    return Err(StoreError::Unavailable { what: "throttled".to_owned() });
                }
                crate::execute::pause(rounds).await;
                left.extend(unread.iter().map(row_key));
            }
        }
        Ok(found)
    }
}
