//! Webhooks as they came: stored before they are acknowledged, worked on by a queue, kept to be
//! looked at and replayed.

use crate::{
    Store,
    error::StoreError,
    items::{Item, bytes_of, from_item, row_key, to_item},
    keys::{self, OPEN_INDEX, OpenClass},
};
use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};
use domain::Timestamp;
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};

/// How long a stored webhook is kept. Housekeeping only.
const KEEP_SECONDS: i64 = 90 * 24 * 3600;
/// The largest body of a webhook that is kept.
pub const WEBHOOK_BYTES_MAX: usize = 1 << 20;
/// The largest that it may be packed: a row has 400 KB, and more than the body is in it.
const PACKED_BYTES_MAX: usize = 380 * 1024;
/// The longest query that is kept: of an address that we made ourselves.
const QUERY_BYTES_MAX: usize = 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InboundStatus {
    /// Stored and acknowledged; not worked on yet, or not to the end.
    Received,
    Processed,
    /// Nothing that we act on.
    Ignored,
}

impl InboundStatus {
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Processed => "processed",
            Self::Ignored => "ignored",
        }
    }
}

/// A stored webhook.
#[derive(Debug, Clone)]
pub struct Inbound {
    /// `{provider}#{event id}`.
    pub id: String,
    /// What stood after the `?` of the address, where that is signed as well.
    pub query: String,
    /// Exactly the bytes that were signed.
    pub body: Vec<u8>,
    pub received_at: Timestamp,
    pub status: InboundStatus,
    /// What came of it, for operators.
    pub outcome: Option<String>,
}

/// The outcome of working on a webhook whose news somebody else had brought before.
pub const KNOWN_ALREADY: &str = "known already";

/// Whether a webhook is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    New,
    /// Redelivered; what is stored stays as it is.
    Known,
    /// No row holds it. Nothing is stored.
    TooLarge,
}

#[derive(Serialize, Deserialize)]
struct InboundItem {
    id: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    query: String,
    received_at: i64,
    status: InboundStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
    expires_at_s: i64,
    open_pk: String,
    open_sk: String,
}

impl Store {
    /// Stores a webhook, once for each event id: its body, and of its address the signed query.
    pub async fn keep_webhook(&self, id: &str, query: &str, body: &[u8], now: Timestamp) -> Result<Kept, StoreError> {
        if body.len() > WEBHOOK_BYTES_MAX || query.len() > QUERY_BYTES_MAX {
            return Ok(Kept::TooLarge);
        }
        let corrupt = |why: String| StoreError::Corrupt { key: keys::webhook(id).pk, why };
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
        packed.write_all(body).map_err(|error| corrupt(error.to_string()))?;
        let packed = packed.finish().map_err(|error| corrupt(error.to_string()))?;
        if packed.len() > PACKED_BYTES_MAX {
            return Ok(Kept::TooLarge);
        }
        let row = InboundItem {
            id: id.to_owned(),
            query: query.to_owned(),
            received_at: now.as_millisecond(),
            status: InboundStatus::Received,
            outcome: None,
            expires_at_s: now.as_second() + KEEP_SECONDS,
            open_pk: OpenClass::Webhook.partition(0),
            open_sk: format!("{:013}#{id}", now.as_millisecond()),
        };
        let mut item = to_item(&keys::webhook(id), &row)?;
        item.insert("body".to_owned(), AttributeValue::B(Blob::new(packed)));
        let put = self.db.put_item().table_name(&self.table).set_item(Some(item)).condition_expression("attribute_not_exists(pk)");
        match put.send().await {
            Ok(_) => Ok(Kept::New),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => Ok(Kept::Known),
            Err(error) => Err(error.into()),
        }
    }

    pub async fn webhook(&self, id: &str) -> Result<Option<Inbound>, StoreError> {
        self.row(&self.table, &keys::webhook(id)).await?.map(inbound).transpose()
    }

    /// Writes down what came of a webhook, once: a queue may have had it worked on twice at the same
    /// time, and the one who found it done must not hide what the other did.
    pub async fn mark_webhook(&self, id: &str, status: InboundStatus, outcome: &str) -> Result<(), StoreError> {
        let request = self
            .db
            .update_item()
            .table_name(&self.table)
            .set_key(Some(crate::items::key_attributes(&keys::webhook(id))))
            .update_expression("SET #status = :status, outcome = :outcome")
            .condition_expression("#status = :received OR outcome = :known")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":received", AttributeValue::S(InboundStatus::Received.code().to_owned()))
            .expression_attribute_values(":known", AttributeValue::S(KNOWN_ALREADY.to_owned()))
            .expression_attribute_values(":status", AttributeValue::S(status.code().to_owned()))
            .expression_attribute_values(":outcome", AttributeValue::S(outcome.to_owned()));
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Stored webhooks, newest first, before a cursor; and the next cursor.
    pub async fn webhooks(&self, before: Option<&str>, limit: i32) -> Result<(Vec<Inbound>, Option<String>), StoreError> {
        let last = before.unwrap_or("~").to_owned();
        let answer = self
            .db
            .query()
            .table_name(&self.table)
            .index_name(OPEN_INDEX)
            .key_condition_expression("open_pk = :pk AND open_sk < :last")
            .expression_attribute_values(":pk", AttributeValue::S(OpenClass::Webhook.partition(0)))
            .expression_attribute_values(":last", AttributeValue::S(last))
            .scan_index_forward(false)
            .limit(limit)
            .send()
            .await?;
        let more = answer.last_evaluated_key.is_some();
        let found = answer.items.unwrap_or_default();
        let next = if more { found.last().and_then(|item| item.get("open_sk")?.as_s().ok()).cloned() } else { None };
        let mut webhooks = Vec::new();
        for item in self.rows(&self.table, found.iter().map(row_key).collect()).await? {
            webhooks.push(inbound(item)?);
        }
        webhooks.sort_by(|a, b| b.received_at.cmp(&a.received_at).then_with(|| b.id.cmp(&a.id)));
        Ok((webhooks, next))
    }
}

fn inbound(item: Item) -> Result<Inbound, StoreError> {
    let key = row_key(&item);
    let corrupt = |why: String| StoreError::Corrupt { key: key.pk.clone(), why };
    let packed = bytes_of(&item, "body").ok_or_else(|| corrupt("it has no body".to_owned()))?;
    let mut body = Vec::new();
    let mut unpacker = DeflateDecoder::new(packed.as_slice()).take(WEBHOOK_BYTES_MAX as u64);
    unpacker.read_to_end(&mut body).map_err(|error| corrupt(error.to_string()))?;
    let row: InboundItem = from_item(item)?;
    let received_at = Timestamp::from_millisecond(row.received_at).map_err(|error| corrupt(error.to_string()))?;
    Ok(Inbound { id: row.id, query: row.query, body, received_at, status: row.status, outcome: row.outcome })
}
