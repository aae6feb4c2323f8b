//! Stopping everything that spends.

use super::{Capability, Performing, Prepared, settles_nothing};
use crate::{
    apply::failed,
    assistant::{context::Turning, reply::Reply},
};
use domain::{account::SetPaused, chat::Slots};
use understanding::Command;
use words::Phrase;

/// The word and the button are effective at once ([`crate::assistant::dialogue`]). What was only understood
/// to mean it is asked about: it is a wrong guess now and then.
pub const PANIC: Capability = Capability {
    command: Command::Panic,
    prepare: |turning, _| {
        Box::pin(async { Ok(Prepared::Question { slots: Slots::new(), reply: Reply::text(turning.plain(Phrase::AskPanic)) }) })
    },
    perform,
    settle: settles_nothing,
};

fn perform<'a>(turning: &'a Turning<'a>, _: &'a Slots) -> Performing<'a> {
    Box::pin(async {
        let command = SetPaused { owner: turning.user, paused: true, request_id: format!("chat-{}", turning.id) };
        turning.deps.execute(&command, turning.trace).await.map_err(failed)?;
        Ok(Reply::text(turning.plain(Phrase::Panicked)))
    })
}
