//! Razorpay's payment gateway: orders, payments, refunds, and the customer who pays.
//!
//! Source of every shape and rule: the Razorpay sheet, sections 1 to 4.

pub mod customer;
pub mod dashboard;
pub mod orders;
pub mod payments;
pub mod refunds;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::faults;
use crate::provider::Provider;
use crate::razorpay::auth;
use crate::razorpay::idempotency::Keys;
use crate::shelf::Shelf;
use crate::world::World;
use orders::Order;
use payments::Payment;
use refunds::Refund;

/// What has happened at the gateway.
#[derive(Clone, Default)]
pub struct Gateway {
    pub orders: Shelf<Order>,
    pub payments: Shelf<Payment>,
    pub refunds: Shelf<Refund>,
    pub refund_keys: Keys,
}

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    let of_us = (Arc::clone(world), Provider::Razorpay);
    // A layer runs before those added above it: a fault strikes whoever is asking.
    let api = Router::new()
        .route("/v1/orders", post(orders::create).get(orders::list))
        .route("/v1/orders/{id}", get(orders::show))
        .route("/v1/orders/{id}/payments", get(orders::payments))
        .route("/v1/payments", get(payments::list))
        .route("/v1/payments/{id}", get(payments::show))
        .route("/v1/payments/{id}/capture", post(payments::capture))
        .route("/v1/payments/{id}/refund", post(refunds::create))
        .route("/v1/payments/{id}/refunds", get(refunds::of_payment))
        .route("/v1/refunds", get(refunds::list))
        .route("/v1/refunds/{id}", get(refunds::show))
        .route_layer(from_fn_with_state(of_us.clone(), auth::require))
        .route_layer(from_fn_with_state(of_us, faults::http::apply));
    api.merge(customer::router()).merge(dashboard::router())
}
