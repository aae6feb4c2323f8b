//! Requests for consent, and consents.

use std::sync::Arc;

use account_aggregator::fair_use;
use account_aggregator::state::{ConsentState, Step};
use account_aggregator::wire::{
    Account, ConsentArtefact, ConsentDetail, ConsentFetch, ConsentFetched, ConsentRequest, ConsentRequested, ConsentStatus, ConsentUse,
    ErrorCode, HandleConsent, HandleStatus, HandleStatusAsked, HandleStatusTold, Party, PartyId,
};
use axum::Extension;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;

use super::door::{self, Refused, VERSION};
use super::{banks, notify};
use crate::ids;
use crate::shelf::Shelved;
use crate::world::World;

/// A request for consent and, once it is approved, the consent.
#[derive(Clone)]
pub struct Consent {
    pub handle: String,
    /// Once it is approved.
    pub id: Option<String>,
    /// Of the request; notifications repeat it.
    pub txnid: String,
    pub status: ConsentStatus,
    pub created_at: Timestamp,
    pub artefact: ConsentArtefact,
    /// The artefact with its signature.
    pub signed: String,
    /// When data were asked for.
    pub fetched: Vec<Timestamp>,
    /// Asked for by Setu, who is told nothing.
    pub is_setus: bool,
}

impl Shelved for Consent {
    fn id(&self) -> &str {
        &self.handle
    }
}

impl Consent {
    /// Its own dates pass without anybody's doing.
    pub fn status_now(&self) -> ConsentStatus {
        let is_over = Timestamp::now() >= self.artefact.detail.expires_at;
        let ends = matches!(self.status, ConsentStatus::Active | ConsentStatus::Paused | ConsentStatus::Pending);
        if is_over && ends { ConsentStatus::Expired } else { self.status }
    }

    /// Takes a step, if there is a way.
    pub fn step(&mut self, to: ConsentStatus) -> bool {
        let now = Timestamp::now();
        let moves = matches!(ConsentState::from(self.status_now()).told(to, now, None), Step::Moves(_));
        if moves {
            self.status = to;
        }
        moves
    }

    pub fn is_of(&self, link_ref: &str) -> bool {
        self.artefact.accounts.iter().any(|account| account.link_ref == link_ref)
    }
}

/// `POST /Consent`.
pub async fn create(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    door::answer(&world, &headers, &body, |request: ConsentRequest| {
        check(&world, &request)?;
        let handle = ids::uuid();
        let customer = request.detail.customer.id.clone();
        world.book().aggregator.consents.put(Consent {
            handle: handle.clone(),
            id: None,
            txnid: request.txnid.clone(),
            status: ConsentStatus::Pending,
            created_at: Timestamp::now(),
            artefact: ConsentArtefact { detail: request.detail, data_provider: None, accounts: Vec::new() },
            signed: String::new(),
            fetched: Vec::new(),
            is_setus: false,
        });
        Ok(ConsentRequested {
            ver: VERSION.as_str().to_owned(),
            timestamp: Timestamp::now(),
            txnid: request.txnid,
            customer: PartyId { id: customer },
            handle,
        })
    })
}

fn check(world: &World, request: &ConsentRequest) -> Result<(), Refused> {
    let config = &world.config().account_aggregator;
    let detail: &ConsentDetail = &request.detail;
    let refuse = |code, message| Err(Refused::new(&request.txnid, code, message));
    let is_customer =
        detail.customer.id.split_once('@').is_some_and(|(number, handle)| {
            handle == config.handle && number.len() == 10 && number.bytes().all(|byte| byte.is_ascii_digit())
        });
    if !is_customer {
        return refuse(ErrorCode::InvalidCustomerAddress, "a customer is ten digits at this aggregator's handle");
    }
    if detail.data_consumer.id != config.fiu_id || detail.data_consumer.kind != Party::Fiu {
        return refuse(ErrorCode::InvalidRequest, "DataConsumer is not who asks");
    }
    if detail.expires_at <= Timestamp::now() {
        return refuse(ErrorCode::InvalidConsentDetail, "the consent is over before it begins");
    }
    match fair_use::check(detail) {
        Ok(()) => Ok(()),
        Err(fair_use::Unfair::Purpose) => refuse(ErrorCode::InvalidConsentPurpose, "the purpose has no template"),
        Err(_) => refuse(ErrorCode::InvalidConsentDetail, "a term is above the fair use of its purpose"),
    }
}

/// `POST /Consent/handle`.
pub async fn status(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    door::answer(&world, &headers, &body, |asked: HandleStatusAsked| {
        let book = world.book();
        let consent = book.aggregator.consents.get(&asked.handle);
        let consent = consent.ok_or_else(|| Refused::new(&asked.txnid, ErrorCode::InvalidRequest, "the handle is not known"))?;
        // Once approved the handle stays so, whatever became of the consent since.
        let status = match (&consent.id, consent.status_now()) {
            (Some(_), _) => HandleStatus::Approved,
            (None, ConsentStatus::Rejected) => HandleStatus::Rejected,
            (None, ConsentStatus::Expired) => HandleStatus::Expired,
            (None, _) => HandleStatus::Pending,
        };
        Ok(HandleStatusTold {
            ver: VERSION.as_str().to_owned(),
            timestamp: Timestamp::now(),
            txnid: asked.txnid,
            handle: consent.handle.clone(),
            consent: HandleConsent { id: consent.id.clone(), status },
        })
    })
}

/// `POST /Consent/fetch`.
pub async fn fetch(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    door::answer(&world, &headers, &body, |asked: ConsentFetch| {
        let book = world.book();
        let consent = book.aggregator.consents.oldest_first().find(|consent| consent.id.as_deref() == Some(&asked.consent_id));
        let consent = consent.ok_or_else(|| Refused::new(&asked.txnid, ErrorCode::InvalidConsentId, "the consent is not known"))?;
        Ok(ConsentFetched {
            ver: VERSION.as_str().to_owned(),
            txnid: asked.txnid,
            consent_id: asked.consent_id,
            status: consent.status_now(),
            created_at: consent.created_at,
            signed_consent: consent.signed.clone(),
            usage: Some(ConsentUse {
                log_uri: String::new(),
                count: consent.fetched.len() as u64,
                last_used_at: consent.fetched.last().copied(),
            }),
        })
    })
}

/// What a customer does with a consent. Whether there was a way to do it.
pub fn decide(world: &Arc<World>, handle: &str, to: ConsentStatus, accounts: Option<&[String]>) -> Option<bool> {
    let mut book = world.book();
    let consent = book.aggregator.consents.get_mut(handle)?;
    let is_approval = to == ConsentStatus::Active && consent.id.is_none();
    let chosen: Vec<Account> = banks::accounts_of(&consent.artefact.detail.customer.id)
        .into_iter()
        .filter(|account| accounts.is_none_or(|wanted| wanted.contains(&account.link_ref)))
        .collect();
    if is_approval && chosen.is_empty() || !consent.step(to) {
        return Some(false);
    }
    if is_approval {
        consent.artefact.accounts = chosen;
        consent.id = Some(ids::uuid());
        consent.signed = world.shared.signer.compact(serde_json::to_string(&consent.artefact).unwrap_or_default().as_bytes());
    }
    let event = notify::consent(world, consent);
    drop(book);
    world.announce([event]);
    Some(true)
}
