//! Events: what PhonePe tells unasked.
//!
//! Source: `upi.md`, section 3.7. Events repeat, come in any order, and have no id. Of a body only the
//! names of what it is about are read, and the state that makes two deliveries the same one: amounts,
//! payers and banks' references are asked for.

use serde::Deserialize;

use super::orders::is_id;
use crate::call::{Illegible, read_json_object};
use crate::signature::Verified;
use crate::wire::{absent, null_as_default};

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Such as `checkout.order.completed`, of at most 60 characters.
    pub event_name: String,
    /// The word for how it stands, as told. It decides nothing.
    pub state: String,
    pub kind: EventKind,
}

/// What the event is about, by the events we act upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    /// `checkout.order.…` and `pg.order.…`. With PhonePe's own id, where it is told.
    Order { merchant_order_id: String, order_id: String },
    /// `pg.refund.…`.
    Refund { merchant_refund_id: String, refund_id: String },
    /// Any other event: to be acknowledged and left alone. An attempt that failed is one, since its order
    /// can still be paid.
    Unknown,
}

#[derive(Deserialize)]
struct Body {
    event: String,
    #[serde(default, deserialize_with = "null_as_default")]
    payload: Payload,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    #[serde(default, deserialize_with = "absent")]
    merchant_order_id: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    order_id: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    merchant_refund_id: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    refund_id: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    state: Option<String>,
}

/// Reads an event whose sender is known.
///
/// # Errors
///
/// [`Illegible`] where it is not JSON, or an event that we act upon does not say what it is about.
/// The same body fails again; keep it and have somebody look.
pub fn parse_event(body: Verified<'_>) -> Result<Event, Illegible> {
    let Body { event, payload } = read_json_object(body.bytes())?;
    let kind = if event.starts_with("checkout.order.") || event.starts_with("pg.order.") {
        EventKind::Order {
            merchant_order_id: ours(payload.merchant_order_id, "payload.merchantOrderId")?,
            order_id: payload.order_id.unwrap_or_default(),
        }
    } else if event.starts_with("pg.refund.") {
        EventKind::Refund {
            merchant_refund_id: ours(payload.merchant_refund_id, "payload.merchantRefundId")?,
            refund_id: payload.refund_id.unwrap_or_default(),
        }
    } else {
        EventKind::Unknown
    };
    let event_name = event.chars().filter(char::is_ascii_graphic).take(60).collect();
    Ok(Event { event_name, state: payload.state.unwrap_or_default(), kind })
}

/// An id that may be asked for.
fn ours(id: Option<String>, path: &str) -> Result<String, Illegible> {
    id.filter(|id| is_id(id)).ok_or_else(|| Illegible::WrongShape { path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn parse(body: &Value) -> Result<Event, Illegible> {
        parse_event(Verified::stored(body.to_string().as_bytes()))
    }

    #[test]
    fn an_order_that_was_paid_is_told() {
        let event = parse_event(Verified::stored(include_bytes!("../../fixtures/phonepe_event_completed.json"))).unwrap();
        assert_eq!((event.event_name.as_str(), event.state.as_str()), ("checkout.order.completed", "COMPLETED"));
        let (merchant_order_id, order_id) = ("ORD-1".to_owned(), "OMO2608201234567890123456".to_owned());
        assert_eq!(event.kind, EventKind::Order { merchant_order_id, order_id });
    }

    #[test]
    fn a_refund_is_told() {
        let event =
            parse(&json!({ "event": "pg.refund.completed", "payload": { "merchantRefundId": "rfnd_1", "originalMerchantOrderId": "pay_1",
            "refundId": "OMR1", "amount": 100, "state": "COMPLETED" } }));
        let (merchant_refund_id, refund_id) = ("rfnd_1".to_owned(), "OMR1".to_owned());
        assert_eq!(event.unwrap().kind, EventKind::Refund { merchant_refund_id, refund_id });
    }

    #[test]
    fn what_is_nested_may_be_missing_or_new() {
        for payload in [
            json!({ "merchantOrderId": "o" }),
            json!({ "merchantOrderId": "o", "paymentDetails": null, "orderId": null, "state": null, "amount": null }),
            json!({ "merchantOrderId": "o", "paymentDetails": "x", "metaInfo": [], "amount": "much", "expireAt": {} }),
        ] {
            let event = parse(&json!({ "event": "pg.order.failed", "type": 1, "payload": payload })).unwrap();
            assert_eq!(event.kind, EventKind::Order { merchant_order_id: "o".to_owned(), order_id: String::new() });
        }
    }

    #[test]
    fn an_event_that_we_do_not_act_upon_is_no_error() {
        for event in ["pg.transaction.failed", "subscription.paused", "paylink.order.completed", "", "checkout"] {
            assert_eq!(parse(&json!({ "event": event, "payload": null })).unwrap().kind, EventKind::Unknown, "{event}");
        }
        let name = parse(&json!({ "event": "x\u{202e}".repeat(1000) })).unwrap().event_name;
        assert_eq!(name, "x".repeat(60));
    }

    #[test]
    fn an_event_that_does_not_say_what_it_is_about_is_not_read() {
        for body in [
            json!({ "event": "checkout.order.completed" }),
            json!({ "event": "checkout.order.completed", "payload": { "merchantOrderId": "../status" } }),
            json!({ "event": "checkout.order.completed", "payload": { "merchantOrderId": "x".repeat(64) } }),
            json!({ "event": "pg.refund.failed", "payload": { "merchantOrderId": "o" } }),
            json!({ "type": "CHECKOUT_ORDER_COMPLETED", "payload": { "merchantOrderId": "o" } }),
            json!([]),
        ] {
            assert!(parse(&body).is_err(), "{body}");
        }
    }
}
