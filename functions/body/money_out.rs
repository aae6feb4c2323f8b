//! Payouts, payees, transfers and batches.

use super::common::{Currency, NOTE, PAYEE_ID, PHONE, PayeeBody, USER_ID};
use domain::{
    batch::{Batch, BatchLine},
    payee::{Payee, PayeeStatus},
    payout::Payout,
    transfer::{Transfer, TransferStatus},
};
use lambda::http::amount::Amount;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    { "required": ["payee_id"], "properties": { "payee_id": { "type": "string" }, "payee": { "type": "null" } } },
    { "required": ["payee"], "properties": { "payee": { "type": "object" }, "payee_id": { "type": "null" } } },
]))]
pub struct OpenPayout {
    pub amount: Amount,
    pub currency: Currency,
    /// A payee that was added before; or give `payee`.
    #[schemars(extend("pattern" = PAYEE_ID))]
    pub payee_id: Option<String>,
    pub payee: Option<PayeeBody>,
    #[schemars(extend("pattern" = NOTE))]
    pub note: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct PayoutBody {
    pub id: String,
    pub status: &'static str,
    pub amount: i64,
    /// Kamai's fee, beside the amount.
    pub fee_amount: i64,
    pub currency: Currency,
    pub payee_id: String,
    pub payee: String,
    pub note: Option<String>,
    /// Until when it waits and can be cancelled, where it does.
    pub cooling_until: Option<String>,
    /// The bank's reference.
    pub utr: Option<String>,
    pub failure: Option<FailureBody>,
    pub created_at: String,
    pub updated_at: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct FailureBody {
    pub code: String,
    pub detail: String,
}

impl From<&Payout> for PayoutBody {
    fn from(payout: &Payout) -> Self {
        Self {
            id: payout.id.to_string(),
            status: payout.status.code(),
            amount: payout.amount,
            fee_amount: payout.fee,
            currency: Currency::Inr,
            payee_id: payout.payee.to_string(),
            payee: payout.payee_label.clone(),
            note: payout.note.clone(),
            cooling_until: payout.cool_until.map(|at| at.to_string()),
            utr: payout.utr.clone(),
            failure: payout.failure.as_ref().map(|failure| FailureBody { code: failure.code.clone(), detail: failure.text.clone() }),
            created_at: payout.created_at.to_string(),
            updated_at: payout.updated_at.to_string(),
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct PayeeReply {
    pub id: String,
    /// `unchecked`, `checking`, `valid` or `invalid`.
    pub status: &'static str,
    pub address: String,
    pub name: String,
    /// The holder's name as the bank has it, where it told.
    pub registered_name: Option<String>,
    pub reason: Option<String>,
    pub first_paid_at: Option<String>,
    pub created_at: String,
}

impl From<&Payee> for PayeeReply {
    fn from(payee: &Payee) -> Self {
        let (registered_name, reason) = match &payee.status {
            PayeeStatus::Valid { registered_name } => (registered_name.clone(), None),
            PayeeStatus::Invalid { reason } => (None, Some(reason.clone())),
            PayeeStatus::Unchecked | PayeeStatus::Checking { .. } => (None, None),
        };
        Self {
            id: payee.id.to_string(),
            status: payee.status.code(),
            address: payee.address.label(),
            name: payee.name.as_str().to_owned(),
            registered_name,
            reason,
            first_paid_at: payee.first_paid_at.map(|at| at.to_string()),
            created_at: payee.created_at.to_string(),
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenTransfer {
    pub to: Recipient,
    pub amount: Amount,
    pub currency: Currency,
    #[schemars(extend("pattern" = NOTE))]
    pub note: Option<String>,
    /// Sets the money aside for so many seconds instead of sending it at once.
    #[schemars(range(min = 1, max = 604_800))]
    pub hold_s: Option<i64>,
}

/// Another user, by id or phone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Recipient {
    User {
        #[schemars(extend("pattern" = USER_ID))]
        user_id: String,
    },
    Phone {
        #[schemars(extend("pattern" = PHONE))]
        phone: String,
    },
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostTransfer {
    /// All that is held where not given.
    pub amount: Option<Amount>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct TransferBody {
    pub id: String,
    /// `held`, `posted`, `voided` or `expired`.
    pub status: &'static str,
    pub from_user_id: String,
    pub to_user_id: String,
    pub amount: i64,
    /// Of the amount, what was sent.
    pub posted_amount: Option<i64>,
    pub currency: Currency,
    pub note: Option<String>,
    pub expires_at: Option<String>,
    pub created_at: String,
    pub updated_at: String,
}

impl From<&Transfer> for TransferBody {
    fn from(transfer: &Transfer) -> Self {
        let (posted_amount, expires_at) = match transfer.status {
            TransferStatus::Posted { posted } => (Some(posted), None),
            TransferStatus::Held { expires_at } => (None, Some(expires_at.to_string())),
            TransferStatus::Voided | TransferStatus::Expired => (None, None),
        };
        Self {
            id: transfer.id.to_string(),
            status: transfer.status.code(),
            from_user_id: transfer.from.owner().to_string(),
            to_user_id: transfer.to.owner().to_string(),
            amount: transfer.amount,
            posted_amount,
            currency: Currency::Inr,
            note: transfer.note.clone(),
            expires_at,
            created_at: transfer.created_at.to_string(),
            updated_at: transfer.updated_at.to_string(),
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenBatch {
    pub currency: Currency,
    #[schemars(extend("pattern" = NOTE))]
    pub note: Option<String>,
    #[schemars(length(min = 1, max = 10_000))]
    pub lines: Vec<LineRequest>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineRequest {
    pub amount: Amount,
    pub payee: PayeeBody,
    /// The organisation's own reference.
    #[schemars(extend("pattern" = NOTE))]
    pub reference: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct BatchBody {
    pub id: String,
    /// `accepted`, `running` or `completed`.
    pub status: &'static str,
    pub lines: u32,
    pub total_amount: i64,
    pub lines_paid: u32,
    pub paid_amount: i64,
    pub currency: Currency,
    pub note: Option<String>,
    pub created_at: String,
    pub updated_at: String,
}

impl From<&Batch> for BatchBody {
    fn from(batch: &Batch) -> Self {
        Self {
            id: batch.id.to_string(),
            status: batch.status.code(),
            lines: batch.lines,
            total_amount: batch.total,
            lines_paid: batch.lines_paid,
            paid_amount: batch.paid,
            currency: Currency::Inr,
            note: batch.note.clone(),
            created_at: batch.created_at.to_string(),
            updated_at: batch.updated_at.to_string(),
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct LineBody {
    pub number: u32,
    /// `waiting`, `opened`, `paid`, `failed` or `returned`.
    pub status: &'static str,
    pub amount: i64,
    pub payee: String,
    pub reference: Option<String>,
    pub payout_id: Option<String>,
    pub reason: Option<String>,
}

impl From<&BatchLine> for LineBody {
    fn from(line: &BatchLine) -> Self {
        Self {
            number: line.number,
            status: line.status.code(),
            amount: line.amount,
            payee: line.address.label(),
            reference: line.reference.clone(),
            payout_id: line.payout.map(|id| id.to_string()),
            reason: line.reason.clone(),
        }
    }
}
