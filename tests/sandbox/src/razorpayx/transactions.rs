//! Balance and statement.

use std::sync::Arc;

use axum::extract::Query;
use axum::{Extension, Json};
use serde_json::{Value, json};

use crate::clock;
use crate::razorpay::error::ApiError;
use crate::razorpay::paging::{self, Paging};
use crate::world::World;

pub async fn balances(Extension(world): Extension<Arc<World>>) -> Json<Value> {
    let balance = world.book().account.ledger.balance();
    Json(paging::collection(vec![json!({
        "entity": "banking_balance",
        "currency": "INR",
        "account_number": world.config().razorpayx.account_number,
        "account_type": "razorpayx_lite",
        "bank_name": null,
        "bank_code": null,
        "amount": balance,
        "available_amount": balance,
        "refreshed_at": clock::unix_seconds(),
    })]))
}

pub async fn list(Extension(world): Extension<Arc<World>>, Query(query): Query<paging::Query>) -> Result<Json<Value>, ApiError> {
    of_our_account(&query, &world)?;
    let page = Paging::read(&query)?;
    let book = world.book();
    let all = book.account.ledger.newest_first().map(|transaction| {
        let mut view = json!(transaction);
        view["account_number"] = json!(world.config().razorpayx.account_number);
        (transaction.created_at, view)
    });
    Ok(Json(page.collection(all)))
}

/// Lists want the account's number, and there is one account.
pub fn of_our_account(query: &paging::Query, world: &World) -> Result<(), ApiError> {
    match query.get("account_number") {
        None => Err(ApiError::invalid_field("account_number", "The account number field is required.")),
        Some(number) if *number == world.config().razorpayx.account_number => Ok(()),
        Some(_) => Err(ApiError::invalid_field("account_number", "The RazorpayX Account number is invalid.")),
    }
}
