//! Okra, which was shut down in May 2025 (`banks.md`, section 2). There is no API left to call.

use super::BankError;

/// What everything that is asked of it comes to.
#[must_use]
pub fn discontinued() -> BankError {
    BankError::Discontinued { provider: "okra" }
}
