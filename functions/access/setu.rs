//! Setu's gateway to Account Aggregators.

use super::BanksSecret;
use crate::{
    banks::{Aggregator, Keeper, Reader, Setu},
    deps::{Deps, rotating},
};
use account_aggregator::licence::{ActingAs, Licence};
use lambda::BoxError;
use providers::{account_aggregator::setu, secret::Secret, signature::Secrets};
use serde::Deserialize;

/// One product at Setu, and in whose name it asks.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub(super) struct SetuSecret {
    client_id: String,
    client_secret: String,
    product_instance_id: String,
    /// Its address with its version, where it is not the one of the settings.
    #[serde(default)]
    url: Option<String>,
    /// What its customers' addresses end in, where all are of one aggregator; without it they choose one there.
    #[serde(default)]
    handle: String,
    /// The licence holder: its entity id, and its name.
    fiu_id: String,
    licence_holder: String,
    /// `FIU` where that is us, `TSP` where we work for it.
    acting_as: String,
    /// Of the address that Setu posts to: `…/webhooks/setu?token=…`. Without it nothing is taken.
    #[serde(default)]
    webhook_token: Option<String>,
    /// The one before it, while they are rotated.
    #[serde(default)]
    webhook_token_previous: Option<String>,
}

/// What it is called in the catalogue.
pub(super) const PROVIDER: &str = "setu";

impl Deps {
    pub async fn setu_door(&self) -> Result<Option<Secrets>, BoxError> {
        let Some(setu) = self.secret::<BanksSecret>("banks").await?.setu else { return Ok(None) };
        let Some(current) = &setu.webhook_token else { return Ok(None) };
        Ok(Some(rotating(current, setu.webhook_token_previous.as_deref())?))
    }

    pub(super) async fn setu(&self) -> Result<Option<Reader>, BoxError> {
        let Some(secret) = self.secret::<BanksSecret>("banks").await?.setu else { return Ok(None) };
        let secret = SetuSecret { url: secret.url.clone().or(self.places.setu_url.clone()), ..secret };
        let (handle, http) = (secret.handle.clone(), self.http()?);
        let client = self.access.setu.of(secret, |secret| {
            let acting_as = ActingAs::from_text(&secret.acting_as).ok_or("Setu's `acting_as` is neither FIU nor TSP")?;
            let licence = Licence::new(&secret.fiu_id, &secret.licence_holder, acting_as)?;
            let url = secret.url.as_deref().ok_or("Setu has no `url`")?;
            let password = Secret::new(&secret.client_secret)?;
            Ok(setu::Client::with_http(http, url, licence, &secret.client_id, password, &secret.product_instance_id)?)
        })?;
        Ok(Some(Reader::Aggregator(Box::new(Aggregator { keeper: Keeper::Setu(Box::new(Setu(client))), handle }))))
    }
}
