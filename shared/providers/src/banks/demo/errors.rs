//! The demo bank's refusals: `{"error", "reason"?, "error_description"}`, in the words of RFC 6749
//! (5.2) and RFC 6750 (3.1), with a reason of its own where a consent is over.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::banks::BankError;
use crate::call::{Answer, CallError};

/// What was asked, since the same word means another thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Exchange,
    Renewal,
    Reading,
    Revocation,
}

#[derive(Default, Deserialize)]
struct Said {
    #[serde(default)]
    error: String,
    #[serde(default)]
    reason: String,
}

/// The value, or what the refusal means.
pub(super) fn weigh<T: DeserializeOwned>(answer: Answer, asked: Asked) -> Result<T, BankError> {
    let said: Said = answer.body().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
    answer.read().map_err(|error| match error {
        CallError::Refused { .. } => known(&said, asked).unwrap_or_else(|| error.into()),
        other => other.into(),
    })
}

fn known(said: &Said, asked: Asked) -> Option<BankError> {
    match (said.error.as_str(), said.reason.as_str(), asked) {
        (_, "consent_withdrawn", _) => Some(BankError::AccessWithdrawn),
        (_, "consent_expired", _) => Some(BankError::SignInAgain),
        ("invalid_grant", _, Asked::Exchange) => Some(BankError::LinkExpired),
        ("invalid_grant", _, Asked::Renewal) => Some(BankError::SignInAgain),
        ("invalid_token", _, Asked::Reading) => Some(BankError::TokensStale),
        _ => None,
    }
}
