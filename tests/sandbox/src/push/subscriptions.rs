//! A browser's subscriptions at its push service. The browser's keys are the browser's own and
//! never come here.
//!
//! - `POST /webpush {"application_server_key"?}`: 201 `{"endpoint", "expirationTime"}`, as
//!   `pushManager.subscribe()` has it. With a key, only its owner can send.
//! - `GET /webpush/{id}/messages`: `{"items":[{id, at, headers, claims, body}]}`, newest last:
//!   every header by its name in small letters, the claims of the sender's token, and the body as
//!   it came, in base64 for URLs.
//! - `DELETE /webpush/{id}`: 204. Unsubscribed: whatever is sent there is answered 410. An id that
//!   never was is 404.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::ids;
use crate::reply::{self, Refused};
use crate::world::World;

#[derive(Clone, Default)]
pub struct Subscriptions {
    by_id: HashMap<String, Subscription>,
}

#[derive(Clone)]
pub struct Subscription {
    pub application_server_key: Option<String>,
    pub unsubscribed: bool,
    pub messages: Vec<Value>,
}

impl Subscriptions {
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Subscription> {
        self.by_id.get_mut(id)
    }
}

pub fn router() -> Router<Arc<World>> {
    Router::new().route("/webpush", post(subscribe)).route("/webpush/{id}", delete(unsubscribe)).route("/webpush/{id}/messages", get(read))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    application_server_key: Option<String>,
}

async fn subscribe(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<(StatusCode, Json<Value>), Refused> {
    let wish: Wish = reply::parse(&body)?;
    let id = ids::alphanumeric(40);
    let endpoint = format!("{}/webpush/{id}", super::origin(&headers));
    let subscription = Subscription { application_server_key: wish.application_server_key, unsubscribed: false, messages: Vec::new() };
    world.book().pushes.subscriptions.by_id.insert(id, subscription);
    Ok((StatusCode::CREATED, Json(json!({ "endpoint": endpoint, "expirationTime": null }))))
}

async fn unsubscribe(State(world): State<Arc<World>>, Path(id): Path<String>) -> Result<StatusCode, Refused> {
    world.book().pushes.subscriptions.get_mut(&id).ok_or_else(|| none(&id))?.unsubscribed = true;
    Ok(StatusCode::NO_CONTENT)
}

async fn read(State(world): State<Arc<World>>, Path(id): Path<String>) -> Result<Json<Value>, Refused> {
    let book = world.book();
    let subscription = book.pushes.subscriptions.by_id.get(&id).ok_or_else(|| none(&id))?;
    Ok(reply::items(subscription.messages.clone()))
}

fn none(id: &str) -> Refused {
    Refused::not_found(format!("no subscription {id}"))
}
