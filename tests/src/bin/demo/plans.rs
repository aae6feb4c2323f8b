//! A bill, and a bank, from the same chat.

use crate::{Timeline, key, rupees};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::{chat::Chat, stack::Stack, worker::Worker};

async fn available(worker: &Worker) -> Result<i64> {
    worker.get("/v1/wallet").await?["available_amount"].as_i64().context("no balance")
}

/// Asha pays an electricity bill and connects her bank, without leaving the chat but for the bank's own page.
pub async fn a_bill_and_a_bank(stack: &Stack, asha: &Worker, time: &mut Timeline) -> Result<()> {
    let before = available(asha).await?;
    let order = asha.order(&key("order"), 500_000).await?;
    stack.pay(order["razorpay"]["order_id"].as_str().context("no order id")?).await?;
    for _ in 0..600 {
        if available(asha).await? > before {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    time.seen("customer", "pays Asha ₹5,000.00");
    let mut chat = Chat::with(stack, asha).await?;
    let wish = "bijli ka bill bharna hai";
    let which = chat.says(wish).await?;
    time.seen("Asha", format!("WhatsApp: \"{wish}\""));
    let (_, biller) = which.choices.iter().find(|(_, title)| title.contains("Bangalore")).cloned().context("no such biller")?;
    chat.presses(&which, &biller).await?;
    // A number of her own: whoever has paid has no bill until next month.
    let number = format!("{}0000", &asha.phone[asha.phone.len() - 6..]);
    let shown = chat.says(&number).await?;
    time.seen("assistant", format!("\"{}\"", shown.text.lines().next().unwrap_or_default()));
    let (_, yes) = shown.choices.first().cloned().with_context(|| format!("no question: {shown:?}"))?;
    chat.presses(&shown, &yes).await?;
    for _ in 0..600 {
        let paid = asha.get("/v1/payouts").await?["items"][0].clone();
        if paid["status"] == "processed" {
            time.seen("BESCOM", format!("is paid {}, reference {}", rupees(&paid["amount"]), paid["utr"].as_str().unwrap_or("-")));
            break;
        }
        ensure!(paid["status"] != "failed", "the bill was not paid: {paid}");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }

    let offered = chat.says("connect my bank").await?;
    let linked = chat.presses(&offered, "Demo Bank").await?;
    let customer = asha.phone.trim_start_matches("+91");
    let agreed = json!({ "url": linked.link.context("no link")?, "customer": customer });
    let agreed = stack.post(format!("{}/demo-bank/approve", stack.sandbox_url), agreed).await?;
    stack.http.get(agreed["redirect_to"].as_str().context("nobody comes back")?).send().await?;
    time.seen("Asha", "agrees on her bank's own page");
    let told = chat.answer().await?;
    for line in told.text.lines().take(3) {
        time.seen("assistant", format!("\"{line}\""));
    }

    let linked = chat.says("connect uber").await?;
    let agreed = json!({ "url": linked.link.context("no link")?, "worker": customer });
    let agreed = stack.post(format!("{}/platforms/approve", stack.sandbox_url), agreed).await?;
    stack.http.get(agreed["redirect_to"].as_str().context("nobody comes back")?).send().await?;
    time.seen("Asha", "lets Uber tell what she earns there");
    for line in chat.answer().await?.text.lines() {
        time.seen("assistant", format!("\"{line}\""));
    }
    Ok(())
}
