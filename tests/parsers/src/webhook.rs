//! Bodies of Razorpay's and RazorpayX's webhooks.

use providers::{
    razorpay::{Event, EventKind, PaymentEntity, parse_event},
    signature::Verified,
};
use serde::de::IgnoredAny;
use serde_json::Value;

pub fn check(data: &[u8]) {
    let event = match parse_event(Verified::stored(data)) {
        Ok(event) => event,
        Err(error) => return quotes_nothing(data, &error.to_string()),
    };
    assert!(serde_json::from_slice::<IgnoredAny>(data).is_ok(), "what is no JSON was taken");
    in_range(&event);
    assert_eq!(parse_event(Verified::stored(data)).as_ref(), Ok(&event));
    for tail in [&b"}"[..], b"{}", b"0"] {
        assert!(parse_event(Verified::stored(&[data, tail].concat())).is_err(), "more than one value was taken");
    }
    // The same event in another spelling: other spaces, other order of its members.
    if let Ok(value) = serde_json::from_slice::<Value>(data) {
        assert_eq!(value["event"].as_str(), Some(event.event_name.as_str()));
        for spelling in [serde_json::to_vec(&value), serde_json::to_vec_pretty(&value)] {
            assert_eq!(parse_event(Verified::stored(&spelling.expect("a value is JSON"))).as_ref(), Ok(&event));
        }
    }
}

fn in_range(event: &Event) {
    let payment = |payment: &PaymentEntity| {
        assert!(payment.amount_paise >= 0 && payment.amount_refunded_paise >= 0);
        assert!(payment.fee_paise.unwrap_or(0) >= 0 && payment.tax_paise.unwrap_or(0) >= 0);
        assert!(payment.order_id.as_deref() != Some("") && payment.order_id.as_deref() != Some("null"), "none is told as none");
    };
    match &event.kind {
        EventKind::Payment(told) => payment(told),
        EventKind::OrderPaid { order, payment: told } => {
            assert!(order.amount_paise >= 0);
            payment(told);
        }
        EventKind::Refund { refund, payment: told } => {
            assert!(refund.amount_paise >= 0);
            told.iter().for_each(|told| payment(told));
        }
        EventKind::Payout(payout) => {
            assert!(payout.amount_paise >= 0 && payout.fees_paise.unwrap_or(0) >= 0 && payout.tax_paise.unwrap_or(0) >= 0);
            assert!(!matches!(payout.utr.as_deref(), Some("" | "null" | "NA")), "none is told as none");
        }
        EventKind::Validation(_) => {}
        EventKind::Unknown(name) => assert_eq!(*name, event.event_name),
    }
}

/// A body holds personal data; why it was refused is logged.
pub(crate) fn quotes_nothing(data: &[u8], error: &str) {
    let Ok(value) = serde_json::from_slice::<Value>(data) else { return };
    let (mut names, mut values) = (Vec::new(), Vec::new());
    gather(&value, &mut names, &mut values);
    // Phones, addresses, references; words alone may be those of our own sentence.
    let personal = |text: &&str| text.contains('@') || text.bytes().filter(u8::is_ascii_digit).count() >= 4;
    let personal = |text: &&str| text.chars().count() >= 8 && personal(text);
    for text in values.into_iter().filter(personal) {
        assert!(!error.contains(text) || names.iter().any(|name| name.contains(text)), "{error} quotes the body");
    }
}

fn gather<'a>(value: &'a Value, names: &mut Vec<&'a str>, values: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => values.push(text),
        Value::Array(items) => items.iter().for_each(|item| gather(item, names, values)),
        Value::Object(members) => members.iter().for_each(|(name, member)| {
            names.push(name);
            gather(member, names, values);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
