//! Access to those who read banks and platforms, pay bills and take payments, as this deployment is set up with
//! them.

mod phonepe;

use crate::{
    banks::{Aggregator, Entry, Kind, Reader},
    deps::{Deps, rotating},
    notices::clients::Kept,
};
use account_aggregator::{
    crypto::Curve,
    jws::{CannotSign, Encoding, Jwk, KeySet, SigningKey},
    licence::{ActingAs, Licence},
    wire::Version,
};
use lambda::BoxError;
use providers::{
    account_aggregator as aggregators,
    banks::{
        connector::{Connector, Provider},
        demo, mono, plaid,
    },
    bills,
    platforms::{
        configured,
        connector::{self as platforms, Platform},
        uber,
    },
    secret::Secret,
    signature,
};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};

/// Clients that hold tokens, or what is known of outages, kept as long as their secret stays as it is.
#[derive(Default)]
pub(crate) struct Access {
    bills: Kept<BillsSecret, bills::Client>,
    phonepe: Kept<phonepe::PhonepeSecret, providers::phonepe::Client>,
    banks: Kept<BanksSecret, BTreeMap<&'static str, Connector>>,
    aggregator: Kept<AggregatorSecret, aggregators::Client>,
    platforms: Kept<BanksSecret, BTreeMap<String, platforms::Connector>>,
    plaid: Kept<PlaidSecret, plaid::Verifier>,
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

/// Readers of banks and platforms. Those that are not named are not used.
#[derive(Clone, PartialEq, Eq, Deserialize)]
struct BanksSecret {
    #[serde(default)]
    demo: Option<DemoSecret>,
    #[serde(default)]
    mono: Option<MonoSecret>,
    #[serde(default)]
    plaid: Option<PlaidSecret>,
    #[serde(default)]
    aggregator: Option<AggregatorSecret>,
    #[serde(default)]
    uber: Option<UberSecret>,
    /// What the descriptions of other platforms name.
    #[serde(default)]
    platform_keys: BTreeMap<String, String>,
}

/// An Account Aggregator, and in whose name it is asked. What is not known for certain of one is said here.
#[derive(Clone, PartialEq, Eq, Deserialize)]
struct AggregatorSecret {
    /// Its entity id in the registry, and what its customers' addresses end in.
    id: String,
    handle: String,
    /// `client_api_key`. It lives a day: the secret is renewed by whoever gets one.
    api_key: String,
    /// `aa_api_key`, by which it names itself where it tells something unasked; without one nothing is taken from it.
    #[serde(default)]
    notifier_key: Option<String>,
    #[serde(default)]
    notifier_key_previous: Option<String>,
    /// Its public keys, as the registry has them.
    keys: Vec<Jwk>,
    /// The licence holder: its entity id, and its name.
    fiu_id: String,
    licence_holder: String,
    /// `FIU` where that is us, `TSP` where we work for it.
    acting_as: String,
    signing_kid: String,
    signing_key_pem: String,
    /// Whether signatures are of the body as it is (RFC 7797), or of its base64url.
    #[serde(default)]
    signs_encoded: bool,
    /// `Curve25519` (the usual one, in Weierstrass form) or `X25519`.
    #[serde(default)]
    curve: Option<String>,
}

/// Our app at Uber.
#[derive(Clone, PartialEq, Eq, Deserialize)]
struct UberSecret {
    client_id: String,
    client_secret: String,
    /// The hour in India at which a day of work begins.
    #[serde(default)]
    day_rollover_hour: u8,
}

impl AggregatorSecret {
    fn signing_key(&self) -> Result<SigningKey, CannotSign> {
        let encoding = if self.signs_encoded { Encoding::Base64Url } else { Encoding::Unencoded };
        SigningKey::from_pem(&self.signing_kid, &self.signing_key_pem, encoding)
    }
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
struct DemoSecret {
    client_id: String,
    client_secret: String,
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
struct MonoSecret {
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

    /// Who reads a bank or platform; `None` where this deployment has no access to it.
    ///
    /// # Errors
    ///
    /// Also where it is configured for a country in which it has no banks, in nobody's name, or wrongly described.
    pub async fn reader_of(&self, entry: &Entry) -> Result<Option<Reader>, BoxError> {
        match entry.kind {
            Kind::Platform => Ok(self.platform(&entry.provider).await?.map(|connector| Reader::Platform(Box::new(connector)))),
            Kind::Bank if entry.provider == "account_aggregator" => self.aggregator().await,
            Kind::Bank => Ok(self.connector(&entry.provider).await?.map(|connector| Reader::Connector(Box::new(connector)))),
        }
    }

    async fn platform(&self, name: &str) -> Result<Option<platforms::Connector>, BoxError> {
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
                all.insert(client.name().to_owned(), platforms::Connector::new(client));
            }
            if let Some(descriptions) = &places.platforms {
                let named = |name: &str| secret.platform_keys.get(name).and_then(|key| Secret::new(key).ok());
                for client in configured::load(descriptions, &http, &named)?.into_iter().map(Platform::Configured) {
                    all.insert(client.name().to_owned(), platforms::Connector::new(client));
                }
            }
            Ok(all)
        })?;
        Ok(all.get(name).cloned())
    }

    /// What the aggregator's notifications are believed by; `None` where this deployment takes none.
    pub async fn aggregator_door(&self) -> Result<Option<aggregators::Door>, BoxError> {
        let secret: BanksSecret = self.secret("banks").await?;
        let Some(secret) = secret.aggregator else { return Ok(None) };
        let Some(key) = &secret.notifier_key else { return Ok(None) };
        Ok(Some(aggregators::Door {
            api_keys: rotating(key, secret.notifier_key_previous.as_deref())?,
            keys: Arc::new(KeySet::new(&secret.keys)?),
            signing_key: secret.signing_key()?,
            aggregator_id: secret.id,
            version: Version::V2_0_0,
        }))
    }

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

    async fn aggregator(&self) -> Result<Option<Reader>, BoxError> {
        let secret: BanksSecret = self.secret("banks").await?;
        let (Some(secret), Some(url), Some(redirect)) = (secret.aggregator, &self.places.aggregator_url, &self.places.aggregator_redirect)
        else {
            return Ok(None);
        };
        let curve = match secret.curve.as_deref() {
            None | Some("Curve25519") => Curve::Weierstrass,
            Some("X25519") => Curve::X25519,
            Some(_) => return Err("the aggregator's curve is neither Curve25519 nor X25519".into()),
        };
        let (handle, http) = (secret.handle.clone(), self.http()?);
        let client = self.access.aggregator.of(secret, |secret| {
            let acting_as = ActingAs::from_text(&secret.acting_as).ok_or("the aggregator's `acting_as` is neither FIU nor TSP")?;
            let settings = aggregators::Settings {
                base_url: url,
                licence: Licence::new(&secret.fiu_id, &secret.licence_holder, acting_as)?,
                aggregator_id: &secret.id,
                api_key: Secret::new(&secret.api_key)?,
                signing_key: secret.signing_key()?,
                keys: Arc::new(KeySet::new(&secret.keys)?),
                version: Version::V2_0_0,
                through_router: false,
                redirect: aggregators::Redirect::new(redirect)?,
            };
            Ok(aggregators::Client::with_http(http, settings)?)
        })?;
        Ok(Some(Reader::Aggregator(Box::new(Aggregator { client, handle, curve }))))
    }

    async fn connector(&self, provider: &str) -> Result<Option<Connector>, BoxError> {
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

/// How far back one reads where the reader asks.
const HISTORY_DAYS: u16 = 180;
