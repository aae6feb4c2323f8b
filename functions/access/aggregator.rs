//! The Account Aggregator.

use super::BanksSecret;
use crate::{
    banks::{Aggregator, Reader},
    deps::{Deps, rotating},
};
use account_aggregator::{
    crypto::Curve,
    jws::{CannotSign, Encoding, Jwk, KeySet, SigningKey},
    licence::{ActingAs, Licence},
    wire::Version,
};
use lambda::BoxError;
use providers::{account_aggregator as aggregators, secret::Secret};
use serde::Deserialize;
use std::sync::Arc;

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
}

impl AggregatorSecret {
    fn signing_key(&self) -> Result<SigningKey, CannotSign> {
        let encoding = if self.signs_encoded { Encoding::Base64Url } else { Encoding::Unencoded };
        SigningKey::from_pem(&self.signing_kid, &self.signing_key_pem, encoding)
    }
}

impl Deps {
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

    pub(super) async fn aggregator(&self) -> Result<Option<Reader>, BoxError> {
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
}
