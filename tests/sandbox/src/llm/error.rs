//! `{"error":{…}}` as Groq writes it.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// What a client that honours it waits.
const RETRY_AFTER_SECONDS: &str = "7";

#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    kind: &'static str,
    code: Option<&'static str>,
    message: String,
    param: Option<String>,
}

impl Refused {
    fn new(status: StatusCode, kind: &'static str, code: Option<&'static str>, message: impl Into<String>) -> Self {
        Self { status, kind, code, message: message.into(), param: None }
    }

    /// A body that breaks a rule, and where.
    pub fn invalid(param: impl Into<String>, rule: &str) -> Self {
        let param = param.into();
        let message = format!("'{param}' : {rule}");
        let refused = Self::new(StatusCode::BAD_REQUEST, "invalid_request_error", None, message);
        Self { param: Some(param), ..refused }
    }

    pub fn not_json() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request_error", Some("json_invalid"), "The request body is not valid JSON")
    }

    pub fn unknown_model(model: &str) -> Self {
        let message = format!("The model `{model}` does not exist or you do not have access to it.");
        Self::new(StatusCode::NOT_FOUND, "invalid_request_error", Some("model_not_found"), message)
    }

    pub fn decommissioned(model: &str) -> Self {
        let message = format!("The model `{model}` has been decommissioned and is no longer supported.");
        Self::new(StatusCode::BAD_REQUEST, "invalid_request_error", Some("model_decommissioned"), message)
    }

    pub fn unauthenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_request_error", Some("invalid_api_key"), "Invalid API Key")
    }

    pub fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "invalid_request_error", Some("request_too_large"), "Request Entity Too Large")
    }

    pub fn server(status: StatusCode) -> Self {
        Self::new(status, "internal_server_error", None, "Internal Server Error")
    }

    pub fn throttled() -> Self {
        let message = "Rate limit reached on tokens per minute (TPM). Please try again in 7s.";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "tokens", Some("rate_limit_exceeded"), message)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        // An edge answers in place of whom it does not reach.
        if self.status == StatusCode::BAD_GATEWAY {
            let page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
            return (self.status, [(header::CONTENT_TYPE, "text/html")], page).into_response();
        }
        let mut error = json!({ "message": self.message, "type": self.kind });
        for (name, value) in [("code", self.code.map(Value::from)), ("param", self.param.map(Value::from))] {
            if let Some(value) = value {
                error[name] = value;
            }
        }
        let mut response = (self.status, Json(json!({ "error": error }))).into_response();
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
        }
        response
    }
}
