//! What came, what of it was read, and how a second device learns of it.

use crate::{balance, key, stack, worker_with};
use anyhow::{Context, Result, ensure};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{phone, socket::Feed, worker::Worker};

async fn unread(worker: &Worker) -> Result<(u64, u64)> {
    let body = worker.get("/v1/notifications/unread").await?;
    Ok((body["unread"].as_u64().context("no count")?, body["seq"].as_u64().context("no end")?))
}

async fn mark(worker: &Worker, what: Value) -> Result<Value> {
    worker.post("/v1/notifications/read", None, what).await
}

#[tokio::test]
async fn what_is_unread_is_counted_from_what_was_read_on_whichever_device() -> Result<()> {
    let asha = worker_with(30_000).await?;
    let other = Worker::log_in(&asha.stack, &asha.phone).await?;
    let (count, end) = unread(&asha).await?;
    assert_eq!(count, end, "nothing was read yet");
    ensure!(end >= 3, "an account, a payment and a second log-in: {end}");

    // Two devices mark different events at once; neither undoes the other's.
    let marks = futures::future::join_all([mark(&asha, json!({ "seqs": [1, end] })), mark(&other, json!({ "seqs": [2, end] }))]);
    for marked in marks.await {
        marked?;
    }
    assert_eq!(unread(&other).await?, (end - 3, end));
    let listed = asha.get("/v1/notifications?limit=100").await?;
    let read: Vec<u64> = listed["items"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|item| item["read"] == true)
        .filter_map(|item| item["seq"].as_u64())
        .collect();
    assert_eq!(read, [end, 2, 1], "newest first");
    let rest = asha.get("/v1/notifications?unread=true&limit=100").await?;
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(usize::try_from(end - 3)?));

    let (_, all) = other.call(Method::POST, "/v1/notifications/read", None, None).await?;
    assert_eq!((all["unread"].as_u64(), all["read_through_seq"].as_u64()), (Some(0), Some(end)));
    assert_eq!(mark(&asha, json!({ "through_seq": 1 })).await?["unread"], 0, "a late mark takes nothing back");
    asha.order(&key("more"), 1_000).await?;
    let (after, _) = unread(&asha).await?;
    assert_eq!(after, unread(&other).await?.0);
    Ok(())
}

#[tokio::test]
async fn a_mark_on_one_device_is_shown_on_the_other() -> Result<()> {
    let asha = worker_with(10_000).await?;
    let other = Worker::log_in(&asha.stack, &asha.phone).await?;
    let mut feed = Feed::open(&other, 0).await?;
    let end = unread(&asha).await?.1;
    mark(&asha, json!({ "through_seq": end })).await?;
    loop {
        let frame = feed.frame().await?;
        ensure!(frame["type"] != "cut", "the socket went");
        if frame["type"] == "read" {
            assert_eq!((&frame["data"]["unread"], frame["data"]["read_through_seq"].as_u64()), (&json!(0), Some(end)));
            return Ok(());
        }
    }
}

#[tokio::test]
async fn a_log_in_on_another_device_is_told_with_high_priority_and_the_first_is_not() -> Result<()> {
    let asha = Worker::log_in(&stack()?, &phone::fresh()).await?;
    let told = async || -> Result<Vec<Value>> {
        let page = asha.get("/v1/notifications").await?;
        Ok(page["items"].as_array().into_iter().flatten().filter(|item| item["event"] == "security.log_in").cloned().collect())
    };
    assert_eq!(told().await?, Vec::<Value>::new());
    Worker::log_in(&asha.stack, &asha.phone).await?;
    let alerts = told().await?;
    assert_eq!(alerts.len(), 1);
    assert_eq!((&alerts[0]["priority"], &alerts[0]["read"]), (&json!("high"), &json!(false)));
    ensure!(alerts[0]["expires_at"].as_str() > alerts[0]["at"].as_str(), "{}", alerts[0]);
    assert_eq!(balance(&asha).await?, 0);
    Ok(())
}
