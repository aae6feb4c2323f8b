//! One movement of money, told of by several.

use crate::{Timeline, rupees};
use anyhow::{Context, Result, ensure};
use domain::{Timestamp, limits::india_time};
use reqwest::{Method, StatusCode};
use serde_json::json;
use tests::{chat::Chat, stack::Stack, worker::Worker};

/// Asha notes what she spent, and her phone hands on what her bank wrote of the same.
pub async fn told_by_several(stack: &Stack, asha: &Worker, time: &mut Timeline) -> Result<()> {
    let today = india_time(Timestamp::now()).date().to_string();
    let query = format!("/v1/cashbook?from={today}&to={today}");
    let mut chat = Chat::with(stack, asha).await?;
    chat.says("petrol 345").await?;
    time.seen("Asha", "WhatsApp: \"petrol 345\"");
    let noted = asha.get(&query).await?["expenses_amount"].as_i64().context("no expenses")?;
    let text = "Rs.345.00 debited from A/c XX4321 to HP PETROL PUMP. UPI Ref 632498761234. Avl Bal Rs.17,895.50";
    let message = json!({ "sender": "VM-HDFCBK-S", "text": text, "received_at": Timestamp::now().to_string() });
    let refused = asha.call(Method::POST, "/v1/sms/batch", None, Some(json!({ "messages": [message.clone()] }))).await?;
    ensure!(refused.0 == StatusCode::FORBIDDEN, "an SMS was read without consent: {}", refused.1);
    let consents = asha.agree("sms", true).await?;
    let hash = consents["proof"]["hash"].as_str().unwrap_or_default().to_owned();
    time.seen(
        "Asha",
        format!("agrees to her bank's SMS being read; her chain of consents ends in {}…", hash.chars().take(12).collect::<String>()),
    );
    let told = asha.post("/v1/sms/batch", None, json!({ "messages": [message.clone(), message] })).await?;
    let results: Vec<&str> = told["items"].as_array().into_iter().flatten().filter_map(|item| item["result"].as_str()).collect();
    ensure!(results == ["matched", "known"], "the bank's SMS was not known for what she noted: {told}");
    let book = asha.get(&query).await?;
    ensure!(book["expenses_amount"] == noted, "counted twice: {book}");
    let entries = book["days"][0]["entries"].as_array().into_iter().flatten();
    let fuel = entries.clone().find(|entry| entry["id"] == told["items"][0]["entry_id"]).context("no such entry")?;
    let sources: Vec<&str> = fuel["told_by"].as_array().into_iter().flatten().filter_map(|one| one["source"].as_str()).collect();
    time.seen(
        "bank",
        format!("SMS of the same {}, handed on twice: one movement, told by {}", rupees(&fuel["amount"]), sources.join(" and ")),
    );
    let (count, spent, earned) = (entries.count(), rupees(&book["expenses_amount"]), rupees(&book["income_amount"]));
    time.seen("cash book", format!("today: {count} movements, {earned} earned, {spent} spent"));
    Ok(())
}
