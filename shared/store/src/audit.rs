//! What operators did: written before it is done, and never changed.

use crate::{
    Store,
    error::StoreError,
    items::{from_item, to_item},
    keys,
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::Timestamp;
use serde::{Deserialize, Serialize};

/// One act of an operator's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    pub at_ms: i64,
    /// Who: a user's id.
    pub by: String,
    pub request_id: String,
    /// Such as `dead_letter.redrive`.
    pub action: String,
    /// What it was done to: names of records and queues.
    pub subject: String,
    /// What was known of it when it was done.
    pub proof: String,
    /// Whether it was done against the proof.
    pub forced: bool,
}

impl Store {
    /// Writes an act down. `id` tells two of one moment apart; the same again is the same act.
    pub async fn put_act(&self, id: &str, act: &Act) -> Result<(), StoreError> {
        let at = Timestamp::from_millisecond(act.at_ms).unwrap_or_default();
        let item = to_item(&keys::audit(at, id), act)?;
        let put = self.db.put_item().table_name(&self.table).set_item(Some(item)).condition_expression("attribute_not_exists(pk)");
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Acts before a cursor, newest first; and the next cursor.
    pub async fn acts(&self, before: Option<&str>, limit: i32) -> Result<(Vec<Act>, Option<String>), StoreError> {
        let answer = self
            .db
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND sk < :before")
            .expression_attribute_values(":pk", AttributeValue::S(keys::audit(Timestamp::UNIX_EPOCH, "").pk))
            .expression_attribute_values(":before", AttributeValue::S(before.unwrap_or("~").to_owned()))
            .scan_index_forward(false)
            .limit(limit)
            .send()
            .await?;
        let more = answer.last_evaluated_key.is_some();
        let found = answer.items.unwrap_or_default();
        let next = if more { found.last().map(|item| crate::items::row_key(item).sk) } else { None };
        Ok((found.into_iter().map(from_item::<Act>).collect::<Result<_, _>>()?, next))
    }
}
