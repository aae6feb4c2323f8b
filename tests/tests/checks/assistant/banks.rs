//! Connecting a bank in the chat: choose, agree there, see what is there, and end it.

use super::talk::*;
use crate::{privacy, world::*};
use domain::{
    bank::{Bank, BankStatus},
    engine::{Key, Record},
    identity::Role,
};
use functions::{api, table::Queue};
use lambda::Request;
use serde_json::{Value, json};

/// A sign-in at the demo bank is a mobile number.
const NUMBER: &str = "9812340001";

async fn bank(talk: &Talk) -> Bank {
    let id = Bank::id_of(user("asha"), "demo-bank");
    match talk.world.deps.store.record(&Key::Bank(user("asha"), id)).await.unwrap() {
        Some(Record::Bank(bank)) => *bank,
        other => panic!("{other:?}"),
    }
}

/// The link that the chat was given.
async fn link(talk: &mut Talk) -> String {
    let offered = talk.says("connect my bank").await;
    let demo = offered[0].choices.iter().find(|(_, title)| title == "Demo Bank").cloned().unwrap();
    let linked = talk.presses(ASHA, &demo.0).await;
    assert!(linked[0].text.contains("Demo Bank"), "{linked:?}");
    linked[0].choices[0].1.clone()
}

/// Does at the bank what a person does there, and follows the way back.
async fn back(talk: &Talk, link: &str, deny: bool) -> (u16, String) {
    let done: Value = talk.world.control("/demo-bank/approve", json!({ "url": link, "customer": NUMBER, "deny": deny })).await;
    comes_back(talk, done["redirect_to"].as_str().unwrap()).await
}

async fn comes_back(talk: &Talk, url: &str) -> (u16, String) {
    let query = url.split_once('?').unwrap().1;
    let request = Request::get("/v1/banks/return").query(query);
    match api::banks::handle(&talk.world.deps, request.build()).await {
        Ok(reply) => (reply.status, String::from_utf8(reply.body.clone()).unwrap()),
        Err(problem) => (problem.status(), String::new()),
    }
}

/// Connects the demo bank, which is read then.
pub async fn connected(talk: &mut Talk) {
    let link = link(talk).await;
    assert_eq!(back(talk, &link, false).await.0, 200);
    talk.works(Queue::Banks).await;
    talk.answers(ASHA).await;
}

#[tokio::test]
async fn a_bank_is_chosen_agreed_to_and_its_balances_come_into_the_chat() {
    let mut talk = Talk::new().await;
    let link = link(&mut talk).await;
    let (status, page) = back(&talk, &link, false).await;
    assert_eq!(status, 200);
    assert!(page.contains("Demo Bank"), "{page}");
    talk.works(Queue::Banks).await;
    let told = talk.answers(ASHA).await;
    assert!(told[0].text.starts_with("Demo Bank is connected.") && told[0].text.contains('₹'), "{told:?}");
    let balance = talk.says("balance").await;
    assert!(balance[0].text.contains("₹50,000.00") && balance[0].text.contains("Demo Bank"), "{balance:?}");
    // What the bank gave lies sealed: neither tokens nor balances are to be read in the row.
    let row = format!("{:?}", bank(&talk).await);
    assert!(!row.contains("access") && row.contains("bytes under"), "{row}");
    talk.works(Queue::Banks).await;
    assert!(talk.answers(ASHA).await.is_empty(), "once");
}

#[tokio::test]
async fn a_link_is_used_once_and_a_forged_return_changes_nothing() {
    let mut talk = Talk::new().await;
    let link = link(&mut talk).await;
    assert_eq!(comes_back(&talk, "https://x/v1/banks/return?state=made-up&code=made-up").await.0, 410);
    assert_eq!(bank(&talk).await.status, BankStatus::Linking);
    let done = talk.world.control("/demo-bank/approve", json!({ "url": link, "customer": NUMBER })).await;
    let url = done["redirect_to"].as_str().unwrap().to_owned();
    assert_eq!(comes_back(&talk, &url).await.0, 200);
    assert_eq!(comes_back(&talk, &url).await.0, 410);
    talk.works(Queue::Banks).await;
    assert_eq!(bank(&talk).await.status, BankStatus::Active);
}

#[tokio::test]
async fn whoever_declines_or_comes_too_late_is_told_so() {
    let mut talk = Talk::new().await;
    let declined = link(&mut talk).await;
    assert_eq!(back(&talk, &declined, true).await.0, 200);
    talk.works(Queue::Banks).await;
    assert!(talk.answers(ASHA).await[0].text.contains("did not agree"));
    let late = link(&mut talk).await;
    talk.wait(601);
    assert_eq!(back(&talk, &late, false).await.0, 410);
}

#[tokio::test]
async fn who_disconnects_sees_nothing_more_and_the_bank_is_told() {
    let mut talk = Talk::new().await;
    let link = link(&mut talk).await;
    back(&talk, &link, false).await;
    talk.works(Queue::Banks).await;
    talk.answers(ASHA).await;
    let asked = talk.says("disconnect my bank").await;
    assert!(asked[0].text.starts_with("Disconnect Demo Bank?"), "{asked:?}");
    talk.taps(ASHA, true, 0).await;
    assert!(!talk.says("balance").await[0].text.contains("Demo Bank"), "at once");
    talk.works(Queue::Banks).await;
    let ended = bank(&talk).await;
    assert_eq!((ended.status, ended.tokens, ended.view), (BankStatus::Revoked, None, None));
    let consents = talk.world.look("/demo-bank/consents").await;
    assert_ne!(consents["items"][0]["state"], "active", "{consents}");
}

#[tokio::test]
async fn a_consent_that_is_taken_back_ends_the_bank_and_the_bank_is_told() {
    let mut talk = Talk::new().await;
    connected(&mut talk).await;
    let asha = talk.world.session("asha", Role::Worker).await.0;
    let told = privacy::consents(&talk.world, &asha).await;
    let bank_data = privacy::purpose(&told, "bank_data");
    assert_eq!((&bank_data["given"], &bank_data["connected"]), (&json!(true), &json!(["Demo Bank"])), "what was agreed to at the bank");
    privacy::agree(&talk.world, &asha, "bank_data", false).await;
    talk.works(Queue::Banks).await;
    let ended = bank(&talk).await;
    assert_eq!((ended.status, ended.tokens, ended.view), (BankStatus::Revoked, None, None));
    let consents = talk.world.look("/demo-bank/consents").await;
    assert_ne!(consents["items"][0]["state"], "active", "{consents}");
    let told = privacy::consents(&talk.world, &asha).await;
    assert_eq!(privacy::purpose(&told, "bank_data")["given"], false);
}

#[tokio::test]
async fn a_bank_that_wants_a_new_sign_in_is_said_to_and_one_that_closed_is_too() {
    let mut talk = Talk::new().await;
    let link = link(&mut talk).await;
    back(&talk, &link, false).await;
    talk.works(Queue::Banks).await;
    talk.answers(ASHA).await;
    let consents = talk.world.look("/demo-bank/consents").await;
    let consent = consents["items"][0]["id"].as_str().unwrap().to_owned();
    talk.world.put(&format!("/demo-bank/consents/{consent}"), json!({ "state": "expired" })).await;
    talk.wait(7 * 3_600);
    let id = Bank::id_of(user("asha"), "demo-bank");
    functions::banks::step(&talk.world.deps, user("asha"), id, false, &lambda::Trace::default()).await.unwrap();
    assert_eq!(bank(&talk).await.status, BankStatus::Interrupted);
    let balance = talk.says("balance").await;
    assert!(balance[0].text.contains("asks you to agree again"), "{balance:?}");
    talk.says("connect my bank").await;
    assert!(talk.says("okra").await[0].text.contains("closed"));
}
