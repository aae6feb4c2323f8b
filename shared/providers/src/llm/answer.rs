//! What a model proposes.
//!
//! Source: `llm.md`, 2.2. Nothing of it is trusted: names and arguments are passed on as they came,
//! for whoever asked to check against their own.

use std::fmt;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::call::{Answer, CallError, Illegible};
use crate::wire::null_as_default;

/// Far more than an answer of the tokens that we allow. A longer one is not looked into.
const ANSWER_BYTES_MAX: usize = 128 * 1024;

/// What a model would do, or say. Does not print it.
#[derive(Clone, PartialEq, Eq)]
pub struct Proposed {
    /// None where the answer was cut off: the last may lack its end.
    pub calls: Vec<Call>,
    pub text: Option<String>,
    /// The model that answered, as the configuration names it.
    pub model: String,
}

/// A tool that a model would use. Does not print itself: a model may put what it was told into either
/// part.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    /// Perhaps of no tool that there is.
    pub name: String,
    /// As it came: JSON as a rule, of any shape and size, or not even that.
    pub arguments: String,
}

impl fmt::Debug for Proposed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proposed").field("calls", &self.calls.len()).field("model", &self.model).finish_non_exhaustive()
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Call(..)")
    }
}

#[derive(Deserialize)]
struct Reply {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    content: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    tool_calls: Vec<ToolCall>,
}

#[derive(Deserialize)]
struct ToolCall {
    function: Function,
}

#[derive(Deserialize)]
struct Function {
    name: String,
    #[serde(default, deserialize_with = "as_text")]
    arguments: String,
}

/// Reads the first choice; we never ask for more.
pub(super) fn read(answer: Answer, model: &str) -> Result<Proposed, CallError> {
    if answer.body().is_some_and(|body| body.len() > ANSWER_BYTES_MAX) {
        return Err(CallError::Unreadable { why: Illegible::TooLong { limit_bytes: ANSWER_BYTES_MAX } });
    }
    let reply: Reply = answer.read()?;
    let Some(Choice { message, finish_reason }) = reply.choices.into_iter().next() else {
        return Err(CallError::Unreadable { why: Illegible::WrongShape { path: "choices[0]".to_owned() } });
    };
    let is_cut_off = finish_reason.is_some_and(|reason| reason == "length");
    let calls = if is_cut_off { Vec::new() } else { message.tool_calls };
    Ok(Proposed {
        calls: calls.into_iter().map(|ToolCall { function }| Call { name: function.name, arguments: function.arguments }).collect(),
        text: message.content.filter(|text| !text.trim().is_empty()),
        model: model.to_owned(),
    })
}

/// Arguments are a text that holds JSON; some models write the JSON itself.
fn as_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    })
}
