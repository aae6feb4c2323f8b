//! An Account Aggregator of ReBIT 2.0.0, with three banks behind it.
//!
//! | path | |
//! |---|---|
//! | `POST /aa/v2/Consent`, `/Consent/handle`, `/Consent/fetch` | [`consents`] |
//! | `POST /aa/v2/FI/request`, `/FI/fetch` | [`data`] |
//! | `GET /aa/v2/Heartbeat` | 200 |
//! | `GET /aa/consent/{handle}?return=` | the page where a person consents, or not: [`page`] |
//!
//! Signatures and encryption are real: requests without the right `client_api_key` and a signature of the
//! one who asks are refused, answers and notifications are signed, and the banks encrypt in whichever curve
//! they were asked in. Who asks must be in the registry, by configuration (`fiu_keys`) or by request.
//! Customers are `<10 digits>@<handle>`; each has an account at each bank, with a history that depends on
//! the number alone: [`history`].
//!
//! | request | what it does |
//! |---|---|
//! | `GET /aa/registry` | `{"items":[{"id", "keys":[JWK]}]}`: the aggregator, and those who ask |
//! | `PUT /aa/registry/{id}` `{"keys":[JWK]}` | the keys of one who asks; 204 |
//! | `GET /aa/customers/{id}/accounts` | `{"items":[{"fip_id", "bank", "link_ref", "masked_number"}]}` |
//! | `PUT /aa/accounts/{link_ref}` `{"status", "ready_after_ms"?}` | what its bank answers from now on: `READY`, `DENIED`, `TIMEOUT`, or `PENDING`, and then ready after so long; 204 |
//! | `GET /aa/consents`, `GET /aa/sessions` | `{"items":[…]}`, oldest first |
//! | `POST /aa/consents/{handle}/approve` `{"accounts"?: [link_ref]}` | 204; with all accounts unless some are named |
//! | `POST /aa/consents/{handle}/reject`, `…/pause`, `…/resume`, `…/revoke`, `…/expire` | 204; 409 where the consent is not in a state for it |
//! | `POST /aa/sessions/{id}/expire`, `…/fail` | 204 |
//!
//! Every change is told by notification. Faults: the provider is `aa`; its events are named
//! `consent.ACTIVE` and so on, and `session.ACTIVE`, `session.COMPLETED`, `session.EXPIRED`, `session.FAILED`,
//! so that `drop_webhooks`, `late_webhooks`, `duplicate_webhooks` and `tampered_webhooks` can be aimed.
//! Setu's gateway to it is [`setu`]. Source: the sheet on Account Aggregators. Version 1.1.2 and the router are not played.

pub mod banks;
pub mod consents;
pub mod data;
mod document;
pub mod door;
pub mod history;
mod notify;
pub mod page;
pub mod setu;
mod signer;
mod steering;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use account_aggregator::jws::Jwk;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::config;
use crate::faults;
use crate::provider::Provider;
use crate::shelf::Shelf;
use crate::world::World;
use banks::Outcome;
use consents::Consent;
use data::Session;
pub use signer::{Signer, SigningKey};

/// What has happened at the aggregator.
#[derive(Clone)]
pub struct Aggregator {
    consents: Shelf<Consent>,
    sessions: Shelf<Session>,
    /// Transactions that were used: none may be twice.
    txnids: HashSet<String>,
    /// Keys of those who ask, by their ids.
    registry: BTreeMap<String, Vec<Jwk>>,
    /// What banks answer of an account, where it is not the usual.
    outcomes: HashMap<String, Outcome>,
}

impl Aggregator {
    pub fn fresh(config: &config::AccountAggregator) -> Self {
        Self {
            consents: Shelf::default(),
            sessions: Shelf::default(),
            txnids: HashSet::new(),
            registry: BTreeMap::from([(config.fiu_id.clone(), config.fiu_keys.clone())]),
            outcomes: HashMap::new(),
        }
    }
}

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    let api = Router::new()
        .route("/aa/v2/Consent", post(consents::create))
        .route("/aa/v2/Consent/handle", post(consents::status))
        .route("/aa/v2/Consent/fetch", post(consents::fetch))
        .route("/aa/v2/FI/request", post(data::request))
        .route("/aa/v2/FI/fetch", post(data::fetch))
        .route("/aa/v2/Heartbeat", get(door::heartbeat))
        .route_layer(from_fn_with_state((Arc::clone(world), Provider::Aa), faults::http::apply));
    api.merge(page::router()).merge(steering::router()).merge(setu::router(world))
}
