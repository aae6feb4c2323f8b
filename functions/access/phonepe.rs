//! Access to PhonePe's payment gateway, and what its webhooks are believed by.

use crate::deps::Deps;
use lambda::BoxError;
use providers::{
    phonepe::{ChecksumKey, Client, Door, Login, Setup},
    secret::Secret,
};
use serde::Deserialize;

/// PhonePe, as it took us on. Without a client id there is none.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct PhonepeSecret {
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    client_secret: String,
    #[serde(default = "first_version")]
    client_version: String,
    /// Of webhooks of the kind HMAC. Two while one is replaced by another.
    #[serde(default)]
    webhook_keys: Vec<KeySecret>,
    /// Of webhooks of the kind SHA, which do not cover their body. None where none are to be believed.
    #[serde(default)]
    webhook_logins: Vec<LoginSecret>,
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
struct KeySecret {
    id: String,
    secret: String,
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
struct LoginSecret {
    username: String,
    password: String,
}

fn first_version() -> String {
    "1".to_owned()
}

impl Deps {
    /// PhonePe's gateway; `None` where this deployment has none.
    pub async fn phonepe(&self) -> Result<Option<Client>, BoxError> {
        let secret: PhonepeSecret = self.secret("phonepe").await?;
        let (Some(url), false) = (self.places.phonepe_url.as_deref(), secret.client_id.is_empty()) else { return Ok(None) };
        let token_url = self.places.phonepe_token_url.as_deref().unwrap_or(url);
        let http = self.http()?;
        let client = self.access.phonepe.of(secret, |secret| {
            let setup = Setup {
                base_url: url,
                token_url,
                client_id: &secret.client_id,
                client_secret: Secret::new(&secret.client_secret)?,
                client_version: &secret.client_version,
            };
            Ok(Client::with_http(http, setup)?)
        })?;
        Ok(Some(client))
    }

    pub async fn phonepe_door(&self) -> Result<Door, BoxError> {
        let secret: PhonepeSecret = self.secret("phonepe").await?;
        let keys = secret.webhook_keys.into_iter().map(|key| Ok(ChecksumKey { id: key.id, secret: Secret::new(&key.secret)? }));
        let logins =
            secret.webhook_logins.into_iter().map(|login| Ok(Login { username: login.username, password: Secret::new(&login.password)? }));
        Ok(Door { keys: keys.collect::<Result<_, BoxError>>()?, logins: logins.collect::<Result<_, BoxError>>()? })
    }
}
