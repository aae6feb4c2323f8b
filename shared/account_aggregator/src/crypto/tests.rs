//! The vectors of `account-aggregator.md`, section 6.2, and what is refused.

use jiff::Timestamp;

use super::*;

const NONCE_A: &str = "2OZz6xYAnS6a83WcOZFLQH/0YVcl1vWE+zespfGAWFo=";
const NONCE_B: &str = "WY9hFnr4WLFd9mVvItMIdBjFygVDpPpoi/BZ3Z3lBfY=";
const PLAIN: &str = r#"<Account xmlns="http://api.rebit.org.in/FISchema/deposit" type="deposit"/>"#;
const IV: &str = "66720fec70c7f5786c655dac";

const X_PRIVATE: &str = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
const X_PEER: &str = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
const X_PEER_SPKI: &str = "MCowBQYDK2VuAyEA3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=";
const X_SEALED: &str =
    "znywRMcP39oVUvhk5XJZ6BfgOF4skGOMos4EVFk/9urX8Y/AaYPC1B5cfr5C091aGv+Afhv0fqBLqBOHsw1EpqaEWxPujJl+7C6cAG/eHzd9YKDBAOesQMYT";

const W_ONE: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const W_TWO: &str = "0fedcba987654321fedcba987654321fedcba987654321fedcba987654321fed";
const W_TWO_SPKI: &str = "MIIBMTCB6gYHKoZIzj0CATCB3gIBATArBgcqhkjOPQEBAiB/////////////////////////////////////////7TBEBCAqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqYSRShRAQge0Je0Je0Je0Je0Je0Je0Je0Je0Je0Je0JgtenHcQyGQEQQQqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq0kWiCuGaG4oIa04B7dLHdI0UySPU1+bXxhsinpxaJ+ztPZAiAQAAAAAAAAAAAAAAAAAAAAFN753qL3nNZYEmMaXPXT7QIBCANCAAQerIu7TS94r2p7mlKO07W02iorvdOJ6bLtqyehDx9eIECn5LPf3WYBxDu5OKj/mPy/aIPqrq+2wW8oZqv6jKNU";
const W_SEALED: &str =
    "alcnxqEZH/E+JPlhJSJdVcvM4WBE4xVsz2NbaXPqQtuj3/fKO7nPzs5Q7n/OVMl2CQNVQLP7vzyPgRV2GDfsH7ZYTzAxhweqDFOphnPy0XlxFyuNwHq3Dfi8";

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn private(curve: Curve, hex: &str) -> PrivateKey {
    PrivateKey::from_bytes(curve, &hex::decode(hex).unwrap()).unwrap()
}

fn later() -> Timestamp {
    Timestamp::from_second(86_400).unwrap()
}

fn peer(curve: Curve, key_value: &str, nonce: &str) -> Peer {
    let key = PublicKey::parse(curve, key_value).unwrap();
    KeyMaterial::new(&key, Nonce::parse(nonce).unwrap(), later()).read(NOW).unwrap()
}

fn session(own: &PrivateKey, own_nonce: &str, peer: &Peer) -> SessionKey {
    SessionKey::derive(own, &Nonce::parse(own_nonce).unwrap(), peer).unwrap()
}

#[track_caller]
fn check(own: &PrivateKey, peer: &Peer, secret: &str, key: &str, sealed: &str) {
    assert_eq!(hex::encode(*own.agree(&peer.key).unwrap()), secret);
    let session = session(own, NONCE_A, peer);
    let (found, iv) = session.parts();
    assert_eq!((hex::encode(found).as_str(), hex::encode(iv).as_str()), (key, IV));
    assert_eq!(session.seal(PLAIN).unwrap(), sealed);
    assert_eq!(session.open(sealed).unwrap().as_str(), PLAIN);
}

#[test]
fn the_vector_of_x25519_holds() {
    let own = private(Curve::X25519, X_PRIVATE);
    let secret = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
    let key = "3b434ed3f93ce5ef1115a89955a50c0fa3ef09f449a842fed3bf81c2939f4261";
    check(&own, &peer(Curve::X25519, X_PEER, NONCE_B), secret, key, X_SEALED);
}

#[test]
fn the_vector_of_the_weierstrass_form_holds_from_both_sides() {
    let (one, two) = (private(Curve::Weierstrass, W_ONE), private(Curve::Weierstrass, W_TWO));
    let secret = "47884c7a6b15ef5c0970c33429b1884f918ba1c58156589536e58c0972e41c4c";
    let key = "5205ef1f549bd87e35743fc14473c278e4589251aedd3b9255a9ba9be8eac9e8";
    check(&one, &peer(Curve::Weierstrass, W_TWO_SPKI, NONCE_B), secret, key, W_SEALED);
    let first = one.public().unwrap().to_key_value();
    check(&two, &peer(Curve::Weierstrass, &first, NONCE_B), secret, key, W_SEALED);
    let other_way = session(&two, NONCE_B, &peer(Curve::Weierstrass, &first, NONCE_A));
    assert_eq!(other_way.open(W_SEALED).unwrap().as_str(), PLAIN);
}

#[test]
fn public_keys_are_those_of_the_vectors() {
    let spki = |curve, hex| private(curve, hex).public().unwrap().to_key_value();
    assert_eq!(spki(Curve::Weierstrass, W_TWO), format!("-----BEGIN PUBLIC KEY-----{W_TWO_SPKI}-----END PUBLIC KEY-----"));
    let one = private(Curve::Weierstrass, W_ONE).public().unwrap().to_key_value();
    let der = text::from_pem(&one).unwrap();
    assert_eq!(der.len(), 309);
    let point = "0459b8e7d489fcf14b069158dd3c49af24e86aaa80204d2e4ac028e09bc2fd0ebe0a4b9dae4511a6a2f78aabd3bc6246f4c5c3e816659c67c5b612a3786c017a44";
    assert_eq!(hex::encode(&der[244..]), point);
    let x = private(Curve::X25519, X_PRIVATE).public().unwrap();
    assert_eq!(x, PublicKey::parse(Curve::X25519, "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a").unwrap());
}

#[test]
fn a_key_is_read_however_it_is_spelled() {
    let read = |curve, text: &str| PublicKey::parse(curve, text).unwrap();
    for (curve, spki) in [(Curve::X25519, X_PEER_SPKI), (Curve::Weierstrass, W_TWO_SPKI)] {
        let lines: Vec<&str> = spki.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
        let pem = |join: &str| format!("-----BEGIN PUBLIC KEY-----{join}{}{join}-----END PUBLIC KEY-----{join}", lines.join(join));
        let expected = read(curve, spki);
        for text in [pem(""), pem("\n"), pem("\r\n"), pem("\\n"), lines.join("\n"), spki.trim_end_matches('=').to_owned()] {
            assert_eq!(read(curve, &text), expected, "{text}");
        }
    }
    assert_eq!(read(Curve::X25519, X_PEER), read(Curve::X25519, X_PEER_SPKI));
    assert_eq!(read(Curve::X25519, &X_PEER.to_uppercase()), read(Curve::X25519, X_PEER_SPKI));
}

#[test]
fn what_is_no_key_of_its_curve_is_refused() {
    for (curve, text) in [
        (Curve::Weierstrass, X_PEER_SPKI),
        (Curve::X25519, W_TWO_SPKI),
        (Curve::Weierstrass, X_PEER),
        (Curve::X25519, &X_PEER[..62]),
        (Curve::X25519, ""),
        (Curve::X25519, "-----BEGIN PUBLIC KEY-----"),
        (Curve::X25519, &"A".repeat(5_000)),
    ] {
        assert_eq!(PublicKey::parse(curve, text), Err(BadKey::Form), "{text}");
    }
}

#[test]
fn a_key_of_small_order_brings_no_secret() {
    let own = private(Curve::X25519, X_PRIVATE);
    let nought = PublicKey::parse(Curve::X25519, &"00".repeat(32)).unwrap();
    assert_eq!(own.agree(&nought).err(), Some(BadKey::SmallOrder));
    let one = PublicKey::parse(Curve::X25519, &format!("01{}", "00".repeat(31))).unwrap();
    assert_eq!(own.agree(&one).err(), Some(BadKey::SmallOrder));
}

#[test]
fn keys_of_two_curves_do_not_agree() {
    let own = private(Curve::Weierstrass, W_ONE);
    assert_eq!(own.agree(&PublicKey::parse(Curve::X25519, X_PEER).unwrap()).err(), Some(BadKey::Form));
}

#[test]
fn the_curve_is_read_from_either_place() {
    let key = PublicKey::parse(Curve::X25519, X_PEER).unwrap();
    let usual = KeyMaterial::new(&key, Nonce::parse(NONCE_A).unwrap(), later());
    let named = |alg: &str, curve: &str| KeyMaterial { crypto_alg: alg.into(), curve: curve.into(), ..usual.clone() }.read(NOW);
    for (alg, curve) in [("ECDH", "X25519"), ("X25519", ""), ("X25519", "X25519")] {
        assert_eq!(named(alg, curve).map(|peer| peer.key), Ok(key.clone()));
    }
    assert_eq!(named("ECDH", "Curve25519"), Err(BadKeyMaterial::Key(BadKey::Form)));
    assert_eq!(named("ECDH", "P-256"), Err(BadKeyMaterial::Curve));
    assert_eq!(named("RSA", "Curve25519"), Err(BadKeyMaterial::Curve));
}

#[test]
fn an_expired_key_and_a_nonce_of_another_length_are_refused() {
    let key = PublicKey::parse(Curve::X25519, X_PEER).unwrap();
    let usual = KeyMaterial::new(&key, Nonce::parse(NONCE_A).unwrap(), later());
    assert_eq!(usual.read(later()), Err(BadKeyMaterial::Expired { at: later() }));
    let mut odd = usual.clone();
    odd.dh_public_key.expiry = "tomorrow".into();
    assert_eq!(odd.read(NOW), Err(BadKeyMaterial::Expiry));
    for nonce in ["", "AAAA", "0b8b54a1-6f4d-4a0c-9b2e-6a0c2f4b1d11", &format!("{NONCE_A}{NONCE_A}")] {
        assert_eq!(KeyMaterial { nonce: nonce.into(), ..usual.clone() }.read(NOW), Err(BadKeyMaterial::Nonce), "{nonce}");
    }
}

#[test]
fn a_changed_letter_breaks_the_seal() {
    let session = session(&private(Curve::X25519, X_PRIVATE), NONCE_A, &peer(Curve::X25519, X_PEER, NONCE_B));
    let tampered = X_SEALED.replacen('z', "y", 1);
    assert_eq!(session.open(&tampered).err(), Some(CannotOpen::Seal));
    assert_eq!(session.open(&X_SEALED[..X_SEALED.len() - 4]).err(), Some(CannotOpen::Seal));
    assert_eq!(session.open("AAAA").err(), Some(CannotOpen::Seal));
    assert_eq!(session.open(" ").err(), Some(CannotOpen::Empty));
    assert_eq!(session.open("<Account/>").err(), Some(CannotOpen::NotBase64));
}

#[test]
fn no_private_key_prints() {
    let own = private(Curve::Weierstrass, W_ONE);
    let session = session(&own, NONCE_A, &peer(Curve::Weierstrass, W_TWO_SPKI, NONCE_B));
    let shown = format!("{own:?} {session:?}");
    assert_eq!(shown, "PrivateKey { curve: Weierstrass, .. } SessionKey(..)");
}

#[test]
fn key_material_is_spelled_as_the_specification_has_it() {
    let key = PublicKey::parse(Curve::Weierstrass, W_TWO_SPKI).unwrap();
    let material = KeyMaterial::new(&key, Nonce::parse(NONCE_A).unwrap(), later());
    let expected = serde_json::json!({
        "cryptoAlg": "ECDH",
        "curve": "Curve25519",
        "params": "cipher=AES/GCM/NoPadding;KeyPairGenerator=ECDH",
        "DHPublicKey": {
            "expiry": "1970-01-02T00:00:00.000Z",
            "Parameters": "",
            "KeyValue": format!("-----BEGIN PUBLIC KEY-----{W_TWO_SPKI}-----END PUBLIC KEY-----"),
        },
        "Nonce": NONCE_A,
    });
    assert_eq!(serde_json::to_value(&material).unwrap(), expected);
}
