//! Money in: payment orders, and the payments that settle them.
//!
//! The states only move forward, by rank, whatever order the provider's words arrive in:
//! requested < created < failed < reported < authorized < captured. A failed attempt can still
//! turn into a payment days later (late authorisation), so `failed` is not an end.

mod apply;
mod gateway;
mod order;
#[cfg(test)]
mod tests;

pub use apply::{Applied, ApplyPayment, ProviderPayment, ProviderPaymentState};
pub use gateway::Gateway;
pub use order::{AttachOrder, NoSuchPayment, OpenOrder, OrderRefusal, ReportCheckout};

use crate::{
    fact::Detail,
    id::{AccountId, PaymentId},
    request::Digest,
};
use jiff::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaymentStatus {
    /// Ours is written, the provider's order is not known yet.
    Requested,
    /// The customer can pay.
    Created,
    /// An attempt failed; another, or the same one late, may succeed.
    Failed,
    /// The client says that it was paid, with a valid signature; we ask the provider.
    Reported,
    /// Paid, not captured yet.
    Authorized,
    /// The money is ours to pass on, and is credited.
    Captured,
}

impl PaymentStatus {
    pub const ALL: [Self; 6] = [Self::Requested, Self::Created, Self::Failed, Self::Reported, Self::Authorized, Self::Captured];

    pub fn code(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Created => "created",
            Self::Failed => "failed",
            Self::Reported => "reported",
            Self::Authorized => "authorized",
            Self::Captured => "captured",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    pub id: PaymentId,
    pub account: AccountId,
    pub gateway: Gateway,
    pub amount: i64,
    pub note: Option<String>,
    pub status: PaymentStatus,
    /// The provider's order.
    pub order_id: Option<String>,
    /// The provider's page to pay the order on, where it has one of its own.
    pub page: Option<Page>,
    /// The provider's payment that was credited, or last heard of. PhonePe's is its order: it is paid
    /// once or not, whichever attempt did it.
    pub provider_payment_id: Option<String>,
    /// What the provider charged for it, tax included.
    pub provider_fee: i64,
    pub failure: Option<String>,
    /// Of the amount, what refunds have taken or set aside.
    pub refunded: i64,
    pub last_seq: u64,
    pub digest: Digest,
    pub created_at: Timestamp,
    pub captured_at: Option<Timestamp>,
    pub updated_at: Timestamp,
}

/// Where an order is paid, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub url: String,
    pub expires_at: Timestamp,
}

impl Payment {
    /// The payment as the first answer told it: an order that can be paid.
    pub fn as_opened(&self) -> Self {
        let status = if self.order_id.is_some() { PaymentStatus::Created } else { PaymentStatus::Requested };
        Self {
            status,
            provider_payment_id: None,
            provider_fee: 0,
            failure: None,
            refunded: 0,
            captured_at: None,
            updated_at: self.created_at,
            ..self.clone()
        }
    }

    fn detail(&self) -> Detail {
        Detail {
            amount: Some(self.amount),
            status: Some(self.status.code().to_owned()),
            direction: Some("in".to_owned()),
            note: self.note.clone(),
            reference: self.provider_payment_id.clone(),
            reason: self.failure.clone(),
            ..Detail::default()
        }
    }
}
