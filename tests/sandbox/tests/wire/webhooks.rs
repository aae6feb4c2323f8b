//! How webhooks are delivered.

use anyhow::Result;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Stage, eventually};

#[tokio::test]
async fn what_is_not_taken_is_sent_again_unchanged() -> Result<()> {
    let stage = Stage::set().await?;
    stage.hooks.answer(&[500, 302])?;
    stage.control(Method::POST, "/customer/pay-without-order", json!({ "amount": 500 })).await?.ok();
    let sent = eventually(async || {
        let sent = stage.items("/webhooks/sent").await?;
        Ok(sent.iter().all(|event| event["state"] == "delivered").then_some(sent))
    })
    .await?;
    let attempts: u64 = sent.iter().filter_map(|event| event["attempts"].as_u64()).sum();
    assert_eq!(attempts, 4, "two events, two refusals");
    for event in &sent {
        let deliveries: Vec<_> = stage.hooks.all().into_iter().filter(|hook| event["event_id"] == hook.event_id.as_str()).collect();
        assert!(deliveries.iter().all(|hook| hook.raw == deliveries[0].raw));
        assert!(deliveries.iter().all(|hook| hook.signature == deliveries[0].signature));
    }
    Ok(())
}

#[tokio::test]
async fn after_a_day_of_failures_the_webhook_is_disabled_until_enabled() -> Result<()> {
    // The whole schedule of 24 hours, at a rate at which it takes no time.
    let stage = Stage::set_with(|config| config.timing.webhook_retry_base_ms = 0).await?;
    stage.hooks.answer_always(500)?;
    let pay = json!({ "amount": 500 });
    stage.control(Method::POST, "/customer/pay-without-order", pay.clone()).await?.ok();
    eventually(async || {
        let endpoints = stage.items("/webhooks/endpoints").await?;
        Ok(endpoints.iter().any(|it| it["enabled"] == false).then_some(()))
    })
    .await?;
    let attempts = stage.hooks.of("payment.captured").len();
    assert!((2..=17).contains(&attempts), "1 + 2 + 4 + … seconds within a day: {attempts}");

    stage.control(Method::POST, "/customer/pay-without-order", pay).await?.ok();
    let sent = eventually(async || {
        let sent = stage.items("/webhooks/sent?event=payment.captured").await?;
        Ok(sent.iter().any(|event| event["state"] == "not_sent").then_some(sent))
    })
    .await?;
    stage.hooks.answer_always(200)?;
    let enable = json!({ "enabled": true });
    stage.control(Method::PUT, "/webhooks/endpoints/razorpay", enable).await?.ok();
    for event in &sent {
        let path = format!("/webhooks/resend/{}", event["event_id"].as_str().unwrap_or_default());
        assert_eq!(stage.control(Method::POST, &path, Value::Null).await?.status, 202);
    }
    eventually(async || {
        let sent = stage.items("/webhooks/sent?event=payment.captured").await?;
        Ok(sent.iter().all(|event| event["state"] == "delivered").then_some(()))
    })
    .await
}

#[tokio::test]
async fn an_endpoint_can_be_moved_while_it_runs() -> Result<()> {
    let stage = Stage::set_with(|config| config.razorpay.webhook_url = None).await?;
    let pay = json!({ "amount": 500 });
    stage.control(Method::POST, "/customer/pay-without-order", pay.clone()).await?.ok();
    eventually(async || {
        let sent = stage.items("/webhooks/sent").await?;
        Ok(sent.iter().all(|event| event["state"] == "not_sent").then_some(()))
    })
    .await?;
    let change = json!({ "url": stage.hooks.url, "secret": "another-secret" });
    stage.control(Method::PUT, "/webhooks/endpoints/razorpay", change).await?.ok();
    stage.control(Method::POST, "/customer/pay-without-order", pay).await?.ok();
    let hook = stage.hooks.first("payment.captured").await?;
    assert!(hook.is_signed_with("another-secret"));
    stage.control(Method::PUT, "/webhooks/endpoints/sms", json!({})).await?.refused(404);
    stage.control(Method::POST, "/webhooks/resend/none", Value::Null).await?.refused(404);
    Ok(())
}

#[tokio::test]
async fn reset_forgets_everything_and_stops_what_goes_on() -> Result<()> {
    let stage = Stage::set_with(|config| config.timing.payout_ms = 100).await?;
    stage.fault(json!({ "provider": "razorpay", "fault": "downtime" })).await?;
    stage.pay_out("key-0001", &stage.payout_to("ravi@okaxis", 10_000)).await?.ok();
    assert_eq!(stage.control(Method::POST, "/reset", Value::Null).await?.status, 204);
    for path in ["/state/payouts", "/state/payments", "/state/refunds", "/webhooks/sent", "/faults"] {
        assert!(stage.items(path).await?.is_empty(), "{path}");
    }
    let balance = stage.control(Method::GET, "/state/balance", Value::Null).await?.ok();
    assert_eq!(balance["amount"], stage.config.razorpayx.opening_balance);
    // The key is free again, and only this payout is ever told of as processed.
    let made = stage.pay_out("key-0001", &stage.payout_to("ravi@okaxis", 20_000)).await?.ok();
    let told = stage.hooks.first("payout.processed").await?;
    assert_eq!(told.entity("payout")["id"], made["id"]);
    Ok(())
}
