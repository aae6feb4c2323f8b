//! All that is kept of a user, as it lies there: for whoever asks for a copy of it.
//!
//! Rows are shown, not records, so that what is added to a record is in the copy without anybody thinking of it.

use crate::{
    Store,
    error::StoreError,
    items::{Item, is_record, record_of, row_key},
    keys::{self, RowKey},
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    channel::Board,
    engine::{Key, Record},
    id::{AccountId, Fingerprint, SheetId, UserId},
};
use serde_json::{Map, Value};

/// Under this name a row's bytes stand, in hex.
pub const BYTES: &str = "$bytes";

/// Where rows of one user lie together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Partition {
    /// Their account: its feed, and what belongs to it.
    Account(AccountId),
    /// What is known of them: chats, cash book, banks, plans, consents.
    Known(UserId),
    /// What they are told, and where.
    Told(UserId),
    /// Who they are.
    User(UserId),
    /// The lines of a batch.
    Sheet(SheetId),
    /// What was said in a room, by whomever.
    Board(Board),
}

impl Partition {
    fn key(&self) -> String {
        match self {
            Self::Account(account) => keys::account_partition(*account),
            Self::Known(user) => keys::chat_partition(*user),
            Self::Told(user) => keys::told_partition(*user),
            Self::User(user) => keys::user(*user).pk,
            Self::Sheet(sheet) => keys::sheet_partition(*sheet),
            Self::Board(board) => keys::board_partition(board),
        }
    }
}

/// A row, with the record that it holds where it holds one. It does not print: it is somebody's.
pub struct Row {
    pub record: Option<Record>,
    pub fields: Map<String, Value>,
    sk: String,
}

impl Row {
    fn of(item: Item) -> Result<Self, StoreError> {
        let (sk, fields) = (row_key(&item).sk, item.iter().map(|(name, value)| (name.clone(), json_of(value))).collect());
        let record = if is_record(&item) { Some(record_of(item)?.1) } else { None };
        Ok(Self { record, fields, sk })
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name)?.as_str()
    }

    /// Whether it is a fact of a feed, or something that was put up on a board.
    pub fn is_in_order(&self) -> bool {
        self.sk.starts_with("F#") && self.record.is_none()
    }

    /// The head of another partition that it stands for, where it only lists something.
    pub fn points_to(&self) -> Option<RowKey> {
        if self.record.is_some() {
            return None;
        }
        Some(RowKey { pk: self.text("to")?.to_owned(), sk: keys::HEAD.to_owned() })
    }

    /// The operation that a fact is about.
    pub fn operation(&self) -> Option<Fingerprint> {
        let id = self.text("operation")?;
        id.get(id.len().checked_sub(16)?..)?.parse().ok()
    }

    /// The message that a board names.
    pub fn message(&self) -> Option<Fingerprint> {
        let id = self.fields.get("told")?.get("message")?.as_str()?;
        id.get(id.len().checked_sub(16)?..)?.parse().ok()
    }
}

/// Numbers that fit are numbers; bytes stand under [`BYTES`].
fn json_of(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => Value::from(text.as_str()),
        AttributeValue::N(digits) => digits.parse::<i64>().map_or_else(|_| Value::from(digits.as_str()), Value::from),
        AttributeValue::Bool(is) => Value::from(*is),
        AttributeValue::B(blob) => Value::Object(Map::from_iter([(BYTES.to_owned(), Value::from(hex::encode(blob.as_ref())))])),
        AttributeValue::L(list) => list.iter().map(json_of).collect(),
        AttributeValue::M(map) => Value::Object(map.iter().map(|(name, value)| (name.clone(), json_of(value))).collect()),
        AttributeValue::Ss(texts) => texts.iter().map(String::as_str).collect(),
        _ => Value::Null,
    }
}

impl Store {
    /// Rows of a partition behind a place, at most `limit`; and the place behind which there are more.
    pub async fn rows_in(&self, partition: &Partition, after: Option<&str>, limit: i32) -> Result<(Vec<Row>, Option<String>), StoreError> {
        let pk = partition.key();
        let start = after.map(|sk| crate::items::key_attributes(&RowKey { pk: pk.clone(), sk: sk.to_owned() }));
        let answer = self
            .db
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(pk))
            .consistent_read(true)
            .limit(limit)
            .set_exclusive_start_key(start)
            .send()
            .await?;
        let next = answer.last_evaluated_key.as_ref().map(|key| row_key(key).sk);
        let rows = answer.items.unwrap_or_default().into_iter().map(Row::of).collect::<Result<_, _>>()?;
        Ok((rows, next))
    }

    /// The rows at these places that exist.
    pub async fn rows_at(&self, places: Vec<RowKey>) -> Result<Vec<Row>, StoreError> {
        self.rows(&self.table, places).await?.into_iter().map(Row::of).collect()
    }

    /// The rows of these records that exist.
    pub async fn rows_of(&self, records: &[Key]) -> Result<Vec<Row>, StoreError> {
        self.rows_at(records.iter().map(keys::row).collect()).await
    }
}
