//! A browser maker's push service: `POST /webpush/{id}` (RFC 8030), with errors in the shape of
//! Mozilla's.
//!
//! The body is taken as it is; that it is one record of `aes128gcm` under a key of its own is all
//! that a service can see. Source: the push sheet, B2 to B5.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::vapid;
use crate::world::World;
use crate::{clock, ids};

const BODY_BYTES_MAX: usize = 4096;
/// Salt, record size, and a key with its length; then a delimiter and a tag at least.
const HEADER_BYTES: usize = 86;
const RECORD_BYTES_MIN: usize = 17;

/// What a client that honours it waits.
const RETRY_AFTER_SECONDS: &str = "1";

#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    errno: u16,
    message: &'static str,
}

impl Refused {
    fn new(status: StatusCode, errno: u16, message: &'static str) -> Self {
        Self { status, errno, message }
    }

    fn bad(errno: u16, message: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, errno, message)
    }

    fn unauthorized(message: &'static str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, 109, message)
    }

    pub fn server(status: StatusCode) -> Self {
        Self::new(status, 999, "An internal error occurred")
    }

    pub fn throttled() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, 201, "Too many messages")
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let reason = self.status.canonical_reason().unwrap_or_default();
        let body = json!({ "code": self.status.as_u16(), "errno": self.errno, "error": reason, "message": self.message });
        let mut response = (self.status, Json(body)).into_response();
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static(RETRY_AFTER_SECONDS));
        }
        response
    }
}

pub async fn push(
    Extension(world): Extension<Arc<World>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let mut book = world.book();
    let subscription = book.pushes.subscriptions.get_mut(&id).ok_or(Refused::new(StatusCode::NOT_FOUND, 102, "No such subscription"))?;
    if subscription.unsubscribed {
        return Err(Refused::new(StatusCode::GONE, 106, "Subscription was removed"));
    }
    let origin = super::origin(&headers);
    let sender =
        vapid::sender(text(&headers, header::AUTHORIZATION.as_str()), &origin, clock::unix_seconds()).map_err(Refused::unauthorized)?;
    if subscription.application_server_key.as_ref().is_some_and(|key| *key != sender.key) {
        return Err(Refused::unauthorized("VAPID public key mismatch"));
    }
    check_headers(&headers)?;
    check_body(&headers, &body)?;
    let message_id = ids::alphanumeric(20);
    subscription.messages.push(json!({
        "id": message_id,
        "at": clock::rfc3339(),
        "headers": view(&headers),
        "claims": sender.claims,
        "body": URL_SAFE_NO_PAD.encode(&body),
    }));
    Ok((StatusCode::CREATED, [(header::LOCATION, format!("{origin}/m/{message_id}"))]).into_response())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn check_headers(headers: &HeaderMap) -> Result<(), Refused> {
    if text(headers, "ttl").parse::<u32>().is_err() {
        return Err(Refused::bad(108, "Missing TTL Header"));
    }
    if !matches!(text(headers, "urgency"), "" | "very-low" | "low" | "normal" | "high") {
        return Err(Refused::bad(108, "Invalid Urgency header"));
    }
    let topic = text(headers, "topic");
    let named = topic.len() <= 32 && topic.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if named { Ok(()) } else { Err(Refused::bad(113, "Invalid Topic header")) }
}

/// One record, or nothing at all.
fn check_body(headers: &HeaderMap, body: &[u8]) -> Result<(), Refused> {
    if body.len() > BODY_BYTES_MAX {
        return Err(Refused::new(StatusCode::PAYLOAD_TOO_LARGE, 104, "Data payload too large"));
    }
    let encoding = text(headers, header::CONTENT_ENCODING.as_str());
    let sound = match body {
        [] => encoding.is_empty(),
        body => encoding == "aes128gcm" && body.len() >= HEADER_BYTES + RECORD_BYTES_MIN && body[20..22] == [65, 0x04],
    };
    if sound { Ok(()) } else { Err(Refused::bad(110, "Invalid aes128gcm body or Content-Encoding")) }
}

fn view(headers: &HeaderMap) -> Value {
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), json!(String::from_utf8_lossy(value.as_bytes())))).collect()
}
