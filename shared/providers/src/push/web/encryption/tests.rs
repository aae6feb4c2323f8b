use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use serde::Deserialize;
use serde_json::json;

use super::opening::Browser;
use super::*;
use crate::push::base64url::{decode_lenient, encode};
use crate::push::web::Services;

/// RFC 8291, appendix A, as `push.md`, B4, has it.
mod vector {
    pub(super) const PLAINTEXT: &str = "V2hlbiBJIGdyb3cgdXAsIEkgd2FudCB0byBiZSBhIHdhdGVybWVsb24";
    pub(super) const AS_PUBLIC: &str = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    pub(super) const AS_PRIVATE: &str = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    pub(super) const UA_PUBLIC: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    pub(super) const UA_PRIVATE: &str = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
    pub(super) const SALT: &str = "DGv6ra1nlYgDCS1FRnbzlw";
    pub(super) const AUTH_SECRET: &str = "BTBZMqHH6r4Tts7J_aSIgg";
    pub(super) const ECDH_SECRET: &str = "kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs";
    pub(super) const PRK_KEY: &str = "Snr3JMxaHVDXHWJn5wdC52WjpCtd2EIEGBykDcZW32k";
    pub(super) const KEY_INFO: &str = "V2ViUHVzaDogaW5mbwAEJXGyvs3942BVGq8e0PTNNmwRzr5VX4m8t7GGpTM5FzFo7OLr4BhZe9MEebhuPI-OztV3ylkYfpJGmQ22ggCLDgT-M_SrDepxkU21WCP3O1SUj0EwbZIHMtu5pZpTKGSCIA5Zent7wmC6HCJ5mFgJkuk5cwAvMBKiiujwa7t45ewP";
    pub(super) const IKM: &str = "S4lYMb_L0FxCeq0WhDx813KgSYqU26kOyzWUdsXYyrg";
    pub(super) const PRK: &str = "09_eUZGrsvxChDCGRCdkLiDXrReGOEVeSCdCcPBSJSc";
    pub(super) const CEK: &str = "oIhVW04MRdy2XN9CiKLxTg";
    pub(super) const NONCE: &str = "4h_95klXJ5E_qnoN";
    pub(super) const HEADER: &str =
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    pub(super) const BODY: &str = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
}

/// Between us and another implementation, the public Python package `http-ece` 1.2.1: what it
/// encrypted, and what it was seen to decrypt.
#[derive(Deserialize)]
struct Interop {
    theirs: Exchange,
    ours: Exchange,
}

#[derive(Deserialize)]
struct Exchange {
    plaintext: String,
    ua_private: String,
    ua_public: String,
    auth_secret: String,
    /// The sender's secrets, which only we know of what we send.
    #[serde(default)]
    as_private: String,
    #[serde(default)]
    salt: String,
    body: String,
}

impl Exchange {
    fn browser(&self) -> Browser {
        let browser = Browser::new(&bytes::<32>(&self.ua_private), bytes(&self.auth_secret));
        assert_eq!(encode(browser.public), self.ua_public);
        browser
    }
}

fn interop() -> Interop {
    serde_json::from_str(include_str!("../../../../fixtures/webpush_http_ece.json")).unwrap()
}

fn bytes<const N: usize>(text: &str) -> [u8; N] {
    decode_lenient(text).unwrap().try_into().unwrap()
}

fn subscription(browser: &Browser) -> Subscription {
    let keys = json!({ "p256dh": encode(browser.public), "auth": encode(browser.auth) });
    let json = json!({ "endpoint": "https://fcm.googleapis.com/fcm/send/x", "keys": keys });
    Subscription::from_json(json.to_string().as_bytes(), &Services::default()).unwrap()
}

fn vectors_browser() -> Browser {
    Browser::new(&bytes::<32>(vector::UA_PRIVATE), bytes(vector::AUTH_SECRET))
}

#[test]
fn every_step_is_the_rfcs() {
    let ours = PrivateKey::from_private_key(&ECDH_P256, &bytes::<32>(vector::AS_PRIVATE)).unwrap();
    let (ua_public, as_public) = (bytes(vector::UA_PUBLIC), bytes(vector::AS_PUBLIC));
    assert_eq!(ours.compute_public_key().unwrap().as_ref(), as_public);
    let ecdh_secret: Vec<u8> = agree(&ours, UnparsedPublicKey::new(&ECDH_P256, &ua_public), (), |secret| Ok(secret.to_vec())).unwrap();
    assert_eq!(encode(&ecdh_secret), vector::ECDH_SECRET);
    let prk_key = prk_key(&bytes(vector::AUTH_SECRET), &ecdh_secret);
    assert_eq!(encode(prk_key), vector::PRK_KEY);
    assert_eq!(encode(key_info(&ua_public, &as_public)), vector::KEY_INFO);
    let ikm = ikm(&prk_key, &ua_public, &as_public);
    assert_eq!(encode(ikm), vector::IKM);
    let prk = prk(&bytes(vector::SALT), &ikm);
    assert_eq!(encode(prk), vector::PRK);
    assert_eq!(encode(cek(&prk)), vector::CEK);
    assert_eq!(encode(nonce(&prk)), vector::NONCE);
    assert_eq!(encode(header(&bytes(vector::SALT), &as_public)), vector::HEADER);
}

#[test]
fn the_body_is_the_rfcs() {
    let ours = PrivateKey::from_private_key(&ECDH_P256, &bytes::<32>(vector::AS_PRIVATE)).unwrap();
    let plaintext = decode_lenient(vector::PLAINTEXT).unwrap();
    let browser = vectors_browser();
    assert_eq!(encode(browser.public), vector::UA_PUBLIC);
    let body = seal(&subscription(&browser), &plaintext, &bytes(vector::SALT), &ours).unwrap();
    assert_eq!(encode(&body), vector::BODY);
    assert_eq!(browser.open(&body), plaintext);
}

#[test]
fn what_is_encrypted_is_read_by_its_browser() {
    let browser = vectors_browser();
    let to = subscription(&browser);
    for length in [1, 15, 16, 17, 1000, PAYLOAD_BYTES_MAX] {
        let payload = vec![0; length];
        let body = encrypt(&to, &payload).unwrap();
        assert_eq!(body.len(), length + 103);
        assert_eq!(browser.open(&body), payload, "zeros at the end are payload, not padding");
    }
}

#[test]
fn no_two_bodies_are_alike() {
    let to = subscription(&vectors_browser());
    let (one, other) = (encrypt(&to, b"x").unwrap(), encrypt(&to, b"x").unwrap());
    assert_ne!(one[..16], other[..16], "a salt of its own");
    assert_ne!(one[21..86], other[21..86], "a key of its own");
}

#[test]
fn what_is_too_long_is_not_encrypted() {
    let to = subscription(&vectors_browser());
    assert!(matches!(encrypt(&to, &[0; PAYLOAD_BYTES_MAX + 1]), Err(CallError::NotSent { .. })));
}

#[test]
fn what_another_implementation_encrypts_is_read() {
    let theirs = interop().theirs;
    assert_eq!(theirs.browser().open(&decode_lenient(&theirs.body).unwrap()), theirs.plaintext.as_bytes());
}

#[test]
fn what_another_implementation_decrypts_is_what_we_encrypt() {
    let ours = interop().ours;
    let as_private = PrivateKey::from_private_key(&ECDH_P256, &bytes::<32>(&ours.as_private)).unwrap();
    let body = seal(&subscription(&ours.browser()), ours.plaintext.as_bytes(), &bytes(&ours.salt), &as_private).unwrap();
    assert_eq!(encode(body), ours.body);
}
