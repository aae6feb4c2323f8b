//! Those who read banks by their own interfaces: the demo bank, Mono and Plaid.

use super::BanksSecret;
use crate::deps::{Deps, rotating};
use lambda::BoxError;
use providers::{
    banks::{
        connector::{Connector, Provider},
        demo, mono, plaid,
    },
    secret::Secret,
    signature,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How far back one reads where the reader asks.
const HISTORY_DAYS: u16 = 180;

#[derive(Clone, PartialEq, Eq, Deserialize)]
pub(super) struct DemoSecret {
    client_id: String,
    client_secret: String,
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
pub(super) struct MonoSecret {
    secret_key: String,
    /// Set in Mono's dashboard; without one nothing is taken from it.
    #[serde(default)]
    webhook_secret: Option<String>,
    #[serde(default)]
    webhook_secret_previous: Option<String>,
    #[serde(default)]
    webhook_mode: mono::Mode,
}

/// What Mono's webhooks are believed by.
pub struct MonoDoor {
    pub secrets: signature::Secrets,
    pub mode: mono::Mode,
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
pub(super) struct PlaidSecret {
    client_id: String,
    secret: String,
}

impl Deps {
    /// Believes Plaid's webhooks, by keys that it is asked for; `None` where this deployment takes none.
    pub async fn plaid_verifier(&self) -> Result<Option<plaid::Verifier>, BoxError> {
        let secret: BanksSecret = self.secret("banks").await?;
        let (Some(secret), Some(url)) = (secret.plaid, &self.places.plaid_url) else { return Ok(None) };
        let (http, settings) = (self.http()?, self.plaid_settings(&secret)?);
        let make = |_: &PlaidSecret| Ok(plaid::Verifier::new(plaid::Client::with_http(http, url, settings)?));
        self.access.plaid.of(secret, make).map(Some)
    }

    pub async fn mono_door(&self) -> Result<Option<MonoDoor>, BoxError> {
        let secret: BanksSecret = self.secret("banks").await?;
        let Some(mono) = secret.mono else { return Ok(None) };
        let Some(current) = &mono.webhook_secret else { return Ok(None) };
        let secrets = rotating(current, mono.webhook_secret_previous.as_deref())?;
        Ok(Some(MonoDoor { secrets, mode: mono.webhook_mode }))
    }

    fn plaid_settings(&self, secret: &PlaidSecret) -> Result<plaid::Settings, BoxError> {
        Ok(plaid::Settings {
            client_id: secret.client_id.clone(),
            secret: Secret::new(&secret.secret)?,
            client_name: "Kamai".to_owned(),
            language: "en".to_owned(),
            country_codes: vec![self.settings.country.as_str().to_owned()],
            webhook_url: self.places.public_url.as_ref().map(|url| format!("{url}/webhooks/plaid")),
            history_days: HISTORY_DAYS,
        })
    }

    pub(super) async fn connector(&self, provider: &str) -> Result<Option<Connector>, BoxError> {
        let secret: BanksSecret = self.secret("banks").await?;
        let http = self.http()?;
        let country = self.settings.country.as_str();
        let places = &self.places;
        let all = self.access.banks.of(secret, |secret| {
            let mut all = BTreeMap::new();
            let mut add = |provider: Provider| -> Result<(), BoxError> {
                all.insert(provider.name(), Connector::new(provider, country)?);
                Ok(())
            };
            if let (Some(demo), Some(url), Some(page)) = (&secret.demo, &places.demo_bank_url, &places.demo_bank_page_url) {
                let key = Secret::new(&demo.client_secret)?;
                add(Provider::Demo(demo::Client::with_http(http.clone(), url, page, &demo.client_id, key)?))?;
            }
            if let (Some(mono), Some(url)) = (&secret.mono, &places.mono_url) {
                add(Provider::Mono(mono::Client::with_http(http.clone(), url, &Secret::new(&mono.secret_key)?)?))?;
            }
            if let (Some(plaid), Some(url)) = (&secret.plaid, &places.plaid_url) {
                let settings = self.plaid_settings(plaid)?;
                add(Provider::Plaid(plaid::Client::with_http(http.clone(), url, settings)?))?;
            }
            Ok(all)
        })?;
        Ok(all.get(provider).cloned())
    }
}
