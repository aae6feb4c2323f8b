//! F36, F38, F43: readers that are cut, that are gone, and that are two.

use crate::{key, stack, until, worker_with};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::{socket::Feed, stack::Stack, worker::Worker};

async fn send(from: &Worker, to: &Worker, amount: i64) -> Result<()> {
    let body = json!({ "to": { "type": "user", "user_id": to.user_id }, "amount": amount, "currency": "INR" });
    from.post("/v1/transfers", Some(&key("to")), body).await?;
    Ok(())
}

/// Reads up to the fact of this amount, and answers the amounts on the way.
async fn amounts(feed: &mut Feed, last: i64) -> Result<Vec<i64>> {
    let mut amounts = Vec::new();
    while amounts.last() != Some(&last) {
        amounts.extend(feed.next().await?["data"]["amount"].as_i64());
    }
    Ok(amounts)
}

/// More than one subscription catches up on: the client is told so, and asks again.
#[tokio::test]
async fn f36_a_reader_who_missed_1_or_310_facts_gets_each_once_and_in_order() -> Result<()> {
    let (asha, ravi) = (worker_with(900_000).await?, worker_with(0).await?);
    let mut feed = Feed::open(&ravi, 0).await?;
    send(&asha, &ravi, 1).await?;
    assert_eq!(amounts(&mut feed, 1).await?, [1]);
    feed.cut().await;
    send(&asha, &ravi, 2).await?;
    assert_eq!(amounts(&mut feed, 2).await?, [2]);
    feed.cut().await;
    for amount in 3..=312 {
        send(&asha, &ravi, amount).await?;
    }
    let missed = amounts(&mut feed, 312).await?;
    assert_eq!(missed, (3..=312).collect::<Vec<_>>(), "in order, each once");
    assert_eq!(ravi.get("/v1/wallet").await?["version"].as_u64(), Some(feed.seq), "the feed's end is the wallet's version");
    // A reader from the beginning, and one who claims to know the future.
    let mut whole = Feed::open(&ravi, 0).await?;
    assert_eq!(amounts(&mut whole, 312).await?.len(), 312);
    let mut ahead = Feed::open(&ravi, feed.seq).await?;
    ahead.send(json!({ "action": "subscribe", "channel": format!("user:{}", ravi.user_id), "after_seq": u64::MAX >> 1 })).await?;
    let frame = ahead.frame().await?;
    assert!(frame["type"] == "subscribed" && frame["seq"].as_u64() == Some(feed.seq), "{frame}");
    Ok(())
}

#[tokio::test]
async fn f43_two_devices_of_one_user_see_the_same_and_one_that_is_cut_costs_the_other_nothing() -> Result<()> {
    let (asha, ravi) = (worker_with(50_000).await?, worker_with(0).await?);
    let second = Worker::log_in(&ravi.stack, &ravi.phone).await?;
    let (mut one, mut other) = (Feed::open(&ravi, 0).await?, Feed::open(&second, 0).await?);
    for amount in 1..=20 {
        send(&asha, &ravi, amount).await?;
        if amount % 5 == 0 {
            one.cut().await;
        }
    }
    let expected: Vec<i64> = (1..=20).collect();
    assert_eq!(amounts(&mut one, 20).await?, expected);
    assert_eq!(amounts(&mut other, 20).await?, expected);
    assert_eq!(one.seq, other.seq);
    Ok(())
}

/// What DynamoDB's own clients ask of the live table.
async fn live(stack: &Stack, action: &str, mut request: Value) -> Result<Value> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../.local/stack.json"))?;
    request["TableName"] = serde_json::from_str::<Value>(&text)?["tables"]["live"].clone();
    let authorization = "AWS4-HMAC-SHA256 Credential=test/20261121/ap-south-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";
    let post = stack.http.post(&stack.aws_url).header("x-amz-target", format!("DynamoDB_20120810.{action}"));
    let post = post.header("authorization", authorization).header("content-type", "application/x-amz-json-1.0");
    let answer = post.body(request.to_string()).send().await?;
    let (status, text) = (answer.status(), answer.text().await?);
    ensure!(status.is_success(), "{action} answered {status}: {text}");
    Ok(serde_json::from_str(&text)?)
}

/// The live table's rows that name this text, as DynamoDB writes them.
async fn rows(stack: &Stack, named: &str) -> Result<Vec<String>> {
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let request = if after.is_null() { json!({}) } else { json!({ "ExclusiveStartKey": after }) };
        let page = live(stack, "Scan", request).await?;
        found.extend(page["Items"].as_array().into_iter().flatten().map(Value::to_string).filter(|row| row.contains(named)));
        after = page["LastEvaluatedKey"].clone();
        if after.is_null() {
            return Ok(found);
        }
    }
}

/// A connection that the gateway has long forgotten, and that nobody told us of.
#[tokio::test]
async fn f38_a_stale_connection_is_forgotten_and_delays_nobody() -> Result<()> {
    let (stack, worker) = (stack()?, worker_with(0).await?);
    let mut feed = Feed::open(&worker, 0).await?;
    // The rows of the connection that is there, once more for one that is not.
    let channel = format!("user:{}", worker.user_id);
    let subscription = rows(&stack, &channel).await?.into_iter().next().context("no subscription")?;
    let connection = serde_json::from_str::<Value>(&subscription)?["connection"]["S"].as_str().context("no connection")?.to_owned();
    let ghost = key("ghost").replace('+', "");
    let copies = rows(&stack, &connection).await?;
    assert!(copies.len() >= 2, "{copies:?}");
    for row in copies {
        let row: Value = serde_json::from_str(&row.replace(&connection, &ghost))?;
        live(&stack, "PutItem", json!({ "Item": row })).await?;
    }
    assert!(!rows(&stack, &ghost).await?.is_empty());

    for amount in [6_000, 7_000] {
        let order = worker.order(&key("order"), amount).await?;
        stack.pay(order["razorpay"]["order_id"].as_str().context("no order")?).await?;
        let fact = feed.until("payment.captured").await?;
        assert_eq!(fact["data"]["amount"], amount);
        until("the ghost is forgotten", async || Ok(rows(&stack, &ghost).await?.is_empty())).await?;
    }
    assert!(!rows(&stack, &connection).await?.is_empty(), "the one who is there is not");
    Ok(())
}

#[tokio::test]
async fn f36_where_no_socket_opens_a_poll_and_a_stream_show_the_same() -> Result<()> {
    let (asha, ravi) = (worker_with(50_000).await?, worker_with(0).await?);
    let head = ravi.get("/v1/events").await?["seq"].as_u64().context("no place to begin at")?;
    let path = format!("/v1/events?after_seq={head}&wait=15");
    let (polled, sent) = tokio::join!(ravi.get(&path), send(&asha, &ravi, 7));
    sent?;
    let polled = polled?;
    let first = &polled["items"][0];
    ensure!(first["data"]["amount"] == 7 && first["event"] == "transfer.received" && first["seq"] == head + 1, "{polled}");
    for amount in 8..=10 {
        send(&asha, &ravi, amount).await?;
    }
    let ticket = ravi.post("/v1/realtime/tickets", None, json!({})).await?;
    let url = format!("{}/v1/events?ticket={}", ravi.stack.api_url, ticket["ticket"].as_str().context("no ticket")?);
    let stream = ravi.stack.http.get(url).header("accept", "text/event-stream").header("last-event-id", head.to_string()).send().await?;
    let kind = stream.headers()["content-type"].to_str()?.to_owned();
    let text = stream.text().await?;
    ensure!(kind.starts_with("text/event-stream"), "{kind}: {text}");
    let shown: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line.strip_prefix("data: ")?).ok()).collect();
    ensure!(shown[0] == *first, "the same event: {} and {first}", shown[0]);
    let amounts: Vec<i64> = shown.iter().filter_map(|event| event["data"]["amount"].as_i64()).collect();
    ensure!(amounts == [7, 8, 9, 10], "{text}");
    Ok(())
}
