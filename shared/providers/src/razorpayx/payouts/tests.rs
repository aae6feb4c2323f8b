//! Payouts against a provider on this machine.

use std::time::Duration;

use serde_json::{Value, json};

use super::*;
use crate::call::{Doubt, Http, Timeouts};
use crate::razorpay;
use crate::razorpayx::{ContactName, ContactType, IMPS_PAISE_MAX, ReasonClass, UPI_PAISE_MAX};
use crate::secret::Secret;
use crate::test_server::{self, TestServer};

const PROCESSING: &str = include_str!("../../../fixtures/payout_processing.json");
const FAILED: &str = include_str!("../../../fixtures/payout_failed.json");
const KEY: &str = "pout_01J9ZK3N4PQ5R6S7T8V9W0X1Y2";

fn client(base_url: &str) -> Client {
    let timeouts = Timeouts { connect: Duration::from_secs(2), total: Duration::from_millis(300) };
    let http = Http::new(timeouts).unwrap();
    let secret = Secret::new("s").unwrap();
    razorpay::Client::with_http(http, base_url, "rzp_test_1", secret).unwrap().into()
}

fn to_fund_account() -> NewPayout<'static> {
    NewPayout {
        account_number: "2323230000000000",
        to: PayTo::FundAccount("fa_00000000000001"),
        amount_paise: 50_000,
        mode: Mode::Imps,
        purpose: Purpose::Payout,
        queue_if_low_balance: false,
        reference_id: "pout_01J9",
        narration: Narration::clean("Kamai payout"),
        notes: Notes::new(),
    }
}

fn to_vpa(amount_paise: i64) -> NewPayout<'static> {
    let contact = NewContact {
        name: ContactName::clean("Ravi Kumar").unwrap(),
        phone: None,
        email: None,
        contact_type: ContactType::Employee,
        reference_id: "usr_1",
        notes: Notes::new(),
    };
    let destination = Destination::vpa("ravi@okaxis").unwrap();
    let to = PayTo::Composite { destination, contact };
    NewPayout { to, amount_paise, mode: Mode::Upi, ..to_fund_account() }
}

#[tokio::test]
async fn a_payout_is_made_under_its_key() {
    let server = TestServer::answering(200, PROCESSING).await;
    let payout = client(server.url()).create_payout(KEY, &to_fund_account()).await.unwrap();
    assert_eq!((payout.id.as_str(), payout.amount_paise), ("pout_00000000000001", 50_000));
    assert_eq!(payout.status, PayoutStatus::Processing);
    assert_eq!((payout.fees_paise, payout.tax_paise, payout.utr), (Some(590), Some(90), None));
    let request = server.only_request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/payouts"));
    assert_eq!(request.header("x-payout-idempotency"), KEY);
    assert_eq!(
        request.json(),
        json!({"account_number": "2323230000000000", "fund_account_id": "fa_00000000000001",
            "amount": 50_000, "currency": "INR", "mode": "IMPS", "purpose": "payout",
            "queue_if_low_balance": false, "reference_id": "pout_01J9",
            "narration": "Kamai payout", "notes": {}})
    );
}

#[tokio::test]
async fn a_composite_payout_brings_its_payee_along() {
    let server = TestServer::answering(200, PROCESSING).await;
    client(server.url()).create_payout(KEY, &to_vpa(50_000)).await.unwrap();
    let body = server.only_request().json();
    assert_eq!(body.get("fund_account_id"), None);
    assert_eq!(
        body["fund_account"],
        json!({"account_type": "vpa", "vpa": {"address": "ravi@okaxis"}, "contact":
            {"name": "Ravi Kumar", "type": "employee", "reference_id": "usr_1"}})
    );
}

#[tokio::test]
async fn the_same_payout_has_the_same_bytes() {
    let server = TestServer::answering(200, PROCESSING).await;
    let client = client(server.url());
    for _ in 0..2 {
        let payout = NewPayout { notes: Notes::new().with("b", "2").with("a", "1"), ..to_vpa(100) };
        client.create_payout(KEY, &payout).await.unwrap();
    }
    let seen = server.requests();
    assert_eq!(seen[0].body, seen[1].body);
}

#[tokio::test]
async fn what_the_provider_would_refuse_is_not_sent() {
    let server = TestServer::answering(200, PROCESSING).await;
    let client = client(server.url());
    for key in ["", "abc", &"x".repeat(37), "a/b/c", " abcd", "abcd ", "कमाई"] {
        let error = client.create_payout(key, &to_fund_account()).await.unwrap_err();
        assert!(error.certainly_nothing_happened() && !error.retryable(), "{key}");
    }
    for payout in [
        NewPayout { amount_paise: 99, ..to_fund_account() },
        NewPayout { account_number: "", ..to_fund_account() },
        NewPayout { reference_id: "", ..to_fund_account() },
        NewPayout { to: PayTo::FundAccount("fa/../1"), ..to_fund_account() },
        NewPayout { amount_paise: IMPS_PAISE_MAX + 1, ..to_fund_account() },
        NewPayout { mode: Mode::Other("FASTER".to_owned()), ..to_fund_account() },
        NewPayout { mode: Mode::Imps, ..to_vpa(50_000) },
        to_vpa(UPI_PAISE_MAX + 1),
    ] {
        let error = client.create_payout(KEY, &payout).await.unwrap_err();
        assert!(error.certainly_nothing_happened(), "{error}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_refusal_is_certain_and_says_nothing_about_the_payee() {
    let body = r#"{"error":{"code":"BAD_REQUEST_ERROR","reason":"input_validation_failed",
        "description":"ravi@okaxis is invalid","source":"business","step":"NA","metadata":{}}}"#;
    let server = TestServer::answering(400, body).await;
    let error = client(server.url()).create_payout(KEY, &to_vpa(100)).await.unwrap_err();
    assert!(error.certainly_nothing_happened() && !error.retryable());
    assert!(!format!("{error} {error:?}").contains("ravi"));
}

#[tokio::test]
async fn after_a_5xx_or_silence_the_payout_may_have_been_made() {
    let broken = TestServer::answering(502, "").await;
    let silent = TestServer::silent().await;
    for (url, doubt) in [(broken.url(), Doubt::Status(502)), (silent.url(), Doubt::TimedOut)] {
        let error = client(url).create_payout(KEY, &to_vpa(100)).await.unwrap_err();
        assert_eq!(error, CallError::Unknown { why: doubt });
        assert!(error.retryable() && !error.certainly_nothing_happened());
    }
}

#[tokio::test]
async fn a_provider_out_of_reach_or_out_of_breath_made_nothing() {
    let closed = test_server::closed_port().await;
    let busy = TestServer::answering_with(429, "", &[("retry-after", "3")]).await;
    let error = client(&closed).create_payout(KEY, &to_vpa(100)).await.unwrap_err();
    assert!(matches!(error, CallError::NotSent { .. }));
    assert!(error.retryable() && error.certainly_nothing_happened());
    let error = client(busy.url()).create_payout(KEY, &to_vpa(100)).await.unwrap_err();
    assert_eq!(error, CallError::Throttled { retry_after_ms: Some(3_000) });
}

#[tokio::test]
async fn a_payout_is_found_by_its_reference() {
    let server = TestServer::answering(200, &format!(r#"{{"items":[{FAILED}]}}"#)).await;
    let client = client(server.url());
    let found = client.payouts_by_reference("2323230000000000", "pout_01J9").await.unwrap();
    assert_eq!(found[0].status, PayoutStatus::Failed);
    assert_eq!(found[0].reason().unwrap().class(), ReasonClass::RetryLater);
    assert_eq!(server.only_request().target, "/payouts?account_number=2323230000000000&reference_id=pout_01J9&count=100");
    let error = client.payouts_by_reference("2323230000000000", "pout_other").await.unwrap_err();
    assert!(!error.certainly_nothing_happened(), "a list of others proves nothing");
}

#[tokio::test]
async fn a_payout_that_is_not_there_is_no_error() {
    let server = TestServer::answering(200, r#"{"entity":"collection","count":0,"items":[]}"#).await;
    let found = client(server.url()).payouts_by_reference("2323230000000000", "pout_01J9").await;
    assert_eq!(found, Ok(vec![]));
}

#[tokio::test]
async fn a_payout_is_read_by_its_id() {
    let server = TestServer::answering(200, FAILED).await;
    let payout = client(server.url()).payout("pout_00000000000001").await.unwrap();
    assert_eq!(payout.status_details.source.as_deref(), Some("beneficiary_bank"));
    assert_eq!(server.only_request().target, "/payouts/pout_00000000000001");
}

#[test]
fn every_status_of_the_sheet_is_known() {
    for word in ["pending", "queued", "scheduled", "processing", "processed", "reversed", "failed", "rejected", "cancelled"] {
        let mut payout: Value = serde_json::from_str(PROCESSING).unwrap();
        payout["status"] = json!(word);
        let payout: PayoutEntity = serde_json::from_value(payout).unwrap();
        assert!(!matches!(payout.status, PayoutStatus::Other(_)), "{word}");
        assert_eq!(payout.status.as_str(), word);
    }
}
