//! What is asked: a text with what went before it, and the tools that may be proposed.
//!
//! Source: `llm.md`, 2.1. Neither a user's name nor any id of theirs is sent along.

use std::fmt;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use crate::call::{CallError, require};

const TOOLS_MAX: usize = 128;
const TOOL_NAME_CHARS_MAX: usize = 64;

/// Low enough for the same text to bring the same tools.
const TEMPERATURE: f64 = 0.1;

/// A text to be understood. Does not print what it says.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// What the model is told about its task.
    pub system: &'a str,
    /// What was said before, the oldest first.
    pub history: &'a [Said<'a>],
    pub text: &'a str,
    /// At most 128. With none, the model can only answer by a text.
    pub tools: &'a [Tool<'a>],
    /// From the question to its answer, other models included.
    pub budget: Duration,
}

/// Something that was said before. Does not print it.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    pub role: Role,
    pub text: &'a str,
}

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    User,
    Assistant,
}

/// Something that a model may propose to be done.
#[derive(Debug, Clone)]
pub struct Tool<'a> {
    /// At most 64 of ASCII letters, digits, `_` and `-`.
    pub name: &'a str,
    pub description: &'a str,
    /// A JSON Schema of an object.
    pub parameters: Value,
}

impl Asked<'_> {
    pub(super) fn require_within_limits(&self) -> Result<(), CallError> {
        require(!self.text.trim().is_empty(), "text", "is empty")?;
        require(self.tools.len() <= TOOLS_MAX, "tools", "are more than 128")?;
        self.tools.iter().try_for_each(|tool| {
            let fits = (1..=TOOL_NAME_CHARS_MAX).contains(&tool.name.len())
                && tool.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
            require(fits, "tool.name", "is not 1 to 64 letters, digits, `_` and `-`")?;
            require(tool.parameters.is_object(), "tool.parameters", "are not an object")
        })
    }
}

impl fmt::Debug for Asked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (history, tools) = (self.history.len(), self.tools.len());
        f.debug_struct("Asked").field("history", &history).field("tools", &tools).field("budget", &self.budget).finish_non_exhaustive()
    }
}

impl fmt::Debug for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Said").field("role", &self.role).finish_non_exhaustive()
    }
}

/// A question as it crosses the wire.
#[derive(Serialize)]
pub(super) struct Completion<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    temperature: f64,
    max_completion_tokens: u32,
    /// Its reasoning is of no use to us, and quotes what was said.
    include_reasoning: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<Offered<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_choice: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parallel_tool_calls: Option<bool>,
}

#[derive(Serialize)]
#[serde(tag = "role", content = "content", rename_all = "lowercase")]
enum Message<'a> {
    System(&'a str),
    User(&'a str),
    Assistant(&'a str),
}

#[derive(Serialize)]
#[serde(tag = "type", content = "function", rename_all = "lowercase")]
enum Offered<'a> {
    Function { name: &'a str, description: &'a str, parameters: &'a Value },
}

impl<'a> Completion<'a> {
    pub(super) fn new(asked: &Asked<'a>, model: &'a str, max_completion_tokens: u32) -> Self {
        let said = asked.history.iter().map(|said| match said.role {
            Role::User => Message::User(said.text),
            Role::Assistant => Message::Assistant(said.text),
        });
        let messages = std::iter::once(Message::System(asked.system)).chain(said).chain([Message::User(asked.text)]).collect();
        let offered =
            |tool: &'a Tool<'a>| Offered::Function { name: tool.name, description: tool.description, parameters: &tool.parameters };
        let has_tools = !asked.tools.is_empty();
        Self {
            model,
            messages,
            temperature: TEMPERATURE,
            max_completion_tokens,
            include_reasoning: false,
            tools: asked.tools.iter().map(offered).collect(),
            tool_choice: has_tools.then_some("auto"),
            parallel_tool_calls: has_tools.then_some(true),
        }
    }
}
