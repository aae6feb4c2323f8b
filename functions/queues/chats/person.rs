//! What one person wrote, whichever provider brought it.

use crate::{
    apply::{Heard, consent, setup_failed, store_failed},
    deps::{Deps, PepperSecret},
    queues::inbox::{at, twilio::channel},
    webhooks::{hear, told::Told},
};
use domain::notice::Channel;
use lambda::{Failed, Trace};
use providers::messaging::{
    twilio,
    whatsapp::webhook::{self, Kind, What},
};
use store::Inbound;

/// One message of theirs.
pub enum Written<'a> {
    Whatsapp { to: Option<&'a str>, message: &'a webhook::Message },
    Twilio(&'a twilio::Inbound),
}

impl<'a> Written<'a> {
    /// All that the sender wrote, in the order in which it was written.
    pub fn by(pepper: &PepperSecret, told: &'a Told, sender: &str) -> Vec<Self> {
        let is_theirs = |from: Option<String>| from.as_deref() == Some(sender);
        match told {
            Told::Whatsapp(changes) => {
                let messages = changes.iter().filter_map(|change| match &change.what {
                    What::Message(message) if is_theirs(hear::of_whatsapp(pepper, message)) => {
                        Some((change.phone_number_id.as_deref(), message.as_ref()))
                    }
                    _ => None,
                });
                let mut messages: Vec<_> = messages.collect();
                messages.sort_by_key(|(_, message)| message.sent_at);
                messages.into_iter().map(|(to, message)| Self::Whatsapp { to, message }).collect()
            }
            Told::TwilioMessage(message) if is_theirs(Some(hear::of_twilio(pepper, message))) => vec![Self::Twilio(message)],
            _ => Vec::new(),
        }
    }
}

pub async fn wrote(deps: &Deps, kept: &Inbound, written: &Written<'_>, trace: &Trace) -> Result<Heard, Failed> {
    match written {
        Written::Whatsapp { to, message } => {
            let ours = deps.our_number().await.map_err(setup_failed)?;
            if *to != Some(ours.as_str()) {
                return Ok(Heard::ignored("of a number that is not ours"));
            }
            by_whatsapp(deps, kept, message, trace).await
        }
        Written::Twilio(message) => by_twilio(deps, kept, message, trace).await,
    }
}

async fn by_whatsapp(deps: &Deps, kept: &Inbound, message: &webhook::Message, trace: &Trace) -> Result<Heard, Failed> {
    if message.group_id.is_some() {
        return Ok(Heard::ignored("a message in a group"));
    }
    let Some(phone) = hear::phone_of(message) else { return Ok(Heard::ignored("a message of nobody whom we know")) };
    let hash = deps.pepper().await.map_err(setup_failed)?.phone_hash(&phone);
    let at = at(kept, message.sent_at);
    deps.store.open_window(&hash, at).await.map_err(store_failed)?;
    let asked = match said(&message.kind) {
        Some(text) => consent::apply(deps, &phone, Channel::Whatsapp, text, at, trace).await?,
        None => None,
    };
    Ok(asked.unwrap_or_else(|| Heard::done("a message that opens the window")))
}

/// What somebody says of their own: a text, or a button of a template, whose text they were shown.
fn said(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::Text(text) => Some(text.expose()),
        Kind::TemplateButton { text, .. } => text.as_deref(),
        _ => None,
    }
}

/// It opens no window, which counts for the number at Meta that notices are sent from.
async fn by_twilio(deps: &Deps, kept: &Inbound, message: &twilio::Inbound, trace: &Trace) -> Result<Heard, Failed> {
    let Ok(phone) = domain::identity::Phone::parse(message.from.expose()) else {
        return Ok(Heard::ignored("a message of nobody whom we know"));
    };
    let asked = consent::apply(deps, &phone, channel(message.channel), message.text.expose(), kept.received_at, trace).await?;
    Ok(asked.unwrap_or_else(|| Heard::ignored("a message with nothing to do")))
}
