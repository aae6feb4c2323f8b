//! RazorpayX: contacts, fund accounts, their validation, payouts, and the account they leave from.
//!
//! Source of every shape and rule: the Razorpay sheet, section 5. What is not played: approval by
//! a person (a payee that is `reject…` is refused by one), scheduled payouts, the allowlist of
//! addresses, cards and wallets as destinations.

pub mod account;
pub mod contacts;
pub mod dashboard;
mod driver;
pub mod fund_accounts;
pub mod ledger;
pub mod machine;
pub mod payout;
mod payout_request;
pub mod payouts;
pub mod steering;
pub mod transactions;
pub mod validations;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, patch, post};

use crate::faults;
use crate::provider::Provider;
use crate::razorpay::auth;
use crate::world::World;
pub use account::Account;

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    let of_us = (Arc::clone(world), Provider::Razorpayx);
    let api = Router::new()
        .route("/v1/contacts", post(contacts::create))
        .route("/v1/contacts/{id}", patch(contacts::change).get(contacts::show))
        .route("/v1/fund_accounts", post(fund_accounts::create))
        .route("/v1/fund_accounts/{id}", patch(fund_accounts::change).get(fund_accounts::show))
        .route("/v1/fund_accounts/validations", post(validations::create))
        .route("/v1/fund_accounts/validations/{id}", get(validations::show))
        .route("/v1/payouts", post(payouts::create).get(payouts::list))
        .route("/v1/payouts/{id}", get(payouts::show))
        .route("/v1/payouts/{id}/cancel", post(payouts::cancel))
        .route("/v1/banking_balances", get(transactions::balances))
        .route("/v1/transactions", get(transactions::list))
        .route_layer(from_fn_with_state(of_us.clone(), auth::require))
        .route_layer(from_fn_with_state(of_us, faults::http::apply));
    api.merge(dashboard::router())
}
