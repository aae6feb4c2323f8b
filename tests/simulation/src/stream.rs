//! The main table's stream: each change once in its place, each consumer at its own pace.

use embedded::Written;
use lambda::{Record, start::stream::Change};
use serde_json::Value;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// Changes of one row are in one shard, and in order there; between shards there is no order.
pub const SHARDS: usize = 3;

#[derive(Default)]
pub struct Stream {
    shards: Mutex<[Vec<Record>; SHARDS]>,
    pub changed: Notify,
}

impl Stream {
    fn shards(&self) -> MutexGuard<'_, [Vec<Record>; SHARDS]> {
        self.shards.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn append(&self, row: &Written) {
        let pk = row.keys["pk"]["S"].as_str().unwrap_or_default();
        let shard = pk.bytes().fold(7usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % SHARDS;
        let image = |image: &Option<Value>| image.as_ref().and_then(Value::as_object).cloned();
        let change = match (&row.old, &row.new) {
            (None, _) => Change::Insert,
            (Some(_), Some(_)) => Change::Modify,
            (Some(_), None) => Change::Remove,
        };
        let mut shards = self.shards();
        let number = shards[shard].len() + 1;
        shards[shard].push(Record {
            event_id: format!("s{shard}-{number}"),
            change,
            keys: row.keys.as_object().cloned().unwrap_or_default(),
            new_image: image(&row.new),
            old_image: image(&row.old),
            sequence: number.to_string(),
            written_at_s: 0,
            expired: false,
        });
        drop(shards);
        self.changed.notify_waiters();
    }

    /// Up to `count` records of a shard from a place on.
    pub fn records(&self, shard: usize, from: usize, count: usize) -> Vec<Record> {
        self.shards()[shard].iter().skip(from).take(count).cloned().collect()
    }

    pub fn length(&self, shard: usize) -> usize {
        self.shards()[shard].len()
    }
}
