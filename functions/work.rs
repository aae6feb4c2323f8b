//! Messages of our queues, as they lie there: names of records and nothing else.

use crate::{documents::Document, notices::has_words, table::Queue};
use domain::{
    bulletin::Bulletin,
    channel::Board,
    fact::Fact,
    id::{AccountId, BadFingerprint, BadId, ChallengeId},
    work::Work,
};
use serde::{Deserialize, Serialize};

/// One message. Versions of the program that overlap read each other's: fields are only added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "work", rename_all = "snake_case")]
pub enum WorkMessage {
    AdvancePayout {
        payout: String,
        payee: String,
        account: String,
    },
    ValidatePayee {
        payee: String,
    },
    FetchPayment {
        payment: String,
    },
    AdvanceRefund {
        refund: String,
        payment: String,
        account: String,
    },
    AdvanceBatch {
        batch: String,
    },
    OpenBatchLine {
        batch: String,
        number: u32,
    },
    SettleBatchLine {
        batch: String,
        number: u32,
        payout: String,
    },
    /// Work on a stored webhook, by its inbox id.
    Webhook {
        id: String,
    },
    /// Read what one person wrote to us, in a stored webhook. `sender` stands for them, in hashed form.
    Hear {
        webhook: String,
        sender: String,
    },
    /// Push a fact to open sockets.
    Push {
        account: String,
        seq: u64,
    },
    /// Show what was put up in a room once more, for certain.
    ShowBulletin {
        channel: String,
        seq: u64,
    },
    /// See whether a user has fallen silent.
    LookAfter {
        user: String,
    },
    /// Tell one part of a topic's readers what was published.
    WalkLeg {
        publication: String,
        number: u8,
    },
    /// Tell a campaign's next recipients.
    WalkCampaign {
        campaign: String,
    },
    /// Put together a copy of all that is kept of a user.
    MakeExport {
        user: String,
        export: String,
    },
    /// Take an erasure one step further.
    Erase {
        user: String,
    },
    /// Send a one-time password.
    SendOtp {
        challenge: String,
    },
    /// Tell a fact's owner of it, by the channels that they want.
    Notify {
        account: String,
        seq: u64,
    },
    /// Take a notice one rung further.
    ClimbNotice {
        notice: String,
        user: String,
    },
    /// Take a connected bank one step further.
    AdvanceBank {
        user: String,
        bank: String,
        #[serde(default)]
        is_asked: bool,
    },
    /// Announce or make a standing payment.
    PayStanding {
        user: String,
        standing: String,
    },
    /// Look at a user's cash book, and tell what is new.
    LookAtBook {
        user: String,
    },
    /// Tell a user of their day.
    TellSummary {
        user: String,
    },
    /// Note what a fact moved in its owner's cash book.
    NoteFact {
        account: String,
        seq: u64,
    },
    /// Make a document and send it into a chat.
    MakeDocument {
        user: String,
        door: String,
        document: Document,
    },
}

/// A name in a message that is none of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    #[error(transparent)]
    Id(#[from] BadId),
    #[error(transparent)]
    Fingerprint(#[from] BadFingerprint),
}

impl From<&Work> for WorkMessage {
    fn from(work: &Work) -> Self {
        match work {
            Work::AdvancePayout { payout, payee, account } => {
                Self::AdvancePayout { payout: payout.to_string(), payee: payee.to_string(), account: account.to_string() }
            }
            Work::ValidatePayee { payee } => Self::ValidatePayee { payee: payee.to_string() },
            Work::FetchPayment { payment } => Self::FetchPayment { payment: payment.to_string() },
            Work::AdvanceRefund { refund, payment, account } => {
                Self::AdvanceRefund { refund: refund.to_string(), payment: payment.to_string(), account: account.to_string() }
            }
            Work::AdvanceBatch { batch } => Self::AdvanceBatch { batch: batch.to_string() },
            Work::OpenBatchLine { batch, number } => Self::OpenBatchLine { batch: batch.to_string(), number: *number },
            Work::SettleBatchLine { batch, number, payout } => {
                Self::SettleBatchLine { batch: batch.to_string(), number: *number, payout: payout.to_string() }
            }
            Work::WalkLeg { publication, number } => Self::WalkLeg { publication: publication.to_string(), number: *number },
            Work::WalkCampaign { campaign } => Self::WalkCampaign { campaign: campaign.to_string() },
            Work::ClimbNotice { notice, user } => Self::ClimbNotice { notice: notice.to_string(), user: user.to_string() },
            Work::AdvanceBank { user, bank, is_asked } => {
                Self::AdvanceBank { user: user.to_string(), bank: bank.to_string(), is_asked: *is_asked }
            }
            Work::PayStanding { user, standing } => Self::PayStanding { user: user.to_string(), standing: standing.to_string() },
            Work::LookAtBook { user } => Self::LookAtBook { user: user.to_string() },
            Work::TellSummary { user } => Self::TellSummary { user: user.to_string() },
            Work::Erase { user } => Self::Erase { user: user.to_string() },
        }
    }
}

impl WorkMessage {
    pub fn push(account: AccountId, seq: u64) -> Self {
        Self::Push { account: account.to_string(), seq }
    }

    /// To note in its owner's cash book what a fact moved; `None` where it moved nothing.
    pub fn note(fact: &Fact) -> Option<Self> {
        (!fact.entries.is_empty()).then(|| Self::NoteFact { account: fact.account.to_string(), seq: fact.seq })
    }

    /// To show a bulletin once more; `None` where a queue tells it already.
    pub fn show(bulletin: &Bulletin) -> Option<Self> {
        match bulletin.board {
            Board::Room(_) | Board::Campaign(_) => Some(Self::ShowBulletin { channel: bulletin.board.to_string(), seq: bulletin.seq }),
            Board::Topic(_) => None,
        }
    }

    /// To tell a fact's owner of it; `None` where their feed is enough.
    pub fn notify(fact: &Fact) -> Option<Self> {
        has_words(fact.kind).then(|| Self::Notify { account: fact.account.to_string(), seq: fact.seq })
    }

    pub fn send_otp(challenge: ChallengeId) -> Self {
        Self::SendOtp { challenge: challenge.to_string() }
    }

    pub fn queue(&self) -> Queue {
        match self {
            Self::AdvancePayout { .. } => Queue::Payouts,
            Self::ValidatePayee { .. } => Queue::Payees,
            Self::FetchPayment { .. } | Self::AdvanceRefund { .. } => Queue::Payments,
            Self::AdvanceBatch { .. } | Self::OpenBatchLine { .. } | Self::SettleBatchLine { .. } => Queue::Batches,
            Self::Webhook { .. } => Queue::Inbox,
            Self::Hear { .. } => Queue::Chats,
            Self::Push { .. } | Self::ShowBulletin { .. } | Self::LookAfter { .. } => Queue::Push,
            Self::WalkLeg { .. } | Self::WalkCampaign { .. } => Queue::Broadcasts,
            Self::SendOtp { .. } | Self::Notify { .. } | Self::ClimbNotice { .. } => Queue::Notices,
            Self::AdvanceBank { .. } => Queue::Banks,
            Self::PayStanding { .. } | Self::TellSummary { .. } => Queue::Plans,
            Self::MakeDocument { .. } | Self::MakeExport { .. } | Self::Erase { .. } => Queue::Papers,
            Self::NoteFact { .. } => Queue::Book,
            Self::LookAtBook { .. } => Queue::Insights,
        }
    }

    /// The domain's own work, where it is that.
    pub fn work(&self) -> Result<Option<Work>, BadName> {
        Ok(Some(match self {
            Self::AdvancePayout { payout, payee, account } => {
                Work::AdvancePayout { payout: payout.parse()?, payee: payee.parse()?, account: account.parse()? }
            }
            Self::ValidatePayee { payee } => Work::ValidatePayee { payee: payee.parse()? },
            Self::FetchPayment { payment } => Work::FetchPayment { payment: payment.parse()? },
            Self::AdvanceRefund { refund, payment, account } => {
                Work::AdvanceRefund { refund: refund.parse()?, payment: payment.parse()?, account: account.parse()? }
            }
            Self::AdvanceBatch { batch } => Work::AdvanceBatch { batch: batch.parse()? },
            Self::OpenBatchLine { batch, number } => Work::OpenBatchLine { batch: batch.parse()?, number: *number },
            Self::SettleBatchLine { batch, number, payout } => {
                Work::SettleBatchLine { batch: batch.parse()?, number: *number, payout: payout.parse()? }
            }
            Self::WalkLeg { publication, number } => Work::WalkLeg { publication: publication.parse()?, number: *number },
            Self::WalkCampaign { campaign } => Work::WalkCampaign { campaign: campaign.parse()? },
            Self::ClimbNotice { notice, user } => Work::ClimbNotice { notice: notice.parse()?, user: user.parse()? },
            Self::AdvanceBank { user, bank, is_asked } => {
                Work::AdvanceBank { user: user.parse()?, bank: bank.parse()?, is_asked: *is_asked }
            }
            Self::PayStanding { user, standing } => Work::PayStanding { user: user.parse()?, standing: standing.parse()? },
            Self::LookAtBook { user } => Work::LookAtBook { user: user.parse()? },
            Self::TellSummary { user } => Work::TellSummary { user: user.parse()? },
            Self::Erase { user } => Work::Erase { user: user.parse()? },
            Self::Webhook { .. } | Self::Hear { .. } | Self::ShowBulletin { .. } | Self::LookAfter { .. } | Self::Push { .. } => {
                return Ok(None);
            }
            Self::SendOtp { .. } | Self::Notify { .. } | Self::MakeDocument { .. } | Self::MakeExport { .. } | Self::NoteFact { .. } => {
                return Ok(None);
            }
        }))
    }

    /// Whose messages come one after the other, of a message in an ordered queue.
    pub fn group_of(body: &str) -> Option<String> {
        match serde_json::from_str(body).ok()? {
            Self::Hear { sender, .. } => Some(sender),
            _ => None,
        }
    }

    /// As it lies in a queue.
    pub fn to_body(&self) -> String {
        // Strings and numbers under fixed names: there is nothing in it that serde could refuse.
        serde_json::to_string(self).unwrap_or_default()
    }
}
