//! What Meta tells of what becomes of our messages, and of problems.

use super::at;
use crate::{
    apply::{Heard, notice, setup_failed, together},
    deps::Deps,
    notices::provider,
};
use domain::notice::{
    Channel,
    delivery::{Reason, Word},
};
use futures::future::join_all;
use lambda::{Failed, Trace};
use providers::messaging::whatsapp::webhook::{Change, DeliveryStatus, Status, What};
use store::{Inbound, InboundStatus};

/// Things that are worked on side by side: one POST may tell of a thousand.
const AT_ONCE: usize = 16;

/// Each thing by itself, so that one that fails holds no other up. What people write is their chats'.
pub async fn work(deps: &Deps, kept: &Inbound, changes: &[Change], trace: &Trace) -> Result<(InboundStatus, String), Failed> {
    let ours = deps.our_number().await.map_err(setup_failed)?;
    let (mut statuses, mut heard) = (Vec::new(), Vec::new());
    for change in changes {
        let number = change.phone_number_id.as_deref();
        let is_ours = number == Some(&ours);
        match &change.what {
            What::Message(_) => heard.push(Heard::done("handed to its chat")),
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
            What::Status(_) | What::Problem(_) | What::Unreadable(_) => {
                heard.push(Heard::ignored("of a number that is not ours"));
            }
            What::Ignored(field) => heard.push(Heard::ignored(format!("we do not act on {}", field.chars().take(60).collect::<String>()))),
        }
    }
    let mut results = Vec::new();
    for statuses in statuses.chunks(AT_ONCE) {
        results.extend(join_all(statuses.iter().map(|status| of_ours(deps, kept, status, trace))).await);
    }
    for result in results {
        heard.push(result?);
    }
    Ok(together(heard))
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
