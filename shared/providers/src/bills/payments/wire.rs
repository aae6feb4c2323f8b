//! A payment as it crosses the wire: on its own, in webhooks, and as a line of a list.

use serde::{Deserialize, Deserializer};

use super::super::client::require_ref;
use super::super::failure::Failure;
use super::super::text::{Theirs, theirs};
use super::state::{Payment, PaymentStatus, RefundStatus};
use crate::call::read_json;
use crate::razorpay::wire::{paise, paise_or_none};
use crate::wire::{absent, null_as_default};

/// `data` of an answer and of a webhook.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::bills) struct PaymentOnTheWire {
    ref_id: String,
    status: PaymentStatus,
    #[serde(default, deserialize_with = "id")]
    transaction_id: Option<String>,
    #[serde(default, deserialize_with = "theirs")]
    biller_ref_id: Option<Theirs>,
    #[serde(default, deserialize_with = "id")]
    biller_id: Option<String>,
    #[serde(default)]
    failure_reason: Option<Failure>,
    #[serde(default, deserialize_with = "absent")]
    refund_status: Option<RefundStatus>,
    #[serde(default)]
    payment_details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    #[serde(deserialize_with = "paise")]
    amount: i64,
    #[serde(rename = "paymentRefId", default, deserialize_with = "id")]
    reference: Option<String>,
}

/// `data` of a list.
#[derive(Deserialize)]
pub(super) struct Transactions {
    #[serde(default, deserialize_with = "null_as_default")]
    pub(super) transactions: Vec<Transaction>,
    #[serde(rename = "nextPage", default)]
    pub(super) next_page: Option<String>,
}

/// A line of it: the same, laid out flat.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Transaction {
    #[serde(default, deserialize_with = "id")]
    pub(super) payment_ref_id: Option<String>,
    ref_id: String,
    status: PaymentStatus,
    #[serde(default, deserialize_with = "paise_or_none")]
    amount: Option<i64>,
    #[serde(default, deserialize_with = "id")]
    transaction_id: Option<String>,
    #[serde(default, deserialize_with = "id")]
    biller_id: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    refund_status: Option<RefundStatus>,
}

impl TryFrom<PaymentOnTheWire> for Payment {
    /// The place of what is not as it should be.
    type Error = &'static str;

    fn try_from(wire: PaymentOnTheWire) -> Result<Self, Self::Error> {
        require_ref(&wire.ref_id, "ref_id").map_err(|_| "data.refId")?;
        let (amount_paise, reference) = wire.payment_details.map(|details| (details.amount, details.reference)).unzip();
        Ok(Self {
            ref_id: wire.ref_id,
            reference: reference.flatten(),
            status: wire.status,
            amount_paise,
            transaction_id: wire.transaction_id,
            biller_ref: wire.biller_ref_id,
            biller_id: wire.biller_id,
            failure: wire.failure_reason,
            refund: wire.refund_status,
        })
    }
}

impl From<Transaction> for Payment {
    fn from(line: Transaction) -> Self {
        Self {
            ref_id: line.ref_id,
            reference: line.payment_ref_id,
            status: line.status,
            amount_paise: line.amount,
            transaction_id: line.transaction_id,
            biller_ref: None,
            biller_id: line.biller_id,
            failure: None,
            refund: line.refund_status,
        }
    }
}

/// What a used reference is answered with: `{"data": {"refId", "duplicate": {"code", "message", "refId"}}}`.
#[derive(Deserialize)]
pub(super) struct DuplicateAnswer {
    data: Duplicate,
}

#[derive(Deserialize)]
struct Duplicate {
    #[serde(rename = "refId", default)]
    ref_id: Option<String>,
    #[serde(default)]
    duplicate: Option<First>,
}

#[derive(Deserialize)]
struct First {
    #[serde(rename = "refId", default)]
    ref_id: Option<String>,
}

impl DuplicateAnswer {
    /// The first payment's reference, where the answer has one. \[U\]: which of the two it is; the one
    /// within `duplicate` is that of the first wherever the provider explains it.
    pub(super) fn first_ref_id(body: &[u8]) -> Option<String> {
        let told: Self = read_json(body).ok()?;
        let first = told.data.duplicate.and_then(|first| first.ref_id).or(told.data.ref_id)?;
        require_ref(&first, "ref_id").is_ok().then_some(first)
    }
}

/// An id: one that cannot be one counts as none.
pub(in crate::bills) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let id = absent::<_, String>(deserializer)?;
    Ok(id.filter(|id| require_ref(id, "id").is_ok()))
}
