//! Plaid's and Mono's webhooks.

use super::*;
use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::bank::BankStatus;
use functions::{clock::Clock, webhooks};
use serde_json::json;
use sha2::{Digest, Sha256};

const PLAID: &str = "plaid-verification";
const MONO: &str = "mono-webhook-secret";

async fn plaid() -> Ears {
    let secret = |config: &Config| {
        let plaid = &config.banks.plaid;
        json!({ "plaid": { "client_id": plaid.client_id, "secret": plaid.secret } })
    };
    Ears::new("US", |_, _| (), secret).await
}

async fn to_plaid(ears: &Ears, hook: &Hook) -> u16 {
    status(webhooks::plaid::handle(&ears.world.deps, hook.request().build()).await)
}

async fn mono() -> Ears {
    let change = |config: &mut Config, origin: &str| config.banks.mono.webhook_url = Some(format!("{origin}/webhooks/mono"));
    let secret = |config: &Config| {
        let mono = &config.banks.mono;
        json!({ "mono": { "secret_key": mono.secret, "webhook_secret": mono.webhook_secret } })
    };
    Ears::new("NG", change, secret).await
}

async fn to_mono(ears: &Ears, hook: &Hook) -> u16 {
    status(webhooks::mono::handle(&ears.world.deps, hook.request().build()).await)
}

/// Connects, and reads once; its name there.
async fn connected(ears: &Ears, bank: &str, list: &str) -> String {
    let link = ears.link(bank).await;
    let done = ears.world.control(&format!("/{bank}/finish"), json!({ "url": link })).await;
    assert_eq!(ears.back(done["redirect_to"].as_str().unwrap()).await, 200);
    ears.works().await;
    assert_eq!(ears.bank(bank).await.status, BankStatus::Active);
    ears.world.look(list).await["items"][0]["id"].as_str().unwrap().to_owned()
}

/// A minute passes, so that news make it due at once. Plaid's tokens are good for five.
fn a_minute_later(ears: &mut Ears) {
    ears.world.deps.clock = Clock::Off { by_ms: 61_000 };
}

async fn read_at(ears: &Ears, bank: &str) -> domain::Timestamp {
    ears.bank(bank).await.read_at.unwrap()
}

#[tokio::test]
async fn f1_what_plaid_tells_ten_times_is_read_once() {
    let mut ears = plaid().await;
    let item = connected(&ears, "plaid", "/plaid/items").await;
    let before = read_at(&ears, "plaid").await;
    ears.world
        .control(&format!("/plaid/items/{item}/entries"), json!({ "direction": "debit", "amount_minor": 1_234, "narration": "Coffee" }))
        .await;
    let hook = ears.next_of("SYNC_UPDATES_AVAILABLE").await;
    assert_eq!(hook.path, "/webhooks/plaid", "as each link says");
    a_minute_later(&mut ears);
    for _ in 0..10 {
        assert_eq!(to_plaid(&ears, &hook).await, 200);
    }
    ears.works().await;
    let read = read_at(&ears, "plaid").await;
    assert!(read > before);
    for _ in 0..10 {
        assert_eq!(to_plaid(&ears, &hook).await, 200);
    }
    ears.works().await;
    assert_eq!(read_at(&ears, "plaid").await, read, "what comes within a minute of a reading waits for the next");
    assert!(ears.bank("plaid").await.due_at.unwrap() <= read + jiff::SignedDuration::from_secs(60));
    assert_eq!(ears.kept().await.len(), 1);
}

#[tokio::test]
async fn what_plaid_tells_of_an_access_is_found_by_asking() {
    let mut ears = plaid().await;
    let item = connected(&ears, "plaid", "/plaid/items").await;
    for (state, word, becomes) in [
        ("login_required", "ITEM_LOGIN_REQUIRED", BankStatus::Interrupted),
        ("good", "LOGIN_REPAIRED", BankStatus::Active),
        ("revoked", "USER_PERMISSION_REVOKED", BankStatus::Revoked),
    ] {
        ears.world.put(&format!("/plaid/items/{item}"), json!({ "state": state })).await;
        let hook = ears.next_of(word).await;
        assert_eq!(to_plaid(&ears, &hook).await, 200);
        ears.works().await;
        assert_eq!(ears.bank("plaid").await.status, becomes, "{state}");
    }
    assert_eq!(ears.told("bank.trouble").await.len(), 2);
    // Nobody speaks of it any more.
    assert!(banks::known(&ears.world.deps, banks::Name::Plaid(&item)).await.unwrap().is_none());
}

#[tokio::test]
async fn s1_s20_a_body_that_plaid_did_not_sign_here_and_now_is_refused() {
    let mut ears = plaid().await;
    let item = connected(&ears, "plaid", "/plaid/items").await;
    ears.world.put(&format!("/plaid/items/{item}"), json!({ "state": "login_required" })).await;
    let hook = ears.next_of("ITEM_LOGIN_REQUIRED").await;
    let before = ears.bank("plaid").await;
    let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let token = |alg: &str, kid: &str, iat: i64| {
        let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let claims = json!({ "iat": iat, "request_body_sha256": hex::encode(Sha256::digest(&hook.body)) });
        let signed = format!("{}.{}", part(json!({ "alg": alg, "kid": kid, "typ": "JWT" })), part(claims));
        let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    };
    let now = ears.world.now().as_second();
    let header = &hook.headers.iter().find(|(name, _)| name == PLAID).unwrap().1;
    let kid: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header.split('.').next().unwrap()).unwrap()).unwrap();
    let theirs = kid["kid"].as_str().unwrap();
    let attempts = [
        ("no header", hook.with(PLAID, "")),
        ("a space more", Hook { body: format!("{} ", hook.body), ..hook.clone() }),
        ("serialised anew", Hook { body: hook.body.replace("\":", "\": "), ..hook.clone() }),
        ("a stranger's signature", hook.with(PLAID, &token("ES256", theirs, now))),
        ("a key of another environment (S20)", hook.with(PLAID, &token("ES256", "bfbd5111-8e33-4643-8ced-b2e642a72f3c", now))),
        ("alg none", hook.with(PLAID, &token("none", theirs, now))),
        ("HS256", hook.with(PLAID, &token("HS256", theirs, now))),
    ];
    for (what, forged) in &attempts {
        assert_eq!(to_plaid(&ears, forged).await, 401, "{what}");
    }
    ears.world.deps.clock = Clock::Off { by_ms: 305_000 };
    assert_eq!(to_plaid(&ears, &hook).await, 401, "a replay of an old body");
    ears.world.deps.clock = Clock::System;
    ears.works().await;
    assert_eq!((ears.bank("plaid").await, ears.kept().await.len()), (before, 0));
    assert_eq!(to_plaid(&ears, &hook).await, 200, "it was refused for nothing else");
}

#[tokio::test]
async fn mono_is_believed_by_its_secret_and_what_it_tells_is_found_by_asking() {
    let mut ears = mono().await;
    let account = connected(&ears, "mono", "/mono/accounts").await;
    let before = read_at(&ears, "mono").await;
    ears.world
        .control(&format!("/mono/accounts/{account}/entries"), json!({ "direction": "debit", "amount_minor": 250_000, "narration": "POS" }))
        .await;
    let hook = ears.next_of("account_updated").await;
    for forged in [hook.with(MONO, ""), hook.with(MONO, "made-up"), hook.with(MONO, "mono-sandbox-webhook-secret ")] {
        assert_eq!(to_mono(&ears, &forged).await, 401);
    }
    assert_eq!(ears.kept().await.len(), 0);
    a_minute_later(&mut ears);
    for _ in 0..10 {
        assert_eq!(to_mono(&ears, &hook).await, 200);
    }
    ears.works().await;
    assert!(read_at(&ears, "mono").await > before);
    ears.world.put(&format!("/mono/accounts/{account}"), json!({ "wants_sign_in": true })).await;
    let wants = ears.next_of("reauthorisation_required").await;
    assert_eq!(to_mono(&ears, &wants).await, 200);
    ears.works().await;
    assert_eq!(ears.bank("mono").await.status, BankStatus::Interrupted);
    // Of an account that is nobody's here.
    let stranger = Hook { body: hook.body.replace(&account, "5f171a530295e231abca1153"), ..hook };
    assert_eq!(to_mono(&ears, &stranger).await, 200);
    ears.works().await;
    assert!(ears.kept().await.iter().any(|outcome| outcome == "no connection of ours"));
}

#[tokio::test]
async fn where_a_reader_is_not_set_up_nothing_is_taken_for_it() {
    let ears = mono().await;
    let hook = Hook { path: "/webhooks/plaid".to_owned(), headers: Vec::new(), body: "{}".to_owned() };
    assert_eq!(to_plaid(&ears, &hook).await, 404);
    assert_eq!(status(webhooks::aa::handle(&ears.world.deps, hook.request().build()).await), 404);
}
