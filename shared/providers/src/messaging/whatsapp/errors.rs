//! What Meta's error codes ask of us.
//!
//! Source: `whatsapp.md`, A9: "Decide on `code`, not HTTP status". The same codes come with a
//! `failed` status later on.

use serde_json::Value;

use crate::call::{Answer, CallError};

/// What a code asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorClass {
    /// Send again soon, each time later, about five times at most.
    Backoff,
    /// Not now: hours later, or by another channel.
    Later,
    /// Send a template: they have not written within 24 hours.
    NeedsTemplate,
    /// Stop sending and have somebody look: credentials, permissions, account, payment.
    Configuration,
    /// This message will never do.
    Message,
    /// This recipient cannot be reached here.
    Recipient,
    /// Not on the sheet.
    Other,
}

impl ErrorClass {
    #[must_use]
    pub fn of(code: i64) -> Self {
        match code {
            1 | 2 | 4 | 80_007 | 130_429 | 131_000 | 131_016 | 131_056 | 131_057 | 133_004 => Self::Backoff,
            130_472 | 131_048 | 131_049 | 131_052 | 131_053 | 131_064 | 133_016 => Self::Later,
            131_047 => Self::NeedsTemplate,
            0 | 3 | 10 | 190 | 200..=299 | 368 | 130_497 | 131_005 | 131_031 | 131_037 | 131_042 | 131_045 => Self::Configuration,
            100 | 131_008 | 131_009 | 131_051 | 132_000 | 132_001 | 132_005 | 132_007 | 132_008 | 132_012 | 132_015 | 132_016 | 132_068
            | 132_069 | 135_000 => Self::Message,
            131_021 | 131_026 | 131_030 | 131_050 | 131_062 | 131_063 | 137_000 => Self::Recipient,
            _ => Self::Other,
        }
    }
}

/// How long to leave one recipient alone after too many messages (code 131056).
const PAIR_RATE_WAIT_MS: u64 = 6_000;

/// Why a message was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Meta answered with a code of its own.
    #[error("refused with status {status}, code {code}")]
    Code {
        status: u16,
        code: i64,
        class: ErrorClass,
        /// Meta's own word that it will pass.
        transient: bool,
    },
    /// It came to no such answer.
    #[error(transparent)]
    Call(#[from] CallError),
}

impl SendError {
    /// Meta's code, where the answer is an error and has one.
    pub(super) fn read(answer: &Answer) -> Option<Self> {
        if (200..300).contains(&answer.status()) {
            return None;
        }
        let body: Value = serde_json::from_slice(answer.body()?).ok()?;
        let error = body.get("error")?;
        let code = error.get("code")?.as_i64()?;
        let transient = error.get("is_transient").and_then(Value::as_bool).unwrap_or(false);
        let class = ErrorClass::of(code);
        Some(Self::Code { status: answer.status(), code, class, transient })
    }

    /// Whether to send the same message again shortly.
    ///
    /// Not where it may have been sent already: there is no idempotency key here.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Code { status, class, transient, .. } => match class {
                ErrorClass::Backoff => true,
                ErrorClass::Other => *transient || *status >= 500,
                ErrorClass::Later | ErrorClass::NeedsTemplate | ErrorClass::Configuration | ErrorClass::Message | ErrorClass::Recipient => {
                    *transient
                }
            },
            Self::Call(error) => error.retryable() && error.certainly_nothing_happened(),
        }
    }

    /// Whether the message may be on its way all the same.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        match self {
            Self::Code { .. } => false,
            Self::Call(error) => !error.certainly_nothing_happened(),
        }
    }

    /// The least to wait before sending again, where somebody said so.
    #[must_use]
    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Self::Code { code: 131_056, .. } => Some(PAIR_RATE_WAIT_MS),
            Self::Code { .. } => None,
            Self::Call(error) => error.retry_after_ms(),
        }
    }
}
