//! What moves money, as rows.

use super::{BadField, bad, bytes, known, maybe_time, parsed, time};
use domain::{
    Timestamp,
    batch::{Batch, BatchStatus},
    id::Fingerprint,
    payment::{Gateway, Page, Payment, PaymentStatus},
    payout::{Failure, Payout, PayoutStatus, Rail},
    refund::{Refund, RefundSpeed, RefundStatus},
    request::Digest,
    suspense::{Suspense, SuspenseKind, SuspenseStatus},
    transfer::{Transfer, TransferStatus},
};
use serde::{Deserialize, Serialize};

fn ms(at: Timestamp) -> i64 {
    at.as_millisecond()
}

#[derive(Serialize, Deserialize)]
pub struct TransferItem {
    id: String,
    from: String,
    to: String,
    amount: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    status: StatusItem,
    opened_as: StatusItem,
    #[serde(with = "serde_bytes")]
    digest: Vec<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    posted_by: Option<PostedByItem>,
    from_seq: u64,
    to_seq: u64,
    created_at: i64,
    updated_at: i64,
}

/// The request that posted a held transfer.
#[derive(Serialize, Deserialize)]
struct PostedByItem {
    fingerprint: String,
    #[serde(with = "serde_bytes")]
    digest: Vec<u8>,
}

impl PostedByItem {
    fn read(self) -> Result<(Fingerprint, Digest), BadField> {
        Ok((parsed("posted_by", &self.fingerprint)?, bytes("posted_by", &self.digest)?))
    }
}

/// A transfer's state with what belongs to it.
#[derive(Serialize, Deserialize)]
pub(super) struct StatusItem {
    code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    posted: Option<i64>,
}

impl From<TransferStatus> for StatusItem {
    fn from(status: TransferStatus) -> Self {
        let (expires_at, posted) = match status {
            TransferStatus::Held { expires_at } => (Some(ms(expires_at)), None),
            TransferStatus::Posted { posted } => (None, Some(posted)),
            TransferStatus::Voided | TransferStatus::Expired => (None, None),
        };
        Self { code: status.code().to_owned(), expires_at, posted }
    }
}

impl TryFrom<StatusItem> for TransferStatus {
    type Error = BadField;
    fn try_from(item: StatusItem) -> Result<Self, BadField> {
        match (item.code.as_str(), item.expires_at, item.posted) {
            ("held", Some(at), _) => Ok(Self::Held { expires_at: time("expires_at", at)? }),
            ("posted", _, Some(posted)) => Ok(Self::Posted { posted }),
            ("voided", ..) => Ok(Self::Voided),
            ("expired", ..) => Ok(Self::Expired),
            (other, ..) => Err(bad("status", format!("`{other}` is unknown or incomplete"))),
        }
    }
}

impl From<&Transfer> for TransferItem {
    fn from(transfer: &Transfer) -> Self {
        Self {
            id: transfer.id.to_string(),
            from: transfer.from.to_string(),
            to: transfer.to.to_string(),
            amount: transfer.amount,
            note: transfer.note.clone(),
            status: transfer.status.into(),
            opened_as: transfer.opened_as.into(),
            digest: transfer.digest.to_vec(),
            posted_by: transfer
                .posted_by
                .map(|(fingerprint, digest)| PostedByItem { fingerprint: fingerprint.to_string(), digest: digest.to_vec() }),
            from_seq: transfer.from_seq,
            to_seq: transfer.to_seq,
            created_at: ms(transfer.created_at),
            updated_at: ms(transfer.updated_at),
        }
    }
}

impl TryFrom<TransferItem> for Transfer {
    type Error = BadField;
    fn try_from(item: TransferItem) -> Result<Self, BadField> {
        Ok(Self {
            id: parsed("id", &item.id)?,
            from: parsed("from", &item.from)?,
            to: parsed("to", &item.to)?,
            amount: item.amount,
            note: item.note,
            status: item.status.try_into()?,
            opened_as: item.opened_as.try_into()?,
            digest: bytes("digest", &item.digest)?,
            posted_by: item.posted_by.map(PostedByItem::read).transpose()?,
            from_seq: item.from_seq,
            to_seq: item.to_seq,
            created_at: time("created_at", item.created_at)?,
            updated_at: time("updated_at", item.updated_at)?,
        })
    }
}

/// Nothing for the gateway that rows had before there was another.
fn gateway_item(gateway: Gateway) -> Option<String> {
    (gateway != Gateway::default()).then(|| gateway.code().to_owned())
}

fn gateway(item: Option<&str>) -> Result<Gateway, BadField> {
    item.map_or(Ok(Gateway::default()), |code| known("gateway", code, Gateway::from_code(code)))
}

#[derive(Serialize, Deserialize)]
struct PageItem {
    url: String,
    expires_at: i64,
}

#[derive(Serialize, Deserialize)]
pub struct PaymentItem {
    id: String,
    account: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gateway: Option<String>,
    amount: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    order_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<PageItem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    provider_payment_id: Option<String>,
    provider_fee: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
    refunded: i64,
    last_seq: u64,
    #[serde(with = "serde_bytes")]
    digest: Vec<u8>,
    created_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    captured_at: Option<i64>,
    updated_at: i64,
}

impl From<&Payment> for PaymentItem {
    fn from(payment: &Payment) -> Self {
        Self {
            id: payment.id.to_string(),
            account: payment.account.to_string(),
            gateway: gateway_item(payment.gateway),
            amount: payment.amount,
            note: payment.note.clone(),
            status: payment.status.code().to_owned(),
            order_id: payment.order_id.clone(),
            page: payment.page.as_ref().map(|page| PageItem { url: page.url.clone(), expires_at: ms(page.expires_at) }),
            provider_payment_id: payment.provider_payment_id.clone(),
            provider_fee: payment.provider_fee,
            failure: payment.failure.clone(),
            refunded: payment.refunded,
            last_seq: payment.last_seq,
            digest: payment.digest.to_vec(),
            created_at: ms(payment.created_at),
            captured_at: payment.captured_at.map(ms),
            updated_at: ms(payment.updated_at),
        }
    }
}

impl TryFrom<PaymentItem> for Payment {
    type Error = BadField;
    fn try_from(item: PaymentItem) -> Result<Self, BadField> {
        Ok(Self {
            id: parsed("id", &item.id)?,
            account: parsed("account", &item.account)?,
            gateway: gateway(item.gateway.as_deref())?,
            amount: item.amount,
            note: item.note,
            status: known("status", &item.status, PaymentStatus::from_code(&item.status))?,
            order_id: item.order_id,
            page: item.page.map(|page| Ok(Page { url: page.url, expires_at: time("expires_at", page.expires_at)? })).transpose()?,
            provider_payment_id: item.provider_payment_id,
            provider_fee: item.provider_fee,
            failure: item.failure,
            refunded: item.refunded,
            last_seq: item.last_seq,
            digest: bytes("digest", &item.digest)?,
            created_at: time("created_at", item.created_at)?,
            captured_at: maybe_time("captured_at", item.captured_at)?,
            updated_at: time("updated_at", item.updated_at)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct RefundItem {
    id: String,
    payment: String,
    account: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gateway: Option<String>,
    provider_payment_id: String,
    amount: i64,
    speed: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    provider_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
    last_seq: u64,
    #[serde(with = "serde_bytes")]
    digest: Vec<u8>,
    created_at: i64,
    updated_at: i64,
}

impl From<&Refund> for RefundItem {
    fn from(refund: &Refund) -> Self {
        Self {
            id: refund.id.to_string(),
            payment: refund.payment.to_string(),
            account: refund.account.to_string(),
            gateway: gateway_item(refund.gateway),
            provider_payment_id: refund.provider_payment_id.clone(),
            amount: refund.amount,
            speed: refund.speed.code().to_owned(),
            note: refund.note.clone(),
            status: refund.status.code().to_owned(),
            provider_id: refund.provider_id.clone(),
            reference: refund.reference.clone(),
            failure: refund.failure.clone(),
            last_seq: refund.last_seq,
            digest: refund.digest.to_vec(),
            created_at: ms(refund.created_at),
            updated_at: ms(refund.updated_at),
        }
    }
}

impl TryFrom<RefundItem> for Refund {
    type Error = BadField;
    fn try_from(item: RefundItem) -> Result<Self, BadField> {
        Ok(Self {
            id: parsed("id", &item.id)?,
            payment: parsed("payment", &item.payment)?,
            account: parsed("account", &item.account)?,
            gateway: gateway(item.gateway.as_deref())?,
            provider_payment_id: item.provider_payment_id,
            amount: item.amount,
            speed: known("speed", &item.speed, RefundSpeed::from_code(&item.speed))?,
            note: item.note,
            status: known("status", &item.status, RefundStatus::from_code(&item.status))?,
            provider_id: item.provider_id,
            reference: item.reference,
            failure: item.failure,
            last_seq: item.last_seq,
            digest: bytes("digest", &item.digest)?,
            created_at: time("created_at", item.created_at)?,
            updated_at: time("updated_at", item.updated_at)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct PayoutItem {
    id: String,
    account: String,
    payee: String,
    payee_label: String,
    amount: i64,
    fee: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Absent where it is the payout provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rail: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bill: Option<String>,
    status: String,
    opened_as: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cool_until: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sent_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tried_at: Option<i64>,
    tries: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    provider_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    utr: Option<String>,
    provider_fee: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failure_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failure_text: Option<String>,
    disputed: bool,
    returned: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    fee_returned: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    batch: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    last_seq: u64,
    #[serde(with = "serde_bytes")]
    digest: Vec<u8>,
    request_id: String,
    created_at: i64,
    updated_at: i64,
}

impl From<&Payout> for PayoutItem {
    fn from(payout: &Payout) -> Self {
        Self {
            id: payout.id.to_string(),
            account: payout.account.to_string(),
            payee: payout.payee.to_string(),
            payee_label: payout.payee_label.clone(),
            amount: payout.amount,
            fee: payout.fee,
            note: payout.note.clone(),
            rail: (payout.rail != Rail::Razorpayx).then(|| payout.rail.code().to_owned()),
            bill: payout.bill.clone(),
            status: payout.status.code().to_owned(),
            opened_as: payout.opened_as.code().to_owned(),
            cool_until: payout.cool_until.map(ms),
            sent_at: payout.sent_at.map(ms),
            tried_at: payout.tried_at.map(ms),
            tries: payout.tries,
            provider_id: payout.provider_id.clone(),
            utr: payout.utr.clone(),
            provider_fee: payout.provider_fee,
            failure_code: payout.failure.as_ref().map(|failure| failure.code.clone()),
            failure_text: payout.failure.as_ref().map(|failure| failure.text.clone()),
            disputed: payout.disputed,
            returned: payout.returned,
            fee_returned: payout.fee_returned,
            batch: payout.line.map(|(batch, _)| batch.to_string()),
            line: payout.line.map(|(_, line)| line),
            last_seq: payout.last_seq,
            digest: payout.digest.to_vec(),
            request_id: payout.request_id.clone(),
            created_at: ms(payout.created_at),
            updated_at: ms(payout.updated_at),
        }
    }
}

impl TryFrom<PayoutItem> for Payout {
    type Error = BadField;
    fn try_from(item: PayoutItem) -> Result<Self, BadField> {
        let batch = item.batch.as_deref().map(|id| parsed("batch", id)).transpose()?;
        Ok(Self {
            id: parsed("id", &item.id)?,
            account: parsed("account", &item.account)?,
            payee: parsed("payee", &item.payee)?,
            payee_label: item.payee_label,
            amount: item.amount,
            fee: item.fee,
            note: item.note,
            rail: match &item.rail {
                Some(rail) => known("rail", rail, Rail::from_code(rail))?,
                None => Rail::Razorpayx,
            },
            bill: item.bill,
            status: known("status", &item.status, PayoutStatus::from_code(&item.status))?,
            opened_as: known("opened_as", &item.opened_as, PayoutStatus::from_code(&item.opened_as))?,
            cool_until: maybe_time("cool_until", item.cool_until)?,
            sent_at: maybe_time("sent_at", item.sent_at)?,
            tried_at: maybe_time("tried_at", item.tried_at)?,
            tries: item.tries,
            provider_id: item.provider_id,
            utr: item.utr,
            provider_fee: item.provider_fee,
            failure: item.failure_code.zip(item.failure_text).map(|(code, text)| Failure { code, text }),
            disputed: item.disputed,
            returned: item.returned,
            fee_returned: item.fee_returned,
            line: batch.zip(item.line),
            last_seq: item.last_seq,
            digest: bytes("digest", &item.digest)?,
            request_id: item.request_id,
            created_at: time("created_at", item.created_at)?,
            updated_at: time("updated_at", item.updated_at)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct BatchItem {
    id: String,
    account: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    status: String,
    sheet: String,
    lines: u32,
    total: i64,
    paid: i64,
    lines_paid: u32,
    #[serde(with = "serde_bytes")]
    digest: Vec<u8>,
    request_id: String,
    last_seq: u64,
    created_at: i64,
    updated_at: i64,
}

impl From<&Batch> for BatchItem {
    fn from(batch: &Batch) -> Self {
        Self {
            id: batch.id.to_string(),
            account: batch.account.to_string(),
            note: batch.note.clone(),
            status: batch.status.code().to_owned(),
            sheet: batch.sheet.to_string(),
            lines: batch.lines,
            total: batch.total,
            paid: batch.paid,
            lines_paid: batch.lines_paid,
            digest: batch.digest.to_vec(),
            request_id: batch.request_id.clone(),
            last_seq: batch.last_seq,
            created_at: ms(batch.created_at),
            updated_at: ms(batch.updated_at),
        }
    }
}

impl TryFrom<BatchItem> for Batch {
    type Error = BadField;
    fn try_from(item: BatchItem) -> Result<Self, BadField> {
        Ok(Self {
            id: parsed("id", &item.id)?,
            account: parsed("account", &item.account)?,
            note: item.note,
            status: known("status", &item.status, BatchStatus::from_code(&item.status))?,
            sheet: parsed("sheet", &item.sheet)?,
            lines: item.lines,
            total: item.total,
            paid: item.paid,
            lines_paid: item.lines_paid,
            digest: bytes("digest", &item.digest)?,
            request_id: item.request_id,
            last_seq: item.last_seq,
            created_at: time("created_at", item.created_at)?,
            updated_at: time("updated_at", item.updated_at)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct SuspenseItem {
    id: String,
    what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gateway: Option<String>,
    provider_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    order_id: Option<String>,
    amount: i64,
    currency: String,
    why: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    assigned_to: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    assigned_by: Option<String>,
    created_at: i64,
    updated_at: i64,
}

impl From<&Suspense> for SuspenseItem {
    fn from(suspense: &Suspense) -> Self {
        let (to, by) = match suspense.status {
            SuspenseStatus::Open => (None, None),
            SuspenseStatus::Assigned { to, by } => (Some(to.to_string()), Some(by.to_string())),
        };
        Self {
            id: suspense.id.to_string(),
            what: suspense.kind.code().to_owned(),
            gateway: gateway_item(suspense.gateway),
            provider_id: suspense.provider_id.clone(),
            order_id: suspense.order_id.clone(),
            amount: suspense.amount,
            currency: suspense.currency.clone(),
            why: suspense.why.clone(),
            assigned_to: to,
            assigned_by: by,
            created_at: ms(suspense.created_at),
            updated_at: ms(suspense.updated_at),
        }
    }
}

impl TryFrom<SuspenseItem> for Suspense {
    type Error = BadField;
    fn try_from(item: SuspenseItem) -> Result<Self, BadField> {
        let kind = [SuspenseKind::Payment, SuspenseKind::Refund].into_iter().find(|kind| kind.code() == item.what);
        let status = match (item.assigned_to, item.assigned_by) {
            (Some(to), Some(by)) => SuspenseStatus::Assigned { to: parsed("assigned_to", &to)?, by: parsed("assigned_by", &by)? },
            _ => SuspenseStatus::Open,
        };
        Ok(Self {
            id: parsed("id", &item.id)?,
            kind: known("what", &item.what, kind)?,
            gateway: gateway(item.gateway.as_deref())?,
            provider_id: item.provider_id,
            order_id: item.order_id,
            amount: item.amount,
            currency: item.currency,
            why: item.why,
            status,
            created_at: time("created_at", item.created_at)?,
            updated_at: time("updated_at", item.updated_at)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::{AccountId, PaymentId, UserId};

    fn payment(gateway: Gateway) -> Payment {
        let fingerprint = Fingerprint::of("user", "asha");
        Payment {
            id: PaymentId::new(Timestamp::UNIX_EPOCH, fingerprint),
            account: AccountId::wallet_of(UserId::new(Timestamp::UNIX_EPOCH, fingerprint)),
            gateway,
            amount: 100,
            note: None,
            status: PaymentStatus::Created,
            order_id: Some("order_1".to_owned()),
            page: (gateway == Gateway::Phonepe)
                .then(|| Page { url: "https://pay.example/1".to_owned(), expires_at: Timestamp::UNIX_EPOCH }),
            provider_payment_id: None,
            provider_fee: 0,
            failure: None,
            refunded: 0,
            last_seq: 0,
            digest: Digest::default(),
            created_at: Timestamp::UNIX_EPOCH,
            captured_at: None,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn row(payment: &Payment) -> serde_json::Value {
        serde_json::to_value(PaymentItem::from(payment)).unwrap()
    }

    /// F24: what an older version wrote is read, and what it reads is written as it knows it.
    #[test]
    fn f24_a_row_without_a_gateway_is_razorpays() {
        let old = row(&payment(Gateway::Razorpay));
        assert!(old.get("gateway").is_none() && old.get("page").is_none(), "{old}");
        for gateway in Gateway::ALL {
            let item: PaymentItem = serde_json::from_value(row(&payment(gateway))).unwrap();
            assert_eq!(Payment::try_from(item).unwrap(), payment(gateway));
        }
        let mut unknown = row(&payment(Gateway::Phonepe));
        unknown["gateway"] = "another".into();
        assert!(Payment::try_from(serde_json::from_value::<PaymentItem>(unknown).unwrap()).is_err());
    }
}
