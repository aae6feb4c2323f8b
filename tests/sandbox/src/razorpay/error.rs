//! `{"error":{…}}` with its odd strings: `"NA"` and `"null"` stand where a null would be meant.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

pub const ID_UNKNOWN: &str = "The id provided does not exist";

#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    description: String,
    field: Option<String>,
    source: &'static str,
    /// Null where the sheet's sample has a null.
    step: Option<&'static str>,
    reason: &'static str,
}

impl ApiError {
    /// Input that breaks a rule.
    pub fn invalid(description: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code: "BAD_REQUEST_ERROR",
            description: description.into(),
            field: None,
            source: "business",
            step: Some("NA"),
            reason: "input_validation_failed",
        }
    }

    pub fn invalid_field(field: impl Into<String>, description: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..Self::invalid(description) }
    }

    /// Unknown ids come as 400, not as 404.
    pub fn unknown_id() -> Self {
        Self::invalid(ID_UNKNOWN)
    }

    pub fn no_such_url() -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            source: "NA",
            reason: "NA",
            ..Self::invalid("The requested URL was not found on the server.")
        }
    }

    pub fn unauthenticated() -> Self {
        Self { status: StatusCode::UNAUTHORIZED, source: "NA", reason: "NA", ..Self::invalid("Authentication failed") }
    }

    pub fn insufficient_balance() -> Self {
        Self {
            reason: "insufficient_funds",
            ..Self::invalid("Your account does not have enough balance to carry out the payout operation.")
        }
    }

    pub fn payout_key_missing() -> Self {
        Self {
            step: None,
            reason: "null",
            ..Self::invalid_field("X-Payout-Idempotency", "Idempotency key is missing. Include idempotency header and key in the request.")
        }
    }

    pub fn conflict(description: impl Into<String>) -> Self {
        Self { status: StatusCode::CONFLICT, source: "NA", reason: "NA", ..Self::invalid(description) }
    }

    pub fn throttled() -> Self {
        Self {
            status: StatusCode::TOO_MANY_REQUESTS,
            source: "NA",
            reason: "NA",
            ..Self::invalid("Request was throttled. Please try again after some time.")
        }
    }

    pub fn server(status: StatusCode) -> Self {
        Self {
            status,
            code: "SERVER_ERROR",
            source: "internal",
            reason: "server_error",
            ..Self::invalid("We are facing some trouble completing your request at the moment. Please try again shortly.")
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut error = json!({
            "code": self.code,
            "description": self.description,
            "source": self.source,
            "step": self.step,
            "reason": self.reason,
            "metadata": {},
        });
        if let Some(field) = self.field {
            error["field"] = Value::String(field);
        }
        (self.status, Json(json!({ "error": error }))).into_response()
    }
}
