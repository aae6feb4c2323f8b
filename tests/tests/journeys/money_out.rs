//! Cashing out: races, lost answers, returned money.

use crate::{balance, cash_out, digits, key, stack, staff, until, worker_with};
use anyhow::{Context, Result};
use futures::future::join_all;
use reqwest::Method;
use serde_json::json;
use tests::phone;

#[tokio::test]
async fn f27_of_64_payouts_of_the_whole_balance_exactly_one_is_accepted() -> Result<()> {
    // So many at once can be more than a small machine answers in time: 5xx leaves open what was
    // done, and the same key tells.
    let worker = worker_with(100_000).await?.patient();
    let keys: Vec<String> = (0..64).map(|n| format!("{}-{n}", key("whole"))).collect();
    let asked = keys.iter().map(|key| worker.insist(Method::POST, "/v1/payouts", Some(key), Some(cash_out(100_000, "asha@okaxis"))));
    let answers = join_all(asked).await.into_iter().collect::<Result<Vec<_>>>()?;
    let count = |code: u16| answers.iter().filter(|(status, _)| status.as_u16() == code).count();
    assert_eq!((count(202), count(422)), (1, 63), "{:?}", answers.iter().map(|(status, _)| status.as_u16()).collect::<Vec<_>>());
    until("it is paid", async || Ok(balance(&worker).await? == 0)).await
}

#[tokio::test]
async fn f17_a_payout_whose_answer_is_lost_is_made_once_and_needs_no_help() -> Result<()> {
    let (stack, worker) = (stack()?, worker_with(100_000).await?);
    let note = digits("lost");
    let fault = json!({ "provider": "razorpayx", "fault": "timeout_after_success", "path": "/v1/payouts", "method": "POST", "times": 1,
        "delay_ms": 12_000, "about": note });
    stack.post(format!("{}/faults", stack.sandbox_url), fault).await?;
    let mut ask = cash_out(60_000, "asha@okaxis");
    ask["note"] = json!(note);
    let payout = worker.post("/v1/payouts", Some(&key("lost")), ask).await?;
    let id = payout["id"].as_str().context("no id")?.to_owned();
    until("it is processed", async || Ok(worker.get(&format!("/v1/payouts/{id}")).await?["status"] == "processed")).await?;
    assert_eq!(balance(&worker).await?, 40_000);
    let made = stack.get(format!("{}/state/payouts", stack.sandbox_url)).await?;
    let mine = made["items"].as_array().into_iter().flatten().filter(|made| made["reference_id"] == id.as_str()).count();
    assert_eq!(mine, 1, "the provider made {mine} payouts");
    Ok(())
}

#[tokio::test]
async fn f8_a_payout_that_the_bank_returns_gives_the_money_back_once() -> Result<()> {
    let worker = worker_with(100_000).await?;
    let payout = worker.post("/v1/payouts", Some(&key("back")), cash_out(60_000, "reverse@okaxis")).await?;
    let path = format!("/v1/payouts/{}", payout["id"].as_str().context("no id")?);
    until("it is reversed", async || Ok(worker.get(&path).await?["status"] == "reversed")).await?;
    assert_eq!(balance(&worker).await?, 100_000);
    Ok(())
}

#[tokio::test]
async fn a_payout_that_fails_or_whose_payee_is_not_real_leaves_the_money() -> Result<()> {
    let worker = worker_with(100_000).await?;
    for (vpa, end) in [("fail@okaxis", "failed"), ("invalid@okaxis", "cancelled")] {
        let payout = worker.post("/v1/payouts", Some(&key("no")), cash_out(50_000, vpa)).await?;
        let path = format!("/v1/payouts/{}", payout["id"].as_str().context("no id")?);
        until(end, async || Ok(worker.get(&path).await?["status"] == end)).await?;
        let wallet = worker.get("/v1/wallet").await?;
        assert_eq!((&wallet["balance_amount"], &wallet["held_amount"]), (&json!(100_000), &json!(0)), "{vpa}");
    }
    Ok(())
}

#[tokio::test]
async fn a_large_first_payout_waits_and_can_be_called_back() -> Result<()> {
    let worker = worker_with(900_000).await?;
    let payout = worker.post("/v1/payouts", Some(&key("large")), cash_out(600_000, "asha@okaxis")).await?;
    let path = format!("/v1/payouts/{}", payout["id"].as_str().context("no id")?);
    until("it cools", async || Ok(worker.get(&path).await?["status"] == "cooling")).await?;
    let cancelled = worker.post(&format!("{path}/cancel"), None, json!({})).await?;
    assert_eq!(cancelled["status"], "cancelled");
    assert_eq!(worker.get("/v1/wallet").await?["available_amount"], 900_000);
    Ok(())
}

#[tokio::test]
async fn a_batch_pays_its_lines_and_gives_back_what_they_did_not_need() -> Result<()> {
    let (stack, boss) = (stack()?, worker_with(100_000).await?);
    let admin = staff().await?;
    admin.post(&format!("/v1/ops/users/{}/role", boss.user_id), None, json!({ "role": "org_admin" })).await?;
    let csv = "amount,type,vpa,name,reference\n20000,vpa,asha@okaxis,Asha Devi,w1\n30000,vpa,fail@okaxis,Ravi Kumar,w2\n";
    let request = stack.http.post(format!("{}/v1/payout-batches", stack.api_url)).bearer_auth(&boss.token);
    let answer = request.header("idempotency-key", key("batch")).header("content-type", "text/csv").body(csv).send().await?;
    assert_eq!(answer.status(), 202);
    let batch: serde_json::Value = answer.json().await?;
    let path = format!("/v1/payout-batches/{}", batch["id"].as_str().context("no batch")?);
    until("it is completed", async || Ok(boss.get(&path).await?["status"] == "completed")).await?;
    let lines = boss.get(&format!("{path}/lines")).await?;
    let statuses: Vec<_> = lines["items"].as_array().into_iter().flatten().map(|line| line["status"].clone()).collect();
    assert_eq!(statuses, ["paid", "failed"], "{lines}");
    assert_eq!(balance(&boss).await?, 80_000);
    Ok(())
}

#[tokio::test]
async fn a_bank_account_is_paid_and_its_number_is_shown_to_nobody_again() -> Result<()> {
    let (worker, number) = (worker_with(100_000).await?, format!("501{}", &phone::fresh()[3..]));
    let payee = json!({ "type": "bank_account", "account_number": number, "ifsc": "HDFC0000053", "name": "Asha Devi" });
    let ask = json!({ "amount": 40_000, "currency": "INR", "payee": payee, "note": "Rent" });
    let payout = worker.post("/v1/payouts", Some(&key("bank")), ask).await?;
    let path = format!("/v1/payouts/{}", payout["id"].as_str().context("no id")?);
    until("it is processed", async || Ok(worker.get(&path).await?["status"] == "processed")).await?;
    assert_eq!(balance(&worker).await?, 60_000);
    for path in [path.as_str(), "/v1/payees", "/v1/payouts", "/v1/transactions"] {
        let shown = worker.get(path).await?.to_string();
        assert!(!shown.contains(&number), "{path}: {shown}");
    }
    let payees = worker.get("/v1/payees").await?;
    assert_eq!(payees["items"][0]["address"], format!("HDFC0000053 ••••{}", &number[number.len() - 4..]));
    Ok(())
}
