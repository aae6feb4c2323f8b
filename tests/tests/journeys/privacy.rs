//! Consents and copies on the running stack: what was not agreed to is not done, and what is kept can be taken along.

use crate::{balance, worker_with};
use anyhow::{Context, Result, ensure};
use jiff::Timestamp;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::io::{Cursor, Read as _};
use tests::worker::Worker;

fn batch() -> Value {
    let text = "Rs.250.00 debited from A/c XX1234 to CHAI ADDA. UPI Ref 632412345678. Avl Bal Rs.1,042.50";
    json!({ "messages": [{ "sender": "VM-HDFCBK-S", "text": text, "received_at": Timestamp::now().to_string() }] })
}

#[tokio::test]
async fn messages_are_read_from_the_yes_to_the_no() -> Result<()> {
    let asha = worker_with(0).await?;
    for (given, status) in [(None, 403), (Some(true), 200), (Some(false), 403), (Some(true), 200)] {
        if let Some(given) = given {
            asha.agree("sms", given).await?;
        }
        let (answered, body) = asha.call(Method::POST, "/v1/sms/batch", None, Some(batch())).await?;
        ensure!(answered.as_u16() == status, "{given:?}: {answered} {body}");
        ensure!(status != 403 || body["code"] == "consent_needed" && body["notice_version"].is_number(), "{body}");
    }
    let consents = asha.get("/v1/privacy/consents").await?;
    ensure!(consents["proof"]["is_whole"] == true && consents["proof"]["entries"] == 3, "{consents}");
    Ok(())
}

/// Words that are said at the same moment by several devices are one after the other in the chain.
#[tokio::test]
async fn f1_words_that_come_at_once_hang_in_one_chain() -> Result<()> {
    let asha = worker_with(0).await?;
    let say = |purpose: &'static str| asha.agree(purpose, true);
    futures::future::try_join_all(["sms", "bank_data", "marketing", "platform_earnings", "sms", "marketing"].map(say)).await?;
    let consents = asha.get("/v1/privacy/consents").await?;
    ensure!(consents["proof"]["is_whole"] == true && consents["proof"]["entries"] == 4, "{consents}");
    Ok(())
}

async fn part(worker: &Worker, path: &str) -> Result<(StatusCode, Vec<u8>)> {
    let answer = worker.stack.http.get(format!("{}{path}", worker.stack.api_url)).bearer_auth(&worker.token).send().await?;
    Ok((answer.status(), answer.bytes().await?.to_vec()))
}

#[tokio::test]
async fn a_copy_of_everything_is_made_and_fetched_by_its_owner_alone() -> Result<()> {
    let (asha, ravi) = (worker_with(40_000).await?, worker_with(0).await?);
    asha.agree("sms", true).await?;
    asha.post("/v1/sms/batch", None, batch()).await?;
    let copy = asha.copied().await?;
    let path = copy["parts"][0]["path"].as_str().context("no part")?;
    let (status, zip) = part(&asha, path).await?;
    ensure!(status == StatusCode::OK && zip.len() as u64 == copy["parts"][0]["bytes"], "{status}");
    let mut zip = zip::ZipArchive::new(Cursor::new(zip))?;
    let mut read = |name: &str| -> Result<String> {
        let mut text = String::new();
        zip.by_name(name).with_context(|| name.to_owned())?.read_to_string(&mut text)?;
        Ok(text)
    };
    let account: Value = serde_json::from_str(&read("json/account.json")?)?;
    ensure!(account[0]["balance"] == balance(&asha).await?, "{account}");
    ensure!(read("csv/raw_sms.csv")?.contains("CHAI ADDA") && read("json/user.json")?.contains(&asha.phone));
    ensure!(part(&ravi, path).await?.0 == StatusCode::NOT_FOUND);
    Ok(())
}

/// One's account ends everywhere at once, and the phone begins anew.
#[tokio::test]
async fn an_erased_account_is_nobodys_and_its_phone_is_somebody_elses() -> Result<()> {
    let (rich, asha) = (worker_with(40_000).await?, worker_with(0).await?);
    let refused = rich.erased().await.unwrap_err().to_string();
    ensure!(refused.contains("money_left"), "{refused}");
    asha.agree("sms", true).await?;
    asha.post("/v1/sms/batch", None, batch()).await?;
    let told = asha.erased().await?;
    ensure!(told["status"] == "asked", "{told}");
    let (status, body) = asha.call(Method::GET, "/v1/cashbook", None, None).await?;
    ensure!(status == StatusCode::UNAUTHORIZED, "{status} {body}");
    let admin = crate::staff().await?;
    let path = format!("/v1/ops/erasures/{}", asha.user_id);
    crate::until("all is removed but the copy", async || Ok(admin.get(&path).await?["status"] == "removed")).await?;
    let sent = rich
        .call(
            Method::POST,
            "/v1/transfers",
            Some("to-nobody"),
            Some(json!({ "to": { "type": "user", "user_id": asha.user_id }, "amount": 100, "currency": "INR" })),
        )
        .await?;
    ensure!(sent.0 == StatusCode::NOT_FOUND, "{} {}", sent.0, sent.1);
    let anew = Worker::log_in(&asha.stack, &asha.phone).await?;
    ensure!(anew.user_id != asha.user_id, "the same phone is somebody else");
    ensure!(anew.get("/v1/privacy/consents").await?["proof"]["entries"] == 0);
    Ok(())
}
