//! A person instead of the assistant.

use super::{Capability, Performing, Prepared};
use crate::assistant::{context::Turning, reply::Reply};
use domain::chat::Slots;
use understanding::Command;
use words::Phrase;

pub const TALK_TO_HUMAN: Capability = Capability {
    command: Command::TalkToHuman,
    prepare: |_, _| Box::pin(async { Ok(Prepared::Do(Slots::new())) }),
    perform,
    settle: |state, _, now| state.human_since = Some(now),
};

/// The chat itself says from now on that a person answers, or no longer does.
fn perform<'a>(turning: &'a Turning<'a>, slots: &'a Slots) -> Performing<'a> {
    let phrase = if slots.contains_key("done") { Phrase::HumanDone } else { Phrase::HumanComes };
    Box::pin(async move { Ok(Reply::text(turning.plain(phrase))) })
}
