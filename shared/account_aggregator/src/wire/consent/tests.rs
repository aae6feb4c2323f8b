use serde_json::{Value, json};

use super::*;
use crate::jws::{Encoding, KeySet, SigningKey};
use crate::test_keys;

fn detail() -> Value {
    json!({
        "consentStart": "2026-11-20T10:00:00.000Z", "consentExpiry": "2027-11-20T10:00:00.000Z",
        "consentMode": "STORE", "fetchType": "PERIODIC",
        "consentTypes": ["PROFILE", "SUMMARY", "TRANSACTIONS"], "fiTypes": ["DEPOSIT"],
        "DataConsumer": { "id": "FIU-ID", "type": "FIU" },
        "Customer": { "id": "9999999999@finvu", "Identifiers": [{ "type": "MOBILE", "value": "9999999999" }] },
        "Purpose": {
            "code": "102", "refUri": "https://api.rebit.org.in/aa/purpose/102.xml",
            "text": "Customer spending patterns, budget or other reportings", "Category": { "type": "Personal Finance" }
        },
        "FIDataRange": { "from": "2025-11-20T00:00:00.000Z", "to": "2026-11-20T00:00:00.000Z" },
        "DataLife": { "unit": "MONTH", "value": 1 }, "Frequency": { "unit": "DAY", "value": 1 },
        "DataFilter": [{ "type": "TRANSACTIONAMOUNT", "operator": ">=", "value": "1" }]
    })
}

#[test]
fn a_request_is_spelled_as_the_specification_has_it() {
    let body = json!({ "ver": "2.0.0", "timestamp": "2026-11-20T10:00:00.000Z", "txnid": "t", "ConsentDetail": detail() });
    let request: ConsentRequest = serde_json::from_value(body.clone()).unwrap();
    assert_eq!(serde_json::to_value(&request).unwrap(), body);
    assert_eq!(request.detail.purpose, Purpose::new(PurposeCode::SpendingPatterns, "Personal Finance"));
    assert!(!format!("{request:?}").contains("9999999999"), "whose consent it is does not print");
}

#[test]
fn every_term_but_filter_and_identifiers_must_be_there() {
    let whole = detail();
    for name in whole.as_object().unwrap().keys() {
        let mut less = whole.clone();
        less.as_object_mut().unwrap().remove(name);
        assert_eq!(serde_json::from_value::<ConsentDetail>(less).is_ok(), name == "DataFilter", "{name}");
    }
    let mut unnamed = whole.clone();
    unnamed["Customer"].as_object_mut().unwrap().remove("Identifiers");
    assert!(serde_json::from_value::<ConsentDetail>(unnamed).is_ok());
}

#[test]
fn the_deprecated_spelling_of_a_kind_is_read_and_never_written() {
    let kind: FiType = serde_json::from_str("\"TERM-DEPOSIT\"").unwrap();
    assert_eq!(serde_json::to_string(&kind).unwrap(), "\"TERM_DEPOSIT\"");
    assert_eq!(serde_json::to_string(&FiType::Gstr1And3b).unwrap(), "\"GSTR1_3B\"");
    assert_eq!(serde_json::to_string(&FetchType::OneTime).unwrap(), "\"ONETIME\"");
}

#[test]
fn data_are_kept_for_their_life_and_no_longer() {
    let fetched: Timestamp = "2026-01-31T10:00:00Z".parse().unwrap();
    let ends = |unit, value| DataLife { unit, value }.ends(fetched).map(|time| time.to_string());
    assert_eq!(ends(DataLifeUnit::Day, 31).as_deref(), Some("2026-03-03T10:00:00Z"));
    assert_eq!(ends(DataLifeUnit::Month, 1).as_deref(), Some("2026-02-28T10:00:00Z"));
    assert_eq!(ends(DataLifeUnit::Inf, 0), None);
    assert_eq!(ends(DataLifeUnit::Year, u32::MAX).as_deref(), Some("2026-01-31T10:00:00Z"), "not to be counted");
}

#[test]
fn an_artefact_of_another_aggregator_is_discarded() {
    let mut payload = detail();
    payload["DataProvider"] = json!({ "id": "FIP-1", "type": "FIP" });
    payload["Accounts"] = json!([
        { "fiType": "DEPOSIT", "fipId": "FIP-1", "accType": "SAVINGS", "linkRefNumber": "ref-1", "maskedAccNumber": "XXXX1234" }
    ]);
    let (ours, other) = (test_keys::first(), test_keys::second());
    let keys = |key: &SigningKey| KeySet::new(&[key.jwk()]).unwrap();
    let signed = ours.clone().in_encoding(Encoding::Base64Url).sign_compact(payload.to_string().as_bytes()).unwrap();
    let fetched: ConsentFetched = serde_json::from_value(json!({
        "ver": "2.0.0", "txnid": "t", "consentId": "c-1", "status": "ACTIVE", "createTimestamp": "2026-11-20T10:00:00.000Z",
        "signedConsent": signed, "ConsentUse": { "logUri": "", "count": 0, "lastUseDateTime": "" }
    }))
    .unwrap();
    let artefact = fetched.artefact(&keys(&ours)).unwrap();
    assert_eq!(artefact.accounts[0].link_ref, "ref-1");
    assert_eq!(artefact.detail.frequency, Frequency { unit: FrequencyUnit::Day, value: 1 });
    assert!(matches!(fetched.artefact(&keys(&other)), Err(BadArtefact::Signature(_))));
    assert_eq!(fetched.digital_signature(), signed.rsplit('.').next());
    let torn = ConsentFetched { signed_consent: ours.sign_compact(b"{}").unwrap(), ..fetched };
    assert!(matches!(torn.artefact(&keys(&ours)), Err(BadArtefact::Shape { .. })));
}
