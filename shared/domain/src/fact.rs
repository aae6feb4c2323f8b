//! Facts: what a user's feed is made of.
//!
//! Each user has one feed with a gapless sequence, kept with the account that it is about. A fact
//! is written in the transaction that makes it true, and pushed afterwards; a socket shows it on
//! the channels that it concerns.

use crate::{
    codes::codes,
    id::{AccountId, FactId, Fingerprint, OperationId},
    posting::{Entry, Posting},
};
use jiff::{SignedDuration, Timestamp};

codes! {
    /// What happened. Its code is the `event` of a frame.
    FactKind {
        AccountOpened = "account.opened";
        AccountPaused = "account.paused";
        AccountResumed = "account.resumed";
        AccountClosed = "account.closed";
        PaymentCaptured = "payment.captured";
        PaymentFailed = "payment.failed";
        RefundRequested = "refund.requested";
        RefundProcessed = "refund.processed";
        RefundFailed = "refund.failed";
        TransferHeld = "transfer.held";
        TransferSent = "transfer.sent";
        TransferReceived = "transfer.received";
        TransferVoided = "transfer.voided";
        TransferExpired = "transfer.expired";
        PayoutOpened = "payout.opened";
        PayoutCooling = "payout.cooling";
        PayoutSent = "payout.sent";
        PayoutProcessed = "payout.processed";
        PayoutFailed = "payout.failed";
        PayoutReversed = "payout.reversed";
        PayoutCancelled = "payout.cancelled";
        SecurityLogIn = "security.log_in";
        BatchOpened = "batch.opened";
        BatchCompleted = "batch.completed";
        SuspenseAssigned = "payment.assigned";
        LimitExceeded = "limit.exceeded";
        KycStatus = "kyc.status";
        CardActivity = "card.activity";
        Announcement = "announcement";
        OrganisationInvited = "organisation.invited";
    }
}

/// How soon somebody wants to know, and what may be disturbed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    Low,
    Normal,
    High,
    /// Fraud and money at risk: quiet hours do not hold it.
    Critical,
}

impl Priority {
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Critical];

    pub fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.code() == code)
    }
}

const DAY: SignedDuration = SignedDuration::from_hours(24);

impl FactKind {
    pub fn priority(self) -> Priority {
        match self {
            Self::AccountPaused | Self::AccountResumed => Priority::Critical,
            Self::SecurityLogIn
            | Self::KycStatus
            | Self::CardActivity
            | Self::PayoutFailed
            | Self::PayoutReversed
            | Self::RefundFailed
            | Self::PaymentFailed => Priority::High,
            Self::PayoutOpened | Self::PayoutCooling | Self::PayoutSent | Self::RefundRequested | Self::BatchOpened => Priority::Low,
            _ => Priority::Normal,
        }
    }

    /// How far what it is about has come, in percent; `None` for what is no operation's.
    pub fn progress_percent(self) -> Option<u8> {
        use FactKind::*;
        Some(match self {
            PayoutOpened | RefundRequested | BatchOpened => 10,
            PayoutCooling => 20,
            TransferHeld => 50,
            PayoutSent => 60,
            PaymentCaptured | PaymentFailed | RefundProcessed | RefundFailed | TransferSent | TransferReceived | TransferVoided
            | TransferExpired | PayoutProcessed | PayoutFailed | PayoutReversed | PayoutCancelled | BatchCompleted | SuspenseAssigned => {
                100
            }
            AccountOpened | AccountPaused | AccountResumed | AccountClosed | SecurityLogIn | LimitExceeded | KycStatus | CardActivity
            | Announcement | OrganisationInvited => {
                return None;
            }
        })
    }

    /// How long it is news. Afterwards it stays in the feed, and nobody is disturbed for it.
    pub fn is_news_for(self) -> SignedDuration {
        match self.priority() {
            Priority::Low => DAY,
            Priority::Normal => 7 * DAY,
            Priority::High | Priority::Critical => 30 * DAY,
        }
    }
}

/// The last place that a feed or a board can have: its keys have sixteen digits for it.
pub const SEQ_MAX: u64 = 9_999_999_999_999_999;

/// Which command, webhook or schedule made it true, so that a movement can be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A request of the account's owner.
    Request { request_id: String },
    /// A stored webhook, by its inbox id.
    Webhook { inbox_id: String },
    /// A provider's answer to a call of ours.
    ProviderAnswer,
    /// Found by a reconciler that asked the provider.
    Reconciler,
    /// A deadline passed.
    Deadline,
    /// An operator's act.
    Operator { user_id: String, request_id: String },
}

impl Cause {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Request { .. } => "request",
            Self::Webhook { .. } => "webhook",
            Self::ProviderAnswer => "provider_answer",
            Self::Reconciler => "reconciler",
            Self::Deadline => "deadline",
            Self::Operator { .. } => "operator",
        }
    }
}

/// What a frame says beyond the balances.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Detail {
    /// Of the operation, in minor units; never negative.
    pub amount: Option<i64>,
    /// The operation's state after this fact.
    pub status: Option<String>,
    /// `in` or `out`, seen from the account.
    pub direction: Option<String>,
    /// Who the other side is, as far as the owner may know.
    pub counterparty: Option<String>,
    /// Of what an operator published.
    pub title: Option<String>,
    pub note: Option<String>,
    /// The bank's reference (UTR, RRN) once there is one.
    pub reference: Option<String>,
    /// Why it failed or waits, for a person.
    pub reason: Option<String>,
}

/// The sequence of the fact before this one on a narrower channel; 0 where this is the first.
///
/// A channel other than `user:{id}` shows only some facts, so its numbers have holes by design;
/// this is how its reader tells such a hole from a lost frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Previous {
    pub balance: u64,
    pub transactions: u64,
    pub operation: u64,
}

/// One fact of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub account: AccountId,
    /// From 1, without gaps.
    pub seq: u64,
    pub kind: FactKind,
    /// Never earlier than the fact before it, whatever the clocks said.
    pub at: Timestamp,
    pub operation: Option<OperationId>,
    pub previous: Previous,
    pub balance_after: i64,
    pub held_after: i64,
    /// The money that moved with this fact, on whichever accounts.
    pub postings: Vec<Posting>,
    /// Of it, what moved on this account, as its statement shows it.
    pub entries: Vec<Entry>,
    pub detail: Detail,
    pub cause: Cause,
    /// Whether balance or holds changed.
    pub moves_balance: bool,
}

impl Fact {
    /// The same for the same place in a feed, so that a fact seen twice is taken once.
    pub fn id(&self) -> FactId {
        FactId::new(self.at, Fingerprint::of(&self.account.to_string(), &self.seq.to_string()))
    }

    /// Until when it is news.
    pub fn expires_at(&self) -> Timestamp {
        self.at.saturating_add(self.kind.is_news_for()).unwrap_or(self.at)
    }

    pub fn available_after(&self) -> i64 {
        self.balance_after - self.held_after
    }

    /// The channels that show it, with the sequence of the fact before it there.
    pub fn channels(&self) -> Vec<(String, u64)> {
        let owner = self.account.owner();
        let mut channels = vec![(format!("user:{owner}"), self.seq - 1)];
        if self.moves_balance {
            channels.push((format!("balance:{owner}"), self.previous.balance));
        }
        if let Some(operation) = self.operation {
            channels.push((format!("transactions:{owner}"), self.previous.transactions));
            channels.push((format!("transfer:{operation}"), self.previous.operation));
        }
        channels
    }
}

/// Money that moved between system accounts only, so that no feed tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalLine {
    pub operation: OperationId,
    /// Unique within the operation.
    pub part: String,
    pub at: Timestamp,
    pub postings: Vec<Posting>,
    pub cause: Cause,
}
