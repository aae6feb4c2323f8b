//! What a test wants of Plaid: the routes are in [`super`].

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::data::Mutations;
use super::link::{self, Act};
use super::{Item, ItemState};
use crate::banks::ledger::{Correction, Customer, Entry, NewEntry};
use crate::clock;
use crate::reply::{self, Refused};
use crate::world::World;

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/plaid/finish", post(finish))
        .route("/plaid/items", get(items))
        .route("/plaid/items/{id}", put(change))
        .route("/plaid/items/{id}/entries", post(add))
        .route("/plaid/items/{id}/entries/{entry}", put(correct).delete(take_back))
        .route("/plaid/mutations", post(mutate))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Finish {
    url: String,
    customer: Option<String>,
    #[serde(default)]
    exit: bool,
}

async fn finish(State(world): State<Arc<World>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let finish: Finish = reply::parse(&body)?;
    let (_, token) = finish.url.rsplit_once('/').ok_or_else(|| Refused::bad_request("`url` is the address of Plaid's page"))?;
    let act = if finish.exit { Act::Exit } else { Act::Continue(finish.customer.unwrap_or_else(|| "user_good".to_owned())) };
    let back = link::finish(&world, token, act).map_err(Refused::not_found)?;
    Ok(Json(json!({ "redirect_to": back })))
}

async fn items(State(world): State<Arc<World>>) -> Json<Value> {
    let book = world.book();
    let views = book.banks.plaid.items.values().map(|item| {
        let accounts: Vec<_> = item.customer.accounts.iter().map(|account| account.id.as_str()).collect();
        json!({
            "id": item.id, "customer": item.customer.id, "state": item.state, "accounts": accounts, "entries": item.customer.entries(),
        })
    });
    reply::items(views.collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewState {
    state: ItemState,
}

async fn change(State(world): State<Arc<World>>, Path(id): Path<String>, body: Bytes) -> Result<StatusCode, Refused> {
    let NewState { state } = reply::parse(&body)?;
    let event = {
        let mut book = world.book();
        let item = book.banks.plaid.items.get_mut(&id).ok_or_else(|| Refused::not_found(format!("no item {id}")))?;
        item.state = state;
        match state {
            ItemState::Good => item.event("LOGIN_REPAIRED", "ITEM", &[]),
            ItemState::LoginRequired => {
                let error = json!({ "error_type": "ITEM_ERROR", "error_code": "ITEM_LOGIN_REQUIRED" });
                item.event("ERROR", "ITEM", &[("error", error)])
            }
            ItemState::Revoked => item.event("USER_PERMISSION_REVOKED", "ITEM", &[]),
        }
    };
    world.announce(event);
    Ok(StatusCode::NO_CONTENT)
}

/// Does it with the customer of an item, and tells that something has changed.
fn with<T>(world: &World, id: &str, act: impl FnOnce(&mut Customer) -> Result<T, String>) -> Result<T, Refused> {
    let (done, event) = {
        let mut book = world.book();
        let item: &mut Item = book.banks.plaid.items.get_mut(id).ok_or_else(|| Refused::not_found(format!("no item {id}")))?;
        (act(&mut item.customer).map_err(Refused::bad_request)?, item.changed())
    };
    world.announce(event);
    Ok(done)
}

async fn add(State(world): State<Arc<World>>, Path(id): Path<String>, body: Bytes) -> Result<Json<Entry>, Refused> {
    let entry: NewEntry = reply::parse(&body)?;
    with(&world, &id, |customer| customer.add(entry, clock::unix_seconds())).map(Json)
}

async fn correct(State(world): State<Arc<World>>, Path((id, entry)): Path<(String, String)>, body: Bytes) -> Result<Json<Entry>, Refused> {
    let correction: Correction = reply::parse(&body)?;
    with(&world, &id, |customer| customer.correct(&entry, correction)).map(Json)
}

async fn take_back(State(world): State<Arc<World>>, Path((id, entry)): Path<(String, String)>) -> Result<StatusCode, Refused> {
    with(&world, &id, |customer| customer.take_back(&entry))?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mutate {
    after_pages: u32,
    times: Option<u32>,
}

async fn mutate(State(world): State<Arc<World>>, body: Bytes) -> Result<StatusCode, Refused> {
    let mutate: Mutate = reply::parse(&body)?;
    world.book().banks.plaid.mutations = Mutations { times: mutate.times.unwrap_or(1), after_pages: mutate.after_pages, pages: 0 };
    Ok(StatusCode::NO_CONTENT)
}
