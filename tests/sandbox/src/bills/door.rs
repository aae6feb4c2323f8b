//! Who comes in: `POST /api/v2/auth/token {"clientID", "secret"}` answers `{"token", "expiresIn"}`, and
//! every other request carries that token and `X-PARTNER-ID`. A reset ends all tokens.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Refused;
use crate::world::World;
use crate::{clock, ids, signing};

/// Tokens, and when each ends.
#[derive(Clone, Default)]
pub struct Tokens(HashMap<String, i64>);

#[derive(Deserialize)]
struct Credentials {
    #[serde(rename = "clientID")]
    client_id: String,
    secret: String,
}

pub async fn token(Extension(world): Extension<Arc<World>>, bytes: Bytes) -> Result<Json<Value>, Refused> {
    let config = &world.config().bills;
    let given: Credentials = serde_json::from_slice(&bytes).map_err(|error| Refused::invalid(error.to_string()))?;
    if !(signing::same(&given.client_id, &config.client_id) && signing::same(&given.secret, &config.client_secret)) {
        return Err(Refused::bad("invalid-credentials", "Invalid Credentials."));
    }
    let token = ids::alphanumeric(64);
    let now = clock::unix_seconds();
    let tokens = &mut world.book().bills.tokens.0;
    tokens.retain(|_, ends| *ends > now);
    tokens.insert(token.clone(), now + config.token_seconds);
    Ok(Json(json!({ "token": token, "expiresIn": config.token_seconds, "success": true, "traceId": ids::alphanumeric(20) })))
}

pub async fn require(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    if is_let_in(&world, request.headers()) { next.run(request).await } else { Refused::unauthenticated().into_response() }
}

fn is_let_in(world: &World, headers: &HeaderMap) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = header(header::AUTHORIZATION.as_str()).strip_prefix("Bearer ").unwrap_or_default();
    let ends = world.book().bills.tokens.0.get(token).copied().unwrap_or_default();
    ends > clock::unix_seconds() && header("x-partner-id") == world.config().bills.partner_id
}
