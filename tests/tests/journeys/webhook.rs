//! Webhooks as Razorpay and RazorpayX would sign and send them, made by hand.

use crate::{key, stack};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::{phone, stack::Stack};

/// The secret with which a provider signs; `provider` is `razorpay` or `razorpayx`.
pub fn secret(provider: &str) -> Result<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../.local/stack.json"))?;
    let stack: Value = serde_json::from_str(&text)?;
    Ok(stack["webhook_secrets"][provider].as_str().context("no webhook secret")?.to_owned())
}

pub fn signed(provider: &str, body: &[u8]) -> Result<String> {
    Ok(sandbox::signing::hmac_sha256_hex(secret(provider)?, body))
}

/// An id of an event that nobody had before.
pub fn event_id(name: &str) -> String {
    key(name).replace('+', "")
}

/// Delivers, and again where nobody was there to answer: another journey ends workers.
pub async fn deliver(stack: &Stack, provider: &str, body: impl Into<Vec<u8>>, signature: &str, event_id: &str) -> Result<u16> {
    let body = body.into();
    for _ in 0..5 {
        let request = stack.http.post(format!("{}/webhooks/{provider}", stack.api_url)).header("content-type", "application/json");
        let request = request.header("x-razorpay-signature", signature).header("x-razorpay-event-id", event_id);
        let answer = request.body(body.clone()).send().await?;
        let status = answer.status();
        // What a handler of ours answers has a code, and counts.
        if !status.is_server_error() || answer.text().await?.contains("\"code\"") {
            return Ok(status.as_u16());
        }
    }
    anyhow::bail!("nobody answers /webhooks/{provider}")
}

/// Signs and delivers.
pub async fn tell(provider: &str, body: &Value, event_id: &str) -> Result<u16> {
    let body = body.to_string();
    let signature = signed(provider, body.as_bytes())?;
    deliver(&stack()?, provider, body, &signature, event_id).await
}

/// Has a stored webhook worked on now, and waits for it; its queue will bring it as well.
pub async fn work_on(stack: &Stack, provider: &str, event_id: &str) -> Result<()> {
    let body = json!({ "work": "webhook", "id": format!("{provider}#{event_id}") }).to_string();
    let record = json!({ "messageId": event_id, "receiptHandle": "by-hand", "body": body, "attributes": { "ApproximateReceiveCount": "1" },
        "messageAttributes": {}, "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:ap-south-1:000000000000:kamai-inbox" });
    let url = format!("{}/2015-03-31/functions/kamai-queues-inbox/invocations", stack.aws_url);
    let answer = stack.post(url, json!({ "Records": [record] })).await?;
    anyhow::ensure!(answer["batchItemFailures"].as_array().is_none_or(Vec::is_empty), "{event_id} failed: {answer}");
    Ok(())
}

pub fn payment_id() -> String {
    format!("pay_{}", &phone::fresh()[1..])
}

/// A payment as the gateway tells it.
pub fn payment(id: &str, order_id: &str, amount: i64, status: &str) -> Value {
    json!({ "id": id, "entity": "payment", "amount": amount, "currency": "INR", "status": status, "order_id": order_id,
        "method": "upi", "captured": matches!(status, "captured" | "refunded"), "notes": [], "fee": null, "tax": null,
        "error_code": "null", "created_at": 1_795_240_800 })
}

pub fn payment_event(name: &str, payment: &Value) -> Value {
    json!({ "entity": "event", "event": name, "contains": ["payment"], "created_at": 1_795_240_801,
        "payload": { "payment": { "entity": payment } } })
}
