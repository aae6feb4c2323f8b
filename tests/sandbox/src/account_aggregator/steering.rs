//! `/aa/…` beside the API and the page: the routes are in [`super`].

use std::sync::Arc;

use account_aggregator::jws::{Jwk, KeySet};
use account_aggregator::wire::{ConsentStatus, FiStatus, SessionStatus};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::banks::{self, Outcome};
use super::{consents, data};
use crate::reply::{self, Refused};
use crate::world::World;

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/aa/registry", get(registry))
        .route("/aa/registry/{id}", put(register))
        .route("/aa/customers/{id}/accounts", get(accounts))
        .route("/aa/accounts/{link_ref}", put(set_outcome))
        .route("/aa/consents", get(all_consents))
        .route("/aa/consents/{handle}/{act}", post(decide))
        .route("/aa/sessions", get(all_sessions))
        .route("/aa/sessions/{id}/{act}", post(end_session))
}

async fn registry(State(world): State<Arc<World>>) -> Json<Value> {
    let aggregator = json!({ "id": world.config().account_aggregator.id, "keys": [world.shared.signer.jwk()] });
    let book = world.book();
    let others = book.aggregator.registry.iter().map(|(id, keys)| json!({ "id": id, "keys": keys }));
    reply::items(std::iter::once(aggregator).chain(others).collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Registration {
    keys: Vec<Jwk>,
}

async fn register(State(world): State<Arc<World>>, Path(id): Path<String>, body: Bytes) -> Result<StatusCode, Refused> {
    let Registration { keys } = reply::parse(&body)?;
    KeySet::new(&keys).map_err(|error| Refused::bad_request(error.to_string()))?;
    world.book().aggregator.registry.insert(id, keys);
    Ok(StatusCode::NO_CONTENT)
}

async fn accounts(Path(customer): Path<String>) -> Json<Value> {
    let accounts = banks::accounts_of(&customer).into_iter().map(|account| {
        let bank = banks::bank(&account.fip_id).map(|bank| bank.name);
        json!({ "fip_id": account.fip_id, "bank": bank, "link_ref": account.link_ref, "masked_number": account.masked_number })
    });
    reply::items(accounts.collect())
}

async fn set_outcome(State(world): State<Arc<World>>, Path(link_ref): Path<String>, body: Bytes) -> Result<StatusCode, Refused> {
    let outcome: Outcome = reply::parse(&body)?;
    if outcome.status == FiStatus::Delivered {
        return Err(Refused::bad_request("an account is DELIVERED by fetching it"));
    }
    if outcome.ready_after_ms.is_some() && outcome.status != FiStatus::Pending {
        return Err(Refused::bad_request("`ready_after_ms` belongs to: PENDING"));
    }
    world.book().aggregator.outcomes.insert(link_ref, outcome);
    Ok(StatusCode::NO_CONTENT)
}

async fn all_consents(State(world): State<Arc<World>>) -> Json<Value> {
    let book = world.book();
    let consents = book.aggregator.consents.oldest_first().map(|consent| {
        json!({
            "handle": consent.handle,
            "id": consent.id,
            "status": consent.status_now(),
            "customer": consent.artefact.detail.customer.id,
            "accounts": consent.artefact.accounts,
            "fetches": consent.fetched.len(),
        })
    });
    reply::items(consents.collect())
}

async fn all_sessions(State(world): State<Arc<World>>) -> Json<Value> {
    let book = world.book();
    let sessions = book.aggregator.sessions.oldest_first().map(|session| {
        let accounts = session.accounts.iter().map(|account| json!({ "link_ref": account.of.link_ref, "status": account.status }));
        let accounts: Vec<Value> = accounts.collect();
        json!({ "id": session.id, "handle": session.consent_handle, "status": session.status, "accounts": accounts })
    });
    reply::items(sessions.collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Choice {
    accounts: Option<Vec<String>>,
}

async fn decide(State(world): State<Arc<World>>, Path((handle, act)): Path<(String, String)>, body: Bytes) -> Result<StatusCode, Refused> {
    let Choice { accounts } = reply::parse(&body)?;
    let is_approved = world.book().aggregator.consents.get(&handle).is_some_and(|consent| consent.id.is_some());
    let to = match (act.as_str(), is_approved) {
        ("approve", false) | ("resume", true) => ConsentStatus::Active,
        ("reject", false) => ConsentStatus::Rejected,
        ("pause", true) => ConsentStatus::Paused,
        ("revoke", true) => ConsentStatus::Revoked,
        ("expire", _) => ConsentStatus::Expired,
        ("approve" | "resume" | "reject" | "pause" | "revoke", _) => {
            let known = world.book().aggregator.consents.get(&handle).is_some();
            return Err(if known {
                Refused::conflict("the consent is not in a state for that")
            } else {
                Refused::not_found("no such handle")
            });
        }
        _ => return Err(Refused::not_found("a customer can: approve, reject, pause, resume, revoke; and time can: expire")),
    };
    told(consents::decide(&world, &handle, to, accounts.as_deref()), "handle")
}

async fn end_session(State(world): State<Arc<World>>, Path((id, act)): Path<(String, String)>) -> Result<StatusCode, Refused> {
    let status = match act.as_str() {
        "expire" => SessionStatus::Expired,
        "fail" => SessionStatus::Failed,
        _ => return Err(Refused::not_found("a session can: expire, fail")),
    };
    told(data::end(&world, &id, status), "session")
}

fn told(outcome: Option<bool>, what: &str) -> Result<StatusCode, Refused> {
    match outcome {
        Some(true) => Ok(StatusCode::NO_CONTENT),
        Some(false) => Err(Refused::conflict("it is not in a state for that, or no account is left")),
        None => Err(Refused::not_found(format!("no such {what}"))),
    }
}
