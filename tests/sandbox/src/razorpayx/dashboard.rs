//! RazorpayX's dashboard: what a person can do there, by hand.
//!
//! - `POST /dashboard/payouts/{id} {"status", "reason"?}` moves a payout. Only moves of the
//!   documented machine; 409 for any other. One that is moved to `processing` goes on from there
//!   by itself, unless its payee is `pending`. Answers the payout.
//! - `POST /dashboard/balance {"amount"}` sets the balance. Payouts that wait for money start.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::account::Stuck;
use super::driver;
use super::machine::PayoutStatus;
use crate::reply::{self, Refused};
use crate::world::World;

pub fn router() -> Router<Arc<World>> {
    Router::new().route("/dashboard/payouts/{id}", post(move_payout)).route("/dashboard/balance", post(set_balance))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    status: PayoutStatus,
    reason: Option<String>,
}

async fn move_payout(State(world): State<Arc<World>>, Path(id): Path<String>, body: Bytes) -> Result<Json<Value>, Refused> {
    let asked: Move = reply::parse(&body)?;
    let reason = asked.reason.unwrap_or_else(|| usual_reason(asked.status).to_owned());
    driver::make_move(&world, &id, asked.status, &reason).map_err(|stuck| match stuck {
        Stuck::Unknown => Refused::not_found(stuck.to_string()),
        Stuck::NotAMove { .. } | Stuck::LowBalance => Refused::conflict(stuck.to_string()),
    })?;
    if asked.status == PayoutStatus::Processing {
        driver::carry_on(&world, id.clone());
    }
    let view = world.book().account.view_payout(&id);
    Ok(Json(json!(view)))
}

fn usual_reason(status: PayoutStatus) -> &'static str {
    match status {
        PayoutStatus::Created | PayoutStatus::Pending => "pending_approval",
        PayoutStatus::Queued => "beneficiary_bank_down",
        PayoutStatus::Processing => "payout_bank_processing",
        PayoutStatus::Processed => "payout_processed",
        PayoutStatus::Reversed => "beneficiary_bank_rejected",
        PayoutStatus::Failed => "beneficiary_bank_failure",
        PayoutStatus::Rejected => "rejected",
        PayoutStatus::Cancelled => "cancelled",
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Balance {
    amount: i64,
}

async fn set_balance(State(world): State<Arc<World>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let asked: Balance = reply::parse(&body)?;
    if asked.amount < 0 {
        return Err(Refused::bad_request("`amount` is not negative"));
    }
    world.book().account.ledger.set_balance(asked.amount);
    driver::release_waiting(&world);
    let balance = world.book().account.ledger.balance();
    Ok(Json(json!({ "amount": balance, "currency": "INR" })))
}
