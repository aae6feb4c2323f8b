//! The cash book over its API: what SMS, the wallet, banks, the chat and apps tell of, each movement once.

use crate::{assistant::talk::*, privacy::agree, world::*};
use domain::identity::Role;
use functions::{api, table::Queue, work::WorkMessage};
use lambda::{Problem, Request};
use serde_json::{Value, json};

async fn token(world: &World) -> String {
    world.session("asha", Role::Worker).await.0
}

async fn call(world: &World, token: &str, request: lambda::http::request::RequestBuilder) -> Result<Value, Problem> {
    let reply = api::cashbook::handle(&world.deps, request.bearer(token).build()).await?;
    Ok(serde_json::from_slice(&reply.body).unwrap())
}

async fn sms(world: &World, token: &str, messages: Value) -> Vec<Value> {
    agree(world, token, "sms", true).await;
    let answer = call(world, token, Request::post("/v1/sms/batch").json(&json!({ "messages": messages }))).await.unwrap();
    answer["items"].as_array().unwrap().clone()
}

async fn book(world: &World, token: &str, from: &str, to: &str) -> Value {
    call(world, token, Request::get("/v1/cashbook").query(format!("from={from}&to={to}"))).await.unwrap()
}

async fn sync(world: &World, token: &str, records: Value) -> Vec<Value> {
    let answer = call(world, token, Request::post("/v1/sync").json(&json!({ "records": records }))).await.unwrap();
    answer["items"].as_array().unwrap().clone()
}

fn message(text: &str, received_at: &str) -> Value {
    json!({ "sender": "VM-HDFCBK-S", "text": text, "received_at": received_at })
}

/// Days before those that a test's own clock may write of.
const DAY: &str = "2026-11-10";

fn debit() -> Value {
    let text = "Rs.250.00 debited from A/c XX1234 on 10-11-26 to CHAI ADDA. UPI Ref 632412345678. Avl Bal Rs.1,042.50";
    message(text, "2026-11-10T06:30:00Z")
}

#[tokio::test]
async fn messages_are_read_once_and_what_is_no_movement_says_why() {
    let world = World::new(|_| {}).await;
    let token = token(&world).await;
    let otp = message("123456 is your OTP for a transaction of Rs.250. Do not share it with anyone.", "2026-11-10T06:29:00Z");
    let both = json!([debit(), otp]);
    let first = sms(&world, &token, both.clone()).await;
    assert_eq!((&first[0]["result"], &first[1]["result"], &first[1]["why"]), (&json!("noted"), &json!("nothing"), &json!("otp")));
    let again = sms(&world, &token, both).await;
    assert_eq!((&again[0]["result"], &again[0]["entry_id"]), (&json!("known"), &first[0]["entry_id"]));
    let book = book(&world, &token, DAY, DAY).await;
    let entry = &book["days"][0]["entries"][0];
    assert_eq!((&book["expenses_amount"], &book["income_amount"]), (&json!(25_000), &json!(0)));
    assert_eq!((&entry["name"], &entry["told_by"][0]["account"], &entry["what"]), (&json!("CHAI ADDA"), &json!("1234"), &json!("food")));
    // Nothing of the text lies there to be read, in either table.
    let raw = world.deps.store.raw(user("asha"), world.now()).await.unwrap();
    assert_eq!(raw.len(), 1);
    assert!(!raw[0].bytes.windows(4).any(|part| part == b"CHAI"));
}

#[tokio::test]
async fn what_is_noted_in_the_chat_and_told_by_sms_counts_once() {
    let mut talk = Talk::new().await;
    let token = token(&talk.world).await;
    talk.says("chai 250").await;
    let today = domain::limits::india_time(talk.world.now()).date().to_string();
    let text = "Rs.250.00 debited from A/c XX1234 to CHAI ADDA. UPI Ref 632412345678";
    let told = sms(&talk.world, &token, json!([message(text, &talk.world.now().to_string())])).await;
    assert_eq!(told[0]["result"], json!("matched"), "{told:?}");
    let book = book(&talk.world, &token, &today, &today).await;
    assert_eq!(book["expenses_amount"], json!(25_000), "{book}");
    let sources: Vec<&Value> = book["days"][0]["entries"][0]["told_by"].as_array().unwrap().iter().map(|one| &one["source"]).collect();
    assert_eq!(sources, [&json!("sms"), &json!("chat")]);
}

#[tokio::test]
async fn the_wallet_tells_of_what_moved_there_and_a_cash_out_is_not_spent() {
    let world = World::new(|_| {}).await;
    let token = token(&world).await;
    world.earned("one", 90_000).await;
    let account = domain::id::AccountId::wallet_of(user("asha"));
    let page = world.deps.store.facts_before(account, u64::MAX, 50, |_| true).await.unwrap();
    let noted: Vec<WorkMessage> = page.facts.iter().filter_map(WorkMessage::note).collect();
    assert_eq!(noted.len(), 1);
    note_twice(&world, &page.facts).await;
    let today = domain::limits::india_time(world.now()).date().to_string();
    let book = book(&world, &token, &today, &today).await;
    assert_eq!((&book["income_amount"], &book["earned"][0]["what"]), (&json!(90_000), &json!("customers")), "{book}");
}

async fn note_twice(world: &World, facts: &[domain::fact::Fact]) {
    for fact in facts.iter().chain(facts) {
        functions::book::note_fact(&world.deps, fact, &lambda::Trace::default()).await.unwrap();
    }
}

#[tokio::test]
async fn two_customers_who_pay_the_same_within_an_hour_are_two() {
    let world = World::new(|_| {}).await;
    let token = token(&world).await;
    world.earned("one", 50_000).await;
    world.earned("two", 50_000).await;
    let account = domain::id::AccountId::wallet_of(user("asha"));
    let page = world.deps.store.facts_before(account, u64::MAX, 50, |_| true).await.unwrap();
    note_twice(&world, &page.facts).await;
    let today = domain::limits::india_time(world.now()).date().to_string();
    assert_eq!(book(&world, &token, &today, &today).await["income_amount"], json!(100_000));
}

#[tokio::test]
async fn what_its_owner_says_counts_and_is_learned_for_the_next_of_the_same_shop() {
    let world = World::new(|_| {}).await;
    let token = token(&world).await;
    let of_day = |day: &str, reference: &str| {
        let text = format!("Rs.900.00 debited from A/c XX1234 on {day}-11-26 to SURESH R. UPI Ref {reference}");
        message(&text, &format!("2026-11-{day}T06:30:00Z"))
    };
    let first = sms(&world, &token, json!([of_day("08", "632412345671")])).await;
    let (day, id) = (first[0]["day"].as_str().unwrap(), first[0]["entry_id"].as_str().unwrap());
    let correct = |id: &str, body: Value| Request::post("/v1/cashbook/{day}/{entry}").param("day", day).param("entry", id).json(&body);
    let named = call(&world, &token, correct(id, json!({ "what": "rent" }))).await.unwrap();
    assert_eq!((&named["what"], &named["named_by"], &named["name"]), (&json!("rent"), &json!("user"), &json!("SURESH R")));
    sms(&world, &token, json!([of_day("09", "632412345672")])).await;
    let seen = book(&world, &token, "2026-11-09", "2026-11-09").await;
    assert_eq!(seen["days"][0]["entries"][0]["named_by"], json!("learned"), "{seen}");
    let ignored = call(&world, &token, correct(id, json!({ "nature": "ignored" }))).await.unwrap();
    assert_eq!(ignored["nature"], json!("ignored"));
    assert_eq!(book(&world, &token, "2026-11-08", "2026-11-08").await["expenses_amount"], json!(0));
    for (body, status) in [(json!({}), 400), (json!({ "what": "Rent!" }), 400), (json!({ "what": "" }), 400)] {
        assert_eq!(call(&world, &token, correct(id, body.clone())).await.unwrap_err().status(), status, "{body}");
    }
    let none = call(&world, &token, correct("0000000000000000", json!({ "what": "rent" }))).await;
    assert_eq!(none.unwrap_err().status(), 404);
}

#[tokio::test]
async fn a_phone_that_was_offline_hands_its_notes_on_and_may_do_so_again() {
    let world = World::new(|_| {}).await;
    let token = token(&world).await;
    let note = |id: &str, at: &str, amount: i64| json!({ "client_id": id, "changed_at": at, "note": { "flow": "out", "amount": amount, "currency": "INR", "day": DAY, "what": "fuel" } });
    let batch = json!([note("n1", "2026-11-10T10:00:00.123456789Z", 20_000), note("n2", "2026-11-10T10:00:00Z", 20_000)]);
    let results = |items: &[Value]| items.iter().map(|item| item["result"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(results(&sync(&world, &token, batch.clone()).await), ["applied", "applied"]);
    assert_eq!(results(&sync(&world, &token, batch).await), ["unchanged", "unchanged"]);
    assert_eq!(book(&world, &token, DAY, DAY).await["expenses_amount"], json!(40_000), "two equal notes are two");
    let later = json!([
        note("n1", "2026-11-10T09:00:00Z", 99_900),
        note("n1", "2026-11-10T11:00:00Z", 30_000),
        { "client_id": "n2", "changed_at": "2026-11-10T12:00:00Z", "is_deleted": true },
        { "client_id": "n3", "changed_at": "2026-11-10T12:00:00Z" },
        note("n4", "yesterday", 1),
        { "client_id": "n5", "changed_at": "2026-11-10T12:00:00Z", "note": { "flow": "in", "amount": 1, "currency": "INR", "day": "2031-01-01" } },
    ]);
    assert_eq!(results(&sync(&world, &token, later).await), ["stale", "applied", "applied", "refused", "refused", "refused"]);
    assert_eq!(book(&world, &token, DAY, DAY).await["expenses_amount"], json!(30_000));
}

#[tokio::test]
async fn whose_book_it_is_sees_it_and_nobody_else() {
    let world = World::new(|_| {}).await;
    let (asha, ravi) = (token(&world).await, world.session("ravi", Role::Worker).await.0);
    let told = sms(&world, &asha, json!([debit()])).await;
    assert_eq!(book(&world, &ravi, DAY, DAY).await["days"], json!([]));
    let steal = Request::post("/v1/cashbook/{day}/{entry}")
        .param("day", DAY)
        .param("entry", told[0]["entry_id"].as_str().unwrap())
        .json(&json!({ "what": "rent" }));
    assert_eq!(call(&world, &ravi, steal).await.unwrap_err().status(), 404);
    for query in ["from=2026-11-10&to=2026-11-09", "from=2026-01-01&to=2026-02-01", "from=today&to=today", ""] {
        let refused = call(&world, &asha, Request::get("/v1/cashbook").query(query)).await;
        assert_eq!(refused.unwrap_err().status(), 400, "{query}");
    }
}

#[tokio::test]
async fn what_a_connected_bank_tells_is_in_the_book_and_read_again_it_is_there_once() {
    let mut talk = Talk::new().await;
    let token = token(&talk.world).await;
    super::assistant::banks::connected(&mut talk).await;
    let today = domain::limits::india_time(talk.world.now()).date();
    let from = today - jiff::ToSpan::days(30);
    let first = book(&talk.world, &token, &from.to_string(), &today.to_string()).await;
    assert!(first["income_amount"].as_i64().unwrap() > 0 && first["expenses_amount"].as_i64().unwrap() > 0, "{first}");
    talk.wait(6 * 3_600 + 1);
    functions::schedules::wake::handle(&talk.world.deps, lambda::Deadline::never()).await.unwrap();
    talk.works(Queue::Banks).await;
    let token = self::token(&talk.world).await;
    let second = book(&talk.world, &token, &from.to_string(), &today.to_string()).await;
    assert_eq!(first["days"], second["days"]);
}
