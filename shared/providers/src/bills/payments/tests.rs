//! Payments against a provider on this machine.

use serde_json::{Value, json};

use super::super::client::tests::{TOKEN, answering, client};
use super::*;
use crate::bills::FailureClass;
use crate::test_server::{self, TestServer};

const KEY: &str = "bill_01J9ZK3N4PQ5R6S7T8V9W0X1Y2";
const REF: &str = "D0S99QG07LRRJUP0E5J0EUMxeCZ51492240";
/// 20 October 2026, 01:30 in India; still the 19th in London.
const PAID_AT: i64 = 1_792_440_000;
const NOW: i64 = PAID_AT + 5;

fn payment() -> NewPayment<'static> {
    NewPayment {
        reference: KEY,
        of: PayFor::Fetched("HENSVVR4QOS7X1UGPY7JGUV444P10102202"),
        amount_paise: 83_400,
        fee_paise: 0,
        option: None,
        payer_name: "Ravi Kumar",
        mobile: "9876543210",
        paid_at: PAID_AT,
    }
}

fn state(status: &str) -> Value {
    json!({"data": {"refId": REF, "status": status, "billerId": "BESCOM000KAR01", "billerRefId": "ZA6291A177",
        "transactionId": "AX01122999900001", "paymentDetails": {"mode": "Wallet", "paymentRefId": KEY, "amount": 83_400,
        "timestamp": "2026-10-20T01:30:00+05:30", "accountInfo": "Kamai|9876543210"}}, "success": true, "traceId": "T"})
}

fn duplicate() -> String {
    json!({"data": {"refId": "ANOTHER1", "duplicate": {"code": "duplicate-ref-id", "message": "m", "refId": REF}}, "success": true})
        .to_string()
}

fn lookup() -> PaymentLookup<'static> {
    PaymentLookup { reference: KEY, mobile: "9876543210", paid_at: PAID_AT }
}

#[tokio::test]
async fn a_payment_is_made_under_our_reference() {
    let server = answering(&[(200, &json!({"data": {"refId": REF}, "success": true}).to_string())]).await;
    let paid = client(server.url()).pay(&payment(), NOW).await.unwrap();
    assert_eq!((paid.ref_id.as_str(), paid.reference.as_deref(), paid.status), (REF, Some(KEY), PaymentStatus::Pending));
    assert_eq!((paid.amount_paise, paid.transaction_id), (Some(83_400), None));
    let request = &server.requests()[1];
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/bbps/bills/payment/request"));
    assert_eq!(
        request.json(),
        json!({"refId": "HENSVVR4QOS7X1UGPY7JGUV444P10102202", "remitter": {"name": "Ravi Kumar"},
            "paymentDetails": {"mode": "Wallet", "amount": 83_400, "paymentRefId": KEY,
                "timestamp": "2026-10-20T01:30:00+05:30", "accountInfo": "Kamai|9876543210"}})
    );
}

#[tokio::test]
async fn an_option_a_fee_and_a_biller_without_bills_are_told() {
    let server = answering(&[(200, &json!({"data": {"refId": REF}}).to_string())]).await;
    let option = AmountOption { name: "Early Payment Amount".to_owned(), amount_paise: 75_060 };
    let customer = Customer { mobile: "9876543210", params: &[("Mobile Number", "9876543210")] };
    let of = PayFor::Direct { biller_id: "JIO000000NAT01", customer };
    let direct = NewPayment { of, amount_paise: 75_060, fee_paise: 236, option: Some(&option), ..payment() };
    client(server.url()).pay(&direct, NOW).await.unwrap();
    let body = server.requests()[1].json();
    assert_eq!((&body["biller"]["id"], &body["agent"]["channel"], body.get("refId")), (&json!("JIO000000NAT01"), &json!("INT"), None));
    assert_eq!(body["customer"]["customerParams"][0]["value"], "9876543210");
    assert_eq!(body["paymentDetails"]["custConvFee"], 236);
    assert_eq!(body["paymentDetails"]["selectedPaymentOptions"], json!([{"name": "Early Payment Amount", "amount": 75_060}]));
    assert!(!format!("{direct:?}").contains("Ravi") && !format!("{direct:?}").contains("987654"));
}

#[tokio::test]
async fn a_reference_that_was_used_is_answered_with_its_first_payment() {
    let server = answering(&[(409, &duplicate()), (200, &state("Success").to_string())]).await;
    let paid = client(server.url()).pay(&payment(), NOW).await.unwrap();
    assert_eq!((paid.status, paid.transaction_id.as_deref()), (PaymentStatus::Success, Some("AX01122999900001")));
    assert_eq!(server.requests()[2].json(), json!({"refId": REF}));
}

#[tokio::test]
async fn a_reference_that_was_used_for_something_else_is_a_doubt_and_no_refusal() {
    for (pointer, value) in [("/data/paymentDetails/amount", json!(100)), ("/data/paymentDetails/paymentRefId", json!("bill_another"))] {
        let mut first = state("Success");
        *first.pointer_mut(pointer).unwrap() = value;
        let server = answering(&[(409, &duplicate()), (200, &first.to_string())]).await;
        let error = client(server.url()).pay(&payment(), NOW).await.unwrap_err();
        assert_eq!(error, CallError::Unknown { why: Doubt::KeyReused });
    }
    for answers in [
        vec![(409, duplicate()), (400, r#"{"error":{"code":"invalid-ref-id"}}"#.to_owned())],
        vec![(409, duplicate()), (500, String::new())],
        vec![(409, "{}".to_owned())],
    ] {
        let answers: Vec<(u16, &str)> = answers.iter().map(|(status, body)| (*status, body.as_str())).collect();
        let error = client(answering(&answers).await.url()).pay(&payment(), NOW).await.unwrap_err();
        assert!(!error.certainly_nothing_happened() && error.retryable(), "{error}");
    }
}

#[tokio::test]
async fn after_a_5xx_silence_or_nonsense_it_may_have_been_paid() {
    for (status, body) in [(500, ""), (502, "<html>"), (200, "{}"), (200, r#"{"data":{"refId":"a b"}}"#)] {
        let error = client(answering(&[(status, body)]).await.url()).pay(&payment(), NOW).await.unwrap_err();
        assert!(!error.certainly_nothing_happened() && error.retryable(), "{status} {error}");
    }
    let closed = test_server::closed_port().await;
    assert!(client(&closed).pay(&payment(), NOW).await.unwrap_err().certainly_nothing_happened());
    let broke = answering(&[(400, r#"{"error":{"code":"insufficient-funds","message":"m"},"success":false}"#)]).await;
    let error = client(broke.url()).pay(&payment(), NOW).await.unwrap_err();
    assert!(error.certainly_nothing_happened() && !error.retryable());
}

#[tokio::test]
async fn the_same_payment_has_the_same_bytes() {
    let server = answering(&[(200, &json!({"data": {"refId": REF}}).to_string())]).await;
    let client = client(server.url());
    for _ in 0..2 {
        client.pay(&payment(), NOW).await.unwrap();
    }
    let seen = server.requests();
    assert_eq!(seen[1].body, seen[2].body);
}

#[tokio::test]
async fn what_could_never_be_paid_is_not_sent() {
    let server = TestServer::answering(200, TOKEN).await;
    let client = client(server.url());
    for payment in [
        NewPayment { reference: "short", ..payment() },
        NewPayment { reference: "bill 01J9ZK3N4", ..payment() },
        NewPayment { reference: "x012345678901234567890123456789012345", ..payment() },
        NewPayment { amount_paise: 0, ..payment() },
        NewPayment { fee_paise: -1, ..payment() },
        NewPayment { payer_name: " ", ..payment() },
        NewPayment { payer_name: "Ravi\nKumar", ..payment() },
        NewPayment { mobile: "98765", ..payment() },
        NewPayment { paid_at: i64::MAX, ..payment() },
        NewPayment { of: PayFor::Fetched("a/b"), ..payment() },
    ] {
        let error = client.pay(&payment, NOW).await.unwrap_err();
        assert!(error.certainly_nothing_happened() && !error.retryable(), "{payment:?}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_payment_is_not_sent_any_more_once_its_reference_may_be_forgotten() {
    let server = answering(&[(200, &json!({"data": {"refId": REF}}).to_string())]).await;
    let client = client(server.url());
    assert!(client.pay(&payment(), PAID_AT + 23 * 3600 - 1).await.is_ok());
    let error = client.pay(&payment(), PAID_AT + 23 * 3600).await.unwrap_err();
    assert!(error.certainly_nothing_happened() && !error.retryable());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn what_became_of_a_payment_is_read_in_every_spelling() {
    for (word, status, settled) in [
        ("Processing", PaymentStatus::Pending, false),
        ("PROCESSING", PaymentStatus::Pending, false),
        ("Success", PaymentStatus::Success, true),
        ("Failure", PaymentStatus::Failure, true),
        ("Credit_Adjustment", PaymentStatus::Reversed, true),
        ("Held by\u{202e} moon", PaymentStatus::Other("Heldbymoon".to_owned()), false),
    ] {
        let server = answering(&[(200, &state(word).to_string())]).await;
        let found = client(server.url()).payment(REF, NOW).await.unwrap();
        assert_eq!((found.status.is_final(), found.status), (settled, status), "{word}");
        assert_eq!((found.biller_id.as_deref(), found.reference.as_deref()), (Some("BESCOM000KAR01"), Some(KEY)));
    }
    let mut failed = state("Failure");
    failed["data"]["failureReason"] = json!({"code": "BRR005", "message": "Biller not accepting payments at the moment", "type": "BBPS"});
    failed["data"]["refundStatus"] = json!("Required");
    let server = answering(&[(200, &failed.to_string())]).await;
    let client = client(server.url());
    let found = client.payment(REF, NOW).await.unwrap();
    assert_eq!((found.failure.unwrap().class(), found.refund), (FailureClass::BillerDown, Some(RefundStatus::Required)));
    let error = client.payment("ANOTHER1", NOW).await.unwrap_err();
    assert!(!error.certainly_nothing_happened());
}

fn line(reference: &str, status: &str, ref_id: &str) -> Value {
    json!({"amount": 83_400, "billerId": "BESCOM000KAR01", "mobile": "9876543210", "paymentRefId": reference, "refId": ref_id,
        "status": status, "timestamp": "2026-10-20T01:30:00.000+05:30", "transactionId": "AX01122999900001"})
}

fn list(lines: &[Value], next: Option<&str>) -> String {
    json!({"data": {"transactions": lines, "nextPage": next}, "success": true}).to_string()
}

#[tokio::test]
async fn a_payment_is_found_by_our_reference_among_its_days() {
    let pages =
        [list(&[line("bill_another", "Success", "A1")], Some("/api/bbps/transactions?after=A1")), list(&[line(KEY, "Error", REF)], None)];
    let server = answering(&[(200, &pages[0]), (200, &pages[1])]).await;
    let found = client(server.url()).status(&lookup(), NOW).await.unwrap().unwrap();
    assert_eq!((found.ref_id.as_str(), found.status, found.amount_paise), (REF, PaymentStatus::Failure, Some(83_400)));
    let seen = server.requests();
    assert_eq!(seen[1].target, "/bbps/transactions?startDate=2026-10-20&endDate=2026-10-20&mobile=9876543210");
    assert!(seen[2].target.ends_with("&after=A1"));
}

#[tokio::test]
async fn a_second_try_counts_more_than_the_one_that_failed() {
    for lines in [[line(KEY, "Error", "A1"), line(KEY, "Success", "A2")], [line(KEY, "Success", "A2"), line(KEY, "Error", "A1")]] {
        let server = answering(&[(200, &list(&lines, None))]).await;
        assert_eq!(client(server.url()).status(&lookup(), NOW).await.unwrap().unwrap().ref_id, "A2");
    }
}

#[tokio::test]
async fn a_payment_that_is_not_there_is_no_error_and_a_list_that_proves_nothing_is_one() {
    let server = answering(&[(200, &list(&[line("bill_another", "Success", "A1")], None))]).await;
    assert_eq!(client(server.url()).status(&lookup(), NOW).await, Ok(None));
    let mut nameless = line(KEY, "Success", "A1");
    nameless["paymentRefId"] = Value::Null;
    let endless = list(&[line("bill_another", "Success", "A1")], Some("/x?after=A1"));
    for page in [list(&[nameless], None), endless] {
        let error = client(answering(&[(200, &page)]).await.url()).status(&lookup(), NOW).await.unwrap_err();
        assert!(matches!(error, CallError::Unreadable { .. }), "{error}");
    }
}
