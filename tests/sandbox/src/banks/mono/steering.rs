//! What a test wants of Mono: the routes are in [`super`].

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{DataStatus, link};
use crate::banks::ledger::{Entry, NewEntry};
use crate::clock;
use crate::reply::{self, Refused};
use crate::world::World;

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/mono/finish", post(finish))
        .route("/mono/accounts", get(accounts))
        .route("/mono/accounts/{id}", put(change))
        .route("/mono/accounts/{id}/entries", post(add))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Finish {
    url: String,
    customer: Option<String>,
    #[serde(default)]
    deny: bool,
}

async fn finish(State(world): State<Arc<World>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let finish: Finish = reply::parse(&body)?;
    let (_, id) = finish.url.rsplit_once('/').ok_or_else(|| Refused::bad_request("`url` is the address of Mono's page"))?;
    let customer = (!finish.deny).then(|| finish.customer.unwrap_or_else(|| "samuel.olamide".to_owned()));
    let back = link::finish(&world, id, customer).map_err(Refused::not_found)?;
    Ok(Json(json!({ "redirect_to": back })))
}

async fn accounts(State(world): State<Arc<World>>) -> Json<Value> {
    let book = world.book();
    let views = book.banks.mono.accounts.values().map(|account| {
        json!({
            "id": account.id, "customer": account.customer.id, "data_status": account.data_status, "wants_sign_in": account.wants_sign_in,
            "entries": account.customer.entries(),
        })
    });
    reply::items(views.collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    data_status: Option<DataStatus>,
    wants_sign_in: Option<bool>,
}

async fn change(State(world): State<Arc<World>>, Path(id): Path<String>, body: Bytes) -> Result<StatusCode, Refused> {
    let change: Changed = reply::parse(&body)?;
    let event = {
        let mut book = world.book();
        let account = book.banks.mono.accounts.get_mut(&id).ok_or_else(|| Refused::not_found(format!("no account {id}")))?;
        account.data_status = change.data_status.unwrap_or(account.data_status);
        account.wants_sign_in = change.wants_sign_in.unwrap_or(account.wants_sign_in);
        let name = if account.wants_sign_in { "mono.events.reauthorisation_required" } else { "mono.events.account_updated" };
        account.event(name)
    };
    world.announce([event]);
    Ok(StatusCode::NO_CONTENT)
}

async fn add(State(world): State<Arc<World>>, Path(id): Path<String>, body: Bytes) -> Result<Json<Entry>, Refused> {
    let entry: NewEntry = reply::parse(&body)?;
    let (entry, event) = {
        let mut book = world.book();
        let account = book.banks.mono.accounts.get_mut(&id).ok_or_else(|| Refused::not_found(format!("no account {id}")))?;
        let entry = account.customer.add(entry, clock::unix_seconds()).map_err(Refused::bad_request)?;
        (entry, account.event("mono.events.account_updated"))
    };
    world.announce([event]);
    Ok(Json(entry))
}
