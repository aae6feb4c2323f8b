//! F1, F2, F4, F5, F6, F11, F31: the same thing heard many times, early, late, or all at once.

use crate::{
    attacks::all,
    balance, cash_out, digits, key, stack, staff, until,
    webhook::{deliver, event_id, payment, payment_event, payment_id, signed, tell, work_on},
    worker_with,
};
use anyhow::{Context, Result, ensure};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tests::worker::Worker;

async fn order_of(worker: &Worker, amount: i64) -> Result<String> {
    let order = worker.order(&key("order"), amount).await?;
    Ok(order["razorpay"]["order_id"].as_str().context("no order")?.to_owned())
}

fn captured(order: &str, amount: i64) -> Value {
    payment_event("payment.captured", &payment(&payment_id(), order, amount, "captured"))
}

async fn outcome(staff: &Worker, event: &str) -> Result<Value> {
    staff.get(&format!("/v1/ops/webhooks/razorpay:{event}")).await
}

#[tokio::test]
async fn f1_three_bodies_under_one_event_id_are_the_first_of_them() -> Result<()> {
    let (stack, staff) = (stack()?, staff().await?);
    for at_once in [false, true] {
        let worker = worker_with(0).await?;
        let amounts = [11_000, 22_000, 44_000];
        let orders = all(amounts.map(|amount| order_of(&worker, amount))).await?;
        let bodies: Vec<String> = orders.iter().zip(amounts).map(|(order, amount)| captured(order, amount).to_string()).collect();
        let event = event_id("same");
        let deliveries = bodies.iter().cycle().take(30).map(async |body| {
            let signature = signed("razorpay", body.as_bytes())?;
            deliver(&stack, "razorpay", body.clone(), &signature, &event).await
        });
        let statuses = if at_once {
            futures::future::join_all(deliveries).await.into_iter().collect::<Result<Vec<_>>>()?
        } else {
            let mut statuses = Vec::new();
            for delivery in deliveries.take(9) {
                statuses.push(delivery.await?);
            }
            statuses
        };
        assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
        until("it is worked on", async || Ok(outcome(&staff, &event).await?["status"] == "processed")).await?;
        work_on(&stack, "razorpay", &event).await?;
        let credited = balance(&worker).await?;
        assert!(if at_once { amounts.contains(&credited) } else { credited == amounts[0] }, "{credited}");
    }
    Ok(())
}

#[tokio::test]
async fn f2_a_payment_seen_by_webhook_client_and_reconciler_is_one_credit() -> Result<()> {
    let worker = worker_with(0).await?;
    let stack = &worker.stack;
    let order = order_of(&worker, 73_000).await?;
    let paid = stack.pay(&order).await?;
    let verify = json!({ "razorpay_order_id": paid["razorpay_order_id"], "razorpay_payment_id": paid["razorpay_payment_id"],
        "razorpay_signature": paid["razorpay_signature"] });
    let id = paid["razorpay_payment_id"].as_str().context("no payment")?;
    let told = payment_event("payment.captured", &payment(id, &order, 73_000, "captured"));
    let reconcile = format!("{}/2015-03-31/functions/kamai-schedules-reconcile-payments/invocations", stack.aws_url);
    let (verified, heard, reconciled) = futures::join!(
        futures::future::join_all((0..5).map(|_| worker.call(Method::POST, "/v1/payments/verify", None, Some(verify.clone())))),
        futures::future::join_all((0..5).map(async |_| tell("razorpay", &told, &event_id("seen")).await)),
        futures::future::join_all((0..3).map(|_| stack.post(reconcile.clone(), json!({})))),
    );
    for answer in verified {
        assert_eq!(answer?.0, 202);
    }
    for status in heard {
        assert_eq!(status?, 200);
    }
    for run in reconciled {
        run?;
    }
    until("it is credited", async || Ok(balance(&worker).await? == 73_000)).await?;
    // Whatever was still on its way has arrived once a later payment has.
    let later = order_of(&worker, 1_000).await?;
    stack.pay(&later).await?;
    until("the later one is credited", async || Ok(balance(&worker).await? >= 74_000)).await?;
    assert_eq!(balance(&worker).await?, 74_000);
    let (status, _) = worker.call(Method::POST, "/v1/payments/verify", None, Some(verify)).await?;
    assert_eq!(status, 202, "told again, it is known");
    // A good signature of one payment shows nothing for another order, nor for another user.
    let crossed = json!({ "razorpay_order_id": later, "razorpay_payment_id": paid["razorpay_payment_id"], "razorpay_signature": paid["razorpay_signature"] });
    assert_eq!(worker.call(Method::POST, "/v1/payments/verify", None, Some(crossed.clone())).await?.0, 422);
    assert_eq!(worker_with(0).await?.call(Method::POST, "/v1/payments/verify", None, Some(crossed)).await?.0, 404);
    assert_eq!(balance(&worker).await?, 74_000);
    Ok(())
}

/// The provider's order exists and is paid before we have written down that it is ours.
#[tokio::test]
async fn f4_a_payment_of_an_order_whose_making_we_never_heard_of_is_credited() -> Result<()> {
    let worker = worker_with(0).await?;
    let stack = &worker.stack;
    // The amount tells this order's request from those of other journeys.
    let amount = 1_000_000 + worker.phone[worker.phone.len() - 6..].parse::<i64>()?;
    let fault = json!({ "provider": "razorpay", "fault": "error_5xx_after_success", "path": "/v1/orders", "method": "POST", "times": 8,
        "about": format!("\"amount\":{amount}") });
    let fault = stack.post(format!("{}/faults", stack.sandbox_url), fault).await?;
    let once = key("lost");
    let ask = json!({ "amount": amount, "currency": "INR" });
    let (status, _) = worker.call(Method::POST, "/v1/payments/orders", Some(&once), Some(ask.clone())).await?;
    assert_eq!(status, 503, "the provider's answer was lost");
    let ours = worker.get("/v1/payments").await?["items"][0].clone();
    assert_eq!((&ours["status"], &ours["razorpay"]["order_id"]), (&json!("requested"), &Value::Null), "{ours}");

    let secrets = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../.local/secrets.json"))?;
    let secrets: Value = serde_json::from_str(&secrets)?;
    let (name, secret) = (secrets["kamai/razorpay"]["key_id"].as_str(), secrets["kamai/razorpay"]["key_secret"].as_str());
    let url = format!("{}/v1/orders?receipt={}", stack.sandbox_url, ours["id"].as_str().context("no id")?);
    let found: Value = stack.http.get(url).basic_auth(name.context("no key")?, secret).send().await?.json().await?;
    let order = found["items"][0]["id"].as_str().with_context(|| format!("the provider has no such order: {found}"))?;
    stack.pay(order).await?;
    until("it is credited", async || Ok(balance(&worker).await? == amount)).await?;
    let lifted = stack.http.delete(format!("{}/faults/{}", stack.sandbox_url, fault["id"].as_str().unwrap_or_default())).send().await?;
    ensure!(lifted.status().is_success());
    let again = worker.post("/v1/payments/orders", Some(&once), ask).await?;
    assert_eq!((&again["id"], &again["razorpay"]["order_id"]), (&ours["id"], &json!(order)), "the retry finds the order that was made");
    assert_eq!(worker.get("/v1/payments").await?["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(worker.get(&format!("/v1/payments/{}", again["id"].as_str().unwrap_or_default())).await?["status"], "captured");
    Ok(())
}

#[tokio::test]
async fn f5_a_webhook_that_comes_a_day_late_is_applied_or_explained() -> Result<()> {
    let worker = worker_with(0).await?;
    let stack = &worker.stack;
    let staff = staff().await?;
    let late = |body: &Value| {
        let mut body = body.clone();
        let yesterday =
            std::time::SystemTime::now().duration_since(std::time::SystemTime::UNIX_EPOCH).map_or(0, |now| now.as_secs()) - 23 * 3_600;
        body["created_at"] = json!(yesterday);
        body
    };
    let heard = async |body: &Value| {
        let event = event_id("late");
        ensure!(tell("razorpay", &late(body), &event).await? == 200);
        work_on(stack, "razorpay", &event).await?;
        outcome(&staff, &event).await
    };
    // The order is still open: it counts, and says by which webhook.
    let order = order_of(&worker, 52_000).await?;
    let id = payment_id();
    let of = |name: &str, status: &str| payment_event(name, &payment(&id, &order, 52_000, status));
    let kept = heard(&of("payment.captured", "captured")).await?;
    assert_eq!(balance(&worker).await?, 52_000, "{kept}");
    let ours = worker.get("/v1/payments").await?["items"][0]["id"].as_str().context("no payment")?.to_owned();
    let explained = worker.get(&format!("/v1/transactions/{ours}")).await?;
    assert!(explained.to_string().contains(kept["id"].as_str().context("no webhook")?), "{explained}");
    // It has gone on since: a late failure or authorisation is known to be out of date.
    for (name, status) in [("payment.failed", "failed"), ("payment.authorized", "authorized"), ("payment.captured", "captured")] {
        let kept = heard(&of(name, status)).await?;
        assert_eq!((&kept["status"], &kept["outcome"]), (&json!("processed"), &json!("known already")), "{name}");
    }
    assert_eq!(worker.get(&format!("/v1/payments/{ours}")).await?["status"], "captured");
    // A second payment of the same order is somebody's money all the same: kept, and said why.
    let kept = heard(&captured(&order, 52_000)).await?;
    assert!(kept["outcome"].as_str().is_some_and(|outcome| outcome.contains("paid already by another payment")), "{kept}");
    // And one in another currency or of another amount is not taken for the order's.
    let other = order_of(&worker, 9_000).await?;
    let mut dollars = payment(&payment_id(), &other, 9_000, "captured");
    dollars["currency"] = json!("USD");
    for told in [payment_event("payment.captured", &dollars), captured(&other, 8_999)] {
        let kept = heard(&told).await?;
        assert!(kept["outcome"].as_str().is_some_and(|outcome| outcome.contains("is not the order's")), "{kept}");
    }
    assert_eq!(balance(&worker).await?, 52_000);
    Ok(())
}

/// F5: after the payment was refunded in full, nothing brings it back.
#[tokio::test]
async fn f5_a_webhook_from_before_a_refund_credits_nothing_after_it() -> Result<()> {
    let worker = worker_with(40_000).await?;
    let payment_of = worker.get("/v1/payments").await?["items"][0].clone();
    let id = payment_of["id"].as_str().context("no payment")?;
    let refund = worker.post(&format!("/v1/payments/{id}/refunds"), Some(&key("refund")), json!({})).await?;
    let path = format!("/v1/refunds/{}", refund["id"].as_str().context("no refund")?);
    until("it is given back", async || Ok(worker.get(&path).await?["status"] == "processed")).await?;
    let order = payment_of["razorpay"]["order_id"].as_str().context("no order")?;
    let known = payment_of["razorpay"]["payment_id"].as_str().context("no payment")?;
    for (name, status) in [("payment.captured", "captured"), ("payment.captured", "refunded"), ("payment.authorized", "authorized")] {
        let event = event_id("before");
        assert_eq!(tell("razorpay", &payment_event(name, &payment(known, order, 40_000, status)), &event).await?, 200);
        work_on(&worker.stack, "razorpay", &event).await?;
        assert_eq!(balance(&worker).await?, 0, "{name} {status}");
    }
    Ok(())
}

/// F6, in small: what piled up comes at once, some of it twice; somebody who pays meanwhile has
/// their money before the pile is gone.
#[tokio::test]
async fn f6_three_hundred_events_that_piled_up_are_drained_once_and_starve_nobody() -> Result<()> {
    const EACH: i64 = 30;
    let stack = stack()?;
    let workers = all((0..10).map(|_| worker_with(0))).await?;
    let orders = all(workers.iter().flat_map(|worker| (0..EACH).map(move |_| order_of(worker, 1_100)))).await?;
    let bodies: Vec<(String, String)> = orders.iter().map(|order| (captured(order, 1_100).to_string(), event_id("piled"))).collect();
    let began = Instant::now();
    let pile = async {
        let some_twice = bodies.iter().chain(bodies.iter().step_by(10));
        let statuses = all(some_twice
            .map(async |(body, event)| deliver(&stack, "razorpay", body.clone(), &signed("razorpay", body.as_bytes())?, event).await))
        .await?;
        ensure!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
        Ok(began.elapsed())
    };
    let drained = async {
        until("the pile is worked off", async || {
            let balances = all(workers.iter().map(balance)).await?;
            Ok(balances.iter().all(|balance| *balance == 1_100 * EACH))
        })
        .await?;
        Ok::<_, anyhow::Error>(began.elapsed())
    };
    let fresh = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        worker_with(33_000).await?;
        Ok::<_, anyhow::Error>(began.elapsed())
    };
    let (taken, fresh, drained) = futures::join!(pile, fresh, drained);
    let (taken, fresh, drained) = (taken?, fresh?, drained?);
    eprintln!(
        "f6: 330 deliveries were taken in {taken:.1?} and worked off in {drained:.1?}; who paid meanwhile was credited at {fresh:.1?}"
    );
    ensure!(fresh < drained, "who paid meanwhile waited for the whole pile");
    for worker in &workers {
        let facts = worker.get("/v1/wallet/statement?limit=100").await?;
        assert_eq!(facts["items"].as_array().map(Vec::len), Some(usize::try_from(EACH)?), "each once");
    }
    Ok(())
}

/// The queue hands out a payout again and again while a worker is still calling the provider.
#[tokio::test]
async fn f11_a_payout_that_is_handed_out_while_it_is_being_sent_is_made_once() -> Result<()> {
    let worker = worker_with(100_000).await?;
    let stack = &worker.stack;
    let note = digits("again");
    let fault = json!({ "provider": "razorpayx", "fault": "timeout_after_success", "path": "/v1/payouts", "method": "POST",
        "times": 1, "delay_ms": 4_000, "about": note });
    stack.post(format!("{}/faults", stack.sandbox_url), fault).await?;
    let mut ask = cash_out(45_000, "asha@okaxis");
    ask["note"] = json!(note);
    let payout = worker.post("/v1/payouts", Some(&key("again")), ask).await?;
    let id = payout["id"].as_str().context("no id")?.to_owned();
    let path = format!("/v1/payouts/{id}");
    until("it is being sent", async || {
        Ok(matches!(worker.get(&path).await?["status"].as_str(), Some("sending" | "processing" | "processed")))
    })
    .await?;
    let account = worker.get("/v1/wallet").await?["account_id"].clone();
    let work = json!({ "work": "advance_payout", "payout": id, "payee": payout["payee_id"], "account": account }).to_string();
    all((0..10).map(|_| crate::poison::put(stack, "kamai-payouts", &work))).await?;
    until("it is processed", async || Ok(worker.get(&path).await?["status"] == "processed")).await?;
    assert_eq!(balance(&worker).await?, 55_000);
    let made = stack.get(format!("{}/state/payouts", stack.sandbox_url)).await?;
    let mine = made["items"].as_array().into_iter().flatten().filter(|made| made["reference_id"] == id.as_str()).count();
    assert_eq!(mine, 1, "the provider made {mine}");
    Ok(())
}

async fn transfer(from: &Worker, key: &str, to: &Worker, amount: i64) -> Result<(u16, Value)> {
    let body = json!({ "to": { "type": "user", "user_id": to.user_id }, "amount": amount, "currency": "INR" });
    let (status, answer) = from.patient().insist(Method::POST, "/v1/transfers", Some(key), Some(body)).await?;
    Ok((status.as_u16(), answer))
}

#[tokio::test]
async fn f31_one_key_at_the_same_time_is_one_command_and_another_users_key_is_their_own() -> Result<()> {
    let (asha, ravi, meena) = (worker_with(50_000).await?, worker_with(50_000).await?, worker_with(0).await?);
    let once = key("once");
    let answers =
        futures::future::join_all((0..20).map(|_| transfer(&asha, &once, &meena, 1_000))).await.into_iter().collect::<Result<Vec<_>>>()?;
    let ids: std::collections::BTreeSet<_> = answers.iter().map(|(_, answer)| answer["id"].to_string()).collect();
    assert!(answers.iter().all(|(status, _)| *status == 201) && ids.len() == 1, "{answers:?}");
    assert_eq!((balance(&asha).await?, balance(&meena).await?), (49_000, 1_000));
    // Different wishes under one key, at once: one is done, the others are told.
    let once = key("differ");
    let answers = futures::future::join_all((1..=10).map(|n| transfer(&asha, &once, &meena, n * 100)))
        .await
        .into_iter()
        .collect::<Result<Vec<_>>>()?;
    let done: Vec<_> = answers.iter().filter(|(status, _)| *status == 201).collect();
    assert_eq!(done.len(), 1, "{answers:?}");
    assert!(
        answers.iter().all(|(status, answer)| *status == 201 || (*status == 422 && answer["code"] == "idempotency_key_reused")),
        "{answers:?}"
    );
    let moved = done[0].1["amount"].as_i64().context("no amount")?;
    assert_eq!((balance(&asha).await?, balance(&meena).await?), (49_000 - moved, 1_000 + moved));
    // The same key, the same words, another user.
    let (status, theirs) = transfer(&ravi, &once, &meena, moved).await?;
    assert_eq!((status, theirs["id"] == done[0].1["id"]), (201, false));
    assert_eq!(balance(&ravi).await?, 50_000 - moved);
    // The same key on another route is another wish.
    let (status, _) = asha.call(Method::POST, "/v1/payouts", Some(&once), Some(cash_out(1_000, "asha@okaxis"))).await?;
    assert!(status == 422 || status == 202, "{status}");
    Ok(())
}
