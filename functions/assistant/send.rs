//! Answers, by the number that was written to.

use super::reply::Reply;
use crate::{apply::setup_failed, deps::Deps};
use domain::{chat::Door, identity::Phone};
use lambda::Failed;
use providers::messaging::{
    phone::E164,
    twilio,
    whatsapp::{self, Content, Outgoing, Recipient},
};

/// What WhatsApp takes as buttons; more are a list.
const BUTTONS_MAX: usize = 3;

/// Sends an answer. It may come twice where ours to the provider was lost: an answer that is missing is worse.
///
/// # Errors
///
/// Where trying again may help. Who cannot be reached is not tried again.
pub async fn send(deps: &Deps, door: Door, phone: &Phone, reply: &Reply) -> Result<(), Failed> {
    match door {
        Door::Meta => by_meta(deps, phone, reply).await,
        Door::Twilio => by_twilio(deps, phone, reply).await,
    }
}

async fn by_meta(deps: &Deps, phone: &Phone, reply: &Reply) -> Result<(), Failed> {
    let client = deps.whatsapp().await.map_err(setup_failed)?;
    let message = Outgoing { to: Recipient::Phone(phone.e164()), content: content(reply), reply_to: None, callback_data: None };
    match client.send(&message).await {
        Ok(_) => Ok(()),
        Err(error) if error.retryable() || error.may_have_been_sent() => Err(Failed::later(error)),
        Err(error) => {
            tracing::error!(%error, "an answer is not taken");
            Ok(())
        }
    }
}

fn content(reply: &Reply) -> Content<'_> {
    let choices = || reply.choices.iter().map(|choice| whatsapp::Choice { id: &choice.id, title: &choice.title }).collect();
    match (&reply.link, reply.choices.len()) {
        (Some((url, title)), _) => Content::Link { body: &reply.text, button: title, url },
        (None, 0) => Content::Text { body: &reply.text, preview_url: false },
        (None, 1..=BUTTONS_MAX) => Content::Buttons { body: &reply.text, buttons: choices() },
        (None, _) => Content::List { body: &reply.text, button: &reply.open, rows: choices() },
    }
}

/// Without buttons, which take a template there: words do the same.
async fn by_twilio(deps: &Deps, phone: &Phone, reply: &Reply) -> Result<(), Failed> {
    let texter = deps.whatsapp_texter().await.map_err(setup_failed)?;
    let to = E164::parse(phone.e164()).map_err(Failed::bug)?;
    let text = as_text(reply);
    let content = twilio::Content::WhatsappText(&text);
    let message = twilio::Outgoing { from: texter.sender(), to: &to, content, status_callback: None, validity_seconds: None };
    match texter.client.send(&message).await {
        Ok(_) => Ok(()),
        Err(error) if error.retryable() || error.may_have_been_sent() => Err(Failed::later(error)),
        Err(error) => {
            tracing::error!(%error, "an answer is not taken");
            Ok(())
        }
    }
}

fn as_text(reply: &Reply) -> String {
    let mut text = reply.text.clone();
    for choice in &reply.choices {
        text.push_str("\n• ");
        text.push_str(&choice.title);
    }
    if let Some((url, _)) = &reply.link {
        text.push('\n');
        text.push_str(url);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assistant::reply::Choice;

    #[test]
    fn where_there_are_no_buttons_choices_are_lines() {
        let choice = |title: &str| Choice { id: "do:x".to_owned(), title: title.to_owned() };
        let reply = Reply { choices: vec![choice("Yes"), choice("No")], ..Reply::text("Send?") };
        assert_eq!(as_text(&reply), "Send?\n• Yes\n• No");
    }
}
