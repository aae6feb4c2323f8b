//! The main table's stream: each change once in its place, each consumer at its own pace.

use embedded::Written;
use functions::table::Rows;
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

    /// The place of the next record that its follower is woken for, from a place on.
    pub fn next(&self, shard: usize, from: usize, rows: &[Rows]) -> usize {
        let shards = self.shards();
        let before = shards[shard].iter().skip(from).take_while(|record| !wakes(rows, record)).count();
        from + before
    }

    /// Those of up to `count` records from a place on that a follower is shown, and the place after them.
    pub fn records(&self, shard: usize, from: usize, count: usize, rows: &[Rows]) -> (Vec<Record>, usize) {
        let shards = self.shards();
        let seen = shards[shard].iter().skip(from).take(count);
        (seen.clone().filter(|record| wakes(rows, record)).cloned().collect(), from + seen.count())
    }

    pub fn length(&self, shard: usize) -> usize {
        self.shards()[shard].len()
    }
}

/// The filter of the event source.
fn wakes(rows: &[Rows], record: &Record) -> bool {
    let pk = record.keys.get("pk").and_then(|pk| pk["S"].as_str()).unwrap_or_default();
    rows.iter().any(|rows| pk.starts_with(rows.prefix) && (record.change == Change::Insert || !rows.inserts_only))
}
