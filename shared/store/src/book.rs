//! A user's cash book, read by days.

use crate::{
    Store,
    error::StoreError,
    items::record_of,
    keys::{self, RowKey},
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    book::{Page, Worked},
    engine::Record,
    id::UserId,
};
use jiff::civil::Date;

impl Store {
    /// The days on which something was told, from one to another, both included, the first ones first.
    pub async fn pages(&self, user: UserId, from: Date, to: Date) -> Result<Vec<Page>, StoreError> {
        let records = self.between(&keys::page(user, from), &keys::page(user, to)).await?;
        Ok(records.into_iter().filter_map(|record| if let Record::Page(page) = record { Some(page) } else { None }).collect())
    }

    /// What platforms tell of these days, both included, the first ones first.
    pub async fn worked(&self, user: UserId, from: Date, to: Date) -> Result<Vec<Worked>, StoreError> {
        let records = self.between(&keys::worked(user, from), &keys::worked(user, to)).await?;
        Ok(records.into_iter().filter_map(|record| if let Record::Worked(worked) = record { Some(worked) } else { None }).collect())
    }

    /// Records of one partition, from one key to another.
    pub(crate) async fn between(&self, from: &RowKey, to: &RowKey) -> Result<Vec<Record>, StoreError> {
        let mut records = Vec::new();
        let mut start = None;
        loop {
            let answer = self
                .db
                .query()
                .table_name(&self.table)
                .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
                .expression_attribute_values(":pk", AttributeValue::S(from.pk.clone()))
                .expression_attribute_values(":from", AttributeValue::S(from.sk.clone()))
                .expression_attribute_values(":to", AttributeValue::S(to.sk.clone()))
                .consistent_read(true)
                .set_exclusive_start_key(start)
                .send()
                .await?;
            for item in answer.items.unwrap_or_default() {
                records.push(record_of(item)?.1);
            }
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(records);
            }
        }
    }
}
