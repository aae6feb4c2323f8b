//! A chat with the assistant, by both of our numbers, on the walk; and the person who takes it over.

use super::a_while;
use crate::{
    outside,
    people::{Town, Worker},
};
use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Asks, notes, plans, pays in every way, and calls for a person.
pub async fn talk(town: &Town, asha: &Worker, ravi: &Worker) -> Result<()> {
    let to_ravi = format!("send 50 to {}", ravi.client.phone);
    for text in ["what is my balance", "earned 850 swiggy, petrol 200", "how much did i earn today", "save 5000 for a phone", "forget me"] {
        writes(town, asha, text).await;
    }
    for text in [to_ravi.as_str(), "pay 40 to chat@ybl", "change language to hindi"] {
        writes(town, asha, text).await;
        asha.presses_yes(1).await;
        a_while(5).await;
    }
    with_a_pin(town, asha).await?;
    let phone = asha.client.phone.trim_start_matches('+');
    outside::ask(&town.world, "POST", &format!("/phones/{phone}/twilio"), Some(json!({ "text": "what is my balance" }))).await;
    a_while(5).await;
    writes(town, asha, "i want to talk to a person").await;
    writes(town, asha, "my payout is missing").await;
    // Behind a message whose worker died, the others of its sender wait until it is tried again.
    a_while(600).await;
    let (client, path) = (&town.operator.client, format!("/v1/ops/chats/{}/meta", asha.client.user()));
    client.get("/v1/ops/chats").await.context("no chats")?;
    client.get(&path).await.context("no chat waits for a person")?;
    client.post(&format!("{path}/reply"), json!({ "client_id": "a1", "text": "It is on its way." })).await;
    client.post(&format!("{path}/close"), json!({})).await.ok().context("the chat is not given back")?;
    client.get(&format!("{path}/turns")).await.context("no turns")?;
    Ok(())
}

pub async fn writes(town: &Town, asha: &Worker, text: &str) {
    let phone = asha.client.phone.trim_start_matches('+');
    outside::ask(&town.world, "POST", &format!("/phones/{phone}/whatsapp"), Some(json!({ "text": text }))).await;
    a_while(5).await;
}

/// A large amount, which leads to the page for a PIN, of which there is none yet.
async fn with_a_pin(town: &Town, asha: &Worker) -> Result<()> {
    writes(town, asha, "pay 10000 to chat@ybl").await;
    asha.presses_yes(1).await;
    a_while(5).await;
    let shown = asha.inbox().await;
    let url = shown.iter().rev().find_map(|item| item["content"]["action"]["parameters"]["url"].as_str()).map(str::to_owned);
    // Without as much money there is no page.
    let Some(path) = url.as_deref().and_then(|url| url.find("/v1/chat/").map(|at| &url[at..])) else { return Ok(()) };
    asha.client.get(path).await;
    for form in ["do=code", "do=confirm&pin=482913"] {
        asha.client.fills_in(path, form).await;
    }
    a_while(10).await;
    Ok(())
}

/// What the newest question's yes brings back.
pub fn newest_yes(inbox: &[Value]) -> Option<String> {
    let ids = |item: &Value| -> Vec<String> {
        let buttons = item["content"]["action"]["buttons"].as_array().into_iter().flatten();
        buttons.filter_map(|button| button["reply"]["id"].as_str()).map(str::to_owned).collect()
    };
    inbox.iter().rev().flat_map(ids).find(|id| id.starts_with("yes:"))
}
