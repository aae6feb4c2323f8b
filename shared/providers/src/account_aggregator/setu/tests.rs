use account_aggregator::fi;
use account_aggregator::licence::ActingAs;
use account_aggregator::wire::{ConsentMode, ConsentType, DataLife, DataLifeUnit, FetchType, FiType, PurposeCode};

use super::*;
use crate::call::Timeouts;
use crate::personal::Personal;
use crate::signature::{Secrets, SignatureRefused, Verified};
use crate::test_server::TestServer;

const ID: &str = "6d285134-c764-49ab-b32d-ead003161587";

fn client(server: &TestServer) -> Client {
    let http = Http::new(Timeouts::default()).unwrap();
    Client::with_http(http, &format!("{}/v2", server.url()), licence(), "kamai", Secret::new("s3cret").unwrap(), "prod-1").unwrap()
}

fn licence() -> Licence {
    Licence::new("FIU-1", "Asha Finance Ltd", ActingAs::TechnologyProvider).unwrap()
}

fn range() -> FiDataRange {
    FiDataRange { from: "2026-01-01T00:00:00Z".parse().unwrap(), to: "2026-11-20T00:00:00Z".parse().unwrap() }
}

#[tokio::test]
async fn a_consent_is_asked_for_and_says_where_it_is_given() {
    let server =
        TestServer::answering(200, &format!(r#"{{"id":"{ID}","url":"https://fiu.setu.co/c/{ID}","status":"PENDING","more":1}}"#)).await;
    let asked = NewConsent {
        address: Personal::from("9999999999@onemoney".to_owned()),
        starts_at: "2026-11-20T00:00:00Z".parse().unwrap(),
        expires_at: "2027-11-20T00:00:00Z".parse().unwrap(),
        data_range: range(),
        mode: ConsentMode::Store,
        fetch_type: FetchType::Periodic,
        types: &[ConsentType::Summary, ConsentType::Transactions],
        fi_types: &[FiType::Deposit],
        purpose: PurposeCode::SpendingPatterns,
        data_life: DataLife { unit: DataLifeUnit::Month, value: 1 },
        frequency: (1, FrequencyUnit::Daily),
        redirect_url: "https://kamai.in/back",
        tags: &["kamai"],
    };
    let consent = client(&server).request_consent(&asked).await.unwrap();
    assert_eq!((consent.status, consent.url.as_deref()), (ConsentStatus::Pending, Some(format!("https://fiu.setu.co/c/{ID}").as_str())));
    let request = server.only_request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v2/consents"));
    assert_eq!((request.header("x-client-id"), request.header("x-client-secret")), ("kamai", "s3cret"));
    assert_eq!(request.header("x-product-instance-id"), "prod-1");
    let body = request.json();
    assert_eq!((&body["vua"], &body["frequency"]), (&json!("9999999999@onemoney"), &json!({ "unit": "DAILY", "value": 1 })));
    assert_eq!(body["consentDateRange"]["endDate"], "2027-11-20T00:00:00.000Z");
    assert!(!format!("{asked:?}").contains("9999999999"));
}

#[tokio::test]
async fn a_session_brings_what_came_and_says_what_did_not() {
    let body = format!(
        r#"{{"id":"{ID}","status":"PARTIAL","format":"json","fips":[
            {{"fipID":"Setu-FIP","accounts":[{{"linkRefNumber":"ref-1","maskedAccNumber":"XX1","status":"DELIVERED","data":{{"account":{{
                "type":"deposit","summary":{{"currentBalance":101666.33,"currency":"INR","type":"SAVINGS"}},"transactions":{{"startDate":"2026-01-01"}}}}}}}}]}},
            {{"fipID":"ACME-FIP","accounts":[{{"linkRefNumber":"ref-2","FIstatus":"FAILED","data":null}}]}}]}}"#
    );
    let server = TestServer::answering(200, &body).await;
    let session = client(&server).session(ID).await.unwrap();
    assert_eq!(session.status, SessionStatus::Partial);
    let account = &session.banks[0].accounts[0];
    let document = account.document().unwrap();
    let statement = fi::read(&document, &fi::Source { link_ref: &account.link_ref, bank: "Setu-FIP" }).unwrap();
    assert_eq!(statement.account.balance.unwrap().minor, 10_166_633);
    assert_eq!((session.banks[1].accounts[0].document(), &session.banks[1].accounts[0].status), (None, &FiStatus::Failed));
    assert!(!format!("{session:?}").contains("101666"), "data do not print");
}

#[tokio::test]
async fn a_session_is_opened_for_a_range() {
    let server = TestServer::answering(200, &format!(r#"{{"id":"{ID}","status":"PENDING","fips":null}}"#)).await;
    let session = client(&server).open_session("c-1", range(), Format::Json).await.unwrap();
    assert!(session.banks.is_empty());
    let expected = json!({
        "consentId": "c-1", "format": "json", "dataRange": { "from": "2026-01-01T00:00:00.000Z", "to": "2026-11-20T00:00:00.000Z" }
    });
    assert_eq!(server.only_request().json(), expected);
}

#[tokio::test]
async fn an_answer_about_another_consent_is_not_taken() {
    let server = TestServer::answering(200, r#"{"id":"another","status":"ACTIVE"}"#).await;
    let client = client(&server);
    assert!(matches!(client.consent(ID).await, Err(CallError::Unreadable { .. })));
    assert!(matches!(client.session(ID).await, Err(CallError::Unreadable { .. })));
    for id in ["", "../sessions", "a b"] {
        assert!(matches!(client.consent(id).await, Err(CallError::NotSent { .. })), "{id}");
    }
}

#[test]
fn a_notice_says_what_to_look_up() {
    let read = |body: &str| parse_notice(Verified::stored(body.as_bytes())).unwrap();
    let notice = read(
        r#"{"type":"SESSION_STATUS_UPDATE","dataSessionId":"s-1","consentId":"c-1","timestamp":"x","success":true,"data":{"status":"COMPLETED","format":"xml","fips":[]},"error":null}"#,
    );
    assert_eq!((notice.consent_status(), notice.session_id.as_deref()), (None, Some("s-1")));
    assert_eq!((notice.kind, notice.consent_id.as_str()), (NoticeKind::Session, "c-1"));
    let consent = |data: &str| {
        read(&format!(r#"{{"type":"CONSENT_STATUS_UPDATE","consentId":"c-1","success":true,"data":{data}}}"#)).consent_status()
    };
    assert_eq!(consent(r#"{"status":"REVOKED","detail":{"accounts":[]}}"#), Some(ConsentStatus::Revoked));
    assert_eq!((consent("null"), consent("{}")), (None, None));
}

#[test]
fn what_is_kept_of_a_notice_says_the_same_and_names_nobodys_account() {
    let body = r#"{"type":"CONSENT_STATUS_UPDATE","consentId":"c-1","success":true,"data":{"status":"ACTIVE","detail":{"accounts":[{"maskedAccNumber":"XXXX1234","linkRefNumber":"l-1"}]}},"error":{"message":"Asha"}}"#;
    let notice = parse_notice(Verified::stored(body.as_bytes())).unwrap();
    let brief = String::from_utf8(notice.in_brief()).unwrap();
    let again = parse_notice(Verified::stored(brief.as_bytes())).unwrap();
    assert_eq!(again, notice);
    for word in ["1234", "l-1", "Asha"] {
        assert!(!brief.contains(word), "{brief}");
    }
    let kind = |kind: &str| {
        let body = format!(r#"{{"type":"{kind}","consentId":"c-1","fiData":[{{"data":[]}}]}}"#);
        parse_notice(Verified::stored(body.as_bytes())).unwrap().holds_data()
    };
    assert!(kind("FI_DATA_READY") && kind("FI_DATA_FAILED") && kind("NEWS"));
    assert!(!kind("CONSENT_STATUS_UPDATE") && !kind("SESSION_STATUS_UPDATE"));
}

#[test]
fn only_who_was_told_our_address_is_heard() {
    let secrets = Secrets::new(Secret::new("new").unwrap(), Some(Secret::new("old").unwrap()));
    assert!(verify(b"{}", "new", &secrets).is_ok() && verify(b"{}", "old", &secrets).is_ok());
    assert_eq!(verify(b"{}", "", &secrets), Err(SignatureRefused::Malformed));
    assert_eq!(verify(b"{}", "ne", &secrets), Err(SignatureRefused::Wrong));
}

#[test]
fn a_client_cannot_be_built_without_its_credentials_and_does_not_print_them() {
    let build = |id: &str, product: &str| {
        Client::with_http(
            Http::new(Timeouts::default()).unwrap(),
            "https://fiu.setu.co/v2",
            licence(),
            id,
            Secret::new("s3cret").unwrap(),
            product,
        )
    };
    assert!(build("", "p").is_err() && build("i", " ").is_err());
    assert!(!format!("{:?}", build("i", "p").unwrap()).contains("s3cret"));
}
