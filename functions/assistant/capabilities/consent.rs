//! Whether our messages are wanted here.

use super::{Capability, Performing, Prepared, settles_nothing};
use crate::{
    apply::consent,
    assistant::{context::Turning, reply::Reply},
};
use domain::{
    Timestamp,
    chat::Slots,
    notice::{Channel, preferences::StopChannel},
};
use lambda::Failed;
use understanding::Command;
use words::Phrase;

pub const STOP_MESSAGES: Capability = Capability {
    command: Command::StopMessages,
    prepare: |turning, _| {
        Box::pin(async { Ok(Prepared::Question { slots: Slots::new(), reply: Reply::text(turning.plain(Phrase::AskStop)) }) })
    },
    perform: |turning, slots| stop(turning, slots, true),
    settle: settles_nothing,
};

pub const START_MESSAGES: Capability = Capability {
    command: Command::StartMessages,
    prepare: |_, _| Box::pin(async { Ok(Prepared::Do(Slots::new())) }),
    perform: |turning, slots| stop(turning, slots, false),
    settle: settles_nothing,
};

fn stop<'a>(turning: &'a Turning<'a>, slots: &'a Slots, stopped: bool) -> Performing<'a> {
    Box::pin(async move {
        let said_at = slots.get("said_at").and_then(|ms| Timestamp::from_millisecond(ms.parse().ok()?).ok());
        let word = StopChannel { user: turning.user, channel: Channel::Whatsapp, stopped, at: said_at.unwrap_or(turning.now) };
        consent::stop(turning.deps, word, turning.trace).await?;
        Ok::<_, Failed>(Reply::text(turning.plain(if stopped { Phrase::Stopped } else { Phrase::Started })))
    })
}
