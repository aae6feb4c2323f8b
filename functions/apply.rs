//! What a provider told, by webhook or on request, becomes one command.

pub mod consent;
mod heard;
pub mod notice;
pub mod otp;
pub mod payee;
pub mod payment;
pub mod payout;
pub mod phonepe;
pub mod refund;
pub mod terms;

pub use heard::{Heard, together};

use lambda::{BoxError, Failed};
use providers::call::CallError;
use store::{ExecuteError, StoreError};

/// A command that was not carried out, for a queue: a store that does not answer is asked again;
/// a refusal here means that a message names what does not exist.
pub(crate) fn failed<R: std::fmt::Debug>(error: ExecuteError<R>) -> Failed {
    match error {
        ExecuteError::Refused(refusal) => Failed::bug(format!("refused: {refusal:?}")),
        ExecuteError::Store(error) => store_failed(error),
    }
}

pub(crate) fn store_failed(error: StoreError) -> Failed {
    if error.retryable() { Failed::later(error) } else { Failed::bug(error) }
}

/// A provider that did not answer, or not usefully.
pub(crate) fn call_failed(error: CallError) -> Failed {
    if error.retryable() { Failed::later(error) } else { Failed::bug(error) }
}

/// A secret or setting that cannot be had now.
pub(crate) fn setup_failed(error: BoxError) -> Failed {
    Failed::later(error)
}
