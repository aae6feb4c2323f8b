//! Mono's API v2, for banks in naira. Its base URL is `/mono`.
//!
//! | request, each with the header `mono-sec-key` | |
//! |---|---|
//! | `POST /mono/v2/accounts/initiate` | the page on which a person links an account, or signs in again: [`link`] |
//! | `POST /mono/v2/accounts/auth` `{"code"}` | the account that a code is for; once, within ten minutes |
//! | `GET /mono/v2/accounts/{id}`, `…/balance`, `…/transactions?start=&end=&type=&paginate=&page=` | [`data`] |
//! | `POST /mono/v2/accounts/{id}/unlink` | ends the access |
//!
//! `GET /mono/connect/{id}` is that page; it leads back with `code` in the query. Webhooks:
//! `mono.events.account_connected`, `.account_updated` when its data are there or change,
//! `.reauthorisation_required` and `.account_unlinked`.
//!
//! What a test wants ([`steering`]):
//!
//! | request | what it does |
//! |---|---|
//! | `POST /mono/finish` `{"url", "customer"?, "deny"?: true}` | does on the page of this address what a person does; `{"redirect_to"}` |
//! | `GET /mono/accounts` | `{"items": [{"id", "customer", "data_status", "wants_sign_in", "entries"}]}` |
//! | `PUT /mono/accounts/{id}` `{"data_status"?: "AVAILABLE" \| "PROCESSING" \| "FAILED", "wants_sign_in"?}` | 204 |
//! | `POST /mono/accounts/{id}/entries` | books one, as the demo bank does |
//!
//! Faults: the provider is `mono`. Source: the sheet on banks, section 1, with what it marks \[U\].

pub mod data;
mod error;
pub mod link;
pub mod steering;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::Router;
use axum::http::HeaderMap;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use error::Refused;

use super::ledger::Customer;
use crate::provider::Provider;
use crate::razorpay::events::Event;
use crate::world::World;
use crate::{faults, signing};

#[derive(Clone, Default)]
pub struct Mono {
    links: HashMap<String, link::Opened>,
    codes: HashMap<String, link::Code>,
    accounts: BTreeMap<String, Linked>,
}

/// An account that somebody linked: the first of its customer.
#[derive(Clone)]
struct Linked {
    id: String,
    customer: Customer,
    data_status: DataStatus,
    wants_sign_in: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum DataStatus {
    Available,
    Processing,
    Failed,
}

impl Linked {
    fn event(&self, name: &'static str) -> Event {
        let data = match name {
            "mono.events.account_updated" => {
                json!({ "account": { "_id": self.id }, "meta": { "data_status": self.data_status, "auth_method": "internet_banking" } })
            }
            "mono.events.account_connected" => json!({ "id": self.id }),
            _ => json!({ "account": self.id }),
        };
        Event { provider: Provider::Mono, name, body: json!({ "event": name, "data": data }).to_string(), url: None }
    }
}

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    let api = Router::new()
        .route("/mono/v2/accounts/initiate", post(link::initiate))
        .route("/mono/v2/accounts/auth", post(link::exchange))
        .route("/mono/v2/accounts/{id}", get(data::account))
        .route("/mono/v2/accounts/{id}/balance", get(data::balance))
        .route("/mono/v2/accounts/{id}/transactions", get(data::transactions))
        .route("/mono/v2/accounts/{id}/unlink", post(link::unlink))
        .route_layer(from_fn_with_state((Arc::clone(world), Provider::Mono), faults::http::apply));
    let page = Router::new().route("/mono/connect/{id}", get(link::page_of).post(link::finish_page));
    Router::new().merge(api).merge(page).merge(steering::router())
}

fn authenticate(world: &World, headers: &HeaderMap) -> Result<(), Refused> {
    let given = headers.get("mono-sec-key").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if signing::same(given, &world.config().banks.mono.secret) { Ok(()) } else { Err(Refused::unauthenticated()) }
}

/// A success as live answers are wrapped.
fn wrapped(message: &str, data: &Value) -> Value {
    json!({ "status": "successful", "message": message, "timestamp": crate::clock::rfc3339(), "data": data })
}
