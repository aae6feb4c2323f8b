//! A customer's payment, told by webhooks that may be forged, repeated or nobody's.

use crate::{balance, key, stack, staff, until, worker_with};
use anyhow::{Context, Result};
use futures::future::join_all;
use serde_json::{Value, json};
use tests::{phone, stack::Stack, worker::Worker};

fn captured(order_id: &str, amount: i64) -> String {
    let payment = json!({ "id": format!("pay_{}", &phone::fresh()[1..]), "entity": "payment", "amount": amount, "currency": "INR",
        "status": "captured", "order_id": order_id, "method": "upi", "captured": true, "notes": [], "fee": null, "tax": null,
        "error_code": "null", "created_at": 1_795_240_800 });
    json!({ "entity": "event", "event": "payment.captured", "contains": ["payment"], "payload": { "payment": { "entity": payment } } })
        .to_string()
}

async fn deliver(stack: &Stack, body: String, signature: &str, event_id: &str) -> Result<u16> {
    let request = stack.http.post(format!("{}/webhooks/razorpay", stack.api_url)).header("content-type", "application/json");
    let request = request.header("x-razorpay-signature", signature).header("x-razorpay-event-id", event_id);
    Ok(request.body(body).send().await?.status().as_u16())
}

fn secret() -> Result<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../.local/stack.json"))?;
    let stack: Value = serde_json::from_str(&text)?;
    Ok(stack["webhook_secrets"]["razorpay"].as_str().context("no webhook secret")?.to_owned())
}

async fn order_of(worker: &Worker, amount: i64) -> Result<String> {
    let order = worker.order(&key("order"), amount).await?;
    Ok(order["razorpay"]["order_id"].as_str().context("no order")?.to_owned())
}

#[tokio::test]
async fn f1_the_same_event_ten_times_at_once_credits_once() -> Result<()> {
    let (stack, worker) = (stack()?, worker_with(0).await?);
    let body = captured(&order_of(&worker, 70_000).await?, 70_000);
    let signature = sandbox::signing::hmac_sha256_hex(&secret()?, body.as_bytes());
    let event = key("evt").replace('+', "");
    let statuses = join_all((0..10).map(|_| deliver(&stack, body.clone(), &signature, &event))).await;
    assert!(statuses.iter().all(|status| matches!(status, Ok(200))), "{statuses:?}");
    until("it is credited", async || Ok(balance(&worker).await? == 70_000)).await?;
    // The same payment under other event ids is the same payment (F2).
    for _ in 0..3 {
        deliver(&stack, body.clone(), &signature, &key("evt").replace('+', "")).await?;
    }
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert_eq!(balance(&worker).await?, 70_000);
    Ok(())
}

#[tokio::test]
async fn s1_a_body_with_one_byte_changed_is_refused_and_leaves_nothing() -> Result<()> {
    let (stack, worker) = (stack()?, worker_with(0).await?);
    let body = captured(&order_of(&worker, 80_000).await?, 80_000);
    let signature = sandbox::signing::hmac_sha256_hex(&secret()?, body.as_bytes());
    let forged = body.replacen("80000", "90000", 1);
    let event = key("forged").replace('+', "");
    assert_eq!(deliver(&stack, forged, &signature, &event).await?, 401);
    for wrong in ["", "00", &signature.to_uppercase(), &"0".repeat(64)] {
        assert_eq!(deliver(&stack, body.clone(), wrong, &event).await?, 401, "{wrong}");
    }
    let staff = staff().await?;
    let (status, _) = staff.call(reqwest::Method::GET, &format!("/v1/ops/webhooks/razorpay:{event}"), None, None).await?;
    assert_eq!(status, 404, "a refused webhook was stored");
    assert_eq!(balance(&worker).await?, 0);
    Ok(())
}

#[tokio::test]
async fn a_payment_of_nobodys_is_kept_in_suspense_and_can_be_assigned() -> Result<()> {
    let (stack, worker) = (stack()?, worker_with(0).await?);
    let paid =
        stack.post(format!("{}/customer/pay-without-order", stack.sandbox_url), json!({ "amount": 43_210, "vpa": "someone@ybl" })).await?;
    let staff = staff().await?;
    let find = async || {
        let open = staff.get("/v1/ops/suspense").await?;
        let items = open["items"].as_array().cloned().unwrap_or_default();
        Ok::<_, anyhow::Error>(items.into_iter().find(|item| item["provider_id"] == paid["razorpay_payment_id"]))
    };
    until("it is in suspense", async || Ok(find().await?.is_some())).await?;
    let id = find().await?.context("gone")?["id"].as_str().context("no id")?.to_owned();
    staff.post(&format!("/v1/ops/suspense/{id}/assign"), None, json!({ "user_id": worker.user_id })).await?;
    assert_eq!(balance(&worker).await?, 43_210);
    Ok(())
}

#[tokio::test]
async fn a_refund_holds_the_money_and_settles_by_webhook() -> Result<()> {
    let worker = worker_with(50_000).await?;
    let payments = worker.get("/v1/payments").await?;
    let id = payments["items"][0]["id"].as_str().context("no payment")?.to_owned();
    let refund = worker.post(&format!("/v1/payments/{id}/refunds"), Some(&key("refund")), json!({ "amount": 20_000 })).await?;
    let path = format!("/v1/refunds/{}", refund["id"].as_str().context("no refund")?);
    until("it is processed", async || Ok(worker.get(&path).await?["status"] == "processed")).await?;
    assert_eq!(balance(&worker).await?, 30_000);
    let (status, _) = worker
        .call(reqwest::Method::POST, &format!("/v1/payments/{id}/refunds"), Some(&key("refund")), Some(json!({ "amount": 30_001 })))
        .await?;
    assert_eq!(status, 422, "more was refunded than was paid");
    Ok(())
}
