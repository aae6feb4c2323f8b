//! The end of an account: out of use at once, held for a year, then unreadable for good.

use crate::{privacy::agree, world::*};
use domain::{
    engine::{Key, Record},
    erasure::{Erasure, ErasureStep},
    fact::Cause,
    id::{AccountId, Fingerprint, NoticeId},
    identity::{Phone, Role},
    payment::Applied,
    suspense::AssignSuspense,
};
use functions::{api, apply, apply::otp::otp_of, clock::Clock, privacy::erase, queues, schedules, table::Queue};
use lambda::{Deadline, Message, Problem, Request, Trace};
use serde_json::{Value, json};
use std::io::{Cursor, Read as _};
use store::Partition;

const PHONE: &str = "+919812345678";
const DAY_MS: i64 = 86_400_000;

async fn call(world: &World, token: &str, body: Option<&Value>) -> Result<Value, Problem> {
    let request = Request::post("/v1/privacy/erasure");
    let request = if let Some(body) = body { request.json(body) } else { request };
    let reply = api::privacy::handle(&world.deps, request.bearer(token).build()).await?;
    Ok(serde_json::from_slice(&reply.body).unwrap())
}

/// Asha, with a bit of everything and no money.
async fn lived(world: &World) -> String {
    let asha = world.sign_in("asha", PHONE, Role::Worker).await.0;
    let open = domain::account::OpenAccount { owner: user("asha"), request_id: "r".to_owned() };
    world.run(&open).await;
    agree(world, &asha, "sms", true).await;
    let text = "Rs.250.00 debited from A/c XX1234 on 10-11-26 to CHAI ADDA. UPI Ref 632412345678. Avl Bal Rs.1,042.50";
    let message = json!({ "sender": "VM-HDFCBK-S", "text": text, "received_at": "2026-11-10T06:30:00Z" });
    let batch = Request::post("/v1/sms/batch").json(&json!({ "messages": [message] })).bearer(&asha).build();
    assert_eq!(api::cashbook::handle(&world.deps, batch).await.unwrap().status, 200);
    let wants = Request::post("/v1/summary").json(&json!({ "is_on": true, "hour": 21 })).bearer(&asha).build();
    api::plans::handle(&world.deps, wants).await.unwrap();
    asha
}

async fn asked(world: &World, token: &str) -> Result<Value, Problem> {
    let challenge = call(world, token, None).await?["challenge_id"].as_str().unwrap().to_owned();
    let otp = otp_of("o", challenge.parse().unwrap(), None);
    call(world, token, Some(&json!({ "challenge_id": challenge, "otp": otp }))).await
}

/// The schedule finds what is due, whether a message of it came or not.
async fn worked(world: &World) {
    schedules::wake::handle(&world.deps, Deadline::never()).await.unwrap();
    let sent: Vec<String> =
        world.outbox.sent.lock().unwrap().extract_if(.., |(queue, _)| *queue == Queue::Papers).map(|(_, body)| body).collect();
    for body in sent {
        queues::papers::handle(&world.deps, Message::new("m", body)).await.unwrap();
    }
}

async fn erasure(world: &World) -> Erasure {
    erase::find(&world.deps, user("asha")).await.unwrap().unwrap()
}

async fn rows(world: &World, partition: Partition) -> Vec<String> {
    let rows = world.deps.store.rows_in(&partition, None, 500).await.unwrap().0;
    rows.iter().map(|row| row.record.as_ref().map_or("row", |record| record.kind().code()).to_owned()).collect()
}

#[tokio::test]
async fn an_account_ends_without_money_and_for_who_proves_the_phone() {
    let world = World::new(|_| {}).await;
    let asha = lived(&world).await;
    let wrong = json!({ "challenge_id": call(&world, &asha, None).await.unwrap()["challenge_id"], "otp": "000000" });
    assert_eq!(call(&world, &asha, Some(&wrong)).await.unwrap_err().status(), 401);
    world.earned("one", 90_000).await;
    let refused = asked(&world, &asha).await.unwrap_err();
    assert_eq!((refused.status(), refused.code().name), (409, "money_left"));
    let told = serde_json::to_value(refused.to_body("r")).unwrap();
    assert_eq!((&told["balance"], &told["held_amount"]), (&json!(90_000), &json!(0)), "{told}");
    assert!(erase::find(&world.deps, user("asha")).await.unwrap().is_none());
    let operator = world.operator(Role::Ops).await;
    assert_eq!(call(&world, &operator, None).await.unwrap_err().status(), 409, "an operator's acts are on record");
}

#[tokio::test]
async fn what_is_erased_is_out_of_use_at_once_and_held_for_a_year() {
    let mut world = World::new(|_| {}).await;
    let asha = lived(&world).await;
    let hash = world.deps.pepper().await.unwrap().phone_hash(&Phone::parse(PHONE).unwrap());
    let told = asked(&world, &asha).await.unwrap();
    assert_eq!(told["status"], "asked");
    assert_eq!(call(&world, &asha, None).await.unwrap_err().status(), 401, "the session has ended with the answer");
    // Another device of hers, that nobody told.
    let (other, _) = world.session("asha", Role::Worker).await;
    worked(&world).await;
    assert_eq!(call(&world, &other, None).await.unwrap_err().status(), 401);
    assert_eq!(world.deps.store.user_by_phone(&hash).await.unwrap(), None, "who proves the phone is somebody else now");
    let trace = Trace::default();
    assert!(world.deps.vault(user("asha"), &trace).await.is_err(), "nothing can be sealed or opened any more");
    worked(&world).await;
    assert_eq!(erasure(&world).await.step, ErasureStep::Removed, "a step asks for the next");
    for (partition, left) in [
        (Partition::Known(user("asha")), vec!["consent", "consents", "user_key", "erasure"]),
        (Partition::Told(user("asha")), vec![]),
        (Partition::User(user("asha")), vec![]),
    ] {
        assert_eq!(rows(&world, partition.clone()).await, left, "{partition:?}");
    }
    assert!(world.deps.store.raw(user("asha"), world.now()).await.unwrap().is_empty());
    let account = world.deps.store.record(&Key::Account(AccountId::wallet_of(user("asha")))).await.unwrap();
    assert!(matches!(account, Some(Record::Account(account)) if account.status == domain::account::AccountStatus::Closed));
    // What was on its way is found an hour later.
    let late = domain::summary::SetSummary { user: user("asha"), is_on: true, hour: None, said_at: world.now() };
    world.run(&late).await;
    worked(&world).await;
    assert_eq!(erasure(&world).await.step, ErasureStep::Removed, "not before the hour is over");
    world.deps.clock = Clock::Off { by_ms: 3_601_000 };
    worked(&world).await;
    assert_eq!(erasure(&world).await.step, ErasureStep::Held);
    assert!(!rows(&world, Partition::Known(user("asha"))).await.contains(&"summary".to_owned()));
    let held = erase::held_part(&world.deps, &erasure(&world).await, 1, world.deps.clock.now()).await.unwrap().unwrap();
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(held)).unwrap().by_name("json/user.json").unwrap().read_to_string(&mut text).unwrap();
    assert!(text.contains(PHONE), "the copy is whole, though everything else is gone");
    world.deps.clock = Clock::Off { by_ms: 364 * DAY_MS };
    worked(&world).await;
    assert_eq!(erasure(&world).await.step, ErasureStep::Held);
    world.deps.clock = Clock::Off { by_ms: 366 * DAY_MS };
    worked(&world).await;
    let over = erasure(&world).await;
    assert_eq!((over.step, over.key.as_ref(), over.hold.as_ref(), over.due_at), (ErasureStep::Destroyed, None, None, None));
    assert!(erase::held_part(&world.deps, &over, 1, world.deps.clock.now()).await.unwrap().is_none());
}

/// What a customer paid before, and nobody told us of, is nobody's money that is lost.
#[tokio::test]
async fn f5_a_payment_that_is_told_after_the_account_has_ended_waits_for_an_operator() {
    let world = World::new(|_| {}).await;
    let asha = lived(&world).await;
    let (_, paid) = world.paid("one", 50_000).await;
    asked(&world, &asha).await.unwrap();
    worked(&world).await;
    worked(&world).await;
    let told = world.deps.razorpay().await.unwrap().0.payment(&paid).await.unwrap();
    let applied = apply::payment::apply(&world.deps, &told, Cause::ProviderAnswer, &Trace::default()).await.unwrap();
    let Applied::Parked(parked) = applied else { panic!("{applied:?}") };
    let assign = AssignSuspense { suspense: parked.id, to: user("asha"), by: user("ops"), request_id: "r".to_owned() };
    assert!(world.deps.store.execute(&assign, world.now()).await.is_err(), "nor is it given to a closed account");
    assert_eq!(world.balance().await, 0);
}

/// Messages about somebody who is gone are done, and no dead letters.
#[tokio::test]
async fn work_that_was_on_its_way_for_who_was_erased_is_left_undone() {
    let world = World::new(|_| {}).await;
    let asha = lived(&world).await;
    asked(&world, &asha).await.unwrap();
    worked(&world).await;
    assert_eq!(erasure(&world).await.step, ErasureStep::Removed);
    let (id, gone) = (user("asha").to_string(), NoticeId::new(world.now(), Fingerprint::of("notice", "gone")).to_string());
    let climb = json!({ "work": "climb_notice", "notice": gone, "user": id }).to_string();
    queues::notices::handle(&world.deps, Message::new("m", climb.clone())).await.unwrap();
    let document = json!({ "work": "look_at_book", "user": id }).to_string();
    queues::insights::handle(&world.deps, Message::new("m", document)).await.unwrap();
    let another = climb.replace(&id, &user("ravi").to_string());
    assert!(queues::notices::handle(&world.deps, Message::new("m", another)).await.is_err(), "of whoever is there, it is a fault");
}

#[tokio::test]
async fn what_is_held_is_opened_for_a_reason_that_is_written_down() {
    let world = World::new(|_| {}).await;
    let asha = lived(&world).await;
    asked(&world, &asha).await.unwrap();
    worked(&world).await;
    let (operator, id) = (world.operator(Role::Ops).await, user("asha").to_string());
    let open = async |user: &str, part: &str, body: Value| {
        let request = Request::post("/v1/ops/erasures/{user}/parts/{part}").param("user", user).param("part", part).json(&body);
        api::operations::handle(&world.deps, request.bearer(&operator).build()).await.map_err(|problem| problem.status())
    };
    assert_eq!(open(&id, "1", json!({ "why": " " })).await.unwrap_err(), 400);
    for (user, part) in [(id.as_str(), "2"), (&id, "0"), (&id, "01"), (&user("ravi").to_string(), "1")] {
        assert_eq!(open(user, part, json!({ "why": "An order of a court" })).await.unwrap_err(), 404, "{part}");
    }
    assert!(world.deps.store.acts(None, 10).await.unwrap().0.is_empty(), "what was refused is no act");
    let part = open(&id, "1", json!({ "why": "An order of a court" })).await.unwrap();
    assert!(part.body.starts_with(b"PK"));
    let (acts, _) = world.deps.store.acts(None, 10).await.unwrap();
    let act = &acts[0].act;
    assert_eq!(
        (act.action.as_str(), act.subject.as_str(), act.proof.as_str()),
        ("erasure.open", id.as_str(), "part 1: An order of a court")
    );
    let show = Request::get("/v1/ops/erasures/{user}").param("user", &id).bearer(&operator).build();
    let told: Value = serde_json::from_slice(&api::operations::handle(&world.deps, show).await.unwrap().body).unwrap();
    assert_eq!((&told["status"], &told["parts"]), (&json!("removed"), &json!(1)));
}
