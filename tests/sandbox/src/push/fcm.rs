//! Firebase Cloud Messaging: `POST /v1/projects/{project_id}/messages:send`.
//!
//! A device steers what becomes of what is sent to it: by being uninstalled
//! ([`super::devices`]), or by the letters with which its token or installation id begins:
//!
//! | begins with | answer |
//! |---|---|
//! | anything else | accepted |
//! | `mismatch` | 403 `SENDER_ID_MISMATCH`: another project's device |
//! | `apns` | 401 `THIRD_PARTY_AUTH_ERROR`: Apple's credential in the console is broken |
//! | `invalid` | 400 `INVALID_ARGUMENT`, in the words for a token that is none |
//!
//! Source: the push sheet, A2 and A3.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::fcm_message::{self, Sending};
use crate::world::World;
use crate::{clock, ids};

/// What a client that honours it waits. Google says longer.
const RETRY_AFTER_SECONDS: &str = "1";

#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    name: &'static str,
    /// FCM's own word, where it is FCM that refuses and not Google's door.
    code: Option<&'static str>,
    message: String,
}

impl Refused {
    fn new(status: StatusCode, name: &'static str, code: Option<&'static str>, message: impl Into<String>) -> Self {
        Self { status, name, code, message: message.into() }
    }

    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", Some("INVALID_ARGUMENT"), message)
    }

    fn no_token() -> Self {
        Self::invalid("The registration token is not a valid FCM registration token")
    }

    fn unregistered() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", Some("UNREGISTERED"), "Requested entity was not found.")
    }

    fn mismatch() -> Self {
        Self::new(StatusCode::FORBIDDEN, "PERMISSION_DENIED", Some("SENDER_ID_MISMATCH"), "SenderId mismatch")
    }

    fn third_party() -> Self {
        let message = "Auth error from APNS or Web Push Service";
        Self::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", Some("THIRD_PARTY_AUTH_ERROR"), message)
    }

    fn unauthenticated() -> Self {
        let message = "Request had invalid authentication credentials. Expected OAuth 2 access token.";
        Self::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", None, message)
    }

    fn denied(project_id: &str) -> Self {
        let message = format!(
            "Permission 'cloudmessaging.messages.create' denied on resource '//cloudresourcemanager.googleapis.com/projects/{project_id}'"
        );
        Self::new(StatusCode::FORBIDDEN, "PERMISSION_DENIED", None, message)
    }

    pub fn server(status: StatusCode) -> Self {
        Self::new(status, "INTERNAL", Some("INTERNAL"), "Internal error encountered.")
    }

    pub fn throttled() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "RESOURCE_EXHAUSTED",
            Some("QUOTA_EXCEEDED"),
            "Resource has been exhausted (e.g. check quota).",
        )
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut error = json!({ "code": self.status.as_u16(), "message": self.message, "status": self.name });
        if let Some(code) = self.code {
            error["details"] = json!([{ "@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": code }]);
        }
        let mut response = (self.status, Json(json!({ "error": error }))).into_response();
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static(RETRY_AFTER_SECONDS));
        }
        response
    }
}

pub async fn send(
    Extension(world): Extension<Arc<World>>,
    Path(project_id): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Value>, Refused> {
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer ")).unwrap_or_default();
    let mut book = world.book();
    let pushes = &mut book.pushes;
    let speaks_for = pushes.accounts.project_of(token, clock::unix_seconds()).ok_or_else(Refused::unauthenticated)?;
    if speaks_for != project_id {
        return Err(Refused::denied(&project_id));
    }
    let body: Value = serde_json::from_slice(&bytes).map_err(|_| Refused::invalid("Invalid JSON payload received."))?;
    let Sending { device, message, validate_only } = fcm_message::read(&body)?;
    match device.split(['-', '_', ':', '.']).next() {
        Some("mismatch") => return Err(Refused::mismatch()),
        Some("apns") => return Err(Refused::third_party()),
        Some("invalid") => return Err(Refused::no_token()),
        _ if pushes.devices.is_uninstalled(&device) => return Err(Refused::unregistered()),
        _ => {}
    }
    let name = format!("projects/{project_id}/messages/0:{}%{}", ids::digits(16), ids::alphanumeric(16));
    if !validate_only {
        pushes.devices.deliver(&device, &name, message);
    }
    Ok(Json(json!({ "name": name })))
}
