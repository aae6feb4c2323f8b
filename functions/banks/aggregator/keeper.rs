//! Who keeps consents and brings data: an aggregator that speaks ReBIT's interface, or Setu's gateway to several of them.

use super::{Asked, Consent, rebit::Rebit, session::Session, setu::Setu};
use account_aggregator::{
    delivery::Delivered,
    licence::Licence,
    wire::{ConsentArtefact, ConsentDetail, ConsentStatus, FiDataRange},
};
use domain::Timestamp;
use lambda::Failed;
use providers::{account_aggregator::AggregatorError, banks::BankError};
use std::collections::BTreeSet;

#[derive(Clone)]
pub enum Keeper {
    Rebit(Box<Rebit>),
    Setu(Box<Setu>),
}

/// A request for consent that was made.
pub(super) struct Request {
    pub handle: String,
    /// Where its customer decides.
    pub url: String,
}

/// A consent, whatever was decided.
pub(super) struct Given {
    pub id: String,
    pub status: ConsentStatus,
    pub artefact: ConsentArtefact,
    pub digital_signature: String,
    pub signed_sha256: [u8; 32],
}

/// A session that was opened, with our part of its keys where there are any.
pub(super) struct Opened {
    pub id: String,
    pub txnid: String,
    pub key: String,
    pub nonce: String,
}

/// What there is in a session.
pub(super) struct Brought {
    pub delivered: Vec<Delivered>,
    /// Accounts that no bank delivers in it, by hashes of their link references.
    pub refused: BTreeSet<String>,
    /// No more will come.
    pub is_over: bool,
}

/// What came of asking: of the keeper's word and of our own troubles the latter come first.
pub(super) type Told<T> = Result<Result<T, AggregatorError>, Failed>;

impl Keeper {
    /// In whose name it is asked.
    pub(super) fn licence(&self) -> &Licence {
        match self {
            Self::Rebit(rebit) => rebit.client.licence(),
            Self::Setu(setu) => setu.0.licence(),
        }
    }

    pub(super) async fn ask(&self, detail: &ConsentDetail, back: &str, txnid: &str, now: Timestamp) -> Result<Request, AggregatorError> {
        match self {
            Self::Rebit(rebit) => rebit.ask(detail, back, txnid, now).await,
            Self::Setu(setu) => setu.ask(detail, back).await,
        }
    }

    pub(super) async fn given(&self, asked: &Asked, now: Timestamp) -> Result<Result<Given, BankError>, Failed> {
        match self {
            Self::Rebit(rebit) => rebit.given(asked, now).await,
            Self::Setu(setu) => Ok(setu.given(asked).await),
        }
    }

    pub(super) async fn status(&self, consent: &Consent, now: Timestamp) -> Told<ConsentStatus> {
        match self {
            Self::Rebit(rebit) => rebit.status(consent, now).await,
            Self::Setu(setu) => Ok(setu.status(consent).await),
        }
    }

    pub(super) async fn open(&self, consent: &Consent, range: FiDataRange, now: Timestamp) -> Told<Opened> {
        match self {
            Self::Rebit(rebit) => rebit.open(consent, range, now).await,
            Self::Setu(setu) => Ok(setu.open(consent, range).await),
        }
    }

    pub(super) async fn fetch(&self, session: &Session, consent: &Consent, now: Timestamp) -> Told<Brought> {
        match self {
            Self::Rebit(rebit) => rebit.fetch(session, consent, now).await,
            Self::Setu(setu) => Ok(setu.fetch(session, consent).await),
        }
    }
}
