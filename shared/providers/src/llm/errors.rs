//! What the provider's refusals ask of us.
//!
//! Source: `llm.md`, section 3. What a model wrote that could not be read as a call
//! (`failed_generation`) is never looked at.

use crate::call::{CallError, Doubt, Illegible, Unsent};

/// Why there is no answer. Holds nothing of what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LlmError {
    /// Busy, down or out of reach.
    #[error("the model is not to be had")]
    Unavailable(#[source] CallError),
    /// Somebody has to look: the key, what it may use, or models of which none is left.
    #[error("the configuration of the model does not work")]
    Misconfigured(#[source] CallError),
    /// This question will never do, nor does the model find words for it that can be read.
    #[error("the question was refused")]
    Refused(#[source] CallError),
    #[error("no answer in time")]
    TimedOut,
    #[error("the answer cannot be read")]
    Unreadable(#[source] Illegible),
}

impl LlmError {
    /// Whether the same question may bring more another time.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Unavailable(_) | Self::TimedOut | Self::Unreadable(_) => true,
            Self::Misconfigured(_) | Self::Refused(_) => false,
        }
    }

    /// The least to wait before the next question, where the provider said so.
    #[must_use]
    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Self::Unavailable(why) => why.retry_after_ms(),
            Self::Misconfigured(_) | Self::Refused(_) | Self::TimedOut | Self::Unreadable(_) => None,
        }
    }
}

impl From<CallError> for LlmError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Refused { status, code, reason, field, .. } => {
                // For people, and may quote what was asked.
                let description = None;
                let is_withdrawn = code.as_deref().is_some_and(is_withdrawn);
                let error = CallError::Refused { status, code, reason, description, field };
                match status {
                    401 | 403 | 404 => Self::Misconfigured(error),
                    400 if is_withdrawn => Self::Misconfigured(error),
                    // Out of capacity.
                    498 => Self::Unavailable(error),
                    _ => Self::Refused(error),
                }
            }
            CallError::Unknown { why: Doubt::TimedOut } => Self::TimedOut,
            CallError::NotSent { why: Unsent::Invalid { .. } } => Self::Refused(error),
            CallError::Unknown { .. } | CallError::NotSent { .. } | CallError::Throttled { .. } => Self::Unavailable(error),
            CallError::Unreadable { why } => Self::Unreadable(why),
        }
    }
}

/// What to do at once about a question that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remedy {
    AnotherModel,
    /// The model wrote a call that the provider could not read; the next may be sound.
    AskAgain,
    Nothing,
}

impl Remedy {
    pub(super) fn of(error: &CallError) -> Self {
        match error {
            CallError::Refused { status: 400 | 404, code: Some(code), .. } => match code.as_str() {
                code if is_withdrawn(code) => Self::AnotherModel,
                "tool_use_failed" => Self::AskAgain,
                _ => Self::Nothing,
            },
            CallError::Refused { .. }
            | CallError::Unknown { .. }
            | CallError::NotSent { .. }
            | CallError::Throttled { .. }
            | CallError::Unreadable { .. } => Self::Nothing,
        }
    }
}

fn is_withdrawn(code: &str) -> bool {
    matches!(code, "model_not_found" | "model_decommissioned")
}
