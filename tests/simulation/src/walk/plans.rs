//! What a worker plans, pays and connects on the walk: bills, standing payments, the summary of their day, a bank.

use super::{a_while, chat::writes};
use crate::{
    outside,
    people::{Town, Worker},
    world::SETU_TOKEN,
};
use anyhow::{Context, Result};
use domain::{Timestamp, limits::india_time};
use lambda::Request;
use serde_json::{Value, json};

/// Numbers at BESCOM: paid, pending first, failed, paid though the answer is lost, given back.
const BILLS: [&str; 5] = ["1234560000", "1234569904", "1234569905", "1234569906", "1234569907"];

/// At first, so that the hour comes while they walk.
pub async fn wants_a_summary(asha: &Worker) -> Result<()> {
    let hour = (india_time(Timestamp::now()).hour() + 1) % 24;
    asha.client.post("/v1/summary", json!({ "is_on": true, "hour": hour })).await.ok().context("no summary")?;
    asha.client.get("/v1/summary").await.context("no summary is shown")?;
    Ok(())
}

pub async fn plan(town: &Town, asha: &Worker, ravi: &Worker) -> Result<()> {
    asha.client.get("/v1/billers?category=electricity").await.context("no billers")?;
    for number in BILLS {
        pay(asha, number).await.with_context(|| format!("the bill of {number} is not paid"))?;
    }
    for text in ["pay my electricity bill", "bescom", "1234560001"] {
        writes(town, asha, text).await;
        a_while(5).await;
    }
    asha.presses_yes(1).await;
    a_while(600).await;
    let to = json!({ "type": "user", "user_id": ravi.client.user() });
    let standing = json!({ "amount": 2_000, "currency": "INR", "to": to, "every": "day" });
    let standing = asha.client.pay("/v1/standing-payments", standing).await.ok().context("no standing payment")?.text("id");
    asha.client.get("/v1/standing-payments").await.context("no standing payments are shown")?;
    asha.client.post(&format!("/v1/standing-payments/{standing}/end"), json!({})).await.ok().context("it is not ended")?;
    writes(town, asha, "send 20 to chat@ybl every month on 5").await;
    asha.presses_yes(1).await;
    a_while(5).await;
    writes(town, asha, "send me my statement as pdf").await;
    a_while(30).await;
    bank(town, asha).await?;
    platform(town, asha).await?;
    aggregator(town, asha).await
}

async fn pay(asha: &Worker, number: &str) -> Result<()> {
    let params = json!({ "Account ID": number });
    let asked = json!({ "biller_id": "BESCOM000KAR01", "params": params });
    let bill = asha.client.post("/v1/bills/fetch", asked).await.ok().context("no bill")?;
    let (reference, amount) = (bill.text("bill_ref"), bill.body["amount"].as_i64().context("a bill without an amount")?);
    let paid = json!({
        "biller_id": "BESCOM000KAR01", "params": params, "bill_ref": reference, "amount": amount, "currency": "INR",
    });
    // Without as much money it is refused, which is as good here.
    asha.client.pay("/v1/bills/pay", paid).await;
    a_while(5).await;
    Ok(())
}

/// Connects the demo bank, looks, has it read again, and ends it; declines it once.
async fn bank(town: &Town, asha: &Worker) -> Result<()> {
    for deny in [true, false] {
        let link = asha.client.post("/v1/banks/demo-bank/connect", json!({})).await.ok().context("no link")?.text("url");
        back_from(town, asha, "/demo-bank/approve", json!({ "url": link, "customer": number(asha), "deny": deny })).await?;
        a_while(20).await;
    }
    asha.client.get("/v1/banks").await.context("no banks are shown")?;
    asha.client.post("/v1/banks/demo-bank/refresh", json!({})).await.ok().context("it is not read")?;
    a_while(120).await;
    asha.client.post("/v1/banks/demo-bank/disconnect", json!({})).await.ok().context("it is not ended")?;
    a_while(30).await;
    Ok(())
}

/// Connects Uber, has some of its days read, and ends it before a year of them is: each window is the same again.
async fn platform(town: &Town, asha: &Worker) -> Result<()> {
    let link = asha.client.post("/v1/platforms/uber/connect", json!({})).await.ok().context("no link")?.text("url");
    back_from(town, asha, "/platforms/approve", json!({ "url": link, "worker": number(asha) })).await?;
    a_while(3).await;
    asha.client.get("/v1/platforms").await.context("no platforms are shown")?;
    asha.client.post("/v1/platforms/uber/refresh", json!({})).await.ok().context("it is not read")?;
    a_while(2).await;
    asha.client.post("/v1/platforms/uber/disconnect", json!({})).await.ok().context("it is not ended")?;
    a_while(30).await;
    Ok(())
}

fn number(asha: &Worker) -> &str {
    asha.client.phone.trim_start_matches("+91")
}

/// Does there what a person does there, and comes back.
async fn back_from(town: &Town, asha: &Worker, page: &str, decision: Value) -> Result<()> {
    let done: Value = outside::ask(&town.world, "POST", page, Some(decision)).await;
    let back = done["redirect_to"].as_str().context("nobody is sent back")?;
    let path = back.find("/v1/banks/return").map(|at| &back[at..]).context("they are sent elsewhere")?;
    asha.client.get(path).await;
    Ok(())
}

/// Consents at the Account Aggregator, which tells of it before they are back; pauses that, goes on, and ends it here.
async fn aggregator(town: &Town, asha: &Worker) -> Result<()> {
    let link = asha.client.post("/v1/banks/account-aggregator/connect", json!({})).await.ok().context("no link")?.text("url");
    let link = link.replace("%2D", "-");
    let handle = link.split(['?', '/']).find(|part| part.len() == 36).context("no handle")?;
    for act in ["approve", "pause", "resume"] {
        outside::ask(&town.world, "POST", &format!("/aa/consents/{handle}/{act}"), Some(json!({}))).await;
        a_while(120).await;
    }
    // Of a bank that nobody has connected here.
    let told = json!({ "event": "mono.events.account_updated", "data": { "account": { "_id": "nobody" }, "meta": {} } });
    let secret = &town.world.outside.config().banks.mono.webhook_secret;
    let told = Request::post("/webhooks/mono").header("mono-webhook-secret", secret.as_str()).body(told.to_string().as_str());
    anyhow::ensure!(town.world.request(told.build()).await.is_none_or(|reply| reply.status == 200), "Mono is not heard");
    let told = json!({ "type": "CONSENT_STATUS_UPDATE", "consentId": "nobodys", "data": { "status": "REVOKED" } });
    let told = Request::post("/webhooks/setu").query(format!("token={SETU_TOKEN}")).body(told.to_string().as_str());
    anyhow::ensure!(town.world.request(told.build()).await.is_none_or(|reply| reply.status == 200), "Setu is not heard");
    a_while(20).await;
    asha.client.post("/v1/banks/account-aggregator/disconnect", json!({})).await.ok().context("it is not ended")?;
    a_while(30).await;
    Ok(())
}
