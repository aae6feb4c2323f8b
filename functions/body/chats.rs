//! Bodies of what operators see of chats with the assistant.

use super::rooms::CLIENT_ID;
use domain::{
    chat::{Door, HandOff, HandOffLine, Turn},
    room::ClientId,
};
use lambda::Problem;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest answer of an operator, in characters. Source: `whatsapp.md`, A6.
const TEXT_CHARS_MAX: usize = 4_096;

/// Behind every turn that a chat can have.
pub const TURNS_END: u64 = 9_999_999_999;

/// Which of our numbers somebody writes to.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub enum DoorCode {
    Meta,
    Twilio,
}

impl From<Door> for DoorCode {
    fn from(door: Door) -> Self {
        match door {
            Door::Meta => Self::Meta,
            Door::Twilio => Self::Twilio,
        }
    }
}

/// A chat that waits for a person, or waited.
#[derive(Serialize, JsonSchema)]
pub struct HandOffBody {
    pub user_id: String,
    pub door: DoorCode,
    pub opened_at: String,
    pub closed_at: Option<String>,
    /// The oldest first; numbers and addresses in what the user wrote are left out.
    pub lines: Vec<HandOffLineBody>,
}

#[derive(Serialize, JsonSchema)]
pub struct HandOffLineBody {
    pub by: SideCode,
    pub text: String,
    pub at: String,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SideCode {
    User,
    Operator,
}

impl From<&HandOff> for HandOffBody {
    fn from(open: &HandOff) -> Self {
        let line = |line: &HandOffLine| HandOffLineBody {
            by: if line.theirs { SideCode::User } else { SideCode::Operator },
            text: line.text.clone(),
            at: line.at.to_string(),
        };
        Self {
            user_id: open.user.to_string(),
            door: open.door.into(),
            opened_at: open.opened_at.to_string(),
            closed_at: open.closed_at.map(|at| at.to_string()),
            lines: open.lines.iter().map(line).collect(),
        }
    }
}

/// What an operator writes to the user.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyRequest {
    /// 1 to 4,096 characters.
    #[schemars(length(min = 1, max = 4096))]
    text: String,
    /// The operator's own name for it. The same again is not sent again.
    #[schemars(extend("pattern" = CLIENT_ID))]
    client_id: String,
}

impl ReplyRequest {
    /// What is said, and what its sender calls it.
    pub fn parse(self) -> Result<(String, ClientId), Problem> {
        let client_id = ClientId::parse(&self.client_id).map_err(|why| Problem::invalid_field("/client_id", why.to_string()))?;

        let text = self.text.trim();
        if text.is_empty() || text.chars().count() > TEXT_CHARS_MAX {
            return Err(Problem::invalid_field("/text", "must be 1 to 4,096 characters"));
        }
        Ok((text.to_owned(), client_id))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TurnsQuery {
    /// Behind this place; from the first without it.
    #[schemars(range(max = TURNS_END))]
    pub after: Option<u64>,
}

/// Turns of a chat in their order, each hanging on the one before it.
#[derive(Serialize, JsonSchema)]
pub struct TurnsBody {
    pub items: Vec<TurnBody>,
    /// Whether each of them is as it was written, and hangs on the one before it.
    pub intact: bool,
}

#[derive(Serialize, JsonSchema)]
pub struct TurnBody {
    pub seq: u64,
    pub at: String,
    /// The kind of message: `text`, `button`, `page`.
    pub heard: String,
    /// Who understood it: `word`, `button`, `built_in`, a model's name.
    pub mind: String,
    /// The command that was proposed.
    pub proposal: Option<String>,
    pub decision: String,
    /// Stands for the terms or values that it was decided on, hexadecimal.
    pub proof: String,
    /// SHA-256, hexadecimal.
    pub previous: String,
    pub hash: String,
}

impl From<&[Turn]> for TurnsBody {
    fn from(turns: &[Turn]) -> Self {
        let hangs = turns.windows(2).all(|two| two[1].link.previous == two[0].link.hash && two[1].link.seq == two[0].link.seq + 1);
        let intact = hangs && turns.iter().all(|turn| turn.link.hash == turn.expected_hash());
        Self { items: turns.iter().map(TurnBody::from).collect(), intact }
    }
}

impl From<&Turn> for TurnBody {
    fn from(turn: &Turn) -> Self {
        Self {
            seq: turn.link.seq,
            at: turn.at.to_string(),
            heard: turn.entry.heard.clone(),
            mind: turn.entry.mind.clone(),
            proposal: turn.entry.proposal.clone(),
            decision: turn.entry.decision.clone(),
            proof: hex::encode(turn.entry.proof),
            previous: hex::encode(turn.link.previous),
            hash: hex::encode(turn.link.hash),
        }
    }
}
