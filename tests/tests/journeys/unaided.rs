//! What nobody told us: workers that stop in the middle, webhooks that never come. Nothing is
//! done about it from outside; it takes a minute or two until it has mended itself.

use crate::{
    balance, cash_out, digits, key,
    phonepe::{customer_pays, order_of},
    stack, until, worker_with,
};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::{path::Path, process::Command};
use tests::{stack::Stack, worker::Worker};

/// Ends every process of a function at once, as the machine under it could.
pub fn kill(function: &str) -> Result<usize> {
    let name = format!("AWS_LAMBDA_FUNCTION_NAME=kamai-{function}");
    let mut killed = 0;
    for entry in std::fs::read_dir("/proc").context("this journey needs Linux's /proc")? {
        let path = entry?.path();
        let environment = std::fs::read(path.join("environ")).unwrap_or_default();
        let is_it = environment.split(|byte| *byte == 0).any(|variable| variable == name.as_bytes());
        if let (true, Some(pid)) = (is_it, path.file_name().and_then(|pid| pid.to_str())) {
            killed += usize::from(Command::new("kill").args(["-9", pid]).status()?.success());
        }
    }
    Ok(killed)
}

async fn fault(stack: &Stack, fault: Value) -> Result<()> {
    stack.post(format!("{}/faults", stack.sandbox_url), fault).await?;
    Ok(())
}

/// The provider's payouts for one of ours.
async fn made_for(stack: &Stack, payout: &str) -> Result<Vec<Value>> {
    let made = stack.get(format!("{}/state/payouts", stack.sandbox_url)).await?;
    Ok(made["items"].as_array().into_iter().flatten().filter(|made| made["reference_id"] == payout).cloned().collect())
}

async fn status(worker: &Worker, path: &str) -> Result<String> {
    Ok(worker.get(path).await?["status"].as_str().unwrap_or_default().to_owned())
}

/// F16, F17: the provider has the payout, its answer is lost with the worker, and no webhook tells.
#[tokio::test]
async fn f17_a_payout_worker_killed_after_the_providers_success_leaves_one_payout_and_the_right_money() -> Result<()> {
    if !Path::new("/proc/self/environ").exists() {
        eprintln!("not tried: killing a worker needs Linux's /proc");
        return Ok(());
    }
    let (stack, worker) = (stack()?, worker_with(100_000).await?);
    // Only this payout's request and events carry this note.
    let note = digits("kill");
    fault(&stack, json!({ "provider": "razorpayx", "fault": "drop_webhooks", "about": note })).await?;
    let slow = json!({ "provider": "razorpayx", "fault": "timeout_after_success", "path": "/v1/payouts", "method": "POST",
        "times": 1, "delay_ms": 6_000, "about": note });
    fault(&stack, slow).await?;

    let mut ask = cash_out(60_000, "asha@okaxis");
    ask["note"] = json!(note);
    let payout = worker.post("/v1/payouts", Some(&key("kill")), ask).await?;
    let id = payout["id"].as_str().context("no id")?.to_owned();
    until("the provider has it", async || Ok(!made_for(&stack, &id).await?.is_empty())).await?;
    ensure!(kill("queues-payouts")? > 0, "no worker was there to be killed");

    let path = format!("/v1/payouts/{id}");
    assert_eq!(status(&worker, &path).await?, "sending", "the answer was lost");
    assert_eq!(worker.get("/v1/wallet").await?["held_amount"], 60_000, "the money stays held until it is known");
    until("it is processed", async || Ok(status(&worker, &path).await? == "processed")).await?;
    assert_eq!(balance(&worker).await?, 40_000);
    assert_eq!(made_for(&stack, &id).await?.len(), 1);
    Ok(())
}

/// F18: the customer paid, and no webhook says so.
#[tokio::test]
async fn f18_a_payment_that_no_webhook_tells_is_found() -> Result<()> {
    let (stack, worker) = (stack()?, worker_with(0).await?);
    let order = worker.order(&key("silent"), 30_000).await?;
    let order_id = order["razorpay"]["order_id"].as_str().context("no order")?;
    fault(&stack, json!({ "provider": "razorpay", "fault": "drop_webhooks", "about": order_id })).await?;
    stack.pay(order_id).await?;
    assert_eq!(balance(&worker).await?, 0);
    until("it is credited", async || Ok(balance(&worker).await? == 30_000)).await
}

/// F18: the bank partner is done with a payout, and no webhook says so.
#[tokio::test]
async fn f18_a_payout_whose_end_no_webhook_tells_is_settled() -> Result<()> {
    let (stack, worker) = (stack()?, worker_with(50_000).await?);
    let note = digits("silent");
    fault(&stack, json!({ "provider": "razorpayx", "fault": "drop_webhooks", "about": note })).await?;
    let mut ask = cash_out(20_000, "asha@okaxis");
    ask["note"] = json!(note);
    let payout = worker.post("/v1/payouts", Some(&key("silent")), ask).await?;
    let path = format!("/v1/payouts/{}", payout["id"].as_str().context("no id")?);
    until("it is processed", async || Ok(status(&worker, &path).await? == "processed")).await?;
    assert_eq!(balance(&worker).await?, 30_000);
    Ok(())
}

/// PhonePe has no list of payments: each open order is asked for by our id.
#[tokio::test]
async fn f18_a_payment_at_phonepe_that_nobody_tells_of_is_found() -> Result<()> {
    let (stack, worker) = (stack()?, worker_with(0).await?);
    let order = order_of(&worker, 52_000).await?;
    customer_pays(&stack, &order, false).await?;
    until("the reconciler finds it", async || Ok(balance(&worker).await? == 52_000)).await
}
