use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize, SigningKey as _, date_time_ymd};
use serde_json::{Value, json};

use super::*;
use crate::call::Timeouts;
use crate::email::ses::{Feedback, FeedbackKind};
use crate::test_server::{self, TestServer};

const TOPIC: &str = "arn:aws:sns:ap-south-1:123456789012:ses-feedback";
/// Within the certificates' year, 2026.
const NOW: i64 = 1_774_951_180;
const NEW_YEAR_2026: i64 = 1_767_225_600;
const NEW_YEAR_2027: i64 = 1_798_761_600;

struct Signer {
    key: KeyPair,
    pem: String,
}

/// SNS' key and certificate, of which one is enough for all tests.
fn signer() -> &'static Signer {
    static SIGNER: OnceLock<Signer> = OnceLock::new();
    SIGNER.get_or_init(|| {
        let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
        let mut params = CertificateParams::new(vec!["sns.amazonaws.com".to_owned()]).unwrap();
        params.not_before = date_time_ymd(2026, 1, 1);
        params.not_after = date_time_ymd(2027, 1, 1);
        let pem = params.self_signed(&key).unwrap().pem();
        Signer { key, pem }
    })
}

/// Signs as SNS does in version 2, the fields named in their order.
fn signed(mut envelope: Value, names: &[&str], server: &TestServer) -> Value {
    let line = |name: &&str| format!("{name}\n{}\n", envelope[name].as_str().unwrap());
    let text: String = names.iter().map(line).collect();
    envelope["SignatureVersion"] = json!("2");
    envelope["Signature"] = json!(STANDARD.encode(signer().key.sign(text.as_bytes()).unwrap()));
    envelope["SigningCertURL"] = json!(format!("{}/sns/SimpleNotificationService-1.pem", server.url()));
    envelope
}

fn notification(server: &TestServer) -> Value {
    let envelope = json!({
        "Type": "Notification", "MessageId": "22b80b92", "TopicArn": TOPIC, "Message": "{\"a\":\"line\"}\n",
        "Timestamp": "2026-03-31T09:59:40.000Z", "UnsubscribeURL": "https://sns.ap-south-1.amazonaws.com/?Action=Unsubscribe",
    });
    signed(envelope, &["Message", "MessageId", "Timestamp", "TopicArn", "Type"], server)
}

fn confirmation(kind: &str, server: &TestServer) -> Value {
    let envelope = json!({
        "Type": kind, "MessageId": "165545c9", "TopicArn": TOPIC, "Message": "You have chosen to subscribe …",
        "Token": "2336412f37", "Timestamp": "2026-03-31T09:59:40.000Z",
        "SubscribeURL": format!("{}/sns/confirm?Action=ConfirmSubscription&TopicArn={TOPIC}&Token=2336412f37", server.url()),
    });
    signed(envelope, &["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"], server)
}

async fn sns() -> TestServer {
    TestServer::answering(200, &signer().pem).await
}

fn verifier(server_url: &str) -> Verifier {
    let http = Http::new(Timeouts::default()).unwrap();
    Verifier::new(http, TOPIC, Some(&format!("{server_url}/sns/"))).unwrap()
}

async fn verify(server: &TestServer, envelope: &Value) -> Result<Message, Refused> {
    verifier(server.url()).verify(envelope.to_string().as_bytes(), NOW).await
}

#[tokio::test]
async fn a_notification_of_version_2_is_believed() {
    let server = sns().await;
    let message = verify(&server, &notification(&server)).await.unwrap();
    assert_eq!(message.id(), "22b80b92");
    let Message::Notification(notification) = message else { panic!() };
    assert_eq!(notification.text().bytes(), b"{\"a\":\"line\"}\n");
    assert_eq!(server.only_request().target, "/sns/SimpleNotificationService-1.pem");
}

/// Signed elsewhere, with SHA-1, which our own library does not sign with; it has a subject.
#[tokio::test]
async fn the_vector_of_version_1_is_believed_and_read() {
    let server = TestServer::answering(200, include_str!("../../../fixtures/sns_certificate.pem")).await;
    let real = "https://sns.ap-south-1.amazonaws.com/";
    let envelope = include_str!("../../../fixtures/sns_notification_v1.json").replacen(real, &format!("{}/sns/", server.url()), 1);
    let Message::Notification(notification) = verifier(server.url()).verify(envelope.as_bytes(), NOW).await.unwrap() else { panic!() };
    let feedback = Feedback::parse(notification.text()).unwrap().unwrap();
    assert!(matches!(feedback.kind, FeedbackKind::Delivery { .. }));

    let relabelled = envelope.replace(r#""SignatureVersion": "1""#, r#""SignatureVersion": "2""#);
    assert_eq!(verifier(server.url()).verify(relabelled.as_bytes(), NOW).await, Err(Refused::Signature));
}

#[tokio::test]
async fn one_changed_byte_anywhere_in_what_is_signed_is_refused() {
    let server = sns().await;
    let verifier = verifier(server.url());
    for original in [notification(&server), confirmation("SubscriptionConfirmation", &server)] {
        for name in ["Message", "MessageId", "Timestamp", "Token", "SubscribeURL"] {
            let Some(value) = original[name].as_str() else { continue };
            for at in 0..value.len() {
                if !value.is_char_boundary(at) || !value.is_char_boundary(at + 1) {
                    continue;
                }
                let other = if value.as_bytes()[at] == b'x' { "y" } else { "x" };
                let mut changed = original.clone();
                changed[name] = json!(format!("{}{other}{}", &value[..at], &value[at + 1..]));
                let refused = verifier.verify(changed.to_string().as_bytes(), NOW).await.unwrap_err();
                assert_eq!(refused, Refused::Signature, "{name} at {at}");
            }
        }
        let mut with_subject = original.clone();
        with_subject["Subject"] = json!("x");
        if original["Type"] == "Notification" {
            assert_eq!(verifier.verify(with_subject.to_string().as_bytes(), NOW).await, Err(Refused::Signature));
        }
    }
    assert_eq!(server.requests().len(), 1, "the certificate is fetched once");
}

#[tokio::test]
async fn a_text_cut_at_other_places_is_refused() {
    let server = sns().await;
    let envelope = json!({
        "Type": "Notification", "MessageId": "real", "TopicArn": TOPIC, "Message": "first\nMessageId\nforged",
        "Timestamp": "2026-03-31T09:59:40.000Z",
    });
    let mut cut = signed(envelope, &["Message", "MessageId", "Timestamp", "TopicArn", "Type"], &server);
    assert!(verify(&server, &cut).await.is_ok());
    cut["Message"] = json!("first");
    cut["MessageId"] = json!("forged\nMessageId\nreal");
    let refused = verify(&server, &cut).await.unwrap_err();
    assert_eq!(refused, Refused::Illegible(Illegible::WrongShape { path: "MessageId".into() }));
}

#[tokio::test]
async fn a_strangers_delivery_costs_no_request() {
    let server = sns().await;
    let mut foreign = notification(&server);
    foreign["TopicArn"] = json!("arn:aws:sns:ap-south-1:210987654321:theirs");
    assert_eq!(verify(&server, &foreign).await, Err(Refused::ForeignTopic));
    let mut future = notification(&server);
    future["SignatureVersion"] = json!("3");
    assert_eq!(verify(&server, &future).await, Err(Refused::UnknownVersion));
    let mut elsewhere = notification(&server);
    elsewhere["SigningCertURL"] = json!("https://sns.ap-south-1.amazonaws.com.evil.com/x.pem");
    assert_eq!(verify(&server, &elsewhere).await, Err(Refused::CertificatePlace(PlaceRefused::Host)));
    for body in ["", "[]", "{}", "null", "{\"Type\":\"Other\"}"] {
        let refused = verifier(server.url()).verify(body.as_bytes(), NOW).await.unwrap_err();
        assert!(matches!(refused, Refused::Illegible(_)) && !refused.retryable(), "{body}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_certificate_counts_in_its_time_only() {
    let server = sns().await;
    let body = notification(&server).to_string();
    let verifier = verifier(server.url());
    for (now, why) in [
        (NEW_YEAR_2026 - 1, Some(CertificateRefused::Early)),
        (NEW_YEAR_2026, None),
        (NEW_YEAR_2027, None),
        (NEW_YEAR_2027 + 1, Some(CertificateRefused::Expired)),
        (i64::MIN, Some(CertificateRefused::Early)),
    ] {
        let refused = verifier.verify(body.as_bytes(), now).await.err();
        assert_eq!(refused, why.map(Refused::Certificate), "{now}");
    }
}

#[tokio::test]
async fn a_certificate_that_cannot_be_had_may_be_had_later() {
    let away = TestServer::answering(503, "").await;
    let refused = verify(&away, &notification(&away)).await.unwrap_err();
    assert!(refused.retryable(), "{refused}");
    let closed = test_server::closed_port().await;
    let mut envelope = notification(&away);
    envelope["SigningCertURL"] = json!(format!("{closed}/sns/x.pem"));
    let refused = verifier(&closed).verify(envelope.to_string().as_bytes(), NOW).await.unwrap_err();
    assert!(refused.retryable(), "{refused}");
    let garbled = TestServer::answering(200, "<html>").await;
    let refused = verify(&garbled, &notification(&garbled)).await.unwrap_err();
    assert_eq!(refused, Refused::Certificate(CertificateRefused::Malformed));
    assert!(!refused.retryable());
}

#[tokio::test]
async fn made_up_addresses_fill_no_memory() {
    let server = sns().await;
    let verifier = verifier(server.url());
    for number in 0..CERTIFICATES_MAX * 3 {
        let mut envelope = notification(&server);
        envelope["SigningCertURL"] = json!(format!("{}/sns/{number}.pem", server.url()));
        verifier.verify(envelope.to_string().as_bytes(), NOW).await.unwrap();
    }
    assert_eq!(verifier.lock().len(), CERTIFICATES_MAX);
}

#[tokio::test]
async fn a_subscription_is_confirmed_once_it_is_believed() {
    let server = sns().await;
    let verifier = verifier(server.url());
    for (kind, count) in [("SubscriptionConfirmation", 2), ("UnsubscribeConfirmation", 3)] {
        let body = confirmation(kind, &server).to_string();
        let confirmation = match verifier.verify(body.as_bytes(), NOW).await.unwrap() {
            Message::SubscriptionConfirmation(it) if kind.starts_with('S') => it,
            Message::UnsubscribeConfirmation(it) if kind.starts_with('U') => it,
            other => panic!("{other:?}"),
        };
        assert_eq!(format!("{confirmation:?}"), "Confirmation(165545c9)");
        verifier.confirm(&confirmation).await.unwrap();
        let requests = server.requests();
        assert_eq!(requests.len(), count);
        let asked = &requests[count - 1];
        assert_eq!(asked.method, "GET");
        let topic = TOPIC.replace(':', "%3A");
        assert_eq!(asked.target, format!("/sns/confirm?Action=ConfirmSubscription&TopicArn={topic}&Token=2336412f37"));
    }
}

#[tokio::test]
async fn a_subscription_is_confirmed_at_sns_only() {
    let server = sns().await;
    let mut envelope = confirmation("SubscriptionConfirmation", &server);
    envelope["SubscribeURL"] = json!("https://evil.com/?Action=ConfirmSubscription");
    let names = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
    let message = verify(&server, &signed(envelope, &names, &server)).await.unwrap();
    let Message::SubscriptionConfirmation(confirmation) = message else { panic!() };
    let error = verifier(server.url()).confirm(&confirmation).await.unwrap_err();
    assert_eq!(error, ConfirmError::Place(PlaceRefused::Host));

    let broken = TestServer::answering(500, "").await;
    let message = verify(&server, &confirmation_at(&broken, &server)).await.unwrap();
    let Message::SubscriptionConfirmation(confirmation) = message else { panic!() };
    let error = verifier(broken.url()).confirm(&confirmation).await.unwrap_err();
    assert_eq!(error, ConfirmError::Call(CallError::Unknown { why: Doubt::Status(500) }));
}

/// A confirmation at one server, signed with the certificate of another.
fn confirmation_at(place: &TestServer, server: &TestServer) -> Value {
    let mut envelope = confirmation("SubscriptionConfirmation", place);
    envelope["SigningCertURL"] = json!(format!("{}/sns/SimpleNotificationService-1.pem", server.url()));
    envelope
}

#[tokio::test]
async fn a_message_does_not_print() {
    let server = sns().await;
    let message = verify(&server, &notification(&server)).await.unwrap();
    assert_eq!(format!("{message:?}"), "Notification(Notification(22b80b92))");
}

#[test]
fn a_verifier_needs_a_topic_and_a_whole_prefix() {
    let http = Http::new(Timeouts::default()).unwrap();
    assert!(Verifier::new(http.clone(), "", None).is_err());
    assert!(Verifier::new(http.clone(), TOPIC, None).is_ok());
    assert!(Verifier::new(http, TOPIC, Some("http://127.0.0.1:4700")).is_err());
}
