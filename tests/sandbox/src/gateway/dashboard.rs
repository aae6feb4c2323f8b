//! `POST /dashboard/refunds/{id} {"status": "processed"|"failed"}`: decides a refund that is
//! pending, by hand.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::refunds::RefundStatus;
use crate::reply::{self, Refused};
use crate::world::World;

pub fn router() -> Router<Arc<World>> {
    Router::new().route("/dashboard/refunds/{id}", post(settle))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settle {
    status: Decision,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Decision {
    Processed,
    Failed,
}

async fn settle(State(world): State<Arc<World>>, Path(id): Path<String>, body: Bytes) -> Result<Json<Value>, Refused> {
    let settle: Settle = reply::parse(&body)?;
    let status = match settle.status {
        Decision::Processed => RefundStatus::Processed,
        Decision::Failed => RefundStatus::Failed,
    };
    let mut book = world.book();
    if book.gateway.refunds.get(&id).is_none() {
        return Err(Refused::not_found(format!("no refund {id}")));
    }
    let Some(event) = book.gateway.settle_refund(&id, status) else {
        return Err(Refused::conflict("the refund is decided already"));
    };
    let answer = json!(book.gateway.refunds.get(&id));
    drop(book);
    world.announce([event]);
    Ok(Json(answer))
}
