//! The envelope of a webhook.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::clock;
use crate::provider::Provider;

const GATEWAY_ACCOUNT: &str = "acc_SandboxGateway";
const PAYOUTS_ACCOUNT: &str = "acc_SandboxPayouts";

/// Something to tell, with the body as it will be sent. Taken when it happened: what comes after
/// does not change it.
pub struct Event {
    pub provider: Provider,
    pub name: &'static str,
    pub body: String,
    /// Where this one goes, if not to the provider's endpoint.
    pub url: Option<String>,
}

#[derive(Serialize)]
struct Envelope<'a> {
    entity: &'static str,
    account_id: &'static str,
    event: &'a str,
    contains: Vec<&'a str>,
    payload: Map<String, Value>,
    created_at: i64,
}

impl Event {
    pub fn gateway(name: &'static str, entities: &[(&str, Value)]) -> Self {
        Self::new(Provider::Razorpay, GATEWAY_ACCOUNT, name, entities)
    }

    pub fn payouts(name: &'static str, entities: &[(&str, Value)]) -> Self {
        Self::new(Provider::Razorpayx, PAYOUTS_ACCOUNT, name, entities)
    }

    fn new(provider: Provider, account_id: &'static str, name: &'static str, entities: &[(&str, Value)]) -> Self {
        let envelope = Envelope {
            entity: "event",
            account_id,
            event: name,
            contains: entities.iter().map(|(key, _)| *key).collect(),
            payload: entities.iter().map(|(key, entity)| ((*key).to_owned(), json!({ "entity": entity }))).collect(),
            created_at: clock::unix_seconds(),
        };
        // Strings and numbers only: there is nothing in it that JSON cannot say.
        let body = serde_json::to_string(&envelope).unwrap_or_default();
        Self { provider, name, body, url: None }
    }
}
