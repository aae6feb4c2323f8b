//! A customer who pays. No provider offers this: in life a person does it.
//!
//! `POST /customer/pay {"order_id", "outcome"?, "vpa"?, "method"?: "upi"|"card", "amount"?,
//! "email"?, "contact"?}` plays one payment for an order and answers what Checkout gives to the
//! page: `{"razorpay_order_id", "razorpay_payment_id", "razorpay_signature"}`.
//!
//! | outcome | what happens |
//! |---|---|
//! | `captured` (default) | authorised and captured; `payment.authorized`, `payment.captured`, `order.paid` |
//! | `failed` | `payment.failed`; the answer has `error` in place of the signature |
//! | `authorized` | waits to be captured through the API; `payment.authorized` |
//! | `late_authorized` | fails, is answered so, and turns out authorised and captured after a while |
//! | `double` | the customer pays twice, both are captured; `order.paid` comes once. The answer has the second in `second` |
//!
//! The VPA `failure@razorpay` always fails. `amount` may differ from the order's only where the
//! order takes part payments: the real checkout accepts nothing else.
//!
//! `POST /customer/pay-without-order {"amount", "vpa"?, …}` is money that came without an order,
//! captured, belonging to nobody: `{"razorpay_payment_id"}` and `payment.captured`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::orders::{Order, OrderStatus};
use super::payments::{Method, Paying};
use crate::razorpay::notes::Notes;
use crate::reply::{self, Refused};
use crate::signing;
use crate::world::World;

const VPA_DEFAULT: &str = "success@razorpay";
const VPA_THAT_FAILS: &str = "failure@razorpay";

pub fn router() -> Router<Arc<World>> {
    Router::new().route("/customer/pay", post(pay)).route("/customer/pay-without-order", post(pay_without_order))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pay {
    order_id: String,
    #[serde(default)]
    outcome: Outcome,
    amount: Option<i64>,
    vpa: Option<String>,
    method: Option<Method>,
    email: Option<String>,
    contact: Option<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    #[default]
    Captured,
    Failed,
    Authorized,
    LateAuthorized,
    Double,
}

async fn pay(State(world): State<Arc<World>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let pay: Pay = reply::parse(&body)?;
    let fees = &world.config().fees;
    let mut book = world.book();
    let gateway = &mut book.gateway;
    let order = gateway.orders.get(&pay.order_id).ok_or_else(|| Refused::not_found(format!("no order {}", pay.order_id)))?;
    let amount = amount_to_pay(order, pay.amount)?;
    let notes = order.notes.clone();
    let vpa = pay.vpa.unwrap_or_else(|| VPA_DEFAULT.into());
    let outcome = if vpa == VPA_THAT_FAILS { Outcome::Failed } else { pay.outcome };
    let paying = || Paying {
        order_id: Some(pay.order_id.clone()),
        amount,
        method: pay.method.unwrap_or(Method::Upi),
        vpa: vpa.clone(),
        email: pay.email.clone().unwrap_or_else(|| "customer@example.com".into()),
        contact: pay.contact.clone().unwrap_or_else(|| "+919000090000".into()),
        notes: notes.clone(),
    };

    let mut events = Vec::new();
    let first = gateway.begin(paying());
    let mut answer = match outcome {
        Outcome::Failed | Outcome::LateAuthorized => {
            events.extend(gateway.fail(&first));
            let failure = gateway.payments.get(&first).map(|payment| payment.failure());
            json!({ "razorpay_order_id": pay.order_id, "razorpay_payment_id": first, "error": failure })
        }
        Outcome::Authorized | Outcome::Captured | Outcome::Double => {
            events.extend(gateway.authorize(&first));
            if outcome != Outcome::Authorized {
                events.extend(gateway.capture(&first, fees));
            }
            handed_over(&world, &pay.order_id, &first)
        }
    };
    if outcome == Outcome::Double {
        let second = gateway.begin(paying());
        events.extend(gateway.authorize(&second));
        events.extend(gateway.capture(&second, fees));
        answer["second"] = handed_over(&world, &pay.order_id, &second);
    }
    drop(book);

    world.announce(events);
    if outcome == Outcome::LateAuthorized {
        world.after(world.config().timing.late_authorization_ms, move |world| {
            let fees = &world.config().fees;
            let mut book = world.book();
            let mut events: Vec<_> = book.gateway.authorize(&first).into_iter().collect();
            events.extend(book.gateway.capture(&first, fees));
            drop(book);
            world.announce(events);
        });
    }
    Ok(Json(answer))
}

fn amount_to_pay(order: &Order, asked: Option<i64>) -> Result<i64, Refused> {
    if order.status == OrderStatus::Paid {
        return Err(Refused::conflict("Payment already done for this order."));
    }
    let amount = asked.unwrap_or(order.amount_due);
    if !order.partial_payment && amount != order.amount_due {
        return Err(Refused::bad_request(format!("the order is of {} and takes no part payments", order.amount_due)));
    }
    let least = if order.amount_paid == 0 { order.first_payment_min } else { 1 };
    if !(least..=order.amount_due).contains(&amount) {
        return Err(Refused::bad_request(format!("the order takes {least} to {} now", order.amount_due)));
    }
    Ok(amount)
}

fn handed_over(world: &World, order_id: &str, payment_id: &str) -> Value {
    let secret = &world.config().razorpay.key_secret;
    json!({
        "razorpay_order_id": order_id,
        "razorpay_payment_id": payment_id,
        "razorpay_signature": signing::checkout(secret, order_id, payment_id),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PayWithoutOrder {
    amount: i64,
    vpa: Option<String>,
    email: Option<String>,
    contact: Option<String>,
}

async fn pay_without_order(State(world): State<Arc<World>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let pay: PayWithoutOrder = reply::parse(&body)?;
    if pay.amount < 1 {
        return Err(Refused::bad_request("`amount` is at least 1"));
    }
    let mut book = world.book();
    let id = book.gateway.begin(Paying {
        order_id: None,
        amount: pay.amount,
        method: Method::Upi,
        vpa: pay.vpa.unwrap_or_else(|| VPA_DEFAULT.into()),
        email: pay.email.unwrap_or_else(|| "customer@example.com".into()),
        contact: pay.contact.unwrap_or_else(|| "+919000090000".into()),
        notes: Notes::default(),
    });
    let mut events: Vec<_> = book.gateway.authorize(&id).into_iter().collect();
    events.extend(book.gateway.capture(&id, &world.config().fees));
    drop(book);
    world.announce(events);
    Ok(Json(json!({ "razorpay_payment_id": id })))
}
