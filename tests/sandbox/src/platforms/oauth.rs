//! Tokens for codes and refresh tokens. A client proves itself in the form or by HTTP's Basic scheme.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::{Extension, Json};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{App, Refused};
use crate::world::World;
use crate::{clock, signing};

pub async fn token_uber(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refused> {
    token(&world, &App::Uber, &headers, &body)
}

pub async fn revoke_uber(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refused> {
    revoke(&world, &App::Uber, &headers, &body)
}

pub async fn token_feed(
    Extension(world): Extension<Arc<World>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    token(&world, &App::feed(&name)?, &headers, &body)
}

pub async fn revoke_feed(
    Extension(world): Extension<Arc<World>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    revoke(&world, &App::feed(&name)?, &headers, &body)
}

fn token(world: &World, app: &App, headers: &HeaderMap, body: &[u8]) -> Result<Json<Value>, Refused> {
    authenticate(world, app, headers, body)?;
    let must = |name, why| field(body, name).ok_or(Refused::invalid_request(why));
    let (now, seconds) = (clock::unix_seconds(), app.config(&world.config().platforms).token_seconds);
    let mut book = world.book();
    let pair = match must("grant_type", "grant_type is missing.")?.as_str() {
        "authorization_code" => {
            let (code, redirect_uri) = (must("code", "code is missing.")?, must("redirect_uri", "redirect_uri is missing.")?);
            let proof = field(body, "code_verifier").map(|verifier| URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)));
            book.platforms.exchange(app, &code, now, seconds, |code| {
                let is_proven = match (&code.challenge, &proof) {
                    (Some(challenge), Some(proof)) => signing::same(proof, challenge),
                    (challenge, proof) => challenge.is_none() && proof.is_none(),
                };
                code.redirect_uri == redirect_uri && is_proven
            })?
        }
        "refresh_token" => book.platforms.renew(app, &must("refresh_token", "refresh_token is missing.")?, now, seconds)?,
        _ => return Err(Refused::unsupported_grant_type()),
    };
    Ok(Json(json!({
        "access_token": pair.access,
        "refresh_token": pair.refresh,
        "token_type": "Bearer",
        "expires_in": seconds,
        "scope": app.scopes().join(" "),
    })))
}

/// RFC 7009: a token that is not known is as good as revoked.
fn revoke(world: &World, app: &App, headers: &HeaderMap, body: &[u8]) -> Result<Json<Value>, Refused> {
    authenticate(world, app, headers, body)?;
    let token = field(body, "token").ok_or(Refused::invalid_request("token is missing."))?;
    world.book().platforms.revoke(&token);
    Ok(Json(json!({})))
}

fn authenticate(world: &World, app: &App, headers: &HeaderMap, body: &[u8]) -> Result<(), Refused> {
    let config = app.config(&world.config().platforms);
    let basic = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Basic "));
    let basic = basic.and_then(|text| String::from_utf8(STANDARD.decode(text).ok()?).ok());
    let in_form = || format!("{}:{}", field(body, "client_id").unwrap_or_default(), field(body, "client_secret").unwrap_or_default());
    let given = basic.unwrap_or_else(in_form);
    let expected = format!("{}:{}", config.client_id, config.client_secret);
    if signing::same(&given, &expected) { Ok(()) } else { Err(Refused::invalid_client()) }
}

/// A field of a form; empty is as good as absent.
fn field(body: &[u8], name: &str) -> Option<String> {
    form_urlencoded::parse(body).find(|(found, _)| found == name).map(|(_, value)| value.into_owned()).filter(|value| !value.is_empty())
}
