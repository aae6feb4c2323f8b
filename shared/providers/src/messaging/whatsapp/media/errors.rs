//! Why a file is not to be had, or not taken.

use super::super::SendError;
use crate::call::CallError;

/// Why a file was not fetched or not uploaded. Nothing comes of trying again but the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// Meta said no, or did not answer.
    #[error(transparent)]
    Refused(#[from] SendError),
    #[error("the file has more than {bytes_max} bytes")]
    TooLarge { bytes_max: usize },
    /// Its address is on no host that is shown our token.
    #[error("the file is on another host than Meta's")]
    Elsewhere,
    /// Its hash is not what Meta told, or that is no hash.
    #[error("the file is not the one whose hash was told")]
    Altered,
}

impl From<CallError> for MediaError {
    fn from(error: CallError) -> Self {
        Self::Refused(error.into())
    }
}

impl MediaError {
    /// Whether the same file may be had, or taken, another time.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            // A file that comes twice does no harm, unlike a message.
            Self::Refused(SendError::Call(error)) => error.retryable(),
            Self::Refused(error) => error.retryable(),
            Self::Altered => true,
            Self::TooLarge { .. } | Self::Elsewhere => false,
        }
    }

    /// The least to wait before trying again, where Meta said so.
    #[must_use]
    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Self::Refused(error) => error.retry_after_ms(),
            Self::TooLarge { .. } | Self::Elsewhere | Self::Altered => None,
        }
    }
}
