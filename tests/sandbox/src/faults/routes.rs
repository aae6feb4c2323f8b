//! `/faults`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::spec::{Kind, Spec};
use crate::ids;
use crate::reply::{self, Refused};
use crate::world::World;

pub fn router() -> Router<Arc<World>> {
    Router::new().route("/faults", post(set).get(list).delete(clear)).route("/faults/{id}", delete(lift))
}

async fn set(State(world): State<Arc<World>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let mut spec: Spec = reply::parse(&body)?;
    spec.check().map_err(Refused::bad_request)?;
    if spec.kind != Kind::RotatedSecret {
        return Ok(Json(json!({ "id": world.shared.faults.set(spec) })));
    }
    let secret = spec.secret.get_or_insert_with(|| ids::alphanumeric(24)).clone();
    Ok(Json(json!({ "id": world.shared.faults.set(spec), "secret": secret })))
}

async fn list(State(world): State<Arc<World>>) -> Json<Value> {
    reply::items(world.shared.faults.list())
}

async fn clear(State(world): State<Arc<World>>) -> StatusCode {
    world.shared.faults.clear();
    StatusCode::NO_CONTENT
}

async fn lift(State(world): State<Arc<World>>, Path(id): Path<String>) -> Result<StatusCode, Refused> {
    if world.shared.faults.delete(&id) { Ok(StatusCode::NO_CONTENT) } else { Err(Refused::not_found(format!("no fault {id}"))) }
}
