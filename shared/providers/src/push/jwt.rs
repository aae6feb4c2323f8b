//! The compact form of a signed token (RFC 7515, section 7.1).

use serde_json::Value;

use super::base64url;

/// A token of which only the signature is missing.
pub(super) struct Unsigned(String);

impl Unsigned {
    pub(super) fn new(header: &Value, claims: &Value) -> Self {
        Self(format!("{}.{}", base64url::encode(header.to_string()), base64url::encode(claims.to_string())))
    }

    /// What the signature is over.
    pub(super) fn input(&self) -> &[u8] {
        self.0.as_bytes()
    }

    pub(super) fn signed(self, signature: &[u8]) -> String {
        format!("{}.{}", self.0, base64url::encode(signature))
    }
}
