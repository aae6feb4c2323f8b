//! Bodies of PhonePe's webhooks.

use providers::{
    phonepe::{Event, EventKind, parse_event},
    signature::Verified,
};
use serde::de::IgnoredAny;
use serde_json::Value;

pub fn check(data: &[u8]) {
    let event = match parse_event(Verified::stored(data)) {
        Ok(event) => event,
        Err(error) => return crate::webhook::quotes_nothing(data, &error.to_string()),
    };
    assert!(serde_json::from_slice::<IgnoredAny>(data).is_ok(), "what is no JSON was taken");
    can_be_asked_about(&event);
    for tail in [&b"}"[..], b"{}", b"0"] {
        assert!(parse_event(Verified::stored(&[data, tail].concat())).is_err(), "more than one value was taken");
    }
    // The same event in another spelling: other spaces, other order of its members.
    if let Ok(value) = serde_json::from_slice::<Value>(data) {
        for spelling in [serde_json::to_vec(&value), serde_json::to_vec_pretty(&value)] {
            assert_eq!(parse_event(Verified::stored(&spelling.expect("a value is JSON"))).as_ref(), Ok(&event));
        }
    }
}

/// The name of an order becomes part of a path.
fn can_be_asked_about(event: &Event) {
    let id = match &event.kind {
        EventKind::Order { merchant_order_id, .. } => merchant_order_id,
        EventKind::Refund { merchant_refund_id, .. } => merchant_refund_id,
        EventKind::Unknown => return,
    };
    assert!((1..=63).contains(&id.len()));
    assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')), "{id} reaches out of its path");
}
