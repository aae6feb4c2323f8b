//! Refusals: `{"error", "error_description"}` of OAuth's (RFC 6749, 5.2), `{"message", "code"}` of the data's.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// What a platform that is asked too often wants us to wait.
const RETRY_AFTER_SECONDS: &str = "2";

#[derive(Debug)]
pub enum Refused {
    OAuth { status: StatusCode, error: &'static str, description: &'static str },
    Data { status: StatusCode, code: &'static str, message: &'static str },
}

impl Refused {
    pub fn invalid_request(description: &'static str) -> Self {
        Self::OAuth { status: StatusCode::BAD_REQUEST, error: "invalid_request", description }
    }

    pub fn invalid_grant(description: &'static str) -> Self {
        Self::OAuth { status: StatusCode::BAD_REQUEST, error: "invalid_grant", description }
    }

    pub fn invalid_client() -> Self {
        let description = "The client is not known, or its secret is another.";
        Self::OAuth { status: StatusCode::UNAUTHORIZED, error: "invalid_client", description }
    }

    pub fn unsupported_grant_type() -> Self {
        let description = "authorization_code and refresh_token are.";
        Self::OAuth { status: StatusCode::BAD_REQUEST, error: "unsupported_grant_type", description }
    }

    pub fn unauthorized() -> Self {
        Self::Data { status: StatusCode::UNAUTHORIZED, code: "unauthorized", message: "Invalid OAuth 2.0 credentials provided." }
    }

    pub fn withdrawn() -> Self {
        Self::Data { status: StatusCode::FORBIDDEN, code: "forbidden", message: "The user took the access back." }
    }

    pub fn bad_request(message: &'static str) -> Self {
        Self::Data { status: StatusCode::BAD_REQUEST, code: "validation_failed", message }
    }

    pub fn window() -> Self {
        Self::Data { status: StatusCode::UNPROCESSABLE_ENTITY, code: "invalid_range", message: "The window is larger than ten days." }
    }

    pub fn server(status: StatusCode) -> Self {
        Self::Data { status, code: "internal_server_error", message: "The platform is not well." }
    }

    pub fn throttled() -> Self {
        Self::Data { status: StatusCode::TOO_MANY_REQUESTS, code: "rate_limited", message: "Too many requests." }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, body) = match self {
            Self::OAuth { status, error, description } => (status, json!({ "error": error, "error_description": description })),
            Self::Data { status, code, message } => (status, json!({ "message": message, "code": code })),
        };
        let mut response = (status, Json(body)).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
        }
        response
    }
}
