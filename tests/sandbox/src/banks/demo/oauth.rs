//! `POST /demo-bank/token` and `/revoke`, for a client that proves itself with its secret.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::{Extension, Json};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Refused;
use super::books::ACCESS_SECONDS;
use crate::world::World;
use crate::{clock, signing};

pub async fn token(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refused> {
    authenticate(&world, &headers)?;
    let field = |name| field(&body, name);
    let now = clock::unix_seconds();
    let mut book = world.book();
    let bank = &mut book.banks.demo;
    let pair = match field("grant_type").ok_or(Refused::invalid_request("grant_type is missing."))?.as_str() {
        "authorization_code" => {
            let code = field("code").ok_or(Refused::invalid_request("code is missing."))?;
            let redirect_uri = field("redirect_uri").ok_or(Refused::invalid_request("redirect_uri is missing."))?;
            let verifier = field("code_verifier").ok_or(Refused::invalid_request("code_verifier is missing."))?;
            if !(43..=128).contains(&verifier.len()) {
                return Err(Refused::invalid_request("code_verifier is 43 to 128 characters."));
            }
            let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
            bank.exchange(&code, now, |code| code.redirect_uri == redirect_uri && signing::same(&challenge, &code.challenge))?
        }
        "refresh_token" => {
            let token = field("refresh_token").ok_or(Refused::invalid_request("refresh_token is missing."))?;
            bank.renew(&token, now)?
        }
        _ => return Err(Refused::unsupported_grant_type()),
    };
    Ok(Json(json!({
        "access_token": pair.access,
        "refresh_token": pair.refresh,
        "token_type": "Bearer",
        "expires_in": ACCESS_SECONDS,
        "scope": "accounts transactions",
        "consent_id": pair.consent_id,
    })))
}

/// RFC 7009: a token that is not known is as good as revoked.
pub async fn revoke(
    Extension(world): Extension<Arc<World>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Refused> {
    authenticate(&world, &headers)?;
    let token = field(&body, "token").ok_or(Refused::invalid_request("token is missing."))?;
    world.book().banks.demo.revoke(&token);
    Ok((StatusCode::OK, Json(json!({}))))
}

fn authenticate(world: &World, headers: &HeaderMap) -> Result<(), Refused> {
    let config = &world.config().banks.demo;
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Basic "));
    let given = given.and_then(|text| String::from_utf8(STANDARD.decode(text).ok()?).ok()).unwrap_or_default();
    let expected = format!("{}:{}", config.client_id, config.client_secret);
    if signing::same(&given, &expected) { Ok(()) } else { Err(Refused::invalid_client()) }
}

/// A field of a form; empty is as good as absent.
fn field(body: &[u8], name: &str) -> Option<String> {
    form_urlencoded::parse(body).find(|(found, _)| found == name).map(|(_, value)| value.into_owned()).filter(|value| !value.is_empty())
}
