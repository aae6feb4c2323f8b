//! Balances, statements and explained movements.

use super::common::Currency;
use domain::{account::Account, fact::Fact, posting::Entry};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, JsonSchema)]
pub struct WalletBody {
    pub account_id: String,
    pub currency: Currency,
    pub balance_amount: i64,
    /// Of the balance, what is promised to payouts and holds.
    pub held_amount: i64,
    pub available_amount: i64,
    /// Grows with each change; also the newest sequence of the user's feed.
    pub version: u64,
    /// `active`, `paused` or `closed`.
    pub status: &'static str,
}

impl From<&Account> for WalletBody {
    fn from(account: &Account) -> Self {
        use domain::account::AccountStatus::{Active, Closed, Paused};
        Self {
            account_id: account.id.to_string(),
            currency: Currency::Inr,
            balance_amount: account.balance,
            held_amount: account.held,
            available_amount: account.available(),
            version: account.feed_seq,
            status: match account.status {
                Active => "active",
                Paused => "paused",
                Closed => "closed",
            },
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AtQuery {
    /// RFC 3339, such as `2026-11-21T18:30:00Z`.
    #[schemars(extend("format" = "date-time"))]
    pub at: String,
}

/// The balance as it was at a moment.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BalanceBody {
    pub account_id: String,
    pub currency: Currency,
    pub at: String,
    pub balance_amount: i64,
    pub held_amount: i64,
    pub available_amount: i64,
}

/// One line of a statement. `hash` is SHA-256 in hex over `prev_hash`, the account id and the
/// fields below, one a line; `docs/ledger.md` says how to verify a statement by oneself.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EntryBody {
    pub number: u64,
    pub transaction_id: String,
    /// Above zero came in, below zero went out.
    pub amount: i64,
    pub currency: Currency,
    pub counterparty: String,
    pub reason: &'static str,
    pub description: &'static str,
    pub balance_after: i64,
    pub at: String,
    pub prev_hash: String,
    pub hash: String,
}

impl From<&Entry> for EntryBody {
    fn from(entry: &Entry) -> Self {
        Self {
            number: entry.number,
            transaction_id: entry.operation.to_string(),
            amount: entry.amount,
            currency: Currency::Inr,
            counterparty: entry.counterparty.to_string(),
            reason: entry.reason.code(),
            description: entry.reason.text(),
            balance_after: entry.balance_after,
            at: entry.at.to_string(),
            prev_hash: hex::encode(entry.prev_hash),
            hash: hex::encode(entry.hash),
        }
    }
}

/// What happened to the user's money, as the feed tells it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MovementBody {
    pub seq: u64,
    pub transaction_id: Option<String>,
    pub event: &'static str,
    pub amount: Option<i64>,
    pub currency: Currency,
    /// `in` or `out`.
    pub direction: Option<String>,
    pub status: Option<String>,
    pub counterparty: Option<String>,
    pub note: Option<String>,
    pub reference: Option<String>,
    pub balance_amount: i64,
    pub held_amount: i64,
    pub at: String,
}

impl From<&Fact> for MovementBody {
    fn from(fact: &Fact) -> Self {
        Self {
            seq: fact.seq,
            transaction_id: fact.operation.map(|id| id.to_string()),
            event: fact.kind.code(),
            amount: fact.detail.amount,
            currency: Currency::Inr,
            direction: fact.detail.direction.clone(),
            status: fact.detail.status.clone(),
            counterparty: fact.detail.counterparty.clone(),
            note: fact.detail.note.clone(),
            reference: fact.detail.reference.clone(),
            balance_amount: fact.balance_after,
            held_amount: fact.held_after,
            at: fact.at.to_string(),
        }
    }
}

/// One movement explained: what was posted, by which facts, and what caused each.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExplanationBody {
    pub transaction_id: String,
    /// `transfer`, `payout`, `payment`, `refund`, `batch` or `assigned_payment`.
    pub kind: &'static str,
    pub facts: Vec<ExplainedFact>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct ExplainedFact {
    pub event_id: String,
    #[serde(flatten)]
    pub movement: MovementBody,
    pub entries: Vec<EntryBody>,
    pub cause: CauseBody,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct CauseBody {
    /// `request`, `webhook`, `provider_answer`, `reconciler`, `deadline` or `operator`.
    pub kind: &'static str,
    /// The request's id, for a request or an operator's act.
    pub request_id: Option<String>,
    /// The stored webhook, for a webhook.
    pub webhook: Option<WebhookCause>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct WebhookCause {
    pub id: String,
    pub received_at: String,
    /// SHA-256 of the raw body that was received, in hex.
    pub body_sha256: String,
}
