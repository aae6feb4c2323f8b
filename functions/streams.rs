//! Consumers of the main table's stream: the sure path.

pub mod fold;
pub mod publish;

use lambda::Record;
use serde_json::Value;
use store::{Change, StoreError, change_of};

/// What a stream record tells, read from its new image. Removals tell nothing.
pub(crate) fn told(record: &Record) -> Result<Change, StoreError> {
    match &record.new_image {
        Some(image) => change_of(&Value::Object(image.clone())),
        None => Ok(Change::Other),
    }
}
