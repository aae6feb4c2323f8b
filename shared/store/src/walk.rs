//! Going through a partition from one end to the other.

use crate::{
    Store,
    error::StoreError,
    items::{Item, key_attributes, row_key},
    keys::RowKey,
};
use aws_sdk_dynamodb::types::AttributeValue;

impl Store {
    /// All rows of a partition whose sort keys begin so, in their order.
    pub(crate) async fn everything_in(&self, table: &str, pk: &str, prefix: &str) -> Result<Vec<Item>, StoreError> {
        self.through(table, pk, prefix, None).await
    }

    /// Their keys alone.
    pub(crate) async fn keys_in(&self, table: &str, pk: &str, prefix: &str) -> Result<Vec<RowKey>, StoreError> {
        Ok(self.through(table, pk, prefix, Some("pk, sk")).await?.iter().map(row_key).collect())
    }

    async fn through(&self, table: &str, pk: &str, prefix: &str, only: Option<&str>) -> Result<Vec<Item>, StoreError> {
        let (mut all, mut start) = (Vec::new(), None);
        let condition = if prefix.is_empty() { "pk = :pk" } else { "pk = :pk AND begins_with(sk, :prefix)" };
        loop {
            let mut query = self
                .db
                .query()
                .table_name(table)
                .key_condition_expression(condition)
                .expression_attribute_values(":pk", AttributeValue::S(pk.to_owned()))
                .set_projection_expression(only.map(str::to_owned))
                .consistent_read(true)
                .set_exclusive_start_key(start);
            if !prefix.is_empty() {
                query = query.expression_attribute_values(":prefix", AttributeValue::S(prefix.to_owned()));
            }
            let answer = query.send().await?;
            all.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(all);
            }
        }
    }

    /// Removes a row. One that is gone already is.
    pub(crate) async fn remove(&self, table: &str, key: &RowKey) -> Result<(), StoreError> {
        self.db.delete_item().table_name(table).set_key(Some(key_attributes(key))).send().await?;
        Ok(())
    }

    /// Leaves nothing of a partition of the live table.
    pub(crate) async fn forget_partition(&self, pk: &str) -> Result<(), StoreError> {
        for key in self.keys_in(&self.live, pk, "").await? {
            self.remove(&self.live, &key).await?;
        }
        Ok(())
    }
}
