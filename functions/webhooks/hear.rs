//! What people write to us, handed to the chat of whoever wrote it.

use super::told::Told;
use crate::{
    api::sha256_hex,
    deps::{Deps, PepperSecret},
    work::WorkMessage,
};
use domain::identity::Phone;
use lambda::BoxError;
use providers::messaging::{
    twilio,
    whatsapp::webhook::{self, What},
};
use std::collections::BTreeSet;

/// Stands for a person in queues and logs, whichever provider brings what they write.
pub fn of_whatsapp(pepper: &PepperSecret, message: &webhook::Message) -> Option<String> {
    match phone_of(message) {
        Some(phone) => Some(pepper.phone_hash(&phone)),
        // Whoever has no number that they show.
        None => message.from.identity().map(|id| stranger(pepper, id.expose())),
    }
}

pub fn of_twilio(pepper: &PepperSecret, message: &twilio::Inbound) -> String {
    let from = message.from.expose();
    Phone::parse(from).map_or_else(|_| stranger(pepper, from), |phone| pepper.phone_hash(&phone))
}

/// By whatever the provider calls somebody whose number has no account here.
fn stranger(pepper: &PepperSecret, name: &str) -> String {
    sha256_hex(format!("{}:stranger:{name}", pepper.phone).as_bytes())
}

/// The number of whoever wrote, where Meta tells it and it is one that has an account here.
pub fn phone_of(message: &webhook::Message) -> Option<Phone> {
    let digits = message.from.wa_id.as_ref()?;
    Phone::parse(&format!("+{}", digits.expose())).ok()
}

/// Everybody who wrote something, each once.
pub fn senders(pepper: &PepperSecret, told: &Told) -> BTreeSet<String> {
    match told {
        Told::Whatsapp(changes) => {
            let messages = changes.iter().filter_map(|change| match &change.what {
                What::Message(message) => of_whatsapp(pepper, message),
                _ => None,
            });
            messages.collect()
        }
        Told::TwilioMessage(message) => [of_twilio(pepper, message)].into(),
        Told::Gateway(_) | Told::Phonepe(_) | Told::TwilioStatus(_) | Told::Ses(_) | Told::Bill(_) | Told::Bank(_) => BTreeSet::new(),
    }
}

/// What hands a stored webhook to the chat of everybody who wrote something in it.
pub async fn messages(deps: &Deps, webhook: &str, told: &Told) -> Result<Vec<WorkMessage>, BoxError> {
    if !matches!(told, Told::Whatsapp(_) | Told::TwilioMessage(_)) {
        return Ok(Vec::new());
    }
    let senders = senders(&deps.pepper().await?, told);
    Ok(senders.into_iter().map(|sender| WorkMessage::Hear { webhook: webhook.to_owned(), sender }).collect())
}
