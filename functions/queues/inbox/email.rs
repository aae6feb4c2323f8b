//! What SES tells of mails.

use super::at;
use crate::{
    apply::{Heard, failed, notice, setup_failed, together},
    deps::Deps,
    notices::{email::tag_in, provider},
    webhooks::told::reported_at,
};
use domain::notice::{
    Channel,
    delivery::{Reason, Word},
    suppression::{AddressWord, RecordAddress},
};
use lambda::{Failed, Trace};
use providers::email::{
    EmailAddress,
    ses::{Action, BounceType, Feedback, FeedbackKind},
};
use store::{Inbound, InboundStatus};

pub async fn work(deps: &Deps, kept: &Inbound, feedback: Option<&Feedback>, trace: &Trace) -> Result<(InboundStatus, String), Failed> {
    let Some(feedback) = feedback else { return Ok(Heard::ignored("a report that asks nothing of us").written_down()) };
    let mut heard = vec![of_ours(deps, kept, feedback, trace).await?];
    if let Some(action) = feedback.action() {
        for address in feedback.recipients() {
            heard.push(of_address(deps, kept, feedback, address, action, trace).await?);
        }
    }
    Ok(together(heard))
}

/// What became of a notice's mail.
async fn of_ours(deps: &Deps, kept: &Inbound, feedback: &Feedback, trace: &Trace) -> Result<Heard, Failed> {
    let Some(word) = word(&feedback.kind) else { return Ok(Heard::ignored("a report that says nothing of its arrival")) };
    let tag = feedback.message_id.as_deref().and_then(tag_in);
    let sent = notice::Sent { provider: provider::SES, id: &feedback.provider_id, tag };
    match notice::behind(deps, sent, Channel::Email).await? {
        Some(tag) => notice::record(deps, tag, word, at(kept, reported_at(feedback)), trace).await,
        None => Ok(notice::none()),
    }
}

/// What it tells of an address, whatever the mail was.
async fn of_address(
    deps: &Deps,
    kept: &Inbound,
    feedback: &Feedback,
    address: &EmailAddress,
    action: Action,
    trace: &Trace,
) -> Result<Heard, Failed> {
    let (word, told) = match action {
        Action::Suppress => (AddressWord::Bounced, "an address that bounced"),
        Action::Count => (AddressWord::SoftBounced, "an address that bounced for now"),
        Action::SuppressMarketing => (AddressWord::Complained, "an address whose owner complained"),
    };
    let command = RecordAddress {
        channel: Channel::Email,
        address: deps.pepper().await.map_err(setup_failed)?.email_hash(&address.mailbox_key()),
        word,
        at: at(kept, reported_at(feedback)),
        rules: deps.notice_rules.clone(),
    };
    deps.execute(&command, trace).await.map_err(failed)?;
    Ok(Heard::done(told))
}

fn word(kind: &FeedbackKind) -> Option<Word> {
    Some(match kind {
        FeedbackKind::Send => Word::Sent,
        // Whoever complains has it.
        FeedbackKind::Delivery { .. } | FeedbackKind::Complaint(_) => Word::Delivered,
        FeedbackKind::Open | FeedbackKind::Click => Word::Read,
        FeedbackKind::Reject { .. } => Word::Failed(Reason::new("rejected")),
        FeedbackKind::Bounce(bounce) => {
            let kind = match &bounce.bounce_type {
                BounceType::Permanent => "bounced",
                BounceType::Transient | BounceType::Undetermined | BounceType::Other(_) => "bounced for now",
            };
            let status = bounce.recipients.first().and_then(|recipient| recipient.status.as_deref());
            Word::Failed(Reason::new(status.unwrap_or(kind)))
        }
        FeedbackKind::DeliveryDelay { .. } => return None,
    })
}
