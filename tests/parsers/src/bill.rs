//! Events of the payer of bills.

use providers::{
    bills::{EventKind, parse_event},
    signature::Verified,
};
use serde::de::IgnoredAny;

pub fn check(data: &[u8]) {
    let event = match parse_event(Verified::stored(data)) {
        Ok(event) => event,
        Err(error) => return crate::webhook::quotes_nothing(data, &error.to_string()),
    };
    assert!(serde_json::from_slice::<IgnoredAny>(data).is_ok(), "what is no JSON was taken");
    assert!(event.trace_id.as_ref().is_none_or(|id| id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric())));
    match &event.kind {
        EventKind::Payment(payment) => assert!(!payment.ref_id.is_empty(), "a payment of no name"),
        EventKind::Fetch { ref_id, .. } => assert!(!ref_id.is_empty(), "a bill of no name"),
        EventKind::Unknown(name) => assert!(name.chars().count() <= 60 && name.chars().all(|c| c.is_ascii_graphic())),
        EventKind::Complaint(_) => {}
    }
    assert!(parse_event(Verified::stored(&[data, b"{}"].concat())).is_err(), "more than one value was taken");
}
