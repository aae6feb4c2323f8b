//! A conversation with the assistant: what it is about, what waits for a yes, and the chain of its turns.
//!
//! A user has one for each number of ours that they write to. What a message led to is decided in one
//! transaction, with the turn that says so; what is to be done and answered then stands in the chat
//! until it is. So a message that is delivered again changes nothing, and one whose worker died is
//! carried on.

mod hand_off;
mod pending;
mod turn;

#[cfg(test)]
mod tests;

pub use hand_off::{AddHandOffLines, CloseHandOff, HandOff, HandOffLine, NewLine, NoHandOff};
pub use pending::{Answer, Awaits, Moves, NotConfirmed, Pending, Pends, Terms};
pub use turn::{CannotTake, EndTurn, Entry, TakeTurn, Taken, Turn, TurnLink};

use crate::{
    codes::codes,
    engine::Key,
    id::{Fingerprint, UserId},
    posting::{CHAIN_START, Hash},
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

codes! {
    /// Which of our numbers somebody writes to. Each is a chat of its own.
    Door {
        Meta = "meta";
        Twilio = "twilio";
    }
}

/// Values by their names in the grammar, as texts; amounts in paise.
pub type Slots = BTreeMap<String, String>;

/// One chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chat {
    pub user: UserId,
    pub door: Door,
    /// How many turns were taken, and the hash of the last.
    pub turns: u64,
    pub chain: Hash,
    pub state: State,
    /// What the last turn decided, until it is done and answered.
    pub doing: Option<Doing>,
    pub touched_at: Timestamp,
}

/// What a chat is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// BCP 47, where the user has chosen one.
    pub language: Option<String>,
    pub task: Option<Task>,
    pub spoken: Spoken,
    pub pending: Option<Pending>,
    /// Since when a person answers, and the assistant does not.
    pub human_since: Option<Timestamp>,
    /// Whether the user lets us keep their last messages for an hour.
    pub remembers: bool,
}

/// A command that is being put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub command: String,
    pub slots: Slots,
    /// The slot that was asked for last.
    pub asked: Option<String>,
}

/// What was spoken of just before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spoken {
    pub command: Option<String>,
    /// Such as `wallet`.
    pub account: Option<String>,
    /// BCP 47: what they wrote in last.
    pub language: Option<String>,
}

/// What a turn decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doing {
    pub turn: Fingerprint,
    /// The provider's id of the message that it answers.
    pub message: String,
    /// Said before the answer: what was heard or read, where it was no text.
    pub echo: Option<String>,
    pub deed: Deed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Only to answer, with this: a reply in its own form.
    Say(String),
    /// To carry a command out, and to answer with what came of it.
    Perform { command: String, slots: Slots },
    /// To move money on the terms that were confirmed.
    Move(Pending),
    /// Nothing, and to be silent.
    Nothing,
}

/// For how long a chat knows what it is about.
const CONTEXT: SignedDuration = SignedDuration::from_hours(1);

impl Chat {
    pub fn new(user: UserId, door: Door, now: Timestamp) -> Self {
        Self { user, door, turns: 0, chain: CHAIN_START, state: State::default(), doing: None, touched_at: now }
    }

    pub fn key(&self) -> Key {
        Key::Chat(self.user, self.door)
    }

    /// What the chat is about now: after an hour of silence, nothing.
    pub fn state_at(&self, now: Timestamp) -> State {
        let mut state = self.state.clone();
        if now.duration_since(self.touched_at) >= CONTEXT {
            (state.task, state.spoken) = (None, Spoken::default());
        }
        state
    }
}
