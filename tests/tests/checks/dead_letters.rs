//! Proof before a re-drive.

use crate::world::*;
use domain::{identity::Role, work::Work};
use functions::{api, outlets::DeadLetter, table::Queue, work::WorkMessage};
use lambda::{Problem, Reply, Request, Trace};
use serde_json::{Value, json};

fn letter(id: &str, body: &str) -> DeadLetter {
    DeadLetter { id: id.to_owned(), body: body.to_owned(), trace: Trace::default(), sent_at_ms: 0, receipt: format!("receipt-{id}") }
}

async fn ask(world: &World, token: &str, body: Option<Value>) -> Result<Reply, Problem> {
    world.outbox.reappear();
    let request = Request::post("/v1/ops/dead-letters/{queue}/redrive").bearer(token).param("queue", "inbox");
    let request = match body {
        Some(body) => request.json(&body),
        None => request,
    };
    api::operations::handle(&world.deps, request.build()).await
}

fn body(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap()
}

async fn acts(world: &World, token: &str) -> Vec<Value> {
    let reply = api::operations::handle(&world.deps, Request::get("/v1/ops/audit").bearer(token).build()).await.unwrap();
    body(&reply)["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn only_what_it_helps_is_sent_back_and_the_rest_by_name_and_force() {
    let world = World::new(|_| {}).await;
    world.earned("o1", 150_000).await;
    let done = world.paid_out("p1", 40_000).await;
    let now = world.now();
    let event = r#"{"event":"payment.downtime.started","payload":{}}"#;
    for (id, body) in [("razorpay#new", event), ("razorpay#old", event), ("razorpay#odd", "[]")] {
        world.deps.store.keep_webhook(id, "", body.as_bytes(), now).await.unwrap();
    }
    world.deps.store.mark_webhook("razorpay#old", store::InboundStatus::Processed, "credited").await.unwrap();
    let webhook = |id: &str| WorkMessage::Webhook { id: id.to_owned() }.to_body();
    let advance = WorkMessage::from(&Work::AdvancePayout { payout: done.id, payee: done.payee, account: done.account }).to_body();
    world.outbox.dead.lock().unwrap().extend([
        letter("m-new", &webhook("razorpay#new")),
        letter("m-old", &webhook("razorpay#old")),
        letter("m-odd", &webhook("razorpay#odd")),
        letter("m-lost", &webhook("razorpay#lost")),
        letter("m-done", &advance),
        letter("m-poison", "[1"),
    ]);
    let sent = || world.outbox.sent.lock().unwrap().iter().filter(|(queue, _)| *queue == Queue::Inbox).count();
    let before = sent();
    let token = world.operator(Role::Ops).await;

    let reply = body(&ask(&world, &token, None).await.unwrap());
    assert_eq!((reply["sent_back"].clone(), reply["left"].clone(), sent() - before), (json!(1), json!(5), 1));
    let why = |id: &str| {
        reply["refused"].as_array().unwrap().iter().find(|one| one["message_id"] == id).unwrap()["why"].as_str().unwrap().to_owned()
    };
    for id in ["m-odd", "m-lost", "m-poison"] {
        assert!(why(id).starts_with("fail again: "), "{}", why(id));
    }
    for id in ["m-old", "m-done"] {
        assert!(why(id).starts_with("look, and find nothing to do: "), "{}", why(id));
    }

    // Nothing is left that it helps.
    let refused = ask(&world, &token, Some(json!({}))).await.unwrap_err();
    assert_eq!((refused.status(), refused.code().name), (409, "redrive_refused"));
    for id in ["m-old", "m-odd", "m-lost", "m-done", "m-poison"] {
        let refused = ask(&world, &token, Some(json!({ "message_id": id }))).await.unwrap_err();
        assert_eq!(refused.status(), 409);
        assert!(refused.detail().contains(&why(id)), "{}", refused.detail());
    }
    assert_eq!(ask(&world, &token, Some(json!({ "force": true }))).await.unwrap_err().status(), 400, "force is for one");
    assert_eq!(ask(&world, &token, Some(json!({ "message_id": "m-9" }))).await.unwrap_err().status(), 404);
    assert_eq!(sent() - before, 1, "what is refused is not sent");

    let forced = body(&ask(&world, &token, Some(json!({ "message_id": "m-lost", "force": true }))).await.unwrap());
    assert_eq!((forced["sent_back"].clone(), sent() - before), (json!(1), 2));
    assert_eq!(ask(&world, &token, Some(json!({ "message_id": "m-lost" }))).await.unwrap_err().status(), 404, "it is gone");

    let acts = acts(&world, &token).await;
    let told: Vec<(&str, bool)> = acts.iter().map(|act| (act["subject"].as_str().unwrap(), act["forced"].as_bool().unwrap())).collect();
    assert!(matches!(told.as_slice(), [(lost, true), (new, false)] if lost.contains("m-lost") && new.contains("m-new")), "{told:?}");
    assert!(acts[0]["proof"].as_str().unwrap().starts_with("fail again") && acts[0]["by"].as_str().unwrap().starts_with("usr_"));
}

#[tokio::test]
async fn support_looks_and_does_not_send() {
    let world = World::new(|_| {}).await;
    world.outbox.dead.lock().unwrap().push_back(letter("m-1", "{"));
    let token = world.operator(Role::Support).await;
    assert_eq!(ask(&world, &token, None).await.unwrap_err().status(), 403);
    let list = api::operations::handle(&world.deps, Request::get("/v1/ops/dead-letters").bearer(&token).build()).await.unwrap();
    let shown = body(&list)["queues"][0]["letters"][0].clone();
    assert_eq!((shown["needs_force"].clone(), shown["work"].clone()), (json!(true), Value::Null));
}
