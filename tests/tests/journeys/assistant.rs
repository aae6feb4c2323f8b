//! The assistant on the running stack: what a worker writes on WhatsApp, and what becomes of it.

use crate::{
    balance,
    messages_in::{by_meta, told_by_meta},
    stack, until, worker_with,
};
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};
use tests::{chat::Chat, phone};

/// As Meta writes times.
fn second() -> String {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().to_string()
}

#[tokio::test]
async fn a_worker_asks_confirms_and_pays_in_the_chat() -> Result<()> {
    let (asha, ravi) = (worker_with(500_000).await?, worker_with(0).await?);
    let mut chat = Chat::with(&asha.stack, &asha).await?;
    ensure!(chat.says("what is my balance").await?.text.contains("₹5,000.00"));
    let asked = chat.says(&format!("send 250 to {}", ravi.phone)).await?;
    ensure!(asked.text.contains("₹250.00") && asked.text.contains(&ravi.phone), "{asked:?}");
    ensure!(balance(&ravi).await? == 0, "nothing moves before a yes");
    let done = chat.presses(&asked, "Yes").await?;
    ensure!(done.text.contains("₹4,750.00"), "{done:?}");
    ensure!(balance(&ravi).await? == 25_000);
    let again = chat.presses(&asked, "Yes").await?;
    ensure!(again.text.contains("nothing to confirm"), "{again:?}");
    ensure!(balance(&ravi).await? == 25_000);
    Ok(())
}

#[tokio::test]
async fn cash_goes_out_by_chat_and_arrives() -> Result<()> {
    let asha = worker_with(500_000).await?;
    let mut chat = Chat::with(&asha.stack, &asha).await?;
    let asked = chat.says(&format!("pay 100 to success{}@okaxis", crate::digits("vpa"))).await?;
    ensure!(asked.text.contains("₹100.00"), "{asked:?}");
    chat.presses(&asked, "Yes").await?;
    until("the payout is processed", async || {
        let payouts = asha.get("/v1/payouts").await?;
        Ok(payouts["items"][0]["status"] == "processed")
    })
    .await
}

#[tokio::test]
async fn f12_twenty_numbered_messages_within_two_seconds_are_answered_in_their_order() -> Result<()> {
    let asha = worker_with(0).await?;
    let mut chat = Chat::with(&asha.stack, &asha).await?;
    chat.says("hello").await?;
    let (began, phone) = (std::time::Instant::now(), asha.phone.trim_start_matches('+'));
    for n in 1..=20 {
        // One after the other, as Meta waits for our 200.
        let (id, text) = (format!("wamid.{phone}.{n}"), format!("earned {} swiggy", 100 + n));
        let message = json!({ "id": id, "from": phone, "timestamp": second(), "type": "text", "text": { "body": text } });
        ensure!(by_meta(&asha.stack, &told_by_meta(&json!({ "messages": [message] }))?).await? == 200);
    }
    let wrote_in = began.elapsed();
    for n in 1..=20 {
        let answer = chat.answer().await?;
        ensure!(answer.text.contains(&format!("₹{}.00 earned", 100 + n)), "{n}: {answer:?}");
    }
    println!("20 messages written in {wrote_in:?}, answered in {:?}", began.elapsed());
    ensure!(chat.says("how much did i earn today").await?.text.contains("earned ₹2,210.00"));
    Ok(())
}

#[tokio::test]
async fn a_large_amount_takes_a_pin_on_our_own_page() -> Result<()> {
    let asha = worker_with(3_000_000).await?;
    let stack = &asha.stack;
    let mut chat = Chat::with(stack, &asha).await?;
    let asked = chat.says("send 20000 to ravi@okbank").await?;
    let link = chat.presses(&asked, "Yes").await?.link.context("no page")?;
    let page = async |form: &[(&str, &str)]| {
        let body: Vec<String> = form.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = stack.http.post(&link).header("content-type", "application/x-www-form-urlencoded").body(body.join("&"));
        let answer = request.send().await?;
        anyhow::Ok((answer.status().as_u16(), answer.text().await?))
    };
    let shown = stack.http.get(&link).send().await?;
    ensure!(shown.status() == 200 && shown.headers()["content-security-policy"].to_str()?.contains("default-src 'none'"));
    let seen = phone::messages(stack, &asha.phone).await?.len();
    let (_, sent) = page(&[("do", "code")]).await?;
    let challenge = sent.split("name=\"challenge\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).context("no challenge")?;
    let code = phone::otp(stack, &asha.phone, seen).await?;
    ensure!(page(&[("do", "set"), ("challenge", challenge), ("code", &code), ("pin", "482913")]).await?.0 == 200);
    ensure!(page(&[("do", "confirm"), ("pin", "482914")]).await?.0 == 403);
    ensure!(balance(&asha).await? == 3_000_000);
    ensure!(page(&[("do", "confirm"), ("pin", "482913")]).await?.0 == 200);
    ensure!(chat.answer().await?.text.contains("₹20,000.00"));
    ensure!(page(&[("do", "confirm"), ("pin", "482913")]).await?.0 == 410);
    Ok(())
}

#[tokio::test]
async fn a_stranger_is_told_how_to_get_an_account_once() -> Result<()> {
    let (stack, number) = (stack()?, phone::fresh());
    let url = format!("{}/phones/{number}/whatsapp", stack.sandbox_url);
    for _ in 0..2 {
        stack.post(url.clone(), json!({ "text": "hello" })).await?;
    }
    until("they are greeted", async || Ok(!phone::inbox(&stack, &number).await?.is_empty())).await?;
    ensure!(phone::inbox(&stack, &number).await?.len() == 1);
    Ok(())
}
