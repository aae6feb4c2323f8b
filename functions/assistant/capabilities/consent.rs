//! Whether our messages are wanted here.

use super::{Capability, Performing, Prepared, settles_nothing};
use crate::{
    apply::{consent, failed},
    assistant::{context::Turning, reply::Reply},
};
use domain::{
    Timestamp,
    chat::Slots,
    notice::{Channel, preferences::StopChannel},
    summary::SetSummary,
};
use lambda::Failed;
use understanding::Command;
use words::{Phrase, Said};

pub const STOP_MESSAGES: Capability = Capability {
    command: Command::StopMessages,
    prepare: |turning, wish| {
        Box::pin(async {
            // Of the summary alone: it is taken up again by a word.
            if is_of_summary(&wish.slots) {
                return Ok(Prepared::Question { slots: wish.slots.clone(), reply: Reply::text(turning.plain(Phrase::AskStopSummary)) });
            }
            Ok(Prepared::Question { slots: Slots::new(), reply: Reply::text(turning.plain(Phrase::AskStop)) })
        })
    },
    perform: |turning, slots| stop(turning, slots, true),
    settle: settles_nothing,
};

pub const START_MESSAGES: Capability = Capability {
    command: Command::StartMessages,
    prepare: |_, wish| Box::pin(async { Ok(Prepared::Do(if is_of_summary(&wish.slots) { wish.slots.clone() } else { Slots::new() })) }),
    perform: |turning, slots| stop(turning, slots, false),
    settle: settles_nothing,
};

fn is_of_summary(slots: &Slots) -> bool {
    slots.get("topic").is_some_and(|topic| topic == "summary")
}

/// The summary of a day, alone.
async fn summary(turning: &Turning<'_>, slots: &Slots, is_on: bool) -> Result<Reply, Failed> {
    let hour = slots.get("hour").and_then(|hour| hour.parse().ok());
    let set = SetSummary { user: turning.user, is_on, hour, said_at: turning.now };
    let summary = turning.deps.execute(&set, turning.trace).await.map_err(failed)?;
    Ok(Reply::text(match summary.is_on {
        true => turning.say(Phrase::SummaryOn, &[("hour", Said::Ours(summary.hour.to_string()))]),
        false => turning.plain(Phrase::SummaryOff),
    }))
}

fn stop<'a>(turning: &'a Turning<'a>, slots: &'a Slots, stopped: bool) -> Performing<'a> {
    Box::pin(async move {
        if is_of_summary(slots) {
            return summary(turning, slots, !stopped).await;
        }
        let said_at = slots.get("said_at").and_then(|ms| Timestamp::from_millisecond(ms.parse().ok()?).ok());
        let word = StopChannel { user: turning.user, channel: Channel::Whatsapp, stopped, at: said_at.unwrap_or(turning.now) };
        consent::stop(turning.deps, word, turning.trace).await?;
        Ok::<_, Failed>(Reply::text(turning.plain(if stopped { Phrase::Stopped } else { Phrase::Started })))
    })
}
