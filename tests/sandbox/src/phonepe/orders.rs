//! Orders: known by the merchant's own id, paid once, and over when their time is.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Phonepe, Refused, told};
use crate::razorpay::events::Event;
use crate::shelf::Shelved;
use crate::world::World;
use crate::{clock, ids};

const AMOUNT_MIN: i64 = 100;
const EXPIRE_AFTER_S: u64 = 1_200;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum State {
    Pending,
    Completed,
    Failed,
}

#[derive(Clone, Debug)]
pub struct Order {
    pub merchant_order_id: String,
    pub order_id: String,
    pub state: State,
    pub amount: i64,
    pub refunded: i64,
    pub expire_at_ms: i64,
    pub redirect_url: String,
    pub attempts: Vec<Attempt>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    transaction_id: String,
    payment_mode: &'static str,
    timestamp: i64,
    amount: i64,
    pub state: State,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detailed_error_code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rail: Option<Value>,
    instrument: Value,
    split_instruments: Vec<Value>,
}

impl Shelved for Order {
    fn id(&self) -> &str {
        &self.merchant_order_id
    }
}

impl Attempt {
    /// Whether the payer's address begins so.
    pub fn is_from(&self, beginning: &str) -> bool {
        self.rail.as_ref().and_then(|rail| rail["vpa"].as_str()).is_some_and(|vpa| vpa.starts_with(beginning))
    }

    fn new(amount: i64, vpa: &str, state: State) -> Self {
        let paid = state == State::Completed;
        let rail = paid.then(|| {
            let reference = format!("YBL{}", ids::alphanumeric(32).to_lowercase());
            json!({ "type": "UPI", "utr": ids::rrn(), "upiTransactionId": reference, "vpa": vpa })
        });
        let instrument = json!({ "type": "ACCOUNT", "maskedAccountNumber": "XXXXXXX20000", "accountType": "SAVINGS" });
        Self {
            transaction_id: format!("OM{}", ids::digits(22)),
            payment_mode: "UPI_INTENT",
            timestamp: clock::unix_ms(),
            amount,
            state,
            error_code: (!paid).then_some("PAYMENT_ERROR"),
            detailed_error_code: (!paid).then_some("ZM"),
            split_instruments: vec![json!({ "amount": amount, "rail": rail, "instrument": instrument })],
            rail,
            instrument,
        }
    }
}

impl Order {
    pub fn new(merchant_order_id: String, amount: i64, expire_after_s: u64, redirect_url: String) -> Self {
        let life_ms = i64::try_from(expire_after_s).unwrap_or(i64::MAX / 1_000).saturating_mul(1_000);
        Self {
            merchant_order_id,
            order_id: format!("OMO{}", ids::digits(22)),
            state: State::Pending,
            amount,
            refunded: 0,
            expire_at_ms: clock::unix_ms().saturating_add(life_ms),
            redirect_url,
            attempts: Vec::new(),
        }
    }

    /// As status and webhooks tell it.
    pub fn view(&self, all_attempts: bool) -> Value {
        let failed = self.state == State::Failed;
        let attempts =
            if all_attempts { self.attempts.as_slice() } else { self.attempts.last().map(std::slice::from_ref).unwrap_or_default() };
        let mut view = json!({
            "merchantOrderId": self.merchant_order_id, "orderId": self.order_id, "state": self.state, "amount": self.amount,
            "payableAmount": self.amount, "feeAmount": 0, "expireAt": self.expire_at_ms, "metaInfo": {}, "paymentDetails": attempts,
        });
        if failed {
            view["errorCode"] = json!("PAYMENT_ERROR");
            view["detailedErrorCode"] = json!("ZM");
        }
        view
    }
}

impl Phonepe {
    /// By either of its ids.
    pub fn order_mut(&mut self, id: &str) -> Option<&mut Order> {
        let known = self.orders.oldest_first().find(|order| order.order_id == id).map(|order| order.merchant_order_id.clone());
        self.orders.get_mut(known.as_deref().unwrap_or(id))
    }

    /// A customer tries, and the order with it where it still can be paid. A failed attempt leaves it as
    /// it was.
    pub fn attempt(&mut self, id: &str, vpa: &str, state: State, merchant: &str) -> Option<Event> {
        let order = self.order_mut(id).filter(|order| order.state == State::Pending)?;
        order.attempts.push(Attempt::new(order.amount, vpa, state));
        if state == State::Failed {
            return Some(told::attempt(&order.view(true), merchant));
        }
        order.state = state;
        Some(told::order(order, merchant))
    }

    /// It can no longer be paid.
    pub fn give_up(&mut self, id: &str, merchant: &str) -> Option<Event> {
        let order = self.order_mut(id).filter(|order| order.state == State::Pending)?;
        order.state = State::Failed;
        Some(told::order(order, merchant))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pay {
    merchant_order_id: String,
    amount: i64,
    expire_after: Option<u64>,
    payment_flow: Flow,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Flow {
    #[serde(rename = "type")]
    kind: String,
    merchant_urls: Urls,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Urls {
    redirect_url: String,
}

fn is_id(text: &str) -> bool {
    (1..=63).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// The same id again is the same order; with another amount it is refused.
pub async fn pay(Extension(world): Extension<Arc<World>>, bytes: Bytes) -> Result<Json<Value>, Refused> {
    let pay: Pay = serde_json::from_slice(&bytes).map_err(|error| Refused::invalid(error.to_string()))?;
    if !is_id(&pay.merchant_order_id) {
        return Err(Refused::invalid("merchantOrderId has 1 to 63 letters, digits, underscores or hyphens"));
    }
    if pay.amount < AMOUNT_MIN {
        return Err(Refused::invalid("amount is at least 100"));
    }
    if pay.payment_flow.kind != "PG_CHECKOUT" {
        return Err(Refused::invalid("paymentFlow.type is PG_CHECKOUT"));
    }
    let life_s = pay.expire_after.unwrap_or(EXPIRE_AFTER_S);
    let base = world.config().email.base_url.clone().unwrap_or_else(|| "http://localhost".to_owned());
    let mut book = world.book();
    let orders = &mut book.phonepe.orders;
    let is_new = orders.get(&pay.merchant_order_id).is_none();
    if is_new {
        orders.put(Order::new(pay.merchant_order_id.clone(), pay.amount, life_s, pay.payment_flow.merchant_urls.redirect_url));
    }
    let order = orders.get(&pay.merchant_order_id).ok_or_else(|| Refused::invalid("no order"))?;
    if order.amount != pay.amount {
        return Err(Refused::bad("DUPLICATE_ORDER_REQUEST", "merchantOrderId was used with another amount"));
    }
    let answer = json!({ "orderId": order.order_id, "state": order.state, "expireAt": order.expire_at_ms,
        "redirectUrl": format!("{base}/phonepe/page/{}", order.order_id) });
    drop(book);
    if is_new {
        world.after(life_s.saturating_mul(1_000), move |world| {
            let told = world.book().phonepe.give_up(&pay.merchant_order_id, &world.config().phonepe.merchant_id);
            world.announce(told);
        });
    }
    Ok(Json(answer))
}

#[derive(Deserialize)]
pub struct Details {
    #[serde(default)]
    details: bool,
}

pub async fn status(
    Extension(world): Extension<Arc<World>>,
    Path(id): Path<String>,
    Query(query): Query<Details>,
) -> Result<Json<Value>, Refused> {
    let book = world.book();
    let order = book.phonepe.orders.get(&id);
    let order = order.ok_or_else(|| Refused::bad("INVALID_MERCHANT_ORDER_ID", "No entry found for given merchant order id"))?;
    Ok(Json(order.view(query.details)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_paid_once_and_not_after_its_time() {
        let mut phonepe = Phonepe::default();
        phonepe.orders.put(Order::new("o1".into(), 500, 60, String::new()));
        let failed = phonepe.attempt("o1", "a@ybl", State::Failed, "M").unwrap();
        assert_eq!(failed.name, "pg.transaction.failed");
        assert_eq!(phonepe.attempt("o1", "a@ybl", State::Completed, "M").unwrap().name, "checkout.order.completed");
        assert!(phonepe.attempt("o1", "a@ybl", State::Completed, "M").is_none() && phonepe.give_up("o1", "M").is_none());
        let order = phonepe.orders.get("o1").unwrap();
        assert_eq!(
            (order.view(true)["paymentDetails"].as_array().unwrap().len(), order.view(false)["state"].as_str()),
            (2, Some("COMPLETED"))
        );
        phonepe.orders.put(Order::new("o2".into(), 500, 60, String::new()));
        let by_its_own_id = phonepe.orders.get("o2").unwrap().order_id.clone();
        assert_eq!(phonepe.give_up(&by_its_own_id, "M").unwrap().name, "checkout.order.failed");
        assert!(phonepe.attempt("o2", "a@ybl", State::Completed, "M").is_none());
    }
}
