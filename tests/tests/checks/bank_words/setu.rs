//! Setu's gateway: an Account Aggregator that opens what banks seal, and signs nothing of what it tells unasked.

use super::*;
use domain::{
    bank::{BankStatus, BankTrouble},
    consent::Word,
};
use functions::{clock::Clock, webhooks};
use serde_json::json;

const BANK: &str = "setu";
const TOKEN: &str = "checks-setu-token";

async fn ears() -> Ears {
    let secret = |config: &Config| {
        let setu = &config.setu;
        json!({ "setu": {
            "client_id": setu.client_id, "client_secret": setu.client_secret, "product_instance_id": setu.product_instance_id,
            "fiu_id": config.account_aggregator.fiu_id, "licence_holder": "Checks Finance Ltd", "acting_as": "TSP", "webhook_token": TOKEN,
        } })
    };
    let change = |config: &mut Config, origin: &str| config.setu.webhook_url = Some(format!("{origin}/webhooks/setu?token={TOKEN}"));
    Ears::new("IN", change, secret).await
}

async fn deliver(ears: &Ears, hook: &Hook, token: &str) -> u16 {
    status(webhooks::setu::handle(&ears.world.deps, hook.request().query(format!("token={token}")).build()).await)
}

/// Its id at Setu, and the way back that stands in a link.
fn parts_of(link: &str) -> (String, String) {
    let url = reqwest::Url::parse(link).unwrap();
    let id = url.path_segments().unwrap().next_back().unwrap().to_owned();
    (id, url.query_pairs().find(|(name, _)| name == "return").unwrap().1.into_owned())
}

async fn act(ears: &Ears, id: &str, act: &str) {
    ears.world.tell(&format!("/aa/consents/{id}/{act}"), json!({})).await;
}

async fn step(ears: &mut Ears, later_ms: i64) {
    ears.world.deps.clock = Clock::Off { by_ms: later_ms };
    functions::banks::step(&ears.world.deps, user("asha"), Bank::id_of(user("asha"), BANK), false, &Trace::default()).await.unwrap();
}

/// The banks have answered in all sessions.
async fn answered(ears: &Ears) {
    for _ in 0..500 {
        let sessions = ears.world.look("/aa/sessions").await;
        if sessions["items"].as_array().unwrap().iter().all(|session| session["status"] != "ACTIVE") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("a bank does not answer")
}

async fn states(ears: &Ears) -> Vec<&'static str> {
    let vault = ears.world.deps.vault(user("asha"), &Trace::default()).await.unwrap();
    let mut parts = functions::banks::view(&vault, &ears.bank(BANK).await).unwrap().parts;
    parts.sort_by_key(|part| part.state.code());
    parts.iter().map(|part| part.state.code()).collect()
}

async fn lines(ears: &Ears) -> usize {
    let today = domain::limits::india_time(ears.world.now()).date();
    let pages = ears.world.deps.store.pages(user("asha"), today - jiff::ToSpan::days(80), today).await.unwrap();
    pages.iter().map(|page| page.entries.len()).sum()
}

async fn outcomes(ears: &Ears, answer: impl Fn(usize) -> &'static str) {
    let accounts = ears.world.look("/aa/customers/9812340001@sandbox-aa/accounts").await;
    for (place, account) in accounts["items"].as_array().unwrap().iter().enumerate() {
        ears.world.put(&format!("/aa/accounts/{}", account["link_ref"].as_str().unwrap()), json!({ "status": answer(place) })).await;
    }
}

/// Linked, consented to, and back; the session is asked for.
async fn asked() -> (Ears, String) {
    let ears = ears().await;
    let (id, back) = parts_of(&ears.link(BANK).await);
    act(&ears, &id, "approve").await;
    assert_eq!(ears.back(&back).await, 200);
    ears.works().await;
    assert_eq!(ears.bank(BANK).await.status, BankStatus::Active);
    (ears, id)
}

/// Linked and consented to, and what Setu posts of that; nobody is back.
async fn approved() -> (Ears, String, Hook) {
    let mut ears = ears().await;
    let (id, _) = parts_of(&ears.link(BANK).await);
    act(&ears, &id, "approve").await;
    let approved = ears.next_of(r#""status":"ACTIVE""#).await;
    (ears, id, approved)
}

#[tokio::test]
async fn f14_what_banks_deliver_by_setu_is_in_the_book_and_a_withdrawal_counts_before_the_next_byte() {
    let (mut ears, id) = asked().await;
    answered(&ears).await;
    step(&mut ears, 6_000).await;
    assert_eq!(states(&ears).await, ["read"; 3]);
    let known = lines(&ears).await;
    assert!(known > 20, "{known}");
    let bank = ears.bank(BANK).await;
    assert_eq!((bank.trouble, bank.lent.len()), (None, 3), "each account's lines are lent");
    // The next day it is asked for again, and tells the same.
    step(&mut ears, 25 * 3_600_000).await;
    assert_eq!(ears.world.look("/aa/sessions").await["items"].as_array().map(Vec::len), Some(2));
    act(&ears, &id, "revoke").await;
    let before = ears.world.look("/aa/consents").await["items"][0]["fetches"].clone();
    step(&mut ears, 25 * 3_600_000 + 6_000).await;
    let bank = ears.bank(BANK).await;
    assert_eq!((bank.status, bank.trouble, bank.tokens), (BankStatus::Revoked, Some(BankTrouble::WithdrawnThere), None));
    assert_eq!((lines(&ears).await, bank.lent.len()), (0, 0));
    assert_eq!(ears.world.look("/aa/consents").await["items"][0]["fetches"], before);
    let chain = ears.world.deps.store.consent_chain(user("asha")).await.unwrap();
    let events: Vec<_> = chain
        .iter()
        .filter_map(|one| match &one.word {
            Word::Agreement(agreement) => Some((agreement.event.code(), agreement.terms.as_ref().map(|terms| terms.accounts))),
            Word::Said(_) => None,
        })
        .collect();
    assert_eq!(events, [("given", Some(3)), ("revoked", None)]);
}

#[tokio::test]
async fn what_some_banks_refuse_is_said_so_and_not_waited_for() {
    let ears = ears().await;
    let (id, back) = parts_of(&ears.link(BANK).await);
    outcomes(&ears, |place| if place == 0 { "DENIED" } else { "READY" }).await;
    act(&ears, &id, "approve").await;
    assert_eq!(ears.back(&back).await, 200);
    ears.works().await;
    answered(&ears).await;
    let mut ears = ears;
    step(&mut ears, 6_000).await;
    assert_eq!(states(&ears).await, ["denied", "read", "read"]);
    assert!(ears.bank(BANK).await.due_at.unwrap() > ears.world.now() + jiff::SignedDuration::from_hours(23));
}

#[tokio::test]
async fn f20_a_session_that_fails_brings_nothing_and_the_next_one_is_opened_in_an_hour() {
    let ears = ears().await;
    let (id, back) = parts_of(&ears.link(BANK).await);
    outcomes(&ears, |_| "PENDING").await;
    act(&ears, &id, "approve").await;
    assert_eq!(ears.back(&back).await, 200);
    ears.works().await;
    let session = ears.world.look("/aa/sessions").await["items"][0]["id"].as_str().unwrap().to_owned();
    ears.world.post(&format!("/aa/sessions/{session}/fail")).await;
    let mut ears = ears;
    step(&mut ears, 6_000).await;
    let bank = ears.bank(BANK).await;
    assert_eq!((bank.status, bank.trouble, lines(&ears).await), (BankStatus::Active, None, 0));
    assert_eq!(states(&ears).await, ["late"; 3]);
    outcomes(&ears, |_| "READY").await;
    step(&mut ears, 59 * 60_000).await;
    assert_eq!(ears.world.look("/aa/sessions").await["items"].as_array().map(Vec::len), Some(1), "not before");
    step(&mut ears, 61 * 60_000).await;
    answered(&ears).await;
    step(&mut ears, 61 * 60_000 + 6_000).await;
    assert_eq!(states(&ears).await, ["read"; 3]);
}

#[tokio::test]
async fn who_declines_at_setu_has_no_connection() {
    let ears = ears().await;
    let (id, back) = parts_of(&ears.link(BANK).await);
    act(&ears, &id, "reject").await;
    ears.back(&back).await;
    ears.works().await;
    let bank = ears.bank(BANK).await;
    assert_eq!((bank.status, bank.trouble), (BankStatus::Failed, Some(BankTrouble::Declined)));
}

#[tokio::test]
async fn what_setu_tells_is_heard_at_once_and_found_by_asking() {
    let (mut ears, id, approved) = approved().await;
    // Nobody comes back; and it is told twice.
    assert_eq!((deliver(&ears, &approved, TOKEN).await, deliver(&ears, &approved, TOKEN).await), (200, 200));
    ears.works().await;
    assert_eq!(ears.bank(BANK).await.status, BankStatus::Active);
    let delivered = ears.next_of(r#""status":"COMPLETED""#).await;
    deliver(&ears, &delivered, TOKEN).await;
    ears.works().await;
    assert_eq!(states(&ears).await, ["read"; 3]);
    assert!(lines(&ears).await > 20);
    act(&ears, &id, "pause").await;
    let paused = ears.next_of(r#""status":"PAUSED""#).await;
    let trouble = async |ears: &Ears, hook: &Hook| {
        assert_eq!(deliver(ears, hook, TOKEN).await, 200);
        ears.works().await;
        ears.bank(BANK).await.trouble
    };
    assert_eq!(trouble(&ears, &paused).await, Some(BankTrouble::Paused));
    act(&ears, &id, "resume").await;
    let resumed = ears.next_of(r#""status":"ACTIVE""#).await;
    assert_eq!(trouble(&ears, &resumed).await, None);
    // Whoever knows the address and makes something up has us look, and no more.
    let forged = Hook { body: resumed.body.replace("ACTIVE", "REVOKED"), ..resumed };
    assert_eq!(trouble(&ears, &forged).await, None);
    assert!(lines(&ears).await > 20);
    act(&ears, &id, "revoke").await;
    let revoked = ears.next_of(r#""status":"REVOKED""#).await;
    assert_eq!(trouble(&ears, &revoked).await, Some(BankTrouble::WithdrawnThere));
    assert_eq!((ears.bank(BANK).await.tokens, lines(&ears).await), (None, 0));
    assert_eq!(trouble(&ears, &revoked).await, Some(BankTrouble::WithdrawnThere), "and once more");
}

#[tokio::test]
async fn s1_who_does_not_know_setus_address_is_refused_and_changes_nothing() {
    let (ears, id, approved) = approved().await;
    for token in ["", "checks-setu", "checks-setu-token-", "made-up"] {
        assert_eq!(deliver(&ears, &approved, token).await, 401, "{token}");
    }
    assert_eq!((ears.kept().await.len(), ears.bank(BANK).await.status), (0, BankStatus::Linking));
    let long = Hook { body: format!("{}{}", approved.body, " ".repeat(256 * 1024)), ..approved.clone() };
    assert_eq!(deliver(&ears, &long, TOKEN).await, 413);
    let undecided = Hook { body: approved.body.replace("ACTIVE", "PENDING"), ..approved.clone() };
    let in_vain =
        Hook { body: format!(r#"{{"type":"CONSENT_STATUS_UPDATE","consentId":"{id}","success":false,"data":null}}"#), ..approved.clone() };
    let unknown = Hook { body: approved.body.replace("ACTIVE", "CONSIDERED"), ..approved.clone() };
    let odd = Hook { body: r#"{"type":"CONSENT_STATUS_UPDATE"}"#.to_owned(), ..approved.clone() };
    assert_eq!(deliver(&ears, &odd, TOKEN).await, 400);
    assert_eq!(ears.kept().await.len(), 0);
    let nobodys =
        Hook { body: r#"{"type":"CONSENT_STATUS_UPDATE","consentId":"nobodys","data":{"status":"REVOKED"}}"#.to_owned(), ..approved };
    for (told, outcome) in [
        (undecided, "we do not act on it"),
        (in_vain, "we do not act on it"),
        (unknown, "we do not act on it"),
        (nobodys, "no connection of ours"),
    ] {
        assert_eq!(deliver(&ears, &told, TOKEN).await, 200);
        ears.works().await;
        assert!(ears.kept().await.iter().any(|kept| kept == outcome), "{outcome}");
    }
    assert_eq!(ears.bank(BANK).await.status, BankStatus::Linking);
}

#[tokio::test]
async fn what_banks_tell_and_setu_opens_unasked_is_not_kept() {
    let (ears, id, approved) = approved().await;
    let opened = json!({
        "type": "FI_DATA_READY", "consentId": id, "status": "COMPLETED",
        "fiData": [{ "fipID": "BANK", "data": [{ "maskedAccNumber": "XXXX9921", "decryptedFI": { "account": { "narration": "RENT TO MEENA" } } }] }],
    });
    assert_eq!(deliver(&ears, &Hook { body: opened.to_string(), ..approved.clone() }, TOKEN).await, 200);
    assert_eq!(ears.kept().await.len(), 0);
    assert!(approved.body.contains("maskedAccNumber"), "{}", approved.body);
    deliver(&ears, &approved, TOKEN).await;
    let (kept, _) = ears.world.deps.store.webhooks(None, 100).await.unwrap();
    let kept = ears.world.deps.store.webhook(&kept[0].id).await.unwrap().unwrap();
    assert!(!String::from_utf8(kept.body).unwrap().contains("maskedAccNumber"));
}
