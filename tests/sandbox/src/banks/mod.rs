//! Banks, and those who read them for others: the demo bank, Plaid and Mono.
//!
//! - [`demo`]: a bank of our own, in rupees, with pages for a person. `/demo-bank/…`.
//! - [`plaid`]: dollars, by Plaid's API. `/plaid/…`.
//! - [`mono`]: naira, by Mono's. `/mono/…`.
//!
//! Behind each are customers whose statements are made up: half a year of them, the same for the same
//! customer on every machine, and going on with the clock ([`history`], [`ledger`]).
//!
//! Faults: the providers are `demobank`, `plaid` and `mono`; the last two send webhooks.

pub mod demo;
pub mod history;
pub mod ledger;
pub mod mono;
pub(crate) mod page;
pub mod plaid;

use std::sync::Arc;

use axum::Router;

use crate::world::World;

/// What has happened at each.
#[derive(Clone, Default)]
pub struct Banks {
    pub demo: demo::DemoBank,
    pub plaid: plaid::Plaid,
    pub mono: mono::Mono,
}

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    Router::new().merge(demo::router(world)).merge(plaid::router(world)).merge(mono::router(world))
}
