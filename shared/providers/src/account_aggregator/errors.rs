//! What keeps an aggregator's answer from us.

use account_aggregator::jws::CannotSign;
use account_aggregator::reply::BadReply;
use account_aggregator::wire::{BadArtefact, ErrorCode};
use serde::Deserialize;

use crate::call::{Answer, CallError, read_json_object};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AggregatorError {
    /// No answer in ReBIT's words.
    #[error(transparent)]
    Call(#[from] CallError),
    /// A definite no. `code` is `None` where the aggregator has a word of its own, or says none.
    #[error("refused with status {status} ({})", .code.map_or("no code", ErrorCode::as_str))]
    Refused { status: u16, code: Option<ErrorCode> },
    /// A success that is not to be believed. What was asked for may have happened.
    #[error("the answer is discarded: {0}")]
    Discarded(#[from] BadReply),
    #[error("the artefact is discarded: {0}")]
    Artefact(#[from] BadArtefact),
    #[error("the request cannot be signed")]
    CannotSign,
}

#[derive(Deserialize)]
struct Coded {
    #[serde(rename = "errorCode")]
    code: Option<String>,
}

impl AggregatorError {
    /// What an answer means that is no success.
    pub(super) fn of(answer: Answer) -> Self {
        let status = answer.status();
        let coded = answer.body().and_then(|body| read_json_object::<Coded>(body).ok());
        let code = coded.and_then(|coded| ErrorCode::from_text(coded.code.as_deref()?));
        match answer.refused() {
            CallError::Refused { .. } => Self::Refused { status, code },
            // The one 409 that is certain: the transaction's id was used before.
            CallError::Unknown { .. } if code == Some(ErrorCode::IdempotencyError) => Self::Refused { status, code },
            other => Self::Call(other),
        }
    }

    /// Whether the same call, as a new transaction, may bring more than this one did.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Call(error) => error.retryable(),
            Self::Refused { code, .. } => matches!(code, Some(ErrorCode::DataFetchRequestInProgress)),
            // As when a key of the aggregator's is new: once it was looked up, the answer can be read.
            Self::Discarded(_) => true,
            Self::Artefact(_) | Self::CannotSign => false,
        }
    }

    /// The aggregator's word, where it refused with one.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused { code, .. } => *code,
            Self::Call(_) | Self::Discarded(_) | Self::Artefact(_) | Self::CannotSign => None,
        }
    }
}

impl From<CannotSign> for AggregatorError {
    fn from(_: CannotSign) -> Self {
        Self::CannotSign
    }
}
