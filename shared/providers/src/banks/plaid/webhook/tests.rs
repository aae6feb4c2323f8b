//! Deliveries, signed here as Plaid signs them.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::*;
use crate::banks::plaid::tests::client;
use crate::test_server::TestServer;

const NOW: i64 = 1_795_000_000;
const BODY: &[u8] = br#"{"webhook_type": "TRANSACTIONS", "webhook_code": "SYNC_UPDATES_AVAILABLE", "item_id": "item-1"}"#;

struct Signer(EcdsaKeyPair);

impl Signer {
    fn new() -> Self {
        Self(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    fn key(&self, expired_at: Value) -> String {
        let point = self.0.public_key().as_ref();
        let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]));
        json!({"key": {"alg": "ES256", "crv": "P-256", "kid": "kid-1", "kty": "EC", "use": "sig", "x": x, "y": y,
            "created_at": 1, "expired_at": expired_at}, "request_id": "r"})
        .to_string()
    }

    fn header(&self, alg: &str, iat: i64, body: &[u8]) -> String {
        let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let claims = json!({ "iat": iat, "request_body_sha256": hex::encode(Sha256::digest(body)) });
        let signed = format!("{}.{}", part(json!({ "alg": alg, "kid": "kid-1", "typ": "JWT" })), part(claims));
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

#[tokio::test]
async fn a_signed_delivery_is_believed_and_its_key_asked_for_once() {
    let signer = Signer::new();
    let server = TestServer::answering(200, &signer.key(Value::Null)).await;
    let verifier = Verifier::new(client(&server));
    for iat in [NOW, NOW - 300, NOW + 30] {
        let verified = verifier.verify(BODY, &signer.header("ES256", iat, BODY), NOW).await.unwrap();
        assert_eq!(parse_event(verified), Ok(Event::Changed { item_id: "item-1".into() }));
    }
    let request = server.only_request();
    assert_eq!((request.target.as_str(), request.json()), ("/webhook_verification_key/get", json!({ "key_id": "kid-1" })));
    let later = NOW + 3_601;
    verifier.verify(BODY, &signer.header("ES256", later, BODY), later).await.unwrap();
    assert_eq!(server.requests().len(), 2, "after an hour it is asked for again");
}

#[tokio::test]
async fn one_that_is_301_seconds_old_is_refused() {
    let signer = Signer::new();
    let server = TestServer::answering(200, &signer.key(Value::Null)).await;
    let verifier = Verifier::new(client(&server));
    for iat in [NOW - 301, NOW + 31, i64::MIN, i64::MAX] {
        assert_eq!(verifier.verify(BODY, &signer.header("ES256", iat, BODY), NOW).await, Err(Refused::Untimely), "{iat}");
    }
    assert!(server.requests().is_empty(), "for which no key is asked");
}

#[tokio::test]
async fn a_body_that_was_serialised_again_is_refused() {
    let signer = Signer::new();
    let server = TestServer::answering(200, &signer.key(Value::Null)).await;
    let again = serde_json::from_slice::<Value>(BODY).unwrap().to_string();
    let header = signer.header("ES256", NOW, BODY);
    assert_eq!(Verifier::new(client(&server)).verify(again.as_bytes(), &header, NOW).await, Err(Refused::Body));
}

#[tokio::test]
async fn who_signs_with_another_key_or_algorithm_is_refused() {
    let (signer, stranger) = (Signer::new(), Signer::new());
    let server = TestServer::answering(200, &signer.key(Value::Null)).await;
    let verifier = Verifier::new(client(&server));
    let forged = stranger.header("ES256", NOW, BODY);
    assert_eq!(verifier.verify(BODY, &forged, NOW).await, Err(Refused::Signature));
    for header in ["", "a.b", "a.b.c", &signer.header("none", NOW, BODY), &signer.header("HS256", NOW, BODY), &"x".repeat(5_000)] {
        assert_eq!(verifier.verify(BODY, header, NOW).await, Err(Refused::Malformed));
    }
    let unsigned = signer.header("ES256", NOW, BODY);
    let unsigned = unsigned.rsplit_once('.').unwrap().0;
    assert_eq!(verifier.verify(BODY, &format!("{unsigned}."), NOW).await, Err(Refused::Malformed));
}

#[tokio::test]
async fn a_key_that_is_over_or_unknown_is_refused_and_one_that_is_away_asked_for_later() {
    let signer = Signer::new();
    let header = signer.header("ES256", NOW, BODY);
    let unknown = r#"{"error_type":"INVALID_INPUT","error_code":"INVALID_WEBHOOK_VERIFICATION_KEY_ID"}"#.to_owned();
    for (status, body, retryable) in
        [(200, signer.key(json!(NOW - 1)), false), (400, unknown, false), (500, String::new(), true), (200, "{}".into(), true)]
    {
        let server = TestServer::answering(status, &body).await;
        let refused = Verifier::new(client(&server)).verify(BODY, &header, NOW).await.unwrap_err();
        assert_eq!(refused.retryable(), retryable, "{refused:?}");
    }
}

#[test]
fn events_are_told_by_what_there_is_to_do() {
    let read = |body: Value| parse_event(Verified::stored(body.to_string().as_bytes()));
    let item = |kind: &str, code: &str| read(json!({ "webhook_type": kind, "webhook_code": code, "item_id": "i" }));
    let item_id = || "i".to_owned();
    assert_eq!(item("ITEM", "PENDING_DISCONNECT"), Ok(Event::SignInAgain { item_id: item_id() }));
    assert_eq!(item("ITEM", "USER_PERMISSION_REVOKED"), Ok(Event::Withdrawn { item_id: item_id() }));
    assert_eq!(item("ITEM", "LOGIN_REPAIRED"), Ok(Event::Repaired { item_id: item_id() }));
    assert_eq!(item("ITEM", "ERROR"), Ok(Event::Unknown { kind: "ITEM".into(), code: "ERROR".into() }));
    let error = json!({ "webhook_type": "ITEM", "webhook_code": "ERROR", "item_id": "i", "error": {"error_code": "ITEM_LOGIN_REQUIRED"} });
    assert_eq!(read(error), Ok(Event::SignInAgain { item_id: item_id() }));
    let finished = json!({ "webhook_type": "LINK", "webhook_code": "SESSION_FINISHED", "link_token": "l", "public_tokens": ["p"] });
    assert_eq!(read(finished), Ok(Event::LinkFinished { link_token: "l".into() }));
    let nameless = json!({ "webhook_type": "ITEM", "webhook_code": "LOGIN_REPAIRED" });
    assert!(read(nameless).is_err());
}
