//! An aggregator that speaks ReBIT's interface: what it keeps is signed, and what banks deliver is sealed under keys of the session.

use super::{
    Asked, Consent, bank_error,
    keeper::{Brought, Given, Opened, Request, Told},
    random,
    session::Session,
};
use account_aggregator::{
    crypto::{Curve, KeyMaterial, Nonce, PrivateKey},
    delivery::{self, Delivered},
    wire::{ConsentDetail, ConsentStatus, FiDataRange, FiFetched, HandleStatus, txnid_from_random},
};
use domain::Timestamp;
use jiff::SignedDuration;
use lambda::Failed;
use providers::{
    account_aggregator::{AggregatorError, Client, DataAsk, Stamp},
    banks::BankError,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

#[derive(Clone)]
pub struct Rebit {
    pub client: Client,
    pub curve: Curve,
}

/// How long our part of a session's key is good.
const KEY_LASTS: SignedDuration = SignedDuration::from_hours(24);

impl Rebit {
    pub(super) async fn ask(&self, detail: &ConsentDetail, back: &str, txnid: &str, now: Timestamp) -> Result<Request, AggregatorError> {
        let asked = self.client.request_consent(Stamp { txnid, now }, detail).await?;
        Ok(Request { url: self.client.consent_url(&asked.handle, back), handle: asked.handle })
    }

    pub(super) async fn given(&self, asked: &Asked, now: Timestamp) -> Result<Result<Given, BankError>, Failed> {
        let txnid = txnid_from_random(random()?);
        let told = match self.client.handle_status(Stamp { txnid: &txnid, now }, &asked.handle).await {
            Ok(told) => told.consent,
            Err(error) => return Ok(Err(bank_error(&error))),
        };
        let id = match (told.status, told.id) {
            (HandleStatus::Approved | HandleStatus::Ready, Some(id)) => id,
            (HandleStatus::Approved | HandleStatus::Ready | HandleStatus::Pending, _) => return Ok(Err(BankError::LinkUnfinished)),
            (HandleStatus::Rejected, _) => return Ok(Err(BankError::LinkDeclined)),
            (HandleStatus::Expired | HandleStatus::Failed, _) => return Ok(Err(BankError::LinkExpired)),
        };
        let txnid = txnid_from_random(random()?);
        Ok(match self.client.fetch_consent(Stamp { txnid: &txnid, now }, &id).await {
            Ok(fetched) => {
                let signed_sha256 = Sha256::digest(fetched.signed_consent.as_bytes()).into();
                let (status, artefact, digital_signature) = (fetched.status, fetched.artefact, fetched.digital_signature);
                Ok(Given { id, status, artefact, digital_signature, signed_sha256 })
            }
            Err(error) => Err(bank_error(&error)),
        })
    }

    pub(super) async fn status(&self, consent: &Consent, now: Timestamp) -> Told<ConsentStatus> {
        let txnid = txnid_from_random(random()?);
        let fetched = self.client.fetch_consent(Stamp { txnid: &txnid, now }, &consent.id).await;
        Ok(fetched.map(|fetched| fetched.status))
    }

    pub(super) async fn open(&self, consent: &Consent, range: FiDataRange, now: Timestamp) -> Told<Opened> {
        let own = PrivateKey::from_random(self.curve, &random()?).map_err(Failed::bug)?;
        let nonce = Nonce::from_random(random()?);
        let ends_at = now.saturating_add(KEY_LASTS).unwrap_or(Timestamp::MAX);
        let key_material = KeyMaterial::new(&own.public().map_err(Failed::bug)?, nonce, ends_at);
        let txnid = txnid_from_random(random()?);
        let ask = DataAsk { consent_id: &consent.id, digital_signature: &consent.digital_signature, range, key_material };
        let opened = self.client.request_data(Stamp { txnid: &txnid, now }, &ask).await;
        Ok(opened.map(|opened| Opened { id: opened.session_id, txnid, key: hex::encode(own.expose()), nonce: nonce.to_text() }))
    }

    pub(super) async fn fetch(&self, session: &Session, consent: &Consent, now: Timestamp) -> Told<Brought> {
        let txnid = txnid_from_random(random()?);
        let fetched = match self.client.fetch_data(Stamp { txnid: &txnid, now }, &session.id, None).await {
            Ok(fetched) => fetched,
            Err(error) => return Ok(Err(error)),
        };
        let delivered = self.opened(&fetched, consent, session, now).ok_or_else(|| Failed::bug("a session without its key"))?;
        // Its notifications say what is refused, and that it is over.
        Ok(Ok(Brought { delivered, refused: BTreeSet::new(), is_over: false }))
    }

    fn opened(&self, fetched: &FiFetched, consent: &Consent, session: &Session, now: Timestamp) -> Option<Vec<Delivered>> {
        let own = PrivateKey::from_bytes(self.curve, &hex::decode(&session.key).ok()?).ok()?;
        Some(delivery::open(fetched, &consent.artefact, &own, &Nonce::parse(&session.nonce)?, now))
    }
}
