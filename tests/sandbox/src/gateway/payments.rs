//! Payments: what a customer did about an order.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::{Extension, Json};
use serde::Serialize;
use serde_json::{Value, json};

use super::Gateway;
use crate::config::{Fees, tax_within};
use crate::razorpay::error::ApiError;
use crate::razorpay::events::Event;
use crate::razorpay::input::{self, Input};
use crate::razorpay::notes::Notes;
use crate::razorpay::paging::{self, Paging};
use crate::shelf::Shelved;
use crate::world::World;
use crate::{clock, ids};

#[derive(Clone, Serialize)]
pub struct Payment {
    pub id: String,
    entity: &'static str,
    pub amount: i64,
    currency: &'static str,
    pub status: PaymentStatus,
    pub order_id: Option<String>,
    invoice_id: Option<String>,
    international: bool,
    pub method: Method,
    pub amount_refunded: i64,
    amount_transferred: i64,
    refund_status: Option<&'static str>,
    pub captured: bool,
    description: Option<String>,
    card_id: Option<String>,
    bank: Option<String>,
    wallet: Option<String>,
    pub vpa: Option<String>,
    email: String,
    contact: String,
    notes: Notes,
    /// Null until captured.
    pub fee: Option<i64>,
    pub tax: Option<i64>,
    error_code: Option<&'static str>,
    error_description: Option<&'static str>,
    error_source: Option<&'static str>,
    error_step: Option<&'static str>,
    error_reason: Option<&'static str>,
    acquirer_data: Value,
    pub created_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    upi: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PaymentStatus {
    Created,
    Authorized,
    Captured,
    Refunded,
    Failed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    Upi,
    Card,
}

impl Shelved for Payment {
    fn id(&self) -> &str {
        &self.id
    }
}

/// What a customer decides when paying.
pub struct Paying {
    pub order_id: Option<String>,
    pub amount: i64,
    pub method: Method,
    pub vpa: String,
    pub email: String,
    pub contact: String,
    pub notes: Notes,
}

impl Payment {
    pub fn begin(paying: Paying) -> Self {
        let (vpa, upi, card_id) = match paying.method {
            Method::Upi => {
                let upi = json!({
                    "payer_account_type": "bank_account", "vpa": paying.vpa, "flow": "intent",
                });
                (Some(paying.vpa), Some(upi), None)
            }
            Method::Card => (None, None, Some(ids::razorpay("card"))),
        };
        Self {
            id: ids::razorpay("pay"),
            entity: "payment",
            amount: paying.amount,
            currency: "INR",
            status: PaymentStatus::Created,
            order_id: paying.order_id,
            invoice_id: None,
            international: false,
            method: paying.method,
            amount_refunded: 0,
            amount_transferred: 0,
            refund_status: None,
            captured: false,
            description: None,
            card_id,
            bank: None,
            wallet: None,
            vpa,
            email: paying.email,
            contact: paying.contact,
            notes: paying.notes,
            fee: None,
            tax: None,
            error_code: None,
            error_description: None,
            error_source: None,
            error_step: None,
            error_reason: None,
            acquirer_data: json!({ "rrn": null }),
            created_at: clock::unix_seconds(),
            upi,
        }
    }

    fn authorize(&mut self) {
        self.status = PaymentStatus::Authorized;
        self.error_code = None;
        self.error_description = None;
        self.error_source = None;
        self.error_step = None;
        self.error_reason = None;
        self.acquirer_data = match self.method {
            Method::Upi => json!({
                "rrn": ids::rrn(), "upi_transaction_id": ids::alphanumeric(35).to_uppercase(),
            }),
            Method::Card => json!({ "auth_code": ids::digits(6) }),
        };
    }

    fn fail(&mut self) {
        self.status = PaymentStatus::Failed;
        self.error_code = Some("BAD_REQUEST_ERROR");
        self.error_description = Some("Payment was unsuccessful as it was declined by the bank.");
        self.error_source = Some("issuer");
        self.error_step = Some("payment_authorization");
        self.error_reason = Some("payment_failed");
    }

    fn capture(&mut self, fees: &Fees) {
        let bps = match self.method {
            Method::Upi => fees.payment_upi_bps,
            Method::Card => fees.payment_card_bps,
        };
        let fee = (self.amount * bps + 5_000) / 10_000;
        self.status = PaymentStatus::Captured;
        self.captured = true;
        self.fee = Some(fee);
        self.tax = Some(tax_within(fee));
    }

    pub fn refundable(&self) -> i64 {
        self.amount - self.amount_refunded
    }

    /// A refund of so much more, or, if it failed, of so much less.
    pub fn refund_by(&mut self, amount: i64) {
        self.amount_refunded += amount;
        (self.status, self.refund_status) = match self.amount_refunded {
            0 => (PaymentStatus::Captured, None),
            refunded if refunded == self.amount => (PaymentStatus::Refunded, Some("full")),
            _ => (PaymentStatus::Captured, Some("partial")),
        };
    }

    /// What Checkout hands to the page when a payment fails.
    pub fn failure(&self) -> Value {
        json!({
            "code": self.error_code,
            "description": self.error_description,
            "source": self.error_source,
            "step": self.error_step,
            "reason": self.error_reason,
            "metadata": { "payment_id": self.id, "order_id": self.order_id },
        })
    }
}

impl Gateway {
    /// Puts a payment down, not yet decided.
    pub fn begin(&mut self, paying: Paying) -> String {
        let payment = Payment::begin(paying);
        let id = payment.id.clone();
        if let Some(order) = payment.order_id.as_deref().and_then(|id| self.orders.get_mut(id)) {
            order.tried();
        }
        self.payments.put(payment);
        id
    }

    /// Also what is *late*: from failed.
    pub fn authorize(&mut self, payment_id: &str) -> Option<Event> {
        let payment = self.payments.get_mut(payment_id)?;
        payment.authorize();
        Some(Event::gateway("payment.authorized", &[("payment", json!(payment))]))
    }

    pub fn fail(&mut self, payment_id: &str) -> Option<Event> {
        let payment = self.payments.get_mut(payment_id)?;
        payment.fail();
        Some(Event::gateway("payment.failed", &[("payment", json!(payment))]))
    }

    pub fn capture(&mut self, payment_id: &str, fees: &Fees) -> Vec<Event> {
        let Some(payment) = self.payments.get_mut(payment_id) else {
            return Vec::new();
        };
        payment.capture(fees);
        let mut events = vec![Event::gateway("payment.captured", &[("payment", json!(payment))])];
        let order = payment.order_id.as_deref().and_then(|id| self.orders.get_mut(id));
        if let Some(order) = order
            && order.receive(payment.amount)
        {
            events.push(Event::gateway("order.paid", &[("payment", json!(payment)), ("order", json!(order))]));
        }
        events
    }
}

pub async fn show(Extension(world): Extension<Arc<World>>, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    let book = world.book();
    book.gateway.payments.get(&id).map(|payment| Json(json!(payment))).ok_or_else(ApiError::unknown_id)
}

pub async fn list(Extension(world): Extension<Arc<World>>, Query(query): Query<paging::Query>) -> Result<Json<Value>, ApiError> {
    let page = Paging::read(&query)?;
    let book = world.book();
    let all = book.gateway.payments.newest_first();
    Ok(Json(page.collection(all.map(|payment| (payment.created_at, json!(payment))))))
}

pub async fn capture(Extension(world): Extension<Arc<World>>, Path(id): Path<String>, bytes: Bytes) -> Result<Json<Value>, ApiError> {
    let body = input::body(&bytes)?;
    let input = Input::of(&body)?;
    input.only(&["amount", "currency"])?;
    let amount = input.required_integer("amount")?;
    input.currency()?;

    let mut book = world.book();
    let payment = book.gateway.payments.get(&id).ok_or_else(ApiError::unknown_id)?;
    may_be_captured(payment, amount)?;
    let events = book.gateway.capture(&id, &world.config().fees);
    let answer = json!(book.gateway.payments.get(&id));
    drop(book);
    world.announce(events);
    Ok(Json(answer))
}

fn may_be_captured(payment: &Payment, amount: i64) -> Result<(), ApiError> {
    match payment.status {
        PaymentStatus::Authorized => {}
        PaymentStatus::Captured | PaymentStatus::Refunded => {
            return Err(ApiError::invalid("This payment has already been captured"));
        }
        PaymentStatus::Created | PaymentStatus::Failed => {
            return Err(ApiError::invalid("Only payments which have been authorized and not yet captured can be captured"));
        }
    }
    if payment.order_id.is_none() {
        return Err(ApiError::invalid("A payment made without an order cannot be captured"));
    }
    if payment.amount != amount {
        return Err(ApiError::invalid_field("amount", "Capture amount must be equal to the amount authorized"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paying(method: Method) -> Paying {
        Paying {
            order_id: None,
            amount: 50_000,
            method,
            vpa: "success@razorpay".into(),
            email: "ravi@example.com".into(),
            contact: "+919876543210".into(),
            notes: Notes::default(),
        }
    }

    #[test]
    fn a_card_costs_two_percent_with_its_tax_inside() {
        let mut payment = Payment::begin(paying(Method::Card));
        payment.capture(&Fees::default());
        assert_eq!((payment.fee, payment.tax), (Some(1_000), Some(153)));
        let mut payment = Payment::begin(paying(Method::Upi));
        payment.capture(&Fees::default());
        assert_eq!((payment.fee, payment.tax), (Some(0), Some(0)));
    }

    #[test]
    fn a_refund_that_failed_gives_back_what_can_be_refunded() {
        let mut payment = Payment::begin(paying(Method::Upi));
        payment.capture(&Fees::default());
        payment.refund_by(50_000);
        assert_eq!((payment.status, payment.refundable()), (PaymentStatus::Refunded, 0));
        payment.refund_by(-20_000);
        assert_eq!((payment.status, payment.refund_status), (PaymentStatus::Captured, Some("partial")));
        payment.refund_by(-30_000);
        assert_eq!((payment.refund_status, payment.refundable()), (None, 50_000));
    }
}
