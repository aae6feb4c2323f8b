//! `/.well-known/jwks.json`, `/openapi.json`, `/health`.

use crate::{deps::Deps, openapi};
use lambda::{Problem, Reply, Request};
use serde_json::json;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    match request.path.as_str() {
        "/.well-known/jwks.json" => Ok(Reply::ok(&deps.keys().await.map_err(Problem::unavailable)?.jwks()).cached_for(300)),
        "/openapi.json" => Ok(Reply::ok(&openapi::document()).cached_for(300)),
        "/health" => Ok(Reply::ok(&json!({ "status": "ok" }))),
        _ => Err(Problem::not_found()),
    }
}
