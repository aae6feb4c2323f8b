//! Messages that no worker can do anything with.

use crate::{balance, key, stack, staff, until, worker_with};
use anyhow::{Context, Result, ensure};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tests::{stack::Stack, worker::Worker};

/// Puts a message into one of our queues, as SQS's own clients do.
pub async fn put(stack: &Stack, queue: &str, body: &str) -> Result<()> {
    let url = |action: &str, request: Value| {
        let target = format!("AmazonSQS.{action}");
        let post = stack.http.post(&stack.aws_url).header("x-amz-target", target).header("content-type", "application/x-amz-json-1.0");
        let authorization = "AWS4-HMAC-SHA256 Credential=test/20261121/ap-south-1/sqs/aws4_request, SignedHeaders=host, Signature=0";
        post.header("authorization", authorization).body(request.to_string()).send()
    };
    let found: Value = url("GetQueueUrl", json!({ "QueueName": queue })).await?.json().await?;
    let queue_url = found["QueueUrl"].as_str().with_context(|| format!("there is no queue {queue}: {found}"))?;
    let answer = url("SendMessage", json!({ "QueueUrl": queue_url, "MessageBody": body })).await?;
    ensure!(answer.status().is_success(), "{}", answer.text().await?);
    Ok(())
}

/// The dead letters of a queue, as support sees them.
async fn letters(staff: &Worker, queue: &str) -> Result<Vec<Value>> {
    let all = staff.get("/v1/ops/dead-letters").await?;
    let queue = all["queues"].as_array().into_iter().flatten().find(|found| found["queue"] == queue).context("no such queue")?;
    Ok(queue["letters"].as_array().cloned().unwrap_or_default())
}

/// F10: set aside after a few tries, told what it is, sent back on demand; the rest goes on.
#[tokio::test]
async fn f10_poison_goes_to_the_dead_letters_and_holds_nobody_up() -> Result<()> {
    let (stack, staff) = (stack()?, staff().await?);
    let begun = Instant::now();
    let stranger = key("nobodys");
    let nobodys = json!({ "work": "webhook", "id": format!("razorpay#{stranger}") }).to_string();
    let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    let poison =
        ["{", "[]", r#"{"work":"fly"}"#, r#"{"work":"webhook","id":7}"#, "\u{1}\u{0}", deep.as_str(), &"9".repeat(128 * 1024), &nobodys];
    let mut sent = 0;
    for body in poison {
        // SQS itself refuses characters that XML has no place for.
        sent += usize::from(put(&stack, "kamai-inbox", body).await.is_ok() || body.contains('\u{0}'));
    }
    assert_eq!(sent, poison.len());

    let worker = worker_with(25_000).await?;
    assert_eq!(balance(&worker).await?, 25_000, "a payment in the same queue is credited meanwhile");

    let own = |letter: &Value| letter["work"].as_str().is_some_and(|work| work.contains(&stranger));
    let (mut mine, mut strangers) = (None, 0);
    while mine.is_none() || strangers < 5 {
        // Looking hides a letter for two seconds.
        tokio::time::sleep(Duration::from_millis(2_500)).await;
        let letters = letters(&staff, "inbox").await?;
        strangers = letters.iter().filter(|letter| letter["work"].is_null()).count();
        mine = letters.into_iter().find(own).or(mine);
        ensure!(begun.elapsed() < Duration::from_secs(900), "the poison is not set aside");
    }
    let mine = mine.context("no letter")?;
    assert!(mine["redrive_would"].as_str().is_some_and(|text| text.starts_with("fail again")), "{mine}");

    let id = mine["message_id"].as_str().context("no id")?;
    let one = |force: bool| json!({ "message_id": id, "force": force });
    until("a re-drive that does no good is refused", async || {
        let (status, refused) = staff.call(Method::POST, "/v1/ops/dead-letters/inbox/redrive", None, Some(one(false))).await?;
        Ok(status == 409 && refused["code"] == "redrive_refused")
    })
    .await?;
    until("it is sent back by force", async || {
        let (status, redriven) = staff.call(Method::POST, "/v1/ops/dead-letters/inbox/redrive", None, Some(one(true))).await?;
        Ok(status == 200 && redriven["sent_back"] == 1)
    })
    .await?;
    assert!(!letters(&staff, "inbox").await?.iter().any(own), "it is in its queue again");
    let acts = staff.get("/v1/ops/audit").await?;
    let act =
        acts["items"].as_array().into_iter().flatten().find(|act| act["subject"].as_str().is_some_and(|subject| subject.contains(id)));
    assert_eq!(act.map(|act| &act["forced"]), Some(&json!(true)), "{acts}");
    Ok(())
}
