//! Answers of the control endpoints, which are nobody's API but ours.

use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Why a control endpoint refuses. Always says what would be accepted.
#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    error: String,
}

impl Refused {
    pub fn bad_request(error: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error: error.into() }
    }

    pub fn not_found(error: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, error: error.into() }
    }

    pub fn conflict(error: impl Into<String>) -> Self {
        Self { status: StatusCode::CONFLICT, error: error.into() }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.error }))).into_response()
    }
}

/// A control request's body. Unknown fields and kinds are refused with serde's own sentence,
/// which lists what is known.
pub fn parse<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refused> {
    let text: &[u8] = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(text).map_err(|error| Refused::bad_request(error.to_string()))
}

pub fn items(items: Vec<Value>) -> Json<Value> {
    Json(json!({ "items": items }))
}
