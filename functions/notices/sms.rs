//! Text messages: nothing but what is registered, by whichever carrier is set.

use super::{
    call::{After, Called, Telling, busy, not_called, not_set_up, refused},
    clients::e164,
    provider,
};
use crate::{config::SmsCarrier, deps::Deps};
use domain::{
    identity::Phone,
    notice::{CallbackTag, Channel, Outcome},
};
use lambda::BoxError;
use providers::{
    call::CallError,
    messaging::{
        sms::{Registry, Rendered},
        twilio::{Content, ErrorClass, Outgoing, SendError},
    },
};
use words::{Language, Notice as Words};

pub(super) async fn send(telling: &Telling<'_>, words: &Words<'_>) -> Called {
    let Some((phone, _)) = &telling.phone else { return not_called("no_phone").into() };
    match text(words, telling.language()) {
        Ok(Some((_, text))) => deliver(telling.deps, phone, &text, Some(&telling.tag())).await,
        Ok(None) => not_called("no_template").into(),
        Err(why) => {
            tracing::error!(cause = %why, "a text message cannot be made");
            not_called("no_text").into()
        }
    }
}

/// The registered text and its language, which is English where the reader's has none; `None` where it is
/// not worth a text message.
pub fn text(words: &Words<'_>, language: Language) -> Result<Option<(Language, Rendered)>, BoxError> {
    let (registry, Some(filled)) = (Registry::built_in()?, words.sms()) else { return Ok(None) };
    let values: Vec<(&str, &str)> = filled.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let language = if registry.has(filled.template, language.code()) { language } else { Language::English };
    Ok(Some((language, registry.render(filled.template, language.code(), &values)?)))
}

/// Hands a registered text to the carrier. With a tag, Twilio tells what becomes of it.
pub(super) async fn deliver(deps: &Deps, phone: &Phone, text: &Rendered, tag: Option<&CallbackTag>) -> Called {
    match deps.settings.notices.sms_carrier {
        SmsCarrier::Dlt => match deps.sms().await {
            Ok(client) => by_dlt(client.send(phone.e164(), text).await).into(),
            Err(why) => not_set_up(provider::DLT, &why).into(),
        },
        SmsCarrier::Twilio => match by_twilio(deps, phone, text, tag).await {
            Ok(called) => called,
            Err(why) => not_set_up(provider::TWILIO, &why).into(),
        },
    }
}

fn by_dlt(said: Result<String, CallError>) -> Outcome {
    let provider = provider::DLT;
    let error = match said {
        Ok(id) => return Outcome::Sent { provider: provider.to_owned(), provider_id: Some(id) },
        Err(error) => error,
    };
    if !error.certainly_nothing_happened() {
        Outcome::Unknown { provider: provider.to_owned() }
    } else if error.retryable() {
        busy(provider, "busy", error.retry_after_ms())
    } else {
        tracing::error!(%error, "the SMS provider does not take our messages");
        let code = if let CallError::Refused { code: Some(code), .. } = &error { code.as_str() } else { "refused" };
        refused(provider, code)
    }
}

async fn by_twilio(deps: &Deps, phone: &Phone, text: &Rendered, tag: Option<&CallbackTag>) -> Result<Called, BoxError> {
    let (texter, to) = (deps.texter().await?, e164(phone)?);
    let callback = tag.zip(deps.places.public_url.as_ref());
    let callback = callback.map(|(tag, url)| format!("{}/webhooks/twilio/status?tag={tag}", url.trim_end_matches('/')));
    let message = Outgoing {
        from: texter.sender(),
        to: &to,
        content: Content::Sms(text),
        status_callback: callback.as_deref(),
        validity_seconds: None,
    };
    Ok(twilio_said(texter.client.send(&message).await.map(|accepted| accepted.sid)))
}

fn twilio_said(said: Result<String, SendError>) -> Called {
    let provider = provider::TWILIO;
    let error = match said {
        Ok(sid) => return Outcome::Sent { provider: provider.to_owned(), provider_id: Some(sid) }.into(),
        Err(error) => error,
    };
    if matches!(error, SendError::Code { class: ErrorClass::Configuration | ErrorClass::Message, .. }) {
        tracing::error!(%error, "Twilio does not take our messages");
    }
    let then = match &error {
        SendError::Code { class: ErrorClass::OptedOut, .. } => vec![After::Stop(Channel::Sms)],
        _ => Vec::new(),
    };
    let reason = match &error {
        SendError::Code { code, .. } => code.to_string(),
        SendError::Call(_) => "call".to_owned(),
    };
    let outcome = if error.may_have_been_sent() {
        Outcome::Unknown { provider: provider.to_owned() }
    } else if error.retryable() {
        busy(provider, &reason, error.retry_after_ms())
    } else {
        refused(provider, &reason)
    };
    Called { outcome, then }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::notice::delivery::Reason;
    use providers::call::{Doubt, Unsent};
    use serde_json::json;
    use words::Catalogue;

    fn words(template: &str) -> Words<'static> {
        Catalogue::built_in().unwrap().preview(template, json!({}).as_object().unwrap()).unwrap()
    }

    #[test]
    fn a_text_is_the_registered_one_and_english_where_there_is_no_other() {
        let said = |language| text(&words("payout.failed"), language).unwrap().unwrap().1.text().to_owned();
        assert_eq!(said(Language::Tamil), said(Language::English));
        assert_ne!(said(Language::Hindi), said(Language::English));
        assert_eq!(text(&words("transfer.held"), Language::English).unwrap(), None, "not worth one");
    }

    #[test]
    fn who_wants_nothing_is_not_asked_again() {
        let code = |code: u32| SendError::Code { status: 400, code, class: ErrorClass::of(code) };
        let called = twilio_said(Err(code(21_610)));
        assert_eq!((called.outcome, called.then), (refused("twilio", "21610"), vec![After::Stop(Channel::Sms)]));
        assert_eq!(twilio_said(Err(code(21_211))).outcome, refused("twilio", "21211"));
    }

    #[test]
    fn what_may_have_gone_out_is_not_sent_again() {
        let timed_out = || CallError::Unknown { why: Doubt::TimedOut };
        assert_eq!(by_dlt(Err(timed_out())), Outcome::Unknown { provider: "dlt".to_owned() });
        assert_eq!(twilio_said(Err(timed_out().into())).outcome, Outcome::Unknown { provider: "twilio".to_owned() });
        let closed = CallError::NotSent { why: Unsent::Unreachable("closed".to_owned()) };
        let reason = Reason::new("busy");
        assert_eq!(by_dlt(Err(closed)), Outcome::NotSent { provider: "dlt".to_owned(), reason, retryable: true, after_s: None });
    }
}
