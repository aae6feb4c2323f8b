//! What Twilio's error codes ask of us.
//!
//! Source: `whatsapp.md`, B5. The same codes come with an `undelivered` or `failed` status later on.

use serde_json::Value;

use crate::call::{Answer, CallError};

/// What a code asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorClass {
    /// Send again soon, each time later.
    Retry,
    /// Send again, but once only: nobody knows what went wrong.
    RetryOnce,
    /// Send a template: they have not written within 24 hours.
    NeedsTemplate,
    /// They want no messages from us. Sending again is against their word.
    OptedOut,
    /// This recipient cannot be reached here.
    Recipient,
    /// This message will never do.
    Message,
    /// Stop sending and have somebody look: credentials, permissions, registrations.
    Configuration,
    /// Not on the sheet.
    Other,
}

impl ErrorClass {
    #[must_use]
    pub fn of(code: u32) -> Self {
        match code {
            20_429 | 63_012 | 63_018 => Self::Retry,
            // The meaning of 30003 to 30008 and of 21408 is unverified.
            30_008 => Self::RetryOnce,
            63_016 => Self::NeedsTemplate,
            21_610 => Self::OptedOut,
            21_211 | 21_614 | 30_003 | 30_005 | 30_006 | 63_003 | 63_024 | 63_032 => Self::Recipient,
            21_657 | 30_007 | 63_021 => Self::Message,
            12_200 | 20_003 | 21_408 | 21_901 => Self::Configuration,
            _ => Self::Other,
        }
    }
}

/// Why a message was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Twilio answered with a code of its own, so nothing was sent.
    #[error("refused with status {status}, code {code}")]
    Code { status: u16, code: u32, class: ErrorClass },
    /// It came to no such answer.
    #[error(transparent)]
    Call(#[from] CallError),
}

impl SendError {
    /// Twilio's code, where the answer is a definite no and has one. How long to wait after a 429
    /// is in its headers, which [`Answer::read`] minds.
    pub(super) fn read(answer: &Answer) -> Option<Self> {
        let status = answer.status();
        if !(400..=499).contains(&status) || matches!(status, 408 | 409 | 425 | 429) {
            return None;
        }
        let body: Value = serde_json::from_slice(answer.body()?).ok()?;
        let code = u32::try_from(body.get("code")?.as_u64()?).ok()?;
        Some(Self::Code { status, code, class: ErrorClass::of(code) })
    }

    /// Whether to send the same message again shortly.
    ///
    /// Not where it may have been sent already: there is no idempotency key here.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Code { class, .. } => match class {
                ErrorClass::Retry | ErrorClass::RetryOnce => true,
                ErrorClass::NeedsTemplate
                | ErrorClass::OptedOut
                | ErrorClass::Recipient
                | ErrorClass::Message
                | ErrorClass::Configuration
                | ErrorClass::Other => false,
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

    /// The least to wait before sending again, where Twilio said so.
    #[must_use]
    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Self::Code { .. } => None,
            Self::Call(error) => error.retry_after_ms(),
        }
    }
}
