//! Refunds: accepted at once, done later.
//!
//! The payer's VPA steers what becomes of one: a local part that begins with `refundfail` makes it
//! fail, `refundpending` leaves it pending until the dashboard moves it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, Uri};
use axum::{Extension, Json};
use serde::Serialize;
use serde_json::{Value, json};

use super::Gateway;
use super::payments::{Payment, PaymentStatus};
use crate::razorpay::error::ApiError;
use crate::razorpay::events::Event;
use crate::razorpay::idempotency::Seen;
use crate::razorpay::input::{self, Input};
use crate::razorpay::notes::Notes;
use crate::razorpay::paging::{self, Paging};
use crate::shelf::Shelved;
use crate::world::World;
use crate::{clock, ids};

const AMOUNT_MIN: i64 = 100;
const RECEIPT_MAX: usize = 40;
const KEY_MIN: usize = 10;

#[derive(Clone, Serialize)]
pub struct Refund {
    pub id: String,
    entity: &'static str,
    pub amount: i64,
    currency: &'static str,
    pub payment_id: String,
    notes: Notes,
    pub receipt: Option<String>,
    acquirer_data: Value,
    pub created_at: i64,
    batch_id: Option<String>,
    pub status: RefundStatus,
    speed_requested: Speed,
    speed_processed: Option<&'static str>,
    #[serde(skip)]
    pub idempotency_key: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RefundStatus {
    Pending,
    Processed,
    Failed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Speed {
    Normal,
    Optimum,
}

impl Shelved for Refund {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Gateway {
    /// Decides a refund that is pending. None if it is not, or not known.
    pub fn settle_refund(&mut self, id: &str, status: RefundStatus) -> Option<Event> {
        let refund = self.refunds.get_mut(id)?;
        if refund.status != RefundStatus::Pending || status == RefundStatus::Pending {
            return None;
        }
        let payment = self.payments.get_mut(&refund.payment_id)?;
        refund.status = status;
        let name = if status == RefundStatus::Processed {
            refund.acquirer_data = json!({ "rrn": ids::rrn() });
            refund.speed_processed = Some(match refund.speed_requested {
                Speed::Normal => "normal",
                Speed::Optimum => "instant",
            });
            "refund.processed"
        } else {
            payment.refund_by(-refund.amount);
            "refund.failed"
        };
        Some(Event::gateway(name, &[("refund", json!(refund)), ("payment", json!(payment))]))
    }
}

/// What is asked for, before it is known whether the payment can bear it.
struct Ask {
    amount: Option<i64>,
    speed: Speed,
    notes: Notes,
    receipt: Option<String>,
}

impl Ask {
    fn read(body: &Value) -> Result<Self, ApiError> {
        let input = Input::of(body)?;
        input.only(&["amount", "speed", "notes", "receipt"])?;
        let amount = input.integer("amount")?;
        if amount.is_some_and(|amount| amount < AMOUNT_MIN) {
            return Err(input.invalid("amount", "The amount must be at least INR 1.00."));
        }
        let speed = match input.text("speed", 16)? {
            None | Some("normal") => Speed::Normal,
            Some("optimum") => Speed::Optimum,
            Some(_) => return Err(input.invalid("speed", "The selected speed is invalid.")),
        };
        Ok(Self { amount, speed, notes: input.notes()?, receipt: input.kept_text("receipt", RECEIPT_MAX)? })
    }
}

pub async fn create(
    Extension(world): Extension<Arc<World>>,
    Path(payment_id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Value>, ApiError> {
    let key = key_of(&headers)?;
    let body = input::body(&bytes)?;
    let mut book = world.book();
    let gateway = &mut book.gateway;
    if let Some(key) = &key {
        match gateway.refund_keys.look_up(key, uri.path(), &body) {
            Seen::Never => {}
            Seen::Same(id) => return Ok(Json(json!(gateway.refunds.get(&id)))),
            Seen::Different => {
                return Err(ApiError::conflict("Different request with the same idempotency key has already been processed."));
            }
        }
    }

    let ask = Ask::read(&body)?;
    let payment = gateway.payments.get_mut(&payment_id).ok_or_else(ApiError::unknown_id)?;
    let amount = what_can_be_refunded(payment, ask.amount)?;
    payment.refund_by(amount);
    let fate = fate_of(payment);
    let refund = Refund {
        id: ids::razorpay("rfnd"),
        entity: "refund",
        amount,
        currency: "INR",
        payment_id,
        notes: ask.notes,
        receipt: ask.receipt,
        acquirer_data: json!({ "rrn": null }),
        created_at: clock::unix_seconds(),
        batch_id: None,
        status: RefundStatus::Pending,
        speed_requested: ask.speed,
        speed_processed: None,
        idempotency_key: key.clone(),
    };
    let created = Event::gateway("refund.created", &[("refund", json!(refund)), ("payment", json!(payment))]);
    let answer = json!(refund);
    let id = refund.id.clone();
    gateway.refunds.put(refund);
    if let Some(key) = key {
        gateway.refund_keys.remember(&key, uri.path(), &body, &id);
    }
    drop(book);

    world.announce([created]);
    world.after(world.config().timing.refund_ms, move |world| {
        let decided = world.book().gateway.settle_refund(&id, fate);
        world.announce(decided);
    });
    Ok(Json(answer))
}

pub async fn show(Extension(world): Extension<Arc<World>>, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    let book = world.book();
    book.gateway.refunds.get(&id).map(|refund| Json(json!(refund))).ok_or_else(ApiError::unknown_id)
}

pub async fn of_payment(Extension(world): Extension<Arc<World>>, Path(payment_id): Path<String>) -> Result<Json<Value>, ApiError> {
    let book = world.book();
    if book.gateway.payments.get(&payment_id).is_none() {
        return Err(ApiError::unknown_id());
    }
    let of_payment = book.gateway.refunds.newest_first().filter(|refund| refund.payment_id == payment_id).map(|refund| json!(refund));
    Ok(Json(paging::collection(of_payment.collect())))
}

pub async fn list(Extension(world): Extension<Arc<World>>, Query(query): Query<paging::Query>) -> Result<Json<Value>, ApiError> {
    let page = Paging::read(&query)?;
    let book = world.book();
    Ok(Json(page.collection(book.gateway.refunds.newest_first().map(|refund| (refund.created_at, json!(refund))))))
}

/// The key is optional; a bad one is refused.
fn key_of(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get("X-Refund-Idempotency") else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default();
    if key.len() < KEY_MIN {
        return Err(ApiError::invalid("The idempotency key must be at least 10 characters long."));
    }
    if !key.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_') {
        return Err(ApiError::invalid("The idempotency key must only contain alphanumeric characters, underscores, and hyphens"));
    }
    Ok(Some(key.to_owned()))
}

fn what_can_be_refunded(payment: &Payment, asked: Option<i64>) -> Result<i64, ApiError> {
    match payment.status {
        PaymentStatus::Captured => {}
        PaymentStatus::Refunded => {
            return Err(ApiError::invalid("The payment has been fully refunded already."));
        }
        PaymentStatus::Created | PaymentStatus::Authorized | PaymentStatus::Failed => {
            return Err(ApiError::invalid("The payment status should be captured for action to be taken"));
        }
    }
    let amount = asked.unwrap_or(payment.refundable());
    if amount > payment.refundable() {
        return Err(ApiError::invalid_field("amount", "The refund amount provided is greater than amount captured."));
    }
    Ok(amount)
}

fn fate_of(payment: &Payment) -> RefundStatus {
    match payment.vpa.as_deref() {
        Some(vpa) if vpa.starts_with("refundfail") => RefundStatus::Failed,
        Some(vpa) if vpa.starts_with("refundpending") => RefundStatus::Pending,
        _ => RefundStatus::Processed,
    }
}
