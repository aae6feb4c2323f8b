//! What can go wrong between a command and its commit.

use aws_sdk_dynamodb::{
    error::{ProvideErrorMetadata, SdkError},
    operation::transact_write_items::TransactWriteItemsError,
};

/// The store could not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Throttled, timed out, or the service is down. Whether a write happened is not known; the
    /// same command again finds out.
    #[error("the table did not answer: {what}")]
    Unavailable { what: String },
    /// Others were quicker every time.
    #[error("the record was busy; nothing was written")]
    Busy,
    /// A row that this version cannot read: a bug, and no default would be right.
    #[error("the row {key} cannot be read: {why}")]
    Corrupt { key: String, why: String },
    /// The id of an act to be written down stands for another one already.
    #[error("{id} is another act in the log")]
    OtherAct { id: String },
    /// The service refused the request itself: a bug or a missing permission.
    #[error("the table refused the request: {what}")]
    Rejected { what: String },
}

impl StoreError {
    /// Whether the same command may succeed later as it is.
    pub fn retryable(&self) -> bool {
        match self {
            Self::Unavailable { .. } | Self::Busy => true,
            Self::Corrupt { .. } | Self::OtherAct { .. } | Self::Rejected { .. } => false,
        }
    }
}

/// Codes after which the same request may succeed.
const PASSING: &[&str] = &[
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "RequestLimitExceeded",
    "InternalServerError",
    "ServiceUnavailable",
    "TransactionInProgressException",
    "TransactionConflictException",
];

impl<E: ProvideErrorMetadata + std::fmt::Debug, R: std::fmt::Debug> From<SdkError<E, R>> for StoreError {
    fn from(error: SdkError<E, R>) -> Self {
        let code = error.code().unwrap_or_default().to_owned();
        match error {
            SdkError::ServiceError(_) if !PASSING.contains(&code.as_str()) => {
                let message = error.message().unwrap_or_default().chars().take(200).collect::<String>();
                Self::Rejected { what: format!("{code}: {message}") }
            }
            SdkError::ServiceError(_) => Self::Unavailable { what: code },
            SdkError::ConstructionFailure(_) => Self::Rejected { what: "the request could not be built".to_owned() },
            SdkError::TimeoutError(_) => Self::Unavailable { what: "timed out".to_owned() },
            SdkError::DispatchFailure(_) => Self::Unavailable { what: "not reached".to_owned() },
            _ => Self::Unavailable { what: "unreadable answer".to_owned() },
        }
    }
}

/// Why a transaction did not commit.
pub(crate) enum NotCommitted {
    /// Somebody else wrote one of its rows since they were read: read again.
    Outdated,
    Error(StoreError),
}

pub(crate) fn not_committed<R: std::fmt::Debug>(error: SdkError<TransactWriteItemsError, R>) -> NotCommitted {
    if let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error.as_service_error() {
        let codes = || cancelled.cancellation_reasons().iter().filter_map(|reason| reason.code());
        if codes().any(|code| code == "ConditionalCheckFailed" || code == "TransactionConflict") {
            return NotCommitted::Outdated;
        }
        let what = codes().filter(|code| *code != "None").collect::<Vec<_>>().join(", ");
        let passing = codes().all(|code| matches!(code, "None" | "ProvisionedThroughputExceeded" | "ThrottlingError"));
        return NotCommitted::Error(if passing { StoreError::Unavailable { what } } else { StoreError::Rejected { what } });
    }
    NotCommitted::Error(error.into())
}

/// A command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ExecuteError<R> {
    /// A rule says no. Nothing was written.
    #[error("refused")]
    Refused(R),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl<R> ExecuteError<R> {
    pub fn retryable(&self) -> bool {
        match self {
            Self::Refused(_) => false,
            Self::Store(error) => error.retryable(),
        }
    }
}
