//! What the assistant knows of a user: chats, their turns, and what else is of one user.

use crate::{
    Store,
    error::StoreError,
    items::{record_of, row_key},
    keys::{self, OPEN_INDEX},
    lists::Consistency,
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    bank::Bank,
    chat::{Chat, Door, Turn},
    engine::{Key, Record},
    finding::Finding,
    id::{Fingerprint, UserId},
    planner::Planner,
    standing::Standing,
};

impl Store {
    /// A chat, and whether this message was worked on in it.
    pub async fn chat(&self, user: UserId, door: Door, message: Fingerprint) -> Result<(Option<Chat>, bool), StoreError> {
        let turn = Key::Turn(user, door, message);
        let found = self.read(&[Key::Chat(user, door), turn.clone()]).await?;
        Ok((found.chat(user, door).cloned(), found.version(&turn).is_some()))
    }

    /// A chat's turns behind a place, in their order, at most `limit`. Those of the last moments may be
    /// missing.
    pub async fn turns(&self, user: UserId, door: Door, after: u64, limit: i32) -> Result<Vec<Turn>, StoreError> {
        let answer = self
            .db
            .query()
            .table_name(&self.table)
            .index_name(OPEN_INDEX)
            .key_condition_expression("open_pk = :pk AND open_sk >= :from")
            .expression_attribute_values(":pk", AttributeValue::S(keys::turns_partition(user, door)))
            .expression_attribute_values(":from", AttributeValue::S(format!("{:013}", after.saturating_add(1))))
            .limit(limit)
            .send()
            .await?;
        let order = answer.items.unwrap_or_default().iter().map(row_key).collect();
        let mut turns = Vec::new();
        for item in self.rows(&self.table, order).await? {
            if let (_, Record::Turn(turn)) = record_of(item)? {
                turns.push(turn);
            }
        }
        turns.sort_by_key(|turn| turn.link.seq);
        Ok(turns)
    }

    /// The banks that a user has connected, or once had.
    pub async fn banks(&self, user: UserId) -> Result<Vec<Bank>, StoreError> {
        let records = self.of_user(user, keys::BANKS).await?;
        Ok(records.into_iter().filter_map(|record| if let Record::Bank(bank) = record { Some(*bank) } else { None }).collect())
    }

    /// A user's standing payments, those that were ended included.
    pub async fn standings(&self, user: UserId) -> Result<Vec<Standing>, StoreError> {
        let records = self.of_user(user, keys::STANDINGS).await?;
        Ok(records.into_iter().filter_map(|record| if let Record::Standing(standing) = record { Some(*standing) } else { None }).collect())
    }

    /// What does not add up in a user's book, or did not.
    pub async fn findings(&self, user: UserId) -> Result<Vec<Finding>, StoreError> {
        let records = self.of_user(user, keys::FINDINGS).await?;
        Ok(records.into_iter().filter_map(|record| if let Record::Finding(finding) = record { Some(finding) } else { None }).collect())
    }

    async fn of_user(&self, user: UserId, prefix: &str) -> Result<Vec<Record>, StoreError> {
        const MAX: i32 = 100;
        let page = self.page(&keys::chat_partition(user), prefix, None, MAX, Consistency::Strong).await?;
        page.items.into_iter().map(|item| record_of(item).map(|(_, record)| record)).collect()
    }

    pub async fn planner(&self, user: UserId) -> Result<Planner, StoreError> {
        Ok(match self.record(&Key::Planner(user)).await? {
            Some(Record::Planner(planner)) => planner,
            _ => Planner::empty(user),
        })
    }
}
