//! Chats with the assistant and their turns, as rows.

use super::{BadField, bytes, known, parsed, terms::TermsItem, time};
use domain::chat::{
    Awaits, Chat, Deed, Doing, Door, Entry, HandOff, HandOffLine, Pending, Pends, Slots, Spoken, State, Task, Turn, TurnLink,
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct ChatItem {
    user: String,
    door: String,
    turns: u64,
    #[serde(with = "serde_bytes")]
    chain: Vec<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    task: Option<TaskItem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    spoken_command: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    spoken_account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    spoken_language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pending: Option<PendingItem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    human_since: Option<i64>,
    #[serde(default)]
    remembers: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    doing: Option<DoingItem>,
    touched_at: i64,
}

#[derive(Serialize, Deserialize)]
struct TaskItem {
    command: String,
    slots: Slots,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asked: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct PendingItem {
    id: String,
    pends: PendsItem,
    awaits: String,
    asked_at: i64,
    expires_at: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PendsItem {
    Money(TermsItem),
    Standing { terms: TermsItem, every: String },
    Command { command: String, slots: Slots },
}

#[derive(Serialize, Deserialize)]
struct DoingItem {
    turn: String,
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    echo: Option<String>,
    deed: DeedItem,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DeedItem {
    Say(String),
    Perform { command: String, slots: Slots },
    Move(Box<PendingItem>),
    Nothing,
}

impl From<&Pending> for PendingItem {
    fn from(pending: &Pending) -> Self {
        let pends = match &pending.pends {
            Pends::Money(terms) => PendsItem::Money(terms.into()),
            Pends::Standing { terms, every } => PendsItem::Standing { terms: terms.into(), every: every.to_string() },
            Pends::Command { command, slots } => PendsItem::Command { command: command.clone(), slots: slots.clone() },
        };
        Self {
            id: pending.id.to_string(),
            pends,
            awaits: pending.awaits.code().to_owned(),
            asked_at: pending.asked_at.as_millisecond(),
            expires_at: pending.expires_at.as_millisecond(),
        }
    }
}

impl TryFrom<PendingItem> for Pending {
    type Error = BadField;
    fn try_from(item: PendingItem) -> Result<Self, BadField> {
        let pends = match item.pends {
            PendsItem::Money(terms) => Pends::Money(terms.try_into()?),
            PendsItem::Standing { terms, every } => Pends::Standing { terms: terms.try_into()?, every: parsed("every", &every)? },
            PendsItem::Command { command, slots } => Pends::Command { command, slots },
        };
        Ok(Self {
            id: parsed("id", &item.id)?,
            pends,
            awaits: known("awaits", &item.awaits, Awaits::from_code(&item.awaits))?,
            asked_at: time("asked_at", item.asked_at)?,
            expires_at: time("expires_at", item.expires_at)?,
        })
    }
}

impl From<&Doing> for DoingItem {
    fn from(doing: &Doing) -> Self {
        let deed = match &doing.deed {
            Deed::Say(reply) => DeedItem::Say(reply.clone()),
            Deed::Perform { command, slots } => DeedItem::Perform { command: command.clone(), slots: slots.clone() },
            Deed::Move(pending) => DeedItem::Move(Box::new(pending.into())),
            Deed::Nothing => DeedItem::Nothing,
        };
        Self { turn: doing.turn.to_string(), message: doing.message.clone(), echo: doing.echo.clone(), deed }
    }
}

impl TryFrom<DoingItem> for Doing {
    type Error = BadField;
    fn try_from(item: DoingItem) -> Result<Self, BadField> {
        let deed = match item.deed {
            DeedItem::Say(reply) => Deed::Say(reply),
            DeedItem::Perform { command, slots } => Deed::Perform { command, slots },
            DeedItem::Move(pending) => Deed::Move((*pending).try_into()?),
            DeedItem::Nothing => Deed::Nothing,
        };
        Ok(Self { turn: parsed("turn", &item.turn)?, message: item.message, echo: item.echo, deed })
    }
}

impl From<&Chat> for ChatItem {
    fn from(chat: &Chat) -> Self {
        let State { language, task, spoken, pending, human_since, remembers } = chat.state.clone();
        Self {
            user: chat.user.to_string(),
            door: chat.door.code().to_owned(),
            turns: chat.turns,
            chain: chat.chain.to_vec(),
            language,
            task: task.map(|Task { command, slots, asked }| TaskItem { command, slots, asked }),
            spoken_command: spoken.command,
            spoken_account: spoken.account,
            spoken_language: spoken.language,
            pending: pending.as_ref().map(Into::into),
            human_since: human_since.map(|at| at.as_millisecond()),
            remembers,
            doing: chat.doing.as_ref().map(Into::into),
            touched_at: chat.touched_at.as_millisecond(),
        }
    }
}

impl TryFrom<ChatItem> for Chat {
    type Error = BadField;
    fn try_from(item: ChatItem) -> Result<Self, BadField> {
        let state = State {
            language: item.language,
            task: item.task.map(|TaskItem { command, slots, asked }| Task { command, slots, asked }),
            spoken: Spoken { command: item.spoken_command, account: item.spoken_account, language: item.spoken_language },
            pending: item.pending.map(TryInto::try_into).transpose()?,
            human_since: super::maybe_time("human_since", item.human_since)?,
            remembers: item.remembers,
        };
        Ok(Self {
            user: parsed("user", &item.user)?,
            door: known("door", &item.door, Door::from_code(&item.door))?,
            turns: item.turns,
            chain: bytes("chain", &item.chain)?,
            state,
            doing: item.doing.map(TryInto::try_into).transpose()?,
            touched_at: time("touched_at", item.touched_at)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct TurnItem {
    user: String,
    door: String,
    id: String,
    seq: u64,
    #[serde(with = "serde_bytes")]
    previous: Vec<u8>,
    #[serde(with = "serde_bytes")]
    hash: Vec<u8>,
    at: i64,
    heard: String,
    mind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proposal: Option<String>,
    decision: String,
    #[serde(with = "serde_bytes")]
    proof: Vec<u8>,
}

impl From<&Turn> for TurnItem {
    fn from(turn: &Turn) -> Self {
        let entry = turn.entry.clone();
        Self {
            user: turn.user.to_string(),
            door: turn.door.code().to_owned(),
            id: turn.id.to_string(),
            seq: turn.link.seq,
            previous: turn.link.previous.to_vec(),
            hash: turn.link.hash.to_vec(),
            at: turn.at.as_millisecond(),
            heard: entry.heard,
            mind: entry.mind,
            proposal: entry.proposal,
            decision: entry.decision,
            proof: entry.proof.to_vec(),
        }
    }
}

impl TryFrom<TurnItem> for Turn {
    type Error = BadField;
    fn try_from(item: TurnItem) -> Result<Self, BadField> {
        Ok(Self {
            user: parsed("user", &item.user)?,
            door: known("door", &item.door, Door::from_code(&item.door))?,
            id: parsed("id", &item.id)?,
            link: TurnLink { seq: item.seq, previous: bytes("previous", &item.previous)?, hash: bytes("hash", &item.hash)? },
            at: time("at", item.at)?,
            entry: Entry {
                heard: item.heard,
                mind: item.mind,
                proposal: item.proposal,
                decision: item.decision,
                proof: bytes("proof", &item.proof)?,
            },
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct HandOffItem {
    user: String,
    door: String,
    opened_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed_at: Option<i64>,
    lines: Vec<HandOffLineItem>,
}

#[derive(Serialize, Deserialize)]
struct HandOffLineItem {
    id: String,
    theirs: bool,
    text: String,
    at: i64,
}

impl From<&HandOff> for HandOffItem {
    fn from(open: &HandOff) -> Self {
        let line = |line: &HandOffLine| HandOffLineItem {
            id: line.id.to_string(),
            theirs: line.theirs,
            text: line.text.clone(),
            at: line.at.as_millisecond(),
        };
        Self {
            user: open.user.to_string(),
            door: open.door.code().to_owned(),
            opened_at: open.opened_at.as_millisecond(),
            closed_at: open.closed_at.map(|at| at.as_millisecond()),
            lines: open.lines.iter().map(line).collect(),
        }
    }
}

impl TryFrom<HandOffItem> for HandOff {
    type Error = BadField;
    fn try_from(item: HandOffItem) -> Result<Self, BadField> {
        let line = |line: HandOffLineItem| {
            Ok(HandOffLine { id: parsed("id", &line.id)?, theirs: line.theirs, text: line.text, at: time("at", line.at)? })
        };
        Ok(Self {
            user: parsed("user", &item.user)?,
            door: known("door", &item.door, Door::from_code(&item.door))?,
            opened_at: time("opened_at", item.opened_at)?,
            closed_at: super::maybe_time("closed_at", item.closed_at)?,
            lines: item.lines.into_iter().map(line).collect::<Result<_, BadField>>()?,
        })
    }
}
