use aws_lc_rs::rsa::KeySize;
use serde_json::Value;

use super::*;
use crate::test_keys;

const BODY: &[u8] = br#"{"ver":"2.0.0", "txnid":"0b8b54a1-6f4d-4a0c-9b2e-6a0c2f4b1d11"}"#;

fn signing_key(kid: &str) -> SigningKey {
    test_keys::make(kid)
}

fn keys(of: &[&SigningKey]) -> KeySet {
    KeySet::new(&of.iter().map(|key| key.jwk()).collect::<Vec<_>>()).unwrap()
}

/// The same signature under another header.
fn with_header(signature: &str, header: Value) -> String {
    let (_, signature) = signature.split_once("..").unwrap();
    format!("{}..{signature}", URL_SAFE_NO_PAD.encode(header.to_string()))
}

#[test]
fn both_encodings_are_made_and_verified() {
    let key = signing_key("k1");
    for encoding in [Encoding::Unencoded, Encoding::Base64Url] {
        let signature = key.clone().in_encoding(encoding).sign_detached(BODY).unwrap();
        assert!(signature.contains("..") && signature.split('.').count() == 3);
        assert_eq!(verify_detached(&signature, BODY, &keys(&[&key])), Ok(()));
        let altered = [BODY, b" "].concat();
        assert_eq!(verify_detached(&signature, &altered, &keys(&[&key])), Err(BadSignature::Mismatch));
    }
    let header = URL_SAFE_NO_PAD.decode(key.sign_detached(BODY).unwrap().split("..").next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    assert_eq!(header, json!({ "alg": "RS256", "kid": "k1", "b64": false, "crit": ["b64"] }));
}

#[test]
fn the_key_is_the_one_that_the_registry_has_under_that_id() {
    let (ours, other) = (signing_key("k1"), signing_key("k2"));
    let signature = ours.sign_detached(BODY).unwrap();
    assert_eq!(verify_detached(&signature, BODY, &keys(&[&other, &ours])), Ok(()));
    assert_eq!(verify_detached(&signature, BODY, &keys(&[&other])), Err(BadSignature::UnknownKey));
    assert_eq!(verify_detached(&signature, BODY, &KeySet::default()), Err(BadSignature::UnknownKey));
    let claimed = with_header(&signature, json!({ "alg": "RS256", "kid": "k2", "b64": false, "crit": ["b64"] }));
    assert_eq!(verify_detached(&claimed, BODY, &keys(&[&other, &ours])), Err(BadSignature::Mismatch));
}

#[test]
fn a_key_that_a_message_brings_is_not_believed() {
    let (stranger, known) = (signing_key("k1"), signing_key("k2"));
    let signature = stranger.sign_detached(BODY).unwrap();
    let header = json!({ "alg": "RS256", "kid": "k9", "jwk": stranger.jwk(), "b64": false, "crit": ["b64"] });
    assert_eq!(verify_detached(&with_header(&signature, header), BODY, &keys(&[&known])), Err(BadSignature::UnknownKey));
}

#[test]
fn another_algorithm_or_extension_is_refused_before_any_key_is_looked_at() {
    let key = signing_key("k1");
    let signature = key.sign_detached(BODY).unwrap();
    let verdict = |header| verify_detached(&with_header(&signature, header), BODY, &keys(&[&key]));
    for alg in ["none", "HS256", "RS512", "PS256", "rs256", ""] {
        assert_eq!(verdict(json!({ "alg": alg, "kid": "k1" })), Err(BadSignature::Algorithm), "{alg}");
    }
    for crit in [json!(["exp"]), json!(["b64", "exp"]), json!([])] {
        assert_eq!(verdict(json!({ "alg": "RS256", "kid": "k1", "b64": false, "crit": crit })), Err(BadSignature::Extension));
    }
    assert_eq!(verdict(json!({ "alg": "RS256", "kid": "k1", "b64": false })), Err(BadSignature::Header), "RFC 7797, section 6");
    assert_eq!(verdict(json!({ "alg": "RS256", "kid": "k1", "crit": ["b64"] })), Err(BadSignature::Header));
    assert_eq!(verdict(json!({ "kid": "k1" })), Err(BadSignature::Header));
    assert_eq!(verdict(json!([])), Err(BadSignature::Header));
}

#[test]
fn what_is_no_signature_is_refused() {
    let key = signing_key("k1");
    let keys = keys(&[&key]);
    let signature = key.sign_detached(BODY).unwrap();
    assert_eq!(verify_detached(" ", BODY, &keys), Err(BadSignature::Missing));
    let compact = key.sign_compact(BODY).unwrap();
    for bad in ["x", "a.b.c", "!!..!!", &"x".repeat(10_000), compact.as_str()] {
        assert_eq!(verify_detached(bad, BODY, &keys), Err(BadSignature::Form), "{bad}");
    }
    let (header, _) = signature.split_once("..").unwrap();
    assert_eq!(verify_detached(&format!("{header}.."), BODY, &keys), Err(BadSignature::Mismatch));
    assert_eq!(verify_detached(&format!("{header}..{}", "A".repeat(2_000)), BODY, &keys), Err(BadSignature::Form));
}

#[test]
fn an_artefact_is_read_only_when_its_aggregator_signed_it() {
    let (ours, other) = (signing_key("k1"), signing_key("k1"));
    let jws = ours.sign_compact(BODY).unwrap();
    assert_eq!(verify_compact(&jws, &keys(&[&ours])).unwrap(), BODY);
    assert_eq!(verify_compact(&jws, &keys(&[&other])), Err(BadSignature::Mismatch));
    assert_eq!(signature_of(&jws), jws.split('.').nth(2));
    let detached = ours.sign_detached(BODY).unwrap();
    assert_eq!(verify_compact(&detached, &keys(&[&ours])), Err(BadSignature::Extension), "nothing within is left as it is");
    for bad in ["", "a.b", "a.b.c.d"] {
        assert_eq!(verify_compact(bad, &keys(&[&ours])), Err(BadSignature::Form), "{bad}");
    }
}

/// RFC 7515, appendix A.2.
const RFC_N: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
const RFC_SIGNATURE: &str = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const RFC_PAYLOAD: &str = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";

#[test]
fn the_example_of_rfc_7515_holds_detached_and_whole() {
    let jwk = Jwk { kty: "RSA".into(), alg: None, usage: None, kid: "only".into(), n: RFC_N.into(), e: "AQAB".into() };
    let keys = KeySet::new(&[jwk]).unwrap();
    let header = "eyJhbGciOiJSUzI1NiJ9";
    assert_eq!(verify_detached(&format!("{header}..{RFC_SIGNATURE}"), RFC_PAYLOAD.as_bytes(), &keys), Ok(()));
    let whole = format!("{header}.{}.{RFC_SIGNATURE}", URL_SAFE_NO_PAD.encode(RFC_PAYLOAD));
    assert_eq!(verify_compact(&whole, &keys).unwrap(), RFC_PAYLOAD.as_bytes());
}

#[test]
fn a_key_of_another_kind_is_not_taken_from_the_registry() {
    let good = signing_key("k1").jwk();
    assert_eq!(KeySet::new(&[Jwk { kty: "oct".into(), ..good.clone() }]).err(), Some(BadJwk::Kind));
    assert_eq!(KeySet::new(&[Jwk { usage: Some("enc".into()), ..good.clone() }]).err(), Some(BadJwk::Kind));
    assert_eq!(KeySet::new(&[Jwk { n: "AQAB".into(), ..good.clone() }]).err(), Some(BadJwk::Numbers));
    assert_eq!(KeySet::new(&[good.clone(), good]).err(), Some(BadJwk::Id));
}

#[test]
fn a_private_key_is_read_from_pem_and_does_not_print() {
    use aws_lc_rs::encoding::AsDer as _;
    let key = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let pem = format!("-----BEGIN PRIVATE KEY-----\\n{}\\n-----END PRIVATE KEY-----\\n", STANDARD.encode(key.as_der().unwrap().as_ref()));
    let key = SigningKey::from_pem("k1", &pem, Encoding::Base64Url).unwrap();
    assert_eq!(format!("{key:?}"), r#"SigningKey { kid: "k1", encoding: Base64Url, .. }"#);
    assert!(SigningKey::from_pem("", &pem, Encoding::Base64Url).is_err());
    assert!(SigningKey::from_pem("k1", "not a key", Encoding::Base64Url).is_err());
}
