//! Transfers in two phases: held, then posted in full or part, voided, or left to expire.

use crate::{balance, key, until, worker_with};
use anyhow::{Context, Result};
use reqwest::Method;
use serde_json::{Value, json};
use tests::worker::Worker;

async fn hold(from: &Worker, to: &Worker, amount: i64, hold_s: i64) -> Result<String> {
    let to = json!({ "type": "user", "user_id": to.user_id });
    let body = json!({ "to": to, "amount": amount, "currency": "INR", "hold_s": hold_s });
    let held = from.post("/v1/transfers", Some(&key("hold")), body).await?;
    assert_eq!(held["status"], "held", "{held}");
    Ok(format!("/v1/transfers/{}", held["id"].as_str().context("no id")?))
}

/// Balance, held, available.
async fn money(worker: &Worker) -> Result<[Value; 3]> {
    let wallet = worker.get("/v1/wallet").await?;
    Ok(["balance_amount", "held_amount", "available_amount"].map(|name| wallet[name].clone()))
}

#[tokio::test]
async fn f29_a_hold_is_posted_in_part_once_and_the_rest_comes_back() -> Result<()> {
    let (asha, ravi) = (worker_with(100_000).await?, worker_with(0).await?);
    let path = hold(&asha, &ravi, 60_000, 600).await?;
    assert_eq!(money(&asha).await?, [100_000, 60_000, 40_000]);
    assert_eq!(balance(&ravi).await?, 0);

    let (too_much, _) = asha.call(Method::POST, &format!("{path}/post"), Some(&key("much")), Some(json!({ "amount": 60_001 }))).await?;
    assert_eq!(too_much, 422);
    let (not_hers, _) = ravi.call(Method::POST, &format!("{path}/post"), Some(&key("ravi")), Some(json!({}))).await?;
    assert_eq!(not_hers, 403, "only the sender posts");

    let post = key("post");
    for _ in 0..2 {
        let posted = asha.post(&format!("{path}/post"), Some(&post), json!({ "amount": 45_000 })).await?;
        assert_eq!(posted["status"], "posted", "{posted}");
    }
    assert_eq!(money(&asha).await?, [55_000, 0, 55_000]);
    assert_eq!(balance(&ravi).await?, 45_000);
    let (again, _) = asha.call(Method::POST, &format!("{path}/post"), Some(&key("again")), Some(json!({ "amount": 15_000 }))).await?;
    assert_eq!(again, 409, "a hold is posted once");
    let (late, _) = asha.call(Method::POST, &format!("{path}/void"), None, Some(json!({}))).await?;
    assert_eq!(late, 409);
    Ok(())
}

#[tokio::test]
async fn a_voided_hold_leaves_no_trace_on_the_balance() -> Result<()> {
    let (asha, ravi) = (worker_with(50_000).await?, worker_with(0).await?);
    let path = hold(&asha, &ravi, 50_000, 600).await?;
    // Whom the money is for may decline it too.
    assert_eq!(ravi.post(&format!("{path}/void"), None, json!({})).await?["status"], "voided");
    assert_eq!(money(&asha).await?, [50_000, 0, 50_000]);
    Ok(())
}

#[tokio::test]
async fn f28_a_hold_that_nobody_posts_expires_by_itself() -> Result<()> {
    let (asha, ravi) = (worker_with(50_000).await?, worker_with(0).await?);
    let path = hold(&asha, &ravi, 20_000, 1).await?;
    until("it is expired", async || Ok(asha.get(&path).await?["status"] == "expired")).await?;
    assert_eq!(money(&asha).await?, [50_000, 0, 50_000]);
    Ok(())
}
