//! Why a message, a run or a record was not done.

use std::fmt;

use crate::BoxError;

/// Not done. A rule that says no is not this: it is an outcome, kept where someone looks.
#[derive(Debug, thiserror::Error)]
#[error("{kind}")]
pub struct Failed {
    kind: Kind,
    #[source]
    cause: BoxError,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Later,
    Bug,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Later => "to be tried again",
            Self::Bug => "a bug",
        })
    }
}

impl Failed {
    /// Something we depend on does not answer. The next try may go through.
    pub fn later(cause: impl Into<BoxError>) -> Self {
        Self { kind: Kind::Later, cause: cause.into() }
    }

    /// A bug of ours, or a message that is none of ours. Tried again all the same, and set aside
    /// after a few times.
    pub fn bug(cause: impl Into<BoxError>) -> Self {
        Self { kind: Kind::Bug, cause: cause.into() }
    }

    pub fn retryable(&self) -> bool {
        match self.kind {
            Kind::Later => true,
            Kind::Bug => false,
        }
    }

    /// The event of an invocation that does not parse. `error` may quote it, so only its kind and
    /// place are kept.
    pub(super) fn event(what: &str, error: &serde_json::Error) -> Self {
        Self::bug(format!("not an event of {what} ({:?} at column {})", error.classify(), error.column()))
    }
}
