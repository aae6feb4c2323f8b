//! What requests cost, as the table itself counts it.

use serde_json::Value;
use std::sync::Mutex;

/// Units since it was last read: written ones and read ones, and how many requests there were.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Used {
    pub write_units: f64,
    pub read_units: f64,
    pub requests: u64,
}

/// Counts the units of every request that passes it.
#[derive(Debug, Default)]
pub struct Meter(Mutex<Used>);

const WRITES: &[&str] = &["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"];

impl Meter {
    /// What was used since the last call.
    pub fn take(&self) -> Used {
        self.0.lock().map(|mut used| std::mem::take(&mut *used)).unwrap_or_default()
    }

    /// The request, asking for its price.
    pub(crate) fn asking(body: &[u8]) -> Result<Vec<u8>, serde_json::Error> {
        let mut request: Value = serde_json::from_slice(body)?;
        request["ReturnConsumedCapacity"] = "TOTAL".into();
        serde_json::to_vec(&request)
    }

    pub(crate) fn count(&self, operation: &str, answer: &[u8]) {
        let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
        let units = match &answer["ConsumedCapacity"] {
            Value::Array(tables) => tables.iter().filter_map(|table| table["CapacityUnits"].as_f64()).sum(),
            table => table["CapacityUnits"].as_f64().unwrap_or(0.0),
        };
        let Ok(mut used) = self.0.lock() else { return };
        used.requests += 1;
        if WRITES.contains(&operation) { used.write_units += units } else { used.read_units += units }
    }
}
