//! Orders, payments, refunds.

use anyhow::Result;
use reqwest::Method;
use sandbox::signing;
use serde_json::{Value, json};

use crate::harness::{Stage, eventually};

#[tokio::test]
async fn credentials_are_wanted_in_the_one_spelling() -> Result<()> {
    let stage = Stage::set().await?;
    let order = json!({ "amount": 500, "currency": "INR" });
    for header in ["", "basic abc", "Bearer abc", "Basic YTpi"] {
        let headers = [("authorization", header)];
        let request = stage.request(Method::POST, "/v1/orders", order.clone(), &headers);
        let body = stage.send(request).await?.refused(401);
        assert_eq!(body["error"]["code"], "BAD_REQUEST_ERROR");
    }
    // The other product's key is not this one's.
    stage.x(Method::POST, "/v1/orders", order).await?.refused(401);
    Ok(())
}

#[tokio::test]
async fn an_order_is_made_found_and_listed() -> Result<()> {
    let stage = Stage::set().await?;
    let ask = json!({ "amount": 50_000, "currency": "INR", "receipt": "rcpt-7" });
    let order = stage.gateway(Method::POST, "/v1/orders", ask).await?.ok();
    assert_eq!(order["entity"], "order");
    assert_eq!(order["status"], "created");
    assert_eq!(order["amount_due"], 50_000);
    assert_eq!(order["notes"], json!([]), "empty notes are a list");

    stage.order(700).await?;
    let found = stage.gateway(Method::GET, "/v1/orders?receipt=rcpt-7", Value::Null).await?.ok();
    assert_eq!((&found["count"], &found["items"][0]["id"]), (&json!(1), &order["id"]));
    let unknown = stage.gateway(Method::GET, "/v1/orders/order_0", Value::Null).await?.refused(400);
    assert_eq!(unknown["error"]["description"], "The id provided does not exist");
    stage.gateway(Method::GET, "/v1/order", Value::Null).await?.refused(404);
    stage.gateway(Method::GET, "/v1/orders?count=101", Value::Null).await?.refused(400);
    Ok(())
}

#[tokio::test]
async fn a_payment_is_signed_for_the_browser_and_told_to_the_server() -> Result<()> {
    let stage = Stage::set().await?;
    let order_id = stage.order(50_000).await?;
    let ask = json!({ "order_id": order_id, "vpa": "ravi@okaxis" });
    let handed = stage.control(Method::POST, "/customer/pay", ask).await?.ok();
    let payment_id = handed["razorpay_payment_id"].as_str().unwrap_or_default();
    assert_eq!(handed["razorpay_signature"], signing::checkout(&stage.config.razorpay.key_secret, &order_id, payment_id));

    let mut event_ids = Vec::new();
    for (event, status) in [("payment.authorized", "authorized"), ("payment.captured", "captured"), ("order.paid", "captured")] {
        let hook = stage.hooks.first(event).await?;
        assert!(hook.is_signed_with(&stage.config.razorpay.webhook_secret), "{event}");
        assert_eq!(hook.entity("payment")["status"], status, "a snapshot of its moment");
        assert_eq!(hook.entity("payment")["id"], payment_id);
        event_ids.push(hook.event_id);
    }
    event_ids.dedup();
    assert_eq!(event_ids.len(), 3, "each event has an id of its own");
    assert_eq!(stage.hooks.first("order.paid").await?.entity("order")["status"], "paid");

    let payments = format!("/v1/orders/{order_id}/payments");
    let payments = stage.gateway(Method::GET, &payments, Value::Null).await?.ok();
    assert_eq!(payments["count"], 1);
    assert_eq!(payments["items"][0]["vpa"], "ravi@okaxis");
    let again = json!({ "order_id": order_id });
    stage.control(Method::POST, "/customer/pay", again).await?.refused(409);
    Ok(())
}

#[tokio::test]
async fn a_failed_payment_may_be_late_and_not_lost() -> Result<()> {
    let stage = Stage::set().await?;
    let order_id = stage.order(50_000).await?;
    let ask = json!({ "order_id": order_id, "vpa": "failure@razorpay" });
    let failed = stage.control(Method::POST, "/customer/pay", ask).await?.ok();
    assert_eq!(failed["error"]["reason"], "payment_failed");
    assert!(failed.get("razorpay_signature").is_none());
    let hook = stage.hooks.first("payment.failed").await?;
    assert_eq!(hook.entity("payment")["error_source"], "issuer");
    let path = format!("/v1/orders/{order_id}");
    let order = stage.gateway(Method::GET, &path, Value::Null).await?.ok();
    assert_eq!((&order["status"], &order["attempts"]), (&json!("attempted"), &json!(1)));

    let late = json!({ "order_id": order_id, "outcome": "late_authorized" });
    stage.control(Method::POST, "/customer/pay", late).await?.ok();
    stage.hooks.wait("payment.failed", 2).await?;
    stage.hooks.first("order.paid").await?;
    let order = stage.gateway(Method::GET, &path, Value::Null).await?.ok();
    assert_eq!(order["status"], "paid");
    Ok(())
}

#[tokio::test]
async fn an_authorised_payment_is_captured_once_and_in_full() -> Result<()> {
    let stage = Stage::set().await?;
    let order_id = stage.order(50_000).await?;
    let ask = json!({ "order_id": order_id, "outcome": "authorized", "method": "card" });
    let handed = stage.control(Method::POST, "/customer/pay", ask).await?.ok();
    let id = handed["razorpay_payment_id"].as_str().unwrap_or_default();
    let capture = format!("/v1/payments/{id}/capture");
    let less = json!({ "amount": 49_999, "currency": "INR" });
    stage.gateway(Method::POST, &capture, less).await?.refused(400);
    let full = json!({ "amount": 50_000, "currency": "INR" });
    let payment = stage.gateway(Method::POST, &capture, full.clone()).await?.ok();
    assert_eq!(payment["status"], "captured");
    assert_eq!((&payment["fee"], &payment["tax"]), (&json!(1_000), &json!(153)));
    stage.gateway(Method::POST, &capture, full).await?.refused(400);
    stage.hooks.first("order.paid").await?;
    Ok(())
}

#[tokio::test]
async fn paying_twice_makes_two_payments_and_one_paid_order() -> Result<()> {
    let stage = Stage::set().await?;
    let order_id = stage.order(50_000).await?;
    let ask = json!({ "order_id": order_id, "outcome": "double" });
    let handed = stage.control(Method::POST, "/customer/pay", ask).await?.ok();
    assert_ne!(handed["razorpay_payment_id"], handed["second"]["razorpay_payment_id"]);
    stage.hooks.wait("payment.captured", 2).await?;
    let sent = stage.items("/webhooks/sent?event=order.paid").await?;
    assert_eq!(sent.len(), 1);
    Ok(())
}

#[tokio::test]
async fn money_may_come_that_belongs_to_nobody() -> Result<()> {
    let stage = Stage::set().await?;
    let ask = json!({ "amount": 12_300, "vpa": "someone@upi" });
    stage.control(Method::POST, "/customer/pay-without-order", ask).await?.ok();
    let hook = stage.hooks.first("payment.captured").await?;
    assert_eq!(hook.entity("payment")["order_id"], Value::Null);
    let listed = stage.gateway(Method::GET, "/v1/payments?from=0&count=5", Value::Null).await?.ok();
    assert_eq!(listed["items"][0]["amount"], 12_300);
    let later = stage.gateway(Method::GET, "/v1/payments?from=99999999999", Value::Null).await?.ok();
    assert_eq!(later["count"], 0);
    Ok(())
}

#[tokio::test]
async fn a_refund_under_one_key_is_made_once() -> Result<()> {
    let stage = Stage::set().await?;
    let order_id = stage.order(50_000).await?;
    let id = stage.paid(&order_id, "ravi@okaxis").await?;
    let path = format!("/v1/payments/{id}/refund");
    let refund = async |key: &str, body: Value| {
        let headers = [("X-Refund-Idempotency", key)];
        stage.gateway_with(Method::POST, &path, body, &headers).await
    };
    let first = refund("refund-key-1", json!({ "amount": 20_000 })).await?.ok();
    assert_eq!(first["status"], "pending");
    let again = refund("refund-key-1", json!({ "amount": 20_000 })).await?.ok();
    assert_eq!(first["id"], again["id"]);
    refund("refund-key-1", json!({ "amount": 30_000 })).await?.refused(409);
    refund("short", json!({ "amount": 20_000 })).await?.refused(400);
    refund("not:allowed:here", json!({ "amount": 20_000 })).await?.refused(400);
    refund("refund-key-2", json!({ "amount": 30_001 })).await?.refused(400);
    refund("refund-key-2", json!({ "amount": 99 })).await?.refused(400);
    // No amount is all that is left.
    let rest = refund("refund-key-2", json!({})).await?.ok();
    assert_eq!(rest["amount"], 30_000);
    refund("refund-key-3", json!({})).await?.refused(400);

    stage.hooks.wait("refund.created", 2).await?;
    let hooks = stage.hooks.wait("refund.processed", 2).await?;
    assert!(hooks.iter().all(|hook| hook.entity("payment")["id"] == id.as_str()));
    assert_eq!(stage.items("/state/refunds").await?.len(), 2);
    let payment = stage.gateway(Method::GET, &format!("/v1/payments/{id}"), Value::Null).await?.ok();
    assert_eq!((&payment["status"], &payment["amount_refunded"]), (&json!("refunded"), &json!(50_000)));
    let order = stage.gateway(Method::GET, &format!("/v1/orders/{order_id}"), Value::Null).await?.ok();
    assert_eq!(order["status"], "paid", "an order stays paid");
    Ok(())
}

#[tokio::test]
async fn a_refund_that_fails_leaves_the_money_refundable() -> Result<()> {
    let stage = Stage::set().await?;
    let id = stage.paid(&stage.order(50_000).await?, "refundfail@ybl").await?;
    let path = format!("/v1/payments/{id}/refund");
    let refund = stage.gateway(Method::POST, &path, Value::Null).await?.ok();
    let hook = stage.hooks.first("refund.failed").await?;
    assert_eq!(hook.entity("refund")["id"], refund["id"]);
    assert_eq!(hook.entity("payment")["amount_refunded"], 0);
    Ok(())
}

#[tokio::test]
async fn a_refund_that_waits_is_decided_by_hand() -> Result<()> {
    let stage = Stage::set().await?;
    let id = stage.paid(&stage.order(50_000).await?, "refundpending@ybl").await?;
    let path = format!("/v1/payments/{id}/refund");
    let refund = stage.gateway(Method::POST, &path, Value::Null).await?.ok();
    let refund_id = refund["id"].as_str().unwrap_or_default();
    let decide = format!("/dashboard/refunds/{refund_id}");
    let processed = json!({ "status": "processed" });
    stage.control(Method::POST, &decide, processed.clone()).await?.ok();
    stage.control(Method::POST, &decide, processed).await?.refused(409);
    let path = format!("/v1/refunds/{refund_id}");
    eventually(async || {
        let refund = stage.gateway(Method::GET, &path, Value::Null).await?.ok();
        Ok((refund["status"] == "processed" && refund["speed_processed"] == "normal").then_some(()))
    })
    .await
}
