//! Journeys over HTTP, WebSocket and webhooks, on the running stack: as an app, a customer, a
//! provider and an attacker would. Cases of the catalogue of faults carry their number.

mod assistant;
mod attacks;
mod bank_words;
mod campaigns;
mod cashbook;
mod checks;
mod faults;
mod files;
mod holds;
mod input;
mod ledger;
mod messages_in;
mod money_in;
mod money_out;
mod notices;
mod notifications;
mod phonepe;
mod plans;
mod poison;
mod privacy;
mod rooms;
mod safety;
mod smoke;
mod topics;
mod unaided;
mod webhook;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::{future::Future, path::Path, time::Duration};
use tests::{phone, stack::Stack, worker::Worker};

fn stack() -> Result<Stack> {
    Stack::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.local/stack.json"))
}

/// A worker who was paid this much, in paise.
async fn worker_with(amount: i64) -> Result<Worker> {
    let stack = stack()?;
    let worker = Worker::log_in(&stack, &phone::fresh()).await?;
    if amount > 0 {
        let order = worker.order(&key("order"), amount).await?;
        stack.pay(order["razorpay"]["order_id"].as_str().unwrap_or_default()).await?;
        until("the payment is credited", async || Ok(balance(&worker).await? == amount)).await?;
    }
    Ok(worker)
}

/// An operator. There is one phone of staff, so its log-ins take turns.
async fn staff() -> Result<Worker> {
    static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _turn = TURN.lock().await;
    Worker::log_in(&stack()?, "+919999900001").await
}

async fn balance(worker: &Worker) -> Result<i64> {
    Ok(worker.get("/v1/wallet").await?["balance_amount"].as_i64().unwrap_or_default())
}

fn key(name: &str) -> String {
    format!("{name}-{}", phone::fresh())
}

/// A name that nothing else has, of letters and digits only.
fn digits(name: &str) -> String {
    format!("{name}{}", phone::fresh().trim_start_matches('+'))
}

fn cash_out(amount: i64, vpa: &str) -> Value {
    json!({ "amount": amount, "currency": "INR", "payee": { "type": "vpa", "vpa": vpa, "name": "Asha Devi" } })
}

/// Waits for a condition, up to ten minutes: longer than a message is tried or a schedule waits, on a
/// machine that is busy with other things as well.
async fn until<F: Future<Output = Result<bool>>>(what: &str, condition: impl Fn() -> F) -> Result<()> {
    for _ in 0..6_000 {
        if condition().await? {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    ensure!(false, "waited in vain: {what}");
    Ok(())
}
