//! Meta's WhatsApp Cloud API: `POST /v{N}.0/{phone_number_id}/messages`, any N.
//!
//! Shapes and limits are checked as the sheet lists them, and that nothing but a template goes to
//! somebody who has not written for 24 hours. What becomes of a message is told by webhook:
//! [`super::people`]. Source: the WhatsApp sheet, A6, A8 and A9.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::inbox::{Channel, Message};
use super::people::Outcome;
use super::whatsapp_body::{self, Ask, Recipient};
use super::whatsapp_events::{self, Taken};
use crate::provider::Provider;
use crate::world::World;
use crate::{ids, signing};

#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    code: u32,
    message: String,
    details: String,
    is_transient: bool,
}

impl Refused {
    fn new(status: StatusCode, code: u32, message: &str, details: impl Into<String>) -> Self {
        Self { status, code, message: format!("(#{code}) {message}"), details: details.into(), is_transient: false }
    }

    pub fn missing(path: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 131_008, "Required parameter is missing", format!("{path} is required"))
    }

    pub fn invalid(path: &str, rule: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 131_009, "Parameter value is not valid", format!("{path}: {rule}"))
    }

    pub fn parameter(details: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 100, "Invalid parameter", details)
    }

    pub fn no_such_object(id: &str) -> Self {
        Self::parameter(format!("Object with ID '{id}' does not exist, or cannot be loaded due to missing permissions"))
    }

    fn undeliverable() -> Self {
        Self::new(StatusCode::BAD_REQUEST, 131_026, "Message undeliverable", "Unable to deliver message")
    }

    fn too_late() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            131_047,
            "Re-engagement message",
            "More than 24 hours have passed since the customer last replied to this number",
        )
    }

    fn unauthenticated() -> Self {
        Self {
            message: "Error validating access token".into(),
            ..Self::new(StatusCode::UNAUTHORIZED, 190, "", "Invalid OAuth access token")
        }
    }

    pub fn server(status: StatusCode) -> Self {
        Self { is_transient: true, ..Self::new(status, 131_000, "Something went wrong", "An unknown error occurred") }
    }

    pub fn throttled() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            130_429,
            "Rate limit hit",
            "Message failed to send because there were too many messages sent from this phone number",
        )
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut error = json!({
            "message": self.message,
            "type": "OAuthException",
            "code": self.code,
            "error_data": { "messaging_product": "whatsapp", "details": self.details },
            "fbtrace_id": ids::alphanumeric(23),
        });
        if self.is_transient {
            error["is_transient"] = json!(true);
        }
        (self.status, Json(json!({ "error": error }))).into_response()
    }
}

pub async fn send(
    Extension(world): Extension<Arc<World>>,
    Path((version, phone_number_id)): Path<(String, String)>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Value>, Refused> {
    enter(&world, &version, &headers)?;
    require_ours(&world, &phone_number_id)?;
    let body: Value = serde_json::from_slice(&bytes).map_err(|_| Refused::parameter("The request body is not valid JSON"))?;

    let sending = match whatsapp_body::read(&body)? {
        Ask::MarkRead => return Ok(Json(json!({ "success": true }))),
        Ask::Send(sending) => sending,
    };
    let (to, user_id) = match sending.to {
        Recipient::Number(number) => (number, None),
        Recipient::UserId(user_id) => (world.book().people.with_user_id(&user_id).ok_or_else(Refused::undeliverable)?, Some(user_id)),
    };
    let file_id = sending.content.get("id").and_then(Value::as_str);
    if file_id.is_some_and(|id| world.book().files.get(id).is_none()) {
        return Err(Refused::parameter("Param id is not a valid whatsapp business account media attachment ID"));
    }
    let (outcome, window_is_open) = {
        let people = &world.book().people;
        (people.outcome(&to).unwrap_or(world.config().messaging.usual_outcome), people.window_is_open(Provider::Whatsapp, &to))
    };
    let is_too_late = !sending.is_template && !window_is_open;
    if is_too_late && outcome != Outcome::WindowToldLate {
        return Err(Refused::too_late());
    }

    let id = ids::wamid();
    let contact = match &user_id {
        Some(user_id) => json!({ "input": sending.input, "user_id": user_id }),
        None => json!({ "input": sending.input, "wa_id": to.digits() }),
    };
    let answer = json!({
        "messaging_product": "whatsapp",
        "contacts": [contact],
        "messages": [{ "id": id, "message_status": "accepted" }],
    });
    let taken = Taken {
        id: id.clone(),
        to: to.clone(),
        user_id,
        callback_data: sending.callback_data,
        is_template: sending.is_template,
        is_too_late,
    };
    whatsapp_events::follow(&world, taken, outcome);
    if !is_too_late && outcome != Outcome::Unreachable && outcome != Outcome::OptedOut {
        let mut message = Message::new(id, Channel::Whatsapp, &phone_number_id, to, sending.text);
        message.template = sending.template;
        message.content = Some(sending.content);
        world.book().inboxes.deliver(message);
    }
    Ok(Json(answer))
}

pub fn enter(world: &World, version: &str, headers: &HeaderMap) -> Result<(), Refused> {
    if !is_version(version) {
        return Err(Refused::parameter(format!("Unknown path components: /{version}")));
    }
    require_token(world, headers)
}

pub fn require_token(world: &World, headers: &HeaderMap) -> Result<(), Refused> {
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer ")).unwrap_or_default();
    if signing::same(token, &world.config().messaging.whatsapp_token) { Ok(()) } else { Err(Refused::unauthenticated()) }
}

pub fn require_ours(world: &World, phone_number_id: &str) -> Result<(), Refused> {
    let is_ours = phone_number_id == world.config().messaging.whatsapp_phone_number_id;
    if is_ours { Ok(()) } else { Err(Refused::no_such_object(phone_number_id)) }
}

/// `v26.0`.
pub fn is_version(text: &str) -> bool {
    text.strip_prefix('v')
        .and_then(|rest| rest.strip_suffix(".0"))
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit()))
}
