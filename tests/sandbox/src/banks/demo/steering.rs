//! What a test wants of the demo bank: the routes are in [`super`].

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Value, json};

use super::api;
use super::books::Behaviour;
use super::consent::{Decision, Unwanted, Wanted, require_number};
use super::error::Over;
use crate::banks::ledger::{Correction, Entry, NewEntry};
use crate::clock;
use crate::reply::{self, Refused};
use crate::world::World;

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/demo-bank/approve", post(approve))
        .route("/demo-bank/behaviour", put(behave))
        .route("/demo-bank/consents", get(consents))
        .route("/demo-bank/consents/{id}", put(end))
        .route("/demo-bank/customers/{number}", get(customer))
        .route("/demo-bank/customers/{number}/entries", post(add))
        .route("/demo-bank/customers/{number}/entries/{id}", put(correct).delete(take_back))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Approve {
    url: String,
    customer: String,
    /// All, unless told.
    accounts: Option<Vec<String>>,
    #[serde(default)]
    deny: bool,
}

async fn approve(State(world): State<Arc<World>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let approve: Approve = reply::parse(&body)?;
    let url = Url::parse(&approve.url).map_err(|_| Refused::bad_request("`url` is the address of the page of consent"))?;
    let wanted = match Wanted::read(&world, url.query().unwrap_or_default()) {
        Ok(wanted) => wanted,
        Err(Unwanted::There(url)) => return Ok(Json(json!({ "redirect_to": url }))),
        Err(Unwanted::Here(why)) => return Err(Refused::bad_request(why)),
    };
    require_number(&approve.customer).map_err(Refused::bad_request)?;
    let accounts = approve.accounts.unwrap_or_else(|| {
        let mut book = world.book();
        let customer = book.banks.demo.customer(&approve.customer, clock::unix_seconds());
        customer.accounts.iter().map(|account| account.id.clone()).collect()
    });
    let decision = if approve.deny { Decision::Deny } else { Decision::Allow { customer: approve.customer, accounts } };
    let url = wanted.decide(&world, decision).map_err(Refused::bad_request)?;
    Ok(Json(json!({ "redirect_to": url })))
}

async fn behave(State(world): State<Arc<World>>, body: Bytes) -> Result<StatusCode, Refused> {
    let behaviour: Behaviour = reply::parse(&body)?;
    world.book().banks.demo.behaviour = behaviour.check().map_err(Refused::bad_request)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn consents(State(world): State<Arc<World>>) -> Json<Value> {
    let now = clock::unix_seconds();
    let book = world.book();
    let views = book.banks.demo.consents.values().map(|consent| {
        let state = match consent.require_lasting(now) {
            Ok(()) => "active",
            Err(Over::Expired) => "expired",
            Err(Over::Withdrawn) => "withdrawn",
        };
        json!({
            "id": consent.id, "customer": consent.customer, "accounts": consent.accounts, "state": state, "expires_at": consent.expires_at,
        })
    });
    reply::items(views.collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    state: EndedBy,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum EndedBy {
    Expired,
    Withdrawn,
    AccessExpired,
}

async fn end(State(world): State<Arc<World>>, Path(id): Path<String>, body: Bytes) -> Result<StatusCode, Refused> {
    let end: End = reply::parse(&body)?;
    let mut book = world.book();
    let bank = &mut book.banks.demo;
    let found = match end.state {
        EndedBy::Expired => bank.end(&id, Over::Expired),
        EndedBy::Withdrawn => bank.end(&id, Over::Withdrawn),
        EndedBy::AccessExpired => bank.expire_access(&id),
    };
    if found { Ok(StatusCode::NO_CONTENT) } else { Err(Refused::not_found(format!("no consent {id}"))) }
}

async fn customer(State(world): State<Arc<World>>, Path(number): Path<String>) -> Result<Json<Value>, Refused> {
    require_number(&number).map_err(Refused::bad_request)?;
    let now = clock::unix_seconds();
    let mut book = world.book();
    let customer = book.banks.demo.customer(&number, now);
    let accounts: Vec<_> = customer.accounts.iter().map(|account| api::view(account, customer.name, now)).collect();
    Ok(Json(json!({ "id": customer.id, "name": customer.name, "accounts": accounts, "entries": customer.entries() })))
}

async fn add(State(world): State<Arc<World>>, Path(number): Path<String>, body: Bytes) -> Result<Json<Entry>, Refused> {
    require_number(&number).map_err(Refused::bad_request)?;
    let entry: NewEntry = reply::parse(&body)?;
    let now = clock::unix_seconds();
    let mut book = world.book();
    book.banks.demo.customer(&number, now).add(entry, now).map(Json).map_err(Refused::bad_request)
}

async fn correct(State(world): State<Arc<World>>, Path((number, id)): Path<(String, String)>, body: Bytes) -> Result<Json<Entry>, Refused> {
    require_number(&number).map_err(Refused::bad_request)?;
    let correction: Correction = reply::parse(&body)?;
    let mut book = world.book();
    book.banks.demo.customer(&number, clock::unix_seconds()).correct(&id, correction).map(Json).map_err(Refused::bad_request)
}

async fn take_back(State(world): State<Arc<World>>, Path((number, id)): Path<(String, String)>) -> Result<StatusCode, Refused> {
    require_number(&number).map_err(Refused::bad_request)?;
    let mut book = world.book();
    book.banks.demo.customer(&number, clock::unix_seconds()).take_back(&id).map_err(Refused::not_found)?;
    Ok(StatusCode::NO_CONTENT)
}
