//! Orders: what a customer is asked to pay.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::{Extension, Json};
use serde::Serialize;
use serde_json::{Value, json};

use crate::razorpay::error::ApiError;
use crate::razorpay::input::{self, Input};
use crate::razorpay::notes::Notes;
use crate::razorpay::paging::{self, Paging};
use crate::shelf::Shelved;
use crate::world::World;
use crate::{clock, ids};

const AMOUNT_MIN: i64 = 100;
const RECEIPT_MAX: usize = 40;

#[derive(Clone, Serialize)]
pub struct Order {
    pub id: String,
    entity: &'static str,
    pub amount: i64,
    pub amount_paid: i64,
    pub amount_due: i64,
    pub currency: &'static str,
    pub receipt: Option<String>,
    offer_id: Option<String>,
    pub status: OrderStatus,
    pub attempts: u32,
    pub notes: Notes,
    pub created_at: i64,
    #[serde(skip)]
    pub partial_payment: bool,
    #[serde(skip)]
    pub first_payment_min: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OrderStatus {
    Created,
    Attempted,
    Paid,
}

impl Shelved for Order {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Order {
    fn read(body: &Value) -> Result<Self, ApiError> {
        let input = Input::of(body)?;
        input.only(&["amount", "currency", "receipt", "notes", "partial_payment", "first_payment_min_amount"])?;
        let amount = input.required_integer("amount")?;
        if amount < AMOUNT_MIN {
            return Err(input.invalid("amount", "Order amount less than minimum amount allowed"));
        }
        let currency = input.currency()?;
        let receipt = input.kept_text("receipt", RECEIPT_MAX)?;
        let partial_payment = input.boolean("partial_payment")?.unwrap_or(false);
        let first_payment_min = match input.integer("first_payment_min_amount")? {
            None => AMOUNT_MIN,
            Some(_) if !partial_payment => {
                return Err(
                    input.invalid("first_payment_min_amount", "first_payment_min_amount should only be sent when partial_payment is true")
                );
            }
            Some(least) if (AMOUNT_MIN..=amount).contains(&least) => least,
            Some(_) => {
                return Err(input
                    .invalid("first_payment_min_amount", "The first payment min amount must be between INR 1.00 and the order amount."));
            }
        };
        Ok(Self {
            id: ids::razorpay("order"),
            entity: "order",
            amount,
            amount_paid: 0,
            amount_due: amount,
            currency,
            receipt,
            offer_id: None,
            status: OrderStatus::Created,
            attempts: 0,
            notes: input.notes()?,
            created_at: clock::unix_seconds(),
            partial_payment,
            first_payment_min,
        })
    }

    pub fn tried(&mut self) {
        self.attempts += 1;
        if self.status == OrderStatus::Created {
            self.status = OrderStatus::Attempted;
        }
    }

    /// Whether this made it paid. A second payment for what is paid already changes nothing.
    pub fn receive(&mut self, amount: i64) -> bool {
        let counted = amount.min(self.amount_due);
        self.amount_paid += counted;
        self.amount_due -= counted;
        let now_paid = self.amount_due == 0 && self.status != OrderStatus::Paid;
        if now_paid {
            self.status = OrderStatus::Paid;
        }
        now_paid
    }
}

pub async fn create(Extension(world): Extension<Arc<World>>, bytes: Bytes) -> Result<Json<Value>, ApiError> {
    let order = Order::read(&input::body(&bytes)?)?;
    let answer = json!(order);
    world.book().gateway.orders.put(order);
    Ok(Json(answer))
}

pub async fn show(Extension(world): Extension<Arc<World>>, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    let book = world.book();
    book.gateway.orders.get(&id).map(|order| Json(json!(order))).ok_or_else(ApiError::unknown_id)
}

/// `receipt` finds an order whose creation was never answered.
pub async fn list(Extension(world): Extension<Arc<World>>, Query(query): Query<paging::Query>) -> Result<Json<Value>, ApiError> {
    let page = Paging::read(&query)?;
    let book = world.book();
    let wanted =
        book.gateway.orders.newest_first().filter(|order| query.get("receipt").is_none_or(|it| order.receipt.as_ref() == Some(it)));
    Ok(Json(page.collection(wanted.map(|order| (order.created_at, json!(order))))))
}

pub async fn payments(Extension(world): Extension<Arc<World>>, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    let book = world.book();
    if book.gateway.orders.get(&id).is_none() {
        return Err(ApiError::unknown_id());
    }
    let of_order =
        book.gateway.payments.newest_first().filter(|payment| payment.order_id.as_ref() == Some(&id)).map(|payment| json!(payment));
    Ok(Json(paging::collection(of_order.collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(body: Value) {
        assert!(Order::read(&body).is_err(), "{body}");
    }

    #[test]
    fn an_order_that_breaks_a_rule_is_refused() {
        refused(json!({ "currency": "INR" }));
        refused(json!({ "amount": 100 }));
        refused(json!({ "amount": 99, "currency": "INR" }));
        refused(json!({ "amount": "100", "currency": "INR" }));
        refused(json!({ "amount": 100, "currency": "USD" }));
        refused(json!({ "amount": 100, "currency": "inr" }));
        refused(json!({ "amount": 100, "currency": "INR", "receipt": "r".repeat(41) }));
        refused(json!({ "amount": 100, "currency": "INR", "reciept": "r" }));
        refused(json!({ "amount": 500, "currency": "INR", "first_payment_min_amount": 100 }));
        assert!(Order::read(&json!({ "amount": 100, "currency": "INR" })).is_ok());
    }

    #[test]
    fn an_order_is_paid_once() {
        let mut order = Order::read(&json!({ "amount": 500, "currency": "INR" })).unwrap();
        order.tried();
        assert!(order.receive(500));
        assert!(!order.receive(500));
        assert_eq!((order.amount_paid, order.amount_due), (500, 0));
        order.tried();
        assert_eq!(order.status, OrderStatus::Paid);
    }
}
