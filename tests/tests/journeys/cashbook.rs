//! The cash book on the running stack: the wallet, SMS and apps tell of money, at once and again.

use crate::{digits, until, worker_with};
use anyhow::{Result, ensure};
use domain::limits::india_time;
use futures::future::try_join_all;
use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value, json};
use tests::worker::Worker;

async fn today(worker: &Worker) -> Result<Value> {
    let today = india_time(Timestamp::now()).date();
    // Should midnight come in between, it is the same to these.
    worker.get(&format!("/v1/cashbook?from={}&to={today}", today.saturating_sub(1.day()))).await
}

#[tokio::test]
async fn what_the_wallet_moves_comes_into_the_book_by_itself() -> Result<()> {
    let asha = worker_with(85_000).await?;
    until("the payment is in the book", async || Ok(today(&asha).await?["income_amount"] == 85_000)).await?;
    let book = today(&asha).await?;
    ensure!(book["earned"] == json!([{ "what": "customers", "amount": 85_000 }]), "{book}");
    Ok(())
}

/// F1: a batch that is handed on again and again, by several requests at once.
#[tokio::test]
async fn f1_messages_that_come_many_times_at_once_are_noted_once() -> Result<()> {
    let asha = worker_with(0).await?;
    let now = Timestamp::now().to_string();
    let message = |n: u32| {
        let text = format!("Rs.{n}.00 debited from A/c XX1234 to SHOP {n}. UPI Ref 6324{:08}. Avl Bal Rs.9,000.00", n);
        json!({ "sender": "VM-HDFCBK-S", "text": text, "received_at": now })
    };
    asha.agree("sms", true).await?;
    let batch = json!({ "messages": (1..=20).map(message).collect::<Vec<_>>() });
    try_join_all((0..6).map(|_| asha.post("/v1/sms/batch", None, batch.clone()))).await?;
    let book = today(&asha).await?;
    let entries: usize = book["days"].as_array().into_iter().flatten().map(|day| day["entries"].as_array().map_or(0, Vec::len)).sum();
    ensure!((entries, &book["expenses_amount"]) == (20, &json!(21_000)), "{entries} {book}");
    Ok(())
}

#[tokio::test]
async fn a_phone_that_comes_back_to_the_net_hands_on_its_notes_however_often() -> Result<()> {
    let asha = worker_with(0).await?;
    let day = india_time(Timestamp::now()).date().to_string();
    let note = |n: i64| {
        let note = json!({ "flow": "out", "amount": 1_000 * n, "currency": "INR", "day": day, "what": "food" });
        json!({ "client_id": digits(&format!("n{n}x")), "changed_at": Timestamp::now().to_string(), "note": note })
    };
    let batch = json!({ "records": (1..=5).map(note).collect::<Vec<_>>() });
    try_join_all((0..4).map(|_| asha.post("/v1/sync", None, batch.clone()))).await?;
    let again = asha.post("/v1/sync", None, batch).await?;
    ensure!(again["items"].as_array().into_iter().flatten().all(|item| item["result"] == "unchanged"), "{again}");
    ensure!(today(&asha).await?["spent"] == json!([{ "what": "food", "amount": 15_000 }]));
    Ok(())
}
