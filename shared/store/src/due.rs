//! What is due, by its keys alone: of many rows, a schedule needs no more to have them worked on.

use crate::{
    Store,
    error::StoreError,
    items::{Item, row_key},
    keys::{BANKS, BOOK, ERASURE, OPEN_INDEX, OpenClass, RowKey, STANDINGS, SUMMARY, chat_user},
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Timestamp,
    id::{BankId, Fingerprint, UserId},
};

/// A row that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueRow {
    Bank(UserId, BankId),
    /// By the fingerprint of its id.
    Standing(UserId, Fingerprint),
    Summary(UserId),
    Book(UserId),
    Erasure(UserId),
    /// Of a later version of this program.
    Unknown,
}

/// Where a look goes on.
#[derive(Debug)]
pub struct DueAfter(Item);

#[derive(Debug)]
pub struct DuePage {
    pub rows: Vec<DueRow>,
    pub next: Option<DueAfter>,
}

impl Store {
    /// Rows of a class and shard that are due at `until`, the oldest first.
    pub async fn due(
        &self,
        class: OpenClass,
        shard: u8,
        until: Timestamp,
        after: Option<DueAfter>,
        limit: i32,
    ) -> Result<DuePage, StoreError> {
        let answer = self
            .db
            .query()
            .table_name(&self.table)
            .index_name(OPEN_INDEX)
            .key_condition_expression("open_pk = :pk AND open_sk < :until")
            .expression_attribute_values(":pk", AttributeValue::S(class.partition(shard)))
            .expression_attribute_values(":until", AttributeValue::S(format!("{:013}", until.as_millisecond().saturating_add(1))))
            .set_exclusive_start_key(after.map(|after| after.0))
            .limit(limit)
            .send()
            .await?;
        let rows = answer.items.unwrap_or_default().iter().map(|item| due_row(&row_key(item))).collect();
        Ok(DuePage { rows, next: answer.last_evaluated_key.map(DueAfter) })
    }
}

fn due_row(key: &RowKey) -> DueRow {
    let fingerprint = |prefix: &str| key.sk.strip_prefix(prefix)?.parse::<Fingerprint>().ok();
    let Some(user) = chat_user(&key.pk) else { return DueRow::Unknown };
    match (fingerprint(BANKS), fingerprint(STANDINGS)) {
        (Some(bank), _) => DueRow::Bank(user, BankId::new(Timestamp::UNIX_EPOCH, bank)),
        (_, Some(standing)) => DueRow::Standing(user, standing),
        _ if key.sk == SUMMARY => DueRow::Summary(user),
        _ if key.sk == BOOK => DueRow::Book(user),
        _ if key.sk == ERASURE => DueRow::Erasure(user),
        _ => DueRow::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys;
    use domain::engine::Key;

    #[test]
    fn a_due_row_is_known_by_its_key() {
        let user = UserId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("user", "asha"));
        let bank = domain::bank::Bank::id_of(user, "demo-bank");
        let standing = Fingerprint::of("k", "1");
        for (key, row) in [
            (Key::Bank(user, bank), DueRow::Bank(user, bank)),
            (Key::Standing(user, standing), DueRow::Standing(user, standing)),
            (Key::Summary(user), DueRow::Summary(user)),
            (Key::Book(user), DueRow::Book(user)),
            (Key::Erasure(user), DueRow::Erasure(user)),
            (Key::Pin(user), DueRow::Unknown),
        ] {
            assert_eq!(due_row(&keys::row(&key)), row);
        }
    }
}
