//! FCM against a Google on this machine.

mod answers;
mod tokens;

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::RsaKeyPair;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::*;
use crate::call::{CallError, Timeouts};
use crate::secret::Secret;
use crate::test_server::{self, TestServer};

const NOW: i64 = 1_790_000_000;
const ACCEPTED: &str = r#"{"name":"projects/kamai-test/messages/0:1"}"#;
const TOKEN: &str = r#"{"access_token":"ya29.one","expires_in":3599,"token_type":"Bearer"}"#;

static KEY: LazyLock<RsaKeyPair> = LazyLock::new(|| RsaKeyPair::generate(KeySize::Rsa2048).unwrap());

fn pem() -> String {
    let der: Pkcs8V1Der<'_> = KEY.as_der().unwrap();
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der.as_ref()))
}

fn file() -> Value {
    json!({
        "type": "service_account",
        "project_id": "kamai-test",
        "private_key_id": "k1",
        "private_key": pem(),
        "client_email": "push@kamai-test.iam.gserviceaccount.com",
        "token_uri": "https://oauth2.googleapis.com/token",
    })
}

fn account(file: &Value) -> Result<ServiceAccount, SetupError> {
    ServiceAccount::from_json(&Secret::new(file.to_string()).unwrap())
}

fn client(base_url: &str, token_url: &str) -> Client {
    let timeouts = Timeouts { connect: Duration::from_secs(2), total: Duration::from_millis(500) };
    Client::with_http(Http::new(timeouts).unwrap(), base_url, token_url, account(&file()).unwrap()).unwrap()
}

fn message() -> Message<'static> {
    Message {
        to: Target::Token("d3v:APA91b"),
        title: "Kamai",
        body: "₹250 जमा हुए",
        data: BTreeMap::new(),
        collapse_key: None,
        ttl_seconds: None,
        priority: Priority::High,
        tag: None,
    }
}

#[tokio::test]
async fn a_push_is_accepted_under_its_name() {
    let (google, oauth) = (TestServer::answering(200, ACCEPTED).await, TestServer::answering(200, TOKEN).await);
    let push = Message {
        data: BTreeMap::from([("type", "payout.processed"), ("txn", "tx_1")]),
        collapse_key: Some("balance"),
        ttl_seconds: Some(3600),
        tag: Some("tx_1"),
        ..message()
    };
    let accepted = client(google.url(), oauth.url()).send(&push, NOW).await.unwrap();
    assert_eq!(accepted.name, "projects/kamai-test/messages/0:1");
    let request = google.only_request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v1/projects/kamai-test/messages:send"));
    assert_eq!(request.header("authorization"), "Bearer ya29.one");
    assert_eq!(
        request.json(),
        json!({ "message": {
            "token": "d3v:APA91b",
            "notification": { "title": "Kamai", "body": "₹250 जमा हुए" },
            "data": { "type": "payout.processed", "txn": "tx_1" },
            "android": { "collapse_key": "balance", "priority": "high", "ttl": "3600s", "notification": { "tag": "tx_1" } },
            "apns": { "headers": { "apns-priority": "10", "apns-expiration": "1790003600", "apns-collapse-id": "tx_1" } },
        } })
    );
}

#[tokio::test]
async fn an_installation_id_and_now_or_never_are_sent_as_such() {
    let (google, oauth) = (TestServer::answering(200, ACCEPTED).await, TestServer::answering(200, TOKEN).await);
    let push = Message { to: Target::Fid("fid1"), ttl_seconds: Some(0), priority: Priority::Normal, ..message() };
    client(google.url(), oauth.url()).send(&push, NOW).await.unwrap();
    assert_eq!(
        google.only_request().json(),
        json!({ "message": {
            "fid": "fid1",
            "notification": { "title": "Kamai", "body": "₹250 जमा हुए" },
            "android": { "priority": "normal", "ttl": "0s" },
            "apns": { "headers": { "apns-priority": "5", "apns-expiration": "0" } },
        } })
    );
}

#[tokio::test]
async fn what_google_would_refuse_is_not_sent() {
    let (google, oauth) = (TestServer::answering(200, ACCEPTED).await, TestServer::answering(200, TOKEN).await);
    let client = client(google.url(), oauth.url());
    let long = "x".repeat(4096);
    let name = "x".repeat(65);
    let data = |key| Message { data: BTreeMap::from([(key, "x")]), ..message() };
    for push in [
        Message { to: Target::Token(""), ..message() },
        Message { to: Target::Fid(""), ..message() },
        Message { title: "", ..message() },
        Message { body: &long, ..message() },
        data(""),
        data("from"),
        data("message_type"),
        data("google.x"),
        data("gcm.x"),
        Message { collapse_key: Some(""), ..message() },
        Message { tag: Some(&name), ..message() },
        Message { tag: Some("a\nb"), ..message() },
        Message { ttl_seconds: Some(28 * 86_400 + 1), ..message() },
    ] {
        let error = client.send(&push, NOW).await.unwrap_err();
        assert!(matches!(error, SendError::Payload { cause: CallError::NotSent { .. } }), "{error:?}");
    }
    assert!(google.requests().is_empty() && oauth.requests().is_empty());
}

#[test]
fn a_message_of_4096_bytes_is_the_longest() {
    let bytes = |body: &str| {
        let push = Message { body, ..message() };
        push.envelope(NOW).map(|envelope| serde_json::to_value(&envelope).unwrap()["message"].to_string().len())
    };
    let room = 4096 - bytes("").unwrap();
    assert_eq!(bytes(&"x".repeat(room)), Ok(4096));
    assert!(bytes(&"x".repeat(room + 1)).is_err());
    assert!(bytes(&"é".repeat(room / 2 + 1)).is_err(), "bytes, not characters");
}

#[test]
fn a_key_whose_line_ends_were_escaped_is_read() {
    let mut escaped = file();
    escaped["private_key"] = json!(pem().replace('\n', "\\n"));
    assert!(account(&escaped).is_ok());
}

#[test]
fn an_account_that_cannot_sign_or_reaches_another_path_is_refused() {
    for (field, value) in [
        ("private_key", json!("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")),
        ("private_key", json!("")),
        ("project_id", json!("a/b")),
        ("project_id", json!("")),
        ("client_email", Value::Null),
    ] {
        let mut broken = file();
        broken[field] = value;
        assert!(account(&broken).is_err(), "{field}");
    }
    assert!(ServiceAccount::from_json(&Secret::new("no").unwrap()).is_err());
}

#[test]
fn neither_the_message_nor_the_key_prints() {
    assert!(!format!("{:?}", message()).contains("250"));
    let printed = format!("{:?}", client("http://localhost:1", "http://localhost:1"));
    assert!(!printed.contains("PRIVATE") && !printed.contains(&pem()[40..80]), "{printed}");
}
