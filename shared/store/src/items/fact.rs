//! Facts and journal lines as rows.

use super::{BadField, bytes, known, parsed, time};
use domain::{
    fact::{Cause, Detail, Fact, FactKind, JournalLine, Previous},
    posting::{Entry, Posting, Reason, Side},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PostingItem {
    debit: String,
    credit: String,
    amount: i64,
    reason: String,
}

impl From<&Posting> for PostingItem {
    fn from(posting: &Posting) -> Self {
        Self {
            debit: posting.debit.to_string(),
            credit: posting.credit.to_string(),
            amount: posting.amount,
            reason: posting.reason.code().to_owned(),
        }
    }
}

impl TryFrom<PostingItem> for Posting {
    type Error = BadField;
    fn try_from(item: PostingItem) -> Result<Self, BadField> {
        Ok(Self {
            debit: parsed::<Side>("debit", &item.debit)?,
            credit: parsed::<Side>("credit", &item.credit)?,
            amount: item.amount,
            reason: known("reason", &item.reason, Reason::from_code(&item.reason))?,
        })
    }
}

/// The rest of an entry follows from the posting at the same place in the fact.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct EntryItem {
    n: u64,
    posting: usize,
    balance: i64,
    #[serde(with = "serde_bytes")]
    prev: Vec<u8>,
    #[serde(with = "serde_bytes")]
    hash: Vec<u8>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CauseItem {
    kind: String,
    #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
}

impl From<&Cause> for CauseItem {
    fn from(cause: &Cause) -> Self {
        let (reference, by) = match cause {
            Cause::Request { request_id } => (Some(request_id.clone()), None),
            Cause::Webhook { inbox_id } => (Some(inbox_id.clone()), None),
            Cause::Operator { user_id, request_id } => (Some(request_id.clone()), Some(user_id.clone())),
            Cause::ProviderAnswer | Cause::Reconciler | Cause::Deadline => (None, None),
        };
        Self { kind: cause.kind().to_owned(), reference, by }
    }
}

impl TryFrom<CauseItem> for Cause {
    type Error = BadField;
    fn try_from(item: CauseItem) -> Result<Self, BadField> {
        let reference = item.reference.unwrap_or_default();
        Ok(match item.kind.as_str() {
            "request" => Self::Request { request_id: reference },
            "webhook" => Self::Webhook { inbox_id: reference },
            "operator" => Self::Operator { user_id: item.by.unwrap_or_default(), request_id: reference },
            "provider_answer" => Self::ProviderAnswer,
            "reconciler" => Self::Reconciler,
            "deadline" => Self::Deadline,
            other => return Err(super::bad("cause", format!("`{other}` is unknown"))),
        })
    }
}

/// A fact as a row of its account's feed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FactItem {
    account: String,
    seq: u64,
    event: String,
    at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    #[serde(default, skip_serializing_if = "is_zero")]
    prev_balance: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    prev_transactions: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    prev_operation: u64,
    balance: i64,
    held: i64,
    moves: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    postings: Vec<PostingItem>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    entries: Vec<EntryItem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    direction: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    counterparty: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    cause: CauseItem,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

impl From<&Fact> for FactItem {
    fn from(fact: &Fact) -> Self {
        let own = Side::User(fact.account);
        let moving = fact.postings.iter().enumerate().filter(|(_, posting)| posting.effect_on(own) != 0);
        let entries = moving.zip(&fact.entries).map(|((index, _), entry)| EntryItem {
            n: entry.number,
            posting: index,
            balance: entry.balance_after,
            prev: entry.prev_hash.to_vec(),
            hash: entry.hash.to_vec(),
        });
        let Detail { amount, status, direction, counterparty, title, note, reference, reason } = fact.detail.clone();
        Self {
            account: fact.account.to_string(),
            seq: fact.seq,
            event: fact.kind.code().to_owned(),
            at: fact.at.as_millisecond(),
            operation: fact.operation.map(|id| id.to_string()),
            prev_balance: fact.previous.balance,
            prev_transactions: fact.previous.transactions,
            prev_operation: fact.previous.operation,
            balance: fact.balance_after,
            held: fact.held_after,
            moves: fact.moves_balance,
            postings: fact.postings.iter().map(PostingItem::from).collect(),
            entries: entries.collect(),
            amount,
            status,
            direction,
            counterparty,
            title,
            note,
            reference,
            reason,
            cause: CauseItem::from(&fact.cause),
        }
    }
}

impl TryFrom<FactItem> for Fact {
    type Error = BadField;
    fn try_from(item: FactItem) -> Result<Self, BadField> {
        let account = parsed("account", &item.account)?;
        let at = time("at", item.at)?;
        let operation = item.operation.as_deref().map(|id| parsed("operation", id)).transpose()?;
        let postings = item.postings.into_iter().map(Posting::try_from).collect::<Result<Vec<_>, _>>()?;
        let own = Side::User(account);
        let mut entries = Vec::new();
        for entry in item.entries {
            let posting = postings.get(entry.posting).ok_or_else(|| super::bad("entries", "names no posting"))?;
            entries.push(Entry {
                number: entry.n,
                operation: operation.ok_or_else(|| super::bad("entries", "without an operation"))?,
                amount: posting.effect_on(own),
                counterparty: if posting.debit == own { posting.credit } else { posting.debit },
                reason: posting.reason,
                balance_after: entry.balance,
                at,
                prev_hash: bytes("prev", &entry.prev)?,
                hash: bytes("hash", &entry.hash)?,
            });
        }
        Ok(Self {
            account,
            seq: item.seq,
            kind: known("event", &item.event, FactKind::from_code(&item.event))?,
            at,
            operation,
            previous: Previous { balance: item.prev_balance, transactions: item.prev_transactions, operation: item.prev_operation },
            balance_after: item.balance,
            held_after: item.held,
            postings,
            entries,
            detail: Detail {
                amount: item.amount,
                status: item.status,
                direction: item.direction,
                counterparty: item.counterparty,
                title: item.title,
                note: item.note,
                reference: item.reference,
                reason: item.reason,
            },
            cause: item.cause.try_into()?,
            moves_balance: item.moves,
        })
    }
}

/// Money between system accounts as a row of the journal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct JournalItem {
    operation: String,
    at: i64,
    pub(crate) postings: Vec<PostingItem>,
    cause: CauseItem,
}

impl JournalItem {
    pub(crate) fn moved(self) -> Result<crate::Moved, BadField> {
        Ok(crate::Moved {
            operation: parsed("operation", &self.operation)?,
            at: time("at", self.at)?,
            postings: self.postings.into_iter().map(Posting::try_from).collect::<Result<_, _>>()?,
        })
    }
}

impl From<&JournalLine> for JournalItem {
    fn from(line: &JournalLine) -> Self {
        Self {
            operation: line.operation.to_string(),
            at: line.at.as_millisecond(),
            postings: line.postings.iter().map(PostingItem::from).collect(),
            cause: CauseItem::from(&line.cause),
        }
    }
}
