//! Counting how often something was done within a window of time.

use crate::{Store, error::StoreError, items::key_attributes, keys};
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use domain::Timestamp;

impl Store {
    /// Counts one more within the current window of `window_s` seconds and says how many there
    /// are now, this one included.
    pub async fn hit(&self, scope: &str, window_s: i64, now: Timestamp) -> Result<u64, StoreError> {
        let window = now.as_second().div_euclid(window_s);
        let expires = (window + 2) * window_s;
        let answer = self
            .db
            .update_item()
            .table_name(&self.live)
            .set_key(Some(key_attributes(&keys::rate(scope, window))))
            .update_expression("ADD hits :one SET expires_at_s = :expires")
            .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
            .expression_attribute_values(":expires", AttributeValue::N(expires.to_string()))
            .return_values(ReturnValue::UpdatedNew)
            .send()
            .await?;
        let hits = answer.attributes.as_ref().and_then(|item| item.get("hits")?.as_n().ok()?.parse().ok());
        hits.ok_or_else(|| StoreError::Corrupt { key: keys::rate(scope, window).pk, why: "no count".to_owned() })
    }
}
