//! The service account that speaks for the project.
//!
//! Source: `push.md`, A1.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::json;

use crate::call::{SetupError, read_json};
use crate::push::jwt::Unsigned;
use crate::secret::Secret;

const SCOPE: &str = "https://www.googleapis.com/auth/firebase.messaging";

/// From `iat` to `exp`: the most that Google takes.
const ASSERTION_SECONDS: i64 = 3600;

/// How far `iat` lies in the past, so that a clock of ours that is a little fast does not sign
/// from the future.
const CLOCK_SKEW_SECONDS: i64 = 10;

/// What Google's JSON file of a service account says. Does not print its key.
#[derive(Clone)]
pub struct ServiceAccount {
    project_id: String,
    client_email: String,
    private_key_id: String,
    token_uri: String,
    key: Arc<RsaKeyPair>,
}

#[derive(Deserialize)]
struct Wire {
    project_id: String,
    client_email: String,
    private_key_id: String,
    private_key: String,
    token_uri: String,
}

impl ServiceAccount {
    /// Reads the file as it is downloaded from Google's console.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where it lacks something, or its key is no RSA key in PKCS #8.
    pub fn from_json(file: &Secret) -> Result<Self, SetupError> {
        let wire: Wire = read_json(file.expose().as_bytes()).map_err(|_| SetupError::Unusable("the FCM service account"))?;
        let in_path = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':');
        if wire.project_id.is_empty() || !wire.project_id.bytes().all(in_path) {
            return Err(SetupError::Unusable("the FCM project id"));
        }
        let key = der_of(&wire.private_key)
            .and_then(|der| RsaKeyPair::from_pkcs8(&der).ok())
            .ok_or(SetupError::Unusable("the FCM service account's private key"))?;
        Ok(Self {
            project_id: wire.project_id,
            client_email: wire.client_email,
            private_key_id: wire.private_key_id,
            token_uri: wire.token_uri,
            key: Arc::new(key),
        })
    }

    pub(super) fn project_id(&self) -> &str {
        &self.project_id
    }

    /// The signed claim that we are this account; `None` if the key cannot sign.
    pub(super) fn assertion(&self, now: i64) -> Option<String> {
        let issued = now - CLOCK_SKEW_SECONDS;
        let token = Unsigned::new(
            &json!({ "alg": "RS256", "typ": "JWT", "kid": self.private_key_id }),
            &json!({
                "iss": self.client_email,
                "scope": SCOPE,
                "aud": self.token_uri,
                "iat": issued,
                "exp": issued + ASSERTION_SECONDS,
            }),
        );
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), token.input(), &mut signature).ok()?;
        Some(token.signed(&signature))
    }
}

impl fmt::Debug for ServiceAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceAccount").field("project_id", &self.project_id).finish_non_exhaustive()
    }
}

/// The bytes of a private key in PEM, whose line ends may have been written as `\n` on the way
/// through an environment variable.
fn der_of(pem: &str) -> Option<Vec<u8>> {
    let pem = pem.replace("\\n", "\n");
    let body = pem.trim().strip_prefix("-----BEGIN PRIVATE KEY-----")?.strip_suffix("-----END PRIVATE KEY-----")?;
    STANDARD.decode(body.split_whitespace().collect::<String>()).ok()
}
