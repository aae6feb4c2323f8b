//! Events as API Gateway and SQS write them.

use crate::{cloud::Sent, world};
use serde_json::{Value, json};

pub fn http(route: &str, headers: Value, body: &str) -> Value {
    let (method, path) = route.split_once(' ').unwrap_or(("GET", route));
    json!({
        "version": "2.0", "routeKey": route, "rawPath": path, "rawQueryString": "", "headers": headers,
        "requestContext": {
            "accountId": "000000000000", "apiId": "bench", "domainName": "localhost", "requestId": "bench", "routeKey": route,
            "http": { "method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.7", "userAgent": "bench" },
            "stage": "$default", "time": "21/Nov/2026:06:00:00 +0000", "timeEpoch": 1_795_240_800_000_i64,
        },
        "isBase64Encoded": false, "body": body,
    })
}

/// A signed-in user's request that moves money.
pub fn money(route: &str, token: &str, key: &str, body: &Value) -> Value {
    let headers = json!({ "content-type": "application/json", "authorization": format!("Bearer {token}"), "idempotency-key": key });
    http(route, headers, &body.to_string())
}

pub fn captured(order_id: &str, payment_id: &str, amount: i64) -> Value {
    let payment = json!({
        "id": payment_id, "entity": "payment", "amount": amount, "currency": "INR", "status": "captured", "order_id": order_id,
        "method": "upi", "captured": true, "notes": [], "fee": 0, "tax": 0, "created_at": 1_795_240_800,
    });
    let event = json!({
        "entity": "event", "event": "payment.captured", "contains": ["payment"], "payload": { "payment": { "entity": payment } },
    });
    webhook("POST /webhooks/razorpay", payment_id, &event)
}

/// The bank has paid a payout of ours; `payout_id` is the provider's.
pub fn paid_out(payout_id: &str, reference_id: &str, amount: i64) -> Value {
    let event = json!({
        "entity": "event", "event": "payout.processed", "contains": ["payout"], "created_at": 1_795_240_800,
        "payload": { "payout": { "entity": payout(payout_id, reference_id, amount, "processed") } },
    });
    webhook("POST /webhooks/razorpayx", payout_id, &event)
}

/// A payout as the provider shows it.
pub fn payout(id: &str, reference_id: &str, amount: i64, status: &str) -> Value {
    let utr = (status == "processed").then_some("123456789012");
    json!({
        "id": id, "entity": "payout", "fund_account_id": "fa_00000000000001", "amount": amount, "currency": "INR", "notes": [],
        "fees": 236, "tax": 36, "status": status, "utr": utr, "mode": "UPI", "purpose": "payout", "reference_id": reference_id,
        "narration": "Kamai payout", "batch_id": null, "created_at": 1_795_240_800,
    })
}

/// An event that its provider has signed.
fn webhook(route: &str, event_id: &str, event: &Value) -> Value {
    let body = event.to_string();
    let signature = sandbox::signing::hmac_sha256_hex(world::WEBHOOK_SECRET, body.as_bytes());
    let headers = json!({ "content-type": "application/json", "x-razorpay-event-id": event_id, "x-razorpay-signature": signature });
    http(route, headers, &body)
}

pub fn queued(sent: &Sent) -> Value {
    json!({ "Records": [{
        "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d", "receiptHandle": "bench", "body": sent.body,
        "attributes": { "ApproximateReceiveCount": "1", "SentTimestamp": jiff::Timestamp::now().as_millisecond().to_string() },
        "messageAttributes": { "trace": {
            "stringValue": sent.trace["StringValue"].as_str().unwrap_or("{}"), "dataType": "String",
        } },
        "md5OfBody": "", "eventSource": "aws:sqs", "eventSourceARN": format!("arn:aws:sqs:ap-south-1:000000000000:{}", sent.queue),
        "awsRegion": "ap-south-1",
    }] })
}
