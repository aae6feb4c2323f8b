//! What Google's answers come to.

use super::*;
use crate::call::{Doubt, Unsent};
use crate::push::Gone;

fn refusal(status: u16, name: &str, detail: Option<&str>) -> String {
    let details: Vec<Value> = detail
        .map(|code| json!({ "@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": code }))
        .into_iter()
        .chain([json!({ "@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [] })])
        .collect();
    json!({ "error": { "code": status, "message": "No: d3v:APA91b", "status": name, "details": details } }).to_string()
}

/// What becomes of a message that is answered so.
async fn answered(status: u16, body: &str, headers: &[(&'static str, &str)]) -> SendError {
    let google = TestServer::answering_with(status, body, headers).await;
    let oauth = TestServer::answering(200, TOKEN).await;
    client(google.url(), oauth.url()).send(&message(), NOW).await.unwrap_err()
}

/// `push.md`, A3, row by row.
#[tokio::test]
async fn the_code_decides_what_becomes_of_the_subscription() {
    for (status, name, code) in [(404, "NOT_FOUND", Some("UNREGISTERED")), (404, "NOT_FOUND", None)] {
        let error = answered(status, &refusal(status, name, code), &[]).await;
        assert_eq!(error, SendError::Gone { why: Gone::Unregistered });
        assert!(!error.alerts());
    }
    let error = answered(403, &refusal(403, "PERMISSION_DENIED", Some("SENDER_ID_MISMATCH")), &[]).await;
    assert_eq!(error, SendError::Gone { why: Gone::OtherSender });
    assert!(error.alerts());

    let error = answered(400, &refusal(400, "INVALID_ARGUMENT", Some("INVALID_ARGUMENT")), &[]).await;
    assert!(matches!(&error, SendError::Payload { cause: CallError::Refused { code: Some(code), .. } } if code == "INVALID_ARGUMENT"));
    assert!(error.alerts());
    let bad_token = refusal(400, "INVALID_ARGUMENT", Some("INVALID_ARGUMENT"))
        .replace("No: d3v:APA91b", "The registration token is not a valid FCM registration token");
    assert_eq!(answered(400, &bad_token, &[]).await, SendError::Gone { why: Gone::Unregistered });

    for (status, name, code) in
        [(401, "UNAUTHENTICATED", Some("THIRD_PARTY_AUTH_ERROR")), (401, "UNAUTHENTICATED", None), (403, "PERMISSION_DENIED", None)]
    {
        let error = answered(status, &refusal(status, name, code), &[]).await;
        assert!(matches!(error, SendError::Ours { .. }) && error.alerts(), "{name} {code:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_broken_credential_of_the_console_is_not_a_matter_of_our_token() {
    let google = TestServer::answering(401, &refusal(401, "UNAUTHENTICATED", Some("THIRD_PARTY_AUTH_ERROR"))).await;
    let oauth = TestServer::answering(200, TOKEN).await;
    let error = client(google.url(), oauth.url()).send(&message(), NOW).await.unwrap_err();
    assert!(matches!(error, SendError::Ours { .. }));
    assert_eq!((google.requests().len(), oauth.requests().len()), (1, 1));
}

#[tokio::test]
async fn a_google_that_is_busy_or_unwell_is_asked_again() {
    for (status, name, code, header, seconds, maybe_sent) in [
        (429, "RESOURCE_EXHAUSTED", Some("QUOTA_EXCEEDED"), Some("90"), 90, false),
        (429, "RESOURCE_EXHAUSTED", Some("QUOTA_EXCEEDED"), None, 60, false),
        (429, "RESOURCE_EXHAUSTED", None, None, 60, false),
        (503, "UNAVAILABLE", Some("UNAVAILABLE"), None, 10, true),
        (503, "UNAVAILABLE", Some("UNAVAILABLE"), Some("30"), 30, true),
        (500, "INTERNAL", Some("INTERNAL"), None, 10, true),
        (500, "UNKNOWN", None, None, 10, true),
    ] {
        let headers: Vec<_> = header.map(|value| ("retry-after", value)).into_iter().collect();
        let error = answered(status, &refusal(status, name, code), &headers).await;
        assert!(matches!(&error, SendError::Retry { after, .. } if *after == Duration::from_secs(seconds)), "{name}: {error:?}");
        assert_eq!(error.may_have_been_sent(), maybe_sent, "{name}");
        assert!(!error.alerts());
    }
}

#[tokio::test]
async fn an_answer_that_is_not_googles_removes_no_subscription() {
    let error = answered(404, "<html>", &[]).await;
    assert!(matches!(error, SendError::Ours { .. }), "a wrong base URL: {error:?}");
    let error = answered(307, "", &[("location", "http://169.254.169.254")]).await;
    assert!(matches!(error, SendError::Ours { .. }), "{error:?}");
    let error = answered(503, "<html>", &[]).await;
    assert_eq!(error, SendError::Retry { after: Duration::from_secs(10), cause: CallError::Unknown { why: Doubt::Status(503) } });
    let error = answered(200, "<html>", &[]).await;
    assert!(matches!(error, SendError::Retry { .. }) && error.may_have_been_sent(), "{error:?}");
    let oauth = TestServer::answering(200, TOKEN).await;
    let closed = test_server::closed_port().await;
    let error = client(&closed, oauth.url()).send(&message(), NOW).await.unwrap_err();
    assert!(matches!(&error, SendError::Retry { cause: CallError::NotSent { why: Unsent::Unreachable(_) }, .. }), "{error:?}");
}
