//! What two people, a group and an operator do in rooms on the walk.

use super::a_while;
use crate::people::{Town, Worker};
use anyhow::{Context, Result};
use serde_json::json;

pub async fn chat(town: &Town, asha: &Worker, ravi: &Worker) -> Result<()> {
    let room = asha.client.pay("/v1/rooms", json!({ "with": ravi.client.user() })).await.ok().context("no room")?;
    let (path, channel) = (format!("/v1/rooms/{}", room.text("id")), room.text("channel"));
    let write = |name: &str, words: &str| json!({ "client_id": name, "text": words });
    let first = asha.client.post(&format!("{path}/messages"), write("m1", "On my way")).await.ok().context("no message")?;
    let message = format!("{path}/messages/{}", first.text("id"));
    asha.client.post(&format!("{message}/edit"), json!({ "text": "There soon" })).await;
    let reported = ravi.client.post(&format!("{message}/report"), json!({ "reason": "not so" })).await.ok().context("no report")?;
    ravi.client.post(&format!("{path}/read"), json!({ "read_through_seq": 2 })).await;
    asha.feed.say("sockets-chat", &json!({ "action": "message", "channel": channel, "client_id": "m2", "text": "Here" })).await;
    ravi.feed.say("sockets-chat", &json!({ "action": "ack", "channel": channel, "delivered_through_seq": 3 })).await;
    ravi.feed.say("sockets-message", &json!({ "action": "ping", "presence": "away" })).await;
    let to = json!({ "type": "user", "user_id": ravi.client.user() });
    let held = json!({ "to": to, "amount": 1_000, "currency": "INR", "hold_s": 60 });
    let transfer = asha.client.pay("/v1/transfers", held).await.ok().context("no hold")?.text("id");
    asha.client.post(&format!("{path}/messages"), json!({ "client_id": "m3", "transfer_id": transfer })).await;
    asha.client.post(&format!("{message}/delete"), json!({})).await;
    ravi.client.post(&format!("/v1/social/block/{}", asha.client.user()), json!({})).await;
    ravi.client.post(&format!("/v1/social/unblock/{}", asha.client.user()), json!({})).await;
    ravi.client.post("/v1/social", json!({ "presence": "contacts" })).await;
    for looked_at in ["/v1/rooms", "/v1/social", path.as_str(), &format!("{path}/messages")] {
        ravi.client.get(looked_at).await;
    }
    group(asha, ravi).await?;
    let operator = &town.operator.client;
    operator.get("/v1/ops/reports").await;
    operator.post(&format!("/v1/ops/reports/{}/close", reported.text("id")), json!({})).await;
    a_while(180).await;
    Ok(())
}

async fn group(asha: &Worker, ravi: &Worker) -> Result<()> {
    let made = json!({ "name": "Riders", "open": true });
    let path = format!("/v1/rooms/{}", asha.client.pay("/v1/rooms", made).await.ok().context("no group")?.text("id"));
    ravi.client.post(&format!("{path}/join"), json!({})).await;
    ravi.client.post(&format!("{path}/leave"), json!({})).await;
    asha.client.post(&format!("{path}/members"), json!({ "user_id": ravi.client.user() })).await;
    asha.client.post(&format!("{path}/members/{}/remove", ravi.client.user()), json!({})).await;
    Ok(())
}
