//! Messages that were given up, and their re-drive.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, JsonSchema)]
pub struct DeadLettersBody {
    pub queues: Vec<DeadLetterQueueBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct DeadLetterQueueBody {
    pub queue: &'static str,
    /// About how many there are.
    pub count: u64,
    /// Up to fifty or so of them.
    pub letters: Vec<DeadLetterBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct DeadLetterBody {
    pub message_id: String,
    pub sent_at: String,
    pub request_id: String,
    /// What the message asks for; absent where it is not a message of ours.
    pub work: Option<String>,
    /// What a re-drive would do, by the state of the record that it names.
    pub redrive_would: String,
    /// Whether it would do no good, so that it is sent back only by name and with `force`.
    pub needs_force: bool,
}

/// Without a body, all letters that it helps are sent back.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("anyOf" = [
    { "properties": { "force": { "const": false } } },
    { "required": ["message_id"], "properties": { "message_id": { "type": "string" } } },
]))]
pub struct RedriveRequest {
    /// This letter alone.
    pub message_id: Option<String>,
    /// Also where it would do no good. Only with `message_id`.
    pub force: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct RefusedLetterBody {
    pub message_id: String,
    /// What a re-drive would do.
    pub why: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct RedriveBody {
    pub queue: &'static str,
    pub sent_back: u32,
    /// How many are left where they are.
    pub left: u64,
    /// Why, letter by letter.
    pub refused: Vec<RefusedLetterBody>,
}
