//! Refunds: accepted at once, done later (`timing.refund_ms`).
//!
//! The payer's VPA steers what becomes of one: a local part that begins with `refundfail` makes it fail.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::Path;
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::orders::State;
use super::{Phonepe, Refused, told};
use crate::ids;
use crate::razorpay::events::Event;
use crate::shelf::Shelved;
use crate::world::World;

#[derive(Clone, Debug)]
pub struct Refund {
    pub merchant_refund_id: String,
    pub original_merchant_order_id: String,
    refund_id: String,
    pub amount: i64,
    pub state: State,
    utr: Option<String>,
}

impl Shelved for Refund {
    fn id(&self) -> &str {
        &self.merchant_refund_id
    }
}

impl Refund {
    pub fn view(&self) -> Value {
        let rail = self.utr.as_ref().map(|utr| json!({ "type": "UPI", "utr": utr }));
        json!({
            "merchantRefundId": self.merchant_refund_id, "originalMerchantOrderId": self.original_merchant_order_id,
            "refundId": self.refund_id, "amount": self.amount, "state": self.state,
            "paymentDetails": [{ "transactionId": self.refund_id, "amount": self.amount, "state": self.state, "rail": rail }],
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ask {
    merchant_refund_id: String,
    original_merchant_order_id: String,
    amount: i64,
}

impl Phonepe {
    /// Decides a refund that is pending.
    pub fn settle(&mut self, id: &str, state: State, merchant: &str) -> Option<Event> {
        let refund = self.refunds.get_mut(id).filter(|refund| refund.state == State::Pending)?;
        refund.state = state;
        let (amount, order) = (refund.amount, refund.original_merchant_order_id.clone());
        if state == State::Completed {
            refund.utr = Some(ids::rrn());
        }
        let event = told::refund(refund, merchant);
        if state == State::Failed
            && let Some(order) = self.orders.get_mut(&order)
        {
            order.refunded -= amount;
        }
        Some(event)
    }
}

pub async fn create(Extension(world): Extension<Arc<World>>, bytes: Bytes) -> Result<Json<Value>, Refused> {
    let ask: Ask = serde_json::from_slice(&bytes).map_err(|error| Refused::invalid(error.to_string()))?;
    let merchant = world.config().phonepe.merchant_id.clone();
    let mut book = world.book();
    let phonepe = &mut book.phonepe;
    if let Some(known) = phonepe.refunds.get(&ask.merchant_refund_id) {
        if known.amount != ask.amount || known.original_merchant_order_id != ask.original_merchant_order_id {
            return Err(Refused::bad("DUPLICATE_REFUND_REQUEST", "merchantRefundId was used for another refund"));
        }
        return Ok(Json(json!({ "refundId": known.refund_id, "amount": known.amount, "state": known.state })));
    }
    let order = phonepe.orders.get_mut(&ask.original_merchant_order_id);
    let order = order.ok_or_else(|| Refused::bad("INVALID_MERCHANT_ORDER_ID", "No entry found for given merchant order id"))?;
    if order.state != State::Completed || !(100..=order.amount - order.refunded).contains(&ask.amount) {
        return Err(Refused::invalid("the order was not paid, or has not so much left"));
    }
    order.refunded += ask.amount;
    let fails = order.attempts.iter().any(|attempt| attempt.state == State::Completed && attempt.is_from("refundfail"));
    let refund = Refund {
        merchant_refund_id: ask.merchant_refund_id.clone(),
        original_merchant_order_id: ask.original_merchant_order_id,
        refund_id: format!("OMR{}", ids::digits(22)),
        amount: ask.amount,
        state: State::Pending,
        utr: None,
    };
    let answer = json!({ "refundId": refund.refund_id, "amount": refund.amount, "state": refund.state });
    let accepted = told::refund(&refund, &merchant);
    phonepe.refunds.put(refund);
    drop(book);
    world.announce([accepted]);
    world.after(world.config().timing.refund_ms, move |world| {
        let state = if fails { State::Failed } else { State::Completed };
        let told = world.book().phonepe.settle(&ask.merchant_refund_id, state, &merchant);
        world.announce(told);
    });
    Ok(Json(answer))
}

pub async fn status(Extension(world): Extension<Arc<World>>, Path(id): Path<String>) -> Result<Json<Value>, Refused> {
    let book = world.book();
    let refund = book.phonepe.refunds.get(&id);
    let refund = refund.ok_or_else(|| Refused::bad("INVALID_MERCHANT_REFUND_ID", "No entry found for given merchant refund id"))?;
    Ok(Json(refund.view()))
}
