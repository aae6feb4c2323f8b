//! Plaid's API of 2020-09-14, for banks in dollars. Its base URL is `/plaid`.
//!
//! | request, each a POST of JSON with our keys | |
//! |---|---|
//! | `/plaid/link/token/create`, `/plaid/link/token/get` | a page of Plaid's own, and how it ended: [`link`] |
//! | `/plaid/item/public_token/exchange`, `/plaid/item/remove` | [`link`] |
//! | `/plaid/accounts/get`, `/plaid/transactions/sync` | [`data`] |
//! | `/plaid/webhook_verification_key/get` | [`data`] |
//!
//! `GET /plaid/hosted/{link_token}` is that page. A public token is good once, for half an hour.
//! Webhooks go where the link says: `SESSION_FINISHED` when a page was finished,
//! `SYNC_UPDATES_AVAILABLE` when entries change or a history is there, of items that were synced once,
//! and those of [`steering`]:
//!
//! | request | what it does |
//! |---|---|
//! | `POST /plaid/finish` `{"url", "customer"?, "exit"?: true}` | does on the page of this address what a person does; `{"redirect_to"}` |
//! | `GET /plaid/items` | `{"items": [{"id", "customer", "state", "accounts", "entries"}]}` |
//! | `PUT /plaid/items/{id}` `{"state": "login_required" \| "revoked" \| "good"}` | with its webhook; 204 |
//! | `POST /plaid/items/{id}/entries`, `PUT` and `DELETE` `/plaid/items/{id}/entries/{entry}` | as the demo bank's |
//! | `POST /plaid/mutations` `{"after_pages", "times"?}` | so many readings are told that data changed, each once it has read that many pages; 204 |
//!
//! Faults: the provider is `plaid`. Source: the sheet on banks, section 3; error codes that it does
//! not name are from memory.

pub mod data;
mod error;
mod keys;
pub mod link;
pub mod steering;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use serde_json::{Value, json};

pub use error::Refused;
pub use keys::Signer;

use super::ledger::Customer;
use crate::faults;
use crate::provider::Provider;
use crate::razorpay::events::Event;
use crate::world::World;

#[derive(Clone, Default)]
pub struct Plaid {
    links: HashMap<String, link::LinkToken>,
    public_tokens: HashMap<String, link::PublicToken>,
    items: BTreeMap<String, Item>,
    mutations: data::Mutations,
}

/// A login at a bank.
#[derive(Clone)]
struct Item {
    id: String,
    access_token: String,
    customer: Customer,
    webhook: Option<String>,
    state: ItemState,
    ready_at_ms: i64,
    was_synced: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum ItemState {
    Good,
    LoginRequired,
    Revoked,
}

impl Item {
    /// What is told of it, where anybody wants to hear.
    fn event(&self, name: &'static str, kind: &'static str, more: &[(&str, Value)]) -> Option<Event> {
        let mut body = json!({ "webhook_type": kind, "webhook_code": name, "item_id": self.id, "environment": "sandbox" });
        for (field, value) in more {
            body[field] = value.clone();
        }
        Some(Event { provider: Provider::Plaid, name, body: body.to_string(), url: Some(self.webhook.clone()?) })
    }

    /// That there is something to be read. Of an item that nobody has read yet nothing is told.
    fn changed(&self) -> Option<Event> {
        let whole = [("initial_update_complete", json!(true)), ("historical_update_complete", json!(true))];
        self.event("SYNC_UPDATES_AVAILABLE", "TRANSACTIONS", &whole).filter(|_| self.was_synced)
    }
}

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    let api = Router::new()
        .route("/plaid/link/token/create", post(link::create))
        .route("/plaid/link/token/get", post(link::outcome))
        .route("/plaid/item/public_token/exchange", post(link::exchange))
        .route("/plaid/item/remove", post(link::remove))
        .route("/plaid/accounts/get", post(data::accounts))
        .route("/plaid/transactions/sync", post(data::sync))
        .route("/plaid/webhook_verification_key/get", post(data::key))
        .route_layer(from_fn_with_state((Arc::clone(world), Provider::Plaid), faults::http::apply));
    let page = Router::new().route("/plaid/hosted/{link_token}", get(link::page_of).post(link::finish_page));
    Router::new().merge(api).merge(page).merge(steering::router())
}
