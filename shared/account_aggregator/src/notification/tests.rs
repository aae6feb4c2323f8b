use serde_json::{Value, json};

use super::*;
use crate::jws::KeySet;
use crate::{test_keys, time};

fn now() -> Timestamp {
    "2026-11-20T10:00:00Z".parse().unwrap()
}

fn consent(status: &str) -> Value {
    json!({
        "ver": "2.0.0", "timestamp": "2026-11-20T10:00:00.000Z", "txnid": "txn-1", "Notifier": { "type": "AA", "id": "AA-1" },
        "ConsentStatusNotification": { "consentId": "c-1", "consentHandle": "h-1", "consentStatus": status }
    })
}

fn data() -> Value {
    json!({
        "ver": "2.0.0", "timestamp": "2026-11-20T10:00:00.000Z", "txnid": "txn-2", "Notifier": { "type": "AA", "id": "AA-1" },
        "FIStatusNotification": { "sessionId": "s-1", "sessionStatus": "ACTIVE", "FIStatusResponse": [
            { "fipID": "FIP-1", "Accounts": [{ "linkRefNumber": "ref-1", "FIStatus": "READY", "description": "" }] }
        ] }
    })
}

/// Sends a body as AA-1 would, or with the API key of another.
struct Sender {
    api_key_of: Option<&'static str>,
    signed_by: &'static str,
}

const HONEST: Sender = Sender { api_key_of: Some("AA-1"), signed_by: "AA-1" };

impl Sender {
    fn consent(&self, body: &Value, ids: &[&str], may_split: bool) -> Result<ConsentNotification, Refusal> {
        let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        let known = KnownConsent { aggregator: "AA-1", txnid: "txn-1", handle: "h-1", ids: &ids, may_split };
        self.deliver(body, |unverified, keys| unverified.verify_consent(Some(&known), keys))
    }

    fn data(&self, body: &Value) -> Result<DataNotification, Refusal> {
        let known = KnownSession { aggregator: "AA-1", txnid: "txn-2", id: "s-1" };
        self.deliver(body, |unverified, keys| unverified.verify_session(Some(&known), keys))
    }

    fn deliver<T: Notification>(
        &self,
        body: &Value,
        verify: impl FnOnce(Unverified<'_, T>, &KeySet) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let keys = |of: &str| if of == "AA-1" { test_keys::first() } else { test_keys::second() };
        let body = body.to_string();
        let signature = keys(self.signed_by).sign_detached(body.as_bytes()).unwrap();
        let set = KeySet::new(&[keys("AA-1").jwk()]).unwrap();
        let received = Received {
            api_key_of: self.api_key_of,
            signature: Some(&signature),
            body: body.as_bytes(),
            now: now(),
            version: Version::V2_0_0,
        };
        verify(receive(&received)?, &set)
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: Result<T, Refusal>, status: u16, code: ErrorCode) {
    let refusal = outcome.unwrap_err();
    assert_eq!((refusal.code, refusal.code.status()), (code, status), "{refusal}");
}

#[test]
fn an_honest_notification_is_believed_and_acknowledged() {
    let told = HONEST.consent(&consent("ACTIVE"), &[], false).unwrap();
    assert_eq!((told.consent.status, told.consent.id.as_deref()), (ConsentStatus::Active, Some("c-1")));
    let told = HONEST.data(&data()).unwrap();
    assert_eq!(told.session.banks[0].accounts[0].link_ref, "ref-1");
    let answer = serde_json::to_value(acknowledge(Version::V2_0_0, &told.txnid, now())).unwrap();
    assert_eq!(answer, json!({ "ver": "2.0.0", "timestamp": "2026-11-20T10:00:00.000Z", "txnid": "txn-2", "response": "OK" }));
}

#[test]
fn a_rejected_request_has_no_consent_id() {
    let mut body = consent("REJECTED");
    body["ConsentStatusNotification"].as_object_mut().unwrap().remove("consentId");
    assert!(HONEST.consent(&body, &[], false).is_ok());
}

#[test]
fn an_unknown_version_is_no_such_version() {
    for ver in ["1.1.2", "2.1.0", "x", ""] {
        for mut body in [consent("ACTIVE"), data()] {
            body["ver"] = json!(ver);
            refused(HONEST.consent(&body, &[], false), 404, ErrorCode::NoSuchVersion);
        }
    }
}

#[test]
fn a_timestamp_that_is_none_or_more_than_fifteen_minutes_off_is_refused() {
    let at = |text: &str| {
        let mut body = consent("ACTIVE");
        body["timestamp"] = json!(text);
        HONEST.consent(&body, &[], false)
    };
    for minutes in [-15, 15] {
        assert!(at(&time::to_text(now() + SignedDuration::from_mins(minutes))).is_ok());
        let beyond = now() + SignedDuration::from_mins(minutes) + SignedDuration::from_millis(minutes.signum());
        refused(at(&time::to_text(beyond)), 400, ErrorCode::InvalidRequest);
    }
    for text in ["", "now", "20-11-2026"] {
        refused(at(text), 400, ErrorCode::InvalidRequest);
    }
}

/// Every way to leave a field out, add one, or give one another kind, at any depth.
fn misshapen(value: &Value) -> Vec<Value> {
    let Value::Object(fields) = value else { return Vec::new() };
    let mut found = Vec::new();
    for (name, inner) in fields {
        let with = |inner: Value| {
            let mut changed = fields.clone();
            changed.insert(name.clone(), inner);
            Value::Object(changed)
        };
        let mut less = fields.clone();
        less.remove(name);
        // Optional: ids of consents, and descriptions.
        if !matches!(name.as_str(), "consentId" | "consentHandle" | "description") {
            found.push(Value::Object(less));
        }
        found.push(with(json!(7)));
        found.extend(misshapen(inner).into_iter().map(with));
        if let Value::Array(items) = inner {
            found.extend(items.iter().flat_map(misshapen).map(|item| with(json!([item]))));
        }
    }
    let mut more = fields.clone();
    more.insert("extra".into(), json!("x"));
    found.push(Value::Object(more));
    found
}

#[test]
fn a_field_missing_unknown_or_of_another_kind_is_refused() {
    let (consents, sessions) = (misshapen(&consent("ACTIVE")), misshapen(&data()));
    assert!(consents.len() > 15 && sessions.len() > 25);
    for body in consents {
        refused(HONEST.consent(&body, &[], false), 400, ErrorCode::InvalidRequest);
    }
    for body in sessions {
        refused(HONEST.data(&body), 400, ErrorCode::InvalidRequest);
    }
    for body in [json!([]), json!("x"), json!({}), json!(null)] {
        refused(HONEST.data(&body), 400, ErrorCode::InvalidRequest);
    }
    let mut by_position = data();
    by_position["Notifier"] = json!(["AA", "AA-1"]);
    refused(HONEST.data(&by_position), 400, ErrorCode::InvalidRequest);
    by_position = data();
    by_position["FIStatusNotification"]["FIStatusResponse"][0]["Accounts"] = json!([["ref-1", "READY", ""]]);
    refused(HONEST.data(&by_position), 400, ErrorCode::InvalidRequest);
    let mut odd = consent("CANCELLED");
    refused(HONEST.consent(&odd, &[], false), 400, ErrorCode::InvalidRequest);
    odd = consent("ACTIVE");
    odd["ConsentStatusNotification"]["consentId"] = json!("x".repeat(129));
    refused(HONEST.consent(&odd, &[], false), 400, ErrorCode::InvalidRequest);
}

#[test]
fn another_notifier_than_the_consents_aggregator_is_refused() {
    for notifier in [json!({ "type": "FIP", "id": "AA-1" }), json!({ "type": "AA", "id": "AA-2" })] {
        let mut body = consent("ACTIVE");
        body["Notifier"] = notifier.clone();
        refused(HONEST.consent(&body, &[], false), 400, ErrorCode::InvalidNotifier);
        let mut body = data();
        body["Notifier"] = notifier;
        refused(HONEST.data(&body), 400, ErrorCode::InvalidRequest);
    }
}

#[test]
fn a_consent_that_is_not_known_is_refused() {
    refused(HONEST.consent(&consent("PAUSED"), &["c-0"], false), 400, ErrorCode::InvalidConsentId);
    refused(HONEST.consent(&consent("ACTIVE"), &["c-0"], false), 400, ErrorCode::InvalidConsentId);
    let mut body = consent("ACTIVE");
    body["ConsentStatusNotification"]["consentHandle"] = json!("h-2");
    refused(HONEST.consent(&body, &["c-1"], false), 400, ErrorCode::InvalidRequest);
    let unknown = |body: &Value| HONEST.deliver::<ConsentNotification>(body, |unverified, keys| unverified.verify_consent(None, keys));
    refused(unknown(&consent("ACTIVE")), 400, ErrorCode::InvalidConsentId);
    let mut nameless = consent("REJECTED");
    nameless["ConsentStatusNotification"] = json!({ "consentHandle": "h-9", "consentStatus": "REJECTED" });
    refused(unknown(&nameless), 400, ErrorCode::InvalidRequest);
}

#[test]
fn a_handle_comes_to_a_second_consent_only_where_that_may_be() {
    assert!(HONEST.consent(&consent("ACTIVE"), &["c-0"], true).is_ok());
    refused(HONEST.consent(&consent("REVOKED"), &["c-0"], true), 400, ErrorCode::InvalidConsentId);
}

#[test]
fn a_session_that_is_not_known_or_of_another_aggregator_is_refused() {
    let mut body = data();
    body["FIStatusNotification"]["sessionId"] = json!("s-2");
    refused(HONEST.data(&body), 400, ErrorCode::InvalidSessionId);
    let unknown = HONEST.deliver::<DataNotification>(&data(), |unverified, keys| unverified.verify_session(None, keys));
    refused(unknown, 400, ErrorCode::InvalidSessionId);
    let theirs = KnownSession { aggregator: "AA-2", txnid: "txn-2", id: "s-1" };
    let foreign = HONEST.deliver::<DataNotification>(&data(), |unverified, keys| unverified.verify_session(Some(&theirs), keys));
    refused(foreign, 400, ErrorCode::InvalidSessionId);
}

#[test]
fn another_transaction_than_the_requests_is_refused() {
    let mut body = consent("ACTIVE");
    body["txnid"] = json!("txn-9");
    refused(HONEST.consent(&body, &[], false), 400, ErrorCode::InvalidRequest);
    let mut body = data();
    body["txnid"] = json!("txn-9");
    refused(HONEST.data(&body), 400, ErrorCode::InvalidRequest);
}

#[test]
fn a_bad_signature_is_refused() {
    let forger = Sender { signed_by: "AA-2", ..HONEST };
    refused(forger.consent(&consent("ACTIVE"), &[], false), 400, ErrorCode::SignatureDoesNotMatch);
    refused(forger.data(&data()), 400, ErrorCode::SignatureDoesNotMatch);
}

#[test]
fn nobodys_api_key_and_that_of_another_aggregator_are_refused() {
    let nobody = Sender { api_key_of: None, ..HONEST };
    refused(nobody.consent(&consent("ACTIVE"), &[], false), 401, ErrorCode::Unauthorized);
    let other = Sender { api_key_of: Some("AA-2"), ..HONEST };
    refused(other.consent(&consent("ACTIVE"), &[], false), 400, ErrorCode::InvalidRequest);
    refused(other.data(&data()), 400, ErrorCode::InvalidRequest);
}

#[test]
fn a_body_that_is_too_long_is_not_read() {
    let body = vec![b' '; BODY_BYTES_MAX + 1];
    let received = Received { api_key_of: Some("AA-1"), signature: None, body: &body, now: now(), version: Version::V2_0_0 };
    refused(receive::<DataNotification>(&received), 400, ErrorCode::InvalidRequest);
}

#[test]
fn a_refusal_is_answered_in_the_common_shape() {
    let refusal = Refusal::new(ErrorCode::InvalidNotifier, "the notifier is not the aggregator of this", "txn-1");
    let body = serde_json::to_value(refusal.body(Version::V2_0_0, now())).unwrap();
    let expected = json!({
        "ver": "2.0.0", "timestamp": "2026-11-20T10:00:00.000Z", "txnid": "txn-1",
        "errorCode": "InvalidNotifier", "errorMsg": "the notifier is not the aggregator of this"
    });
    assert_eq!(body, expected);
}
