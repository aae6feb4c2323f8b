//! Account Aggregators: the one that has no name, and any number of others by theirs.

use super::BanksSecret;
use crate::{
    banks::{Aggregator, Keeper, Reader, Rebit},
    deps::{Deps, rotating},
};
use account_aggregator::{
    crypto::Curve,
    jws::{CannotSign, Encoding, Jwk, KeySet, SigningKey},
    licence::{ActingAs, Licence},
    wire::Version,
};
use lambda::BoxError;
use providers::{account_aggregator as aggregators, call::Http, secret::Secret, signature::Secrets};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};

/// An Account Aggregator, and in whose name it is asked. What is not known for certain of one is said here.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub(super) struct AggregatorSecret {
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
    /// Of ReBIT's versions, `2.0.0` where it is not said.
    #[serde(default)]
    version: Option<String>,
    /// Whether it is reached by SahamatiNet's router.
    #[serde(default)]
    through_router: bool,
    /// Its address with its version, and where its customers consent. Of the one that has no name the settings say it.
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    redirect: Option<String>,
}

/// By what the catalogue calls who reads it.
pub(super) type Aggregators = BTreeMap<String, AggregatorSecret>;

/// What the one that has no name is called in the catalogue, and what the others' names follow.
const PROVIDER: &str = "account_aggregator";

/// Whether a reader of the catalogue is one.
pub(super) fn is_aggregator(provider: &str) -> bool {
    provider == PROVIDER || provider.strip_prefix(PROVIDER).is_some_and(|rest| rest.starts_with(':'))
}

impl AggregatorSecret {
    fn signing_key(&self) -> Result<SigningKey, CannotSign> {
        let encoding = if self.signs_encoded { Encoding::Base64Url } else { Encoding::Unencoded };
        SigningKey::from_pem(&self.signing_kid, &self.signing_key_pem, encoding)
    }

    fn version(&self) -> Result<Version, BoxError> {
        let version = self.version.as_deref().map_or(Some(Version::V2_0_0), Version::from_text);
        version.ok_or_else(|| format!("the version of the aggregator {} is none of ReBIT's that are known", self.id).into())
    }

    fn curve(&self) -> Result<Curve, BoxError> {
        match self.curve.as_deref() {
            None | Some("Curve25519") => Ok(Curve::Weierstrass),
            Some("X25519") => Ok(Curve::X25519),
            Some(_) => Err(format!("the curve of the aggregator {} is neither Curve25519 nor X25519", self.id).into()),
        }
    }

    fn door(&self, api_keys: Secrets) -> Result<aggregators::Door, BoxError> {
        Ok(aggregators::Door {
            api_keys,
            keys: Arc::new(KeySet::new(&self.keys)?),
            signing_key: self.signing_key()?,
            aggregator_id: self.id.clone(),
            version: self.version()?,
        })
    }

    fn client(&self, http: Http) -> Result<aggregators::Client, BoxError> {
        let (Some(url), Some(redirect)) = (&self.url, &self.redirect) else {
            return Err(format!("the aggregator {} has no `url` or no `redirect`", self.id).into());
        };
        let acting_as = ActingAs::from_text(&self.acting_as).ok_or("the aggregator's `acting_as` is neither FIU nor TSP")?;
        let settings = aggregators::Settings {
            base_url: url,
            licence: Licence::new(&self.fiu_id, &self.licence_holder, acting_as)?,
            aggregator_id: &self.id,
            api_key: Secret::new(&self.api_key)?,
            signing_key: self.signing_key()?,
            keys: Arc::new(KeySet::new(&self.keys)?),
            version: self.version()?,
            through_router: self.through_router,
            redirect: aggregators::Redirect::new(redirect)?,
        };
        Ok(aggregators::Client::with_http(http, settings)?)
    }
}

impl Deps {
    async fn aggregators(&self) -> Result<Aggregators, BoxError> {
        let BanksSecret { aggregator, aggregators, .. } = self.secret("banks").await?;
        let named = aggregators.into_iter().map(|(name, secret)| (format!("{PROVIDER}:{name}"), secret));
        let unnamed = aggregator.map(|secret| {
            let (url, redirect) = (self.places.aggregator_url.clone(), self.places.aggregator_redirect.clone());
            (
                PROVIDER.to_owned(),
                AggregatorSecret { url: secret.url.clone().or(url), redirect: secret.redirect.clone().or(redirect), ..secret },
            )
        });
        // One that has no address is not used; its notifications are of nothing.
        Ok(named.chain(unnamed.filter(|(_, secret)| secret.url.is_some() && secret.redirect.is_some())).collect())
    }

    /// What the aggregators' notifications are believed by. None where this deployment takes none.
    pub async fn aggregator_doors(&self) -> Result<Vec<KnownDoor>, BoxError> {
        let all = self.aggregators().await?;
        let doors = all.into_iter().filter_map(|(provider, secret)| {
            let api_keys = rotating(secret.notifier_key.as_ref()?, secret.notifier_key_previous.as_deref());
            let api_keys = described(&provider, api_keys).ok()?;
            let door = described(&provider, secret.door(api_keys.clone()));
            Some(KnownDoor { provider, api_keys, door })
        });
        Ok(doors.collect())
    }

    pub(super) async fn aggregator(&self, provider: &str) -> Result<Option<Reader>, BoxError> {
        let (all, http) = (self.aggregators().await?, self.http()?);
        let read_by = |secret: &AggregatorSecret| -> Result<Aggregator, BoxError> {
            let rebit = Rebit { client: secret.client(http.clone())?, curve: secret.curve()? };
            Ok(Aggregator { keeper: Keeper::Rebit(Box::new(rebit)), handle: secret.handle.clone() })
        };
        let all = self.access.aggregators.of(all, |all| {
            Ok(all.iter().map(|(provider, secret)| (provider.clone(), described(provider, read_by(secret)))).collect::<BTreeMap<_, _>>())
        })?;
        let its = all.get(provider).cloned().transpose()?;
        Ok(its.map(|aggregator| Reader::Aggregator(Box::new(aggregator))))
    }
}

/// The door of an aggregator that may tell us something, and who knocks there.
pub struct KnownDoor {
    /// What the catalogue calls who reads by it.
    pub provider: String,
    pub api_keys: Secrets,
    pub door: Described<aggregators::Door>,
}

/// One that is set up wrongly is not one that there is none of: what waits for it waits on, and the others are used meanwhile.
pub type Described<T> = Result<T, NotSetUp>;

#[derive(Debug, Clone, thiserror::Error)]
#[error("the aggregator {0} is not set up right")]
pub struct NotSetUp(String);

fn described<T>(provider: &str, described: Result<T, BoxError>) -> Described<T> {
    described.map_err(|why| {
        tracing::error!(provider, %why, "an aggregator is not set up right, and is not used");
        NotSetUp(provider.to_owned())
    })
}
