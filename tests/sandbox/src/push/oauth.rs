//! Google's token endpoint: `POST /token`, a form with a signed assertion (RFC 7523), answers an
//! access token for an hour.
//!
//! Source: the push sheet, A1.

use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Form, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::accounts::{Accounts, ServiceAccount, TOKEN_SECONDS};
use super::jwt;
use crate::clock;
use crate::world::World;

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// Either lets messages be sent.
const SCOPES: [&str; 2] = ["https://www.googleapis.com/auth/firebase.messaging", "https://www.googleapis.com/auth/cloud-platform"];

/// From `iat` to `exp`, at most.
const ASSERTION_SECONDS_MAX: i64 = 3600;

/// How far ahead of ours a client's clock may be.
const CLOCK_SKEW_SECONDS: i64 = 5;

#[derive(Debug)]
pub struct Refused {
    error: &'static str,
    description: &'static str,
}

impl Refused {
    fn grant(description: &'static str) -> Self {
        Self { error: "invalid_grant", description }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.error, "error_description": self.description });
        (StatusCode::BAD_REQUEST, Json(body)).into_response()
    }
}

#[derive(Deserialize)]
pub struct Grant {
    grant_type: String,
    assertion: String,
}

pub async fn token(Extension(world): Extension<Arc<World>>, form: Result<Form<Grant>, FormRejection>) -> Result<Json<Value>, Refused> {
    let Ok(Form(grant)) = form else {
        return Err(Refused { error: "invalid_request", description: "Missing required parameter" });
    };
    if grant.grant_type != GRANT_TYPE {
        return Err(Refused { error: "unsupported_grant_type", description: "Invalid grant_type" });
    }
    let now = clock::unix_seconds();
    let mut book = world.book();
    let accounts = &mut book.pushes.accounts;
    let project_id = account_of(accounts, &grant.assertion, now)?.project_id.clone();
    let token = accounts.issue(&project_id, now);
    Ok(Json(json!({ "access_token": token, "expires_in": TOKEN_SECONDS - 1, "token_type": "Bearer" })))
}

/// The account that signed this.
fn account_of<'a>(accounts: &'a Accounts, assertion: &str, now: i64) -> Result<&'a ServiceAccount, Refused> {
    let parts = jwt::take_apart(assertion).ok_or(Refused::grant("Invalid JWT: it must have three parts"))?;
    let claims = &parts.claims;
    if parts.header["alg"] != "RS256" {
        return Err(Refused::grant("Invalid JWT: the algorithm must be RS256"));
    }
    let account = parts.header["kid"].as_str().and_then(|kid| accounts.of_key(kid));
    let account = account.filter(|account| claims["iss"] == account.client_email.as_str());
    let account = account.ok_or(Refused::grant("Invalid grant: account not found"))?;
    if !account.signed(parts.signed.as_bytes(), &parts.signature) {
        return Err(Refused::grant("Invalid JWT Signature."));
    }
    if claims["aud"] != account.token_uri.as_str() {
        return Err(Refused::grant("Invalid JWT: Failed audience check."));
    }
    let timely = claims["iat"]
        .as_i64()
        .zip(claims["exp"].as_i64())
        .is_some_and(|(issued, expires)| issued <= now + CLOCK_SKEW_SECONDS && now < expires && expires - issued <= ASSERTION_SECONDS_MAX);
    if !timely {
        return Err(Refused::grant("Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."));
    }
    let scoped = claims["scope"].as_str().is_some_and(|scope| scope.split(' ').any(|scope| SCOPES.contains(&scope)));
    if !scoped {
        return Err(Refused { error: "invalid_scope", description: "Invalid OAuth scope or ID token audience provided." });
    }
    Ok(account)
}
