//! What an access token states.

use serde::{Deserialize, Serialize};

use super::role::Role;

/// How long an access token is good for, in seconds.
pub const ACCESS_TOKEN_S: i64 = 15 * 60;

/// The claims of an access token (RFC 9068, as far as we use it). All of them are required but
/// `nbf`, which we check and do not write, and `sid`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    /// The user's id.
    pub sub: String,
    pub role: Role,
    /// Words separated by spaces.
    pub scope: String,
    /// Seconds since 1970, as are `exp` and `nbf`.
    pub iat: i64,
    pub exp: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nbf: Option<i64>,
    /// This token's own id.
    pub jti: String,
    /// The session (refresh token family) that it was issued in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
}

impl Claims {
    pub fn has_scope(&self, word: &str) -> bool {
        self.scope.split(' ').any(|known| known == word)
    }
}
