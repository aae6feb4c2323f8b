//! A customer who pays at PhonePe. No provider offers this: in life a person does it.
//!
//! `POST /customer/phonepe/pay {"order_id", "outcome"?, "vpa"?, "amount"?}` plays one attempt to pay an
//! order, by PhonePe's id of it or by its merchant's, and answers the order as its status tells it.
//!
//! | outcome | what happens |
//! |---|---|
//! | `completed` (default) | paid; `checkout.order.completed` |
//! | `attempt_failed` | the attempt fails, and the order can still be paid; `pg.transaction.failed` |
//! | `failed` | the attempt fails and the order with it; `checkout.order.failed` |
//! | `late` | nothing yet: it is paid after `timing.late_authorization_ms` |
//!
//! With `amount` PhonePe takes another sum than was asked for, which it never should.
//!
//! `POST /customer/phonepe/pay-without-order {"amount"}` pays an order that somebody opened elsewhere
//! (a dashboard's link): `{"order_id", "merchant_order_id"}`.
//!
//! `GET /state/phonepe` shows `{"orders", "refunds"}`, oldest first.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::orders::{self, Order};
use crate::ids;
use crate::reply::{self, Refused};
use crate::world::World;

pub(super) const VPA_DEFAULT: &str = "ravi.kumar@okaxis";

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/customer/phonepe/pay", post(pay))
        .route("/customer/phonepe/pay-without-order", post(pay_without_order))
        .route("/state/phonepe", get(state))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pay {
    order_id: String,
    #[serde(default)]
    outcome: Outcome,
    vpa: Option<String>,
    amount: Option<i64>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    #[default]
    Completed,
    AttemptFailed,
    Failed,
    Late,
}

async fn pay(State(world): State<Arc<World>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let pay: Pay = reply::parse(&body)?;
    let vpa = pay.vpa.unwrap_or_else(|| VPA_DEFAULT.to_owned());
    {
        let mut book = world.book();
        let order = book.phonepe.order_mut(&pay.order_id);
        let order = order.ok_or_else(|| Refused::not_found(format!("no order {}", pay.order_id)))?;
        if order.state != orders::State::Pending {
            return Err(Refused::conflict("the order is paid, or cannot be paid any more"));
        }
        if let Some(amount) = pay.amount {
            order.amount = amount;
        }
    }
    tries(&world, &pay.order_id, &vpa, pay.outcome);
    let mut book = world.book();
    Ok(Json(book.phonepe.order_mut(&pay.order_id).map(|order| order.view(true)).unwrap_or_default()))
}

/// Plays one attempt.
pub(super) fn tries(world: &Arc<World>, id: &str, vpa: &str, outcome: Outcome) {
    let merchant = &world.config().phonepe.merchant_id;
    let told: Vec<_> = {
        let phonepe = &mut world.book().phonepe;
        match outcome {
            Outcome::Completed => phonepe.attempt(id, vpa, orders::State::Completed, merchant).into_iter().collect(),
            Outcome::AttemptFailed => phonepe.attempt(id, vpa, orders::State::Failed, merchant).into_iter().collect(),
            Outcome::Failed => {
                let attempt = phonepe.attempt(id, vpa, orders::State::Failed, merchant);
                attempt.into_iter().chain(phonepe.give_up(id, merchant)).collect()
            }
            Outcome::Late => Vec::new(),
        }
    };
    world.announce(told);
    if outcome == Outcome::Late {
        let (id, vpa) = (id.to_owned(), vpa.to_owned());
        world.after(world.config().timing.late_authorization_ms, move |world| tries(world, &id, &vpa, Outcome::Completed));
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PayWithoutOrder {
    amount: i64,
}

async fn pay_without_order(State(world): State<Arc<World>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let pay: PayWithoutOrder = reply::parse(&body)?;
    if pay.amount < 100 {
        return Err(Refused::bad_request("`amount` is at least 100"));
    }
    let order = Order::new(format!("LINK-{}", ids::digits(12)), pay.amount, 1_200, String::new());
    let answer = json!({ "order_id": order.order_id, "merchant_order_id": order.merchant_order_id });
    let id = order.order_id.clone();
    world.book().phonepe.orders.put(order);
    tries(&world, &id, VPA_DEFAULT, Outcome::Completed);
    Ok(Json(answer))
}

async fn state(State(world): State<Arc<World>>) -> Json<Value> {
    let book = world.book();
    let orders: Vec<Value> = book.phonepe.orders.oldest_first().map(|order| order.view(true)).collect();
    let refunds: Vec<Value> = book.phonepe.refunds.oldest_first().map(super::refunds::Refund::view).collect();
    Json(json!({ "orders": orders, "refunds": refunds }))
}
