//! `{"status": "failed", "message", "data": null}`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    message: &'static str,
}

impl Refused {
    pub fn bad_request(message: &'static str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, message }
    }

    pub fn unauthenticated() -> Self {
        Self { status: StatusCode::UNAUTHORIZED, message: "Invalid secret key" }
    }

    pub fn no_account() -> Self {
        Self { status: StatusCode::NOT_FOUND, message: "Account not found" }
    }

    pub fn wants_sign_in() -> Self {
        Self::bad_request("Reauthorisation required for this account")
    }

    pub fn server(status: StatusCode) -> Self {
        Self { status, message: "Something went wrong" }
    }

    pub fn throttled() -> Self {
        Self { status: StatusCode::TOO_MANY_REQUESTS, message: "Too many requests" }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "status": "failed", "message": self.message, "data": null }))).into_response()
    }
}
