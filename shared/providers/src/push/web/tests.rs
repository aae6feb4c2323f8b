//! Web Push against a service on this machine.

use std::time::Duration;

use serde_json::json;

use super::encryption::opening::Browser;
use super::*;
use crate::call::{Doubt, Timeouts, Unsent};
use crate::push::{Gone, base64url};
use crate::secret::Secret;
use crate::test_server::{self, Seen, TestServer};

const NOW: i64 = 1_790_000_000;
const OPTIONS: Options<'_> = Options { ttl_seconds: 3600, urgency: Urgency::High, topic: None };

fn client() -> Client {
    let timeouts = Timeouts { connect: Duration::from_secs(2), total: Duration::from_millis(300) };
    // RFC 7515, A.3.
    let public = "BH_Nzidw9sRdQYPL7m_bS3tYBzM1e-nvE7rPbjx70VRFx_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    let private = Secret::new("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI").unwrap();
    Client::new(Http::new(timeouts).unwrap(), Vapid::new(public, &private, "mailto:push@kamai.example.com").unwrap())
}

fn browser() -> Browser {
    Browser::new(&[7; 32], [9; 16])
}

fn subscription(service: &str) -> Subscription {
    let browser = browser();
    let keys = json!({ "p256dh": base64url::encode(browser.public), "auth": base64url::encode(browser.auth) });
    let json = json!({ "endpoint": format!("{service}/w%2f1?token=a%2bb%3d&x"), "keys": keys });
    let services = Services::default().with_local(service).unwrap();
    Subscription::from_json(json.to_string().as_bytes(), &services).unwrap()
}

async fn send(service: &str) -> Result<(), SendError> {
    client().send(&subscription(service), b"hello", &OPTIONS, NOW).await
}

async fn answered(status: u16, body: &str, headers: &[(&'static str, &str)]) -> Result<(), SendError> {
    let server = TestServer::answering_with(status, body, headers).await;
    let outcome = send(server.url()).await;
    assert_eq!(server.requests().len(), 1, "nothing repeats a push by itself");
    outcome
}

fn has(request: &Seen, name: &str) -> bool {
    request.headers.contains_key(name)
}

#[tokio::test]
async fn a_push_is_the_browsers_to_read() {
    let server = TestServer::answering_with(201, "", &[("location", "https://push.example.net/m/1")]).await;
    let options = Options { topic: Some("balance"), ..OPTIONS };
    let payload = "₹250 जमा हुए".as_bytes();
    client().send(&subscription(server.url()), payload, &options, NOW).await.unwrap();
    let request = server.only_request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/w%2f1?token=a%2bb%3d&x"));
    for (name, value) in [
        ("ttl", "3600"),
        ("urgency", "high"),
        ("topic", "balance"),
        ("content-encoding", "aes128gcm"),
        ("content-type", "application/octet-stream"),
    ] {
        assert_eq!(request.header(name), value);
    }
    assert_eq!(request.header("content-length"), (payload.len() + 103).to_string());
    assert!(request.header("authorization").starts_with("vapid t=ey"));
    assert_eq!(browser().open(&request.body), payload);
}

#[tokio::test]
async fn a_push_without_payload_has_nothing_to_decode() {
    let server = TestServer::answering(201, "").await;
    client().send(&subscription(server.url()), b"", &OPTIONS, NOW).await.unwrap();
    let request = server.only_request();
    assert_eq!(request.header("content-length"), "0");
    assert!(!has(&request, "content-encoding") && !has(&request, "content-type") && !has(&request, "topic"));
}

#[tokio::test]
async fn any_success_will_do() {
    for (status, body) in [(200, ""), (201, "<html>"), (202, "{}"), (204, "")] {
        assert_eq!(answered(status, body, &[]).await, Ok(()), "{status}");
    }
}

#[tokio::test]
async fn a_subscription_that_is_no_more_is_gone() {
    for status in [404, 410] {
        assert_eq!(answered(status, "<html>", &[]).await, Err(SendError::Gone { why: Gone::Unregistered }));
    }
}

#[tokio::test]
async fn a_subscription_of_another_key_is_gone_and_somebody_looks() {
    for (status, body) in [
        (403, "the VAPID credentials in the authorization header do not correspond to the credentials used to create the subscriptions.\n"),
        (401, r#"{"code":401,"errno":109,"error":"Unauthorized","message":"VAPID public key mismatch"}"#),
        (403, r#"{"reason":"VapidPkHashMismatch"}"#),
        (400, r#"{"reason":"VapidPkHashMismatch"}"#),
    ] {
        let error = answered(status, body, &[]).await.unwrap_err();
        assert_eq!(error, SendError::Gone { why: Gone::OtherSender });
        assert!(error.alerts());
    }
}

#[tokio::test]
async fn credentials_that_are_refused_are_ours() {
    for (status, body) in [(401, ""), (403, r#"{"reason":"BadJwtToken"}"#), (403, "no")] {
        let error = answered(status, body, &[]).await.unwrap_err();
        assert!(matches!(error, SendError::Ours { cause: CallError::Refused { .. } }), "{error}");
        assert!(error.alerts() && !error.may_have_been_sent());
    }
}

#[tokio::test]
async fn a_message_that_is_refused_is_a_bug_and_the_subscription_stays() {
    for status in [400, 405, 413, 415] {
        let error = answered(status, "", &[]).await.unwrap_err();
        assert!(matches!(error, SendError::Payload { .. }), "{status} {error}");
        assert!(error.alerts() && !error.may_have_been_sent());
    }
}

#[tokio::test]
async fn a_service_that_is_busy_is_asked_again_when_it_says() {
    // Of NOW, 12 seconds on, and of the past; at most an hour is believed.
    let (soon, past, far) = ("Mon, 21 Sep 2026 14:13:32 GMT", "Sun, 06 Nov 1994 08:49:37 GMT", "Wed, 21 Oct 2026 07:28:00 GMT");
    for (header, seconds) in [("7", 7), ("0", 0), ("soon", 60), (soon, 12), (past, 0), (far, 3600), ("99999", 3600)] {
        let error = answered(503, "", &[("retry-after", header)]).await.unwrap_err();
        let seconds_unwell = if header == "soon" { 10 } else { seconds };
        assert!(matches!(&error, SendError::Retry { after, .. } if *after == Duration::from_secs(seconds_unwell)), "{error:?}");
        let error = answered(429, "", &[("retry-after", header)]).await.unwrap_err();
        assert!(matches!(&error, SendError::Retry { after, .. } if *after == Duration::from_secs(seconds)), "{error:?}");
        assert!(!error.may_have_been_sent() && !error.alerts());
    }
}

#[tokio::test]
async fn a_service_that_is_not_well_is_asked_again() {
    for status in [500, 502, 503, 504] {
        let cause = CallError::Unknown { why: Doubt::Status(status) };
        let error = answered(status, "<html>", &[]).await.unwrap_err();
        assert_eq!(error, SendError::Retry { after: Duration::from_secs(10), cause });
        assert!(error.may_have_been_sent());
    }
}

#[tokio::test]
async fn a_service_that_does_not_answer_is_asked_again() {
    let silent = TestServer::silent().await;
    let error = send(silent.url()).await.unwrap_err();
    assert!(matches!(&error, SendError::Retry { after, .. } if *after == Duration::from_secs(1)), "{error:?}");
    assert!(error.may_have_been_sent());
    let error = send(&test_server::closed_port().await).await.unwrap_err();
    assert!(matches!(&error, SendError::Retry { cause: CallError::NotSent { why: Unsent::Unreachable(_) }, .. }), "{error:?}");
    assert!(!error.may_have_been_sent());
    assert!(!error.to_string().contains("token"), "the address stays out of it");
}

/// S12: a redirect to link-local.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = TestServer::answering(201, "").await;
    for status in [301, 302, 307, 308] {
        let error = answered(status, "", &[("location", elsewhere.url())]).await.unwrap_err();
        assert!(matches!(error, SendError::Ours { .. }) && error.alerts(), "{error}");
    }
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn what_a_service_would_refuse_is_not_sent() {
    let server = TestServer::answering(201, "").await;
    let to = subscription(server.url());
    let long = "x".repeat(33);
    let topic = |topic| Options { topic: Some(topic), ..OPTIONS };
    let payload = [0; PAYLOAD_BYTES_MAX + 1];
    for (payload, options) in [
        (payload.as_slice(), OPTIONS),
        (b"x".as_slice(), Options { ttl_seconds: TTL_SECONDS_MAX + 1, ..OPTIONS }),
        (b"x", topic("")),
        (b"x", topic("a b")),
        (b"x", topic(&long)),
    ] {
        let error = client().send(&to, payload, &options, NOW).await.unwrap_err();
        assert!(matches!(error, SendError::Payload { .. }), "{error}");
    }
    assert!(server.requests().is_empty());
}
