//! What requests cost: in units, as the table itself counts them, or in time.

use serde_json::Value;
use std::{sync::Mutex, time::Duration};

/// What was used since the meter was last read.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Used {
    pub write_units: f64,
    pub read_units: f64,
    /// Within the table.
    pub busy: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Units,
    Time,
}

/// Watches every request that passes it.
#[derive(Debug)]
pub struct Meter {
    pub(crate) what: What,
    used: Mutex<Used>,
}

const WRITES: &[&str] = &["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"];

impl Meter {
    /// Counts units.
    pub fn units() -> Self {
        Self { what: What::Units, used: Mutex::default() }
    }

    /// Takes the time. Besides, the table forgets the tokens of transactions: it looks through all
    /// that it remembers at each one, which is its own affair and not the command's.
    pub fn time() -> Self {
        Self { what: What::Time, used: Mutex::default() }
    }

    /// What was used since the last call.
    pub fn take(&self) -> Used {
        self.used.lock().map(|mut used| std::mem::take(&mut *used)).unwrap_or_default()
    }

    /// The request, asking for its price.
    pub(crate) fn asking(body: &[u8]) -> Result<Vec<u8>, serde_json::Error> {
        let mut request: Value = serde_json::from_slice(body)?;
        request["ReturnConsumedCapacity"] = "TOTAL".into();
        serde_json::to_vec(&request)
    }

    pub(crate) fn took(&self, time: Duration) {
        if let Ok(mut used) = self.used.lock() {
            used.busy += time;
        }
    }

    pub(crate) fn count(&self, operation: &str, answer: &[u8]) {
        let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
        let units = match &answer["ConsumedCapacity"] {
            Value::Array(tables) => tables.iter().filter_map(|table| table["CapacityUnits"].as_f64()).sum(),
            table => table["CapacityUnits"].as_f64().unwrap_or(0.0),
        };
        let Ok(mut used) = self.used.lock() else { return };
        if WRITES.contains(&operation) { used.write_units += units } else { used.read_units += units }
    }
}
