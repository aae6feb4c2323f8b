//! Notifications to browsers, as our own client sends them and a browser reads them.

use anyhow::{Context, Result};
use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{self, ECDH_P256, UnparsedPublicKey};
use aws_lc_rs::encoding::{AsBigEndian, EcPrivateKeyBin};
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use providers::push::web::{self, Options, Services, Subscription, Urgency, Vapid};
use providers::push::{Gone, SendError};
use providers::secret::Secret;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::Stage;
use crate::push::{http, now};

pub const OPTIONS: Options<'_> = Options { ttl_seconds: 3600, urgency: Urgency::High, topic: Some("balance") };

/// A browser that has subscribed with this sender's key.
pub struct Browser {
    private: agreement::PrivateKey,
    public: [u8; 65],
    pub subscription: Subscription,
    path: String,
}

impl Browser {
    const AUTH: [u8; 16] = [7; 16];

    pub async fn subscribes(stage: &Stage, key: &str) -> Result<Self> {
        let answer = stage.control(Method::POST, "/webpush", json!({ "application_server_key": key })).await?.ok();
        let endpoint = answer["endpoint"].as_str().context("no endpoint")?;
        let private = agreement::PrivateKey::generate(&ECDH_P256)?;
        let public: [u8; 65] = private.compute_public_key()?.as_ref().try_into()?;
        let keys = json!({ "p256dh": URL_SAFE_NO_PAD.encode(public), "auth": URL_SAFE_NO_PAD.encode(Self::AUTH) });
        let json = json!({ "endpoint": endpoint, "keys": keys }).to_string();
        let services = Services::default().with_local(stage.sandbox.url())?;
        let path = endpoint.strip_prefix(stage.sandbox.url()).context("elsewhere")?.to_owned();
        Ok(Self { private, public, subscription: Subscription::from_json(json.as_bytes(), &services)?, path })
    }

    pub async fn inbox(&self, stage: &Stage) -> Result<Vec<Value>> {
        stage.items(&format!("{}/messages", self.path)).await
    }

    /// RFC 8291, as the browser's half of it.
    fn read(&self, message: &Value) -> Result<String> {
        let body = URL_SAFE_NO_PAD.decode(message["body"].as_str().context("no body")?)?;
        let (salt, sender, record) = (&body[..16], &body[21..86], &body[86..]);
        let mac = |key: &[u8], message: &[u8]| hmac::sign(&hmac::Key::new(HMAC_SHA256, key), message);
        let key_info = [b"WebPush: info\0", self.public.as_slice(), sender, &[1]].concat();
        let ikm = agreement::agree(&self.private, UnparsedPublicKey::new(&ECDH_P256, sender), anyhow::anyhow!("no secret"), |secret| {
            Ok(mac(mac(&Self::AUTH, secret).as_ref(), &key_info))
        })?;
        let prk = mac(salt, ikm.as_ref());
        let cek = mac(prk.as_ref(), b"Content-Encoding: aes128gcm\0\x01");
        let nonce = mac(prk.as_ref(), b"Content-Encoding: nonce\0\x01");
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &cek.as_ref()[..16])?);
        let mut record = record.to_vec();
        let opened = key.open_in_place(Nonce::try_assume_unique_for_key(&nonce.as_ref()[..12])?, Aad::empty(), &mut record)?;
        Ok(String::from_utf8(opened.strip_suffix(&[2]).context("not the last record")?.to_vec())?)
    }
}

pub fn vapid() -> Result<Vapid> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?;
    let private: EcPrivateKeyBin<'_> = pair.private_key().as_be_bytes()?;
    let private = Secret::new(URL_SAFE_NO_PAD.encode(private.as_ref()))?;
    Ok(Vapid::new(&URL_SAFE_NO_PAD.encode(pair.public_key()), &private, "mailto:push@kamai.example.com")?)
}

async fn post(stage: &Stage, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Result<u16> {
    Ok(stage.send(stage.request(Method::POST, path, Value::Null, headers).body(body)).await?.status)
}

#[tokio::test]
async fn a_push_is_the_browsers_to_read() -> Result<()> {
    let stage = Stage::set().await?;
    let vapid = vapid()?;
    let browser = Browser::subscribes(&stage, vapid.public_key()).await?;
    let sender = web::Client::new(http()?, vapid);
    sender.send(&browser.subscription, "₹250 जमा हुए".as_bytes(), &OPTIONS, now()).await?;
    sender.send(&browser.subscription, b"", &OPTIONS, now()).await?;
    let inbox = browser.inbox(&stage).await?;
    assert_eq!(inbox.len(), 2);
    assert_eq!(browser.read(&inbox[0])?, "₹250 जमा हुए");
    let headers = &inbox[0]["headers"];
    assert_eq!((&headers["ttl"], &headers["urgency"], &headers["topic"]), (&json!("3600"), &json!("high"), &json!("balance")));
    assert_eq!(inbox[0]["claims"]["aud"], stage.sandbox.url());
    assert_eq!(inbox[1]["body"], "");
    Ok(())
}

#[tokio::test]
async fn a_subscription_ends_and_belongs_to_one_sender() -> Result<()> {
    let stage = Stage::set().await?;
    let ours = vapid()?;
    let browser = Browser::subscribes(&stage, ours.public_key()).await?;
    let stranger = web::Client::new(http()?, vapid()?);
    let refused = stranger.send(&browser.subscription, b"x", &OPTIONS, now()).await;
    assert_eq!(refused, Err(SendError::Gone { why: Gone::OtherSender }));
    let sender = web::Client::new(http()?, ours);
    let refused = sender.send(&browser.subscription, b"x", &OPTIONS, now() - 86_400).await;
    assert!(matches!(refused, Err(SendError::Ours { .. })), "the token has run out: {refused:?}");
    stage.control(Method::DELETE, &browser.path, Value::Null).await?.ok();
    // Eleven hours on there is a new token; the one above is of a day ago.
    let refused = sender.send(&browser.subscription, b"x", &OPTIONS, now()).await;
    assert_eq!(refused, Err(SendError::Gone { why: Gone::Unregistered }));
    assert!(browser.inbox(&stage).await?.is_empty());
    assert_eq!(post(&stage, &browser.path, &[], Vec::new()).await?, 410);
    assert_eq!(post(&stage, "/webpush/unknown", &[], Vec::new()).await?, 404);
    Ok(())
}

#[tokio::test]
async fn what_is_no_push_is_refused() -> Result<()> {
    let stage = Stage::set().await?;
    let vapid = vapid()?;
    let browser = Browser::subscribes(&stage, vapid.public_key()).await?;
    web::Client::new(http()?, vapid).send(&browser.subscription, b"x", &OPTIONS, now()).await?;
    let inbox = browser.inbox(&stage).await?;
    let authorization = inbox[0]["headers"]["authorization"].as_str().context("no header")?;
    let body = URL_SAFE_NO_PAD.decode(inbox[0]["body"].as_str().context("no body")?)?;
    let sound = [("authorization", authorization), ("ttl", "60"), ("content-encoding", "aes128gcm")];
    assert_eq!(post(&stage, &browser.path, &sound, body.clone()).await?, 201);
    assert_eq!(post(&stage, &browser.path, &sound[1..], body.clone()).await?, 401);
    assert_eq!(post(&stage, &browser.path, &sound[..1], body.clone()).await?, 400, "no TTL");
    assert_eq!(post(&stage, &browser.path, &sound[..2], body.clone()).await?, 400, "no encoding");
    assert_eq!(post(&stage, &browser.path, &sound, b"in the clear".to_vec()).await?, 400);
    assert_eq!(post(&stage, &browser.path, &sound, vec![0; 4097]).await?, 413);
    let odd = [sound.as_slice(), &[("urgency", "now")]].concat();
    assert_eq!(post(&stage, &browser.path, &odd, body).await?, 400);
    assert_eq!(browser.inbox(&stage).await?.len(), 2);
    Ok(())
}
