//! How records lie in the table.
//!
//! Each has a type of its own here and a conversion both ways, so that renaming a field in the
//! domain can change no stored row. Times are milliseconds since 1970; hashes are binary.

mod account;
pub(crate) mod act;
pub(crate) mod bank;
mod board;
mod book;
mod campaign;
mod chat;
mod consent;
mod erasure;
mod fact;
mod finding;
mod message;
mod notice;
mod notice_settings;
mod operations;
mod organisation;
mod outlook;
mod parties;
mod planning;
mod reading;
mod room;
mod social;
mod standing;
mod terms;

pub(crate) use board::BulletinItem;
pub(crate) use campaign::RecipientsItem;
pub use fact::FactItem;
pub(crate) use fact::JournalItem;

use crate::{
    error::StoreError,
    keys::{self, OpenClass, RowKey},
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Timestamp,
    batch::BatchStatus,
    bulletin::PublicationStatus,
    engine::Record,
    id::{Fingerprint, OperationId},
    payee::PayeeStatus,
    payment::PaymentStatus,
    room::ReportStatus,
    suspense::SuspenseStatus,
    transfer::TransferStatus,
};
use serde::{Serialize, de::DeserializeOwned};
use std::{collections::HashMap, str::FromStr};

pub type Item = HashMap<String, AttributeValue>;

/// Why a stored value is not what it must be.
#[derive(Debug, thiserror::Error)]
#[error("{field}: {why}")]
pub struct BadField {
    field: &'static str,
    why: String,
}

pub(crate) fn bad(field: &'static str, why: impl ToString) -> BadField {
    BadField { field, why: why.to_string() }
}

pub(crate) fn time(field: &'static str, ms: i64) -> Result<Timestamp, BadField> {
    Timestamp::from_millisecond(ms).map_err(|error| bad(field, error))
}

pub(crate) fn maybe_time(field: &'static str, ms: Option<i64>) -> Result<Option<Timestamp>, BadField> {
    ms.map(|ms| time(field, ms)).transpose()
}

pub(crate) fn parsed<T: FromStr<Err: ToString>>(field: &'static str, text: &str) -> Result<T, BadField> {
    text.parse().map_err(|error: T::Err| bad(field, error.to_string()))
}

pub(crate) fn known<T>(field: &'static str, code: &str, value: Option<T>) -> Result<T, BadField> {
    value.ok_or_else(|| bad(field, format!("`{code}` is unknown")))
}

pub(crate) fn bytes<const N: usize>(field: &'static str, bytes: &[u8]) -> Result<[u8; N], BadField> {
    bytes.try_into().map_err(|_| bad(field, "wrong length"))
}

/// A version of a row. Starts at 1.
const VERSION: &str = "v";
const KIND: &str = "kind";

pub(crate) fn key_attributes(key: &RowKey) -> Item {
    Item::from([("pk".to_owned(), AttributeValue::S(key.pk.clone())), ("sk".to_owned(), AttributeValue::S(key.sk.clone()))])
}

pub(crate) fn to_item<T: Serialize>(key: &RowKey, value: &T) -> Result<Item, StoreError> {
    let mut item: Item =
        serde_dynamo::to_item(value).map_err(|error| StoreError::Corrupt { key: key.pk.clone(), why: error.to_string() })?;
    item.extend(key_attributes(key));
    Ok(item)
}

pub(crate) fn row_key(item: &Item) -> RowKey {
    let text = |name| item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
    RowKey { pk: text("pk"), sk: text("sk") }
}

pub(crate) fn from_item<T: DeserializeOwned>(item: Item) -> Result<T, StoreError> {
    let RowKey { pk, sk } = row_key(&item);
    serde_dynamo::from_item(item).map_err(|error| StoreError::Corrupt { key: format!("{pk}/{sk}"), why: error.to_string() })
}

/// A record as a row, with its new version and its place in the open index.
pub(crate) fn record_item(record: &Record, version: u64) -> Result<Item, StoreError> {
    let key = keys::row(&record.key());
    let mut item = match record {
        Record::Account(account) => to_item(&key, &account::AccountItem::from(account))?,
        Record::Transfer(transfer) => to_item(&key, &operations::TransferItem::from(transfer))?,
        Record::Payment(payment) => to_item(&key, &operations::PaymentItem::from(payment))?,
        Record::Refund(refund) => to_item(&key, &operations::RefundItem::from(refund))?,
        Record::Payout(payout) => to_item(&key, &operations::PayoutItem::from(payout))?,
        Record::Batch(batch) => to_item(&key, &operations::BatchItem::from(batch))?,
        Record::Suspense(suspense) => to_item(&key, &operations::SuspenseItem::from(suspense))?,
        Record::BatchLine(line) => to_item(&key, &parties::LineItem::from(line))?,
        Record::Payee(payee) => to_item(&key, &parties::PayeeItem::from(payee))?,
        Record::Reading(reading) => to_item(&key, &reading::ReadingItem::from(reading))?,
        Record::Notice(notice) => to_item(&key, &notice::NoticeItem::from(notice))?,
        Record::Preferences(preferences) => to_item(&key, &notice_settings::PreferencesItem::from(preferences))?,
        Record::Devices(devices) => to_item(&key, &notice_settings::DevicesItem::from(devices))?,
        Record::DeviceOwner(device, user) => {
            let item = notice_settings::DeviceOwnerItem { device: device.to_string(), user: user.to_string() };
            to_item(&key, &item)?
        }
        Record::Suppression(known) => to_item(&key, &notice_settings::SuppressionItem::from(known))?,
        Record::ProviderMessage(message) => to_item(&key, &notice::ProviderMessageItem::from(message))?,
        Record::Board(head) => to_item(&key, &board::HeadItem::from(head))?,
        Record::Publication(publication) => to_item(&key, &board::PublicationItem::from(publication))?,
        Record::Leg(leg) => to_item(&key, &board::LegItem::from(leg))?,
        Record::Room(room) => to_item(&key, &room::RoomItem::from(room))?,
        Record::Seat(seat) => to_item(&key, &room::SeatItem::from(seat))?,
        Record::Message(message) => to_item(&key, &message::MessageItem::from(message))?,
        Record::Report(report) => to_item(&key, &message::ReportItem::from(report))?,
        Record::Social(social) => to_item(&key, &social::SocialItem::from(social))?,
        Record::Campaign(campaign) => to_item(&key, &campaign::CampaignItem::from(campaign))?,
        Record::Membership(place) => to_item(&key, &organisation::MembershipItem::from(place))?,
        Record::Chat(chat) => to_item(&key, &chat::ChatItem::from(&**chat))?,
        Record::Turn(turn) => to_item(&key, &chat::TurnItem::from(turn))?,
        Record::Page(page) => to_item(&key, &book::PageItem::from(page))?,
        Record::Book(book) => to_item(&key, &book::BookItem::from(book))?,
        Record::Worked(worked) => to_item(&key, &book::WorkedItem::from(worked))?,
        Record::Finding(finding) => to_item(&key, &finding::FindingItem::from(finding))?,
        Record::Outlook(outlook) => to_item(&key, &outlook::OutlookItem::from(outlook))?,
        Record::Note(note) => to_item(&key, &book::NoteItem::from(note))?,
        Record::HandOff(open) => to_item(&key, &chat::HandOffItem::from(open))?,
        Record::Bank(bank) => to_item(&key, &bank::BankItem::from(&**bank))?,
        Record::Standing(standing) => to_item(&key, &standing::StandingItem::from(&**standing))?,
        Record::Summary(summary) => to_item(&key, &standing::SummaryItem::from(summary))?,
        Record::UserKey(known) => to_item(&key, &bank::UserKeyItem::from(known))?,
        Record::Erasure(known) => to_item(&key, &erasure::ErasureItem::from(known))?,
        Record::Consents(consents) => to_item(&key, &consent::ConsentsItem::from(consents))?,
        Record::Consent(one) => to_item(&key, &consent::ConsentItem::from(one))?,
        Record::Pin(pin) => to_item(&key, &planning::PinItem::from(pin))?,
        Record::Planner(planner) => to_item(&key, &planning::PlannerItem::from(planner))?,
        Record::Order(order, payment) => to_item(&key, &parties::OrderItem { order: order.clone(), payment: payment.to_string() })?,
    };
    item.insert(KIND.to_owned(), AttributeValue::S(record.kind().code().to_owned()));
    item.insert(VERSION.to_owned(), AttributeValue::N(version.to_string()));
    if let Some(open) = open_place(record) {
        item.insert("open_pk".to_owned(), AttributeValue::S(open.partition));
        item.insert("open_sk".to_owned(), AttributeValue::S(format!("{:013}#{}", open.order, open.fingerprint)));
    }
    Ok(item)
}

/// The record that a row holds, and its version.
pub fn record_of(item: Item) -> Result<(u64, Record), StoreError> {
    let RowKey { pk, sk } = row_key(&item);
    let corrupt = |why: String| StoreError::Corrupt { key: format!("{pk}/{sk}"), why };
    let version = item.get(VERSION).and_then(|value| value.as_n().ok()).and_then(|n| n.parse().ok());
    let version = version.ok_or_else(|| corrupt("it has no version".to_owned()))?;
    let kind = item.get(KIND).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
    let read = |error: BadField| corrupt(error.to_string());
    let record = match kind.as_str() {
        "account" => Record::Account(from_item::<account::AccountItem>(item)?.try_into().map_err(read)?),
        "transfer" => Record::Transfer(from_item::<operations::TransferItem>(item)?.try_into().map_err(read)?),
        "payment" => Record::Payment(from_item::<operations::PaymentItem>(item)?.try_into().map_err(read)?),
        "refund" => Record::Refund(from_item::<operations::RefundItem>(item)?.try_into().map_err(read)?),
        "payout" => Record::Payout(from_item::<operations::PayoutItem>(item)?.try_into().map_err(read)?),
        "batch" => Record::Batch(from_item::<operations::BatchItem>(item)?.try_into().map_err(read)?),
        "suspense" => Record::Suspense(from_item::<operations::SuspenseItem>(item)?.try_into().map_err(read)?),
        "batch_line" => Record::BatchLine(from_item::<parties::LineItem>(item)?.try_into().map_err(read)?),
        "payee" => Record::Payee(from_item::<parties::PayeeItem>(item)?.try_into().map_err(read)?),
        "reading" => Record::Reading(from_item::<reading::ReadingItem>(item)?.try_into().map_err(read)?),
        "notice" => Record::Notice(from_item::<notice::NoticeItem>(item)?.try_into().map_err(read)?),
        "preferences" => Record::Preferences(from_item::<notice_settings::PreferencesItem>(item)?.try_into().map_err(read)?),
        "devices" => Record::Devices(from_item::<notice_settings::DevicesItem>(item)?.try_into().map_err(read)?),
        "device_owner" => {
            let owner: notice_settings::DeviceOwnerItem = from_item(item)?;
            Record::DeviceOwner(parsed("device", &owner.device).map_err(read)?, parsed("user", &owner.user).map_err(read)?)
        }
        "suppression" => Record::Suppression(from_item::<notice_settings::SuppressionItem>(item)?.try_into().map_err(read)?),
        "provider_message" => Record::ProviderMessage(from_item::<notice::ProviderMessageItem>(item)?.try_into().map_err(read)?),
        "board" => Record::Board(from_item::<board::HeadItem>(item)?.try_into().map_err(read)?),
        "publication" => Record::Publication(from_item::<board::PublicationItem>(item)?.try_into().map_err(read)?),
        "leg" => Record::Leg(from_item::<board::LegItem>(item)?.try_into().map_err(read)?),
        "room" => Record::Room(from_item::<room::RoomItem>(item)?.try_into().map_err(read)?),
        "seat" => Record::Seat(from_item::<room::SeatItem>(item)?.try_into().map_err(read)?),
        "message" => Record::Message(from_item::<message::MessageItem>(item)?.try_into().map_err(read)?),
        "report" => Record::Report(from_item::<message::ReportItem>(item)?.try_into().map_err(read)?),
        "social" => Record::Social(from_item::<social::SocialItem>(item)?.try_into().map_err(read)?),
        "campaign" => Record::Campaign(from_item::<campaign::CampaignItem>(item)?.try_into().map_err(read)?),
        "membership" => Record::Membership(from_item::<organisation::MembershipItem>(item)?.try_into().map_err(read)?),
        "chat" => Record::Chat(Box::new(from_item::<chat::ChatItem>(item)?.try_into().map_err(read)?)),
        "turn" => Record::Turn(from_item::<chat::TurnItem>(item)?.try_into().map_err(read)?),
        "page" => Record::Page(from_item::<book::PageItem>(item)?.try_into().map_err(read)?),
        "book" => Record::Book(from_item::<book::BookItem>(item)?.try_into().map_err(read)?),
        "worked" => Record::Worked(from_item::<book::WorkedItem>(item)?.try_into().map_err(read)?),
        "finding" => Record::Finding(from_item::<finding::FindingItem>(item)?.try_into().map_err(read)?),
        "outlook" => Record::Outlook(from_item::<outlook::OutlookItem>(item)?.try_into().map_err(read)?),
        "note" => Record::Note(from_item::<book::NoteItem>(item)?.try_into().map_err(read)?),
        "bank" => Record::Bank(Box::new(from_item::<bank::BankItem>(item)?.try_into().map_err(read)?)),
        "standing" => Record::Standing(Box::new(from_item::<standing::StandingItem>(item)?.try_into().map_err(read)?)),
        "summary" => Record::Summary(from_item::<standing::SummaryItem>(item)?.try_into().map_err(read)?),
        "user_key" => Record::UserKey(from_item::<bank::UserKeyItem>(item)?.try_into().map_err(read)?),
        "erasure" => Record::Erasure(from_item::<erasure::ErasureItem>(item)?.try_into().map_err(read)?),
        "consents" => Record::Consents(from_item::<consent::ConsentsItem>(item)?.try_into().map_err(read)?),
        "consent" => Record::Consent(from_item::<consent::ConsentItem>(item)?.try_into().map_err(read)?),
        "hand_off" => Record::HandOff(from_item::<chat::HandOffItem>(item)?.try_into().map_err(read)?),
        "pin" => Record::Pin(from_item::<planning::PinItem>(item)?.try_into().map_err(read)?),
        "planner" => Record::Planner(from_item::<planning::PlannerItem>(item)?.try_into().map_err(read)?),
        "order" => {
            let order: parties::OrderItem = from_item(item)?;
            Record::Order(order.order, parsed("payment", &order.payment).map_err(read)?)
        }
        other => return Err(corrupt(format!("its kind `{other}` is unknown"))),
    };
    Ok((version, record))
}

/// Whether a row holds a domain record (and not a fact, a listing or housekeeping).
pub fn is_record(item: &Item) -> bool {
    item.contains_key(KIND) && item.contains_key(VERSION)
}

struct OpenPlace {
    partition: String,
    /// Milliseconds since 1970 where it is a time.
    order: i64,
    fingerprint: Fingerprint,
}

impl OpenPlace {
    fn new(class: OpenClass, since: Timestamp, fingerprint: Fingerprint) -> Self {
        Self { partition: class.partition(fingerprint.shard(class.shards())), order: since.as_millisecond(), fingerprint }
    }
}

/// Where a schedule finds a record that still waits for something.
fn open_place(record: &Record) -> Option<OpenPlace> {
    let place = |class, since, id: OperationId| Some(OpenPlace::new(class, since, id.fingerprint()));
    match record {
        Record::Payout(payout) if !payout.status.is_final() => place(OpenClass::Payout, payout.created_at, OperationId::Payout(payout.id)),
        Record::Transfer(transfer) if matches!(transfer.status, TransferStatus::Held { .. }) => {
            place(OpenClass::Transfer, transfer.created_at, OperationId::Transfer(transfer.id))
        }
        Record::Payment(payment) if payment.status != PaymentStatus::Captured => {
            place(OpenClass::Payment, payment.created_at, OperationId::Payment(payment.id))
        }
        Record::Refund(refund) if !refund.status.is_final() => place(OpenClass::Refund, refund.created_at, OperationId::Refund(refund.id)),
        Record::Batch(batch) if batch.status != BatchStatus::Completed => {
            place(OpenClass::Batch, batch.created_at, OperationId::Batch(batch.id))
        }
        Record::Suspense(suspense) if suspense.status == SuspenseStatus::Open => {
            place(OpenClass::Suspense, suspense.created_at, OperationId::Suspense(suspense.id))
        }
        Record::Publication(publication) if matches!(publication.status, PublicationStatus::Running { .. }) => {
            Some(OpenPlace::new(OpenClass::Publication, publication.created_at, publication.id.fingerprint()))
        }
        Record::Payee(payee) if payee.wanted && matches!(payee.status, PayeeStatus::Unchecked | PayeeStatus::Checking { .. }) => {
            Some(OpenPlace::new(OpenClass::Payee, payee.created_at, payee.id.fingerprint()))
        }
        // By the time at which somebody must look at it, not by its age.
        Record::Notice(notice) => notice.due_at().map(|due| OpenPlace::new(OpenClass::Notice, due, notice.id.fingerprint())),
        Record::Report(report) if report.status == ReportStatus::Open => {
            Some(OpenPlace::new(OpenClass::Report, report.created_at, report.id.fingerprint()))
        }
        Record::Campaign(campaign) if campaign.is_open() => {
            Some(OpenPlace::new(OpenClass::Campaign, campaign.due_at, campaign.id.fingerprint()))
        }
        Record::Membership(place) if place.is_member() => Some(OpenPlace {
            partition: keys::members_partition(place.organisation),
            order: place.changed_at.as_millisecond(),
            fingerprint: Fingerprint::of("member", &place.user.to_string()),
        }),
        Record::Bank(bank) => bank.next_at().map(|due| OpenPlace::new(OpenClass::Bank, due, bank.id.fingerprint())),
        Record::Book(book) => {
            let fingerprint = Fingerprint::of("book", &book.user.to_string());
            book.due_at.map(|due| OpenPlace::new(OpenClass::Book, due, fingerprint))
        }
        Record::Standing(standing) => standing.due_at.map(|due| OpenPlace::new(OpenClass::Standing, due, standing.id.fingerprint())),
        Record::Summary(summary) => {
            let fingerprint = Fingerprint::of("summary", &summary.user.to_string());
            summary.due_at.map(|due| OpenPlace::new(OpenClass::Summary, due, fingerprint))
        }
        Record::Erasure(erasure) => {
            let fingerprint = Fingerprint::of("erasure", &erasure.user.to_string());
            erasure.due_at.map(|due| OpenPlace::new(OpenClass::Erasure, due, fingerprint))
        }
        Record::HandOff(open) if open.closed_at.is_none() => {
            let fingerprint = Fingerprint::of(open.door.code(), &open.user.to_string());
            Some(OpenPlace::new(OpenClass::HandOff, open.opened_at, fingerprint))
        }
        Record::Turn(turn) => Some(OpenPlace {
            partition: keys::turns_partition(turn.user, turn.door),
            order: i64::try_from(turn.link.seq).unwrap_or(i64::MAX),
            fingerprint: turn.id,
        }),
        _ => None,
    }
}

/// The size that DynamoDB counts for a row, in bytes.
///
/// Source: the service's documentation on item sizes: names and text as UTF-8, numbers by their
/// digits, one byte for a boolean, three for each list or map and one for each of its members.
pub(crate) fn size(item: &Item) -> usize {
    item.iter().map(|(name, value)| name.len() + value_size(value)).sum()
}

fn value_size(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(digits) => digits.len().div_ceil(2) + 1,
        AttributeValue::B(blob) => blob.as_ref().len(),
        AttributeValue::L(list) => 3 + list.iter().map(|value| 1 + value_size(value)).sum::<usize>(),
        AttributeValue::M(map) => 3 + map.iter().map(|(name, value)| 1 + name.len() + value_size(value)).sum::<usize>(),
        _ => 1,
    }
}

/// A binary attribute.
pub(crate) fn bytes_of(item: &Item, name: &str) -> Option<Vec<u8>> {
    item.get(name).and_then(|value| value.as_b().ok()).map(|blob| blob.as_ref().to_vec())
}
