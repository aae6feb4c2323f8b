//! Twilio: `POST /2010-04-01/Accounts/{sid}/Messages.json`, Basic `sid:auth token`, form-encoded,
//! for SMS and, where both ends begin with `whatsapp:`, for WhatsApp. What becomes of a message is
//! told to its `StatusCallback`: [`super::people`]. A WhatsApp message outside the window of 24 hours
//! that is no template is taken, and fails later with 63016.
//!
//! Source: the WhatsApp sheet, B3 and B5.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::Path;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Form, Json};
use serde_json::{Value, json};

use super::inbox::{Channel, Message, Number};
use super::people::Outcome;
use super::twilio_events::{self, Taken};
use crate::provider::Provider;
use crate::razorpay::auth;
use crate::world::World;
use crate::{clock, ids, signing};

const BODY_MAX: usize = 1600;
const WHATSAPP: &str = "whatsapp:";

#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    code: u32,
    message: String,
}

impl Refused {
    fn bad(code: u32, message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, message: message.into() }
    }

    pub fn server(status: StatusCode) -> Self {
        Self { status, code: 20_500, message: "Internal Server Error".into() }
    }

    pub fn no_such_resource() -> Self {
        Self { status: StatusCode::NOT_FOUND, code: 20_404, message: "The requested resource was not found".into() }
    }

    pub fn throttled() -> Self {
        Self { status: StatusCode::TOO_MANY_REQUESTS, code: 20_429, message: "Too Many Requests".into() }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({
            "code": self.code,
            "message": self.message,
            "more_info": format!("https://www.twilio.com/docs/errors/{}", self.code),
            "status": self.status.as_u16(),
        });
        (self.status, Json(body)).into_response()
    }
}

pub async fn send(
    Extension(world): Extension<Arc<World>>,
    Path(sid): Path<String>,
    headers: HeaderMap,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<(StatusCode, Json<Value>), Refused> {
    sign_in(&world, Some(&sid), &headers)?;
    let Form(pairs) = form.map_err(|_| Refused::bad(20_001, "The body is not form-encoded"))?;
    let sending = Sending::read(pairs.into_iter().collect())?;

    let (outcome, window_is_open) = {
        let people = &world.book().people;
        (
            people.outcome(&sending.to).unwrap_or(world.config().messaging.usual_outcome),
            people.window_is_open(Provider::Twilio, &sending.to),
        )
    };
    if outcome == Outcome::OptedOut {
        return Err(Refused::bad(21_610, "Attempt to send to unsubscribed recipient"));
    }

    let id = ids::twilio_message();
    let answer = json!({
        "sid": id,
        "account_sid": sid,
        "api_version": "2010-04-01",
        "status": "queued",
        "direction": "outbound-api",
        "from": sending.from,
        "to": sending.to_as_written,
        "body": sending.text,
        "messaging_service_sid": sending.service,
        "num_segments": "1",
        "num_media": if sending.has_media { "1" } else { "0" },
        "price": null,
        "price_unit": "USD",
        "error_code": null,
        "error_message": null,
        "date_created": clock::rfc2822(),
        "uri": format!("/2010-04-01/Accounts/{sid}/Messages/{id}.json"),
    });
    let from = sending.from.or(sending.service).unwrap_or_default();
    let is_too_late = sending.channel == Channel::Whatsapp && sending.content_sid.is_none() && !window_is_open;
    if let Some(status_callback) = sending.status_callback {
        let taken = Taken {
            sid: id.clone(),
            channel: sending.channel,
            from: from.clone(),
            to: sending.to_as_written,
            status_callback,
            is_too_late,
        };
        twilio_events::follow(&world, taken, outcome);
    }
    if !is_too_late && outcome != Outcome::Unreachable {
        let mut message = Message::new(id, sending.channel, &from, sending.to, sending.text);
        message.template = sending.content_sid;
        world.book().inboxes.deliver(message);
    }
    Ok((StatusCode::CREATED, Json(answer)))
}

/// Basic, with the account's own sid and token; `sid` is the one in the path, where there is one.
pub fn sign_in(world: &World, sid: Option<&str>, headers: &HeaderMap) -> Result<(), Refused> {
    let config = &world.config().messaging;
    let expected = format!("{}:{}", config.twilio_account_sid, config.twilio_auth_token);
    let is_ours = sid.is_none_or(|sid| sid == config.twilio_account_sid);
    if !is_ours || !auth::basic(headers).is_some_and(|given| signing::same(&given, &expected)) {
        return Err(Refused { status: StatusCode::UNAUTHORIZED, code: 20_003, message: "Authenticate".into() });
    }
    Ok(())
}

struct Sending {
    channel: Channel,
    from: Option<String>,
    service: Option<String>,
    to: Number,
    to_as_written: String,
    text: String,
    has_media: bool,
    content_sid: Option<String>,
    status_callback: Option<String>,
}

impl Sending {
    fn read(mut form: HashMap<String, String>) -> Result<Self, Refused> {
        let mut take = |name: &str| form.remove(name).filter(|value| !value.is_empty());
        let to_as_written = take("To").ok_or_else(|| Refused::bad(21_604, "A 'To' phone number is required."))?;
        let from = take("From");
        let service = take("MessagingServiceSid");
        if from.is_none() && service.is_none() {
            return Err(Refused::bad(21_603, "A 'From' phone number is required."));
        }
        let (channel, number) = match to_as_written.strip_prefix(WHATSAPP) {
            Some(number) => (Channel::Whatsapp, number),
            None => (Channel::Sms, to_as_written.as_str()),
        };
        let from_whatsapp = from.as_deref().map(|from| from.starts_with(WHATSAPP));
        if from_whatsapp.is_some_and(|it| it != (channel == Channel::Whatsapp)) {
            return Err(Refused::bad(21_910, "'From' and 'To' must be of the same channel."));
        }
        let to = Number::parse(number)
            .filter(|_| number.starts_with('+'))
            .ok_or_else(|| Refused::bad(21_211, format!("Invalid 'To' Phone Number: {number}")))?;
        if to.is_indian() && !to.is_indian_mobile() {
            return Err(Refused::bad(21_614, format!("'To' number is not a valid mobile number: {number}")));
        }

        let status_callback = take("StatusCallback");
        if status_callback.as_deref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            return Err(Refused::bad(21_609, "The 'StatusCallback' URL is not a valid fully qualified URL."));
        }
        if take("ValidityPeriod").is_some_and(|seconds| !seconds.parse().is_ok_and(|seconds: u32| (1..=36_000).contains(&seconds))) {
            return Err(Refused::bad(20_001, "'ValidityPeriod' is 1 to 36000 seconds."));
        }
        let content_sid = take("ContentSid");
        let variables = take("ContentVariables");
        let has_media = take("MediaUrl").is_some();
        let body = take("Body");
        if body.is_none() && content_sid.is_none() && !has_media {
            return Err(Refused::bad(21_619, "A text message body or media urls must be specified."));
        }
        if body.as_deref().is_some_and(|text| text.chars().count() > BODY_MAX) {
            return Err(Refused::bad(21_617, "The concatenated message body exceeds the 1600 character limit"));
        }
        let text = match (body, variables) {
            (Some(body), _) => body,
            (None, Some(variables)) => content_text(&variables)?,
            (None, None) => String::new(),
        };
        Ok(Self { channel, from, service, to, to_as_written, text, has_media, content_sid, status_callback })
    }
}

/// The variables of a template, in the order of their numbers, with a space between.
fn content_text(variables: &str) -> Result<String, Refused> {
    let values: std::collections::BTreeMap<String, String> =
        serde_json::from_str(variables).map_err(|_| Refused::bad(21_656, "The ContentVariables parameter is invalid."))?;
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_by_key(|(name, _)| name.parse::<u32>().unwrap_or(u32::MAX));
    Ok(values.into_iter().map(|(_, value)| value).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Sending, u32> {
        let form = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Sending::read(form).map_err(|refused| refused.code)
    }

    #[test]
    fn the_channel_is_read_off_the_addresses() {
        let sms = read(&[("To", "+919876543210"), ("From", "+15005550006"), ("Body", "hi")]);
        assert_eq!(sms.unwrap().channel, Channel::Sms);
        let whatsapp = read(&[
            ("To", "whatsapp:+919876543210"),
            ("From", "whatsapp:+15005550006"),
            ("ContentSid", "HX1"),
            ("ContentVariables", r#"{"10":"c","2":"b","1":"a"}"#),
        ])
        .unwrap();
        assert_eq!((whatsapp.channel, whatsapp.text.as_str()), (Channel::Whatsapp, "a b c"));
    }

    #[test]
    fn what_twilio_refuses_is_refused_with_its_codes() {
        let from = ("From", "+15005550006");
        let body = ("Body", "hi");
        let long = "x".repeat(1601);
        for (pairs, code) in [
            (vec![from, body], 21_604),
            (vec![("To", "+919876543210"), body], 21_603),
            (vec![("To", "9876543210"), from, body], 21_211),
            (vec![("To", "+918012345678"), from, body], 0),
            (vec![("To", "+915012345678"), from, body], 21_614),
            (vec![("To", "whatsapp:+919876543210"), from, body], 21_910),
            (vec![("To", "+919876543210"), from], 21_619),
            (vec![("To", "+919876543210"), from, ("Body", &long)], 21_617),
            (vec![("To", "+919876543210"), from, body, ("StatusCallback", "kamai")], 21_609),
            (vec![("To", "+919876543210"), from, body, ("ValidityPeriod", "36001")], 20_001),
        ] {
            assert_eq!(read(&pairs).err().unwrap_or(0), code, "{pairs:?}");
        }
    }
}
