//! F3, F8: what a provider says, in every order.

use crate::{
    attacks::all,
    balance, cash_out, digits, key, stack, until,
    webhook::{event_id, payment, payment_event, payment_id, tell, work_on},
    worker_with,
};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::{stack::Stack, worker::Worker};

const AMOUNT: i64 = 2_500;

fn permutations<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut found = Vec::new();
    for n in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(n);
        found.extend(permutations(&rest).into_iter().map(|rest| [vec![first.clone()], rest].concat()));
    }
    found
}

/// What the gateway says of one payment in its life; `refunded` is a snapshot from after a refund.
fn told(name: &str, id: &str, order: &str) -> Value {
    let of = |status: &str| payment(id, order, AMOUNT, status);
    match name {
        "authorized" => payment_event("payment.authorized", &of("authorized")),
        "failed" => payment_event("payment.failed", &of("failed")),
        "refunded" => payment_event("payment.captured", &of("refunded")),
        "paid" => {
            let paid = json!({ "id": order, "entity": "order", "amount": AMOUNT, "amount_paid": AMOUNT, "amount_due": 0, "currency": "INR",
                "receipt": null, "status": "paid", "attempts": 1, "notes": [], "created_at": 1_795_240_800 });
            json!({ "entity": "event", "event": "order.paid", "contains": ["payment", "order"], "created_at": 1_795_240_801,
                "payload": { "payment": { "entity": of("captured") }, "order": { "entity": paid } } })
        }
        _ => payment_event("payment.captured", &of("captured")),
    }
}

/// Tells and works on them one after another, and answers what the payment was after each.
async fn in_this_order(stack: &Stack, worker: &Worker, order: &[&str]) -> Result<Vec<String>> {
    let opened = worker.order(&key("order"), AMOUNT).await?;
    let provider_order = opened["razorpay"]["order_id"].as_str().context("no order")?;
    let path = format!("/v1/payments/{}", opened["id"].as_str().context("no id")?);
    let id = payment_id();
    let mut states = Vec::new();
    for name in order {
        let event = event_id(name);
        ensure!(tell("razorpay", &told(name, &id, provider_order), &event).await? == 200);
        work_on(stack, "razorpay", &event).await?;
        states.push(worker.get(&path).await?["status"].as_str().unwrap_or_default().to_owned());
    }
    Ok(states)
}

#[tokio::test]
async fn f3_a_payment_ends_captured_and_credited_once_in_whatever_order_it_is_told() -> Result<()> {
    let stack = stack()?;
    // All of them are tried on the rules (`domain::payment`); here, every fifth.
    let orders: Vec<_> = permutations(&["authorized", "captured", "paid", "failed", "refunded"]).into_iter().step_by(5).collect();
    assert_eq!(orders.len(), 24);
    let workers = all((0..6).map(|_| worker_with(0))).await?;
    let walked = all(orders.chunks(4).zip(&workers).map(async |(orders, worker)| {
        let mut walked = Vec::new();
        for order in orders {
            walked.push((order.clone(), in_this_order(&stack, worker, order).await?));
        }
        Ok(walked)
    }))
    .await?;
    for (order, states) in walked.iter().flatten() {
        assert_eq!(states.last().map(String::as_str), Some("captured"), "{order:?}: {states:?}");
        // Never back, once the money is in; and before that, a late authorisation follows a failure.
        let came_in = order.iter().position(|name| matches!(*name, "captured" | "paid" | "refunded")).unwrap_or_default();
        assert!(states[came_in..].iter().all(|state| state == "captured"), "{order:?}: {states:?}");
        let early = &order[..came_in];
        let expected = if early.contains(&"authorized") { Some("authorized") } else { early.contains(&"failed").then_some("failed") };
        assert_eq!(states[..came_in].last().map(String::as_str), expected, "{order:?}: {states:?}");
    }
    for worker in &workers {
        assert_eq!(balance(worker).await?, 4 * AMOUNT);
        let entries = worker.get("/v1/wallet/statement?limit=100").await?;
        assert_eq!(entries["items"].as_array().map(Vec::len), Some(4), "{entries}");
    }
    Ok(())
}

#[tokio::test]
async fn f3_a_refund_ends_processed_and_is_taken_once_in_whatever_order_it_is_told() -> Result<()> {
    let worker = worker_with(90_000).await?;
    let payment = worker.get("/v1/payments").await?["items"][0].clone();
    let (id, provider_id) = (payment["id"].as_str().context("no id")?, payment["razorpay"]["payment_id"].as_str().context("no payment")?);
    let mut taken = 0;
    for order in permutations(&["refund.created", "refund.processed", "refund.speed_changed"]) {
        // No word of the provider's own comes between ours.
        let note = digits("rfnd");
        let refund =
            worker.post(&format!("/v1/payments/{id}/refunds"), Some(&key("refund")), json!({ "amount": 1_000, "note": note })).await?;
        let ours = refund["id"].as_str().context("no refund")?;
        let path = format!("/v1/refunds/{ours}");
        let known = async || {
            let made = worker.stack.get(format!("{}/state/refunds", worker.stack.sandbox_url)).await?;
            Ok::<_, anyhow::Error>(made["items"].as_array().into_iter().flatten().find(|made| made["receipt"] == ours).cloned())
        };
        until("the provider has it", async || Ok(known().await?.is_some())).await?;
        let made = known().await?.context("gone")?;
        for name in &order {
            let mut entity = made.clone();
            entity["status"] = json!(if *name == "refund.created" { "pending" } else { "processed" });
            entity["payment_id"] = json!(provider_id);
            let body = json!({ "entity": "event", "event": name, "contains": ["refund"], "payload": { "refund": { "entity": entity } } });
            let event = event_id("refund");
            assert_eq!(tell("razorpay", &body, &event).await?, 200);
            work_on(&worker.stack, "razorpay", &event).await?;
        }
        taken += 1_000;
        until("it is processed", async || Ok(worker.get(&path).await?["status"] == "processed")).await?;
        assert_eq!(balance(&worker).await?, 90_000 - taken, "{order:?}");
    }
    assert_eq!(worker.get(&format!("/v1/payments/{id}")).await?["refunded_amount"], taken);
    Ok(())
}

/// The provider's words about a payout of ours, as it sent them.
async fn words(stack: &Stack, payout: &str) -> Result<Vec<Value>> {
    let sent = stack.get(format!("{}/webhooks/sent?provider=razorpayx", stack.sandbox_url)).await?;
    let bodies = sent["items"].as_array().into_iter().flatten().filter_map(|sent| sent["body"].as_str());
    let bodies = bodies.filter(|body| body.contains(payout) && body.contains("\"payout.")).map(serde_json::from_str);
    Ok(bodies.collect::<Result<_, _>>()?)
}

#[tokio::test]
async fn f8_a_returned_payout_gives_its_money_back_once_however_it_is_told() -> Result<()> {
    let worker = worker_with(100_000).await?;
    let stack = &worker.stack;
    let payout = worker.post("/v1/payouts", Some(&key("back")), cash_out(60_000, "reverse@okaxis")).await?;
    let id = payout["id"].as_str().context("no id")?.to_owned();
    let path = format!("/v1/payouts/{id}");
    until("it is reversed", async || Ok(worker.get(&path).await?["status"] == "reversed")).await?;
    assert_eq!(balance(&worker).await?, 100_000);
    let words = words(stack, &id).await?;
    let names: BTreeSet<&str> = words.iter().filter_map(|word| word["event"].as_str()).collect();
    assert!(names.contains("payout.processed") && names.contains("payout.reversed"), "{names:?}");
    // Each of its words once more, forwards and backwards, as events that were never seen.
    for word in words.iter().chain(words.iter().rev()) {
        let event = event_id("again");
        assert_eq!(tell("razorpayx", word, &event).await?, 200);
        work_on(stack, "razorpayx", &event).await?;
        assert_eq!(worker.get(&path).await?["status"], "reversed", "after {}", word["event"]);
    }
    let wallet = worker.get("/v1/wallet").await?;
    assert_eq!((&wallet["balance_amount"], &wallet["held_amount"]), (&json!(100_000), &json!(0)));
    Ok(())
}

/// `reversed` overtakes `processed`.
#[tokio::test]
async fn f8_a_payout_whose_return_is_told_first_ends_returned_with_the_money_back_once() -> Result<()> {
    let (stack, worker) = (stack()?, worker_with(100_000).await?);
    let note = digits("overtaken");
    let fault = json!({ "provider": "razorpayx", "fault": "drop_webhooks", "about": note });
    stack.post(format!("{}/faults", stack.sandbox_url), fault).await?;
    let mut ask = cash_out(60_000, "reverse@okaxis");
    ask["note"] = json!(note);
    let payout = worker.post("/v1/payouts", Some(&key("overtaken")), ask).await?;
    let id = payout["id"].as_str().context("no id")?.to_owned();
    let path = format!("/v1/payouts/{id}");
    let is = |name: &'static str| move |word: &&Value| word["event"] == name;
    until("the bank has returned it", async || Ok(words(&stack, &id).await?.iter().any(|word| is("payout.reversed")(&word)))).await?;
    let words = words(&stack, &id).await?;
    for name in ["payout.reversed", "payout.processed", "payout.initiated", "payout.reversed", "payout.processed"] {
        let Some(word) = words.iter().find(is(name)) else { continue };
        let event = event_id("overtaken");
        assert_eq!(tell("razorpayx", word, &event).await?, 200);
        work_on(&stack, "razorpayx", &event).await?;
        let wallet = worker.get("/v1/wallet").await?;
        assert_eq!((&wallet["balance_amount"], &wallet["held_amount"]), (&json!(100_000), &json!(0)), "after {name}");
    }
    assert_eq!(worker.get(&path).await?["status"], "reversed");
    Ok(())
}
