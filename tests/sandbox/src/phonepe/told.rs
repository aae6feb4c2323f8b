//! What webhooks say.

use serde_json::{Value, json};

use super::orders::{Order, State};
use super::refunds::Refund;
use crate::provider::Provider;
use crate::razorpay::events::Event;

pub fn order(order: &Order, merchant: &str) -> Event {
    match order.state {
        State::Failed => event("checkout.order.failed", "CHECKOUT_ORDER_FAILED", order.view(true), merchant),
        State::Completed | State::Pending => event("checkout.order.completed", "CHECKOUT_ORDER_COMPLETED", order.view(true), merchant),
    }
}

/// An attempt that failed; its order can still be paid.
pub fn attempt(order: &Value, merchant: &str) -> Event {
    event("pg.transaction.failed", "PG_TRANSACTION_ATTEMPT_FAILED", order.clone(), merchant)
}

pub fn refund(refund: &Refund, merchant: &str) -> Event {
    let (name, kind) = match refund.state {
        State::Pending => ("pg.refund.accepted", "PG_REFUND_ACCEPTED"),
        State::Completed => ("pg.refund.completed", "PG_REFUND_COMPLETED"),
        State::Failed => ("pg.refund.failed", "PG_REFUND_FAILED"),
    };
    event(name, kind, refund.view(), merchant)
}

fn event(name: &'static str, kind: &'static str, mut payload: Value, merchant: &str) -> Event {
    payload["merchantId"] = json!(merchant);
    let body = json!({ "event": name, "type": kind, "payload": payload });
    Event { provider: Provider::Phonepe, name, body: body.to_string(), url: None }
}
