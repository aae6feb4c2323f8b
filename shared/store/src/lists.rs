//! Lists: what is still open, a user's payments, a user's payees.

use crate::{
    Store,
    error::StoreError,
    items::{Item, record_of, row_key},
    keys::{CAMPAIGNS, HEAD, OPEN_INDEX, OpenClass, RowKey, account_partition},
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Timestamp, engine::Record, id::AccountId};

/// A record that still waits for something, and since when.
#[derive(Debug)]
pub struct OpenItem {
    pub record: Record,
    pub since: Timestamp,
}

/// Whether a page shows all that was committed before it was asked for, at twice the cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consistency {
    Eventual,
    Strong,
}

/// One page of rows and the sort key after which the next begins.
pub(crate) struct Page {
    pub items: Vec<Item>,
    pub next: Option<String>,
}

impl Store {
    /// Open records of a class that were created (or, as notices, are due) in `[from, until)`, oldest
    /// first, at most `limit` a shard.
    pub async fn open(&self, class: OpenClass, from: Timestamp, until: Timestamp, limit: i32) -> Result<Vec<OpenItem>, StoreError> {
        let mut keys = Vec::new();
        for shard in 0..class.shards() {
            let between = (format!("{:013}", from.as_millisecond()), format!("{:013}", until.as_millisecond()));
            let answer = self
                .db
                .query()
                .table_name(&self.table)
                .index_name(OPEN_INDEX)
                .key_condition_expression("open_pk = :pk AND open_sk BETWEEN :from AND :until")
                .expression_attribute_values(":pk", AttributeValue::S(class.partition(shard)))
                .expression_attribute_values(":from", AttributeValue::S(between.0))
                .expression_attribute_values(":until", AttributeValue::S(between.1))
                .limit(limit)
                .send()
                .await?;
            keys.extend(answer.items.unwrap_or_default().iter().map(row_key));
        }
        let mut open = Vec::with_capacity(keys.len());
        for item in self.rows(&self.table, keys).await? {
            let since = item.get("open_sk").and_then(|value| value.as_s().ok()).and_then(|text| text.get(..13)?.parse().ok());
            // The index trails the table: a record that has ended since has left its place.
            if let Some(since) = since.and_then(|ms| Timestamp::from_millisecond(ms).ok()) {
                open.push(OpenItem { record: record_of(item)?.1, since });
            }
        }
        open.sort_by_key(|item| item.since);
        Ok(open)
    }

    /// A user's payments, newest first, after a cursor; and the next cursor.
    pub async fn payments(&self, account: AccountId, after: Option<&str>, limit: i32) -> Result<(Vec<Record>, Option<String>), StoreError> {
        self.listed(account, "P#", after, limit).await
    }

    /// A user's payees.
    pub async fn payees(&self, account: AccountId, after: Option<&str>, limit: i32) -> Result<(Vec<Record>, Option<String>), StoreError> {
        self.listed(account, "Y#", after, limit).await
    }

    /// A user's campaigns, newest first.
    pub async fn campaigns(
        &self,
        account: AccountId,
        after: Option<&str>,
        limit: i32,
    ) -> Result<(Vec<Record>, Option<String>), StoreError> {
        self.listed(account, CAMPAIGNS, after, limit).await
    }

    async fn listed(
        &self,
        account: AccountId,
        prefix: &str,
        after: Option<&str>,
        limit: i32,
    ) -> Result<(Vec<Record>, Option<String>), StoreError> {
        let page = self.page(&account_partition(account), prefix, after, limit, Consistency::Eventual).await?;
        let order: Vec<RowKey> =
            page.items.iter().filter_map(|item| Some(RowKey { pk: item.get("to")?.as_s().ok()?.clone(), sk: HEAD.to_owned() })).collect();
        let mut records: Vec<(RowKey, Record)> = Vec::new();
        for item in self.rows(&self.table, order.clone()).await? {
            records.push((row_key(&item), record_of(item)?.1));
        }
        records.sort_by_key(|(key, _)| order.iter().position(|listed| listed == key));
        Ok((records.into_iter().map(|(_, record)| record).collect(), page.next))
    }

    /// Rows of a partition under a prefix, backwards from a sort key.
    pub(crate) async fn page(
        &self,
        pk: &str,
        prefix: &str,
        after: Option<&str>,
        limit: i32,
        consistency: Consistency,
    ) -> Result<Page, StoreError> {
        let last = after.map_or_else(|| format!("{prefix}~"), str::to_owned);
        let answer = self
            .db
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":pk", AttributeValue::S(pk.to_owned()))
            .expression_attribute_values(":first", AttributeValue::S(prefix.to_owned()))
            .expression_attribute_values(":last", AttributeValue::S(last))
            .scan_index_forward(false)
            // One more than asked for: the row that `after` names is the first, and is left out.
            .limit(limit + i32::from(after.is_some()))
            .consistent_read(consistency == Consistency::Strong)
            .send()
            .await?;
        let more = answer.last_evaluated_key.is_some();
        let mut items = answer.items.unwrap_or_default();
        items.retain(|item| Some(row_key(item).sk.as_str()) != after);
        let next = if more { items.last().map(|item| row_key(item).sk) } else { None };
        Ok(Page { items, next })
    }
}
