//! Bills over Bharat Connect (BBPS), as an agent meets them at Setu's BillPay, version 2.
//!
//! | path, below `/api/v2` | |
//! |---|---|
//! | `POST /auth/token` | [`door`] |
//! | `GET /bbps/categories`, `GET /bbps/billers?categoryName=&ids=&limit=&after=` | [`catalogue`] |
//! | `POST /bbps/bills/fetch/request`, `…/response` | [`fetch`] |
//! | `POST /bbps/bills/payment/request`, `…/response`, `GET /bbps/transactions` | [`payments`], [`transactions`] |
//! | `POST /bbps/bills/complaint/request`, `…/response` | [`complaints`] |
//!
//! Payments leave a wallet that was filled beforehand (`bills.opening_balance`). A customer's number
//! steers what becomes of a fetch and of a payment: [`steering`]. Whoever paid a bill has none until
//! the next month, and a bill's amount and names follow from its biller and number.
//!
//! `GET /state/bills` and `POST /dashboard/…`: [`dashboard`]. Faults and webhooks: the provider `bills`; its
//! events are `BILL_FETCH`, `BILL_PAY` and `BILL_DISPUTE`, and have no id of their own.
//!
//! Source: the provider's public documentation, see `providers::bills`. Not verified, and so perhaps
//! otherwise there: the signature of webhooks (`X-Bbps-Signature`, HMAC-SHA256 over the body, in hex),
//! the order of lists, the codes `duplicate-payment-ref-id` and of a failed payment, and most billers' ids.
//! Not played: several bills at once, plans, registrations for bills to come, fees.

pub mod catalogue;
pub mod complaints;
pub mod dashboard;
pub mod door;
mod driver;
mod error;
pub mod fetch;
pub mod paper;
pub mod payment;
mod payment_request;
pub mod payments;
pub mod steering;
mod told;
pub mod transactions;
mod wallet;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::provider::Provider;
use crate::shelf::Shelf;
use crate::world::World;
use crate::{faults, ids};
use complaints::Complaint;
use door::Tokens;
pub use error::Refused;
use fetch::Fetch;
use payment::Payment;
use wallet::Wallet;

/// What has happened there.
#[derive(Clone)]
pub struct Bills {
    tokens: Tokens,
    pub fetches: Shelf<Fetch>,
    pub payments: Shelf<Payment>,
    /// The latest payment under each of the agent's references.
    latest: HashMap<String, String>,
    pub complaints: Shelf<Complaint>,
    pub wallet: Wallet,
}

impl Bills {
    pub fn open(balance: i64) -> Self {
        Self {
            tokens: Tokens::default(),
            fetches: Shelf::default(),
            payments: Shelf::default(),
            latest: HashMap::new(),
            complaints: Shelf::default(),
            wallet: Wallet::open(balance),
        }
    }
}

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    let of_us = (Arc::clone(world), Provider::Bills);
    let api = Router::new()
        .route("/api/v2/bbps/categories", get(catalogue::categories))
        .route("/api/v2/bbps/billers", get(catalogue::list))
        .route("/api/v2/bbps/bills/fetch/request", post(fetch::request))
        .route("/api/v2/bbps/bills/fetch/response", post(fetch::response))
        .route("/api/v2/bbps/bills/payment/request", post(payments::request))
        .route("/api/v2/bbps/bills/payment/response", post(payments::response))
        .route("/api/v2/bbps/transactions", get(transactions::list))
        .route("/api/v2/bbps/bills/complaint/request", post(complaints::request))
        .route("/api/v2/bbps/bills/complaint/response", post(complaints::response))
        .route_layer(from_fn_with_state(Arc::clone(world), door::require))
        .route("/api/v2/auth/token", post(door::token))
        .route_layer(from_fn_with_state(of_us, faults::http::apply));
    api.merge(dashboard::router())
}

/// A reference as the network has them: 35 letters and digits.
fn reference() -> String {
    ids::alphanumeric(35)
}
