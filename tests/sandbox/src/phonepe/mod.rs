//! PhonePe's payment gateway, version 2.
//!
//! | path, below `/phonepe` | |
//! |---|---|
//! | `POST /v1/oauth/token` | [`door`] |
//! | `POST /checkout/v2/pay`, `GET /checkout/v2/order/{id}/status` | [`orders`] |
//! | `POST /payments/v2/refund`, `GET /payments/v2/refund/{id}/status` | [`refunds`] |
//! | `GET`, `POST /page/{order}` | the page to pay on, for a person: [`page`] |
//!
//! Who pays without looking: [`customer`]. Faults and webhooks: the provider `phonepe`; its events have
//! no id of their own, and are signed or not (`phonepe.webhook_mode`).
//!
//! Source of every shape and rule: the UPI sheet, section 3. Not verified, and so perhaps otherwise
//! there: what a repeated `merchantOrderId` with another amount is answered with, and the code of a
//! refund that is not known.

pub mod customer;
pub mod door;
mod error;
pub mod orders;
mod page;
pub mod refunds;
mod told;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::faults;
use crate::provider::Provider;
use crate::shelf::Shelf;
use crate::world::World;
use door::Tokens;
pub use error::Refused;
use orders::Order;
use refunds::Refund;

/// What has happened there. Orders and refunds lie under the ids that their merchant gave them.
#[derive(Clone, Default)]
pub struct Phonepe {
    tokens: Tokens,
    pub orders: Shelf<Order>,
    pub refunds: Shelf<Refund>,
}

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    let of_us = (Arc::clone(world), Provider::Phonepe);
    let api = Router::new()
        .route("/phonepe/checkout/v2/pay", post(orders::pay))
        .route("/phonepe/checkout/v2/order/{id}/status", get(orders::status))
        .route("/phonepe/payments/v2/refund", post(refunds::create))
        .route("/phonepe/payments/v2/refund/{id}/status", get(refunds::status))
        .route_layer(from_fn_with_state(Arc::clone(world), door::require))
        .route("/phonepe/v1/oauth/token", post(door::token))
        .route_layer(from_fn_with_state(of_us, faults::http::apply));
    api.merge(customer::router()).merge(page::router())
}
