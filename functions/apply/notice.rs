//! What a provider told of a message of ours, recorded on the notice behind it.

use crate::{
    apply::{Heard, store_failed},
    deps::Deps,
    notices::count,
};
use domain::{
    Timestamp,
    notice::{CallbackTag, Channel, NoSuchNotice, RecordWord, delivery::Word},
};
use lambda::{Failed, Trace};
use store::ExecuteError;

/// A message of ours, as its provider names it.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    pub provider: &'a str,
    pub id: &'a str,
    /// What we gave along with it, where that came back.
    pub tag: Option<CallbackTag>,
}

/// The notice behind a message; `None` where it is of none, as a one-time password is.
pub async fn behind(deps: &Deps, sent: Sent<'_>, on: Channel) -> Result<Option<CallbackTag>, Failed> {
    if let Some(tag) = sent.tag {
        return Ok(Some(tag).filter(|tag| tag.channel == on));
    }
    let known = deps.store.notice_of_message(sent.provider, sent.id).await.map_err(store_failed)?;
    let tag = known.map(|known| CallbackTag { user: known.user, notice: known.notice, channel: known.channel });
    Ok(tag.filter(|tag| tag.channel == on))
}

/// Records a word on a notice.
pub async fn record(deps: &Deps, tag: CallbackTag, word: Word, at: Timestamp, trace: &Trace) -> Result<Heard, Failed> {
    let CallbackTag { user, notice, channel } = tag;
    let command = RecordWord { user, notice, channel, word, at, rules: deps.notice_rules.clone() };
    match deps.execute(&command, trace).await {
        Ok(recorded) if recorded.changed => {
            count(deps, &recorded).await;
            let status = recorded.notice.delivery(channel).map_or("unknown", |delivery| delivery.status.code());
            Ok(Heard::done(format!("{notice} is {status} by {}", channel.code())))
        }
        Ok(_) => Ok(Heard::known()),
        Err(ExecuteError::Refused(NoSuchNotice)) => Ok(none()),
        Err(ExecuteError::Store(error)) => Err(store_failed(error)),
    }
}

/// Of a message that no notice is behind.
pub fn none() -> Heard {
    Heard::ignored("no notice of ours")
}
