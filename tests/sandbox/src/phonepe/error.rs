//! `{"success": false, "code", "message"}`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Refused {
    pub fn bad(code: &'static str, message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, message: message.into() }
    }

    /// Input that breaks a rule of the API itself.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::bad("BAD_REQUEST", message)
    }

    pub fn unauthenticated() -> Self {
        Self { status: StatusCode::UNAUTHORIZED, code: "AUTHORIZATION_FAILED", message: "Token is missing, unknown or over".into() }
    }

    pub fn server(status: StatusCode) -> Self {
        let message = "There is an error trying to process your transaction at the moment. Please try again in a while.";
        Self { status, code: "INTERNAL_SERVER_ERROR", message: message.into() }
    }

    pub fn throttled() -> Self {
        Self { status: StatusCode::TOO_MANY_REQUESTS, code: "TOO_MANY_REQUESTS", message: "Too many requests".into() }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "success": false, "code": self.code, "message": self.message, "data": {} }))).into_response()
    }
}
