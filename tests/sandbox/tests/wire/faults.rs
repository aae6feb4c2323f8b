//! Misbehaviour.

use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Stage, eventually};

#[tokio::test]
async fn a_timeout_after_success_has_paid_and_the_key_finds_it() -> Result<()> {
    let stage = Stage::set().await?;
    stage.fault(json!({ "provider": "razorpayx", "fault": "timeout_after_success", "times": 1, "path": "/v1/payouts" })).await?;
    let ask = stage.payout_to("ravi@okaxis", 10_000);
    let headers = [("X-Payout-Idempotency", "key-0001")];
    let key = &stage.config.razorpayx;
    let impatient = stage
        .request(Method::POST, "/v1/payouts", ask.clone(), &headers)
        .basic_auth(&key.key_id, Some(&key.key_secret))
        .timeout(Duration::from_millis(200));
    assert!(stage.send(impatient).await.is_err(), "no answer");
    let again = stage.pay_out("key-0001", &ask).await?.ok();
    stage.payout_is(again["id"].as_str().context("no id")?, "processed").await?;
    assert_eq!(stage.items("/state/payouts").await?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_timeout_answers_in_the_end_and_has_done_nothing() -> Result<()> {
    let stage = Stage::set().await?;
    stage.fault(json!({ "provider": "razorpay", "fault": "timeout", "times": 1, "delay_ms": 10 })).await?;
    let ask = json!({ "amount": 500, "currency": "INR" });
    stage.gateway(Method::POST, "/v1/orders", ask).await?.refused(504);
    let orders = stage.gateway(Method::GET, "/v1/orders", Value::Null).await?.ok();
    assert_eq!(orders["count"], 0);
    Ok(())
}

#[tokio::test]
async fn a_5xx_may_have_done_it_and_a_200_may_have_not() -> Result<()> {
    let stage = Stage::set().await?;
    let ask = stage.payout_to("ravi@okaxis", 10_000);
    let fault = |kind: &str| json!({ "provider": "razorpayx", "fault": kind, "times": 1 });

    stage.fault(fault("error_5xx")).await?;
    let body = stage.pay_out("key-0001", &ask).await?.refused(500);
    assert_eq!(body["error"]["code"], "SERVER_ERROR");
    assert_eq!(stage.items("/state/payouts").await?.len(), 0);

    stage.fault(fault("success_without_effect")).await?;
    let claimed = stage.pay_out("key-0001", &ask).await?.ok();
    assert_eq!(claimed["status"], "processing");
    assert_eq!(stage.items("/state/payouts").await?.len(), 0);
    assert!(stage.items("/webhooks/sent").await?.is_empty());
    let path = format!("/v1/payouts/{}", claimed["id"].as_str().context("no id")?);
    stage.x(Method::GET, &path, Value::Null).await?.refused(400);

    stage.fault(fault("error_5xx_after_success")).await?;
    stage.pay_out("key-0001", &ask).await?.refused(500);
    assert_eq!(stage.items("/state/payouts").await?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn throttled_and_down_each_in_their_own_shape() -> Result<()> {
    let stage = Stage::set().await?;
    stage.fault(json!({ "provider": "razorpay", "fault": "throttle", "times": 1 })).await?;
    let body = stage.gateway(Method::GET, "/v1/payments", Value::Null).await?.refused(429);
    assert_eq!(body["error"]["code"], "BAD_REQUEST_ERROR");

    let id = stage.fault(json!({ "provider": "razorpay", "fault": "downtime" })).await?;
    let html = stage.gateway(Method::GET, "/v1/payments", Value::Null).await?.refused(503);
    assert!(html.as_str().is_some_and(|html| html.starts_with("<html>")));
    let account = &stage.config.razorpayx.account_number;
    let path = format!("/v1/payouts?account_number={account}");
    stage.x(Method::GET, &path, Value::Null).await?.ok();

    // Customers pay on while the webhooks wait.
    stage.control(Method::POST, "/customer/pay-without-order", json!({ "amount": 500 })).await?.ok();
    let sent = stage.items("/webhooks/sent").await?;
    assert!(sent.iter().all(|event| event["state"] == "pending" && event["attempts"] == 0));
    let path = format!("/faults/{}", id["id"].as_str().context("no id")?);
    assert_eq!(stage.control(Method::DELETE, &path, Value::Null).await?.status, 204);
    stage.hooks.first("payment.captured").await?;
    Ok(())
}

#[tokio::test]
async fn duplicates_carry_one_event_id() -> Result<()> {
    let stage = Stage::set().await?;
    stage.fault(json!({ "provider": "razorpay", "fault": "duplicate_webhooks", "copies": 10, "event": "payment.captured" })).await?;
    stage.control(Method::POST, "/customer/pay-without-order", json!({ "amount": 500 })).await?.ok();
    let hooks = stage.hooks.wait("payment.captured", 10).await?;
    assert!(hooks.iter().all(|hook| hook.event_id == hooks[0].event_id));
    assert_eq!(stage.hooks.wait("payment.authorized", 1).await?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn reordered_webhooks_come_the_last_first() -> Result<()> {
    let stage = Stage::set().await?;
    stage.fault(json!({ "provider": "razorpay", "fault": "reorder_webhooks", "delay_ms": 50 })).await?;
    let order_id = stage.order(50_000).await?;
    stage.paid(&order_id, "ravi@okaxis").await?;
    stage.hooks.first("payment.authorized").await?;
    let order: Vec<_> = stage.hooks.all().iter().map(|hook| hook.event().to_owned()).collect();
    assert_eq!(order, ["order.paid", "payment.captured", "payment.authorized"]);
    Ok(())
}

#[tokio::test]
async fn a_late_webhook_is_overtaken() -> Result<()> {
    let stage = Stage::set().await?;
    let an_hour = 3_600_000;
    stage.fault(json!({ "provider": "razorpay", "fault": "late_webhooks", "delay_ms": an_hour, "event": "payment.authorized" })).await?;
    stage.control(Method::POST, "/customer/pay-without-order", json!({ "amount": 500 })).await?.ok();
    stage.hooks.first("payment.captured").await?;
    let sent = stage.items("/webhooks/sent?event=payment.authorized").await?;
    assert_eq!((&sent[0]["state"], &sent[0]["attempts"]), (&json!("pending"), &json!(0)));
    Ok(())
}

#[tokio::test]
async fn dropped_webhooks_never_come_unless_resent() -> Result<()> {
    let stage = Stage::set().await?;
    stage.fault(json!({ "provider": "razorpay", "fault": "drop_webhooks", "event": "payment.captured" })).await?;
    stage.control(Method::POST, "/customer/pay-without-order", json!({ "amount": 500 })).await?.ok();
    stage.hooks.first("payment.authorized").await?;
    let sent = stage.items("/webhooks/sent?event=payment.captured").await?;
    assert_eq!((&sent[0]["state"], &sent[0]["attempts"]), (&json!("dropped"), &json!(0)));
    let path = format!("/webhooks/resend/{}", sent[0]["event_id"].as_str().context("no id")?);
    stage.control(Method::POST, &path, Value::Null).await?.ok();
    stage.hooks.first("payment.captured").await?;
    Ok(())
}

#[tokio::test]
async fn a_tampered_body_does_not_fit_its_signature_and_its_retry_does() -> Result<()> {
    let stage = Stage::set().await?;
    stage.hooks.answer_always(401)?;
    stage.fault(json!({ "provider": "razorpay", "fault": "tampered_webhooks", "times": 1, "event": "payment.captured" })).await?;
    stage.control(Method::POST, "/customer/pay-without-order", json!({ "amount": 500 })).await?.ok();
    let hooks = stage.hooks.wait("payment.captured", 2).await?;
    let secret = &stage.config.razorpay.webhook_secret;
    assert_eq!(hooks[0].entity("payment")["amount"], 100_500);
    assert!(!hooks[0].is_signed_with(secret));
    assert_eq!(hooks[1].entity("payment")["amount"], 500);
    assert!(hooks[1].is_signed_with(secret));
    assert_eq!(hooks[0].signature, hooks[1].signature);
    Ok(())
}

#[tokio::test]
async fn after_a_rotation_what_was_on_its_way_keeps_its_signature() -> Result<()> {
    let stage = Stage::set().await?;
    stage.hooks.answer_always(500)?;
    let pay = json!({ "amount": 500 });
    stage.control(Method::POST, "/customer/pay-without-order", pay.clone()).await?.ok();
    let old = stage.hooks.first("payment.captured").await?;
    let fault = stage.fault(json!({ "provider": "razorpay", "fault": "rotated_secret" })).await?;
    let new_secret = fault["secret"].as_str().context("no secret")?;
    stage.hooks.answer_always(200)?;
    stage.control(Method::POST, "/customer/pay-without-order", pay).await?.ok();
    let new = eventually(async || {
        let hooks = stage.hooks.of("payment.captured");
        Ok(hooks.into_iter().find(|hook| hook.event_id != old.event_id))
    })
    .await?;
    assert!(new.is_signed_with(new_secret));
    let old_secret = &stage.config.razorpay.webhook_secret;
    let again = stage.hooks.of("payment.captured");
    assert!(again.iter().filter(|hook| hook.event_id == old.event_id).all(|hook| hook.is_signed_with(old_secret)));
    Ok(())
}

#[tokio::test]
async fn a_fault_that_is_not_known_is_told_what_is() -> Result<()> {
    let stage = Stage::set().await?;
    let post = async |fault: Value| stage.control(Method::POST, "/faults", fault).await;
    let body = post(json!({ "provider": "razorpay", "fault": "explode" })).await?.refused(400);
    assert!(body["error"].as_str().is_some_and(|said| said.contains("timeout_after_success")));
    post(json!({ "provider": "paypal", "fault": "throttle" })).await?.refused(400);
    post(json!({ "provider": "sms", "fault": "drop_webhooks" })).await?.refused(400);
    post(json!({ "provider": "sms", "fault": "throttle", "often": true })).await?.refused(400);
    assert!(stage.items("/faults").await?.is_empty());
    Ok(())
}
