//! F7: a webhook secret that is changed while deliveries are under way.

use crate::{
    stack, staff, unaided, until,
    webhook::{self, deliver, event_id},
};
use anyhow::{Context, Result, ensure};
use reqwest::Method;
use serde_json::{Value, json};
use std::path::Path;
use tests::stack::Stack;

const SECRET: &str = "kamai/razorpayx";
const BEFORE: &str = "the-secret-of-last-month-0123456789";

/// As the operators' own tools do.
async fn secrets(stack: &Stack, action: &str, request: Value) -> Result<Value> {
    let post = stack.http.post(&stack.aws_url).header("x-amz-target", format!("secretsmanager.{action}"));
    let authorization = "AWS4-HMAC-SHA256 Credential=test/20261121/ap-south-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=0";
    let post = post.header("content-type", "application/x-amz-json-1.1").header("authorization", authorization);
    let answer = post.body(request.to_string()).send().await?;
    let (status, text) = (answer.status(), answer.text().await?);
    ensure!(status.is_success(), "{action} answered {status}: {text}");
    Ok(serde_json::from_str(&text)?)
}

/// Sets which secret came before, and lets no worker live that knows another: in life they look
/// again after five minutes.
async fn rotate(stack: &Stack, previous: Option<&str>) -> Result<()> {
    let known = secrets(stack, "GetSecretValue", json!({ "SecretId": SECRET })).await?;
    let mut value: Value = serde_json::from_str(known["SecretString"].as_str().context("no secret")?)?;
    value["webhook_secret_previous"] = json!(previous);
    secrets(stack, "PutSecretValue", json!({ "SecretId": SECRET, "SecretString": value.to_string() })).await?;
    unaided::kill("webhooks-razorpayx")?;
    Ok(())
}

#[tokio::test]
async fn f7_both_secrets_are_good_during_a_rotation_and_the_old_one_not_after_it() -> Result<()> {
    if !Path::new("/proc/self/environ").exists() {
        eprintln!("not tried: ending a worker needs Linux's /proc");
        return Ok(());
    }
    let (stack, staff) = (stack()?, staff().await?);
    let body = json!({ "entity": "event", "event": "payout.downtime.started", "contains": [], "payload": {} }).to_string();
    let by = |secret: &str| sandbox::signing::hmac_sha256_hex(secret, body.as_bytes());
    let (old, new) = (by(BEFORE), by(&webhook::secret("razorpayx")?));
    let told = async |signature: &str, event: &str| deliver(&stack, "razorpayx", body.clone(), signature, event).await;

    assert_eq!(told(&old, &event_id("before")).await?, 401, "nobody's secret yet");
    rotate(&stack, Some(BEFORE)).await?;
    let event = event_id("during");
    until("the old secret is good", async || Ok(told(&old, &event).await? == 200)).await?;
    assert_eq!(told(&new, &event_id("during")).await?, 200);
    assert_eq!(told(&by("another"), &event_id("during")).await?, 401);

    rotate(&stack, None).await?;
    let refused = async || Ok(told(&old, &event_id("after")).await? == 401);
    until("the old secret is good no more", refused).await?;
    assert_eq!(told(&new, &event_id("after")).await?, 200);
    // What was taken during the overlap stays taken, and can be worked on again.
    let path = format!("/v1/ops/webhooks/razorpayx:{event}");
    until("it is worked on", async || Ok(staff.get(&path).await?["status"] == "ignored")).await?;
    assert_eq!(staff.call(Method::POST, &format!("{path}/replay"), None, None).await?.0, 202);
    Ok(())
}
