//! The aggregator's own key.

use std::sync::OnceLock;

use account_aggregator::jws::{self, Encoding, Jwk};
use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use serde::Deserialize;

use crate::config::AccountAggregator;

const KID: &str = "aa-sandbox-key-1";

/// A private key as configuration has it: PEM of PKCS #8.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct SigningKey(jws::SigningKey);

impl TryFrom<String> for SigningKey {
    type Error = jws::CannotSign;

    fn try_from(pem: String) -> Result<Self, Self::Error> {
        jws::SigningKey::from_pem(KID, &pem, Encoding::Unencoded).map(Self)
    }
}

pub struct Signer {
    api_key: String,
    encoding: Encoding,
    /// Made when it is first wanted: an RSA key takes a moment, and most sandboxes play no aggregator.
    key: OnceLock<jws::SigningKey>,
}

impl Signer {
    pub fn new(config: &AccountAggregator) -> Self {
        let encoding = if config.signs_unencoded { Encoding::Unencoded } else { Encoding::Base64Url };
        let key = OnceLock::new();
        if let Some(SigningKey(configured)) = &config.signing_key {
            let _ = key.set(configured.clone().in_encoding(encoding));
        }
        Self { api_key: config.api_key.clone(), encoding, key }
    }

    pub fn api_key(&self) -> &str {
        &self.api_key
    }

    /// `x-jws-signature` for a body.
    pub fn detached(&self, body: &[u8]) -> String {
        self.key().sign_detached(body).unwrap_or_default()
    }

    /// An artefact with its signature.
    pub fn compact(&self, payload: &[u8]) -> String {
        self.key().sign_compact(payload).unwrap_or_default()
    }

    pub fn jwk(&self) -> Jwk {
        self.key().jwk()
    }

    fn key(&self) -> &jws::SigningKey {
        self.key.get_or_init(|| match make(self.encoding) {
            Some(key) => key,
            None => {
                // Going on would sign nothing, which looks like a bug of the caller's.
                tracing::error!("this machine makes no RSA key");
                std::process::abort();
            }
        })
    }
}

fn make(encoding: Encoding) -> Option<jws::SigningKey> {
    let key = KeyPair::generate(KeySize::Rsa2048).ok()?;
    jws::SigningKey::from_pkcs8(KID, key.as_der().ok()?.as_ref(), encoding).ok()
}
