//! What the assistant keeps of what is written: asked for, shown and erased.

use super::{Capability, Performing, Prepared};
use crate::{
    apply::store_failed,
    assistant::{
        context::Turning,
        reply::{Press, Reply},
    },
};
use domain::chat::{Slots, Spoken};
use understanding::Command;
use words::{Phrase, Said};

/// Shows what is kept, and lets them choose.
pub const SHOW_MEMORY: Capability = Capability {
    command: Command::ShowMemory,
    prepare: |turning, wish| {
        Box::pin(async {
            if wish.slot("remember").is_some() {
                return Ok(Prepared::Do(wish.slots.clone()));
            }
            let kept = turning.deps.store.chat_lines(turning.user, turning.door, turning.now).await.map_err(store_failed)?.len();
            let choice = |value: &str| Press::Slot { name: "remember".to_owned(), value: value.to_owned() };
            let reply = Reply::text(state(turning))
                .and(&turning.say(Phrase::MemoryKept, &[("count", Said::Ours(kept.to_string()))]))
                .with(&choice("yes"), turning.plain(Phrase::ButtonMemoryOn))
                .with(&choice("no"), turning.plain(Phrase::ButtonMemoryOff));
            Ok(Prepared::Ask { slot: "remember", slots: Slots::new(), reply })
        })
    },
    perform: |turning, _| Box::pin(async { Ok(Reply::text(state(turning))) }),
    settle: |state, slots, _| state.remembers = slots.get("remember").is_some_and(|value| value == "yes"),
};

fn state(turning: &Turning<'_>) -> String {
    turning.plain(if turning.state.remembers { Phrase::MemoryOn } else { Phrase::MemoryOff })
}

pub const FORGET_ME: Capability = Capability {
    command: Command::ForgetMe,
    prepare: |_, _| Box::pin(async { Ok(Prepared::Do(Slots::new())) }),
    perform: forget,
    settle: |state, _, _| {
        (state.task, state.pending, state.remembers) = (None, None, false);
        state.spoken = Spoken { language: state.spoken.language.take(), ..Spoken::default() };
    },
};

fn forget<'a>(turning: &'a Turning<'a>, _: &'a Slots) -> Performing<'a> {
    Box::pin(async {
        turning.deps.store.forget_chat_lines(turning.user, turning.door).await.map_err(store_failed)?;
        Ok(Reply::text(turning.plain(Phrase::Forgotten)))
    })
}
