//! WhatsApp against a provider on this machine.

use std::time::Duration;

use serde_json::json;

use super::*;
use crate::test_server::{self, TestServer};

const REPLY: &str = include_str!("../../../fixtures/whatsapp_accepted.json");

fn client(base_url: &str) -> Client {
    let timeouts = Timeouts { connect: Duration::from_secs(2), total: Duration::from_millis(300) };
    let http = Http::new(timeouts).unwrap();
    let token = Secret::new("t0ken").unwrap();
    Client::with_http(http, base_url, API_VERSION, "277321005464405", token).unwrap()
}

fn text(body: &str) -> Outgoing<'_> {
    Outgoing {
        to: Recipient::Phone("+919812345678"),
        content: Content::Text { body, preview_url: false },
        reply_to: None,
        callback_data: None,
    }
}

#[tokio::test]
async fn a_text_is_accepted_under_its_wamid() {
    let server = TestServer::answering(200, REPLY).await;
    let message = Outgoing { reply_to: Some("wamid.B"), callback_data: Some("msg_1"), ..text("नमस्ते रवि") };
    let accepted = client(server.url()).send(&message).await.unwrap();
    assert_eq!(accepted.wamid, "wamid.HBgMOTE5ODEyMzQ1Njc4FQIAERgSMDAwMDAwMDAwMDAwMDAwMDAwAA==");
    assert_eq!(accepted.status, Some(MessageStatus::Accepted));
    let request = server.only_request();
    assert_eq!(request.target, "/v26.0/277321005464405/messages");
    assert_eq!(request.header("authorization"), "Bearer t0ken");
    assert_eq!(
        request.json(),
        json!({"messaging_product": "whatsapp", "recipient_type": "individual",
            "to": "919812345678", "type": "text",
            "text": {"body": "नमस्ते रवि", "preview_url": false},
            "context": {"message_id": "wamid.B"}, "biz_opaque_callback_data": "msg_1"})
    );
}

#[tokio::test]
async fn a_template_is_sent_with_its_parameters() {
    let server = TestServer::answering(200, REPLY).await;
    let components = vec![
        Component::Header { parameters: vec![Parameter::document("MEDIA", "slip.pdf")] },
        Component::Body { parameters: vec![Parameter::text("Ravi").named("name"), Parameter::inr(25_000, "₹250").unwrap()] },
        Component::Button { sub_type: "quick_reply", index: "0", parameters: vec![Parameter::payload("ACK:tx_1")] },
    ];
    let content = Content::Template { name: "payout_done", language: "en_US", components };
    let to = Recipient::User("IN.13491208655302741918");
    client(server.url()).send(&Outgoing { to, content, ..text("") }).await.unwrap();
    assert_eq!(
        server.only_request().json(),
        json!({"messaging_product": "whatsapp", "recipient_type": "individual",
            "recipient": "IN.13491208655302741918", "type": "template", "template":
            {"name": "payout_done", "language": {"code": "en_US"}, "components": [
            {"type": "header", "parameters": [
                {"type": "document", "document": {"id": "MEDIA", "filename": "slip.pdf"}}]},
            {"type": "body", "parameters": [
                {"type": "text", "text": "Ravi", "parameter_name": "name"},
                {"type": "currency", "currency":
                    {"fallback_value": "₹250", "code": "INR", "amount_1000": 250_000}}]},
            {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [
                {"type": "payload", "payload": "ACK:tx_1"}]}]}})
    );
}

#[tokio::test]
async fn what_meta_would_refuse_is_not_sent() {
    let server = TestServer::answering(200, REPLY).await;
    let client = client(server.url());
    let long = "é".repeat(4097);
    let noted = "x".repeat(513);
    let lines = vec![Component::Body { parameters: vec![Parameter::text("two\nlines")] }];
    let template = Content::Template { name: "hello", language: "hi", components: lines };
    for message in [
        text(""),
        text(&long),
        Outgoing { to: Recipient::Phone("98-123"), ..text("a") },
        Outgoing { to: Recipient::User("no dot"), ..text("a") },
        Outgoing { callback_data: Some(&noted), ..text("a") },
        Outgoing { content: template, ..text("a") },
    ] {
        let error = client.send(&message).await.unwrap_err();
        assert!(!error.retryable() && !error.may_have_been_sent(), "{error}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_code_decides_and_not_the_status() {
    for (status, code, class, retryable, wait) in [
        (400, 130_429, ErrorClass::Backoff, true, None),
        (400, 131_056, ErrorClass::Backoff, true, Some(6_000)),
        (500, 131_026, ErrorClass::Recipient, false, None),
        (400, 131_047, ErrorClass::NeedsTemplate, false, None),
        (401, 190, ErrorClass::Configuration, false, None),
        (403, 200, ErrorClass::Configuration, false, None),
        (400, 132_001, ErrorClass::Message, false, None),
        (400, 131_049, ErrorClass::Later, false, None),
        (503, 999, ErrorClass::Other, true, None),
        (400, 999, ErrorClass::Other, false, None),
    ] {
        let body = json!({"error": {"message": "to 919812345678", "type": "OAuthException",
            "code": code, "fbtrace_id": "A"}});
        let server = TestServer::answering(status, &body.to_string()).await;
        let error = client(server.url()).send(&text("a")).await.unwrap_err();
        assert_eq!(error, SendError::Code { status, code, class, transient: false });
        assert_eq!((error.retryable(), error.retry_after_ms()), (retryable, wait), "{code}");
        assert!(!format!("{error} {error:?}").contains("919812345678"));
    }
}

#[tokio::test]
async fn an_error_that_meta_calls_transient_is_retried() {
    let body = r#"{"error":{"code":999,"is_transient":true}}"#;
    let server = TestServer::answering(400, body).await;
    assert!(client(server.url()).send(&text("a")).await.unwrap_err().retryable());
}

#[tokio::test]
async fn a_message_that_may_be_on_its_way_is_not_sent_again() {
    let broken = TestServer::answering(502, "<html>").await;
    let silent = TestServer::silent().await;
    let odd = TestServer::answering(200, r#"{"messages":[]}"#).await;
    for url in [broken.url(), silent.url(), odd.url()] {
        let error = client(url).send(&text("a")).await.unwrap_err();
        assert!(error.may_have_been_sent() && !error.retryable(), "{error}");
    }
}

#[tokio::test]
async fn a_message_that_never_left_is_sent_again() {
    let closed = test_server::closed_port().await;
    let error = client(&closed).send(&text("a")).await.unwrap_err();
    assert!(error.retryable() && !error.may_have_been_sent());
    let busy = TestServer::answering_with(429, "", &[("retry-after", "9")]).await;
    let error = client(busy.url()).send(&text("a")).await.unwrap_err();
    assert!(error.retryable());
    assert_eq!(error.retry_after_ms(), Some(9_000));
}

#[test]
fn a_message_does_not_print_what_it_says() {
    assert!(!format!("{:?}", text("482913 is your code")).contains("482913"));
    assert!(!format!("{:?}", client("http://localhost:1")).contains("t0ken"));
}

#[test]
fn a_configuration_that_reaches_another_path_is_refused() {
    let http = Http::new(Timeouts::default()).unwrap();
    for (version, number) in [("26.0", "1"), ("v", "1"), ("v26.0/x", "1"), ("v26.0", ""), ("v26.0", "1/x")] {
        let token = Secret::new("t").unwrap();
        let made = Client::with_http(http.clone(), "http://localhost:1", version, number, token);
        assert!(made.is_err(), "{version} {number}");
    }
}
