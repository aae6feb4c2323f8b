//! An Indian SMS gateway. `POST /sms/messages` with header `authkey` and
//! `{"to", "sender", "template_id", "entity_id", "text"}` answers `{"message_id"}`.
//!
//! No single provider's API, but what they share: the key in a header (MSG91), and the DLT entity
//! and template named with every message (Exotel, MSG91, AWS). Errors are
//! `{"type":"error","code","message"}`. Where the configuration has a DLT register, the sender and
//! the text must be the template's, as operators compare them; otherwise any id is taken.
//!
//! Source: the sheet on e-mail and SMS, part B and C.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::dlt;
use super::inbox::{Channel, Message, Number};
use crate::config::SmsTemplate;
use crate::world::World;
use crate::{ids, signing};

/// A long message of ten parts; gateways take no more.
const TEXT_MAX: usize = 1_530;
const ID_DIGITS_MAX: usize = 19;

#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Refused {
    fn bad(code: &'static str, message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, message: message.into() }
    }

    pub fn server(status: StatusCode) -> Self {
        Self { status, code: "server_error", message: "Please try again later".into() }
    }

    pub fn throttled() -> Self {
        Self { status: StatusCode::TOO_MANY_REQUESTS, code: "too_many_requests", message: "Too many requests".into() }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({ "type": "error", "code": self.code, "message": self.message });
        (self.status, Json(body)).into_response()
    }
}

#[derive(Deserialize)]
struct Sms {
    to: String,
    sender: String,
    template_id: String,
    entity_id: String,
    text: String,
}

pub async fn send(Extension(world): Extension<Arc<World>>, headers: HeaderMap, bytes: Bytes) -> Result<Json<Value>, Refused> {
    let config = &world.config().messaging;
    let key = headers.get("authkey").and_then(|key| key.to_str().ok()).unwrap_or_default();
    if !signing::same(key, &config.sms_key) {
        return Err(Refused {
            status: StatusCode::UNAUTHORIZED,
            code: "invalid_authkey",
            message: "The authkey is missing or invalid".into(),
        });
    }
    let sms: Sms = serde_json::from_slice(&bytes).map_err(|error| Refused::bad("invalid_request", error.to_string()))?;
    let to = recipient(&sms.to)?;
    check(&sms, &config.sms_templates)?;

    let id = ids::alphanumeric(24).to_lowercase();
    let mut message = Message::new(id.clone(), Channel::Sms, &sms.sender, to, sms.text);
    message.template = Some(sms.template_id);
    world.book().inboxes.deliver(message);
    Ok(Json(json!({ "message_id": id })))
}

/// With its plus: gateways guess at anything else, and guess differently.
fn recipient(to: &str) -> Result<Number, Refused> {
    Number::parse(to)
        .filter(|number| to.starts_with('+') && number.is_indian_mobile())
        .ok_or_else(|| Refused::bad("invalid_mobile", "`to` is not an Indian mobile number in E.164"))
}

fn check(sms: &Sms, register: &[SmsTemplate]) -> Result<(), Refused> {
    if sms.sender.len() != 6 || !sms.sender.bytes().all(|c| c.is_ascii_alphabetic()) {
        return Err(Refused::bad("invalid_sender", "`sender` is a header of six letters"));
    }
    for (code, id) in [("invalid_template_id", &sms.template_id), ("invalid_entity_id", &sms.entity_id)] {
        if id.is_empty() || id.len() > ID_DIGITS_MAX || !id.bytes().all(|c| c.is_ascii_digit()) {
            return Err(Refused::bad(code, "a DLT id of at most 19 digits is mandatory"));
        }
    }
    if sms.text.is_empty() || sms.text.chars().count() > TEXT_MAX {
        return Err(Refused::bad("invalid_text", format!("`text` has 1 to {TEXT_MAX} characters")));
    }
    if register.is_empty() {
        return Ok(());
    }
    let template = register
        .iter()
        .find(|template| template.template_id == sms.template_id)
        .ok_or_else(|| Refused::bad("invalid_template_id", "the template is not registered"))?;
    if !template.sender.eq_ignore_ascii_case(&sms.sender) {
        return Err(Refused::bad("invalid_sender", "the template is registered for another header"));
    }
    if !dlt::is_of(&template.text, &sms.text) {
        return Err(Refused::bad("template_mismatch", "the text is not the template's"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sms() -> Sms {
        Sms {
            to: "+919876543210".into(),
            sender: "KAMAIP".into(),
            template_id: "1107160000000000001".into(),
            entity_id: "1101160000000000001".into(),
            text: "123456 is your code".into(),
        }
    }

    #[test]
    fn a_message_without_its_dlt_fields_is_refused() {
        assert!(check(&sms(), &[]).is_ok());
        assert!(check(&Sms { template_id: String::new(), ..sms() }, &[]).is_err());
        assert!(check(&Sms { entity_id: "PE".into(), ..sms() }, &[]).is_err());
        assert!(check(&Sms { sender: "KAMAI".into(), ..sms() }, &[]).is_err());
        assert!(check(&Sms { text: String::new(), ..sms() }, &[]).is_err());
    }

    #[test]
    fn a_registered_template_is_kept_to() {
        let register = [SmsTemplate { template_id: sms().template_id, sender: "KAMAIP".into(), text: "#numeric# is your code".into() }];
        assert!(check(&sms(), &register).is_ok());
        assert!(check(&Sms { text: "123456 is the code".into(), ..sms() }, &register).is_err());
        assert!(check(&Sms { sender: "OTHERS".into(), ..sms() }, &register).is_err());
        assert!(check(&Sms { template_id: "1".into(), ..sms() }, &register).is_err());
    }

    #[test]
    fn only_indian_mobile_numbers_with_their_plus_are_taken() {
        assert!(recipient("+919876543210").is_ok());
        for to in ["919876543210", "9876543210", "+915987654321", "+14158675309", ""] {
            assert!(recipient(to).is_err(), "{to}");
        }
    }
}
