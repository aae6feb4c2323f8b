//! A credential that does not print.

use std::fmt;
use std::sync::Arc;

/// A credential: an API key, a webhook secret, a token.
///
/// Never empty, because an empty HMAC key is one that everybody knows. Cheap to clone. It has
/// no `Display` and no `Serialize`, so that it reaches neither a log nor a reply; comparing two
/// of them is left out too, since `==` on strings takes longer the more of them is right.
#[derive(Clone)]
pub struct Secret(Arc<str>);

/// The credential is missing from the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret is empty")]
pub struct SecretMissing;

impl Secret {
    /// Takes the credential as it is: white space counts.
    ///
    /// # Errors
    ///
    /// [`SecretMissing`] where there is nothing, or nothing but white space.
    pub fn new(text: impl AsRef<str>) -> Result<Self, SecretMissing> {
        let text = text.as_ref();
        if text.trim().is_empty() {
            return Err(SecretMissing);
        }
        Ok(Self(Arc::from(text)))
    }

    /// The credential itself, for the one place that sends it or signs with it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_print() {
        let secret = Secret::new("hunter2").unwrap();
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        assert_eq!(secret.expose(), "hunter2");
    }

    #[test]
    fn an_empty_secret_cannot_be_made() {
        assert_eq!(Secret::new("").unwrap_err(), SecretMissing);
        assert_eq!(Secret::new(" \n").unwrap_err(), SecretMissing);
    }
}
