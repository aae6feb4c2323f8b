//! What Twilio tells of what becomes of our messages.

use crate::{
    apply::{Heard, consent, notice},
    deps::Deps,
    notices::provider,
    webhooks::twilio::tag_in,
};
use domain::notice::{
    Channel,
    delivery::{Reason, Word},
    preferences::StopChannel,
};
use lambda::{Failed, Trace};
use providers::messaging::twilio::{Channel as Carrier, ErrorClass, MessageStatus, StatusUpdate};
use store::Inbound;

/// What became of a message of ours.
pub async fn status(deps: &Deps, kept: &Inbound, update: &StatusUpdate, trace: &Trace) -> Result<Heard, Failed> {
    let Some(word) = word(update) else { return Ok(Heard::ignored("a status that says nothing of its arrival")) };
    let (sent, on) = (notice::Sent { provider: provider::TWILIO, id: &update.sid, tag: tag_in(&kept.query) }, channel(update.channel));
    let Some(tag) = notice::behind(deps, sent, on).await? else { return Ok(notice::none()) };
    if update.error_class() == Some(ErrorClass::Configuration) {
        tracing::error!(code = update.error_code, "Twilio cannot send as we are set up with it");
    }
    if update.error_class() == Some(ErrorClass::OptedOut) {
        // They said so to the carrier, which told us nothing then.
        let stop = StopChannel { user: tag.user, channel: on, stopped: true, at: kept.received_at };
        consent::stop(deps, stop, trace).await?;
    }
    notice::record(deps, tag, word, kept.received_at, trace).await
}

pub(in crate::queues) fn channel(carrier: Carrier) -> Channel {
    match carrier {
        Carrier::Sms => Channel::Sms,
        Carrier::Whatsapp => Channel::Whatsapp,
    }
}

/// Whatever Twilio has, it took: so a call whose answer was lost is known to have gone through.
fn word(update: &StatusUpdate) -> Option<Word> {
    Some(match &update.status {
        MessageStatus::Accepted
        | MessageStatus::Scheduled
        | MessageStatus::Queued
        | MessageStatus::Sending
        | MessageStatus::Sent
        | MessageStatus::PartiallyDelivered => Word::Sent,
        MessageStatus::Delivered => Word::Delivered,
        MessageStatus::Read => Word::Read,
        MessageStatus::Undelivered | MessageStatus::Failed | MessageStatus::Canceled => {
            let code = update.error_code.map_or_else(|| update.status.as_str().to_owned(), |code| code.to_string());
            Word::Failed(Reason::new(&code))
        }
        MessageStatus::Receiving | MessageStatus::Received | MessageStatus::Other(_) => return None,
    })
}
