//! Gig platforms: Uber, and those that are described (`docs/platforms.md`).

use super::BanksSecret;
use crate::deps::Deps;
use lambda::BoxError;
use providers::{
    platforms::{
        configured,
        connector::{Connector, Platform},
        uber,
    },
    secret::Secret,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Our app at Uber.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub(super) struct UberSecret {
    client_id: String,
    client_secret: String,
    /// The hour in India at which a day of work begins.
    #[serde(default)]
    day_rollover_hour: u8,
}

impl Deps {
    pub(super) async fn platform(&self, name: &str) -> Result<Option<Connector>, BoxError> {
        let secret: BanksSecret = self.secret("banks").await?;
        let (http, places) = (self.http()?, &self.places);
        let all = self.access.platforms.of(secret, |secret| {
            let mut all = BTreeMap::new();
            if let (Some(uber), Some(api_url), Some(auth_url)) = (&secret.uber, &places.uber_url, &places.uber_auth_url) {
                let settings = uber::Settings {
                    api_url,
                    auth_url,
                    page_url: auth_url,
                    client_id: &uber.client_id,
                    client_secret: Secret::new(&uber.client_secret)?,
                    day_rollover_hour: uber.day_rollover_hour,
                };
                let client = Platform::Uber(uber::Client::with_http(http.clone(), settings)?);
                all.insert(client.name().to_owned(), Connector::new(client));
            }
            if let Some(descriptions) = &places.platforms {
                let named = |name: &str| secret.platform_keys.get(name).and_then(|key| Secret::new(key).ok());
                for client in configured::load(descriptions, &http, &named)?.into_iter().map(Platform::Configured) {
                    all.insert(client.name().to_owned(), Connector::new(client));
                }
            }
            Ok(all)
        })?;
        Ok(all.get(name).cloned())
    }
}
