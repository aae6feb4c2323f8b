//! Twilio against a provider on this machine.

use super::*;
use crate::messaging::sms::{Registry, Rendered};
use crate::messaging::twilio::{Content, ErrorClass, MessageStatus, Sender};
use crate::test_server::TestServer;

const ACCOUNT: &str = "AC00000000000000000000000000000001";
const CONTENT: &str = "HX00000000000000000000000000000001";
const SERVICE: &str = "MG00000000000000000000000000000001";
const REPLY: &str = r#"{"sid":"SM00000000000000000000000000000001","status":"queued","num_segments":"2","num_media":"0","price":null,
    "price_unit":"USD","error_code":null,"from":"KAMAIP","to":"+919876543210","date_created":"Sat, 21 Nov 2026 10:00:00 +0000"}"#;

fn client(base_url: &str) -> Client {
    Client::new(base_url, base_url, ACCOUNT, Secret::new("t0ken").unwrap()).unwrap()
}

fn otp() -> Rendered {
    Registry::built_in().unwrap().render("login_otp", "en", &[("otp", "482913"), ("minutes", "5")]).unwrap()
}

fn number() -> E164 {
    E164::parse("+919876543210").unwrap()
}

fn outgoing<'a>(to: &'a E164, content: Content<'a>) -> Outgoing<'a> {
    Outgoing { from: Sender::From("KAMAIP"), to, content, status_callback: None, validity_seconds: None }
}

#[track_caller]
fn form(server: &TestServer) -> Vec<(String, String)> {
    form_urlencoded::parse(&server.only_request().body).into_owned().collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

async fn refusal(status: u16, body: &str) -> SendError {
    let server = TestServer::answering(status, body).await;
    let (to, message) = (number(), otp());
    client(server.url()).send(&outgoing(&to, Content::Sms(&message))).await.unwrap_err()
}

#[tokio::test]
async fn an_sms_is_a_rendered_template() {
    let server = TestServer::answering(201, REPLY).await;
    let (to, message) = (number(), otp());
    let outgoing = Outgoing {
        status_callback: Some("https://api.kamai.example/webhooks/twilio/status"),
        validity_seconds: Some(300),
        ..outgoing(&to, Content::Sms(&message))
    };
    let accepted = client(server.url()).send(&outgoing).await.unwrap();
    assert_eq!(accepted.sid, "SM00000000000000000000000000000001");
    assert_eq!((accepted.status, accepted.segments), (Some(MessageStatus::Queued), Some(2)));
    let request = server.only_request();
    assert_eq!((request.method.as_str(), request.target.clone()), ("POST", format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json")));
    assert_eq!(request.header("authorization"), "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTp0MGtlbg==");
    assert_eq!(
        form(&server),
        pairs(&[
            ("To", "+919876543210"),
            ("From", "KAMAIP"),
            ("Body", message.text()),
            ("StatusCallback", "https://api.kamai.example/webhooks/twilio/status"),
            ("ValidityPeriod", "300"),
        ])
    );
}

#[tokio::test]
async fn a_template_goes_by_whatsapp_with_its_variables() {
    let server = TestServer::answering(201, REPLY).await;
    let to = number();
    // F47: a name that looks like JSON or markup stays the value that it is.
    let variables = [("2", "₹250"), ("1", r#"Ravi","2":"*0*"#)];
    let content = Content::WhatsappTemplate { content_sid: CONTENT, variables: &variables };
    let message = Outgoing { from: Sender::Service(SERVICE), ..outgoing(&to, content) };
    client(server.url()).send(&message).await.unwrap();
    assert_eq!(
        form(&server),
        pairs(&[
            ("To", "whatsapp:+919876543210"),
            ("MessagingServiceSid", SERVICE),
            ("ContentSid", CONTENT),
            ("ContentVariables", r#"{"1":"Ravi\",\"2\":\"*0*","2":"₹250"}"#),
        ])
    );
    assert!(!format!("{message:?}").contains("Ravi") && !format!("{message:?}").contains("9876543210"));
}

#[tokio::test]
async fn a_text_goes_by_whatsapp() {
    let server = TestServer::answering(201, REPLY).await;
    let to = number();
    let message = Outgoing { from: Sender::From("+911122334455"), ..outgoing(&to, Content::WhatsappText("नमस्ते")) };
    client(server.url()).send(&message).await.unwrap();
    assert_eq!(form(&server), pairs(&[("To", "whatsapp:+919876543210"), ("From", "whatsapp:+911122334455"), ("Body", "नमस्ते")]));
}

#[tokio::test]
async fn what_twilio_would_refuse_is_not_sent() {
    let server = TestServer::answering(201, REPLY).await;
    let (to, long) = (number(), "x".repeat(1601));
    let template = |content_sid, variables| Content::WhatsappTemplate { content_sid, variables };
    let text = outgoing(&to, Content::WhatsappText("hi"));
    for message in [
        outgoing(&to, Content::WhatsappText("")),
        outgoing(&to, Content::WhatsappText(&long)),
        outgoing(&to, template("HX1", &[])),
        outgoing(&to, template(CONTENT, &[("1", "two\nlines")])),
        outgoing(&to, template(CONTENT, &[("1", "")])),
        outgoing(&to, template(CONTENT, &[("1", "a"), ("1", "b")])),
        Outgoing { from: Sender::From(""), ..text.clone() },
        Outgoing { from: Sender::Service("MG1"), ..text.clone() },
        Outgoing { validity_seconds: Some(0), ..text.clone() },
        Outgoing { validity_seconds: Some(36_001), ..text.clone() },
    ] {
        let error = client(server.url()).send(&message).await.unwrap_err();
        assert!(!error.retryable() && !error.may_have_been_sent(), "{error}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_code_says_what_to_do() {
    for (code, class, retryable) in [
        (20_429, ErrorClass::Retry, true),
        (63_018, ErrorClass::Retry, true),
        (21_610, ErrorClass::OptedOut, false),
        (21_211, ErrorClass::Recipient, false),
        (21_614, ErrorClass::Recipient, false),
        (63_016, ErrorClass::NeedsTemplate, false),
        (63_021, ErrorClass::Message, false),
        (20_003, ErrorClass::Configuration, false),
        (21_901, ErrorClass::Configuration, false),
        (99_999, ErrorClass::Other, false),
    ] {
        let body = format!(r#"{{"code":{code},"message":"to +919876543210","more_info":"https://x","status":400}}"#);
        let error = refusal(400, &body).await;
        assert_eq!(error, SendError::Code { status: 400, code, class });
        assert_eq!((error.retryable(), error.may_have_been_sent(), error.retry_after_ms()), (retryable, false, None), "{code}");
        assert!(!format!("{error} {error:?}").contains("9876543210"));
    }
}

#[tokio::test]
async fn other_outcomes_say_what_they_leave_open() {
    let error = refusal(500, r#"{"code":20500,"message":"Internal Server Error","status":500}"#).await;
    assert!(error.may_have_been_sent() && !error.retryable());
    let error = refusal(200, "{}").await;
    assert!(error.may_have_been_sent() && !error.retryable());
    let error = refusal(400, "<html>").await;
    assert!(!error.may_have_been_sent() && !error.retryable());
    let server = TestServer::answering_with(429, r#"{"code":20429}"#, &[("retry-after", "2")]).await;
    let to = number();
    let error = client(server.url()).send(&outgoing(&to, Content::WhatsappText("hi"))).await.unwrap_err();
    assert_eq!((error.retryable(), error.may_have_been_sent(), error.retry_after_ms()), (true, false, Some(2_000)));
}

#[tokio::test]
async fn the_balance_is_read_exactly() {
    let server = TestServer::answering(200, r#"{"account_sid":"AC1","balance":"0.05","currency":"USD"}"#).await;
    let balance = client(server.url()).balance().await.unwrap();
    assert_eq!(balance, Balance { micros: 50_000, currency: "USD".into() });
    assert_eq!(server.only_request().target, format!("/2010-04-01/Accounts/{ACCOUNT}/Balance.json"));
    let odd = TestServer::answering(200, r#"{"balance":"lots","currency":"USD"}"#).await;
    assert!(matches!(client(odd.url()).balance().await, Err(CallError::Unreadable { .. })));
}

#[test]
fn decimals_are_read_as_millionths() {
    for (text, value) in [("0.05", 50_000), ("-0.0075", -7_500), ("12", 12_000_000), ("-3.1234567", -3_123_456), ("0", 0)] {
        assert_eq!(micros(text), Some(value), "{text}");
    }
    for text in ["", "-", ".5", "5.", "1e3", "--1", "1.2.3", "+1", "१", "1.é", "9223372036854775807"] {
        assert_eq!(micros(text), None, "{text}");
    }
}

#[tokio::test]
async fn a_number_is_looked_up() {
    let body = r#"{"calling_country_code":"91","country_code":"IN","phone_number":"+919876543210","valid":true,"validation_errors":[],
        "line_type_intelligence":{"type":"mobile","carrier_name":"X","error_code":null}}"#;
    let server = TestServer::answering(200, body).await;
    let lookup = client(server.url()).lookup(&number(), true).await.unwrap();
    assert_eq!(lookup, Lookup { standing: PhoneStanding::Valid, country_code: Some("IN".into()), line_type: Some(LineType::Mobile) });
    assert_eq!(server.only_request().target, "/v2/PhoneNumbers/+919876543210?Fields=line_type_intelligence");

    let body = r#"{"valid":false,"validation_errors":["TOO_SHORT"],"country_code":null,"line_type_intelligence":null}"#;
    let server = TestServer::answering(200, body).await;
    let lookup = client(server.url()).lookup(&number(), false).await.unwrap();
    assert_eq!(lookup.standing, PhoneStanding::Invalid(vec!["TOO_SHORT".into()]));
    assert_eq!(server.only_request().target, "/v2/PhoneNumbers/+919876543210");
}

#[test]
fn a_client_does_not_print_its_token_and_needs_a_sid() {
    assert!(!format!("{:?}", client("http://localhost:1")).contains("t0ken"));
    for (account, user) in [("", ""), ("AC1", "AC1"), (ACCOUNT, "me")] {
        let http = Http::new(Timeouts::default()).unwrap();
        let made = Client::with_http(http, "http://localhost:1", "http://localhost:1", account, (user, Secret::new("t0ken").unwrap()));
        assert!(matches!(made, Err(SetupError::Unusable(_))), "{account} {user}");
    }
}
