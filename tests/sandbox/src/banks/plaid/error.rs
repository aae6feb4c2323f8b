//! `{"error_type", "error_code", "error_message", "display_message", "request_id"}`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::ids;

#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    kind: &'static str,
    code: &'static str,
    message: String,
}

impl Refused {
    fn new(kind: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, kind, code, message: message.into() }
    }

    pub fn api_keys() -> Self {
        Self::new("INVALID_INPUT", "INVALID_API_KEYS", "invalid client_id or secret provided")
    }

    pub fn not_json() -> Self {
        Self::new("INVALID_REQUEST", "INVALID_BODY", "body could not be parsed as JSON")
    }

    pub fn missing(field: &str) -> Self {
        Self::new("INVALID_REQUEST", "MISSING_FIELDS", format!("the following required fields are missing: {field}"))
    }

    pub fn invalid(field: &str, rule: &str) -> Self {
        Self::new("INVALID_REQUEST", "INVALID_FIELD", format!("{field} {rule}"))
    }

    pub fn link_token() -> Self {
        Self::new("INVALID_INPUT", "INVALID_LINK_TOKEN", "invalid link_token provided")
    }

    pub fn public_token() -> Self {
        Self::new("INVALID_INPUT", "INVALID_PUBLIC_TOKEN", "could not find matching public token, or it has expired")
    }

    pub fn access_token() -> Self {
        Self::new("INVALID_INPUT", "INVALID_ACCESS_TOKEN", "could not find matching access token")
    }

    pub fn key_id() -> Self {
        Self::new("INVALID_INPUT", "INVALID_WEBHOOK_VERIFICATION_KEY_ID", "invalid key_id provided")
    }

    pub fn login_required() -> Self {
        Self::new("ITEM_ERROR", "ITEM_LOGIN_REQUIRED", "the login details of this item have changed")
    }

    pub fn permission_revoked() -> Self {
        Self::new("ITEM_ERROR", "USER_PERMISSION_REVOKED", "the holder of this account has revoked their permission")
    }

    pub fn mutated() -> Self {
        let message = "underlying transaction data changed since last page was fetched; restart pagination from the last update";
        Self::new("TRANSACTIONS_ERROR", "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION", message)
    }

    pub fn server(status: StatusCode) -> Self {
        Self { status, ..Self::new("API_ERROR", "INTERNAL_SERVER_ERROR", "an unexpected error occurred") }
    }

    pub fn throttled() -> Self {
        let refused = Self::new("RATE_LIMIT_EXCEEDED", "RATE_LIMIT", "rate limit exceeded for attempts to access this item");
        Self { status: StatusCode::TOO_MANY_REQUESTS, ..refused }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({
            "error_type": self.kind, "error_code": self.code, "error_message": self.message, "display_message": null,
            "request_id": ids::alphanumeric(15),
        });
        (self.status, Json(body)).into_response()
    }
}
