//! Data sessions: the banks answer after a while, each for its accounts, and what is ready can be fetched.

use std::collections::BTreeMap;
use std::sync::Arc;

use account_aggregator::crypto::{KeyMaterial, Nonce, Peer, PrivateKey, SessionKey};
use account_aggregator::fair_use::{self, MayNot};
use account_aggregator::jws;
use account_aggregator::state::ConsentState;
use account_aggregator::wire::{
    Account, ConsentStatus, DeliveredAccount, DeliveredBank, ErrorCode, FiDataRange, FiFetch, FiFetched, FiRequest, FiRequested, FiStatus,
    SessionStatus,
};
use axum::Extension;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};

use super::banks::{self, Outcome};
use super::consents::Consent;
use super::door::{self, Refused, VERSION};
use super::{Aggregator, document, notify};
use crate::ids;
use crate::shelf::Shelved;
use crate::world::World;

/// How long a bank's key is good for.
const KEY_LIFE: SignedDuration = SignedDuration::from_hours(24);

#[derive(Clone)]
pub struct Session {
    pub id: String,
    /// Of the request; notifications repeat it.
    pub txnid: String,
    pub consent_handle: String,
    pub status: SessionStatus,
    pub range: FiDataRange,
    pub accounts: Vec<SessionAccount>,
    /// Whom the banks seal it for; none where Setu opens it.
    pub peer: Option<Peer>,
}

#[derive(Clone)]
pub struct SessionAccount {
    pub of: Account,
    pub status: FiStatus,
}

impl Shelved for Session {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Session {
    pub fn of(consent: &Consent, range: FiDataRange, txnid: String, peer: Option<Peer>) -> Self {
        let accounts = consent.artefact.accounts.iter().map(|of| SessionAccount { of: of.clone(), status: FiStatus::Pending });
        let (accounts, consent_handle) = (accounts.collect(), consent.handle.clone());
        Self { id: ids::uuid(), txnid, consent_handle, status: SessionStatus::Active, range, accounts, peer }
    }
}

/// `POST /FI/request`.
pub async fn request(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    door::answer(&world, &headers, &body, |asked: FiRequest| {
        let now = Timestamp::now();
        let refuse = |code, message| Refused::new(&asked.txnid, code, message);
        let mut book = world.book();
        let peer = asked.key_material.read(now).map_err(|_| refuse(ErrorCode::InvalidKey, "the key material cannot be used"))?;
        let Aggregator { consents, sessions, .. } = &mut book.aggregator;
        let handle = consents.oldest_first().find(|consent| consent.id.as_deref() == Some(&asked.consent.id)).map(|it| it.handle.clone());
        let consent = handle.and_then(|handle| consents.get_mut(&handle));
        let consent = consent.ok_or_else(|| refuse(ErrorCode::InvalidConsentId, "the consent is not known"))?;
        if jws::signature_of(&consent.signed) != Some(&asked.consent.digital_signature) {
            return Err(refuse(ErrorCode::InvalidConsentDetail, "digitalSignature is not that of the artefact"));
        }
        let state = ConsentState::from(consent.status_now());
        fair_use::may_fetch(&consent.artefact, state, asked.data_range, &consent.fetched, now).map_err(|why| match why {
            MayNot::NotActive { .. } | MayNot::NotBegun { .. } | MayNot::Over { .. } => {
                refuse(ErrorCode::InvalidConsentStatus, "the consent is not active")
            }
            MayNot::OutsideRange => refuse(ErrorCode::InvalidDateRange, "the range is not within the consent's"),
            MayNot::Spent | MayNot::TooOften { .. } => refuse(ErrorCode::InvalidConsentUse, "the consent's fetches are used up"),
        })?;
        consent.fetched.push(now);
        let session = Session::of(consent, asked.data_range, asked.txnid.clone(), Some(peer));
        let session_id = session.id.clone();
        sessions.put(session);
        drop(book);
        ask_banks(&world, &session_id);
        Ok(FiRequested { ver: VERSION.as_str().to_owned(), timestamp: now, txnid: asked.txnid, consent_id: asked.consent.id, session_id })
    })
}

/// The banks of a session answer after a while.
pub fn ask_banks(world: &Arc<World>, session_id: &str) {
    let session_id = session_id.to_owned();
    world.after(world.config().timing.banks_ms, move |world| banks_answer(world, &session_id));
}

/// Each bank says how its accounts are; those that are pending may be ready later.
fn banks_answer(world: &Arc<World>, session_id: &str) {
    let mut book = world.book();
    let Aggregator { sessions, outcomes, .. } = &mut book.aggregator;
    let Some(session) = sessions.get_mut(session_id).filter(|session| session.status == SessionStatus::Active) else { return };
    let mut later = Vec::new();
    for account in &mut session.accounts {
        let Outcome { status, ready_after_ms } = outcomes.get(&account.of.link_ref).copied().unwrap_or_default();
        account.status = status;
        later.extend(ready_after_ms.filter(|_| status == FiStatus::Pending).map(|ms| (ms, account.of.link_ref.clone())));
    }
    let event = settle(world, session);
    drop(book);
    world.announce([event]);
    for (ms, link_ref) in later {
        let session_id = session_id.to_owned();
        world.after(ms, move |world| becomes_ready(world, &session_id, &link_ref));
    }
}

fn becomes_ready(world: &Arc<World>, session_id: &str, link_ref: &str) {
    let mut book = world.book();
    let session = book.aggregator.sessions.get_mut(session_id).filter(|session| session.status == SessionStatus::Active);
    let Some(session) = session else { return };
    for account in session.accounts.iter_mut().filter(|account| account.of.link_ref == link_ref) {
        account.status = FiStatus::Ready;
    }
    let event = settle(world, session);
    drop(book);
    world.announce([event]);
}

/// Completed once no bank is still at it.
fn settle(world: &World, session: &mut Session) -> crate::razorpay::events::Event {
    if session.accounts.iter().all(|account| account.status != FiStatus::Pending) {
        session.status = SessionStatus::Completed;
    }
    notify::session(world, session)
}

/// Ends a session before its time. Whether it could be.
pub fn end(world: &Arc<World>, session_id: &str, status: SessionStatus) -> Option<bool> {
    let mut book = world.book();
    let session = book.aggregator.sessions.get_mut(session_id)?;
    if matches!(session.status, SessionStatus::Expired | SessionStatus::Failed) {
        return Some(false);
    }
    session.status = status;
    let event = notify::session(world, session);
    drop(book);
    world.announce([event]);
    Some(true)
}

/// `POST /FI/fetch`.
pub async fn fetch(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    door::answer(&world, &headers, &body, |asked: FiFetch| {
        let refuse = |code, message| Refused::new(&asked.txnid, code, message);
        let mut book = world.book();
        let Aggregator { consents, sessions, .. } = &mut book.aggregator;
        let session = sessions.get_mut(&asked.session_id).ok_or_else(|| refuse(ErrorCode::InvalidSessionId, "the session is not known"))?;
        let consent = consents.get(&session.consent_handle);
        let consent = consent.ok_or_else(|| refuse(ErrorCode::InvalidSessionId, "the session is of no consent"))?;
        require_in_force(consent, session, &refuse)?;
        if asked.fip_id.as_ref().is_some_and(|fip_id| !session.accounts.iter().any(|account| account.of.fip_id == *fip_id)) {
            return Err(refuse(ErrorCode::InvalidFipId, "no account of the session is at that bank"));
        }
        let is_wanted = |of: &Account| {
            asked.fip_id.as_ref().is_none_or(|fip_id| of.fip_id == *fip_id)
                && (asked.link_refs.is_empty() || asked.link_refs.iter().any(|wanted| wanted.id == of.link_ref))
        };
        let statuses: Vec<FiStatus> =
            session.accounts.iter().filter(|account| is_wanted(&account.of)).map(|account| account.status).collect();
        if !statuses.iter().any(|status| matches!(status, FiStatus::Ready | FiStatus::Delivered)) {
            return Err(if statuses.contains(&FiStatus::Pending) {
                refuse(ErrorCode::DataFetchRequestInProgress, "the banks are at it")
            } else {
                refuse(ErrorCode::NoDataFound, "no bank delivered anything")
            });
        }
        let banks = deliver(consent, session, is_wanted).ok_or_else(|| refuse(ErrorCode::InternalError, "a bank cannot encrypt"))?;
        Ok(FiFetched { ver: VERSION.as_str().to_owned(), timestamp: Timestamp::now(), txnid: asked.txnid.clone(), banks })
    })
}

fn require_in_force(consent: &Consent, session: &Session, refuse: &impl Fn(ErrorCode, &'static str) -> Refused) -> Result<(), Refused> {
    match consent.status_now() {
        ConsentStatus::Revoked => Err(refuse(ErrorCode::ConsentRevoked, "the consent was revoked")),
        ConsentStatus::Paused => Err(refuse(ErrorCode::ConsentPaused, "the consent is paused")),
        ConsentStatus::Expired => Err(refuse(ErrorCode::ConsentExpired, "the consent is over")),
        _ if session.status == SessionStatus::Expired => Err(refuse(ErrorCode::DataGone, "the session is over")),
        _ if session.status == SessionStatus::Failed => Err(refuse(ErrorCode::NoDataFound, "the session failed")),
        _ => Ok(()),
    }
}

/// What each bank has, under a key and a nonce that it makes for this.
fn deliver(consent: &Consent, session: &mut Session, is_wanted: impl Fn(&Account) -> bool) -> Option<Vec<DeliveredBank>> {
    let mut banks: BTreeMap<String, Vec<DeliveredAccount>> = BTreeMap::new();
    let mut materials: BTreeMap<String, (SessionKey, KeyMaterial)> = BTreeMap::new();
    for account in session.accounts.iter_mut().filter(|account| is_wanted(&account.of)) {
        let fip_id = account.of.fip_id.clone();
        if !materials.contains_key(&fip_id) {
            materials.insert(fip_id.clone(), bank_key(session.peer.as_ref()?)?);
        }
        let encrypted_fi = if matches!(account.status, FiStatus::Ready | FiStatus::Delivered) {
            account.status = FiStatus::Delivered;
            let bank = banks::bank(&fip_id)?;
            let text = document::write(bank, &consent.artefact.detail, &account.of, session.range, Timestamp::now());
            materials.get(&fip_id)?.0.seal(&text).ok()?
        } else {
            String::new()
        };
        banks.entry(fip_id).or_default().push(DeliveredAccount {
            link_ref: account.of.link_ref.clone(),
            masked_number: account.of.masked_number.clone(),
            encrypted_fi: Some(encrypted_fi),
        });
    }
    let delivered = banks.into_iter().map(|(fip_id, accounts)| {
        let has_some = accounts.iter().any(|account| account.sealed().is_some());
        let key_material = materials.remove(&fip_id).map(|(_, material)| material).filter(|_| has_some);
        DeliveredBank { fip_id, accounts, key_material }
    });
    Some(delivered.collect())
}

/// In the curve that was asked in.
fn bank_key(peer: &Peer) -> Option<(SessionKey, KeyMaterial)> {
    let own = PrivateKey::from_random(peer.key.curve(), &ids::random()).ok()?;
    let nonce = Nonce::from_random(ids::random());
    let expires_at = Timestamp::now().checked_add(KEY_LIFE).ok()?;
    let material = KeyMaterial::new(&own.public().ok()?, nonce, expires_at);
    Some((SessionKey::derive(&own, &nonce, peer).ok()?, material))
}
