//! Whoever puts a notification on a screen: Google, for apps, and a browser maker's Web Push
//! service.
//!
//! - Google's OAuth endpoint, `POST /token`, and `POST /v1/projects/{project}/messages:send`:
//!   [`oauth`], [`fcm`]. The service account is configured, or made in the console:
//!   `POST /dashboard/service-accounts` ([`accounts`]). What is accepted arrives at once in
//!   `/devices/{token}/messages` ([`devices`]).
//! - A Web Push service at `/webpush/{id}`, and what it was given: [`webpush`], [`subscriptions`].
//!
//! Faults: the providers are `fcm` (both of Google's endpoints) and `webpush`.

pub mod accounts;
pub mod devices;
pub mod fcm;
mod fcm_message;
mod jwt;
pub mod oauth;
pub mod subscriptions;
mod vapid;
pub mod webpush;

use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderMap, header};
use axum::middleware::from_fn_with_state;
use axum::routing::post;

use crate::config;
use crate::faults;
use crate::provider::Provider;
use crate::world::World;
use accounts::Accounts;
use devices::Devices;
use subscriptions::Subscriptions;

/// What has happened at both.
#[derive(Clone)]
pub struct Pushes {
    pub accounts: Accounts,
    pub devices: Devices,
    pub subscriptions: Subscriptions,
}

impl Pushes {
    pub fn fresh(config: &config::Push) -> Self {
        let accounts = Accounts::with(config.service_account.clone());
        Self { accounts, devices: Devices::default(), subscriptions: Subscriptions::default() }
    }
}

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    let faulty =
        |routes: Router<Arc<World>>, provider| routes.route_layer(from_fn_with_state((Arc::clone(world), provider), faults::http::apply));
    let google = Router::new().route("/token", post(oauth::token)).route("/v1/projects/{project_id}/messages:send", post(fcm::send));
    Router::new()
        .merge(faulty(google, Provider::Fcm))
        .merge(faulty(Router::new().route("/webpush/{id}", post(webpush::push)), Provider::Webpush))
        .merge(accounts::router())
        .merge(devices::router())
        .merge(subscriptions::router())
}

/// The base URL by which a caller reached us.
fn origin(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("http://{host}")
}
