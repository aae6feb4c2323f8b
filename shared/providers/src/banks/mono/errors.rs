//! Mono's refusals.
//!
//! \[U\] They say `{status, message}`, and nothing for machines that the sheet documents: what is
//! known is the status and what was asked. A 400 on an account that wants a new sign-in is told by
//! the word that its event has, too.

use serde::de::DeserializeOwned;

use crate::banks::BankError;
use crate::call::{Answer, CallError};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Exchange,
    Account,
}

pub(super) fn weigh<T: DeserializeOwned>(answer: Answer, asked: Asked) -> Result<T, BankError> {
    answer.read().map_err(|error| match (&error, asked) {
        (CallError::Refused { status: 400 | 404 | 410 | 422, .. }, Asked::Exchange) => BankError::LinkExpired,
        (CallError::Refused { status: 404 | 410, .. }, Asked::Account) => BankError::AccessWithdrawn,
        (CallError::Refused { status: 400 | 403, description: Some(text), .. }, Asked::Account) if wants_sign_in(text) => {
            BankError::SignInAgain
        }
        _ => error.into(),
    })
}

fn wants_sign_in(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.contains("reauth") || text.contains("re-auth")
}
