//! Access tokens.

use std::sync::atomic::{AtomicUsize, Ordering};

use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

use super::*;
use crate::push::base64url;

const UNAUTHENTICATED: &str = r#"{"error":{"code":401,"message":"Bad","status":"UNAUTHENTICATED"}}"#;

/// A server whose answers come in this order, the last one for ever; and how many it gave.
async fn in_turn(answers: &'static [(u16, &'static str)]) -> (String, &'static AtomicUsize) {
    let given: &'static AtomicUsize = Box::leak(Box::default());
    let app = axum::Router::new().fallback(move || async move {
        let (status, body) = answers[given.fetch_add(1, Ordering::Relaxed).min(answers.len() - 1)];
        (axum::http::StatusCode::from_u16(status).unwrap(), body)
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (url, given)
}

#[tokio::test]
async fn google_is_asked_for_a_token_by_a_signed_assertion() {
    let (google, oauth) = (TestServer::answering(200, ACCEPTED).await, TestServer::answering(200, TOKEN).await);
    client(google.url(), &format!("{}/token", oauth.url())).send(&message(), NOW).await.unwrap();
    let request = oauth.only_request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/token"));
    assert_eq!(request.header("content-type"), "application/x-www-form-urlencoded");
    let form = String::from_utf8(request.body.to_vec()).unwrap();
    let assertion = form.strip_prefix("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=").unwrap();
    let (signed, signature) = assertion.rsplit_once('.').unwrap();
    let (header, claims) = signed.split_once('.').unwrap();
    let decode = |part| base64url::decode_lenient(part).unwrap();
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, KEY.public_key().as_ref());
    key.verify(signed.as_bytes(), &decode(signature)).unwrap();
    let json = |part| serde_json::from_slice::<Value>(&decode(part)).unwrap();
    assert_eq!(json(header), json!({ "alg": "RS256", "typ": "JWT", "kid": "k1" }));
    assert_eq!(
        json(claims),
        json!({
            "iss": "push@kamai-test.iam.gserviceaccount.com",
            "scope": "https://www.googleapis.com/auth/firebase.messaging",
            "aud": "https://oauth2.googleapis.com/token",
            "iat": NOW - 10,
            "exp": NOW - 10 + 3600,
        })
    );
}

#[tokio::test]
async fn a_token_is_used_until_five_minutes_before_its_end() {
    let (google, oauth) = (TestServer::answering(200, ACCEPTED).await, TestServer::answering(200, TOKEN).await);
    let client = client(google.url(), oauth.url());
    for (seconds, asked) in [(0, 1), (3598 - 300, 1), (3599 - 300, 2), (3600, 2)] {
        client.clone().send(&message(), NOW + seconds).await.unwrap();
        assert_eq!(oauth.requests().len(), asked, "after {seconds} s");
    }
}

#[tokio::test]
async fn many_who_send_at_once_ask_for_one_token() {
    let (google, oauth) = (TestServer::answering(200, ACCEPTED).await, TestServer::answering(200, TOKEN).await);
    let client = client(google.url(), oauth.url());
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let client = client.clone();
        sending.spawn(async move { client.send(&message(), NOW).await });
    }
    assert!(sending.join_all().await.iter().all(Result::is_ok));
    assert_eq!((oauth.requests().len(), google.requests().len()), (1, 8));
}

#[tokio::test]
async fn a_token_that_is_refused_is_replaced_once() {
    let (google, sent) = in_turn(&[(401, UNAUTHENTICATED), (200, ACCEPTED)]).await;
    let oauth = TestServer::answering(200, TOKEN).await;
    client(&google, oauth.url()).send(&message(), NOW).await.unwrap();
    assert_eq!((sent.load(Ordering::Relaxed), oauth.requests().len()), (2, 2));
}

#[tokio::test]
async fn a_second_token_that_is_refused_is_ours_to_look_into() {
    let (google, sent) = in_turn(&[(401, UNAUTHENTICATED)]).await;
    let oauth = TestServer::answering(200, TOKEN).await;
    let error = client(&google, oauth.url()).send(&message(), NOW).await.unwrap_err();
    assert!(matches!(&error, SendError::Ours { cause: CallError::Refused { status: 401, .. } }), "{error:?}");
    assert!(error.alerts());
    assert_eq!((sent.load(Ordering::Relaxed), oauth.requests().len()), (2, 2));
}

#[tokio::test]
async fn an_assertion_that_is_refused_is_ours_and_not_repeated_for_a_minute() {
    let google = TestServer::answering(200, ACCEPTED).await;
    let (oauth, asked) = in_turn(&[(400, r#"{"error":"invalid_grant","error_description":"Invalid JWT"}"#), (200, TOKEN)]).await;
    let client = client(google.url(), &oauth);
    for seconds in [0, 59] {
        let error = client.send(&message(), NOW + seconds).await.unwrap_err();
        let code = Some("invalid_grant".to_owned());
        let cause = CallError::Refused { status: 400, code, reason: None, description: None, field: None };
        assert_eq!(error, SendError::Ours { cause });
        assert_eq!(asked.load(Ordering::Relaxed), 1);
    }
    client.send(&message(), NOW + 60).await.unwrap();
    assert_eq!((asked.load(Ordering::Relaxed), google.requests().len()), (2, 1));
}

#[tokio::test]
async fn without_a_token_nothing_is_sent_and_that_is_certain() {
    let google = TestServer::answering(200, ACCEPTED).await;
    let broken = TestServer::answering(503, "<html>").await;
    let silent = TestServer::silent().await;
    let odd = TestServer::answering(200, r#"{"access_token":"","expires_in":3599}"#).await;
    let closed = test_server::closed_port().await;
    for (oauth, seconds) in [(broken.url(), 10), (silent.url(), 1), (odd.url(), 1), (&closed, 1)] {
        let error = client(google.url(), oauth).send(&message(), NOW).await.unwrap_err();
        assert!(matches!(&error, SendError::Retry { after, .. } if *after == Duration::from_secs(seconds)), "{error:?}");
        assert!(!error.may_have_been_sent() && !error.alerts());
    }
    assert!(google.requests().is_empty());
}
