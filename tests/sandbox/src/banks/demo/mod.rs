//! The demo bank: OAuth 2 with PKCE for consent, and entries since a cursor.
//!
//! | request | |
//! |---|---|
//! | `GET /demo-bank/authorize?client_id&redirect_uri&state&scope&code_challenge&code_challenge_method=S256` | the page on which a person says who they are, picks accounts and presses Allow or Deny: [`consent`] |
//! | `POST /demo-bank/token` | a form: a code, or a refresh token, for tokens: [`oauth`] |
//! | `POST /demo-bank/revoke` | a form: ends the consent that a token is of; 200, whatever it was |
//! | `GET /demo-bank/accounts` | `{"accounts": [{"id", "bank", "name", "masked_number", "type", "balance": {"amount_minor", "currency", "at"}}]}`: [`api`] |
//! | `GET /demo-bank/transactions?cursor=&limit=` | `{"added", "modified", "removed", "next_cursor", "has_more", "state": "ready"}`; while a history is `preparing`, none of it |
//!
//! A customer is a mobile number of ten digits, and is whoever says so: nothing in here is secret.
//! Each has two accounts and half a year of entries, in rupees. A code is good once and for ten
//! minutes, and one that is used twice ends the consent. An access token lasts an hour. A refresh token
//! is replaced with every use; its predecessor is taken until something was done with the successor,
//! and ends the consent after that. A consent lasts half a year.
//!
//! What a test wants ([`steering`]):
//!
//! | request | what it does |
//! |---|---|
//! | `POST /demo-bank/approve` `{"url", "customer", "accounts"?: [id], "deny"?: true}` | does on the page of this address what a person does; `{"redirect_to"}` |
//! | `GET /demo-bank/customers/{number}` | `{"id", "name", "accounts", "entries"}`, entries oldest first |
//! | `POST /demo-bank/customers/{number}/entries` `{"direction", "amount_minor", "narration", "account_id"?, "mode"?, "counterparty"?, "reference"?, "booked_at"?, "pending"?}` | books one; the entry |
//! | `PUT /demo-bank/customers/{number}/entries/{id}` `{"amount_minor"?, "narration"?, "pending"?}` | corrects it; the entry |
//! | `DELETE /demo-bank/customers/{number}/entries/{id}` | takes it back; 204 |
//! | `GET /demo-bank/consents` | `{"items": [{"id", "customer", "accounts", "state", "expires_at"}]}` |
//! | `PUT /demo-bank/consents/{id}` `{"state": "expired" \| "withdrawn" \| "access_expired"}` | ends it, or its access tokens only; 204 |
//! | `PUT /demo-bank/behaviour` `{"delay_ms"?, "down"?, "preparing_ms"?}` | each answer waits so long; 503 to all; how long a history takes after linking; what is not told is as it was at the beginning; 204 |

pub mod api;
mod books;
pub mod consent;
mod error;
pub mod oauth;
pub mod steering;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};

pub use books::DemoBank;
pub use error::Refused;

use crate::faults;
use crate::provider::Provider;
use crate::world::World;

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    let bank = Router::new()
        .route("/demo-bank/authorize", get(consent::ask).post(consent::decide))
        .route("/demo-bank/token", post(oauth::token))
        .route("/demo-bank/revoke", post(oauth::revoke))
        .route("/demo-bank/accounts", get(api::accounts))
        .route("/demo-bank/transactions", get(api::transactions))
        .route_layer(from_fn_with_state(Arc::clone(world), behave))
        .route_layer(from_fn_with_state((Arc::clone(world), Provider::Demobank), faults::http::apply));
    Router::new().merge(bank).merge(steering::router())
}

/// How the whole bank behaves.
async fn behave(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let behaviour = world.book().banks.demo.behaviour;
    tokio::time::sleep(Duration::from_millis(behaviour.delay_ms)).await;
    if behaviour.down { faults::down() } else { next.run(request).await }
}
