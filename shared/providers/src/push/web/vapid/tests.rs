use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::Value;

use super::*;

const NOW: i64 = 1_790_000_000;
const SUBJECT: &str = "mailto:push@kamai.example.com";

/// RFC 7515, A.3 (`push.md`, B3).
const PUBLIC: &str = "BH_Nzidw9sRdQYPL7m_bS3tYBzM1e-nvE7rPbjx70VRFx_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
const PRIVATE: &str = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";

fn vapid() -> Vapid {
    Vapid::new(PUBLIC, &Secret::new(PRIVATE).unwrap(), SUBJECT).unwrap()
}

fn refused(public_key: &str, private_key: &str, subject: &str) -> bool {
    Vapid::new(public_key, &Secret::new(private_key).unwrap(), subject).is_err()
}

fn verified(signed: &str, signature: &str, public_key: &str) -> bool {
    let decode = |text| base64url::decode_lenient(text).unwrap();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, decode(public_key)).verify(signed.as_bytes(), &decode(signature)).is_ok()
}

/// The claims of an `Authorization` whose signature fits its key.
#[track_caller]
fn claims(authorization: &str) -> Value {
    let (token, key) = authorization.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    assert_eq!(signature.len(), 86, "r and s, not DER");
    assert!(verified(signed, signature, key));
    let (header, claims) = signed.split_once('.').unwrap();
    let json = |part| serde_json::from_slice::<Value>(&base64url::decode_lenient(part).unwrap()).unwrap();
    assert_eq!(json(header), json!({ "typ": "JWT", "alg": "ES256" }));
    json(claims)
}

#[test]
fn the_rfcs_tokens_are_believed() {
    // RFC 8292, section 2.4.
    let signed = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0";
    let signature = "i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA";
    let key = "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";
    assert!(verified(signed, signature, key));
    let authorization = format!("vapid t={signed}.{signature}, k={key}");
    assert_eq!(
        claims(&authorization),
        json!({ "aud": "https://push.example.net", "exp": 1_453_523_768, "sub": "mailto:push@example.com" })
    );
    // RFC 7515, A.3.
    let signed = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    assert!(verified(signed, signature, PUBLIC));
    assert!(!verified(signed, signature, key));
}

#[test]
fn a_token_names_the_service_and_us_for_twelve_hours() {
    let authorization = vapid().authorization("https://push.example.net", NOW).unwrap();
    assert!(authorization.ends_with(PUBLIC));
    assert_eq!(claims(&authorization), json!({ "aud": "https://push.example.net", "exp": NOW + 43_200, "sub": SUBJECT }));
}

#[test]
fn a_token_is_used_until_an_hour_before_its_end_and_by_one_service() {
    let vapid = vapid();
    let at = |audience, seconds| vapid.clone().authorization(audience, NOW + seconds).unwrap();
    let first = at("https://a.example.net", 0);
    assert_eq!(at("https://a.example.net", 11 * 3600 - 1), first);
    assert_ne!(at("https://b.example.net", 0), first);
    let second = at("https://a.example.net", 11 * 3600);
    assert_eq!(claims(&second)["exp"], NOW + 23 * 3600);
}

#[test]
fn a_service_with_any_number_of_names_does_not_fill_the_memory() {
    let vapid = vapid();
    for name in 0..=TOKENS_MAX {
        vapid.authorization(&format!("https://{name}.push.apple.com"), NOW).unwrap();
    }
    assert_eq!(vapid.by_audience.lock().unwrap().len(), 1);
}

#[test]
fn a_scalar_that_lost_its_leading_zeros_is_padded() {
    // The key pair of the scalar 1, whose point is the curve's generator.
    let public = "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU";
    assert!(!refused(public, "AQ", SUBJECT));
    assert!(!refused(public, "AAE=", SUBJECT));
}

#[test]
fn keys_that_are_no_pair_are_refused() {
    let generator = "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU";
    let longer = format!("AAAA{PRIVATE}");
    for (public_key, private_key) in
        [(generator, PRIVATE), (PUBLIC, "AQ"), (PUBLIC, longer.as_str()), ("", PRIVATE), (PUBLIC, "AA"), (&PUBLIC[..80], PRIVATE)]
    {
        assert!(refused(public_key, private_key, SUBJECT), "{public_key} {private_key}");
    }
}

#[test]
fn a_subject_that_apple_refuses_is_refused() {
    for subject in ["mailto:push@kamai.example.com", "mailto:push+in@example.in", "https://kamai.example.com/contact"] {
        assert!(!refused(PUBLIC, PRIVATE, subject), "{subject}");
    }
    for subject in [
        "",
        "push@example.com",
        "mailto:",
        "mailto:push@localhost",
        "mailto:push@.com",
        "mailto: push@example.com",
        "mailto:<push@example.com>",
        "mailto:a@b@example.com",
        "mailto:@example.com",
        "http://example.com",
        "https://localhost",
        "https://127.0.0.1",
        "https://example.com/a b",
    ] {
        assert!(refused(PUBLIC, PRIVATE, subject), "{subject}");
    }
}

#[test]
fn the_private_key_does_not_print() {
    let printed = format!("{:?}", vapid());
    assert!(printed.contains(PUBLIC) && !printed.contains(PRIVATE), "{printed}");
}
