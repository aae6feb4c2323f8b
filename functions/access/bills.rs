//! The payer of bills.

use crate::deps::{Deps, rotating};
use lambda::BoxError;
use providers::{bills, secret::Secret, signature};
use serde::Deserialize;

/// The payer of bills, as it took us on. Without a client id there is none.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub(super) struct BillsSecret {
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
}
