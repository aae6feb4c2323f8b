//! Access to those who read banks and pay bills, as this deployment is set up with them.

use crate::{
    deps::{Deps, rotating},
    notices::clients::Kept,
};
use lambda::BoxError;
use providers::{
    banks::{
        connector::{Connector, Provider},
        demo, mono, plaid,
    },
    bills,
    secret::Secret,
    signature,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Clients that hold tokens, or what is known of outages, kept as long as their secret stays as it is.
#[derive(Default)]
pub(crate) struct Access {
    bills: Kept<BillsSecret, bills::Client>,
    banks: Kept<BanksSecret, BTreeMap<&'static str, Connector>>,
}

/// The payer of bills, as it took us on. Without a client id there is none.
#[derive(Clone, PartialEq, Eq, Deserialize)]
struct BillsSecret {
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    client_secret: String,
    #[serde(default)]
    partner_id: String,
    agent: Option<bills::Agent>,
    webhook_secret: String,
    #[serde(default)]
    webhook_secret_previous: Option<String>,
    /// Where the signature of a webhook stands; the provider does not document it.
    #[serde(default)]
    webhook_header: Option<String>,
}

/// What a webhook of the payer of bills is believed by.
pub struct BillsDoor {
    pub header: String,
    pub secrets: signature::Secrets,
}

/// Readers of banks. Those that are not named are not used.
#[derive(Clone, PartialEq, Eq, Deserialize)]
struct BanksSecret {
    #[serde(default)]
    demo: Option<DemoSecret>,
    #[serde(default)]
    mono: Option<MonoSecret>,
    #[serde(default)]
    plaid: Option<PlaidSecret>,
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
struct DemoSecret {
    client_id: String,
    client_secret: String,
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
struct MonoSecret {
    secret_key: String,
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
struct PlaidSecret {
    client_id: String,
    secret: String,
}

/// What our wallet is called in the account details of a bill's payment.
const WALLET: &str = "Kamai";

impl Deps {
    /// The payer of bills; `None` where this deployment has none.
    pub async fn bills(&self) -> Result<Option<bills::Client>, BoxError> {
        let secret: BillsSecret = self.secret("bills").await?;
        let (Some(url), Some(_), false) = (self.places.bills_url.clone(), &secret.agent, secret.client_id.is_empty()) else {
            return Ok(None);
        };
        let http = self.http()?;
        let client = self.access.bills.of(secret, |secret| {
            let agent = secret.agent.clone().ok_or("the bill agent is missing")?;
            let setup = bills::Setup {
                base_url: &url,
                client_id: &secret.client_id,
                client_secret: Secret::new(&secret.client_secret)?,
                partner_id: &secret.partner_id,
                agent,
                wallet: WALLET,
            };
            Ok(bills::Client::with_http(http, setup)?)
        })?;
        Ok(Some(client))
    }

    pub async fn bills_door(&self) -> Result<BillsDoor, BoxError> {
        let secret: BillsSecret = self.secret("bills").await?;
        let header = secret.webhook_header.clone().unwrap_or_else(|| bills::SIGNATURE_HEADER.to_owned());
        Ok(BillsDoor { header, secrets: rotating(&secret.webhook_secret, secret.webhook_secret_previous.as_deref())? })
    }

    /// A reader of banks by its name; `None` where this deployment has no access to it.
    ///
    /// # Errors
    ///
    /// Also where it is configured for a country in which it has no banks.
    pub async fn connector(&self, provider: &str) -> Result<Option<Connector>, BoxError> {
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
                let settings = plaid::Settings {
                    client_id: plaid.client_id.clone(),
                    secret: Secret::new(&plaid.secret)?,
                    client_name: "Kamai".to_owned(),
                    language: "en".to_owned(),
                    country_codes: vec![country.to_owned()],
                    webhook_url: None,
                    history_days: HISTORY_DAYS,
                };
                add(Provider::Plaid(plaid::Client::with_http(http.clone(), url, settings)?))?;
            }
            Ok(all)
        })?;
        Ok(all.get(provider).cloned())
    }
}

/// How far back one reads where the reader asks.
const HISTORY_DAYS: u16 = 180;
