//! What Meta tells: messages from people, and what becomes of ours.

use super::at;
use crate::{
    apply::{Heard, consent, notice, setup_failed, store_failed, together},
    deps::Deps,
    notices::provider,
};
use domain::{
    identity::Phone,
    notice::{
        Channel,
        delivery::{Reason, Word},
    },
};
use futures::future::join_all;
use lambda::{Failed, Trace};
use providers::messaging::whatsapp::webhook::{Change, DeliveryStatus, Kind, Message, Status, What};
use serde::Deserialize;
use std::collections::BTreeMap;
use store::{Inbound, InboundStatus};

/// Things that are worked on side by side: one POST may tell of a thousand.
const AT_ONCE: usize = 16;

/// Of the secret `messaging`, which number is ours.
#[derive(Deserialize)]
struct OurNumber {
    whatsapp_phone_number_id: String,
}

/// Each thing by itself, so that one that fails holds no other up. What one person wrote is worked on
/// in the order in which it was written.
pub async fn work(deps: &Deps, kept: &Inbound, changes: &[Change], trace: &Trace) -> Result<(InboundStatus, String), Failed> {
    let ours: OurNumber = deps.secret("messaging").await.map_err(setup_failed)?;
    let (mut written, mut statuses, mut heard) = (BTreeMap::<&str, Vec<&Message>>::new(), Vec::new(), Vec::new());
    for change in changes {
        let number = change.phone_number_id.as_deref();
        let is_ours = number == Some(&ours.whatsapp_phone_number_id);
        match &change.what {
            What::Message(message) if is_ours => {
                let from = message.from.identity().map_or("", |identity| identity.expose());
                written.entry(from).or_default().push(message);
            }
            What::Status(status) if is_ours => statuses.push(status.as_ref()),
            What::Problem(problem) if is_ours => {
                tracing::error!(code = problem.code, "Meta tells of a problem that is about no message");
                heard.push(Heard::ignored(format!("problem {}", problem.code)));
            }
            // Where it does not even say whose it is, it may be ours.
            What::Unreadable(part) if is_ours || number.is_none() => {
                tracing::error!(%part, "a part of a webhook cannot be read");
                heard.push(Heard::ignored(format!("unreadable: {part}")));
            }
            What::Message(_) | What::Status(_) | What::Problem(_) | What::Unreadable(_) => {
                heard.push(Heard::ignored("of a number that is not ours"));
            }
            What::Ignored(field) => heard.push(Heard::ignored(format!("we do not act on {}", field.chars().take(60).collect::<String>()))),
        }
    }
    let mut results = Vec::new();
    let senders: Vec<Vec<&Message>> = written.into_values().collect();
    for senders in senders.chunks(AT_ONCE) {
        let told = join_all(senders.iter().map(|messages| of_one_person(deps, kept, messages, trace))).await;
        results.extend(told.into_iter().flatten());
    }
    for statuses in statuses.chunks(AT_ONCE) {
        results.extend(join_all(statuses.iter().map(|status| of_ours(deps, kept, status, trace))).await);
    }
    for result in results {
        heard.push(result?);
    }
    Ok(together(heard))
}

async fn of_one_person(deps: &Deps, kept: &Inbound, messages: &[&Message], trace: &Trace) -> Vec<Result<Heard, Failed>> {
    let mut messages = messages.to_vec();
    messages.sort_by_key(|message| message.sent_at);
    let mut results = Vec::new();
    for message in messages {
        results.push(to_us(deps, kept, message, trace).await);
    }
    results
}

/// A message to us.
async fn to_us(deps: &Deps, kept: &Inbound, message: &Message, trace: &Trace) -> Result<Heard, Failed> {
    if message.group_id.is_some() {
        return Ok(Heard::ignored("a message in a group"));
    }
    let number = message.from.wa_id.as_ref().and_then(|digits| Phone::parse(&format!("+{}", digits.expose())).ok());
    let Some(phone) = number else { return Ok(Heard::ignored("a message of nobody whom we know")) };
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

/// What became of a message of ours.
async fn of_ours(deps: &Deps, kept: &Inbound, status: &Status, trace: &Trace) -> Result<Heard, Failed> {
    let Some(word) = word(status) else { return Ok(Heard::ignored("a status that says nothing of its arrival")) };
    let tag = status.callback_data.as_deref().and_then(|data| data.parse().ok());
    let sent = notice::Sent { provider: provider::WHATSAPP, id: &status.wamid, tag };
    match notice::behind(deps, sent, Channel::Whatsapp).await? {
        Some(tag) => notice::record(deps, tag, word, at(kept, status.at), trace).await,
        None => Ok(notice::none()),
    }
}

fn word(status: &Status) -> Option<Word> {
    Some(match &status.status {
        DeliveryStatus::Sent => Word::Sent,
        DeliveryStatus::Delivered => Word::Delivered,
        DeliveryStatus::Read | DeliveryStatus::Played => Word::Read,
        DeliveryStatus::Failed => {
            let code = status.problems.first().map_or_else(|| "failed".to_owned(), |problem| problem.code.to_string());
            Word::Failed(Reason::new(&code))
        }
        DeliveryStatus::Other(_) => return None,
    })
}
