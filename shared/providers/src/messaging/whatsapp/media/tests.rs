//! Meta's files against a provider on this machine.

use std::time::Duration;

use serde_json::json;

use super::super::{API_VERSION, ErrorClass};
use super::*;
use crate::call::{Doubt, Http, Timeouts};
use crate::secret::Secret;
use crate::test_server::{self, TestServer};

const ID: &str = "1234567890987654321";
const HELLO_HEX: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
const MB: usize = 1024 * 1024;

fn client(base_url: &str, media_origin: &str) -> Client {
    let http = Http::new(Timeouts { connect: Duration::from_secs(2), total: Duration::from_secs(5) }).unwrap();
    let client = Client::with_http(http, base_url, API_VERSION, "277321005464405", Secret::new("t0ken").unwrap()).unwrap();
    client.with_media_origin(media_origin).unwrap()
}

/// Where a file is, as Meta tells it.
fn place(url: &str, more: Value) -> String {
    let mut place = json!({ "messaging_product": "whatsapp", "url": url, "mime_type": "audio/ogg; codecs=opus", "id": ID });
    for (name, value) in more.as_object().unwrap() {
        place[name] = value.clone();
    }
    place.to_string()
}

async fn fetched(more: Value, answers: &[(u16, &str)]) -> (Result<Fetched, MediaError>, TestServer, TestServer) {
    let files = TestServer::answering_in_turn(answers).await;
    let meta = TestServer::answering(200, &place(&format!("{}/f?mid=1", files.url()), more)).await;
    (client(meta.url(), files.url()).fetch(ID).await, meta, files)
}

#[tokio::test]
async fn a_file_is_found_and_fetched_with_the_same_token() {
    let (file, meta, files) = fetched(json!({ "sha256": HELLO_HEX, "file_size": 5 }), &[(200, "hello")]).await;
    assert_eq!(file, Ok(Fetched { bytes: b"hello".to_vec(), mime_type: Some("audio/ogg; codecs=opus".into()) }));
    let asked = meta.only_request();
    assert_eq!((asked.method.as_str(), asked.target.as_str()), ("GET", "/v26.0/1234567890987654321?phone_number_id=277321005464405"));
    let asked = files.only_request();
    assert_eq!((asked.target.as_str(), asked.header("authorization")), ("/f?mid=1", "Bearer t0ken"));
    assert!(asked.header("user-agent").starts_with("kamai/"), "some hosts turn away who has no name");
}

#[tokio::test]
async fn an_address_that_has_expired_is_asked_for_once_more() {
    let (file, meta, files) = fetched(json!({}), &[(404, ""), (200, "hello")]).await;
    assert_eq!(file.unwrap().bytes, b"hello");
    assert_eq!((meta.requests().len(), files.requests().len()), (2, 2));
    let (file, meta, _) = fetched(json!({}), &[(404, "")]).await;
    assert!(!file.unwrap_err().retryable());
    assert_eq!(meta.requests().len(), 2, "and not for ever");
}

#[tokio::test]
async fn a_file_that_is_not_what_was_told_is_refused() {
    for sha256 in [HELLO_HEX, "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=", "no hash"] {
        let (file, ..) = fetched(json!({ "sha256": sha256 }), &[(200, "jello")]).await;
        assert_eq!(file, Err(MediaError::Altered));
    }
    let (file, ..) = fetched(json!({ "sha256": null }), &[(200, "jello")]).await;
    assert!(file.is_ok());
}

#[tokio::test]
async fn a_file_is_as_large_as_its_kind_may_be() {
    for (mime_type, mb) in [("audio/ogg", 16), ("image/png", 5), ("application/pdf", 10)] {
        let too_large = Err(MediaError::TooLarge { bytes_max: mb * MB });
        for size in [json!(mb * MB + 1), json!((mb * MB + 1).to_string())] {
            let (file, _, files) = fetched(json!({ "mime_type": mime_type, "file_size": size }), &[(200, "")]).await;
            assert_eq!(file, too_large);
            assert!(files.requests().is_empty());
        }
        let whole = " ".repeat(mb * MB);
        let (file, ..) = fetched(json!({ "mime_type": mime_type }), &[(200, &whole)]).await;
        assert_eq!(file.unwrap().bytes.len(), mb * MB);
        let (file, ..) = fetched(json!({ "mime_type": mime_type, "file_size": 1 }), &[(200, &(whole + " "))]).await;
        assert_eq!(file, too_large, "whatever it was said to have");
    }
}

#[tokio::test]
async fn the_token_is_shown_to_nobody_else() {
    let stranger = TestServer::answering(200, "hello").await;
    let port = stranger.url().rsplit(':').next().unwrap();
    for url in [
        stranger.url(),
        &format!("http://localhost:{port}/"),
        "https://169.254.169.254/latest/meta-data/",
        "https://lookaside.fbsbx.com.evil.example/f",
        "https://evil-lookaside.fbsbx.com/f",
        "https://fbcdn.net/f",
        "https://.fbcdn.net/f",
        "https://evilfbcdn.net/f",
        "https://lookaside.fbsbx.com:8443/f",
        "https://u:p@lookaside.fbsbx.com/f",
        "http://lookaside.fbsbx.com/f",
        "file:///etc/passwd",
        "lookaside.fbsbx.com/f",
        "",
    ] {
        let meta = TestServer::answering(200, &place(url, json!({}))).await;
        let file = client(meta.url(), meta.url()).fetch(ID).await;
        let unread = matches!(&file, Err(MediaError::Refused(SendError::Call(CallError::Unreadable { .. }))));
        assert!(file == Err(MediaError::Elsewhere) || (url.is_empty() && unread), "{url}: {file:?}");
    }
    assert!(stranger.requests().is_empty());
    for url in ["https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", "https://scontent.xx.fbcdn.net/v/1"] {
        assert!(is_metas(&Url::parse(url).unwrap()), "{url}");
    }
}

#[tokio::test]
async fn no_redirect_leads_elsewhere() {
    let stranger = TestServer::answering(200, "hello").await;
    let files = TestServer::answering_with(302, "", &[("location", stranger.url())]).await;
    let meta = TestServer::answering(200, &place(files.url(), json!({}))).await;
    let error = client(meta.url(), files.url()).fetch(ID).await.unwrap_err();
    assert_eq!(error, CallError::Unknown { why: Doubt::Status(302) }.into());
    assert!(stranger.requests().is_empty());
}

#[tokio::test]
async fn what_meta_refuses_is_told_by_its_code() {
    for (code, class, retryable) in
        [(100, ErrorClass::Message, false), (190, ErrorClass::Configuration, false), (130_429, ErrorClass::Backoff, true)]
    {
        let body = json!({ "error": { "code": code, "message": "x" } }).to_string();
        let meta = TestServer::answering(400, &body).await;
        let client = client(meta.url(), meta.url());
        let refused = MediaError::Refused(SendError::Code { status: 400, code, class, transient: false });
        assert_eq!(client.fetch(ID).await, Err(refused.clone()));
        assert_eq!(client.upload(b"x".to_vec(), "text/plain", "x.txt").await, Err(refused.clone()));
        assert_eq!(refused.retryable(), retryable);
    }
}

#[tokio::test]
async fn an_unknown_outcome_may_be_tried_again() {
    let broken = TestServer::answering(502, "<html>").await;
    let closed = test_server::closed_port().await;
    for url in [broken.url(), &closed] {
        let client = client(url, url);
        assert!(client.fetch(ID).await.unwrap_err().retryable());
        assert!(client.upload(b"x".to_vec(), "text/plain", "x.txt").await.unwrap_err().retryable());
    }
    let busy = TestServer::answering_with(429, "", &[("retry-after", "9")]).await;
    assert_eq!(client(busy.url(), busy.url()).fetch(ID).await.unwrap_err().retry_after_ms(), Some(9_000));
}

#[tokio::test]
async fn a_file_is_uploaded_as_a_form() {
    let meta = TestServer::answering(200, r#"{"id":"987"}"#).await;
    let id = client(meta.url(), meta.url()).upload(b"%PDF-1.7".to_vec(), "application/pdf", "Statement नवंबर.pdf").await;
    assert_eq!(id.as_deref(), Ok("987"));
    let request = meta.only_request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v26.0/277321005464405/media"));
    assert_eq!(request.header("authorization"), "Bearer t0ken");
    assert!(request.header("content-type").starts_with("multipart/form-data"));
    let body = String::from_utf8_lossy(&request.body).into_owned();
    for part in [
        "name=\"messaging_product\"\r\n\r\nwhatsapp\r\n",
        "name=\"type\"\r\n\r\napplication/pdf\r\n",
        "Content-Type: application/pdf",
        "%PDF-1.7",
    ] {
        assert!(body.contains(part), "{part}: {body}");
    }
}

#[tokio::test]
async fn what_meta_would_not_take_is_not_sent() {
    let meta = TestServer::answering(200, r#"{"id":"987"}"#).await;
    let client = client(meta.url(), meta.url());
    let upload = async |bytes: usize, mime_type: &str, name: &str| client.upload(vec![0; bytes], mime_type, name).await.unwrap_err();
    for (bytes, mime_type, name) in [
        (0, "text/plain", "x.txt"),
        (1, "image/webp", "x.webp"),
        (1, "audio/wav", "x.wav"),
        (1, "text", "x.txt"),
        (1, "", "x.txt"),
        (1, "text/pl\nain", "x.txt"),
        (1, "text/plain", ""),
        (1, "text/plain", "../x.txt"),
        (1, "text/plain", "a\r\nb"),
    ] {
        let error = upload(bytes, mime_type, name).await;
        assert!(
            matches!(error, MediaError::Refused(SendError::Call(CallError::NotSent { .. }))) && !error.retryable(),
            "{mime_type} {name}"
        );
    }
    assert_eq!(upload(5 * MB + 1, "image/png", "x.png").await, MediaError::TooLarge { bytes_max: 5 * MB });
    assert_eq!(upload(10 * MB + 1, "application/pdf", "x.pdf").await, MediaError::TooLarge { bytes_max: 10 * MB });
    for id in ["", "..", "1/2", "1?x", "é", &"1".repeat(129)] {
        assert!(!client.fetch(id).await.unwrap_err().retryable(), "{id}");
    }
    assert!(meta.requests().is_empty());
}

#[test]
fn an_origin_is_over_tls_or_here() {
    let http = Http::new(Timeouts::default()).unwrap();
    let client = Client::with_http(http, "http://localhost:1", API_VERSION, "1", Secret::new("t").unwrap()).unwrap();
    assert!(client.clone().with_media_origin("http://files.example").is_err());
    assert!(client.with_media_origin("https://files.example").is_ok());
}
