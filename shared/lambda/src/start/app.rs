//! What a function needs before its first event, and how its process ends.

use std::borrow::Cow;
use std::process::{ExitCode, Termination};

use crate::BoxError;

/// A handler's dependencies: clients, settings, keys. Made once, before the first event is
/// asked for, and shared by all of them.
pub trait App: Sized + Send + Sync + 'static {
    fn start() -> impl Future<Output = Result<Self, StartError>>;
}

/// Why a function cannot start. Names what is missing, never a value.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct StartError {
    what: Cow<'static, str>,
    #[source]
    cause: Option<BoxError>,
}

impl StartError {
    pub fn new(what: impl Into<Cow<'static, str>>) -> Self {
        Self { what: what.into(), cause: None }
    }

    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<BoxError>) -> Self {
        self.cause = Some(cause.into());
        self
    }
}

/// How a binary ends. What happened is in the log; this is only the status.
#[derive(Debug, PartialEq, Eq)]
#[must_use]
pub struct Exit {
    pub(super) failed: bool,
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        if self.failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}
