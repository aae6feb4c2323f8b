use account_aggregator::crypto::{Curve, Nonce, PrivateKey};
use account_aggregator::jws::{self, BadSignature, Encoding, KeySet};
use account_aggregator::licence::ActingAs;
use account_aggregator::reply::BadReply;
use account_aggregator::wire::{ErrorCode, HandleStatus};
use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use serde_json::Value;

use super::*;
use crate::call::{Doubt, Timeouts};
use crate::test_server::{Seen, TestServer};

const TXNID: &str = "0b8b54a1-6f4d-4a0c-9b2e-6a0c2f4b1d11";

fn key(kid: &str) -> SigningKey {
    let key = KeyPair::generate(KeySize::Rsa2048).unwrap();
    SigningKey::from_pkcs8(kid, key.as_der().unwrap().as_ref(), Encoding::Unencoded).unwrap()
}

struct Scene {
    server: TestServer,
    ours: SigningKey,
    client: Client,
}

impl Scene {
    /// An aggregator that answers so, signed.
    async fn answering(version: Version, status: u16, body: &Value) -> Self {
        let theirs = key("aa-key");
        let body = body.to_string();
        let signature = theirs.sign_detached(body.as_bytes()).unwrap();
        Self::set(version, TestServer::answering_with(status, &body, &[(SIGNATURE_HEADER, &signature)]).await, &theirs)
    }

    fn set(version: Version, server: TestServer, theirs: &SigningKey) -> Self {
        let ours = key("kamai-key");
        let settings = Settings {
            base_url: &format!("{}/v2", server.url()),
            licence: Licence::new("FIU", "Asha Finance Ltd", ActingAs::Fiu).unwrap(),
            aggregator_id: "AA-1",
            api_key: Secret::new("token").unwrap(),
            signing_key: ours.clone(),
            keys: Arc::new(KeySet::new(&[theirs.jwk()]).unwrap()),
            version,
            through_router: true,
            redirect: Redirect::new("https://aa.example/{handle}").unwrap(),
        };
        let client = Client::with_http(Http::new(Timeouts::default()).unwrap(), settings).unwrap();
        Self { server, ours, client }
    }

    /// The one request, whose signature is ours.
    #[track_caller]
    fn signed_request(&self) -> Seen {
        let request = self.server.only_request();
        let keys = KeySet::new(&[self.ours.jwk()]).unwrap();
        assert_eq!(jws::verify_detached(request.header(SIGNATURE_HEADER), &request.body, &keys), Ok(()));
        request
    }
}

fn stamp() -> Stamp<'static> {
    Stamp { txnid: TXNID, now: "2026-11-20T10:00:00Z".parse().unwrap() }
}

fn reply(with: Value) -> Value {
    let mut body = json!({ "ver": "2.0.0", "timestamp": "2026-11-20T10:00:01.000Z", "txnid": TXNID });
    if let (Value::Object(body), Value::Object(with)) = (&mut body, with) {
        body.extend(with);
    }
    body
}

fn detail() -> ConsentDetail {
    serde_json::from_value(json!({
        "consentStart": "2026-11-20T10:00:00Z", "consentExpiry": "2027-11-20T10:00:00Z", "consentMode": "STORE", "fetchType": "PERIODIC",
        "consentTypes": ["TRANSACTIONS"], "fiTypes": ["DEPOSIT"], "DataConsumer": { "id": "FIU", "type": "FIU" },
        "Customer": { "id": "ravi@aa" }, "Purpose": { "code": "102", "refUri": "", "text": "", "Category": { "type": "" } },
        "FIDataRange": { "from": "2026-01-01T00:00:00Z", "to": "2026-11-20T00:00:00Z" },
        "DataLife": { "unit": "DAY", "value": 1 }, "Frequency": { "unit": "DAY", "value": 1 }
    }))
    .unwrap()
}

fn ask(range: FiDataRange) -> DataAsk<'static> {
    let own = PrivateKey::from_random(Curve::Weierstrass, &[7; 32]).unwrap();
    let key_material = KeyMaterial::new(&own.public().unwrap(), Nonce::from_random([8; 32]), "2026-11-21T10:00:00Z".parse().unwrap());
    DataAsk { consent_id: "c-1", digital_signature: "sig", range, key_material }
}

#[tokio::test]
async fn a_consent_is_asked_for_over_our_signature() {
    let answer = reply(json!({ "Customer": { "id": "ravi@aa" }, "ConsentHandle": "h-1" }));
    let scene = Scene::answering(Version::V2_0_0, 200, &answer).await;
    let requested = scene.client.request_consent(stamp(), &detail()).await.unwrap();
    assert_eq!(scene.client.consent_url(&requested.handle, ""), "https://aa.example/h%2D1");
    let request = scene.signed_request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v2/Consent"));
    assert_eq!((request.header("client_api_key"), request.header("content-type")), ("token", "application/json"));
    assert_eq!(STANDARD.decode(request.header("x-request-meta")).unwrap(), br#"{"recipient-id":"AA-1"}"#);
    assert_eq!((&request.json()["ver"], &request.json()["txnid"]), (&json!("2.0.0"), &json!(TXNID)));
}

#[tokio::test]
async fn nothing_is_asked_in_another_name_than_the_licence_holders() {
    let scene = Scene::answering(Version::V2_0_0, 200, &json!({})).await;
    let mut stranger = detail();
    stranger.data_consumer.id = "FIU-2".into();
    let error = scene.client.request_consent(stamp(), &stranger).await.unwrap_err();
    assert!(matches!(error, AggregatorError::Call(CallError::NotSent { .. })), "{error}");
    assert!(scene.server.requests().is_empty());
}

#[tokio::test]
async fn look_ups_are_posted_as_of_version_2() {
    let answer = reply(json!({ "ConsentHandle": "h-1", "ConsentStatus": { "id": "c-1", "status": "APPROVED" } }));
    let scene = Scene::answering(Version::V2_0_0, 200, &answer).await;
    let told = scene.client.handle_status(stamp(), "h-1").await.unwrap();
    assert_eq!((told.consent.status, told.consent.id.as_deref()), (HandleStatus::Approved, Some("c-1")));
    let request = scene.signed_request();
    assert_eq!((request.target.as_str(), &request.json()["ConsentHandle"]), ("/v2/Consent/handle", &json!("h-1")));
}

#[tokio::test]
async fn look_ups_are_paths_in_version_1() {
    let mut answer = reply(json!({ "FI": [] }));
    (answer["ver"], answer["txnid"]) = (json!("1.1.2"), json!("its own"));
    let scene = Scene::answering(Version::V1_1_2, 200, &answer).await;
    let only = BankAccounts { fip_id: "FIP-1", link_refs: &["a", "b"] };
    scene.client.fetch_data(stamp(), "s-1", Some(only)).await.unwrap();
    let request = scene.server.only_request();
    let target = "/v2/FI/fetch/s-1?fipid=FIP-1&linkRefNumber=a&linkRefNumber=b";
    assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", target));
}

#[tokio::test]
async fn an_artefact_comes_with_what_a_data_request_repeats() {
    let theirs = key("aa-key");
    let mut artefact = serde_json::to_value(detail()).unwrap();
    artefact["Accounts"] = json!([{ "fiType": "DEPOSIT", "fipId": "FIP-1", "linkRefNumber": "a" }]);
    let signed = theirs.sign_compact(artefact.to_string().as_bytes()).unwrap();
    let body = reply(json!({
        "consentId": "c-1", "status": "PAUSED", "createTimestamp": "2026-01-20T10:00:00Z", "signedConsent": signed
    }));
    let body = body.to_string();
    let signature = theirs.sign_detached(body.as_bytes()).unwrap();
    let server = TestServer::answering_with(200, &body, &[(SIGNATURE_HEADER, &signature)]).await;
    let fetched = Scene::set(Version::V2_0_0, server, &theirs).client.fetch_consent(stamp(), "c-1").await.unwrap();
    assert_eq!((fetched.status, fetched.artefact.accounts.len()), (ConsentStatus::Paused, 1));
    assert_eq!(Some(fetched.digital_signature.as_str()), signed.rsplit('.').next());
}

#[tokio::test]
async fn data_are_asked_for_and_fetched() {
    let scene = Scene::answering(Version::V2_0_0, 200, &reply(json!({ "consentId": "c-1", "sessionId": "s-1" }))).await;
    let requested = scene.client.request_data(stamp(), &ask(detail().data_range)).await.unwrap();
    assert_eq!(requested.session_id, "s-1");
    let body = scene.signed_request().json();
    assert_eq!((&body["Consent"]["digitalSignature"], &body["KeyMaterial"]["curve"]), (&json!("sig"), &json!("Curve25519")));
    let scene = Scene::answering(Version::V2_0_0, 200, &reply(json!({ "FI": [] }))).await;
    assert!(scene.client.fetch_data(stamp(), "s-1", None).await.unwrap().banks.is_empty());
    assert_eq!(scene.signed_request().json().get("fipId"), None, "all of the session");
}

#[tokio::test]
async fn an_answer_that_is_not_the_aggregators_is_discarded() {
    let answer = reply(json!({ "consentId": "c-1", "sessionId": "s-1" })).to_string();
    let theirs = key("aa-key");
    for (signature, why) in [
        (None, BadSignature::Missing),
        (Some(key("aa-key").sign_detached(answer.as_bytes()).unwrap()), BadSignature::Mismatch),
        (Some(theirs.sign_detached(b"{}").unwrap()), BadSignature::Mismatch),
        (Some(key("new-key").sign_detached(answer.as_bytes()).unwrap()), BadSignature::UnknownKey),
    ] {
        let headers: Vec<_> = signature.iter().map(|text| (SIGNATURE_HEADER, text.as_str())).collect();
        let server = TestServer::answering_with(200, &answer, &headers).await;
        let scene = Scene::set(Version::V2_0_0, server, &theirs);
        let error = scene.client.request_data(stamp(), &ask(detail().data_range)).await.unwrap_err();
        assert_eq!(error, AggregatorError::Discarded(BadReply::Signature(why)));
    }
    let scene = Scene::answering(Version::V2_0_0, 200, &reply(json!({ "consentId": "c-2", "sessionId": "s-1" }))).await;
    let error = scene.client.request_data(stamp(), &ask(detail().data_range)).await.unwrap_err();
    assert_eq!(error, AggregatorError::Discarded(BadReply::Consent));
}

#[tokio::test]
async fn a_refusal_is_told_in_rebits_words() {
    for (status, word, code, retryable) in [
        (400, "InvalidConsentUse", Some(ErrorCode::InvalidConsentUse), false),
        (403, "DataFetchRequestInProgress", Some(ErrorCode::DataFetchRequestInProgress), true),
        (409, "IdempotencyError", Some(ErrorCode::IdempotencyError), false),
        (410, "DataGone", Some(ErrorCode::DataGone), false),
        (400, "Teapot", None, false),
    ] {
        let body = reply(json!({ "errorCode": word, "errorMsg": "of 9876543210" }));
        let scene = Scene::answering(Version::V2_0_0, status, &body).await;
        let error = scene.client.fetch_data(stamp(), "s-1", None).await.unwrap_err();
        assert_eq!(error, AggregatorError::Refused { status, code });
        assert_eq!(error.retryable(), retryable, "{word}");
    }
    let scene = Scene::answering(Version::V2_0_0, 503, &json!({})).await;
    let error = scene.client.heartbeat().await.unwrap_err();
    assert_eq!(error, AggregatorError::Call(CallError::Unknown { why: Doubt::Status(503) }));
}

#[tokio::test]
async fn what_cannot_be_an_id_is_not_sent() {
    let scene = Scene::answering(Version::V1_1_2, 200, &json!({})).await;
    for id in ["", "../Consent", "a/b", "a?b", &"x".repeat(129)] {
        let error = scene.client.handle_status(stamp(), id).await.unwrap_err();
        assert!(matches!(error, AggregatorError::Call(CallError::NotSent { .. })), "{id}");
    }
    assert!(scene.server.requests().is_empty());
    assert!(!format!("{:?}", scene.client).contains("token"));
}
