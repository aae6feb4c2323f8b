use aws_lc_rs::hmac;
use aws_lc_rs::signature::EcdsaKeyPair;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{LEEWAY_S, TokenError, Verifier};
use crate::auth::claims::{ACCESS_TOKEN_S, Claims};
use crate::auth::generate::key_set;
use crate::auth::keys::KeySet;
use crate::auth::{Role, Signer, Subject, jws};

const NOW_S: i64 = 1_790_000_000;
const ISSUER: &str = "https://api.kamai.example";
const AUDIENCE: &str = "kamai";

struct World {
    keys: KeySet,
    verifier: Verifier,
    token: String,
}

fn world() -> World {
    let keys: KeySet = serde_json::from_str(&key_set("k1").unwrap()).unwrap();
    let signer = Signer::new(&keys, ISSUER, AUDIENCE).unwrap();
    let subject = Subject {
        user_id: "usr_1".to_owned(),
        role: Role::OrgAdmin,
        scope: "wallet payouts".to_owned(),
        session_id: Some("ses_1".to_owned()),
    };
    let token = signer.sign(&subject, "jti-1", NOW_S).unwrap().token;
    World { verifier: Verifier::new(keys.clone(), ISSUER, AUDIENCE), keys, token }
}

impl World {
    fn pair(&self) -> &EcdsaKeyPair {
        &self.keys.signing_key().unwrap().private.as_ref().unwrap().0
    }

    /// A token with these parts, properly signed with our key.
    fn signed(&self, header: &str, claims: &str) -> String {
        jws::put_together(header.as_bytes(), claims.as_bytes(), self.pair()).unwrap()
    }

    #[track_caller]
    fn refuses(&self, token: &str, error: TokenError) {
        assert_eq!(self.verifier.verify(token, NOW_S), Err(error), "{token}");
    }
}

fn header() -> Value {
    json!({"alg": "ES256", "kid": "k1", "typ": "at+jwt"})
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "usr_1", "role": "worker", "scope": "",
        "iat": NOW_S, "exp": NOW_S + ACCESS_TOKEN_S, "jti": "jti-1",
    })
}

fn with(mut object: Value, name: &str, value: Value) -> String {
    object[name] = value;
    object.to_string()
}

#[test]
fn our_own_token_says_who_is_speaking() {
    let world = world();
    let claims: Claims = world.verifier.verify(&world.token, NOW_S).unwrap();
    assert_eq!((claims.sub.as_str(), claims.role, claims.sid.as_deref()), ("usr_1", Role::OrgAdmin, Some("ses_1")));
    assert!(claims.has_scope("wallet") && !claims.has_scope("wall"));
    assert!(world.verifier.verify(&world.signed(&header().to_string(), &super::tests::claims().to_string()), NOW_S).is_ok());
}

#[test]
fn the_time_is_the_one_it_is_given_with_a_little_leeway() {
    let world = world();
    let expires = NOW_S + ACCESS_TOKEN_S;
    assert!(world.verifier.verify(&world.token, expires + LEEWAY_S - 1).is_ok());
    assert_eq!(world.verifier.verify(&world.token, expires + LEEWAY_S), Err(TokenError::Expired));
    assert_eq!(world.verifier.verify(&world.token, i64::MAX), Err(TokenError::Expired));
    let early = |nbf: i64| world.signed(&header().to_string(), &with(claims(), "nbf", json!(nbf)));
    assert!(world.verifier.verify(&early(NOW_S + LEEWAY_S), NOW_S).is_ok());
    world.refuses(&early(NOW_S + LEEWAY_S + 1), TokenError::NotYetValid);
    let past = with(claims(), "exp", json!(i64::MIN));
    world.refuses(&world.signed(&header().to_string(), &past), TokenError::Expired);
}

#[test]
fn no_algorithm_but_ours_is_taken() {
    let world = world();
    for alg in ["none", "None", "NONE", "", "HS256", "RS256", "ES384", "es256"] {
        let token = world.signed(&with(header(), "alg", json!(alg)), &claims().to_string());
        world.refuses(&token, TokenError::Algorithm);
    }
    let unsigned = |alg: &str| {
        let part = |json: String| URL_SAFE_NO_PAD.encode(json);
        format!("{}.{}.", part(with(header(), "alg", json!(alg))), part(claims().to_string()))
    };
    world.refuses(&unsigned("none"), TokenError::Algorithm);
    world.refuses(&unsigned("ES256"), TokenError::Signature);
}

#[test]
fn the_public_key_is_no_shared_secret() {
    let world = world();
    let point = world.keys.signing_key().unwrap().public.point;
    let part = |json: String| URL_SAFE_NO_PAD.encode(json);
    for alg in ["HS256", "ES256"] {
        let signed = format!("{}.{}", part(with(header(), "alg", json!(alg))), part(claims().to_string()));
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &point), signed.as_bytes());
        let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(tag));
        assert!(world.verifier.verify(&token, NOW_S).is_err());
    }
}

#[test]
fn a_key_is_only_ever_one_of_our_set() {
    let world = world();
    for kid in ["", "k2", "K1", "k1 ", "../k1", "../../dev/null", "k1' OR '1'='1", "https://evil.example/jwks.json", "k1\0"] {
        world.refuses(&world.signed(&with(header(), "kid", json!(kid)), &claims().to_string()), TokenError::UnknownKey);
    }
    for name in ["jku", "x5u", "jwk", "x5c", "crit", "b64"] {
        let token = world.signed(&with(header(), name, json!("https://evil.example")), &claims().to_string());
        world.refuses(&token, TokenError::Malformed);
    }
    // The right name, somebody else's key.
    let other: KeySet = serde_json::from_str(&key_set("k1").unwrap()).unwrap();
    let forged = Signer::new(&other, ISSUER, AUDIENCE).unwrap();
    let subject = Subject { user_id: "usr_1".into(), role: Role::Admin, scope: String::new(), session_id: None };
    world.refuses(&forged.sign(&subject, "j", NOW_S).unwrap().token, TokenError::Signature);
}

#[test]
fn a_token_for_somebody_else_is_refused() {
    let world = world();
    for issuer in ["", "https://api.kamai.example/", "https://evil.example"] {
        let token = world.signed(&header().to_string(), &with(claims(), "iss", json!(issuer)));
        world.refuses(&token, TokenError::Issuer);
    }
    let token = world.signed(&header().to_string(), &with(claims(), "aud", json!("kamai-test")));
    world.refuses(&token, TokenError::Audience);
    let token = world.signed(&header().to_string(), &with(claims(), "aud", json!(["kamai", "evil"])));
    world.refuses(&token, TokenError::Claims);
}

#[test]
fn every_claim_must_be_there_and_be_what_it_is() {
    let world = world();
    for name in ["iss", "aud", "sub", "role", "scope", "iat", "exp", "jti"] {
        let mut lacking = claims();
        lacking.as_object_mut().unwrap().remove(name);
        world.refuses(&world.signed(&header().to_string(), &lacking.to_string()), TokenError::Claims);
    }
    for (name, value) in [
        ("role", json!("root")),
        ("role", json!(["admin"])),
        ("exp", json!("1790000900")),
        ("exp", json!(1.79e9)),
        ("exp", json!(1e300)),
        ("sub", json!(null)),
    ] {
        world.refuses(&world.signed(&header().to_string(), &with(claims(), name, value)), TokenError::Claims);
    }
}

#[test]
fn a_claim_twice_is_refused_known_or_not() {
    let world = world();
    for twice in [r#","sub":"usr_2"}"#, r#","role":"admin"}"#, r#","x":1,"x":2}"#, r#","y":{"z":1,"z":1}}"#] {
        let claims = claims().to_string().replace('}', twice);
        world.refuses(&world.signed(&header().to_string(), &claims), TokenError::Claims);
    }
    let twice = header().to_string().replace('}', r#","alg":"none"}"#);
    world.refuses(&world.signed(&twice, &claims().to_string()), TokenError::Malformed);
    // One that a newer version of ours may write does no harm.
    assert!(world.verifier.verify(&world.signed(&header().to_string(), &with(claims(), "new", json!(1))), NOW_S).is_ok());
}

#[test]
fn a_tampered_token_is_refused_wherever_it_was_touched() {
    let world = world();
    for i in 0..world.token.len() {
        let mut bytes = world.token.clone().into_bytes();
        bytes[i] = if bytes[i] == b'A' { b'B' } else { b'A' };
        let tampered = String::from_utf8(bytes).unwrap();
        assert!(world.verifier.verify(&tampered, NOW_S).is_err(), "at {i}");
    }
}

#[test]
fn what_is_no_token_is_refused() {
    let world = world();
    let padded = format!("{}=", world.token);
    let doubled = format!("{0}.{0}", world.token);
    for odd in ["", ".", "..", "...", "a.b.c", "é.é.é", padded.as_str(), doubled.as_str(), &"a".repeat(10_000)] {
        world.refuses(odd, TokenError::Malformed);
    }
    let id_token = with(header(), "typ", json!("JWT"));
    world.refuses(&world.signed(&id_token, &claims().to_string()), TokenError::Malformed);
}

#[test]
fn halves_that_do_not_match_are_found_before_the_first_token() {
    let (mine, other) = (key_set("k1").unwrap(), key_set("k1").unwrap());
    let mut mixed: Value = serde_json::from_str(&mine).unwrap();
    let other: Value = serde_json::from_str(&other).unwrap();
    mixed["keys"][0]["public_jwk"] = other["keys"][0]["public_jwk"].clone();
    let keys: KeySet = serde_json::from_value(mixed).unwrap();
    assert_eq!(Signer::new(&keys, ISSUER, AUDIENCE).unwrap_err(), crate::auth::sign::SignError::KeysDoNotMatch);
}
