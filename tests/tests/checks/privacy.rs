//! Notices, what users agree to, and what that sets off.

use crate::world::*;
use domain::identity::{Phone, User};
use domain::{
    engine::{Command, Key, Plan, Record, Snapshot},
    identity::Role,
};
use functions::{api, apply::otp::otp_of, queues, table::Queue};
use lambda::{Message, Problem, Request};
use serde_json::{Value, json};
use std::io::{Cursor, Read as _};

async fn token(world: &World, name: &str) -> String {
    world.session(name, Role::Worker).await.0
}

async fn call(world: &World, token: &str, request: lambda::http::request::RequestBuilder) -> Result<Value, Problem> {
    let reply = api::privacy::handle(&world.deps, request.bearer(token).build()).await?;
    Ok(serde_json::from_slice(&reply.body).unwrap())
}

fn word(purpose: &str, given: bool) -> Value {
    json!({ "purpose": purpose, "notice_version": 1, "lang": "hi", "given": given })
}

/// Says yes or no as an app does.
pub async fn agree(world: &World, token: &str, purpose: &str, given: bool) -> Value {
    call(world, token, Request::post("/v1/privacy/consents").json(&word(purpose, given))).await.unwrap()
}

pub async fn consents(world: &World, token: &str) -> Value {
    call(world, token, Request::get("/v1/privacy/consents")).await.unwrap()
}

pub fn purpose<'a>(consents: &'a Value, name: &str) -> &'a Value {
    consents["items"].as_array().unwrap().iter().find(|one| one["purpose"] == name).unwrap()
}

async fn sms(world: &World, token: &str) -> Result<Value, Problem> {
    let text = "Rs.250.00 debited from A/c XX1234 on 10-11-26 to CHAI ADDA. UPI Ref 632412345678. Avl Bal Rs.1,042.50";
    let message = json!({ "sender": "VM-HDFCBK-S", "text": text, "received_at": "2026-11-10T06:30:00Z" });
    let request = Request::post("/v1/sms/batch").json(&json!({ "messages": [message] })).bearer(token).build();
    api::cashbook::handle(&world.deps, request).await.map(|reply| serde_json::from_slice(&reply.body).unwrap())
}

#[tokio::test]
async fn notices_and_whom_to_write_to_are_told_to_anybody_in_their_language() {
    let world = World::new(|_| {}).await;
    for (query, lang) in [("lang=hi", "hi"), ("lang=ta", "en"), ("lang=xx-none", "en"), ("", "en")] {
        let reply = api::privacy::handle(&world.deps, Request::get("/v1/privacy/notices").query(query).build()).await.unwrap();
        let body: Value = serde_json::from_slice(&reply.body).unwrap();
        let notices = body["items"].as_array().unwrap();
        assert_eq!(notices.len(), 6);
        for notice in notices {
            assert_eq!(notice["lang"], lang, "{query}");
            let hash = api::sha256_hex(notice["text"].as_str().unwrap().as_bytes());
            assert_eq!(notice["sha256"], json!(hash), "the hash is of the text that is shown");
        }
    }
    let reply = api::privacy::handle(&world.deps, Request::get("/v1/privacy/contact").build()).await.unwrap();
    let contact: Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!((&contact["answers_within_days"], contact["email"].as_str().is_some()), (&json!(30), true));
}

#[tokio::test]
async fn no_message_is_read_before_its_reader_agreed_nor_after_they_took_it_back() {
    let world = World::new(|_| {}).await;
    let asha = token(&world, "asha").await;
    let refused = sms(&world, &asha).await.unwrap_err();
    assert_eq!((refused.status(), refused.code().name), (403, "consent_needed"));
    let told = serde_json::to_value(refused.to_body("r")).unwrap();
    assert_eq!(
        (&told["purpose"], &told["notice_version"], &told["consents_url"]),
        (&json!("sms"), &json!(1), &json!("/v1/privacy/consents"))
    );
    agree(&world, &asha, "sms", true).await;
    assert_eq!(sms(&world, &asha).await.unwrap()["items"][0]["result"], "noted");
    let now = world.deps.clock.now();
    assert_eq!(world.deps.store.raw(user("asha"), now).await.unwrap().len(), 1);
    agree(&world, &asha, "sms", false).await;
    assert!(world.deps.store.raw(user("asha"), now).await.unwrap().is_empty(), "texts are gone with the consent");
    assert_eq!(sms(&world, &asha).await.unwrap_err().status(), 403);
    let ravi = token(&world, "ravi").await;
    agree(&world, &ravi, "sms", true).await;
    assert_eq!(sms(&world, &asha).await.unwrap_err().status(), 403, "another's yes is not theirs");
}

#[tokio::test]
async fn every_word_is_kept_and_proven_and_the_same_word_is_said_once() {
    let world = World::new(|_| {}).await;
    let asha = token(&world, "asha").await;
    let none = consents(&world, &asha).await;
    assert!(none["items"].as_array().unwrap().iter().all(|one| one["given"] == false), "nothing is agreed to by itself: {none}");
    for given in [true, true, false, false, true] {
        agree(&world, &asha, "sms", given).await;
    }
    agree(&world, &asha, "marketing", true).await;
    let told = consents(&world, &asha).await;
    let said: Vec<bool> = told["history"].as_array().unwrap().iter().rev().map(|one| one["given"].as_bool().unwrap()).collect();
    assert_eq!(said, [true, false, true, true]);
    assert_eq!((&told["proof"]["entries"], &told["proof"]["is_whole"]), (&json!(4), &json!(true)));
    assert_eq!(told["proof"]["hash"], told["history"][0]["hash"]);
    assert_eq!((&purpose(&told, "sms")["given"], &purpose(&told, "bank_data")["given"]), (&json!(true), &json!(false)));
    assert!(world.deps.store.preferences(user("asha")).await.unwrap().settings.offers, "offers are wanted from then on");
}

#[tokio::test]
async fn what_was_written_past_us_breaks_the_chain_where_it_was() {
    let world = World::new(|_| {}).await;
    let asha = token(&world, "asha").await;
    for given in [true, false, true] {
        agree(&world, &asha, "sms", given).await;
    }
    // Whoever can write to the table makes a yes of the no.
    let Some(Record::Consent(mut no)) = world.deps.store.record(&Key::Consent(user("asha"), 2)).await.unwrap() else { panic!() };
    let domain::consent::Word::Said(said) = &mut no.word else { panic!("it was said") };
    said.given = true;
    world.deps.store.execute(&Overwrite(Record::Consent(no)), world.deps.clock.now()).await.unwrap();
    let told = consents(&world, &asha).await;
    assert_eq!((&told["proof"]["is_whole"], &told["proof"]["broken_at"]), (&json!(false), &json!(2)));
}

struct Overwrite(Record);

impl Command for Overwrite {
    type Done = ();
    type Refusal = std::convert::Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![self.0.key()]
    }

    fn decide(&self, _: &Snapshot, _: domain::Timestamp) -> Result<(Plan, ()), Self::Refusal> {
        let mut plan = Plan::default();
        plan.put(self.0.clone());
        Ok((plan, ()))
    }
}

#[tokio::test]
async fn a_word_on_no_notice_is_refused_and_written_nowhere() {
    let world = World::new(|_| {}).await;
    let asha = token(&world, "asha").await;
    let odd = |name: &str, value: Value| {
        let mut body = word("sms", true);
        body[name] = value;
        body
    };
    for (body, status) in [
        (odd("purpose", json!("everything")), 400),
        (odd("notice_version", json!(2)), 400),
        (odd("notice_version", json!(0)), 400),
        (odd("lang", json!("ta")), 400),
        (word("assistant_memory", true), 409),
        (word("service", false), 409),
    ] {
        let refused = call(&world, &asha, Request::post("/v1/privacy/consents").json(&body)).await.unwrap_err();
        assert_eq!(refused.status(), status, "{body}");
    }
    assert_eq!(consents(&world, &asha).await["proof"]["entries"], 0);
}

/// Asha is known by her phone, and has some of everything.
async fn lived(world: &World) -> String {
    let asha = token(world, "asha").await;
    let row = User { id: user("asha"), phone: Phone::parse("+919812345678").unwrap(), role: Role::Worker, created_at: world.now() };
    world.deps.store.add_user(&row, "h").await.unwrap();
    world.earned("one", 90_000).await;
    agree(world, &asha, "sms", true).await;
    sms(world, &asha).await.unwrap();
    let what = json!({ "client_id": "n1", "changed_at": "2026-11-10T06:30:00Z",
        "note": { "flow": "out", "amount": 3_000, "currency": "INR", "day": "2026-11-10", "what": "food" } });
    let sync = Request::post("/v1/sync").json(&json!({ "records": [what] })).bearer(&asha).build();
    api::cashbook::handle(&world.deps, sync).await.unwrap();
    asha
}

async fn ask(world: &World, token: &str) -> String {
    let asked = call(world, token, Request::post("/v1/privacy/exports")).await.unwrap();
    asked["challenge_id"].as_str().unwrap().to_owned()
}

fn proof(challenge: &str) -> Value {
    json!({ "challenge_id": challenge, "otp": otp_of("o", challenge.parse().unwrap(), None) })
}

/// Works on what lies in the queue.
async fn made(world: &World) {
    let sent: Vec<String> =
        world.outbox.sent.lock().unwrap().extract_if(.., |(queue, _)| *queue == Queue::Papers).map(|(_, body)| body).collect();
    assert!(!sent.is_empty());
    for body in sent {
        queues::papers::handle(&world.deps, Message::new("m", body)).await.unwrap();
    }
}

async fn fetched(world: &World, token: &str, export: &str, part: &str) -> Result<Vec<u8>, u16> {
    let request = Request::get("/v1/privacy/exports/{id}/{part}").param("id", export).param("part", part).bearer(token).build();
    api::privacy::handle(&world.deps, request).await.map(|reply| reply.body).map_err(|problem| problem.status())
}

fn file(zip: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    zip.by_name(name).unwrap_or_else(|_| panic!("no {name}")).read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn a_copy_has_everything_opened_and_no_secret() {
    let world = World::new(|_| {}).await;
    let asha = lived(&world).await;
    let challenge = ask(&world, &asha).await;
    let export = call(&world, &asha, Request::post("/v1/privacy/exports").json(&proof(&challenge))).await.unwrap();
    assert_eq!(export["status"], "making");
    made(&world).await;
    let ready = call(&world, &asha, Request::get("/v1/privacy/exports")).await.unwrap();
    assert_eq!((&ready["status"], &ready["id"], ready["parts"].as_array().unwrap().len()), (&json!("ready"), &export["id"], 1), "{ready}");
    let zip = fetched(&world, &asha, export["id"].as_str().unwrap(), "1").await.unwrap();
    assert_eq!(ready["parts"][0]["bytes"], zip.len());
    let json = |kind: &str| -> Vec<Value> { serde_json::from_str(&file(&zip, &format!("json/{kind}.json"))).unwrap() };
    assert_eq!(json("user")[0]["phone"], "+919812345678");
    assert_eq!(json("account")[0]["balance"], 90_000);
    assert_eq!(json("payment").len(), 1, "once, though a list and a fact tell of it");
    assert!(!json("fact").is_empty() && json("note").len() == 1 && json("consent").len() == 1);
    assert!(json("raw_sms")[0]["text"].as_str().unwrap().contains("CHAI ADDA"), "the texts are opened");
    let page = json("page").into_iter().find(|page| page["day"] == "2026-11-10").unwrap();
    assert!(page["entries"].as_array().unwrap().iter().any(|entry| entry["name"] == "CHAI ADDA"), "and so are names: {page}");
    assert!(json("consent")[0]["at"].as_str().unwrap().ends_with('Z'), "times are times");
    assert!(file(&zip, "csv/raw_sms.csv").starts_with("received_at,sender,text\n"));
    assert!(file(&zip, "about.json").contains("Razorpay"));
    let all =
        zip::ZipArchive::new(Cursor::new(zip.as_slice())).unwrap().file_names().map(|name| name.unwrap().into_owned()).collect::<Vec<_>>();
    for secret in ["user_key", "order", "session"] {
        assert!(!all.iter().any(|name| name.contains(&format!("/{secret}."))), "{secret} is in it: {all:?}");
    }
}

#[tokio::test]
async fn s4_a_copy_is_for_who_proved_the_phone_and_the_session_that_asked() {
    let world = World::new(|_| {}).await;
    let asha = lived(&world).await;
    let ravi = token(&world, "ravi").await;
    let challenge = ask(&world, &asha).await;
    let wrong = json!({ "challenge_id": challenge, "otp": "000000" });
    let refused = call(&world, &asha, Request::post("/v1/privacy/exports").json(&wrong)).await.unwrap_err();
    assert_eq!(refused.status(), 401);
    assert_eq!(call(&world, &asha, Request::get("/v1/privacy/exports")).await.unwrap_err().status(), 404);
    let export = call(&world, &asha, Request::post("/v1/privacy/exports").json(&proof(&challenge))).await.unwrap();
    let id = export["id"].as_str().unwrap();
    assert_eq!(fetched(&world, &asha, id, "1").await, Err(404), "it is not made yet");
    // The same proof again is none; another one while it is made is the same copy.
    assert_eq!(call(&world, &asha, Request::post("/v1/privacy/exports").json(&proof(&challenge))).await.unwrap_err().status(), 401);
    let second = ask(&world, &asha).await;
    assert_eq!(call(&world, &asha, Request::post("/v1/privacy/exports").json(&proof(&second))).await.unwrap()["id"], id);
    made(&world).await;
    let zip = fetched(&world, &asha, id, "1").await.unwrap();
    for (who, id, part) in [(&ravi, id, "1"), (&asha, id, "2"), (&asha, id, "0"), (&asha, id, "01"), (&asha, "0000000000000000", "1")] {
        assert_eq!(fetched(&world, who, id, part).await, Err(404), "{part}");
    }
    assert_eq!(call(&world, &ravi, Request::get("/v1/privacy/exports")).await.unwrap_err().status(), 404);
    // What lies in the table is of no use to who reads it there.
    let rows = world
        .deps
        .store
        .chunks(user("asha"), &world.deps.store.export(user("asha"), world.now()).await.unwrap().unwrap(), 1)
        .await
        .unwrap();
    assert!(rows.iter().all(|row| !row.bytes.starts_with(b"PK")) && zip.starts_with(b"PK"));
}
