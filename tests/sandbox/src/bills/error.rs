//! `{"error": {"code", "message"}, "success": false, "traceId"}`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::ids;

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
        Self::bad("validation-error", message)
    }

    pub fn unauthenticated() -> Self {
        Self { status: StatusCode::UNAUTHORIZED, code: "unauthorized", message: "Token is missing, unknown or over".into() }
    }

    pub fn server(status: StatusCode) -> Self {
        Self { status, code: "internal-error", message: "Internal error".into() }
    }

    pub fn throttled() -> Self {
        Self { status: StatusCode::TOO_MANY_REQUESTS, code: "too-many-requests", message: "Too many requests".into() }
    }

    #[cfg(test)]
    pub fn code(&self) -> &'static str {
        self.code
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let error = json!({ "code": self.code, "message": self.message });
        (self.status, Json(json!({ "error": error, "success": false, "traceId": ids::alphanumeric(20) }))).into_response()
    }
}

/// An answer that says something.
pub fn data(data: Value) -> Json<Value> {
    Json(json!({ "data": data, "success": true, "traceId": ids::alphanumeric(20) }))
}
