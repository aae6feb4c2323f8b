//! Transfers between users: at once, or in two phases (hold, then post in full or part, void, or
//! expire).

mod finish;
mod open;
#[cfg(test)]
mod tests;

pub use finish::{CannotFinish, ExpireTransfer, PostTransfer, VoidTransfer};
pub use open::{OpenRefusal, OpenTransfer};

use crate::{
    fact::Detail,
    id::{AccountId, Fingerprint, OperationId, TransferId},
    posting::{Posting, Reason, Side},
    request::Digest,
};
use jiff::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferStatus {
    /// The sender's money is set aside until `expires_at`.
    Held { expires_at: Timestamp },
    /// `posted` of the amount was sent; the rest, if any, is the sender's again.
    Posted { posted: i64 },
    /// Given back before it was posted.
    Voided,
    /// Given back because nobody posted it in time.
    Expired,
}

impl TransferStatus {
    pub fn code(self) -> &'static str {
        match self {
            Self::Held { .. } => "held",
            Self::Posted { .. } => "posted",
            Self::Voided => "voided",
            Self::Expired => "expired",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    pub id: TransferId,
    pub from: AccountId,
    pub to: AccountId,
    pub amount: i64,
    pub note: Option<String>,
    pub status: TransferStatus,
    pub opened_as: TransferStatus,
    pub digest: Digest,
    /// The request that posted it, where that was another one.
    pub posted_by: Option<(Fingerprint, Digest)>,
    /// Its newest facts in the two feeds.
    pub from_seq: u64,
    pub to_seq: u64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Transfer {
    /// The transfer as the first answer told it.
    pub fn as_opened(&self) -> Self {
        Self { status: self.opened_as, updated_at: self.created_at, ..self.clone() }
    }

    fn operation(&self) -> OperationId {
        OperationId::Transfer(self.id)
    }

    fn postings(&self, amount: i64) -> Vec<Posting> {
        vec![Posting { debit: Side::User(self.from), credit: Side::User(self.to), amount, reason: Reason::Transfer }]
    }

    /// Seen from either side; each sees the other by user id.
    fn detail(&self, own: AccountId) -> Detail {
        let (direction, other) = if own == self.from { ("out", self.to) } else { ("in", self.from) };
        Detail {
            amount: Some(match self.status {
                TransferStatus::Posted { posted } => posted,
                _ => self.amount,
            }),
            status: Some(self.status.code().to_owned()),
            direction: Some(direction.to_owned()),
            counterparty: Some(other.owner().to_string()),
            note: self.note.clone(),
            ..Detail::default()
        }
    }
}
