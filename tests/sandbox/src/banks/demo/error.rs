//! `{"error", "reason"?, "error_description"}`, in the words of RFC 6749 (5.2) and RFC 6750 (3.1).

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why there is no access any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    Withdrawn,
    Expired,
}

#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    error: &'static str,
    reason: Option<&'static str>,
    description: &'static str,
}

impl Refused {
    fn new(status: StatusCode, error: &'static str, description: &'static str) -> Self {
        Self { status, error, reason: None, description }
    }

    pub fn invalid_request(description: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", description)
    }

    pub fn invalid_client() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", "The client is not known, or its secret is another.")
    }

    pub fn invalid_grant(description: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_grant", description)
    }

    pub fn unsupported_grant_type() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "unsupported_grant_type", "authorization_code and refresh_token are.")
    }

    pub fn invalid_token() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_token", "The access token is not known, or has expired.")
    }

    /// A consent that is over, at the token's end or at the data's.
    pub fn over(why: Over, at_token_endpoint: bool) -> Self {
        let refused = if at_token_endpoint {
            Self::invalid_grant("The consent is over.")
        } else {
            Self::new(StatusCode::FORBIDDEN, "insufficient_scope", "The consent is over.")
        };
        let reason = match why {
            Over::Withdrawn => "consent_withdrawn",
            Over::Expired => "consent_expired",
        };
        Self { reason: Some(reason), ..refused }
    }

    pub fn server(status: StatusCode) -> Self {
        Self::new(status, "server_error", "The bank is not well.")
    }

    pub fn throttled() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "temporarily_unavailable", "Too many requests.")
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": self.error, "error_description": self.description });
        if let Some(reason) = self.reason {
            body["reason"] = reason.into();
        }
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = if self.error == "invalid_client" { "Basic realm=\"demo-bank\"" } else { "Bearer error=\"invalid_token\"" };
            headers.insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static(scheme));
        }
        response
    }
}
