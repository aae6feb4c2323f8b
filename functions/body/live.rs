//! Events, as every way to read a feed shows them.

use crate::body::{bulletin::BulletinBody, common::codes};
use domain::fact::{Fact, FactKind, Priority, SEQ_MAX};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One event of a feed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EventBody {
    #[schemars(extend("const" = "event"))]
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub channel: String,
    /// Its place in the user's feed, from 1, without gaps.
    pub seq: u64,
    /// The place of the event before it on this channel; 0 where it is the first.
    pub prev_seq: u64,
    /// The same whenever and wherever it is shown.
    pub id: String,
    /// What happened.
    #[schemars(extend("enum" = codes(FactKind::ALL, FactKind::code)))]
    pub event: &'static str,
    #[schemars(extend("enum" = Priority::ALL.map(Priority::code)))]
    pub priority: &'static str,
    /// Until when it is news. RFC 3339.
    pub expires_at: String,
    pub data: EventData,
    /// RFC 3339.
    pub at: String,
}

/// The balance after the event, and what it was about. Amounts in paise.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EventData {
    pub account_id: String,
    pub currency: &'static str,
    pub balance_amount: i64,
    pub held_amount: i64,
    pub available_amount: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// The transaction's, after this event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[schemars(extend("enum" = ["in", "out", null]))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<String>,
    /// How far the transaction has come, in percent; 100 is its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress_percent: Option<u8>,
    /// Of an announcement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The banks' reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Why it failed or waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl EventBody {
    /// A fact on a channel, if it is shown there.
    pub fn on(fact: &Fact, channel: &str) -> Option<Self> {
        let (channel, prev_seq) = fact.channels().into_iter().find(|(name, _)| name == channel)?;
        let detail = fact.detail.clone();
        Some(Self {
            kind: "event",
            channel,
            seq: fact.seq,
            prev_seq,
            id: fact.id().to_string(),
            event: fact.kind.code(),
            priority: fact.kind.priority().code(),
            expires_at: fact.expires_at().to_string(),
            data: EventData {
                account_id: fact.account.to_string(),
                currency: "INR",
                balance_amount: fact.balance_after,
                held_amount: fact.held_after,
                available_amount: fact.available_after(),
                transaction_id: fact.operation.map(|id| id.to_string()),
                amount: detail.amount,
                status: detail.status,
                direction: detail.direction,
                counterparty: detail.counterparty,
                progress_percent: fact.kind.progress_percent(),
                title: detail.title,
                note: detail.note,
                reference: detail.reference,
                reason: detail.reason,
            },
            at: fact.at.to_string(),
        })
    }
}

/// Of a user's own feed, or of a board that many read.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Shown {
    Event(EventBody),
    Bulletin(BulletinBody),
}

impl Shown {
    pub fn seq(&self) -> u64 {
        match self {
            Self::Event(event) => event.seq,
            Self::Bulletin(bulletin) => bulletin.seq,
        }
    }

    /// What happened.
    pub fn event(&self) -> &'static str {
        match self {
            Self::Event(event) => event.event,
            Self::Bulletin(bulletin) => bulletin.event,
        }
    }
}

/// Which events, and how long to wait for them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventsQuery {
    /// `user:{id}` unless given.
    #[schemars(length(max = 100))]
    pub channel: Option<String>,
    /// The last place that was seen; without it, only what comes from now on.
    #[schemars(range(max = SEQ_MAX))]
    pub after_seq: Option<u64>,
    /// For how many seconds to wait where there is nothing yet.
    #[serde(default)]
    #[schemars(range(max = 20))]
    pub wait: u32,
    /// Of `POST /v1/realtime/tickets`, where no header can be sent; good once.
    pub ticket: Option<String>,
}

/// What came, oldest first.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EventsBody {
    pub items: Vec<Shown>,
    /// Send it as `after_seq` the next time.
    pub seq: u64,
    /// False where there is more to fetch at once.
    pub recovered: bool,
}
