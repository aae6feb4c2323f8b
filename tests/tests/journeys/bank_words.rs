//! F1, S1, S20: what the Account Aggregator tells of its own accord, on the running stack.

use crate::{until, webhook::secret, worker_with};
use account_aggregator::jws::{Encoding, SigningKey};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::{stack::Stack, worker::Worker};

const PATH: &str = "webhooks/aa/Consent/Notification";

async fn connection(worker: &Worker) -> Result<Value> {
    let banks = worker.get("/v1/banks").await?;
    let found = banks["items"].as_array().into_iter().flatten().find(|bank| bank["bank"] == "account-aggregator").cloned();
    found.context("no aggregator")
}

async fn act(worker: &Worker, handle: &str, act: &str) -> Result<()> {
    let url = format!("{}/aa/consents/{handle}/{act}", worker.stack.sandbox_url);
    ensure!(worker.stack.http.post(url).json(&json!({})).send().await?.status().is_success(), "{act}");
    Ok(())
}

/// The handle of a consent that its user was asked for.
async fn asked(worker: &Worker) -> Result<String> {
    let link = worker.post("/v1/banks/account-aggregator/connect", None, json!({})).await?;
    let url = link["url"].as_str().context("no link")?.replace("%2D", "-");
    url.split(['?', '/']).find(|part| part.len() == 36).map(str::to_owned).context("no handle")
}

/// The body that told of a consent, and its signature.
async fn sent(stack: &Stack, handle: &str) -> Result<(String, String)> {
    let sent = stack.get(format!("{}/webhooks/sent?provider=aa", stack.sandbox_url)).await?;
    let of_it = |sent: &&Value| sent["body"].as_str().is_some_and(|body| body.contains(handle));
    let sent = sent["items"].as_array().into_iter().flatten().find(of_it).context("nothing was told")?;
    let text = |field: &str| sent[field].as_str().map(str::to_owned).context("no text");
    Ok((text("body")?, text("signature")?))
}

async fn deliver(stack: &Stack, body: &str, signature: &str, key: &str) -> Result<(u16, Value)> {
    let request = stack.http.post(format!("{}/{PATH}", stack.api_url)).header("content-type", "application/json");
    let answer = request.header("x-jws-signature", signature).header("aa_api_key", key).body(body.to_owned()).send().await?;
    ensure!(answer.headers().contains_key("x-jws-signature"), "an answer that is not signed");
    Ok((answer.status().as_u16(), answer.json().await?))
}

#[tokio::test]
async fn f1_a_bank_is_connected_by_its_aggregators_word_alone_which_changes_nothing_when_it_is_repeated() -> Result<()> {
    let asha = worker_with(0).await?;
    let handle = asked(&asha).await?;
    act(&asha, &handle, "approve").await?;
    let is_read = async || {
        let bank = connection(&asha).await?;
        Ok(bank["status"] == "active" && bank["accounts"].as_array().is_some_and(|accounts| accounts.len() >= 2))
    };
    until("its banks are read, though nobody came back", is_read).await?;
    let (body, signature) = sent(&asha.stack, &handle).await?;
    let key = secret("aggregator_key")?;
    let answers = futures::future::join_all((0..10).map(|_| deliver(&asha.stack, &body, &signature, &key))).await;
    for answer in answers {
        ensure!(answer?.0 == 200);
    }
    act(&asha, &handle, "pause").await?;
    until("it is paused", async || Ok(connection(&asha).await?["trouble"] == "paused")).await?;
    act(&asha, &handle, "resume").await?;
    until("it goes on", async || Ok(connection(&asha).await?["trouble"].is_null())).await?;
    act(&asha, &handle, "revoke").await?;
    until("it is over", async || Ok(connection(&asha).await?["status"] == "revoked")).await?;
    ensure!(connection(&asha).await?["accounts"] == json!([]));
    let sessions = asha.stack.get(format!("{}/aa/sessions", asha.stack.sandbox_url)).await?;
    let opened = sessions["items"].as_array().into_iter().flatten().filter(|session| session["handle"] == handle).count();
    ensure!(opened == 1, "{opened} sessions");
    Ok(())
}

#[tokio::test]
async fn s1_s20_a_notification_that_the_aggregator_did_not_sign_here_and_now_is_refused() -> Result<()> {
    let asha = worker_with(0).await?;
    let handle = asked(&asha).await?;
    act(&asha, &handle, "reject").await?;
    until("they declined", async || Ok(connection(&asha).await?["status"] == "failed")).await?;
    let (body, signature) = sent(&asha.stack, &handle).await?;
    let (stack, key) = (&asha.stack, secret("aggregator_key")?);
    let signer = SigningKey::from_pem("aa-sandbox-key-1", &secret("aggregator_pem")?, Encoding::Base64Url)?;
    let signed = |field: &str, value: Value| -> Result<(String, String)> {
        let mut told: Value = serde_json::from_str(&body)?;
        told[field] = value;
        let body = told.to_string();
        let signature = signer.sign_detached(body.as_bytes())?;
        Ok((body, signature))
    };
    let (old, live) = (json!("2026-01-01T00:00:00.000Z"), json!({ "type": "AA", "id": "AA-LIVE" }));
    let attempts = [
        ("nobody's key", (body.clone(), signature.clone()), "made-up", 401, "Unauthorized"),
        ("a space more", (format!("{body} "), signature.clone()), key.as_str(), 400, "SignatureDoesNotMatch"),
        ("no signature", (body.clone(), String::new()), key.as_str(), 400, "SignatureDoesNotMatch"),
        ("an old body", signed("timestamp", old)?, key.as_str(), 400, "InvalidRequest"),
        ("another aggregator", signed("Notifier", live)?, key.as_str(), 400, "InvalidNotifier"),
        ("another version", signed("ver", json!("1.1.2"))?, key.as_str(), 404, "NoSuchVersion"),
    ];
    for (what, (body, signature), key, status, code) in attempts {
        let (answered, told) = deliver(stack, &body, &signature, key).await?;
        ensure!(answered == status && told["errorCode"] == code, "{what}: {answered} {told}");
    }
    for reader in ["plaid", "mono"] {
        let answer = stack.http.post(format!("{}/webhooks/{reader}", stack.api_url)).body("{}").send().await?;
        ensure!(answer.status() == 404, "{reader} is not set up for India, and nothing is taken for it");
    }
    Ok(())
}
