//! Events: what the provider tells us unasked.
//!
//! Source: `razorpay.md`, section 4, and 5.6 for payouts; both arrive in the same envelope. An
//! event is a snapshot of the moment it tells of. Events repeat, and come in any order.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::orders::OrderEntity;
use super::payments::PaymentEntity;
use super::refunds::RefundEntity;
use crate::call::{Illegible, read_json, read_json_object};
use crate::razorpayx::{PayoutEntity, ValidationEntity};
use crate::signature::Verified;

/// The header with the signature over the raw body.
pub const SIGNATURE_HEADER: &str = "x-razorpay-signature";

/// The header with the event's id, the same on every delivery of it.
pub const EVENT_ID_HEADER: &str = "x-razorpay-event-id";

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Such as `payment.captured`.
    pub event_name: String,
    /// Unix seconds. Some events do not say, so order nothing by it.
    pub created_at: Option<i64>,
    pub kind: EventKind,
}

/// What the event is about, by the events we act upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    /// `payment.authorized`, `.captured` and `.failed`.
    Payment(Box<PaymentEntity>),
    OrderPaid {
        order: Box<OrderEntity>,
        payment: Box<PaymentEntity>,
    },
    /// `refund.created`, `.processed`, `.failed` and `.speed_changed`.
    Refund {
        refund: Box<RefundEntity>,
        payment: Option<Box<PaymentEntity>>,
    },
    /// All of `payout.` but its downtimes.
    Payout(Box<PayoutEntity>),
    /// `fund_account.validation.completed` and `.failed`.
    Validation(Box<ValidationEntity>),
    /// Any other event, by its name: to be acknowledged and left alone.
    Unknown(String),
}

/// The part of the envelope that all events have. Whatever is odd in here is as good as absent.
#[derive(Deserialize)]
struct Envelope {
    event: String,
    #[serde(default)]
    created_at: Value,
    #[serde(default)]
    payload: Value,
}

#[derive(Deserialize)]
struct Body<P> {
    payload: P,
}

/// Every thing in a payload lies in an object of its own.
#[derive(Deserialize)]
struct In<T> {
    entity: T,
}

#[derive(Deserialize)]
struct PaymentPayload {
    payment: In<Box<PaymentEntity>>,
}

#[derive(Deserialize)]
struct OrderPaidPayload {
    order: In<Box<OrderEntity>>,
    payment: In<Box<PaymentEntity>>,
}

#[derive(Deserialize)]
struct RefundPayload {
    refund: In<Box<RefundEntity>>,
    #[serde(default)]
    payment: Option<In<Box<PaymentEntity>>>,
}

#[derive(Deserialize)]
struct PayoutPayload {
    payout: In<Box<PayoutEntity>>,
}

#[derive(Deserialize)]
struct ValidationPayload {
    #[serde(rename = "fund_account.validation")]
    validation: In<Box<ValidationEntity>>,
}

/// Reads an event whose sender is known.
///
/// # Errors
///
/// [`Illegible`] where it is not JSON, or an event that we act upon has not the shape that it
/// should: the path says where. The same body fails again; keep it and have somebody look.
pub fn parse_event(body: Verified<'_>) -> Result<Event, Illegible> {
    let body = body.bytes();
    let envelope: Envelope = read_json_object(body)?;
    let created_at = envelope.created_at.as_i64().or_else(|| envelope.payload.get("created_at")?.as_i64());
    let kind = match envelope.event.as_str() {
        "payment.authorized" | "payment.captured" | "payment.failed" => EventKind::Payment(payload::<PaymentPayload>(body)?.payment.entity),
        "order.paid" => {
            let paid: OrderPaidPayload = payload(body)?;
            EventKind::OrderPaid { order: paid.order.entity, payment: paid.payment.entity }
        }
        "refund.created" | "refund.processed" | "refund.failed" | "refund.speed_changed" => {
            let refund: RefundPayload = payload(body)?;
            EventKind::Refund { refund: refund.refund.entity, payment: refund.payment.map(|payment| payment.entity) }
        }
        "payout.pending" | "payout.rejected" | "payout.queued" | "payout.initiated" | "payout.processed" | "payout.updated"
        | "payout.reversed" | "payout.failed" => EventKind::Payout(payload::<PayoutPayload>(body)?.payout.entity),
        "fund_account.validation.completed" | "fund_account.validation.failed" => {
            EventKind::Validation(payload::<ValidationPayload>(body)?.validation.entity)
        }
        other => EventKind::Unknown(other.to_owned()),
    };
    Ok(Event { event_name: envelope.event, created_at, kind })
}

fn payload<P: DeserializeOwned>(body: &[u8]) -> Result<P, Illegible> {
    read_json::<Body<P>>(body).map(|body| body.payload)
}

#[cfg(test)]
mod tests;
