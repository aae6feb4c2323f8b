//! Money comes in, goes to a friend, and goes out to a bank.

use crate::{Timeline, key, rupees, text};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::{socket::Feed, stack::Stack, worker::Worker};

pub async fn money_in(stack: &Stack, asha: &Worker, feed: &mut Feed, time: &mut Timeline) -> Result<()> {
    let order = asha.order(&key("order"), 150_000).await?;
    time.seen("Asha", format!("asks a customer for {}: {}", rupees(&order["amount"]), text(&order["razorpay"]["order_id"])));
    stack.pay(order["razorpay"]["order_id"].as_str().context("no order id")?).await?;
    time.seen("customer", "pays by UPI; Razorpay signs webhooks to us");
    let fact = feed.until("payment.captured").await?;
    time.seen("socket", format!("payment.captured: {} available", rupees(&fact["data"]["available_amount"])));
    ensure!(fact["data"]["balance_amount"] == 150_000, "the wallet was not credited: {fact}");
    Ok(())
}

pub async fn survive_a_cut(stack: &Stack, asha: &Worker, feed: &mut Feed, time: &mut Timeline) -> Result<()> {
    feed.cut().await;
    time.seen("socket", "is cut, as after ten idle minutes, two hours, or in a tunnel");
    let order = asha.order(&key("order"), 50_000).await?;
    stack.pay(order["razorpay"]["order_id"].as_str().context("no order id")?).await?;
    time.seen("customer", "pays another ₹500.00 meanwhile");
    let without = poll(asha, feed.seq, "payment.captured").await?;
    time.seen("poll", format!("shows it without a socket: {} available", rupees(&without["data"]["available_amount"])));
    let fact = feed.until("payment.captured").await?;
    time.seen("socket", format!("reconnects and resumes: payment.captured, {} available", rupees(&fact["data"]["available_amount"])));
    ensure!(fact["data"]["balance_amount"] == 200_000, "the resumed feed is wrong: {fact}");
    ensure!(fact["id"] == without["id"], "the poll showed another event: {without}");
    Ok(())
}

/// Reads the feed by long polls until an event comes.
async fn poll(asha: &Worker, mut seq: u64, event: &str) -> Result<Value> {
    for _ in 0..10 {
        let answer = asha.get(&format!("/v1/events?after_seq={seq}&wait=15")).await?;
        let found = answer["items"].as_array().into_iter().flatten().find(|item| item["event"] == event);
        if let Some(found) = found {
            return Ok(found.clone());
        }
        seq = answer["seq"].as_u64().unwrap_or(seq);
    }
    anyhow::bail!("no poll showed {event}")
}

pub async fn to_a_friend(asha: &Worker, ravi: &Worker, feed: &mut Feed, time: &mut Timeline) -> Result<()> {
    let to = json!({ "type": "phone", "phone": ravi.phone });
    let body = json!({ "to": to, "amount": 25_000, "currency": "INR", "note": "Chai and petrol" });
    let key = key("transfer");
    let first = asha.post("/v1/transfers", Some(&key), body.clone()).await?;
    time.seen("Asha", format!("sends Ravi {}", rupees(&first["amount"])));
    feed.until("transfer.sent").await?;
    time.seen("socket", "transfer.sent");
    let again = asha.post("/v1/transfers", Some(&key), body).await?;
    ensure!(first == again, "a retry with the same key gave another answer");
    ensure!(ravi.get("/v1/wallet").await?["balance_amount"] == 25_000, "Ravi has not received it, or twice");
    time.seen("Ravi", "has ₹250.00; the same request sent again changed nothing");
    Ok(())
}

pub async fn money_out(asha: &Worker, feed: &mut Feed, time: &mut Timeline) -> Result<()> {
    let payee = json!({ "type": "vpa", "vpa": "asha@okaxis", "name": "Asha Devi" });
    let payout = asha.post("/v1/payouts", Some(&key("payout")), json!({ "amount": 120_000, "currency": "INR", "payee": payee })).await?;
    time.seen("Asha", format!("cashes out {} to asha@okaxis: {}", rupees(&payout["amount"]), text(&payout["status"])));
    for (event, words) in [
        ("payout.opened", "the money is held"),
        ("payout.sent", "the payee was validated; RazorpayX has been asked"),
        ("payout.processed", "the money is in the bank"),
    ] {
        let fact = feed.until(event).await?;
        let utr = fact["data"]["reference"].as_str().map(|utr| format!(" (UTR {utr})")).unwrap_or_default();
        time.seen("socket", format!("{event}: {words}{utr}; {} available", rupees(&fact["data"]["available_amount"])));
    }
    let explained = asha.get(&format!("/v1/transactions/{}", payout["id"].as_str().context("no id")?)).await?;
    let last = explained["facts"].as_array().and_then(|facts| facts.last()).cloned().unwrap_or_default();
    time.seen(
        "Asha",
        format!(
            "asks why: {} ← {} {}",
            text(&last["entries"][0]["description"]),
            text(&last["cause"]["kind"]),
            text(&last["cause"]["webhook"]["id"])
        ),
    );
    Ok(())
}
