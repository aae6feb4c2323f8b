//! Health, reset, and a look inside.
//!
//! - `GET /health`: 200 `{"status":"ok"}`.
//! - `POST /reset`: 204. Nothing has happened, nothing is going on, no faults, inboxes empty.
//! - `GET /state/payouts`: `{"items":[{id, idempotency_key, reference_id, status, amount, fees, utr,
//!   mode, fund_account_id, payee, history:[{status, at}]}]}`, oldest first, so that a test can
//!   count that exactly one exists for a key and for a reference.
//! - `GET /state/payments`: `{"items":[payment]}`, `GET /state/refunds`: `{"items":[refund with
//!   idempotency_key]}`, oldest first.
//! - `GET /state/balance`: `{"amount", "currency", "credited", "debited"}` of the account that
//!   payouts leave from; `amount` is `credited − debited`, the opening balance a credit.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::reply;
use crate::world::World;

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/health", get(health))
        .route("/reset", post(reset))
        .route("/state/payouts", get(payouts))
        .route("/state/payments", get(payments))
        .route("/state/refunds", get(refunds))
        .route("/state/balance", get(balance))
}

async fn health() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

async fn reset(State(world): State<Arc<World>>) -> StatusCode {
    world.reset().await;
    StatusCode::NO_CONTENT
}

async fn payouts(State(world): State<Arc<World>>) -> Json<Value> {
    let book = world.book();
    let account = &book.account;
    let views = account.payouts.oldest_first().map(|payout| {
        let payee = account.fund_accounts.get(&payout.fund_account_id);
        json!({
            "id": payout.id,
            "idempotency_key": payout.idempotency_key,
            "reference_id": payout.reference_id,
            "status": payout.status,
            "amount": payout.amount,
            "fees": payout.fees,
            "utr": payout.utr,
            "mode": payout.mode,
            "fund_account_id": payout.fund_account_id,
            "payee": payee.map(|payee| payee.destination.label()),
            "history": payout.history,
        })
    });
    reply::items(views.collect())
}

async fn payments(State(world): State<Arc<World>>) -> Json<Value> {
    let book = world.book();
    reply::items(book.gateway.payments.oldest_first().map(|payment| json!(payment)).collect())
}

async fn refunds(State(world): State<Arc<World>>) -> Json<Value> {
    let book = world.book();
    let views = book.gateway.refunds.oldest_first().map(|refund| {
        let mut view = json!(refund);
        view["idempotency_key"] = json!(refund.idempotency_key);
        view
    });
    reply::items(views.collect())
}

async fn balance(State(world): State<Arc<World>>) -> Json<Value> {
    let book = world.book();
    let ledger = &book.account.ledger;
    let (credited, debited) =
        ledger.newest_first().fold((0, 0), |(credited, debited), transaction| (credited + transaction.credit, debited + transaction.debit));
    Json(json!({
        "amount": ledger.balance(), "currency": "INR", "credited": credited, "debited": debited,
    }))
}
