//! What a provider tells us about a person, kept out of logs.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A name, UPI address, account number or telephone number as it crossed the wire.
///
/// Unlike a [`Secret`](crate::secret::Secret) it may be stored and sent, so it serialises; it
/// only never prints (personal data is in no log, error or trace).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Personal(String);

impl Personal {
    /// The text itself, for the caller that shows it to its owner or compares it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Personal {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_personal_does_not_print() {
        let vpa = Personal::from("ravi@upi".to_owned());
        assert_eq!(format!("{vpa:?}"), "Personal(..)");
        assert_eq!(vpa.expose(), "ravi@upi");
    }
}
