//! Recorded events, and events as they should not be.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::*;
use crate::razorpay::{OrderStatus, PaymentStatus, RefundStatus, SpeedProcessed};
use crate::razorpayx::{AccountStatus, PayoutStatus, ReasonClass, ValidationStatus};
use crate::secret::Secret;
use crate::signature::{Secrets, verify};

/// Signs, verifies and reads, as a delivery would be.
fn parse(body: &str) -> Result<Event, Illegible> {
    let mut mac = Hmac::<Sha256>::new_from_slice(b"webhook secret").unwrap();
    mac.update(body.as_bytes());
    let signature = hex::encode(mac.finalize().into_bytes());
    let secrets = Secrets::only(Secret::new("webhook secret").unwrap());
    parse_event(verify(body.as_bytes(), &signature, &secrets).unwrap())
}

#[track_caller]
fn path_of(body: &str) -> String {
    match parse(body).unwrap_err() {
        Illegible::WrongShape { path } => path,
        other => panic!("{other}"),
    }
}

const CAPTURED: &str = include_str!("../../../fixtures/event_payment_captured.json");
const ORDER_PAID: &str = include_str!("../../../fixtures/event_order_paid.json");
const REFUND_CHANGED: &str = include_str!("../../../fixtures/event_refund_speed_changed.json");
const PROCESSED: &str = include_str!("../../../fixtures/event_payout_processed.json");
const REVERSED: &str = include_str!("../../../fixtures/event_payout_reversed.json");
const VALIDATED: &str = include_str!("../../../fixtures/event_validation_completed.json");

#[test]
fn a_captured_payment_is_read() {
    let event = parse(CAPTURED).unwrap();
    assert_eq!((event.event_name.as_str(), event.created_at), ("payment.captured", Some(1_567_674_606)));
    let EventKind::Payment(payment) = event.kind else { panic!("{:?}", event.kind) };
    assert_eq!(payment.status, PaymentStatus::Captured);
    assert_eq!(payment.amount_paise, 25_000);
}

#[test]
fn a_paid_order_comes_with_its_payment() {
    let EventKind::OrderPaid { order, payment } = parse(ORDER_PAID).unwrap().kind else { panic!() };
    assert_eq!((order.status, order.amount_due_paise), (OrderStatus::Paid, 0));
    assert_eq!(payment.order_id.as_deref(), Some(order.id.as_str()));
}

#[test]
fn a_refund_is_read_with_its_time_nested_in_the_payload() {
    let event = parse(REFUND_CHANGED).unwrap();
    assert_eq!(event.created_at, Some(1_567_675_983));
    let EventKind::Refund { refund, payment } = event.kind else { panic!() };
    assert_eq!(refund.status, RefundStatus::Processed);
    assert_eq!(refund.speed_processed, Some(SpeedProcessed::Normal));
    assert_eq!(payment.unwrap().id, refund.payment_id);
}

#[test]
fn a_processed_payout_is_read() {
    let EventKind::Payout(payout) = parse(PROCESSED).unwrap().kind else { panic!() };
    assert_eq!(payout.status, PayoutStatus::Processed);
    assert_eq!(payout.utr.as_deref(), Some("523223155921"));
    assert_eq!(payout.reason().unwrap().class(), ReasonClass::Informational);
    assert_eq!(payout.reference_id, None);
    assert!(!format!("{payout:?}").contains("exampleupi"), "a payout may be logged");
}

#[test]
fn a_reversed_payout_says_whose_fault_it_is() {
    let EventKind::Payout(payout) = parse(REVERSED).unwrap().kind else { panic!() };
    assert_eq!(payout.status, PayoutStatus::Reversed);
    assert_eq!(payout.reason().unwrap().class(), ReasonClass::FixBeneficiary);
    assert_eq!(payout.utr, None, "the text null is none");
}

#[test]
fn a_validation_calls_its_results_by_another_name() {
    let EventKind::Validation(validation) = parse(VALIDATED).unwrap().kind else { panic!() };
    assert_eq!(validation.status, ValidationStatus::Completed);
    let results = validation.results.unwrap();
    assert_eq!(results.account_status, Some(AccountStatus::Active));
    assert_eq!(results.name_match_score, Some(92));
    assert_eq!(results.registered_name.unwrap().expose(), "RAVI KUMAR");
}

#[test]
fn an_unknown_event_is_no_error_whatever_it_contains() {
    for name in [
        "payment.downtime.started",
        "payment.dispute.created",
        "payout.downtime.started",
        "subscription.charged",
        "something.new",
        "",
        "payment.captured.v2",
    ] {
        for rest in ["", r#","payload":null"#, r#","payload":"x""#, r#","created_at":"soon""#] {
            let event = parse(&format!(r#"{{"event":"{name}"{rest}}}"#)).unwrap();
            assert_eq!(event.kind, EventKind::Unknown(name.to_owned()));
            assert_eq!(event.created_at, None);
        }
    }
}

#[test]
fn an_event_without_a_time_is_read() {
    let body = CAPTURED.replace(r#""created_at": 1567674606"#, r#""later": true"#);
    assert_ne!(body, CAPTURED);
    assert_eq!(parse(&body).unwrap().created_at, None);
}

#[test]
fn a_wrong_shape_is_named_by_its_path() {
    assert_eq!(path_of("{}"), "event");
    for body in ["[]", "null", "1"] {
        assert_eq!(path_of(body), ".", "{body}");
    }
    assert_eq!(path_of(r#"{"event":1}"#), "event");
    assert_eq!(path_of(r#"{"event":"payment.captured"}"#), "payload");
    let empty = r#"{"event":"payment.captured","payload":{}}"#;
    assert_eq!(path_of(empty), "payload.payment");
    for wrong in [r#""25000""#, "25000.0", "-1", "9223372036854775808", "null", "[]"] {
        let body = CAPTURED.replace(r#""amount": 25000"#, &format!(r#""amount": {wrong}"#));
        assert_ne!(body, CAPTURED);
        assert_eq!(path_of(&body), "payload.payment.entity.amount", "{wrong}");
    }
    let dotted = r#"{"event":"fund_account.validation.failed","payload":{}}"#;
    assert_eq!(path_of(dotted), "payload.fund_account.validation");
}

#[test]
fn a_field_given_twice_is_refused() {
    let body = CAPTURED.replace(r#""amount": 25000"#, r#""amount": 25000, "amount": 9900000"#);
    assert!(parse(&body).is_err());
}

#[test]
fn what_is_no_json_is_an_error_and_the_stack_survives() {
    let deep =
        format!(r#"{{"event":"payment.captured","payload":{}{}}}"#, r#"{"a":"#.repeat(200_000), "1".to_owned() + &"}".repeat(200_000));
    for body in ["", "nul", "{\"event\":\"a\"}\u{0}", "{\"event\":\"a", &deep] {
        assert!(matches!(parse(body), Err(Illegible::NotJson { .. })));
    }
    assert!(parse(&CAPTURED[..CAPTURED.len() / 2]).is_err());
}

#[test]
fn an_event_by_position_is_none() {
    assert_eq!(path_of(r#" ["payment.downtime.started"]"#), ".");
    assert_eq!(path_of(r#"["payment.captured",1790000000,{}]"#), ".");
}
