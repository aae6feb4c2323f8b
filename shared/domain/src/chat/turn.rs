//! Turns: what was heard, proposed and decided, in a chain of hashes without personal data.

use super::{Chat, Deed, Doing, Door, State};
use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{Fingerprint, UserId},
    posting::Hash,
    request::Digest,
};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use std::convert::Infallible;

/// How turns are hashed. Another way of doing it gets another number.
const ENCODING: u8 = 1;

/// What is kept of a turn: codes, and digests in place of what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The kind of message: `text`, `button`, `voice`.
    pub heard: String,
    /// Who understood it: `button`, `word`, `built_in`, or a model's name.
    pub mind: String,
    /// The command that was proposed.
    pub proposal: Option<String>,
    /// What was decided: `answered`, `asked`, `confirmed`.
    pub decision: String,
    /// Stands for the terms or values that it was decided on.
    pub proof: Digest,
}

/// How a turn hangs in its chat's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnLink {
    /// From 1, without gaps.
    pub seq: u64,
    pub previous: Hash,
    pub hash: Hash,
}

/// One message, and what was made of it. Written once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    pub user: UserId,
    pub door: Door,
    /// Of the message, by the provider's id of it.
    pub id: Fingerprint,
    pub link: TurnLink,
    pub at: Timestamp,
    pub entry: Entry,
}

impl Turn {
    fn after(chat: &Chat, id: Fingerprint, entry: Entry, at: Timestamp) -> Self {
        let link = TurnLink { seq: chat.turns.saturating_add(1), previous: chat.chain, hash: chat.chain };
        let turn = Self { user: chat.user, door: chat.door, id, link, at, entry };
        Self { link: TurnLink { hash: turn.expected_hash(), ..link }, ..turn }
    }

    /// SHA-256 over `encoding (1 byte) ‖ seq (8) ‖ previous (32) ‖ at in milliseconds since 1970 (8) ‖
    /// proof (16)`, and then the user, the door, the message and the entry's texts, each behind its length
    /// in bytes (8). Numbers are big-endian.
    pub fn expected_hash(&self) -> Hash {
        let mut hash = Sha256::new();
        hash.update([ENCODING]);
        hash.update(self.link.seq.to_be_bytes());
        hash.update(self.link.previous);
        hash.update(self.at.as_millisecond().to_be_bytes());
        hash.update(self.entry.proof);
        let (user, id) = (self.user.to_string(), self.id.to_string());
        let proposal = self.entry.proposal.as_deref().unwrap_or_default();
        for text in [&user, self.door.code(), &id, &self.entry.heard, &self.entry.mind, proposal, &self.entry.decision] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        hash.finalize().into()
    }

    /// The first turn, from 1, that does not hang on the one before it; `turns` in their order.
    pub fn broken(turns: &[Self], chat: &Chat) -> Option<u64> {
        let mut previous = crate::posting::CHAIN_START;
        for (due, turn) in (1..).zip(turns) {
            if turn.link.seq != due || turn.link.previous != previous || turn.link.hash != turn.expected_hash() {
                return Some(due);
            }
            previous = turn.link.hash;
        }
        let count = turns.len() as u64;
        (count != chat.turns || previous != chat.chain).then_some(count + 1)
    }
}

/// Takes a turn: what is decided stands in the chat until it is done.
#[derive(Debug, Clone)]
pub struct TakeTurn {
    pub user: UserId,
    pub door: Door,
    pub id: Fingerprint,
    /// The provider's id of the message.
    pub message: String,
    /// Said before the answer.
    pub echo: Option<String>,
    /// How many turns the chat had when this was decided.
    pub after: u64,
    pub state: State,
    pub deed: Deed,
    pub entry: Entry,
}

/// Whether a turn was taken now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    Now(Box<Chat>),
    /// The message was worked on before.
    Before,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the chat has gone on, or its last turn is not done")]
pub struct CannotTake;

impl Command for TakeTurn {
    type Done = Taken;
    type Refusal = CannotTake;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Chat(self.user, self.door), Key::Turn(self.user, self.door, self.id)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Taken), CannotTake> {
        if state.version(&Key::Turn(self.user, self.door, self.id)).is_some() {
            return Ok((Plan::default(), Taken::Before));
        }
        let mut chat = state.chat(self.user, self.door).cloned().unwrap_or_else(|| Chat::new(self.user, self.door, now));
        if chat.turns != self.after || chat.doing.is_some() {
            return Err(CannotTake);
        }
        let turn = Turn::after(&chat, self.id, self.entry.clone(), now);
        chat.turns = turn.link.seq;
        chat.chain = turn.link.hash;
        chat.state = self.state.clone();
        chat.doing = Some(Doing { turn: self.id, message: self.message.clone(), echo: self.echo.clone(), deed: self.deed.clone() });
        chat.touched_at = now.max(chat.touched_at);
        let mut plan = Plan::default();
        plan.put(Record::Turn(turn));
        plan.put(Record::Chat(Box::new(chat.clone())));
        Ok((plan, Taken::Now(Box::new(chat))))
    }
}

/// What a turn decided is done and answered.
#[derive(Debug, Clone)]
pub struct EndTurn {
    pub user: UserId,
    pub door: Door,
    pub id: Fingerprint,
}

impl Command for EndTurn {
    type Done = ();
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Chat(self.user, self.door)]
    }

    fn decide(&self, state: &Snapshot, _: Timestamp) -> Result<(Plan, ()), Infallible> {
        let mut plan = Plan::default();
        if let Some(chat) = state.chat(self.user, self.door)
            && chat.doing.as_ref().is_some_and(|doing| doing.turn == self.id)
        {
            plan.put(Record::Chat(Box::new(Chat { doing: None, ..chat.clone() })));
        }
        Ok((plan, ()))
    }
}
