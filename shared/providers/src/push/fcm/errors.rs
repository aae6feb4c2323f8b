//! What Google's error codes ask of us.
//!
//! Source: `push.md`, A3.

use serde_json::Value;

use super::Accepted;
use crate::call::{Answer, CallError};
use crate::push::{Gone, SendError};

/// What a refusal is told apart by: the `FcmError` among its details, else its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    Unregistered,
    InvalidArgument,
    SenderIdMismatch,
    QuotaExceeded,
    Unavailable,
    Internal,
    ThirdPartyAuthError,
    Unauthenticated,
    PermissionDenied,
}

impl Code {
    /// `None` for a success, and for an answer that is not Google's.
    pub(super) fn read(answer: &Answer) -> Option<Self> {
        if (200..300).contains(&answer.status()) {
            return None;
        }
        let body: Value = serde_json::from_slice(answer.body()?).ok()?;
        let error = body.get("error")?;
        let details = error.get("details").and_then(Value::as_array).into_iter().flatten();
        details
            .filter(|detail| detail["@type"].as_str().is_some_and(|kind| kind.ends_with(".FcmError")))
            .find_map(|detail| Self::of(detail["errorCode"].as_str()?))
            .or_else(|| Self::of(error.get("status")?.as_str()?))
    }

    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "UNREGISTERED" | "NOT_FOUND" => Self::Unregistered,
            "INVALID_ARGUMENT" => Self::InvalidArgument,
            "SENDER_ID_MISMATCH" => Self::SenderIdMismatch,
            "QUOTA_EXCEEDED" | "RESOURCE_EXHAUSTED" => Self::QuotaExceeded,
            "UNAVAILABLE" => Self::Unavailable,
            "INTERNAL" => Self::Internal,
            "THIRD_PARTY_AUTH_ERROR" => Self::ThirdPartyAuthError,
            "UNAUTHENTICATED" => Self::Unauthenticated,
            "PERMISSION_DENIED" => Self::PermissionDenied,
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            Self::Unregistered => "UNREGISTERED",
            Self::InvalidArgument => "INVALID_ARGUMENT",
            Self::SenderIdMismatch => "SENDER_ID_MISMATCH",
            Self::QuotaExceeded => "QUOTA_EXCEEDED",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
            Self::ThirdPartyAuthError => "THIRD_PARTY_AUTH_ERROR",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::PermissionDenied => "PERMISSION_DENIED",
        }
    }
}

pub(super) fn weigh(answer: Answer, now: i64) -> Result<Accepted, SendError> {
    let code = Code::read(&answer);
    let asked = answer.retry_after(now);
    match (answer.read(), code) {
        (Ok(accepted), _) => Ok(accepted),
        (Err(cause), Some(code)) => Err(of(code, cause).not_before(asked)),
        (Err(cause), None) => Err(SendError::from(cause).not_before(asked)),
    }
}

fn of(code: Code, cause: CallError) -> SendError {
    let cause = called(cause, code);
    match code {
        Code::Unregistered => SendError::Gone { why: Gone::Unregistered },
        Code::InvalidArgument if is_about_the_token(&cause) => SendError::Gone { why: Gone::Unregistered },
        Code::InvalidArgument => SendError::Payload { cause },
        Code::SenderIdMismatch => SendError::Gone { why: Gone::OtherSender },
        Code::QuotaExceeded | Code::Unavailable | Code::Internal => SendError::later(cause),
        Code::ThirdPartyAuthError | Code::Unauthenticated | Code::PermissionDenied => SendError::Ours { cause },
    }
}

/// The refusal under FCM's word for it, since `error.code` merely repeats the status.
fn called(cause: CallError, code: Code) -> CallError {
    match cause {
        CallError::Refused { status, reason, description, field, .. } => {
            CallError::Refused { status, code: Some(code.word().to_owned()), reason, description, field }
        }
        other => other,
    }
}

/// Whether an invalid argument is the token, which Google says in a sentence only: "The
/// registration token is not a valid FCM registration token". Should it ever say so in other
/// words, the token is kept and somebody looks.
fn is_about_the_token(cause: &CallError) -> bool {
    let CallError::Refused { description: Some(said), .. } = cause else { return false };
    said.to_ascii_lowercase().contains("registration token is not a valid")
}
