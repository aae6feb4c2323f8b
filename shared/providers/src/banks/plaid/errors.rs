//! Plaid's refusals: `{error_type, error_code, error_message, display_message, request_id}`.
//!
//! Source: `banks.md`, section 3, "Errors". Codes that it does not name are from memory \[U\], and
//! those that nobody knows count by their type, then by the status.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::banks::BankError;
use crate::call::{Answer, CallError, Doubt};

/// The one refusal that a reading answers by itself: it begins again.
pub(super) const MUTATION: &str = "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION";

#[derive(Default, Deserialize)]
struct Said {
    #[serde(default)]
    error_type: String,
    #[serde(default)]
    error_code: String,
}

/// The code of a refusal; empty where there is none.
pub(super) fn code(answer: &Answer) -> String {
    said(answer).error_code
}

/// The value, or what the refusal means.
pub(super) fn weigh<T: DeserializeOwned>(answer: Answer) -> Result<T, BankError> {
    let said = said(&answer);
    answer.read().map_err(|error| match error {
        CallError::Refused { status, field, .. } => known(&said, status)
            .unwrap_or_else(|| CallError::Refused { status, code: word(said.error_code), reason: None, description: None, field }.into()),
        // Their limits come as 429, and are told apart from an edge's by nothing we need.
        other => other.into(),
    })
}

fn said(answer: &Answer) -> Said {
    if (200..=299).contains(&answer.status()) {
        return Said::default();
    }
    answer.body().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default()
}

fn known(said: &Said, status: u16) -> Option<BankError> {
    let error = match said.error_code.as_str() {
        "ITEM_LOGIN_REQUIRED" | "INVALID_CREDENTIALS" | "INVALID_MFA" | "ITEM_LOCKED" | "USER_SETUP_REQUIRED" => BankError::SignInAgain,
        "INVALID_ACCESS_TOKEN" | "ITEM_NOT_FOUND" | "USER_PERMISSION_REVOKED" | "ACCESS_NOT_GRANTED" | "NO_ACCOUNTS" => {
            BankError::AccessWithdrawn
        }
        "INVALID_PUBLIC_TOKEN" | "INVALID_LINK_TOKEN" => BankError::LinkExpired,
        "PRODUCT_NOT_READY" | "RATE_LIMIT_EXCEEDED" | MUTATION => BankError::TryLater { after_ms: None },
        "INSTITUTION_DOWN" | "INSTITUTION_NOT_RESPONDING" | "INSTITUTION_NOT_AVAILABLE" | "PLANNED_MAINTENANCE" => BankError::BankDown,
        "INTERNAL_SERVER_ERROR" => BankError::ProviderDown(CallError::Unknown { why: Doubt::ProviderFault(status) }),
        _ => match said.error_type.as_str() {
            "RATE_LIMIT_EXCEEDED" => BankError::TryLater { after_ms: None },
            "API_ERROR" => BankError::ProviderDown(CallError::Unknown { why: Doubt::ProviderFault(status) }),
            "INSTITUTION_ERROR" => BankError::BankDown,
            _ => return None,
        },
    };
    Some(error)
}

/// A code as it may be logged.
fn word(code: String) -> Option<String> {
    let fits =
        (1..=80).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    fits.then_some(code)
}
