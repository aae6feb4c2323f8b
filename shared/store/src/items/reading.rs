//! What a user has read, as a row.

use super::{BadField, parsed};
use domain::reading::Reading;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct ReadingItem {
    account: String,
    through: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    beyond: Vec<(u64, u64)>,
}

impl From<&Reading> for ReadingItem {
    fn from(reading: &Reading) -> Self {
        Self { account: reading.account.to_string(), through: reading.through, beyond: reading.beyond.clone() }
    }
}

impl TryFrom<ReadingItem> for Reading {
    type Error = BadField;
    fn try_from(item: ReadingItem) -> Result<Self, BadField> {
        Ok(Self { account: parsed("account", &item.account)?, through: item.through, beyond: item.beyond })
    }
}
