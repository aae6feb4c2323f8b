//! WhatsApp: in our own words to who has written to us of late, by an approved template to others.

use super::{
    call::{Telling, busy, not_called, not_set_up, refused},
    provider,
};
use domain::{identity::Phone, notice::Outcome};
use lambda::log::chain::Chain;
use providers::messaging::whatsapp::{Client, Component, Content, ErrorClass, Outgoing, Parameter, Recipient, SendError};
use words::{Form, Language, Notice as Words};

/// The message's name at Meta, or why there is none.
type Said = Result<String, SendError>;

pub(super) async fn send(telling: &Telling<'_>, words: &Words<'_>) -> Outcome {
    let Some((phone, hash)) = &telling.phone else { return not_called("no_phone") };
    let client = match telling.deps.whatsapp().await {
        Ok(client) => client,
        Err(why) => return not_set_up(provider::WHATSAPP, &why),
    };
    let is_open = telling.deps.store.window_is_open(hash.as_str(), telling.deps.clock.now()).await;
    if let Err(error) = &is_open {
        tracing::warn!(cause = %Chain(error), "whether they have written to us is not known; a template is always taken");
    }
    if is_open.unwrap_or(false) {
        match by_text(telling, words, &client, phone).await {
            // The window has shut meanwhile, and nothing was sent.
            Err(SendError::Code { class: ErrorClass::NeedsTemplate, .. }) => {}
            said => return outcome(said),
        }
    }
    match by_template(telling, words, &client, phone).await {
        Some(said) => outcome(said),
        None => not_called("no_template"),
    }
}

async fn by_text(telling: &Telling<'_>, words: &Words<'_>, client: &Client, phone: &Phone) -> Said {
    let said = words.render(telling.language(), Form::Text);
    let body = format!("*{}*\n\n{}", said.title, said.body);
    post(telling, client, phone, Content::Text { body: &body, preview_url: false }).await
}

/// `None` where Meta has approved none for it.
async fn by_template(telling: &Telling<'_>, words: &Words<'_>, client: &Client, phone: &Phone) -> Option<Said> {
    let filled = words.whatsapp()?;
    let parameters: Vec<Parameter<'_>> = filled.parameters.iter().map(|text| Parameter::text(text)).collect();
    let components = if parameters.is_empty() { Vec::new() } else { vec![Component::Body { parameters }] };
    let content = Content::Template { name: filled.template, language: meta_code(telling.language()), components };
    Some(post(telling, client, phone, content).await)
}

/// English is approved as it is spoken in the United States, as one-time passwords are.
fn meta_code(language: Language) -> &'static str {
    if language == Language::English { "en_US" } else { language.code() }
}

async fn post(telling: &Telling<'_>, client: &Client, phone: &Phone, content: Content<'_>) -> Said {
    let tag = telling.tag().to_string();
    let message = Outgoing { to: Recipient::Phone(phone.e164()), content, reply_to: None, callback_data: Some(&tag) };
    client.send(&message).await.map(|accepted| accepted.wamid)
}

fn outcome(said: Said) -> Outcome {
    let error = match said {
        Ok(wamid) => return Outcome::Sent { provider: provider::WHATSAPP.to_owned(), provider_id: Some(wamid) },
        Err(error) => error,
    };
    if matches!(error, SendError::Code { class: ErrorClass::Configuration | ErrorClass::Message, .. }) {
        tracing::error!(%error, "WhatsApp does not take our messages");
    }
    let reason = match &error {
        SendError::Code { code, .. } => code.to_string(),
        SendError::Call(_) => "call".to_owned(),
    };
    if error.may_have_been_sent() {
        Outcome::Unknown { provider: provider::WHATSAPP.to_owned() }
    } else if error.retryable() {
        busy(provider::WHATSAPP, &reason, error.retry_after_ms())
    } else {
        refused(provider::WHATSAPP, &reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::notice::delivery::Reason;
    use providers::call::{CallError, Doubt};

    fn code(code: i64) -> SendError {
        SendError::Code { status: 400, code, class: ErrorClass::of(code), transient: false }
    }

    #[test]
    fn metas_code_is_kept_and_says_whether_to_try_again() {
        assert_eq!(outcome(Err(code(131_026))), refused("whatsapp", "131026"));
        let (provider, reason) = ("whatsapp".to_owned(), Reason::new("131056"));
        assert_eq!(outcome(Err(code(131_056))), Outcome::NotSent { provider, reason, retryable: true, after_s: Some(6) });
        let silent = SendError::Call(CallError::Unknown { why: Doubt::TimedOut });
        assert_eq!(outcome(Err(silent)), Outcome::Unknown { provider: "whatsapp".to_owned() });
    }
}
