//! Twilio's signatures against the vectors of `whatsapp.md`, B1.

use super::*;

const BASE: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
const CALL: &str = "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
const JSON: &[u8] = br#"{"property": "value", "boolean": true}"#;
const JSON_HASH: &str = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

fn token() -> Secrets {
    Secrets::only(secret("12345"))
}

#[track_caller]
fn assert_signed(url: &str, form: &str, signature: &str) {
    let posted = Posted::Form(form.as_bytes());
    assert_eq!(sign(url, posted, &secret("12345")), signature, "ours");
    assert_eq!(verify(url, posted, signature, &token()).map(Verified::bytes), Ok(form.as_bytes()), "theirs");
}

fn is_believed(url: &str, form: &str, signature: &str) -> bool {
    verify(url, Posted::Form(form.as_bytes()), signature, &token()).is_ok()
}

#[test]
fn the_sheets_forms_are_signed_and_believed() {
    assert_signed(BASE, CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    assert_signed("https://mycompany.com:443/myapp.php?foo=1&bar=2", CALL, "kvajT1Ptam85bY51eRf/AJRuM3w=");
    assert_signed("http://mycompany.com:80/myapp.php?foo=1&bar=2", CALL, "0ZXoZLH/DfblKGATFgpif+LLRf4=");
    assert_signed("http://mycompany.com:1234/myapp.php?foo=1&bar=2", CALL, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=");
    assert_signed("https://user:pass@mycompany.com/myapp.php?foo=1&bar=2", CALL, "CukzLTc1tT5dXEDIHm/tKBanW10=");
    assert_signed(BASE, "property=value&boolean=true", "NBdBDr/T/lgjI+tlgpXjKZQZs/k=");
}

#[test]
fn a_repeated_key_is_signed_with_each_of_its_values_once_and_in_order() {
    assert_signed(BASE, "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234", "IK+Dwps556ElfBT0I3Rgjkr1wJU=");
    let addresses = "MessagingBinding.Address=%2B1325xxxxxxx&MessagingBinding.Address=%2B1415xxxxxxx";
    assert_signed(BASE, addresses, "83O6e2vORAoJHUNzJjDWN1jz+BA=");
}

#[test]
fn names_are_ordered_without_their_values() {
    let form = format!("ReasonConferenceEnded=test&Reason=Participant&{CALL}");
    assert_signed(BASE, &form, "vOEb5UThFn24KEfnOFLQY2AE5FY=");
    assert!(!is_believed(BASE, &form, "95+Bu0JVPi0r/SsESZCVf0dWAjw="));
}

#[test]
fn a_body_that_is_no_form_is_signed_by_its_hash_in_the_url() {
    for (url, signature) in [
        (format!("{BASE}&bodySHA256={JSON_HASH}"), "a9nBmqA0ju/hNViExpshrM61xv4="),
        (format!("https://mycompany.com/myapp.php?bodySHA256={JSON_HASH}"), "y77kIzt2vzLz71DgmJGsen2scGs="),
    ] {
        assert_eq!(sign(&url, Posted::Json(JSON), &secret("12345")), signature);
        assert_eq!(verify(&url, Posted::Json(JSON), signature, &token()).map(Verified::bytes), Ok(JSON));
        assert_eq!(verify(&url, Posted::Json(b"{}"), signature, &token()), Err(Refused::AnotherBody));
    }
    let empty = "https://mycompany.com:443/myapp.php?foo=1&bar=2\
        &bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    assert!(verify(empty, Posted::Json(b"{}"), "Ldidvp12m26NI7eqEvxnEpkd9Hc=", &token()).is_ok());
}

#[test]
fn a_body_whose_hash_is_not_in_the_url_is_not_covered_by_the_signature() {
    let signature = sign(BASE, Posted::Json(JSON), &secret("12345"));
    assert_eq!(verify(BASE, Posted::Json(JSON), &signature, &token()), Err(Refused::AnotherBody));
    let none = "https://mycompany.com/myapp.php?bodySHA256=";
    let signature = sign(none, Posted::Json(JSON), &secret("12345"));
    assert_eq!(verify(none, Posted::Json(JSON), &signature, &token()), Err(Refused::AnotherBody));
}

#[test]
fn the_port_may_be_signed_or_left_out() {
    for url in [BASE, "https://mycompany.com:443/myapp.php?foo=1&bar=2"] {
        assert!(is_believed(url, CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8="), "{url}");
        assert!(is_believed(url, CALL, "kvajT1Ptam85bY51eRf/AJRuM3w="), "{url}");
        assert!(!is_believed(url, CALL, "0ZXoZLH/DfblKGATFgpif+LLRf4="), "{url}: of http");
    }
    let with_port = "https://user:pass@mycompany.com:443/myapp.php?foo=1&bar=2";
    assert!(is_believed(with_port, CALL, "CukzLTc1tT5dXEDIHm/tKBanW10="));
    assert!(!is_believed("http://mycompany.com:1235/myapp.php?foo=1&bar=2", CALL, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="));
}

#[test]
fn a_query_is_believed_in_its_old_spellings() {
    let url = "https://mycompany.com/myapp.php?foo=1&bar=2&Body=It's+amazing";
    assert!(is_believed(url, CALL, "TfZzewPq8wqrGlMfyAud8+/IvJ0="));
    // And as Node's old `querystring` spells it.
    let old = sign("https://mycompany.com/myapp.php?foo=1&bar=2&Body=It's%20amazing", Posted::Form(CALL.as_bytes()), &secret("12345"));
    assert!(is_believed(url, CALL, &old));
    assert!(!is_believed("https://mycompany.com/myapp.php?foo=1&bar=2&Body=Its+amazing", CALL, &old));
}

#[test]
fn empty_and_spaced_values_count_as_they_are() {
    let signature = sign(BASE, Posted::Form(b"A=&B=+x+"), &secret("12345"));
    assert!(is_believed(BASE, "B=%20x%20&A=", &signature));
    assert!(!is_believed(BASE, "B=x&A=", &signature) && !is_believed(BASE, "B=+x+&A=+", &signature));
}

#[test]
fn both_tokens_are_believed_during_a_rotation_and_the_old_one_not_after_it() {
    let during = Secrets::new(secret("new"), Some(secret("12345")));
    let posted = Posted::Form(CALL.as_bytes());
    assert!(verify(BASE, posted, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", &during).is_ok());
    let after = Secrets::only(secret("new"));
    assert_eq!(verify(BASE, posted, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", &after), Err(Refused::Wrong));
}

#[test]
fn a_malformed_header_is_refused() {
    let right = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    for header in ["", "=", &right[..27], &format!(" {right}"), &format!("{right}\n"), &right.replace('/', "_"), "é", "AAAA"] {
        assert_eq!(verify(BASE, Posted::Form(CALL.as_bytes()), header, &token()), Err(Refused::Malformed), "{header}");
    }
}

#[test]
fn one_changed_byte_is_refused() {
    for at in 0..CALL.len() {
        let mut form = CALL.as_bytes().to_vec();
        form[at] ^= 1;
        // Another case of an escape's digit spells the same.
        if form_urlencoded::parse(&form).eq(form_urlencoded::parse(CALL.as_bytes())) {
            continue;
        }
        assert_eq!(verify(BASE, Posted::Form(&form), "RSOYDt4T1cUTdK1PDd93/VVr8B8=", &token()), Err(Refused::Wrong), "{at}");
    }
}

#[test]
fn a_url_that_is_none_is_signed_as_it_is() {
    for url in ["", "://", "mycompany.com", "https://", "https://?", "https://:", "https://[::1]/x", "é://é:é/é?é='"] {
        let signature = sign(url, Posted::Form(b"A=1"), &secret("12345"));
        assert!(is_believed(url, "A=1", &signature), "{url}");
    }
}
