//! What the provider and billers do by hand, and a look inside.
//!
//! | request | what it does |
//! |---|---|
//! | `POST /dashboard/bills/{ref_id}` `{"status"}` | moves a payment: `Success`, `Failure` or `Credit_Adjustment`; 409 where it cannot. Answers the payment |
//! | `POST /dashboard/complaints/{ref_id}` `{"status", "remarks"?}` | the same of a complaint |
//! | `POST /dashboard/bill-wallet` `{"amount"}` | sets what is left, in paise |
//! | `GET /state/bills` | `{"balance", "lines":[{refId, amount, balance, at}], "items":[{ref_id, reference, fetch, biller, number, bill_number, amount, fee, mobile, status, refund, transaction_id, asked_at, history}], "complaints":[…]}`, oldest first |

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::complaints::{self, Complaint};
use super::driver::{self, Stuck};
use super::payment::{Payment, Status};
use crate::reply::{self, Refused};
use crate::world::World;

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/dashboard/bills/{ref_id}", post(move_payment))
        .route("/dashboard/complaints/{ref_id}", post(move_complaint))
        .route("/dashboard/bill-wallet", post(set_balance))
        .route("/state/bills", get(inside))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    status: Status,
}

async fn move_payment(State(world): State<Arc<World>>, Path(ref_id): Path<String>, body: Bytes) -> Result<Json<Value>, Refused> {
    let asked: Move = reply::parse(&body)?;
    driver::make_move(&world, &ref_id, asked.status).map_err(|stuck| match stuck {
        Stuck::Unknown(_) => Refused::not_found(stuck.to_string()),
        Stuck::NotAMove { .. } => Refused::conflict(stuck.to_string()),
    })?;
    let view = world.book().bills.payments.get(&ref_id).map(Payment::view);
    Ok(Json(json!(view)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveComplaint {
    status: complaints::Status,
    #[serde(default)]
    remarks: String,
}

async fn move_complaint(State(world): State<Arc<World>>, Path(ref_id): Path<String>, body: Bytes) -> Result<Json<Value>, Refused> {
    let asked: MoveComplaint = reply::parse(&body)?;
    if world.book().bills.complaints.get(&ref_id).is_none() {
        return Err(Refused::not_found(format!("no complaint {ref_id}")));
    }
    let moved = complaints::move_on(&world, &ref_id, asked.status, &asked.remarks);
    moved.map(Json).ok_or_else(|| Refused::conflict(format!("it does not become {:?}", asked.status)))
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
    world.book().bills.wallet.set_balance(asked.amount);
    Ok(Json(json!({ "amount": asked.amount })))
}

async fn inside(State(world): State<Arc<World>>) -> Json<Value> {
    let book = world.book();
    let bills = &book.bills;
    let payments = bills.payments.oldest_first().map(|payment| {
        json!({
            "ref_id": payment.ref_id, "reference": payment.reference, "fetch": payment.fetch, "biller": payment.biller,
            "number": payment.number, "bill_number": payment.bill_number, "amount": payment.amount, "fee": payment.fee,
            "mobile": payment.mobile, "status": payment.status, "refund": payment.refund,
            "transaction_id": payment.transaction_id, "asked_at": payment.asked_at, "history": payment.history,
        })
    });
    Json(json!({
        "balance": bills.wallet.balance(),
        "lines": bills.wallet.lines(),
        "items": payments.collect::<Vec<_>>(),
        "complaints": bills.complaints.oldest_first().map(Complaint::inside).collect::<Vec<_>>(),
    }))
}
