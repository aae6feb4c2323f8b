//! Who comes in: a form at `/v1/oauth/token` is answered with a token, and every other request carries
//! it behind `O-Bearer`. A reset ends all tokens.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::Refused;
use crate::world::World;
use crate::{clock, ids, signing};

/// Tokens, and when each ends.
#[derive(Clone, Default)]
pub struct Tokens(HashMap<String, i64>);

pub async fn token(Extension(world): Extension<Arc<World>>, bytes: Bytes) -> Result<Json<Value>, Refused> {
    let config = &world.config().phonepe;
    let form: HashMap<String, String> = form_urlencoded::parse(&bytes).into_owned().collect();
    let given = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    if given("grant_type") != "client_credentials" {
        return Err(Refused::invalid("grant_type is client_credentials"));
    }
    let known = signing::same(given("client_id"), &config.client_id)
        & signing::same(given("client_secret"), &config.client_secret)
        & (given("client_version") == config.client_version);
    if !known {
        return Err(Refused::unauthenticated());
    }
    let token = ids::alphanumeric(64);
    let now = clock::unix_seconds();
    let tokens = &mut world.book().phonepe.tokens.0;
    tokens.retain(|_, ends| *ends > now);
    tokens.insert(token.clone(), now + config.token_seconds);
    Ok(Json(json!({ "access_token": token, "encrypted_access_token": ids::alphanumeric(64), "issued_at": now,
        "expires_at": now + config.token_seconds, "session_expires_at": now + config.token_seconds, "token_type": "O-Bearer" })))
}

pub async fn require(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    if is_let_in(&world, request.headers()) { next.run(request).await } else { Refused::unauthenticated().into_response() }
}

fn is_let_in(world: &World, headers: &HeaderMap) -> bool {
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = header.strip_prefix("O-Bearer ").unwrap_or_default();
    let ends = world.book().phonepe.tokens.0.get(token).copied().unwrap_or_default();
    ends > clock::unix_seconds()
}
