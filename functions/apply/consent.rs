//! A word by which somebody stops our messages, or takes them up again.

use crate::{
    apply::{Heard, failed, setup_failed, store_failed},
    deps::Deps,
};
use domain::{
    Timestamp,
    identity::Phone,
    notice::{Channel, preferences::StopChannel},
};
use lambda::{Failed, Trace};
use providers::messaging::consent::{Keyword, keyword};

/// Takes what somebody wrote for a word of consent, of the user whose phone it came from; `None` where
/// it is no such word.
pub async fn apply(
    deps: &Deps,
    phone: &Phone,
    channel: Channel,
    text: &str,
    at: Timestamp,
    trace: &Trace,
) -> Result<Option<Heard>, Failed> {
    let stopped = match keyword(text) {
        Some(Keyword::Stop) => true,
        Some(Keyword::Start) => false,
        Some(Keyword::Help) | None => return Ok(None),
    };
    let hash = deps.pepper().await.map_err(setup_failed)?.phone_hash(phone);
    match deps.store.user_by_phone(&hash).await.map_err(store_failed)? {
        Some(user) => stop(deps, StopChannel { user, channel, stopped, at }, trace).await.map(Some),
        None => Ok(Some(Heard::ignored("a word of nobody whom we know"))),
    }
}

/// Takes a user's word for a channel.
pub async fn stop(deps: &Deps, word: StopChannel, trace: &Trace) -> Result<Heard, Failed> {
    let known = deps.execute(&word, trace).await.map_err(failed)?;
    let (channel, says) = (word.channel.code(), |stopped| if stopped { "stopped" } else { "wanted" });
    let is = known.stopped.contains(&word.channel);
    Ok(if is == word.stopped {
        Heard::done(format!("{channel} is {}", says(is)))
    } else {
        Heard::ignored(format!("{channel} is {}, by a later word", says(is)))
    })
}
