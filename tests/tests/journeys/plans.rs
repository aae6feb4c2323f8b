//! Banks, bills, standing payments and documents on the running stack.

use crate::{balance, digits, key, until, worker_with};
use anyhow::{Context, Result, ensure};
use domain::{Timestamp, limits::india_time};
use jiff::ToSpan as _;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tests::{chat::Chat, phone, worker::Worker};

/// Does at the demo bank what a person does there, and follows the way back.
async fn agrees(worker: &Worker, link: &str, deny: bool) -> Result<(StatusCode, String)> {
    let customer: String = worker.phone.chars().rev().take(10).collect::<Vec<_>>().into_iter().rev().collect();
    let done = json!({ "url": link, "customer": customer, "deny": deny });
    let done = worker.stack.post(format!("{}/demo-bank/approve", worker.stack.sandbox_url), done).await?;
    let back = done["redirect_to"].as_str().context("the bank sends nobody back")?;
    let answer = worker.stack.http.get(back).send().await?;
    Ok((answer.status(), answer.text().await?))
}

async fn demo_bank(worker: &Worker) -> Result<Value> {
    let banks = worker.get("/v1/banks").await?;
    banks["items"].as_array().into_iter().flatten().find(|bank| bank["bank"] == "demo-bank").cloned().context("no demo bank")
}

#[tokio::test]
async fn a_bank_is_connected_from_the_chat_and_shows_its_balances() -> Result<()> {
    let asha = worker_with(0).await?;
    let mut chat = Chat::with(&asha.stack, &asha).await?;
    let offered = chat.says("connect my bank").await?;
    let linked = chat.presses(&offered, "Demo Bank").await?;
    let (status, page) = agrees(&asha, linked.link.as_deref().context("no link")?, false).await?;
    ensure!(status == StatusCode::OK && page.contains("Demo Bank"), "{status} {page}");
    let told = chat.answer().await?;
    ensure!(told.text.starts_with("Demo Bank is connected.") && told.text.contains('₹'), "{told:?}");
    let bank = demo_bank(&asha).await?;
    ensure!(bank["status"] == "active" && bank["accounts"][0]["balance_amount"].is_i64(), "{bank}");
    let asked = chat.says("disconnect my bank").await?;
    chat.presses(&asked, "Yes").await?;
    until("the bank has heard that it is over", async || Ok(demo_bank(&asha).await?["status"] == "revoked")).await?;
    ensure!(demo_bank(&asha).await?["accounts"] == json!([]));
    Ok(())
}

#[tokio::test]
async fn indian_banks_are_read_by_an_account_aggregator_with_its_encryption() -> Result<()> {
    let asha = worker_with(0).await?;
    let mut chat = Chat::with(&asha.stack, &asha).await?;
    let offered = chat.says("connect my bank").await?;
    let linked = chat.presses(&offered, "Indian bank").await?;
    let link = reqwest::Url::parse(linked.link.as_deref().context("no link")?)?;
    let handle = link.path_segments().and_then(|mut parts| parts.next_back().map(str::to_owned)).context("no handle")?;
    let back = link.query_pairs().find(|(name, _)| name == "return").map(|(_, back)| back.into_owned()).context("no way back")?;
    let url = format!("{}/aa/consents/{handle}/approve", asha.stack.sandbox_url);
    ensure!(asha.stack.http.post(url).json(&json!({})).send().await?.status().is_success());
    ensure!(asha.stack.http.get(back).send().await?.status() == StatusCode::OK);
    let told = chat.answer().await?;
    ensure!(told.text.starts_with("Indian bank is connected.") && told.text.contains('₹'), "{told:?}");
    let seen = asha.get("/v1/banks").await?;
    let banks = seen["items"].as_array().into_iter().flatten().find(|bank| bank["bank"] == "account-aggregator").cloned();
    let accounts = banks.context("no aggregator")?["accounts"].as_array().map_or(0, Vec::len);
    ensure!(accounts >= 2, "{seen}");
    Ok(())
}

#[tokio::test]
async fn a_gig_platform_is_connected_and_its_days_are_earnings_until_it_is_ended() -> Result<()> {
    let asha = worker_with(0).await?;
    let platform = async |id: &str| -> Result<Value> {
        let all = asha.get("/v1/platforms").await?;
        all["items"].as_array().into_iter().flatten().find(|one| one["platform"] == id).cloned().context("it is not listed")
    };
    ensure!(platform("rapido").await?["status"] == "not_here");
    let (status, refused) = asha.call(Method::POST, "/v1/platforms/rapido/connect", None, Some(json!({}))).await?;
    ensure!(
        status == StatusCode::UNPROCESSABLE_ENTITY && refused["detail"].as_str().is_some_and(|why| why.contains("no interface")),
        "{refused}"
    );
    for (id, name) in [("uber", "Uber"), ("swiggy", "Swiggy")] {
        let link = asha.post(&format!("/v1/platforms/{id}/connect"), None, json!({})).await?;
        let agreed = json!({ "url": link["url"], "worker": &asha.phone[3..] });
        let agreed = asha.stack.post(format!("{}/platforms/approve", asha.stack.sandbox_url), agreed).await?;
        let back = asha.stack.http.get(agreed["redirect_to"].as_str().context("nobody comes back")?).send().await?;
        ensure!(back.status() == StatusCode::OK && back.text().await?.contains(name));
        until("it is read", async || Ok(platform(id).await?["read_at"].is_string())).await?;
    }
    until("its days are earnings", async || {
        let today = india_time(Timestamp::now()).date();
        let earnings = asha.get(&format!("/v1/earnings?from={}&to={today}", today.saturating_sub(6.days()))).await?.to_string();
        Ok(earnings.contains("uber") && earnings.contains("swiggy"))
    })
    .await?;
    asha.post("/v1/platforms/uber/disconnect", None, json!({})).await?;
    until("it has heard that it is over", async || Ok(platform("uber").await?["status"] == "revoked")).await
}

#[tokio::test]
async fn a_link_that_was_declined_or_used_connects_nothing() -> Result<()> {
    let asha = worker_with(0).await?;
    let link = asha.post("/v1/banks/demo-bank/connect", None, json!({})).await?;
    let link = link["url"].as_str().context("no link")?;
    ensure!(agrees(&asha, link, true).await?.0 == StatusCode::OK);
    until("it is known", async || Ok(demo_bank(&asha).await?["status"] == "failed")).await?;
    ensure!(agrees(&asha, link, false).await?.0 == StatusCode::GONE, "the link is of one use");
    ensure!(demo_bank(&asha).await?["trouble"] == "declined");
    Ok(())
}

#[tokio::test]
async fn a_category_of_which_the_provider_has_nobody_is_empty() -> Result<()> {
    let asha = worker_with(0).await?;
    let found = async |category: &str| -> Result<usize> {
        let billers = asha.get(&format!("/v1/billers?category={category}")).await?;
        Ok(billers["items"].as_array().context("no list")?.len())
    };
    ensure!(found("mobile").await? > 0, "prepaid is there, though postpaid is not");
    ensure!(found("education").await? == 0);
    Ok(())
}

async fn bill(worker: &Worker, number: &str) -> Result<(Value, i64)> {
    let asked = json!({ "biller_id": "BESCOM000KAR01", "params": { "Account ID": number } });
    let bill = worker.post("/v1/bills/fetch", None, asked.clone()).await?;
    let amount = bill["amount"].as_i64().with_context(|| format!("a bill without an amount: {bill}"))?;
    let mut paid = asked;
    (paid["bill_ref"], paid["amount"], paid["currency"]) = (bill["bill_ref"].clone(), json!(amount), json!("INR"));
    Ok((paid, amount))
}

#[tokio::test]
async fn a_bill_is_paid_once_however_often_it_is_asked_for_and_a_lost_answer_is_looked_up() -> Result<()> {
    let asha = worker_with(1_000_000).await?;
    // The payer pays, and its answer is an error.
    let (paid, amount) = bill(&asha, &format!("{}9906", &digits("")[6..])).await?;
    let payment_key = key("bill");
    let payout = asha.post("/v1/bills/pay", Some(&payment_key), paid.clone()).await?;
    let again = asha.post("/v1/bills/pay", Some(&payment_key), paid).await?;
    ensure!(again["id"] == payout["id"], "{again}");
    let path = format!("/v1/payouts/{}", payout["id"].as_str().unwrap_or_default());
    until("the bill is paid", async || Ok(asha.get(&path).await?["status"] == "processed")).await?;
    ensure!(balance(&asha).await? == 1_000_000 - amount);
    Ok(())
}

#[tokio::test]
async fn what_a_biller_gives_back_is_back_in_the_wallet() -> Result<()> {
    let asha = worker_with(1_000_000).await?;
    for end in ["9905", "9907"] {
        let (paid, _) = bill(&asha, &format!("{}{end}", &digits("")[6..])).await?;
        let payout = asha.post("/v1/bills/pay", Some(&key("bill")), paid).await?;
        let path = format!("/v1/payouts/{}", payout["id"].as_str().unwrap_or_default());
        until("it is back", async || Ok(matches!(asha.get(&path).await?["status"].as_str(), Some("failed" | "reversed")))).await?;
    }
    ensure!(balance(&asha).await? == 1_000_000);
    Ok(())
}

#[tokio::test]
async fn a_statement_is_sent_into_the_chat_as_a_document() -> Result<()> {
    let asha = worker_with(50_000).await?;
    let mut chat = Chat::with(&asha.stack, &asha).await?;
    chat.says("send me my statement as pdf").await?;
    until("the document is there", async || {
        let inbox = phone::inbox(&asha.stack, &asha.phone).await?;
        Ok(inbox.iter().any(|item| item["content"]["filename"].as_str().is_some_and(|name| name.ends_with(".pdf"))))
    })
    .await
}

#[tokio::test]
async fn standing_payments_and_the_summary_are_set_shown_and_ended() -> Result<()> {
    let (asha, ravi) = (worker_with(0).await?, worker_with(0).await?);
    let wanted = json!({ "amount": 2_000, "currency": "INR", "to": { "type": "user", "user_id": ravi.user_id }, "every": "week:friday" });
    let set_key = key("standing");
    let set = asha.post("/v1/standing-payments", Some(&set_key), wanted.clone()).await?;
    ensure!(asha.post("/v1/standing-payments", Some(&set_key), wanted).await?["id"] == set["id"]);
    let ended = asha.post(&format!("/v1/standing-payments/{}/end", set["id"].as_str().unwrap_or_default()), None, json!({})).await?;
    ensure!(ended["status"] == "ended");
    ensure!(asha.get("/v1/standing-payments").await?["items"][0]["status"] == "ended");
    asha.post("/v1/summary", None, json!({ "is_on": true, "hour": 20 })).await?;
    let shown = asha.get("/v1/summary").await?;
    ensure!(shown["hour"] == 20 && shown["next_at"].is_string(), "{shown}");
    Ok(())
}
